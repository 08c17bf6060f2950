"""Lunar dates as Apple writes them into vCards: `X-ALTBDAY;CALSCALE=chinese:007800010101`.

The digits are the number of the sixty-year cycle, the year in it (1 to 60), month and day; a leap
month has an L behind its number. Cycle 78 began with the lunar year 1984 (calendar.md).
"""

import re

from store.errors import BadValue
from store.language import N_
from store.lunar import Calendar, YearlyDate

_FIRST_YEAR, _FIRST_CYCLE = 1984, 78
_CYCLE = 60
_CYCLED = re.compile(
    r"(?:(?P<cycle>[0-9]{4})-?(?P<year>[0-9]{4})|-)-?(?P<month>[0-9]{2})(?P<leap>L?)-?(?P<day>[0-9]{2})"
)


def from_cycles(value: str) -> YearlyDate:
    """The lunar date of a value such as `007800010101`, or `--0101` where the year is unknown.

    Raises:
        BadValue: it has another form, or there is no such day.
    """
    match = _CYCLED.fullmatch(value.strip())
    if match is None:
        raise BadValue(N_("“{text}” is not a lunar date as Apple writes one."), text=value[:40])
    year = None
    if match["cycle"] and int(match["cycle"]):
        cycles = int(match["cycle"]) - _FIRST_CYCLE
        year = _FIRST_YEAR + cycles * _CYCLE + int(match["year"]) - 1
    month, day = int(match["month"]), int(match["day"])
    return YearlyDate(Calendar.LUNAR, year, month, day, bool(match["leap"]))


def to_cycles(lunar: YearlyDate) -> str:
    """The value for a lunar date, the inverse of `from_cycles`."""
    day = f"{lunar.month:02}{'L' if lunar.leap else ''}{lunar.day:02}"
    if lunar.year is None:
        return f"--{day}"
    cycles, year = divmod(lunar.year - _FIRST_YEAR, _CYCLE)
    return f"{_FIRST_CYCLE + cycles:04}{year + 1:04}{day}"
