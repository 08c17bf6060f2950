"""The two birthdays of a person, solar and lunar: whether they can be the same day."""

from collections.abc import Mapping
from typing import Any

from store.errors import BadValue
from store.language import N_
from store.lunar import YearlyDate

BIRTHDAYS = ("birth_solar", "birth_lunar", "birth_kept")
"""The fields of the form that say when somebody was born, and which day is celebrated."""

DISAGREE = N_("The two birthdays are different days: {given} is {same}, not {other}.")

WHICH = N_(
    "The two birthdays are different days: {given} is {same}, not {other}. Say which one is kept."
)


def disagreement(values: Mapping[str, Any]) -> BadValue | None:
    """What is wrong where a solar and a lunar birthday name different days (domain.md 1.3).

    Both are kept all the same; which one he celebrates is asked for until that is said.
    None where one is missing, where no year tells, and where the lunar
    one without a year leaves out that its month was a leap month.

    Args:
        values: a card's values by key.
    """
    given = [values.get(key) for key in BIRTHDAYS[:2]]
    try:
        solar, lunar = (YearlyDate.parse(str(text)) for text in given)
    except BadValue:
        return None
    known, other = (solar, lunar) if solar.year is not None else (lunar, solar)
    same = known.in_other_calendar()
    if same is None or _fits(same, other):
        return None
    return BadValue(
        DISAGREE if values.get("birth_kept") else WHICH,
        field="birth_lunar",
        given=known.spoken(with_year=True),
        same=same.spoken(with_year=True),
        other=other.spoken(with_year=True),
    )


def _fits(same: YearlyDate, other: YearlyDate) -> bool:
    """Whether a day is the one that is told by another, as far as that says."""
    if other.year is not None and same != other:
        return False
    return (same.month, same.day) == (other.month, other.day) and (same.leap or not other.leap)
