"""Why a card lies in the pile, in words."""

from datetime import date
from typing import TYPE_CHECKING

from store import labels
from store.language import _, listed

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.pile import PileCard


def reasons(card: "PileCard", clock: "Clock") -> str:
    """All the reasons, one after the other."""
    return listed(_reason(reason, card, clock) for reason in card.reasons)


def _reason(reason: str, card: "PileCard", clock: "Clock") -> str:
    row, today = card.row, clock.today()
    if reason == "put_off":
        return _("put off until {day}").format(day=_day(row.put_off_until, today))
    if reason == "review":
        return _("review due {day}").format(day=_day(row.review_due_on, today))
    if reason == "unclassified":
        return _("unclassified")
    if row.last_contact is None:
        return _("never met")
    days = (today - clock.local(row.last_contact).date()).days
    return _("not seen for {days} days").format(days=days)


def _day(day: date | None, today: date) -> str:
    return "-" if day is None else labels.short_day(day, today)
