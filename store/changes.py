"""What others changed: the change sets after the last one seen."""

from collections.abc import Set as AbstractSet

from store import rows
from store.deeds import DEEDS, ERASE, MERGE
from store.models.trail import Change, ChangeSet

SILENT = DEEDS - {ERASE, MERGE}
"""Deeds after which nobody's screen shows anything else."""


def newest() -> int:
    """The number of the newest change set; 0 in a new box."""
    return int(ChangeSet.select(ChangeSet.id).order_by(ChangeSet.id.desc()).limit(1).scalar() or 0)


def cards_changed_after(
    change_set: int, own: AbstractSet[int] = frozenset()
) -> frozenset[int] | None:
    """The cards that later change sets touch; None where others changed nothing.

    Args:
        own: the numbers of one's own change sets.
    """
    later = ChangeSet.select(ChangeSet.id).where(ChangeSet.id > change_set)
    others = [number for (number,) in rows.tuples(later) if number not in own]
    if not others:
        return None
    touched = Change.select(Change.card).where(
        Change.change_set.in_(others) & Change.card.is_null(False) & Change.table.not_in(SILENT)
    )
    found = frozenset(card for (card,) in rows.tuples(touched.distinct()))
    return found if found or _records_changed(others) else None


def _records_changed(change_sets: list[int]) -> bool:
    """Whether these change sets changed a record; a login or a refusal did not."""
    changed = Change.change_set.in_(change_sets) & Change.table.not_in(SILENT)
    return bool(Change.select().where(changed).exists())
