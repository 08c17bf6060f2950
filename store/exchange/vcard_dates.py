"""Birthdays and anniversaries of a vCard as the dates that come back every year."""

import re
from datetime import timedelta

from store.cleaning import clean_line
from store.errors import BadValue
from store.exchange.vcard_lines import Line
from store.exchange.vcard_lunar import from_cycles
from store.exchange.vcard_text import unescape
from store.lunar import Calendar, YearlyDate
from store.reading_dates import read_yearly_date

UNKNOWN_YEAR = 1604
"""What Apple writes where the year is unknown: a leap year long before anybody's birth."""

_DATE = re.compile(
    r"(?:(?P<year>[0-9]{4})-?|--)(?P<month>[0-9]{2})-?(?P<day>[0-9]{2})(?:[T ](?P<time>.*))?",
    re.DOTALL,
)
_CHINESE_MIDNIGHT = re.compile(r"16:?00:?00(?:\.0+)?Z")
"""The time of day in UTC at which a day begins in China, as some phones write birthdays."""
_SIXTY = re.compile(r"[0-9]{8}[0-9]{2}L?[0-9]{2}")


def read_date(line: Line) -> YearlyDate:
    """The date of a line such as BDAY, solar unless the line or its words say lunar.

    Raises:
        BadValue: there is no such day, or it is none that comes back every year.
    """
    text = clean_line(unescape(line.value))
    if line.param("CALSCALE").lower() == "chinese":
        return _chinese(text)
    match = _DATE.fullmatch(text)
    if match is None or line.param("VALUE").lower() == "text":
        return read_yearly_date(text)
    year = int(match["year"] or 0)
    omitted = line.param("X-APPLE-OMIT-YEAR")
    if year in {0, UNKNOWN_YEAR} or (omitted.isdecimal() and year == int(omitted)):
        return YearlyDate(Calendar.SOLAR, None, int(match["month"]), int(match["day"]))
    day = YearlyDate(Calendar.SOLAR, year, int(match["month"]), int(match["day"]))
    began = day.to_solar()
    if began is not None and _CHINESE_MIDNIGHT.fullmatch(match["time"] or ""):
        began += timedelta(days=1)
        return YearlyDate(Calendar.SOLAR, began.year, began.month, began.day)
    return day


def _chinese(text: str) -> YearlyDate:
    """A date that says it is lunar: in Apple's sixty-year cycles, or as plain numbers."""
    if _SIXTY.fullmatch(text) or text.startswith("--"):
        return from_cycles(text)
    return read_yearly_date(text, Calendar.LUNAR)


def written(day: YearlyDate, version: str) -> tuple[str, str]:
    """A solar date as parameters and value of a line, as that version says an unknown year."""
    if day.year is not None:
        return "", f"{day.year:04}-{day.month:02}-{day.day:02}"
    if version == "4.0":
        return "", f"--{day.month:02}{day.day:02}"
    value = f"{UNKNOWN_YEAR}-{day.month:02}-{day.day:02}"
    return f";X-APPLE-OMIT-YEAR={UNKNOWN_YEAR}", value


def is_date(text: str) -> bool:
    """Whether this is the text form of a date."""
    try:
        YearlyDate.parse(text)
    except BadValue:
        return False
    return True


def is_solar(text: str) -> bool:
    """Whether the text form of a date is one of the solar calendar."""
    try:
        return YearlyDate.parse(text).calendar == Calendar.SOLAR
    except BadValue:
        return False
