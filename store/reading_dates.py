"""Reads the dates that come back every year, as people type them and as files hold them.

Never guesses silently: what is ambiguous, impossible or incomplete is refused with the reason
(calendar.md).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from store.chinese_numbers import NUMERAL, number
from store.clock import Clock
from store.errors import BadValue
from store.language import N_
from store.lunar import Calendar, YearlyDate

# The patterns are compiled by `re` when they are first needed, and kept by it.

_LONGEST = 60
"""Characters; no date is longer, and a damaged file may hold megabytes in a cell."""

_SIMPLIFIED = str.maketrans("農曆陰陽國舊閏潤润臘號兩", "农历阴阳国旧闰闰闰腊号两")

_LUNAR_WORDS = r"农历|阴历|旧历|夏历|古历|老历|lunar(?:\s+calendar)?"
_SOLAR_WORDS = r"阳历|公历|新历|国历|西历|solar(?:\s+calendar)?|gregorian"
_CALENDAR_WORD = (
    rf"(?ia)[(\[【<]?\s*(?:(?P<lunar>{_LUNAR_WORDS})|(?P<solar>{_SOLAR_WORDS}))\s*[)\]】>]?\s*:?"
    r"|[(\[【]\s*(?:(?P<lunar_letter>[农阴])|(?P<solar_letter>[公阳]))\s*[)\]】]"
    r"|^(?:(?P<lunar_first>[农阴])|(?P<solar_first>[公阳]))"
    r"|(?:(?P<lunar_last>[农阴])|(?P<solar_last>[公阳]))$"
)
_OCCASION_WORD = (
    r"(?ia)^(?:生日|出生日期|出生|生于|公元|born(?:\s+on)?|birthday)\s*:?\s*"
    r"|\s*(?:的?生日|出生|生|born|birthday)$"
)
_MIDNIGHT = r"[\sT]+0{1,2}:00(?::00(?:\.0+)?)?Z?$"

_ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_ENGLISH_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ENGLISH_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_ENGLISH_YEAR = r"(?:\s*,?\s*(?P<year>[0-9]{4}))?"
_ENGLISH = (
    rf"(?ia){_ENGLISH_MONTH}\s*{_ENGLISH_DAY}{_ENGLISH_YEAR}",
    rf"(?ia){_ENGLISH_DAY}\s*(?:of\s+)?{_ENGLISH_MONTH}{_ENGLISH_YEAR}",
    rf"(?ia)(?P<leap>leap\s+)?(?P<number>[0-9]{{1,2}})(?:st|nd|rd|th)\s+month\s*,?"
    rf"\s*(?:day\s+)?{_ENGLISH_DAY}{_ENGLISH_YEAR}",
)
_CHINESE = (
    rf"(?:(?P<year>[0-9]{{4}}|[0-9]{{2}}|{NUMERAL}{{4}}|{NUMERAL}{{2}})年)?"
    rf"(?P<leap>\(?闰\)?)?(?P<month>[正元冬腊]|[0-9]{{1,2}}|{NUMERAL}{{1,2}})月(?P<leap_after>\(?闰\)?)?"
    rf"(?P<beginning>初)?(?P<day>[0-9]{{1,2}}|[廿卅]?{NUMERAL}{{1,3}}|廿[0-9])(?P<unit>[日号])?"
)
_CHINESE_MONTHS = {"正": 1, "元": 1, "冬": 11, "腊": 12}
_RUN = r"(?P<year>[0-9]{4}|[0-9]{2})?(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_PARTS = (
    r"(?P<first>[0-9]{1,4})(?:[-/.,_]|\s)(?P<second>[0-9]{1,2})(?P<leap>L?)"
    r"(?:(?:[-/.,_]|\s)(?P<third>[0-9]{1,4}))?"
)
_NO_YEAR = r"--(?P<month>[0-9]{1,2})(?P<leap>L?)-?(?P<day>[0-9]{1,2})"

_ONLY_YEAR = rf"(?:[0-9]{{4}}|(?:[0-9]{{2}}|{NUMERAL}{{2,4}})年|[0-9]{{4}}年)"
_ONLY_YEAR_AND_MONTH = (
    rf"(?:[0-9]{{2,4}}|{NUMERAL}{{2,4}})年闰?(?:[0-9]{{1,2}}|[正元冬腊]|{NUMERAL}{{1,2}})月"
    r"|[0-9]{4}[-/. ][0-9]{1,2}|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
    rf"|闰?(?:[0-9]{{1,2}}|[正元冬腊]|{NUMERAL}{{1,2}})月"
)
_ONLY_DAY = rf"初?(?:[0-9]{{1,2}}|{NUMERAL}{{1,3}})[日号]?"


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the words say, before it is decided which calendar and century they mean."""

    month: int
    day: int
    year: str = ""
    leap: bool = False
    surely_lunar: bool = False
    """Words that only the lunar calendar has: 初三, 腊月, 闰."""
    lunar_if_unsaid: bool = False
    """Chinese numerals without 日: 八月十五."""
    either: bool = False
    """Chinese numerals with 日: 八月十五日."""


