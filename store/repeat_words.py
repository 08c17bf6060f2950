"""Repeat rules in words, as people say and type them: 每周一, every 2 weeks."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from store.calendar_words import weekday
from store.errors import BadValue
from store.language import N_, _
from store.moment_repeats import Repeat
from store.moments import find_repeat
from store.repeats import checked_rule, next_of

UNKNOWN = N_("“{text}” is no repeat such as 每周一 or every month.")
TIME_APART = N_("The time has a field of its own; write here only how often.")

_ANY_DAY = date(2001, 1, 1)
"""A Monday and a first of the month: from here a rule says no more than its words do."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS, _WEEKEND = ",".join(_WEEKDAYS[:5]), ",".join(_WEEKDAYS[5:])
_PLACED = re.compile(rf"(-1|[1-4])({'|'.join(_WEEKDAYS)})")
_OR_LAST = {"28,29": 29, "28,29,30": 30, "28,29,30,31": 31}
"""Month days of which the last holds that a month has, and the day that was meant."""

_PLACES = N_("first second third fourth last")

_Parts = dict[str, str]


def read_repeat(text: str) -> str:
    """The rule (RFC 5545, without DTSTART) that words say, or that is written out.

    Raises:
        BadValue: the words say no repeat, or something else besides.
    """
    line = " ".join(text.split())
    if line.upper().startswith(("FREQ=", "RRULE:")):
        return checked_rule(line.upper())
    found = find_repeat(line, _ANY_DAY)
    if found is None or found.repeat is None or (found.start, found.end) != (0, len(line)):
        raise BadValue(UNKNOWN, text=line[:60])
    if found.time is not None:
        raise BadValue(TIME_APART)
    return found.repeat


def anchored(rule: str, first: date) -> str:
    """The rule for what takes place on this day first.

    RFC 5545 leaves out the months that have no 31st and the years without a 29th of February;
    bare monthly and yearly rules are given the last day that there is.
    """
    parts = _parts(rule)
    if parts["FREQ"] in ("MONTHLY", "YEARLY") and parts.keys() <= {"FREQ", "INTERVAL"}:
        return Repeat(parts["FREQ"], int(parts.get("INTERVAL", "1"))).rule(first)
    return rule


def first_day(rule: str, today: date) -> date | None:
    """The first day, today included, on which a repeat comes; None where it never does."""
    coming = next_of(rule, today, today - timedelta(days=1))
    return coming[0] if coming else None


def understood(rule: str, today: date) -> str:
    """A rule in words, and the day on which it comes next, today included."""
    words, day = in_words(rule), first_day(rule, today)
    if day is None:
        return words
    coming = _("next {day}").format(day=f"{day} {weekday(day.weekday())}")
    return f"{words} · {coming}"


def in_words(rule: str) -> str:
    """A rule in the language spoken now; one that has no words stays as it is."""
    parts = _parts(rule)
    say = _WAYS.get(parts.pop("FREQ", ""))
    count = parts.pop("INTERVAL", "1")
    if say is None or not count.isdecimal():
        return rule
    return say(int(count), parts) or rule


def _parts(rule: str) -> _Parts:
    return {key: value for key, _sign, value in (part.partition("=") for part in rule.split(";"))}


def _daily(count: int, parts: _Parts) -> str:
    if parts:
        return ""
    return _("every day") if count == 1 else _("every {count} days").format(count=count)


def _weekly(count: int, parts: _Parts) -> str:
    days = parts.pop("BYDAY", "")
    if parts or not set(days.split(",")) <= {"", *_WEEKDAYS}:
        return ""
    if not days:
        return _("every week") if count == 1 else _("every {count} weeks").format(count=count)
    if count == 1 and days in (_WORKDAYS, _WEEKEND):
        return _("every weekday") if days == _WORKDAYS else _("every weekend")
    named = _(" and ").join(weekday(_WEEKDAYS.index(day)) for day in days.split(","))
    if count <= 2:
        words = _("every {weekdays}") if count == 1 else _("every other {weekdays}")
        return words.format(weekdays=named)
    return _("every {count} weeks on {weekdays}").format(count=count, weekdays=named)


def _monthly(count: int, parts: _Parts) -> str:
    placed = _PLACED.fullmatch(parts.pop("BYDAY", ""))
    days = _month_days(parts)
    if parts:
        return ""
    if count == 1:
        every = _("every month")
    elif count == 3 and not (days or placed):
        every = _("every quarter")
    else:
        every = _("every {count} months").format(count=count)
    if placed:
        # The last one is -1 in a rule, and the last of the words.
        place = _(_PLACES).split()[int(placed[1]) - (placed[1] != "-1")]
        name = weekday(_WEEKDAYS.index(placed[2]))
        return _("{every} on the {place} {weekday}").format(every=every, place=place, weekday=name)
    if days == "-1":
        return _("{every} on the last day").format(every=every)
    if days:
        return _("{every} on day {days}").format(every=every, days=days)
    return every


def _yearly(count: int, parts: _Parts) -> str:
    month, days = parts.pop("BYMONTH", ""), _month_days(parts)
    if parts or (month == "") != (days == ""):
        return ""
    every = _("every year") if count == 1 else _("every {count} years").format(count=count)
    if not month:
        return every
    return _("{every} on {month}-{day}").format(every=every, month=month, day=days)


def _month_days(parts: _Parts) -> str:
    """The days of the month, taken out of the parts as far as words can say them."""
    days = parts.get("BYMONTHDAY", "")
    if "BYSETPOS" not in parts:
        return parts.pop("BYMONTHDAY", "")
    if days in _OR_LAST and parts["BYSETPOS"] == "-1":
        del parts["BYMONTHDAY"], parts["BYSETPOS"]
        return str(_OR_LAST[days])
    return ""


_WAYS: dict[str, Callable[[int, _Parts], str]] = {
    "DAILY": _daily,
    "WEEKLY": _weekly,
    "MONTHLY": _monthly,
    "YEARLY": _yearly,
}
