"""Two people edit one record: what one of them changed, and where they contradict each other."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from store.errors import Conflict
from store.three_way import Contradiction, merged

Values = TypeVar("Values")


def settled(
    base: Mapping[str, Any], changed: Mapping[str, Any], present: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, tuple[Any, Any]]]:
    """What an editor changed, put together with what somebody else changed meanwhile.

    Args:
        base: the values the editor opened with, by key; what is missing is blank.
        changed: those that it changed.
        present: the values stored now.

    Returns:
        The values to be stored, lists with what both did, and the contradictions: theirs, mine.
    """
    joined: dict[str, Any] = {}
    clashes: dict[str, tuple[Any, Any]] = {}
    for key, value in changed.items():
        try:
            joined[key] = merged(base.get(key), value, present.get(key))
        except Contradiction:
            clashes[key] = (present.get(key), value)
    return joined, clashes


def changed_since(
    base: Values, values: Values, present: Values, sentence: str, who: Callable[[], str]
) -> dict[str, Any]:
    """The fields of a record that an editor changed, by name; equal changes of both are none.

    Of lists that both changed, what both did is kept.

    Args:
        base: the values the editor opened with.
        values: the values now, as they would be stored.
        present: the values stored now.
        sentence: the message id of the conflict, with the place `{name}`.
        who: gives the name of who changed it last.

    Raises:
        Conflict: somebody else changed the same fields to something else.
    """
    names = [field.name for field in fields(values)]  # type: ignore[arg-type]
    changed = {
        name: getattr(values, name)
        for name in names
        if getattr(values, name) != getattr(base, name)
    }
    before, now = ({name: getattr(each, name) for name in names} for each in (base, present))
    joined, clashes = settled(before, changed, now)
    if clashes:
        raise Conflict(sentence, clashes, name=who())
    return joined
