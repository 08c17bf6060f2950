"""The words that name one day in English: today, wed, "next wed", "in 3 days", Mar 15, +3d."""

import re
from datetime import date, timedelta

from store.moment_steps import (
    Words,
    after,
    coming_weekday,
    exact,
    in_week,
    month_day,
    months_later,
    said,
)

WEEKDAY = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:r(?:s(?:days?)?)?)?"
    r"|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)\b"
)
"""A weekday, whole or shortened, one or many."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}


def weekday_number(name: str) -> int:
    """The number of a weekday that fits `WEEKDAY`, 0 for Monday."""
    return _WEEKDAYS.index(name[:3].lower())


def _near(match: re.Match[str], today: date, past: bool) -> date:
    return today + timedelta(days=_NEAR[" ".join(match["near"].lower().split())])


def _weekday(match: re.Match[str], today: date, past: bool) -> date:
    weekday = weekday_number(match["weekday"])
    away = said(match, "away").lower()
    if away in ("next", "last"):
        return in_week(today, 1 if away == "next" else -1, weekday)
    return coming_weekday(today, weekday, past)


def _next(match: re.Match[str], today: date, past: bool) -> date:
    unit = match["unit"].lower()
    if unit == "week":
        return in_week(today, 1, 0)
    return months_later(today, 1, 1) if unit == "month" else date(today.year + 1, 1, 1)


def _after(match: re.Match[str], today: date, past: bool) -> date:
    return after(today, int(match["count"]), match["unit"][0].lower())


def _end(match: re.Match[str], today: date, past: bool) -> date:
    return months_later(today, 1 if said(match, "away") else 0, 31)


def _month_day(match: re.Match[str], today: date, past: bool) -> date:
    month, day = _MONTHS.index(match["name"][:3].lower()) + 1, int(match["day"])
    if match["year"]:
        return exact(int(match["year"]), month, day)
    return month_day(month, day, today, past)


_NAME = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?:\s*,?\s*(?P<year>[0-9]{4})\b)?"
_UNIT = r"(?P<unit>day|week|month|year)s?"


WORDS: list[Words] = [
    Words(r"(?ia)(?:the\s+)?(?P<near>day\s+after\s+tomorrow)", _near),
    Words(r"(?ia)(?P<near>today|tomorrow)", _near),
    Words(rf"(?ia)(?P<away>next|this)\s+(?P<weekday>{WEEKDAY})", _weekday),
    Words(r"(?ia)(?:on\s+)?(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)", _weekday),
    Words(rf"(?ia)on\s+(?P<weekday>{WEEKDAY})", _weekday),
    Words(r"(?ia)next\s+(?P<unit>week|month|year)", _next),
    Words(rf"(?ia)in\s+(?P<count>[0-9]{{1,4}})\s+{_UNIT}", _after),
    Words(rf"(?ia)(?P<count>[0-9]{{1,4}})\s+{_UNIT}\s+(?:later|from\s+now)", _after),
    Words(r"(?ia)\+(?P<count>[0-9]{1,4})(?P<unit>[dwmy])", _after),
    Words(r"(?ia)(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|(?P<away>next)\s+)?month", _end),
    Words(rf"(?ia)(?:on\s+)?{_NAME}\s*{_DAY}{_YEAR}", _month_day),
    Words(rf"(?ia)(?:on\s+)?{_DAY}\s*(?:of\s+)?{_NAME}{_YEAR}", _month_day),
    Words(rf"(?ia)(?P<weekday>{WEEKDAY})", _weekday, sure=False),
    Words(r"(?ia)(?P<near>yesterday)", _near, sure=False),
    Words(rf"(?ia)(?P<away>last)\s+(?P<weekday>{WEEKDAY})", _weekday, sure=False),
]
"""Every way to name a day; where several fit, the one that takes most characters holds."""
