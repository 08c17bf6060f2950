"""Where customers are this week and next, by the itineraries on their cards."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from store.records.briefing import Trip
from store.row_facts import Holder, day_in, holders, text_in

if TYPE_CHECKING:
    from store.desk import Desk

FIELD = "itinerary"

LONGEST_TRIP = 366
"""Days after the end of a list until which a trip may last that began before it."""


def travels(desk: "Desk", limit: int, of_others: int) -> list[Trip]:
    """Who travels between now and the end of next week: the member's customers, then others'.

    Args:
        limit: so many trips at most.
        of_others: so many of customers whom colleagues look after, where the member sees them.
    """
    today = desk.store.clock.today()
    last = end_of_next_week(today)
    far = last + timedelta(days=LONGEST_TRIP)
    found = holders(desk, FIELD, ("until", "from"), today, far, newest=False, limit=limit * 4)
    trips = [trip for holder in found for trip in trips_of(holder, today, last)]
    trips.sort(key=lambda trip: (trip.starts or trip.ends, trip.ends, trip.card_id))
    own = [trip for trip in trips if trip.mine]
    others = [trip for trip in trips if not trip.mine]
    return [*own, *others[:of_others]][:limit]


def end_of_next_week(today: date) -> date:
    """The Sunday of next week."""
    return today + timedelta(days=13 - today.weekday())


def trips_of(holder: Holder, today: date, last: date = date.max) -> list[Trip]:
    """The trips of a card that are not over and begin by a day, in their order."""
    found = (trip for trip in _trips(holder) if trip.ends >= today)
    begun = (trip for trip in found if trip.starts is None or trip.starts <= last)
    return sorted(begun, key=lambda trip: (trip.starts or trip.ends, trip.ends))


def _trips(holder: Holder) -> Iterator[Trip]:
    """Every row that has a day; without its end a trip is over on the day it began."""
    for row in holder.rows:
        starts = day_in(row, "from")
        ends = day_in(row, "until") or starts
        if ends is not None:
            texts: Iterable[str] = ("city", "hotel", "flight", "purpose")
            yield Trip(
                holder.id,
                holder.number,
                holder.name,
                holder.organisation,
                holder.owner,
                holder.mine,
                starts,
                ends,
                *(text_in(row, column) for column in texts),
            )
