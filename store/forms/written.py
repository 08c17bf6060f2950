"""A field as a declaration would say it: what a box keeps of fields that its team once had."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from store.forms.declaration import Choice, Field

_UNSAID = frozenset({"section", "gone", "gone_columns", "columns", "choices", "kinds"})
_DEFAULTS: Mapping[str, Any] = {
    one.name: one.default for one in fields(Field) if isinstance(one.default, (str, int, bool))
}


def declared(field: Field) -> dict[str, Any]:
    """The entry that `store.forms.reading.field_of` reads as this field."""
    entry: dict[str, Any] = {}
    for one in fields(Field):
        value = getattr(field, one.name)
        if one.name in _UNSAID or value in (None, "", (), {}):
            continue
        if one.name in _DEFAULTS and value == _DEFAULTS[one.name]:
            continue
        entry[one.name] = _plain(value)
    if field.columns:
        entry["columns"] = [declared(column) for column in field.columns]
    if field.choices:
        entry["choices"] = declared_choices(field.choices)
    return entry


def declared_choices(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """The entries that `store.forms.reading.choice_of` reads as these choices."""
    return [
        {
            "value": choice.value,
            **choice.label,
            **({"short": dict(choice.short)} if choice.short else {}),
            **({"help": dict(choice.help)} if choice.help else {}),
            **({"unknown": True} if choice.unknown else {}),
            **({"retired": True} if choice.retired else {}),
        }
        for choice in choices
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value
