"""A card names its referrer, and the referral says when and how: both are kept in step.

Whoever writes the field of a card calls one of these in the same change set, so that both go in
and come out together.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store import rows
from store.arguments import YEARS
from store.models.relations import Referral

if TYPE_CHECKING:
    from store.recorder import Recorder

Named = tuple[int | None, str | None]
"""A referrer as a card names him: the id of a card, or a name."""

NOBODY: Named = (None, None)

DONE = {"result": "", "reported_on": None, "thanked_on": None}
"""What was done for one referrer is not done for another."""


def enter(change: "Recorder", cards: Iterable[tuple[int, Named, Any]]) -> None:
    """Write the referrals of new cards.

    Args:
        cards: id, referrer, and the day on which the customer was met, where it is known.
    """
    change.insert_many(
        Referral,
        [
            {"card_id": card_id, "referrer_id": who, "referrer_name": name, "on": _day(met_on)}
            for card_id, (who, name), met_on in cards
            if who is not None or name
        ],
    )


def _day(met_on: Any) -> date | None:
    """The day of a referral; a card may have been met in any year, a referral was in our time."""
    day = date.fromisoformat(met_on) if isinstance(met_on, str) else met_on
    return day if day is not None and day.year in YEARS else None


def follow(change: "Recorder", card_id: int, before: Named, after: Named) -> None:
    """Have the referral of a card say what the card says from now on.

    Somebody else in the same place takes over when and how; nobody takes the referral away.
    """
    follow_all(change, {card_id: (before, after)})


def follow_all(change: "Recorder", cards: Mapping[int, tuple[Named, Named]]) -> None:
    """As `follow`, for several cards: who stood there before and who does now, by card."""
    moved = {card: pair for card, pair in cards.items() if pair[0] != pair[1]}
    present = rows.children(Referral, "card_id", moved)
    new = []
    for card_id, (before, after) in moved.items():
        own = present.get(card_id, [])
        old, same = _row_of(own, before), _row_of(own, after)
        if after == NOBODY or (same is not None and old is not None):
            if old is not None:
                change.delete(Referral, old["id"])
        elif old is not None:
            columns: dict[str, Any] = {"referrer_id": after[0], "referrer_name": after[1]}
            if before[0] is not None:
                columns |= DONE
            change.update(Referral, old["id"], columns)
        elif same is None:
            new.append((card_id, after, None))
    enter(change, new)


def _row_of(own: Sequence[rows.Row], named: Named) -> rows.Row | None:
    """The referral of a card by this referrer."""
    if named == NOBODY:
        return None
    matching = (row for row in own if (row["referrer_id"], row["referrer_name"]) == named)
    return next(matching, None)
