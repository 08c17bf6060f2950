"""Solar and lunar days, and the dates that come back every year (calendar.md).

The only module that knows lunardate: its table covers the lunar years 1900 to 2099, is wrong in
three of them, and checks nothing. Here every value is checked when it is made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from functools import cache

from store import calendar_words as words
from store.errors import BadValue
from store.language import N_

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""The lunar years that are known."""

FIRST_DAY, LAST_DAY = date(1900, 1, 31), date(2100, 2, 8)
"""The solar days of those years."""

_CORRECTED = {
    (1933, 6): (date(1933, 7, 22), date(1933, 7, 23)),
    (1954, 11): (date(1954, 11, 26), date(1954, 11, 25)),
    (1978, 8): (date(1978, 9, 2), date(1978, 9, 3)),
}
"""Lunar (year, month) to the first day as lunardate 0.3.0 has it, and as the observatories do."""

_SOLAR_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_TEXT_FORM = re.compile(r"(lunar:)?(?:([0-9]{4})|-)-([0-9]{2})(L?)-([0-9]{2})")


class Calendar(StrEnum):
    """The calendar in which a date is kept."""

    SOLAR = "solar"
    LUNAR = "lunar"


def leap_month(year: int) -> int | None:
    """The number of the month that lunar year 1900..2099 has twice, or None."""
    return next((month for month, leap in _months(year) if leap), None)


@cache
def _months(year: int) -> dict[tuple[int, bool], tuple[int, int]]:
    """The months of a lunar year in order: (month, leap) to (ordinal of its first day, length)."""
    # Imported here because most commands never meet a lunar date.
    from lunardate import LunarDate

    leap = LunarDate.leap_month_for_year(year)
    firsts: dict[tuple[int, bool], int] = {}
    for month in range(1, 13):
        first = LunarDate(year, month, 1).to_solar_date()
        wrong, right = _CORRECTED.get((year, month), (None, first))
        firsts[month, False] = (right if first == wrong else first).toordinal()
        if month == leap:
            firsts[month, True] = LunarDate(year, month, 1, True).to_solar_date().toordinal()
    after = LAST_DAY.toordinal() + 1
    if year < LAST_YEAR:
        after = LunarDate(year + 1, 1, 1).to_solar_date().toordinal()
    ends = [*list(firsts.values())[1:], after]
    return {
        key: (first, end - first) for (key, first), end in zip(firsts.items(), ends, strict=True)
    }


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise BadValue(N_("Months run from 1 to 12, there is no month {month}."), month=month)


def _check_first(day: int) -> None:
    if day < 1:
        raise BadValue(N_("The first day of a month is day 1, there is no day {day}."), day=day)


@dataclass(frozen=True, slots=True)
class LunarDay:
    """One day of the lunar calendar, in the lunar years 1900 to 2099.

    Raises:
        BadValue: there is no such day.
    """

    year: int
    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise BadValue(
                N_("The lunar calendar is known from {first} to {last}, not in {year}."),
                first=FIRST_YEAR,
                last=LAST_YEAR,
                year=self.year,
            )
        _check_month(self.month)
        if (self.month, self.leap) not in _months(self.year):
            self._refuse_leap()
        _check_first(self.day)
        if self.day > self.month_length():
            raise BadValue(
                N_("The lunar {month} month of {year} has only {days} days."),
                year=self.year,
                month=words.lunar_month(self.month, self.leap),
                days=self.month_length(),
            )

    def _refuse_leap(self) -> None:
        asked, actual = words.lunar_month(self.month, True), leap_month(self.year)
        if actual is None:
            raise BadValue(
                N_("Lunar {year} has no {month} month, and no leap month at all."),
                year=self.year,
                month=asked,
            )
        raise BadValue(
            N_("Lunar {year} has no {month} month, but a {actual} month."),
            year=self.year,
            month=asked,
            actual=words.lunar_month(actual, True),
        )

    @classmethod
    def from_solar(cls, day: date) -> "LunarDay":
        """The lunar day of a solar day; raises `BadValue` outside 1900-01-31..2100-02-08."""
        ordinal = day.toordinal()
        if not FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
            raise BadValue(
                N_("The lunar calendar is known from {first} to {last}, not on {day}."),
                first=FIRST_DAY,
                last=LAST_DAY,
                day=f"{day:%Y-%m-%d}",
            )
        year = min(day.year, LAST_YEAR)
        if ordinal < _months(year)[1, False][0]:
            year -= 1
        month, leap, first = next(
            (month, leap, first)
            for (month, leap), (first, length) in _months(year).items()
            if ordinal < first + length
        )
        return cls(year, month, ordinal - first + 1, leap)

    def to_solar(self) -> date:
        """The same day in the solar calendar."""
        return date.fromordinal(_months(self.year)[self.month, self.leap][0] + self.day - 1)

    def month_length(self) -> int:
        """How many days the month of this day has, 29 or 30."""
        return _months(self.year)[self.month, self.leap][1]