def read_yearly_date(
    text: str, calendar: Calendar | None = None, today: date | None = None
) -> YearlyDate:
    """The yearly date that somebody typed, in any of the ways people write one.

    Args:
        text: what was typed; its own words (农历, 腊月, 初三) outweigh `calendar`.
        calendar: the calendar of the field or column, where that is known.
        today: two-digit years are taken so that the date is not after this day.

    Raises:
        BadValue: with the reason why it cannot be read.
    """
    shown, plain = _shown(text), _plain(text)
    if not plain:
        raise BadValue(N_("A date is missing here."))
    said, rest = _calendar_said(plain)
    typed = _typed(rest, shown) if len(plain) <= _LONGEST else None
    if typed is None:
        raise _unreadable(rest, shown)
    return _built(typed, _calendar_meant(typed, said, calendar, shown), today or Clock().today())


def _shown(text: str) -> str:
    """The text as an error may quote it: short, without signs that steer a terminal."""
    printable = "".join(character if character.isprintable() else " " for character in text[:200])
    short = " ".join(printable.split())
    return short if len(short) <= 30 else f"{short[:29]}…"


def _plain(text: str) -> str:
    """The text in half-width, simplified characters, without invisible signs and midnights."""
    folded = unicodedata.normalize("NFKC", text[: 4 * _LONGEST]).translate(_SIMPLIFIED)
    visible = "".join(
        " " if character.isspace() else character
        for character in folded
        if character.isspace() or unicodedata.category(character) not in ("Cf", "Cc")
    )
    stripped = re.sub(_MIDNIGHT, "", " ".join(visible.split()))
    return re.sub(_OCCASION_WORD, "", stripped).strip(" ,;、。'’\"")


def _calendar_said(text: str) -> tuple[Calendar | None, str]:
    """The calendar that the words name, and the text without those words."""
    said: set[Calendar] = set()

    def note(match: re.Match[str]) -> str:
        name = match.lastgroup or ""
        said.add(Calendar.LUNAR if name.startswith("lunar") else Calendar.SOLAR)
        return " "

    rest = re.sub(_CALENDAR_WORD, note, text)
    if len(said) > 1:
        raise BadValue(N_("Two calendars are named here; write one date only."))
    rest = re.sub(r"\s*([年月日号初闰廿])\s*", r"\1", " ".join(rest.split()))
    return (said.pop() if said else None), re.sub(r"\s*([-/.,_])\s*", r"\1", rest).strip(" .,")


def _typed(text: str, shown: str) -> _Typed | None:
    for read in (_chinese, _without_year, _run_of_digits, _english):
        typed = read(text)
        if typed is not None:
            return typed
    return _parts(text, shown)


def _chinese(text: str) -> _Typed | None:
    match = re.fullmatch(_CHINESE, text)
    if match is None:
        return None
    month = _CHINESE_MONTHS.get(match["month"]) or number(match["month"])
    day = number(match["day"])
    if month is None or day is None or (match["beginning"] and day > 10):
        return None
    numerals = not match["day"].isascii()
    lunar_words = bool(match["leap"] or match["leap_after"] or match["beginning"])
    return _Typed(
        month,
        day,
        _digits(match["year"]),
        leap=bool(match["leap"] or match["leap_after"]),
        surely_lunar=lunar_words or match["month"] in "正冬腊",
        lunar_if_unsaid=numerals and (not match["unit"] or match["day"][0] in "廿卅"),
        either=numerals and bool(match["unit"]) and day <= 30,
    )


