"""Times of day in free text: 15:30, 下午三点半, 晚8点, 3pm."""

import re
from datetime import time

from store.chinese_numbers import NUMERAL, number
from store.moment_steps import match_at, said

_NIGHT = ("晚上", "夜里", "半夜", "晚")
_AFTERNOON = ("午后", "下午", "傍晚")
_PART = "|".join(("凌晨", "清晨", "早晨", "早上", "早", "上午", "中午", *_AFTERNOON, *_NIGHT))
_HOUR = rf"(?P<hour>[0-9]{{1,2}}|{NUMERAL}{{1,3}})"
_MINUTES = (
    rf"(?:(?P<half>半)|(?P<quarters>[一1三3])刻|(?P<minute>[0-9]{{1,2}}|{NUMERAL}{{1,3}})分?)?"
)
_HALF_DAY = r"(?P<half_day>am|pm)\b"

_SURE = (
    rf"(?ia)(?:at\s+)?(?P<part>{_PART})?\s*(?P<hour>[0-9]{{1,2}})(?P<figures>:)"
    rf"(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?(?:\s*{_HALF_DAY})?",
    rf"(?ia)(?:at\s+)?(?P<hour>[0-9]{{1,2}})\s*{_HALF_DAY}",
    rf"(?P<part>{_PART})\s*{_HOUR}(?:点钟?|时){_MINUTES}",
    rf"{_HOUR}(?:点钟|点(?P<half>半)|点(?P<quarters>[一1三3])刻)",
)
_UNSURE = (rf"{_HOUR}(?:点钟?|时){_MINUTES}", r"(?ia)at\s+(?P<hour>[0-9]{1,2})\b")


def time_at(text: str, at: int, sure: bool) -> tuple[time, int] | None:
    """The time that stands at this place of a half-width text.

    Args:
        text: the whole text.
        at: where to look.
        sure: take only what means a time wherever it stands; 三点 alone may be three points.

    Returns:
        The time and where it ends; None where no time stands there. The midnight that ends a
        day (晚上12点) is 23:59, so that it stays on the day named with it.
    """
    for pattern in _SURE if sure else _SURE + _UNSURE:
        match = match_at(pattern, text, at)
        if match is not None:
            found = _time(match)
            if found is not None:
                return found, match.end()
    return None


def _time(match: re.Match[str]) -> time | None:
    hour, minute = number(match["hour"]), _minute(match)
    if hour is None or minute is None or minute > 59 or (hour, minute) > (24, 0):
        return None
    half_day = said(match, "half_day").lower()
    if half_day:
        return time(hour % 12 + (12 if half_day == "pm" else 0), minute) if 0 < hour < 13 else None
    part = said(match, "part")
    if part in _NIGHT and 1 <= hour <= 4:
        # 今晚两点 belongs to tomorrow for some and means the afternoon for nobody.
        return None
    hour = _hour_of_day(hour, part, bool(said(match, "figures")))
    return time(23, 59) if hour == 24 else time(hour, minute)


def _minute(match: re.Match[str]) -> int | None:
    if said(match, "half"):
        return 30
    if said(match, "quarters"):
        return 15 if match["quarters"] in "一1" else 45
    return number(said(match, "minute") or "0")


def _hour_of_day(hour: int, part: str, figures: bool) -> int:
    """The hour from 0 to 24, from an hour as it was said and the part of the day."""
    if not 1 <= hour <= 12:
        return hour
    if part in _NIGHT:
        return hour + 12
    if part in _AFTERNOON or (part == "中午" and hour < 4):
        return hour % 12 + 12
    if part == "凌晨":
        return hour % 12
    # Nobody visits a customer before seven: 三点 means the afternoon.
    return hour + 12 if not part and not figures and hour < 7 else hour
