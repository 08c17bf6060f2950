"""Reads what a team declares about its forms: sections and fields of its own, and changes.

The format is that of the forms themselves, with `[[changes]]` besides (docs/forms.md). A text may
stand there once for both languages, and a choice may be a bare word.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from store.forms.declaration import Choice, Field, Label
from store.forms.reading import (
    CARD_KINDS,
    Wrong,
    choice_of,
    field_of,
    label_of,
    words_of,
)
from store.forms.tidy import one_line
from store.language import LANGUAGES, N_

Place = tuple[str | int, ...]
"""Where an entry stands in the file: `("sections", 0, "fields", 2)`."""

LONGEST_LABEL = 60
LONGEST_HELP = 300
MOST_FIELDS = 200
MOST_COLUMNS = 30
MOST_CHOICES = 500

RESERVED = frozenset(
    {
        *("id", "number", "kind", "version", "owner", "owner_id", "department", "department_id"),
        *("created_at", "created_by_id", "updated_at", "updated_by_id", "trashed", "trashed_at"),
        *("masked", "extras", "unknown", "linked", "sections", "level", "profile", "sort_key"),
        *("referrer_card_id", "referrer_name", "organisation_name", "phone", "completeness"),
        *("last_contact_at", "next_on", "next_step", "review_due_on", "value_pinned"),
        *("put_off_until", "merged_into_id", "short_name", "nickname", "title", "risk"),
    }
)
"""Keys that a card has besides those of its form."""

CHANGEABLE = frozenset(
    {
        *("label", "help", "unit", "weight", "required", "sensitive", "index", "other"),
        *("lifecycles", "when", "minimum", "maximum"),
    }
)
"""Attributes of a field that a team may set anew."""

OF_COLUMNS = frozenset({"label", "help", "unit", "index", "other", "minimum", "maximum"})
"""Those of them that a column has."""

INDEXED = frozenset({"text", "choice", "choices", "date", "whole", "id_number", "credit_code"})
"""Types of which facts can be kept."""

_TEXTS = ("label", "help", "unit")
_NO_LABEL = dict.fromkeys(LANGUAGES, "-")


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the team's own."""

    field: Field
    after: str
    """The key of the field behind which it stands; "" for the end of the section."""
    place: Place


