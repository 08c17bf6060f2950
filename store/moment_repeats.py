"""What comes again and again in free text: 每周一, 每月5号, 每两周, "every monday"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from store.chinese_numbers import NUMERAL
from store.errors import BadValue
from store.moment_chinese import DAY, WEEK, WEEKDAY, counted, weekday_number
from store.moment_english import WEEKDAY as ENGLISH_WEEKDAY
from store.moment_english import weekday_number as english_weekday_number
from store.moment_steps import exact, match_at, said

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)
_LONGEST_SEARCH = 800
"""Days; every repeat comes within two years, if it comes at all."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """How something comes again, in the terms of an RFC 5545 rule."""

    frequency: str
    """DAILY, WEEKLY, MONTHLY or YEARLY."""
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """0 for Monday."""
    month_days: tuple[int, ...] = ()
    """1 to 31, -1 for the last; where one stands alone, shorter months have their last day."""
    month: int | None = None
    place: int | None = None
    """Which of these weekdays of the month: 1 to 4, -1 for the last."""

    def first(self, start: date) -> date:
        """The first day on which it comes, `start` included; `ValueError` where it never does."""
        for days in range(_LONGEST_SEARCH):
            day = start + timedelta(days=days)
            if self._comes_on(day):
                return day
        raise ValueError("it never comes")

    def _comes_on(self, day: date) -> bool:
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        if self.month is not None and day.month != self.month:
            return False
        if self.month_days:
            return self._is_month_day(day)
        if self.place is None:
            return True
        if self.place == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == self.place

    def _is_month_day(self, day: date) -> bool:
        if day.day in self.month_days:
            return True
        if (day + timedelta(days=1)).day > 1:
            return False
        return -1 in self.month_days or (len(self.month_days) == 1 and self.month_days[0] > day.day)

    def rule(self, first: date) -> str:
        """The text of an RRULE without DTSTART, for a first time on that day."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        month, days = self.month, self.month_days
        if not self.weekdays and not days and first.day > 28:
            # By DTSTART alone, months that are shorter would be left out.
            if self.frequency == "MONTHLY":
                days = (first.day,)
            elif self.frequency == "YEARLY" and first.month == 2:
                month, days = 2, (29,)
        if self.weekdays:
            place = "" if self.place is None else str(self.place)
            parts.append("BYDAY=" + ",".join(f"{place}{_DAYS[day]}" for day in self.weekdays))
        if month is not None:
            parts.append(f"BYMONTH={month}")
        if len(days) == 1 and days[0] > 28 and month in (None, 2):
            every = ",".join(str(day) for day in range(28, days[0] + 1))
            parts.append(f"BYMONTHDAY={every};BYSETPOS=-1")
        elif days:
            parts.append("BYMONTHDAY=" + ",".join(str(day) for day in days))
        return ";".join(parts)


def _interval(match: re.Match[str]) -> int:
    """Every how many: 每隔一天 is every second day, 每隔三天 as people mean it every third."""
    count = said(match, "count")
    many = counted(count) if count else 1
    skips = said(match, "apart") or said(match, "alternate")
    if not 1 <= many <= 999:
        raise ValueError("no such interval")
    return 2 if skips and many == 1 else many


def _daily(match: re.Match[str]) -> Repeat:
    return Repeat("DAILY", _interval(match))


def _weekly(match: re.Match[str]) -> Repeat:
    if said(match, "end"):
        return Repeat("WEEKLY", _interval(match), _WEEKEND)
    return Repeat("WEEKLY", _interval(match), _weekdays(said(match, "days")))


def _weekdays(text: str) -> tuple[int, ...]:
    days = [weekday_number(character) for character in re.findall(WEEKDAY, text)]
    if re.search("[到至~-]", text):
        days = list(range(days[0], days[-1] + 1))
    return tuple(sorted(set(days)))


def _workdays(match: re.Match[str]) -> Repeat:
    return Repeat("WEEKLY", 1, _WORKDAYS)


def _monthly(match: re.Match[str]) -> Repeat:
    interval = _interval(match)
    if said(match, "weekday"):
        place = said(match, "place")
        return Repeat(
            "MONTHLY",
            interval,
            (weekday_number(match["weekday"]),),
            place="一二三四".index(place) + 1 if place else -1,
        )
    part = said(match, "part")
    if part:
        return Repeat("MONTHLY", interval, month_days=({"初": 1, "中": 15}.get(part, -1),))
    return Repeat("MONTHLY", interval, month_days=_month_days(said(match, "days")))


def _month_days(text: str) -> tuple[int, ...]:
    days = {counted(day) for day in re.findall(DAY, text)}
    if any(not 1 <= day <= 31 for day in days):
        raise ValueError("no such day of a month")
    return tuple(sorted(-1 if day == 31 and len(days) > 1 else day for day in days))


def _quarterly(match: re.Match[str]) -> Repeat:
    return Repeat("MONTHLY", 6 if "年" in match[0] else 3)


def _yearly(match: re.Match[str]) -> Repeat:
    if not said(match, "month"):
        return Repeat("YEARLY", _interval(match))
    month, day = counted(match["month"]), counted(match["day"])
    exact(2000, month, day)
    return Repeat("YEARLY", _interval(match), month_days=(day,), month=month)


