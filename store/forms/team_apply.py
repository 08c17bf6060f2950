"""A card's form with what the team declares: sections and fields added, fields changed and hidden.

What is hidden is gone from the sections, and stays in the form for the cards that have it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from store.forms.declaration import ANY, ATTACHED, Choice, Field, Form, Section
from store.forms.reading import Wrong
from store.forms.team_file import FieldChange, OwnField, OwnSection, TeamFile, new_choice
from store.language import LANGUAGES, N_

LAST = "notes"
"""A new section that says nothing else stands before this one."""

NEEDED = frozenset({"name", "lifecycle", "likelihood", "organisation", "title"})
"""Fields that cannot be hidden: lists and search live by them."""

RECKONED = frozenset({"lifecycle", "likelihood", "value_grade", "importance", "birth_kept"})
"""Fields whose choices the program reckons with: they may be called otherwise, and that is all."""

CHOSEN_BY = frozenset({"circle", "source_centre"})
"""Fields by whose values lists are chosen."""

Skipped = Callable[[Wrong], None]


def with_declared(form: Form, team: TeamFile, skip: Skipped | None = None) -> Form:
    """The form of a kind of card with what a team declares.

    Args:
        skip: told what cannot be applied, which is then left out; raised where None. So does a
            box that was written by another version of the program.

    Raises:
        Wrong: something does not fit the form.
    """
    made = _Making(form, lenient=skip is not None)
    for entry in team.sections:
        _try(partial(made.add_section, entry), entry.place, skip)
        for own in entry.fields:
            if made.takes(entry, own):
                _try(partial(made.add, entry.key, own), own.place, skip)
    for change in team.changes:
        _try(partial(made.change, change), change.place, skip)
    for entry in team.sections:
        if entry.hidden:
            _try(partial(made.hide_section, entry), entry.place, skip)
    whole = made.form()
    for field, place in made.conditions(team):
        _try(partial(_check_when, whole, field), place, skip)
    return whole


def _try(act: Callable[[], None], place: tuple[str | int, ...], skip: Skipped | None) -> None:
    try:
        act()
    except Wrong as wrong:
        wrong.place = wrong.place or place
        if skip is None:
            raise
        skip(wrong)


class _Making:
    """A form while it is put together."""

    def __init__(self, form: Form, lenient: bool) -> None:
        self._form = form
        self._lenient = lenient
        self._sections = [(one.key, one.label, list(one.fields)) for one in form.sections]
        self._gone = list(form.gone)

    def form(self) -> Form:
        """The form as it is now; a section of which everything is hidden is left out."""
        sections = tuple(
            Section(key, label, tuple(fields)) for key, label, fields in self._sections if fields
        )
        return replace(self._form, sections=sections, gone=tuple(self._gone))

    def conditions(self, team: TeamFile) -> list[tuple[Field, tuple[str | int, ...]]]:
        """The fields whose conditions the team declares, and where."""
        places = {own.field.key: own.place for one in team.sections for own in one.fields}
        places |= {one.field: one.place for one in team.changes if "when" in one.attributes}
        fields = [field for _key, _label, several in self._sections for field in several]
        return [(one, places[one.key]) for one in fields if one.when and one.key in places]

    def takes(self, entry: OwnSection, own: OwnField) -> bool:
        """Whether this kind of card gets a field of a section."""
        kinds = (entry.kinds, own.field.kinds)
        asked = all(not several or self._form.kind in several for several in kinds)
        return asked and self._place(entry.key) is not None

    def _place(self, key: str) -> int | None:
        return next((n for n, one in enumerate(self._sections) if one[0] == key), None)

    def add_section(self, entry: OwnSection) -> None:
        """Add a section, or name one that there is otherwise."""
        if entry.kinds and self._form.kind not in entry.kinds:
            return
        place = self._place(entry.key)
        if place is not None:
            if entry.label:
                key, _label, fields = self._sections[place]
                self._sections[place] = (key, entry.label, fields)
            return
        if not entry.label:
            if entry.kinds:
                raise Wrong(
                    N_("there is no section {key}; one of your own needs a label"),
                    entry.key,
                    name="key",
                    key=entry.key,
                )
            return
        self._sections.insert(self._where(entry), (entry.key, entry.label, []))

    def _where(self, entry: OwnSection) -> int:
        """The place of a new section."""
        if entry.after:
            place = self._place(entry.after)
            if place is not None:
                return place + 1
            if entry.kinds:
                told = N_("there is no section {key}")
                raise Wrong(told, entry.key, name="after", key=entry.after)
        last = self._place(LAST)
        return len(self._sections) if last is None else last

    def add(self, section: str, own: OwnField) -> None:
        """Add a field to a section."""
        field = replace(own.field, section=section, kinds=())
        present = self._find(field.key)
        if present is not None:
            if not self._lenient:
                told = N_("there is a field {key} already; what is different stands in [[changes]]")
                raise Wrong(told, field.key, name="key", key=field.key)
            self._take_out(field.key)
        place = self._place(section)
        assert place is not None
        fields = self._sections[place][2]
        self._check_label(field)
        at = len(fields)
        if own.after:
            keys = [one.key for one in fields]
            if own.after not in keys:
                told = N_("there is no field {key} in this section")
                raise Wrong(told, field.key, name="after", key=own.after)
            at = keys.index(own.after) + 1
        fields.insert(at, field)

    def _check_label(self, field: Field) -> None:
        for _key, _label, fields in self._sections:
            for one in fields:
                if one.key != field.key and not self._lenient:
                    for language in LANGUAGES:
                        if one.label[language] == field.label[language]:
                            told = N_("{key} is called {label}, too")
                            label = field.label[language]
                            raise Wrong(told, field.key, name="label", key=one.key, label=label)

    def _find(self, key: str) -> Field | None:
        for _key, _label, fields in self._sections:
            for one in fields:
                if one.key == key:
                    return one
        return next((one for one in self._gone if one.key == key), None)

    def _take_out(self, key: str) -> None:
        for _key, _label, fields in self._sections:
            fields[:] = [one for one in fields if one.key != key]
        self._gone = [one for one in self._gone if one.key != key]

    def change(self, change: FieldChange) -> None:
        """Let a field, or a column, be different."""
        if change.kinds and self._form.kind not in change.kinds:
            return
        field = self._find(change.field)
        if field is None:
            if change.kinds:
                raise _no_field(change)
            return
        changed = _changed_column(field, change) if change.column else _changed(field, change)
        if "label" in change.attributes and not change.column:
            self._check_label(changed)
        for _key, _label, fields in self._sections:
            fields[:] = [changed if one.key == field.key else one for one in fields]
        if change.hidden and not change.column:
            self._hide(changed)

    def _hide(self, field: Field) -> None:
        if field.key in NEEDED or field.source in ATTACHED:
            raise Wrong(N_("{key} cannot be hidden"), field.key, name="hidden", key=field.key)
        self._take_out(field.key)
        self._gone.append(as_gone(field))

    def hide_section(self, entry: OwnSection) -> None:
        """Hide every field of a section."""
        place = self._place(entry.key)
        if place is None or (entry.kinds and self._form.kind not in entry.kinds):
            return
        for field in list(self._sections[place][2]):
            self._hide(field)


def _no_field(change: FieldChange) -> Wrong:
    named = f"{change.field}.{change.column}" if change.column else change.field
    return Wrong(N_("there is no field {key}"), named, name="field", key=named)


def as_gone(field: Field) -> Field:
    """A field that is asked no more, of which cards keep what they have."""
    return replace(field, gone=True, weight=0, required=False, default="", when={}, lifecycles=())


def _changed(field: Field, change: FieldChange) -> Field:
    attributes = dict(change.attributes)
    if attributes.get("sensitive") is False and field.sensitive:
        told = N_("{key} is sensitive and stays so")
        raise Wrong(told, field.key, name="sensitive", key=field.key)
    own_records = field.source in ATTACHED
    if own_records and attributes.keys() - {"label", "help"}:
        told = N_("of {key} only the label and the help can be different")
        raise Wrong(told, field.key, name=min(attributes.keys() - {"label", "help"}), key=field.key)
    if attributes.get("sensitive") and (field.source or field.key in CHOSEN_BY):
        told = N_("{key} stands in lists and finds cards for everybody: it cannot be sensitive")
        raise Wrong(told, field.key, name="sensitive", key=field.key)
    if change.columns:
        if field.type != "rows" or own_records:
            told = N_("{key} takes no columns")
            raise Wrong(told, field.key, name="columns", key=field.key)
        present = {one.key for one in field.columns}
        for column in change.columns:
            if column.key in present:
                told = N_("there is a column {key} already")
                raise Wrong(told, field.key, name="key", key=column.key)
            present.add(column.key)
        attributes["columns"] = (*field.columns, *change.columns)
    if change.choices:
        attributes["choices"] = _choices(field, change)
    return replace(field, **attributes)


def _changed_column(field: Field, change: FieldChange) -> Field:
    column = next((one for one in field.columns if one.key == change.column), None)
    if column is None:
        raise _no_field(change)
    if field.source in ATTACHED and (change.hidden or change.choices):
        told = N_("of {key} only the label and the help can be different")
        raise Wrong(told, field.key, name="hidden", key=f"{field.key}.{column.key}")
    attributes: dict[str, Any] = dict(change.attributes)
    if change.choices:
        attributes["choices"] = _choices(column, change)
    changed = replace(column, **attributes)
    columns = tuple(changed if one is column else one for one in field.columns)
    if not change.hidden:
        return replace(field, columns=columns)
    left = tuple(one for one in columns if one.key != column.key)
    if not left:
        told = N_("{key} is its only column")
        raise Wrong(told, field.key, name="hidden", key=column.key)
    return replace(field, columns=left, gone_columns=(*field.gone_columns, as_gone(changed)))


def _choices(field: Field, change: FieldChange) -> tuple[Choice, ...]:
    """The choices of a field with those that are added, called otherwise, or retired."""
    if field.type not in ("choice", "choices"):
        told = N_("{key} has no choices")
        raise Wrong(told, field.key, name="choices", key=field.key)
    found = {choice.value: choice for choice in field.choices}
    for said in change.choices:
        value, retired = said["value"], bool(said.get("retired"))
        present = found.get(value)
        if field.key in RECKONED and (present is None or retired):
            told = N_("the program reckons with the choices of {key}: they can only be renamed")
            raise Wrong(told, field.key, name="choices", key=field.key)
        if present is None:
            if retired:
                told = N_("there is no choice {value}")
                raise Wrong(told, field.key, name="choices", value=value)
            found[value] = new_choice(said)
        else:
            found[value] = replace(present, **{k: v for k, v in said.items() if k != "value"})
    _check_titles(field, found.values())
    if not field.other and all(choice.retired for choice in found.values()):
        raise Wrong(N_("there is nothing to choose from"), field.key, name="choices")
    return tuple(found.values())


def _check_titles(field: Field, choices: "Collection[Choice]") -> None:
    """No two choices that are offered are called the same."""
    for language in LANGUAGES:
        titles = [choice.label[language] for choice in choices if not choice.retired]
        twice = next((title for title in titles if titles.count(title) > 1), None)
        if twice is not None:
            told = N_("two choices are called {label}")
            raise Wrong(told, field.key, name="choices", label=twice)


def _check_when(form: Form, owner: Field) -> None:
    """A condition names fields that there are, and values that they can have."""
    for key, wanted in owner.when.items():
        if key not in form:
            raise Wrong(N_("there is no field {key}"), owner.key, name="when", key=key)
        other = form.field(key)
        for value in wanted:
            if value != ANY and value not in _values(other):
                told = N_("{key} cannot be {value}")
                raise Wrong(told, owner.key, name="when", key=key, value=value)


def _values(field: Field) -> "Sequence[str] | _Everything":
    if field.type == "yes_no":
        return ("yes", "no")
    if field.type in ("choice", "choices") and not field.other:
        return [choice.value for choice in field.choices]
    return _Everything()


class _Everything:
    """Holds every value: free words."""

    def __contains__(self, _value: object) -> bool:
        return True


def check_matched(team: TeamFile, forms: Mapping[str, Form], shipped: Mapping[str, Form]) -> None:
    """Make sure that everything is about a section or field of one kind of card at least.

    Args:
        forms: the forms with what the team declares, by kind.
        shipped: the forms without it.

    Raises:
        Wrong: one is about none.
    """
    for entry in team.sections:
        kinds = entry.kinds or tuple(forms)
        known = {
            one.key for several in (forms, shipped) for k in kinds for one in several[k].sections
        }
        if entry.key not in known:
            told = N_("there is no section {key}; one of your own needs a label")
            if entry.label:
                told = N_("the section {key} has no fields")
            raise _at(Wrong(told, entry.key, name="key", key=entry.key), entry.place)
    for change in team.changes:
        if not any(change.field in forms[kind] for kind in change.kinds or tuple(forms)):
            raise _at(_no_field(change), change.place)


def _at(wrong: Wrong, place: tuple[str | int, ...]) -> Wrong:
    wrong.place = place
    return wrong