@dataclass(frozen=True, slots=True)
class OwnSection:
    """A section of the team's own, or one that there is and that gets fields."""

    key: str
    kinds: tuple[str, ...]
    """The kinds of card; () for all that have it, or both for a new one."""
    label: Label
    after: str
    hidden: bool
    fields: tuple[OwnField, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What is different about a field, or a column of it, that the forms have."""

    field: str
    column: str
    kinds: tuple[str, ...]
    attributes: Mapping[str, Any]
    choices: tuple[Mapping[str, Any], ...]
    columns: tuple[Field, ...]
    hidden: bool
    place: Place


@dataclass(frozen=True, slots=True)
class TeamFile:
    """All that a team declares."""

    sections: tuple[OwnSection, ...] = ()
    changes: tuple[FieldChange, ...] = ()


def read_team(tables: Mapping[str, Any]) -> TeamFile:
    """What the tables of a team's file say; raises `Wrong`, which knows the place."""
    for name in tables:
        if name not in ("sections", "changes"):
            with _at((name,)):
                raise Wrong(N_("nothing is called {name} here"), name=name)
    sections = [
        _section(entry, ("sections", number))
        for number, entry in enumerate(_entries(tables, "sections", ()))
    ]
    changes = [
        _change(entry, ("changes", number))
        for number, entry in enumerate(_entries(tables, "changes", ()))
    ]
    if sum(len(section.fields) for section in sections) > MOST_FIELDS:
        raise Wrong(N_("these are more than {most} fields"), most=MOST_FIELDS)
    return TeamFile(tuple(sections), tuple(changes))


@contextmanager
def _at(place: Place) -> Iterator[None]:
    """Whatever is wrong in here is wrong at this place, or where it said itself."""
    try:
        yield
    except Wrong as wrong:
        wrong.place = wrong.place or place
        raise


def _entries(table: Mapping[str, Any], name: str, place: Place) -> list[Mapping[str, Any]]:
    found = table.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        with _at((*place, name)):
            raise Wrong(N_("{name} are written as [[{name}]]"), name=".".join(_names(place, name)))
    return found


def _names(place: Place, name: str) -> list[str]:
    return [*(part for part in place if isinstance(part, str)), name]


def _section(entry: Mapping[str, Any], place: Place) -> OwnSection:
    with _at(place):
        key = _key(entry, "key")
        _known(entry, {"key", "kinds", "label", "after", "hidden", "fields"}, key)
        label = _label(entry["label"], key, "label") if "label" in entry else {}
        kinds = _kinds(entry, key)
        fields = [
            _own_field(one, key, (*place, "fields", number))
            for number, one in enumerate(_entries(entry, "fields", place))
        ]
        return OwnSection(
            key,
            kinds,
            label,
            _text(entry, "after", key),
            _switch(entry, "hidden", key),
            tuple(fields),
            place,
        )


def _own_field(entry: Mapping[str, Any], section: str, place: Place) -> OwnField:
    with _at(place):
        key = _key(entry, "key")
        if "source" in entry:
            raise Wrong(N_("a field of your own has no source"), key, name="source")
        after = _text(entry, "after", key)
        declared = _field({k: v for k, v in entry.items() if k != "after"}, section, place)
        return OwnField(declared, after, place)


def _field(entry: Mapping[str, Any], section: str, place: Place) -> Field:
    """A field or a column of the team's own, by stricter rules than the program's."""
    key = _key(entry, "key")
    if key in RESERVED:
        raise Wrong(N_("{key} is what the program calls something else"), key, name="key", key=key)
    plain = dict(entry)
    if "label" not in plain:
        raise Wrong(N_("{key} has no label"), key, key=key)
    for name in _TEXTS:
        if name in plain:
            plain[name] = _label(plain[name], key, name)
    if "choices" in plain:
        plain["choices"] = [_whole_choice(one, key) for one in _list(plain, "choices", key)]
    columns = _entries(plain, "columns", place)
    if len(columns) > MOST_COLUMNS:
        raise Wrong(N_("these are more than {most} columns"), key, most=MOST_COLUMNS)
    for number, one in enumerate(columns):
        _column(one, section, (*place, "columns", number))
    if columns:
        plain["columns"] = [_spelled_out(one) for one in columns]
    declared = field_of(plain, section)
    if declared.index and declared.type not in INDEXED:
        raise Wrong(N_("a {type} has no index"), key, name="index", type=declared.type)
    return declared


def _spelled_out(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A column that is known to be well with its texts in both languages."""
    plain = dict(entry)
    for name in _TEXTS:
        if name in plain:
            plain[name] = _label(plain[name], "", name)
    if "choices" in plain:
        plain["choices"] = [_whole_choice(one, "") for one in plain["choices"]]
    return plain


def _column(entry: Mapping[str, Any], section: str, place: Place) -> Field:
    with _at(place):
        column = _field(entry, section, place)
        if column.type in ("rows", "card") or column.source or column.when:
            raise Wrong(N_("a row cannot hold {key}"), column.key, key=column.key)
        if column.sensitive or column.weight != 1:
            name = "sensitive" if column.sensitive else "weight"
            told = N_("{name} is said of all rows, not of a column")
            raise Wrong(told, column.key, name=name)
        return column


def _change(entry: Mapping[str, Any], place: Place) -> FieldChange:
    with _at(place):
        named = _key(entry, "field", dotted=True)
        key, _dot, column = named.partition(".")
        allowed = (OF_COLUMNS if column else CHANGEABLE) | {"choices", "hidden"}
        known = allowed | {"field", "kinds"} | (set() if column else {"columns"})
        _known(entry, known, named)
        attributes: dict[str, Any] = {
            name: _label(entry[name], named, name) for name in _TEXTS if name in entry
        }
        said = {k: v for k, v in entry.items() if k in CHANGEABLE and k not in _TEXTS}
        checked = field_of({"key": key, "type": "text", "label": _NO_LABEL, **said}, "")
        attributes |= {name: getattr(checked, name) for name in said}
        choices = [_partial_choice(one, named) for one in _list(entry, "choices", named)]
        columns = [
            _column(one, "", (*place, "columns", number))
            for number, one in enumerate(_entries(entry, "columns", place))
        ]
        return FieldChange(
            key,
            column,
            _kinds(entry, named),
            attributes,
            tuple(choices),
            tuple(columns),
            _switch(entry, "hidden", named),
            place,
        )


def _key(entry: Mapping[str, Any], name: str, *, dotted: bool = False) -> str:
    key = entry.get(name)
    parts = key.split(".") if isinstance(key, str) else []
    if not parts or len(parts) > 1 + dotted or not all(_is_word(part) for part in parts):
        told = N_("{name} is a word of small letters, digits and _, such as golf_club")
        raise Wrong(told, str(key or ""), name=name)
    return str(key)


def _is_word(text: str) -> bool:
    return text.isascii() and text.isidentifier() and text == text.lower() and 0 < len(text) <= 40


def _known(entry: Mapping[str, Any], names: "set[str] | frozenset[str]", near: str) -> None:
    for name in entry:
        if name not in names:
            raise Wrong(N_("nothing is called {name} here"), near, name=name)


def _kinds(entry: Mapping[str, Any], near: str) -> tuple[str, ...]:
    if "kinds" not in entry:
        return ()
    if not isinstance(entry["kinds"], list):
        raise Wrong(N_("{name} has a value of the wrong kind"), near, name="kinds")
    kinds = words_of(entry["kinds"], near, "kinds")
    for kind in kinds:
        if kind not in CARD_KINDS:
            raise Wrong(N_("there is no kind {kind}"), near, name="kinds", kind=kind)
    return kinds


def _text(entry: Mapping[str, Any], name: str, near: str) -> str:
    text = entry.get(name, "")
    if not isinstance(text, str):
        raise Wrong(N_("{name} has a value of the wrong kind"), near, name=name)
    return text


def _switch(entry: Mapping[str, Any], name: str, near: str) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise Wrong(N_("{name} has a value of the wrong kind"), near, name=name)
    return value


def _list(entry: Mapping[str, Any], name: str, near: str) -> list[Any]:
    found = entry.get(name, [])
    if not isinstance(found, list):
        raise Wrong(N_("{name} has a value of the wrong kind"), near, name=name)
    if len(found) > MOST_CHOICES:
        raise Wrong(N_("these are more than {most} choices"), near, name=name, most=MOST_CHOICES)
    return found


def _label(label: Any, near: str, name: str) -> Label:
    """A text in both languages; one that is said once is the same in both."""
    if isinstance(label, str):
        label = dict.fromkeys(LANGUAGES, label)
    if isinstance(label, dict) and label.keys() < set(LANGUAGES):
        label = {language: next(iter(label.values()), "") for language in LANGUAGES}
    try:
        both = label_of(label, near)
    except Wrong:
        raise Wrong(N_("{name} is no text, and none for each language"), near, name=name) from None
    longest = LONGEST_HELP if name == "help" else LONGEST_LABEL
    for text in both.values():
        if text != one_line(text) or len(text) > longest:
            told = N_("{name} is no text on one line of at most {longest} characters")
            raise Wrong(told, near, name=name, longest=longest)
    return both


def _partial_choice(entry: Any, near: str) -> Mapping[str, Any]:
    """A choice as it is said of one: its value, and what of it is declared."""
    if isinstance(entry, str):
        entry = {"value": entry}
    if not isinstance(entry, dict) or not isinstance(entry.get("value"), str):
        raise Wrong(N_("a choice has no value"), near, name="choices")
    said = dict(entry)
    value = said["value"]
    if not value or value != one_line(value) or len(value) > LONGEST_LABEL:
        told = N_("{name} is no text on one line of at most {longest} characters")
        raise Wrong(told, near, name="choices", longest=LONGEST_LABEL)
    spoken = {name: said.pop(name) for name in LANGUAGES if name in said}
    if spoken:
        said["label"] = _label(spoken, near, "choices")
    for name in ("short", "help"):
        if name in said:
            said[name] = _label(said[name], near, "choices")
    _known(said, {"value", "label", "short", "help", "retired"}, near)
    _switch(said, "retired", near)
    return said


def _whole_choice(entry: Any, near: str) -> dict[str, Any]:
    """A choice as `choice_of` reads it; a value without a label is its own label."""
    said = dict(_partial_choice(entry, near))
    spoken = said.pop("label", dict.fromkeys(LANGUAGES, said["value"]))
    return {**said, **spoken}


def new_choice(said: Mapping[str, Any]) -> Choice:
    """The choice that an entry of a change declares, where the field has none of its value."""
    spoken = said.get("label") or dict.fromkeys(LANGUAGES, said["value"])
    return choice_of({**{k: v for k, v in said.items() if k != "label"}, **spoken}, "")
