"""A card as search sees it: the open part and the rest, without anything sensitive."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from store.forms.declaration import Field, Form
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
    for field, kind in _contacts(form):
        if field.key in values:
            contact.extend(document(text, kind) for text in _texts(values[field.key]))
    for field in _others(form):
        if field.key in values:
            value = values[field.key]
            for entry in value if isinstance(value, list) else [value]:
                other.append(_said(field, str(entry)))
    other.extend(_extra_documents(extras))
    return (
        " ".join([number.lower(), *_named(names)]),
        document(organisation, "name") if organisation else "",
        document(values["title"], "name") if values.get("title") else "",
        " ".join(contact),
        " ".join(other),
    )


_OPEN_KEYS = frozenset({"name", "nickname", "short_name", "organisation", "title"})
_SEARCHED = frozenset({"text", "long_text", "choice", "choices", "web", "id_number", "credit_code"})


@cache
def _contacts(form: Form) -> tuple[tuple[Field, Kind], ...]:
    """The fields of contact points, with how each is searched."""
    kinds: dict[str, Kind] = {"phone": "phone", "email": "email"}
    return tuple(
        (field, kinds.get(field.type, "words"))
        for field in _indexed(form)
        if field.source == "contact"
    )


@cache
def _others(form: Form) -> tuple[Field, ...]:
    """The other fields that search looks into."""
    return tuple(
        field for field in _indexed(form) if field.source != "contact" and field.type in _SEARCHED
    )


def _indexed(form: Form) -> Iterator[Field]:
    return (field for field in form.fields() if not field.sensitive and field.key not in _OPEN_KEYS)


@lru_cache(maxsize=4096)
def _said(field: Field, entry: str) -> str:
    """The tokens for a value in any language: a choice is found by each of its labels.

    Few words make most of the values of thousands of cards.
    """
    choice = field.choice(entry)
    words = choice.label.values() if choice else [entry]
    return " ".join(document(word, "name" if len(word) <= SHORT else "words") for word in words)


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
def _facts(form: Form) -> tuple[str, ...]:
    """The keys of indexed fields."""
    return tuple(field.key for field in form.fields() if field.index)


def card_facts(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and value of every indexed field; of a list each entry."""
    for key in _facts(form):
        value = values.get(key)
        if value is not None:
            for entry in value if isinstance(value, list) else [value]:
                yield key, str(entry)
