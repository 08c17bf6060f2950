"""From one day to another: next months, weekdays to come, month and day without a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from store.lunar import Calendar, Policy, YearlyDate, solar_month_length

_TRUE_LEAP_DAY = Policy(feb29="leap")
_LONGEST_WAIT = 8
"""Years between two February 29ths, at most."""


Reading = Callable[[re.Match[str], date, bool], date]
"""The day that a match names, seen from today; a day gone by where the last is true.

It raises `BadValue`, `ValueError` or `OverflowError` where there is no such day.
"""


class Words(NamedTuple):
    """One way to name a day."""

    pattern: str
    """How it is written, in half-width characters."""
    reading: Reading
    """What it means."""
    sure: bool = True
    """Whether it means a day in the middle of other text too, where 3-15 may be anything."""


def match_at(pattern: str, text: str, at: int) -> re.Match[str] | None:
    """What fits the pattern at this place of the text."""
    # Compiled when first needed, and kept by `re`: to compile all of them takes 40 ms.
    return re.compile(pattern).match(text, at)


def said(match: re.Match[str], name: str) -> str:
    """What a group of the pattern found, "" where it found nothing or is not there."""
    return match.groupdict().get(name) or ""


def exact(year: int, month: int, day: int) -> date:
    """A solar day; raises `BadValue` with the reason where there is none."""
    return existing(YearlyDate(Calendar.SOLAR, year, month, day).to_solar())


def existing(day: date | None) -> date:
    """The day, or `ValueError` where there is none."""
    if day is None:
        raise ValueError("there is no such day")
    return day


def without_year(value: YearlyDate, today: date, past: bool = False) -> date:
    """The next time such a day comes, today included; the last time it came where `past`."""
    if not past:
        return existing(value.next_occurrence(today, _TRUE_LEAP_DAY))
    since = date(max(today.year - _LONGEST_WAIT, 1), 1, 1)
    return existing(next(reversed(value.occurrences(since, today, _TRUE_LEAP_DAY)), None))


def month_day(month: int, day: int, today: date, past: bool = False) -> date:
    """The next solar day of that month and day; the last one where `past`."""
    return without_year(YearlyDate(Calendar.SOLAR, None, month, day), today, past)


def months_later(today: date, months: int, day: int | None = None) -> date:
    """The day so many months away, or that day of the month; the month's last where it is short."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    length = solar_month_length(year, month + 1)
    return date(year, month + 1, min(day or today.day, length))


def in_week(today: date, weeks: int, weekday: int) -> date:
    """The weekday (0 for Monday) of the week so many weeks away; weeks begin on Monday."""
    return today + timedelta(days=7 * weeks + weekday - today.weekday())


def coming_weekday(today: date, weekday: int, past: bool = False) -> date:
    """The next such weekday, today included; the last one where `past`."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead - 7 if past and ahead else ahead)


def after(today: date, count: int, unit: str) -> date:
    """The day after so many days, weeks, months or years; units by their first letter d w m y."""
    if unit == "d":
        return today + timedelta(days=count)
    if unit == "w":
        return today + timedelta(weeks=count)
    return months_later(today, 12 * count if unit == "y" else count)
