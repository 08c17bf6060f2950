"""Two people edit one record: what one of them changed, and where they contradict each other."""

from dataclasses import fields
from typing import Any, TypeVar

from store.errors import Conflict

Values = TypeVar("Values")


def changed_since(base: Values, values: Values, present: Values, sentence: str) -> dict[str, Any]:
    """The fields of a record that an editor changed, by name; equal changes of both are none.

    Args:
        base: the values the editor opened with.
        values: the values now, as they would be stored.
        present: the values stored now.
        sentence: the message id of the conflict.

    Raises:
        Conflict: somebody else changed the same fields to something else.
    """
    names = [field.name for field in fields(values)]  # type: ignore[arg-type]
    changed = {
        name: getattr(values, name)
        for name in names
        if getattr(values, name) != getattr(base, name)
    }
    clashes = {
        name: (getattr(present, name), value)
        for name, value in changed.items()
        if getattr(present, name) not in (getattr(base, name), value)
    }
    if clashes:
        raise Conflict(sentence, clashes)
    return changed
