"""What a card says when a file says more about the same customer."""

from collections.abc import Mapping, Sequence
from typing import Any

from store.forms.declaration import Form, Values
from store.united import united_entries, united_text


def united(form: Form, present: Mapping[str, Any], said: Mapping[str, Any]) -> Values:
    """The values of a card after a file spoke of it.

    What the file says replaces, a blank never erases. Where a card has room for several, telephones
    and hobbies say, none is lost: the file's come first. Texts of many lines are put one below the
    other, unless one holds the other. A name that is replaced stays as a nickname.
    """
    values: Values = dict(present)
    called = "nickname" if form.kind == "person" else "short_name"
    if said.get("name", present.get("name")) != present.get("name"):
        values.setdefault(called, present["name"])
    for key, value in said.items():
        field = form.field(key)
        before = values.get(key)
        if before is None or before == value:
            values[key] = value
        elif isinstance(value, list) and isinstance(before, list):
            values[key] = united_entries(field, value, before)
        elif field.type == "long_text":
            values[key] = united_text(str(before), str(value))
        else:
            values[key] = value
    return values


def replaced(form: Form, present: Mapping[str, Any], said: Mapping[str, Any]) -> Values:
    """The values of a card whose own row in an exported file was edited; blanks erase nothing."""
    return {**present, **said}


def more_extras(present: Sequence[Sequence[str]], said: Sequence[Sequence[str]]) -> list[list[str]]:
    """What is kept beside the fields: all of it, each once."""
    return [list(pair) for pair in dict.fromkeys(map(tuple, [*present, *said]))]
