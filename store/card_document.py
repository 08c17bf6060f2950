"""A card as search sees it: the open part and the rest, without anything sensitive."""

from typing import Any

from store.forms.declaration import Field, Form
from store.records.cards import CardRecord
from store.tokens import Kind, document

SHORT = 40
"""Longer texts are indexed by characters and words only, without pinyin."""


def card_document(
    form: Form, record: CardRecord, organisation: str
) -> tuple[str, str, str, str, str]:
    """The search columns name, organisation, title, contact, other (architecture.md, Search)."""
    values = record.values
    names = [record.name, values.get("nickname"), values.get("short_name")]
    contact: list[str] = []
    other: list[str] = []
    for field in form.fields():
        value = values.get(field.key)
        if value is None or field.sensitive or field.key in _OPEN_KEYS:
            continue
        if field.source == "contact" and field.type == "phone":
            contact.extend(document(text, "phone") for text in _texts(value))
        elif field.source == "contact":
            kind: Kind = "email" if field.type == "email" else "words"
            contact.extend(document(text, kind) for text in _texts(value))
        elif field.type in _SEARCHED:
            for shown in _words(field, value):
                other.append(document(shown, "name" if len(shown) <= SHORT else "words"))
    other.extend(document(text, "words") for _, text in record.extras)
    return (
        " ".join([record.number.lower(), *_named(names)]),
        document(organisation, "name") if organisation else "",
        document(values["title"], "name") if values.get("title") else "",
        " ".join(contact),
        " ".join(other),
    )


_OPEN_KEYS = frozenset({"name", "nickname", "short_name", "organisation", "title"})
_SEARCHED = frozenset({"text", "long_text", "choice", "choices", "web", "id_number", "credit_code"})


def _words(field: Field, value: Any) -> list[str]:
    """What stands for a value in any language: a choice is found by each of its labels."""
    labels = {choice.value: list(choice.label.values()) for choice in field.choices}
    found: list[str] = []
    for entry in value if isinstance(value, list) else [value]:
        found.extend(labels.get(str(entry), [str(entry)]))
    return found


def _named(names: list[Any]) -> list[str]:
    return [document(name, "name") for name in names if name]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [entry["value"] for entry in value]


def card_facts(form: Form, record: CardRecord) -> list[dict[str, Any]]:
    """The values of indexed fields, one row each."""
    facts: list[dict[str, Any]] = []
    for field in form.fields():
        value = record.values.get(field.key)
        if field.index and value is not None:
            several = value if isinstance(value, list) else [value]
            facts.extend(
                {"card_id": record.id, "key": field.key, "value": str(entry)} for entry in several
            )
    return facts