POLICIES = {
    "leap_month": ("leap_or_regular", "regular", "both", "leap"),
    "doubled_month": ("first", "both"),
    "day_thirty": ("last", "skip", "next"),
    "feb29": ("feb28", "mar1", "leap"),
}
"""What each field of `Policy` may be, its default first."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When a date is kept in a year that lacks its day, or has its month twice (calendar.md).

    Raises:
        BadValue: a setting is none of `POLICIES`.
    """

    leap_month: str = "leap_or_regular"
    """Born in a leap month."""
    doubled_month: str = "first"
    """Born in a regular month, and the year has that month twice."""
    day_thirty: str = "last"
    """Born on day 30, and the month has 29: its last day, not at all, the day after."""
    feb29: str = "feb28"
    """Born on February 29, and the year has none."""

    def __post_init__(self) -> None:
        for name, choices in POLICIES.items():
            value = getattr(self, name)
            if value not in choices:
                raise BadValue(
                    N_("“{value}” is no setting here; choose one of {choices}."),
                    field=name,
                    value=value,
                    choices=", ".join(choices),
                )


DEFAULT_POLICY = Policy()
"""What holds where nobody chose otherwise."""


def solar_month_length(year: int | None, month: int) -> int:
    """How many days a solar month has, in any year at all where the year is None."""
    if month == 2 and year is not None and not _is_leap_year(year):
        return 28
    return _SOLAR_MONTH_LENGTHS[month - 1]


