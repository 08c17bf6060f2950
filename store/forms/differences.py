"""What two versions of a form differ in, for whoever put the new one in force."""

from collections.abc import Iterator
from dataclasses import fields

from store.forms.declaration import Choice, Field, Form
from store.language import _
from store.records.forms import FormsChange

_ATTRIBUTES = tuple(
    one.name for one in fields(Field) if one.name not in ("columns", "gone_columns", "choices")
)


def differences(old: Form, new: Form) -> FormsChange:
    """Which fields are asked, asked no more, or declared otherwise by the new one."""
    before = {field.key: field for section in old.sections for field in section.fields}
    after = {field.key: field for section in new.sections for field in section.fields}
    sections = {section.key: section.label for section in old.sections}
    renamed = [
        section.title
        for section in new.sections
        if section.key in sections and sections[section.key] != section.label
    ]
    added = [field.title for key, field in after.items() if key not in before]
    gone = [field.title for key, field in before.items() if key not in after]
    changed: list[str] = []
    for key in before.keys() & after.keys():
        one, other = before[key], after[key]
        columns = {column.key for column in one.columns}
        now = {column.key for column in other.columns}
        added += [_within(other, column) for column in other.columns if column.key not in columns]
        gone += [_within(one, column) for column in one.columns if column.key not in now]
        if _say(one) != _say(other):
            changed.append(other.title)
    return FormsChange(
        _told(new, added), _told(new, sorted([*renamed, *changed])), _told(new, gone)
    )


def _within(field: Field, column: Field) -> str:
    return _("{field}, {column}").format(field=field.title, column=column.title)


def _told(form: Form, titles: list[str]) -> tuple[str, ...]:
    return tuple(_("{form}: {field}").format(form=form.title, field=title) for title in titles)


def _say(field: Field) -> list[object]:
    """All that is declared of a field, of its columns only those that stay."""
    return [
        *(getattr(field, name) for name in _ATTRIBUTES),
        [_say_choice(choice) for choice in field.choices],
        sorted(_columns(field)),
    ]


def _columns(field: Field) -> Iterator[str]:
    for column in field.columns:
        told = [getattr(column, name) for name in _ATTRIBUTES]
        yield repr([column.key, told, [_say_choice(choice) for choice in column.choices]])


def _say_choice(choice: Choice) -> list[object]:
    return [choice.value, choice.label, choice.short, choice.help, choice.unknown, choice.retired]
