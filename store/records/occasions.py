"""What the desk returns about yearly dates."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One coming occasion.

    `who` is the family member's name, empty for the customer himself; `occasion` is birth,
    wedding, founded, opened, further; `stored` the text form of the date as it was said.
    """

    id: int
    card_id: int
    number: str
    name: str
    organisation: str
    who: str
    relation: str
    occasion: str
    note: str
    stored: str
    date: date
    days: int
    age: int | None
    """周岁 on that day, or the years since; None without a year."""
    nominal_age: int | None
    """虚岁; for lunar birthdays of persons."""
    round_year: bool
    greeted: bool
    """Whether a greeting was noted for this occurrence."""


@dataclass(frozen=True, slots=True)
class FamilyValues:
    """A member of the family as it is edited; `birth` is a yearly date's text form."""

    name: str
    relation: str | None = None
    birth: str | None = None
    employer: str | None = None
    job: str | None = None
    phone: str | None = None
    education: str | None = None
    interests: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """A member of a person's family."""

    id: int
    card_id: int
    values: FamilyValues
