"""Which birthday a text speaks of, the solar or the lunar one, or both."""

import re

from store.errors import BadValue
from store.lunar import Calendar
from store.reading_dates import read_yearly_date

SOLAR, LUNAR = "birth_solar", "birth_lunar"
"""The fields of the two birthdays."""

_LUNAR_WORD = "农历|農曆|阴历|陰曆|旧历|舊曆|夏历|古历|老历|lunar"
_SOLAR_WORD = "阳历|陽曆|公历|公曆|新历|国历|西历|solar|gregorian"
_SAYS_LUNAR = re.compile(
    f"{_LUNAR_WORD}|^\\W*[农阴]|[农阴]\\W*$|闰|閏|正月|冬月|[腊臘]月|初[一二三四五六七八九十]|廿|卅",
    re.IGNORECASE,
)
_SAYS_SOLAR = re.compile(f"{_SOLAR_WORD}|^\\W*[公阳]|[公阳]\\W*$", re.IGNORECASE)
_ANY_CALENDAR = re.compile(f"{_LUNAR_WORD}|{_SOLAR_WORD}", re.IGNORECASE)
_BETWEEN = re.compile(
    f"[;；、\\n()（）\\[\\]【】]+|(?<=\\S)\\s*(?={_LUNAR_WORD}|{_SOLAR_WORD})", re.IGNORECASE
)
_NUMERAL = re.compile("[0-9一二三四五六七八九十]")
_WESTERN = re.compile(r"[0-9 ./年月日号-]+")
_BLANK = re.compile(r"[0/.年月日\s-]*|无|不详|未知|保密|none|unknown", re.IGNORECASE)
"""What programs write for no date: Outlook 0/0/00, databases 0000-00-00."""


def birthday_fields(text: str, heading_key: str = "") -> dict[str, str]:
    """The birthday fields that a cell fills, each with the text that is left to read.

    Args:
        text: such as `1985-08-15`, `农历八月十五`, `1985-10-01 (农历八月十七)`.
        heading_key: the field that the heading means; "" where it only says 生日.

    Returns:
        `birth_solar`, `birth_lunar`, both, or nothing for a blank. What the text says outweighs
        what the heading says.
    """
    if _BLANK.fullmatch(text):
        return {}
    if _WESTERN.fullmatch(text):
        return {heading_key or SOLAR: text}
    pieces = [piece.strip() for piece in _BETWEEN.split(text) if piece.strip()]
    if len(pieces) == 2 and all(_NUMERAL.search(_ANY_CALENDAR.sub("", one)) for one in pieces):
        said, also = _said(pieces[0]), _said(pieces[1])
        first = said or _other(also) or _readable_as(pieces[0])
        second = also or _other(said) or _readable_as(pieces[1])
        if first != second:
            return {first: pieces[0], second: pieces[1]}
    return {_said(text) or heading_key or _readable_as(text): text}


def _said(text: str) -> str:
    """The field of the calendar that the text names; "" where it names none."""
    if _SAYS_LUNAR.search(text):
        return LUNAR
    return SOLAR if _SAYS_SOLAR.search(text) else ""


def _other(key: str) -> str:
    return {LUNAR: SOLAR, SOLAR: LUNAR}.get(key, "")


def _readable_as(text: str) -> str:
    """The field of the calendar in which the text can be read."""
    if _WESTERN.fullmatch(text):  # nearly every date; reading it through takes far longer
        return SOLAR
    try:
        calendar = read_yearly_date(text).calendar
    except BadValue:
        return SOLAR
    return LUNAR if calendar == Calendar.LUNAR else SOLAR