def _english_unit(match: re.Match[str]) -> Repeat:
    interval = 2 if said(match, "other") else int(said(match, "count") or 1)
    if not interval:
        raise ValueError("no such interval")
    unit = match["unit"].lower()
    if unit in ("quarter", "quarterly"):
        return Repeat("MONTHLY", 3 * interval)
    day = said(match, "day")
    frequency = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY"}.get(unit[0], "YEARLY")
    return Repeat(frequency, interval, month_days=_month_days(day) if day else ())


def _english_weekdays(match: re.Match[str]) -> Repeat:
    names = re.findall(ENGLISH_WEEKDAY, match["days"], re.IGNORECASE | re.ASCII)
    days = tuple(sorted({english_weekday_number(name) for name in names}))
    return Repeat("WEEKLY", 2 if said(match, "other") else 1, days)


def _english_part_of_week(match: re.Match[str]) -> Repeat:
    return Repeat("WEEKLY", 1, _WEEKEND if "end" in match[0].lower() else _WORKDAYS)


def _english_month_day(match: re.Match[str]) -> Repeat:
    return Repeat("MONTHLY", month_days=_month_days(match["day"]))


_COUNT = rf"(?P<count>[0-9]{{1,3}}|{NUMERAL}{{1,3}})"
_EVERY = rf"(?:每(?P<apart>隔)?{_COUNT}?|(?P<alternate>隔))个?"
_AND = "[、,和及跟]"
_WEEKDAYS = rf"(?>{WEEKDAY}[到至~-]{WEEK}?{WEEKDAY}|{WEEKDAY}(?:{_AND}?{WEEK}?{WEEKDAY})*)"
_ENGLISH_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b"
_ENGLISH_DAYS = rf"(?P<days>{ENGLISH_WEEKDAY}(?:\s*(?:,|and|&)\s*{ENGLISH_WEEKDAY})*)"

_Ways = list[tuple[str, Callable[[re.Match[str]], Repeat]]]

_CHINESE: _Ways = [
    (rf"{_EVERY}[天日]|天天", _daily),
    (r"每个?工作日", _workdays),
    (rf"{_EVERY}{WEEK}(?P<end>末)", _weekly),
    (rf"{_EVERY}{WEEK}的?{WEEK}?(?P<days>{_WEEKDAYS})(?![次回遍趟])", _weekly),
    (rf"{_EVERY}{WEEK}(?:[一1]次|(?![0-9]|{NUMERAL}))", _weekly),
    (rf"{_EVERY}月\s*(?P<days>{DAY}(?:[日号]?{_AND}{DAY})*[日号])", _monthly),
    (rf"{_EVERY}月(?:的?月)?(?P<part>[底末初中])", _monthly),
    (rf"{_EVERY}月的?(?P<part>最后一[天日])", _monthly),
    (rf"{_EVERY}月的?第(?P<place>[一二三四])个{WEEK}(?P<weekday>{WEEKDAY})", _monthly),
    (rf"{_EVERY}月的?最后一?个{WEEK}(?P<weekday>{WEEKDAY})", _monthly),
    (rf"{_EVERY}月(?:[一1]次|(?![0-9]|{NUMERAL}))", _monthly),
    (r"每个?季度?|每半年", _quarterly),
    (rf"{_EVERY}年的?(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]?", _yearly),
    (rf"{_EVERY}年的?(?P<month>{NUMERAL}{{1,2}})月(?P<day>{DAY})[日号]", _yearly),
    # The lunar calendar has no rule: 每年农历八月十五 stays text.
    (rf"{_EVERY}年(?!\s*的?(?:农历|阴历|闰|[正冬腊]月|{NUMERAL}|[0-9]))", _yearly),
]
_ENGLISH: _Ways = [
    (
        r"(?ia)every\s*(?:(?P<other>other)\s+|(?P<count>[0-9]{1,3})\s+)?"
        rf"(?P<unit>day|week|month|quarter|year)s?\b(?:\s+on\s+(?:the|day)\s+{_ENGLISH_DAY})?",
        _english_unit,
    ),
    (rf"(?ia)every\s+(?P<other>other\s+)?{_ENGLISH_DAYS}", _english_weekdays),
    (r"(?ia)every\s+(?:weekday|workday|weekend)s?\b", _english_part_of_week),
    (rf"(?ia)every\s+{_ENGLISH_DAY}", _english_month_day),
]
_UNSURE: _Ways = [(r"(?ia)(?P<unit>daily|weekly|monthly|quarterly|yearly)\b", _english_unit)]


_BEGINNINGS = tuple("每隔天")
"""What the Chinese ones begin with."""


def repeat_at(text: str, at: int, sure: bool) -> tuple[Repeat, int] | None:
    """The repeat that stands at this place of a half-width text, and where it ends; else None.

    `sure` leaves out what may be an adjective, as in "weekly report".
    """
    english = _ENGLISH if sure else _ENGLISH + _UNSURE
    ways = _CHINESE if text[at : at + 1] in _BEGINNINGS else english
    matches = [
        (match, reading)
        for pattern, reading in ways
        if (match := match_at(pattern, text, at)) is not None
    ]
    if not matches:
        return None
    match, reading = max(matches, key=lambda found: found[0].end())
    try:
        return reading(match), match.end()
    except (ValueError, BadValue):
        return None