def _is_leap_year(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class YearlyDate:
    """A birthday or another day that comes back every year, stored as it was said.

    `year` is the year it began, None where nobody knows; of the lunar year for lunar dates.

    Raises:
        BadValue: there is no such day.
    """

    calendar: Calendar
    year: int | None
    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        if self.calendar == Calendar.LUNAR and self.year is not None:
            LunarDay(self.year, self.month, self.day, self.leap)
            return
        _check_month(self.month)
        _check_first(self.day)
        if self.calendar == Calendar.SOLAR:
            self._check_solar()
        elif self.day > 30:
            raise BadValue(N_("A lunar month has at most {days} days."), days=30)

    def _check_solar(self) -> None:
        if self.leap:
            raise BadValue(N_("Only the lunar calendar has leap months."))
        if self.year is not None and not 1 <= self.year <= MAXYEAR:
            raise BadValue(N_("There is no year {year}."), year=self.year)
        days = solar_month_length(self.year, self.month)
        if self.day > days:
            month = words.solar_month(self.month)
            if self.year is None:
                raise BadValue(N_("{month} has only {days} days."), month=month, days=days)
            raise BadValue(
                N_("{month} {year} has only {days} days."), month=month, year=self.year, days=days
            )

    @classmethod
    def parse(cls, text: str) -> "YearlyDate":
        """The date of a text form, the inverse of `str()`; raises `BadValue` for other texts."""
        match = _TEXT_FORM.fullmatch(text)
        if match is None:
            raise BadValue(N_("This is not a date as the program stores it."))
        lunar, year, month, leap, day = match.groups()
        calendar = Calendar.LUNAR if lunar else Calendar.SOLAR
        return cls(calendar, int(year) if year else None, int(month), int(day), bool(leap))

    def __str__(self) -> str:
        """The text form: `1985-08-15`, `--08-15`, `lunar:1982-04L-10` (RFC 7529's L)."""
        calendar = "lunar:" if self.calendar == Calendar.LUNAR else ""
        year = "-" if self.year is None else f"{self.year:04}"
        return f"{calendar}{year}-{self.month:02}{'L' if self.leap else ''}-{self.day:02}"

    def to_solar(self) -> date | None:
        """The solar day on which it began; None where the year is unknown."""
        if self.year is None:
            return None
        if self.calendar == Calendar.LUNAR:
            return LunarDay(self.year, self.month, self.day, self.leap).to_solar()
        return date(self.year, self.month, self.day)

    def in_other_calendar(self) -> "YearlyDate | None":
        """The same day in the other calendar; None where the year is unknown or out of range."""
        began = self.to_solar()
        if began is None:
            return None
        if self.calendar == Calendar.LUNAR:
            return YearlyDate(Calendar.SOLAR, began.year, began.month, began.day)
        if not FIRST_DAY <= began <= LAST_DAY:
            return None
        day = LunarDay.from_solar(began)
        return YearlyDate(Calendar.LUNAR, day.year, day.month, day.day, day.leap)

    def _in_year(self, year: int, policy: Policy) -> list[date]:
        """On which days it falls in a year of its own calendar, never before it began."""
        days = (
            self._in_lunar_year(year, policy)
            if self.calendar == Calendar.LUNAR
            else self._in_solar_year(year, policy)
        )
        if self.year is None or year > self.year:
            return days
        began = self.to_solar()
        return [day for day in days if began is None or day >= began]

    def _in_solar_year(self, year: int, policy: Policy) -> list[date]:
        if (self.month, self.day) != (2, 29) or _is_leap_year(year):
            return [date(year, self.month, self.day)]
        if policy.feb29 == "leap":
            return []
        return [date(year, 2, 28) if policy.feb29 == "feb28" else date(year, 3, 1)]

    def _in_lunar_year(self, year: int, policy: Policy) -> list[date]:
        months = _months(year)
        found = []
        for leap in self._kept_in(policy, (self.month, True) in months):
            first, length = months[self.month, leap]
            past = self.day - length
            if past <= 0 or policy.day_thirty == "next":
                found.append(date.fromordinal(first + self.day - 1))
            elif policy.day_thirty == "last":
                found.append(date.fromordinal(first + length - 1))
        return found

    def _kept_in(self, policy: Policy, doubled: bool) -> tuple[bool, ...]:
        """Whether it is kept in the regular month (False), the leap month (True), or both."""
        if not self.leap:
            return (False, True) if doubled and policy.doubled_month == "both" else (False,)
        if not doubled:
            return () if policy.leap_month == "leap" else (False,)
        return {"regular": (False,), "both": (False, True)}.get(policy.leap_month, (True,))

    def _years(self, first: int, last: int) -> Iterator[int]:
        """The years of its own calendar that may hold days of the solar years first..last."""
        lowest, highest = 1, MAXYEAR
        if self.calendar == Calendar.LUNAR:
            # A month 11 or 12 falls in January or February of the following solar year.
            first, lowest, highest = first - 1, FIRST_YEAR, LAST_YEAR
        return iter(range(max(first, lowest, self.year or 0), min(last, highest) + 1))

    def occurrences(self, start: date, end: date, policy: Policy = DEFAULT_POLICY) -> list[date]:
        """The solar days on which it falls from `start` to `end`, both included, in order.

        It has none before the day on which it began, and lunar dates none after 2100-02-08.
        """
        return [
            day
            for year in self._years(start.year, end.year)
            for day in self._in_year(year, policy)
            if start <= day <= end
        ]

    def next_occurrence(self, today: date, policy: Policy = DEFAULT_POLICY) -> date | None:
        """The first day on which it falls, today included; None where there is none before 2100.

        Solar dates have no such end.
        """
        last = LAST_YEAR if self.calendar == Calendar.LUNAR else max(today.year, self.year or 0) + 8
        for year in self._years(today.year, last):
            for day in self._in_year(year, policy):
                if day >= today:
                    return day
        return None

    def years_on(self, day: date, policy: Policy = DEFAULT_POLICY) -> int | None:
        """How many years it counts when it is kept on that day.

        None where the year is unknown or it is not kept on that day.
        """
        if self.year is None:
            return None
        for year in self._years(day.year, day.year):
            if day in self._in_year(year, policy):
                return year - self.year
        return None

    def age(self, today: date, policy: Policy = DEFAULT_POLICY) -> int | None:
        """周岁: how many solar anniversaries have passed; None where unknown or still to come.

        Born on February 29, one grows older on March 1 of common years unless the policy says
        February 28.
        """
        began = self.to_solar()
        if began is None or today < began:
            return None
        born = (began.month, began.day)
        if born == (2, 29) and policy.feb29 == "feb28" and not _is_leap_year(today.year):
            born = (2, 28)
        return today.year - began.year - ((today.month, today.day) < born)

    def nominal_age(self, today: date) -> int | None:
        """虚岁: lunar years lived in, the first counting as one; None where unknown."""
        born, now = self.lunar_year(), _lunar_year(today)
        began = self.to_solar()
        if born is None or now is None or began is None or today < began:
            return None
        return now - born + 1

    def lunar_year(self) -> int | None:
        """The lunar year in which it began; None where unknown."""
        began = self.to_solar()
        return None if began is None else _lunar_year(began)

    def spoken(self, with_year: bool = False) -> str:
        """The date in words, in the language spoken: 农历八月十五, "lunar 8th month, day 15"."""
        year = self.year if with_year else None
        if self.calendar == Calendar.LUNAR:
            return words.lunar_date(year, self.month, self.day, self.leap)
        return words.solar_date(year, self.month, self.day)

    def zodiac(self) -> str | None:
        """星座, in the language spoken; None for a lunar date without a year."""
        if self.calendar == Calendar.SOLAR:
            return words.sign(self.month, self.day)
        began = self.to_solar()
        return None if began is None else words.sign(began.month, began.day)

    def animal(self) -> str | None:
        """生肖 of the lunar year, in the language spoken; None where the year is unknown."""
        year = self.lunar_year()
        return None if year is None else words.animal(year)


def _lunar_year(day: date) -> int | None:
    return LunarDay.from_solar(day).year if FIRST_DAY <= day <= LAST_DAY else None


def lunar_keys_of(
    day: date, policy: Policy = DEFAULT_POLICY
) -> list[tuple[Calendar, int, int, bool]]:
    """The (calendar, month, day, leap) of every stored date that falls on this solar day.

    Solar keys stand first. Dates that began later than this day are not told apart: that is
    for `occurrences` to say.
    """
    keys = [(Calendar.SOLAR, day.month, day.day, False), (Calendar.SOLAR, 2, 29, False)]
    if FIRST_DAY <= day <= LAST_DAY:
        lunar = LunarDay.from_solar(day)
        # A day 30 may be kept on day 29 or on the first of the month after.
        before = (lunar.month - 2) % 12 + 1
        days = {(lunar.month, lunar.day), (lunar.month, 30), (before, 30)}
        keys += [
            (Calendar.LUNAR, month, number, leap)
            for month, number in sorted(days)
            for leap in (False, True)
        ]
    return [
        (calendar, month, number, leap)
        for calendar, month, number, leap in dict.fromkeys(keys)
        if YearlyDate(calendar, None, month, number, leap).occurrences(day, day, policy)
    ]


def is_round_year(years: int) -> bool:
    """Whether this many years are worth a mark: the tens, a whole cycle of sixty (甲子) too."""
    return years > 0 and years % 10 == 0
