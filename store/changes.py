"""What others changed: the change sets after the last one seen."""

from store import rows
from store.models.trail import Change, ChangeSet


def newest() -> int:
    """The number of the newest change set; 0 in a new box."""
    return int(ChangeSet.select(ChangeSet.id).order_by(ChangeSet.id.desc()).limit(1).scalar() or 0)


def cards_changed_after(change_set: int) -> frozenset[int]:
    """The cards that later change sets touch."""
    query = Change.select(Change.card).where(
        (Change.change_set > change_set) & Change.card.is_null(False)
    )
    return frozenset(card for (card,) in rows.tuples(query.distinct()))