def _digits(year: str | None) -> str:
    """A year in digits, two or four as it was written."""
    if not year:
        return ""
    value = number(year)
    return "" if value is None else str(value).zfill(len(year))


def _without_year(text: str) -> _Typed | None:
    match = re.fullmatch(_NO_YEAR, text)
    if match is None:
        return None
    leap = bool(match["leap"])
    return _Typed(int(match["month"]), int(match["day"]), leap=leap, surely_lunar=leap)


def _run_of_digits(text: str) -> _Typed | None:
    match = re.fullmatch(_RUN, text)
    if match is None or re.fullmatch(_ONLY_YEAR_AND_MONTH, text):
        return None
    if not match["year"] and int(match["month"]) in (19, 20):
        return None
    return _Typed(int(match["month"]), int(match["day"]), match["year"] or "")


def _english(text: str) -> _Typed | None:
    for form in _ENGLISH:
        match = re.fullmatch(form, text)
        if match is None:
            continue
        places = match.groupdict()
        if "number" in places:
            leap = bool(places["leap"])
            month = int(places["number"])
            return _Typed(
                month, int(places["day"]), places["year"] or "", leap=leap, surely_lunar=True
            )
        month = _ENGLISH_MONTHS.index(places["month"][:3].lower()) + 1
        return _Typed(month, int(places["day"]), places["year"] or "")
    return None


def _parts(text: str, shown: str) -> _Typed | None:
    match = re.fullmatch(_PARTS, text)
    if match is None:
        return None
    first, second, third = match["first"], match["second"], match["third"]
    leap = bool(match["leap"])
    if third is None:
        if len(first) > 2 or int(first) > 31:
            return None
        return _Typed(int(first), int(second), leap=leap, surely_lunar=leap)
    if len(first) in (2, 4) and len(third) <= 2:
        return _Typed(int(second), int(third), first, leap=leap, surely_lunar=leap)
    if len(third) == 4 and len(first) <= 2 and not leap:
        return _year_last(int(first), int(second), third, shown)
    return None


def _year_last(first: int, second: int, year: str, shown: str) -> _Typed:
    """A date whose year stands last: the order of month and day must show."""
    if first <= 12 and second <= 12 and first != second:
        raise BadValue(
            N_("“{text}” may be read with the day or the month first; write the year first."),
            text=shown,
        )
    return _Typed(second, first, year) if first > 12 else _Typed(first, second, year)


def _unreadable(text: str, shown: str) -> BadValue:
    if re.fullmatch(_ONLY_YEAR, text):
        return BadValue(N_("“{text}” is only a year; month and day are missing."), text=shown)
    if re.fullmatch(_ONLY_YEAR_AND_MONTH, text):
        return BadValue(N_("“{text}” lacks the day."), text=shown)
    if re.fullmatch(_ONLY_DAY, text):
        return BadValue(N_("“{text}” lacks the month."), text=shown)
    return BadValue(
        N_("“{text}” is no date that can be read; write it like 1985-08-15 or 农历八月十五."),
        text=shown,
    )


def _calendar_meant(
    typed: _Typed, said: Calendar | None, expected: Calendar | None, shown: str
) -> Calendar:
    if typed.surely_lunar:
        if said == Calendar.SOLAR:
            raise BadValue(N_("“{text}” says solar, but is written as a lunar date."), text=shown)
        return Calendar.LUNAR
    if said or expected:
        return said or expected or Calendar.SOLAR
    if typed.lunar_if_unsaid:
        return Calendar.LUNAR
    if typed.either:
        raise BadValue(
            N_("“{text}” may be solar or lunar; write 阳历 or 农历 before it."), text=shown
        )
    return Calendar.SOLAR


def _built(typed: _Typed, calendar: Calendar, today: date) -> YearlyDate:
    if len(typed.year) != 2:
        year = int(typed.year) if typed.year else None
        return YearlyDate(calendar, year, typed.month, typed.day, typed.leap)
    century = today.year // 100 * 100
    year = century + int(typed.year)
    if year <= today.year:
        this_century = YearlyDate(calendar, year, typed.month, typed.day, typed.leap)
        began = this_century.to_solar()
        if began is not None and began <= today:
            return this_century
    return YearlyDate(calendar, year - 100, typed.month, typed.day, typed.leap)
