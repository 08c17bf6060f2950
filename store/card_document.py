"""A card as search sees it: the open part and the rest, without anything sensitive."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from store.forms.declaration import ATTACHED, Field, Form
from store.forms.tables import rows_of
from store.tokens import Kind, document

SHORT = 40
"""Longer texts are indexed by characters and words only, without pinyin."""

LONGEST_EXTRA = 1000
"""Longer texts beside the fields may be pictures in letters, which nobody looks for."""


def card_document(
    form: Form,
    number: str,
    values: Mapping[str, Any],
    extras: Sequence[Sequence[str]],
    organisation: str,
) -> tuple[str, str, str, str, str]:
    """The search columns name, organisation, title, contact, other (architecture.md, Search)."""
    names = [values.get("name"), values.get("nickname"), values.get("short_name")]
    contact: list[str] = []
    other: list[str] = []
    searched = _searched(form)
    # In the order of the form, whatever the order of the values.
    for _place, key, field, kind in sorted(
        searched[key] for key in values.keys() & searched.keys()
    ):
        value = values[key]
        if kind is not None:
            contact.extend(document(text, kind) for text in _texts(value))
        else:
            for part, entry in _entries(field, value):
                if said := _said(part, str(entry)):
                    other.append(said)
    other.extend(_extra_documents(extras))
    return (
        " ".join([number.lower(), *_named(names)]),
        document(organisation, "name") if organisation else "",
        document(values["title"], "name") if values.get("title") else "",
        " ".join(contact),
        " ".join(other),
    )


_OPEN_KEYS = frozenset({"name", "nickname", "short_name", "organisation", "title"})
_WORKED_OUT = frozenset({"value_grade"})
"""Fields that change by themselves, on thousands of cards at once; lists filter by them."""

_SEARCHED = frozenset({"text", "long_text", "choice", "choices", "web", "id_number", "credit_code"})


@cache
def _searched(form: Form) -> Mapping[str, tuple[int, str, Field, Kind | None]]:
    """The fields that search looks into, by key: place, key, field, the kind of contact point."""
    kinds: dict[str, Kind] = {"phone": "phone", "email": "email"}
    return {
        field.key: (
            place,
            field.key,
            field,
            kinds.get(field.type, "words") if field.source == "contact" else None,
        )
        for place, field in enumerate(form.fields())
        if not field.sensitive
        and field.key not in _OPEN_KEYS | _WORKED_OUT
        and (field.source == "contact" or field.type in _SEARCHED or field.type == "rows")
    }


def _entries(field: Field, value: Any) -> Iterator[tuple[Field, Any]]:
    """What a value says, each with its field; of rows what their columns say."""
    if field.type != "rows":
        for entry in value if isinstance(value, list) else [value]:
            yield field, entry
        return
    if not isinstance(value, list):
        yield field, value
    for row in rows_of(value):
        for column in field.columns:
            if column.key in row and column.type in _SEARCHED and not column.sensitive:
                said = row[column.key]
                for entry in said if isinstance(said, list) else [said]:
                    yield column, entry


@lru_cache(maxsize=4096)
def _said(field: Field, entry: str) -> str:
    """The tokens for a value; few words make most of the values of thousands of cards.

    A choice is found by its labels in any language, but not by their pinyin: every second card
    would answer to `kh`. One that stands for "not known yet" is not found at all.
    """
    choice = field.choice(entry)
    if choice is None:
        return document(entry, "name" if len(entry) <= SHORT else "words")
    if choice.unknown:
        return ""
    return " ".join(document(label, "words") for label in choice.label.values())


def _named(names: list[Any]) -> list[str]:
    return [document(name, "name") for name in names if name]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [entry["value"] for entry in value]


def _extra_documents(extras: Sequence[Sequence[str]]) -> Iterator[str]:
    """The tokens for what is kept beside the fields; a photograph has none."""
    for _name, text in extras:
        if len(text) <= LONGEST_EXTRA or not _ENCODED.match(text):
            yield document(text, "words")


_ENCODED = re.compile(r"[A-Za-z0-9+/=\s]{500}")


@cache
def _facts(form: Form) -> frozenset[str]:
    """The keys of indexed fields."""
    return frozenset(field.key for field in form.fields() if field.index)


@cache
def _tables_with_facts(form: Form) -> tuple[Field, ...]:
    """The fields of rows with an indexed column; those of records of their own have no facts."""
    return tuple(
        field
        for field in form.fields()
        if field.source not in ATTACHED and any(column.index for column in field.columns)
    )


def card_facts(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and value of every indexed field; of a list each entry, of rows `education.school`."""
    for key in values.keys() & _facts(form):
        value = values[key]
        for entry in value if isinstance(value, list) else [value]:
            yield key, str(entry)
    for field in _tables_with_facts(form):
        for row in rows_of(values.get(field.key)):
            for column in field.columns:
                if column.index and column.key in row:
                    said = row[column.key]
                    for entry in said if isinstance(said, list) else [said]:
                        yield f"{field.key}.{column.key}", str(entry)
