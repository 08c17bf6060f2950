"""A stored date on the day on which it comes: years, ages, round numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from store.lunar import Calendar, Policy, YearlyDate, is_round_year
from store.records.occasions import OccasionRow

FURTHER = "further"
"""What the rows call the dates that the form keeps under `further_dates`."""

COLUMNS = (
    "occasion.id, occasion.card_id, card.number, card.name, card.organisation_name, "
    "card.sort_key, family_member.name, family_member.relation, occasion.kind, occasion.note, "
    "occasion.calendar, occasion.year, occasion.month, occasion.day, occasion.leap"
)


class Stored(NamedTuple):
    """A stored date with what a row shows of its card, as `COLUMNS` has them."""

    id: int
    card_id: int
    number: str
    name: str
    organisation: str | None
    sort_key: str
    who: str | None
    relation: str | None
    kind: str
    note: str
    calendar: str
    year: int | None
    month: int
    day: int
    leap: int

    def said(self) -> YearlyDate:
        """The date as it was said."""
        return YearlyDate(Calendar(self.calendar), self.year, self.month, self.day, bool(self.leap))


@dataclass(frozen=True, slots=True)
class Coming:
    """A yearly date on the day on which it comes; None for what cannot be known."""

    stored: str
    """Its text form."""
    years: int | None
    """How many it counts."""
    age: int | None
    """周岁 of somebody born on it."""
    nominal_age: int | None
    """虚岁 of somebody born on it; for lunar dates."""


def reckon(said: tuple[Any, ...], day: date, policy: Policy) -> Coming | None:
    """What a stored date (calendar, year, month, day, leap) is on a day on which it is kept.

    None on days before it began.
    """
    calendar, year, month, month_day, leap = said
    kept = YearlyDate(Calendar(calendar), year, month, month_day, bool(leap))
    if year is None:
        return Coming(str(kept), None, None, None)
    began = kept.to_solar()
    if began is None or began > day:
        return None
    nominal = kept.nominal_age(day) if kept.calendar == Calendar.LUNAR else None
    return Coming(str(kept), kept.years_on(day, policy), kept.age(day, policy), nominal)


def row_of(day: date, stored: Stored, coming: Coming, days: int, greeted: bool) -> OccasionRow:
    """The list row of a date that comes in so many days."""
    birth = stored.kind == "birth"
    return OccasionRow(
        id=stored.id,
        card_id=stored.card_id,
        number=stored.number,
        name=stored.name,
        organisation=stored.organisation or "",
        who=stored.who or "",
        relation=stored.relation or "",
        occasion=FURTHER if stored.kind == "further_dates" else stored.kind,
        note=stored.note,
        stored=coming.stored,
        date=day,
        days=days,
        age=coming.age if birth else coming.years,
        nominal_age=coming.nominal_age if birth else None,
        round_year=is_round_year((birth and coming.nominal_age) or coming.years or 0),
        greeted=greeted,
    )
