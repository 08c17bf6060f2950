"""The words that name one day in Chinese or in figures: 下周三, 三天后, 3月15日, 月底."""

import re
from datetime import date, timedelta

from store.chinese_numbers import NUMERAL, number
from store.lunar import Calendar, YearlyDate
from store.moment_steps import (
    Words,
    after,
    coming_weekday,
    exact,
    in_week,
    month_day,
    months_later,
    said,
    without_year,
)

WEEK = "(?:周|星期|礼拜)"
WEEKDAY = "[一二三四五六日天]"
DAY = rf"(?:[0-9]{{1,2}}|{NUMERAL}{{1,3}})"

_STEPS = {"上上": -2, "上": -1, "": 0, "这": 0, "本": 0, "下": 1, "下下": 2, "下下下": 3}
_AHEAD = "(?P<away>这|本|下下下|下下|下)个?"
_BEHIND = "(?P<away>上上|上)个?"
_YEARS = {"前": -2, "去": -1, "": 0, "今": 0, "明": 1, "后": 2}
_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "礼拜": "w", "月": "m", "年": "y"}


def weekday_number(character: str) -> int:
    """The number of a weekday character, 0 for 一; 日 and 天 are 6."""
    return 6 if character in "日天" else "一二三四五六".index(character)


def counted(text: str) -> int:
    """The number that the text says; raises `ValueError` where it says none."""
    value = number(text)
    if value is None:
        raise ValueError("no number")
    return value


def _figures(match: re.Match[str], today: date, past: bool) -> date:
    year, month, day = said(match, "year"), int(match["month"]), int(match["day"])
    if not year:
        return month_day(month, day, today, past)
    return exact(_year(year, today, past), month, day)


def _year(text: str, today: date, past: bool) -> int:
    """A year in full, or its last two figures, which mean no year after `today` where `past`."""
    if text in _YEARS:
        return today.year + _YEARS[text]
    if len(text) != 2:
        return counted(text)
    year = today.year // 100 * 100 + counted(text)
    return year - 100 if year > today.year + (0 if past else 50) else year


def _chinese(match: re.Match[str], today: date, past: bool) -> date:
    month, day = counted(match["month"]), counted(match["day"])
    if not match["year"]:
        return month_day(month, day, today, past)
    return exact(_year(match["year"], today, past), month, day)


def _lunar(match: re.Match[str], today: date, past: bool) -> date:
    month = _LUNAR_MONTHS.get(match["month"]) or counted(match["month"])
    value = YearlyDate(
        Calendar.LUNAR, None, month, counted(match["day"]), bool(said(match, "leap"))
    )
    return without_year(value, today, past)


def _near(match: re.Match[str], today: date, past: bool) -> date:
    return today + timedelta(days=_NEAR[match["near"]])


def _weekday(match: re.Match[str], today: date, past: bool) -> date:
    weekday = weekday_number(match["weekday"]) if said(match, "weekday") else 5
    away = said(match, "away")
    if away:
        return in_week(today, _STEPS[away], weekday)
    return coming_weekday(today, weekday, past)


def _week(match: re.Match[str], today: date, past: bool) -> date:
    return in_week(today, _STEPS[match["away"]], 0)


def _day_of_month(match: re.Match[str], today: date, past: bool) -> date:
    first = months_later(today, _STEPS[match["away"]], 1)
    return exact(first.year, first.month, counted(match["day"]))


def _month(match: re.Match[str], today: date, past: bool) -> date:
    return months_later(today, _STEPS[match["away"]], 1)


def _month_part(match: re.Match[str], today: date, past: bool) -> date:
    away = said(match, "away")
    day = {"初": 1, "中": 15}.get(match["part"], 31)
    found = months_later(today, _STEPS[away], day)
    return months_later(found, 1, day) if not away and not past and found < today else found


def _day_alone(match: re.Match[str], today: date, past: bool) -> date:
    """A day without its month: in the next month that has it, this one included."""
    day = counted(match["day"])
    for months in range(0, -12 if past else 12, -1 if past else 1):
        found = months_later(today, months, day)
        if found.day == day and (found <= today if past else found >= today):
            return found
    raise ValueError("no month has such a day")


def _named_month_part(match: re.Match[str], today: date, past: bool) -> date:
    first = exact(today.year, counted(match["month"]), 1)
    day = {"初": 1, "中": 15}.get(match["part"], 31)
    around = [months_later(first, months, day) for months in (-12, 0, 12)]
    if past:
        return max(found for found in around if found <= today)
    return min(found for found in around if found >= today)


def _year_end(match: re.Match[str], today: date, past: bool) -> date:
    return date(_year(said(match, "year"), today, past), 12, 31)


def _after(match: re.Match[str], today: date, past: bool) -> date:
    return after(today, counted(match["count"]), _UNITS[match["unit"].removeprefix("个")])


def _half(match: re.Match[str], today: date, past: bool) -> date:
    return months_later(today, 6) if match["unit"] == "年" else after(today, 15, "d")


_YEAR = rf"(?:(?P<year>[0-9]{{4}}|[0-9]{{2}}|{NUMERAL}{{4}}|[今明后去前])年)?"
_MONTH_DAY = rf"(?P<month>[0-9]{{1,2}}|{NUMERAL}{{1,2}})月(?P<day>{DAY})"
_LUNAR_MONTH = rf"(?P<leap>闰)?(?P<month>[正冬腊]|[0-9]{{1,2}}|{NUMERAL}{{1,2}})月"
_COUNT = rf"(?P<count>[0-9]{{1,4}}|{NUMERAL}{{1,4}})"
_SPAN = rf"{_COUNT}(?P<unit>个月|个?(?:天|日|周|星期|礼拜|年))"
_AFTERWARDS = "(?:以后|之后|后|以内|之内|内)"
_ALONE_BEFORE = r"(?<!\w)"
_ALONE_AFTER = rf"(?!(?!早|上午|中午|下午|傍晚|晚|[0-9]|{NUMERAL}{{1,3}}[点时])\w)"

WORDS: list[Words] = [
    Words(
        r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})",
        _figures,
    ),
    Words(rf"{_YEAR}{_MONTH_DAY}[日号]", _chinese),
    Words(rf"(?:农历|阴历){_LUNAR_MONTH}初?(?P<day>{DAY})[日号]?", _lunar),
    Words(rf"{_LUNAR_MONTH}(?:初(?P<day>{DAY}))", _lunar),
    Words(rf"{_LUNAR_MONTH}(?P<day>廿{NUMERAL}?)", _lunar),
    Words(r"(?P<near>今|明|后|大后)[天日]", _near),
    Words(r"(?P<near>今|明)(?=[早晚])", _near),
    Words(rf"{_AHEAD}(?:周末|{WEEK}(?P<weekday>{WEEKDAY}))", _weekday),
    Words(rf"(?<![上每个])(?:周末|(?:星期|礼拜)(?P<weekday>{WEEKDAY}))", _weekday),
    Words(rf"{_ALONE_BEFORE}周(?P<weekday>{WEEKDAY}){_ALONE_AFTER}", _weekday),
    Words(rf"(?P<away>下下|下)个?{WEEK}(?!{WEEKDAY})", _week),
    Words(rf"{_AHEAD}月(?P<day>{DAY})[日号]", _day_of_month),
    Words(rf"(?P<away>下下|下)个?月(?![0-9]|{NUMERAL})", _month),
    Words(rf"(?:{_AHEAD}|(?<![上每个0-9])(?<!{NUMERAL}))月(?P<part>[初中底末])", _month_part),
    Words(rf"(?P<month>[0-9]{{1,2}}|{NUMERAL}{{1,2}})月(?P<part>[初中底末])", _named_month_part),
    Words(rf"(?:(?P<year>[0-9]{{4}}|[今明后])|(?<![去前0-9])(?<!{NUMERAL}))年[底末]", _year_end),
    Words(rf"{_SPAN}{_AFTERWARDS}", _after),
    Words(rf"再?过{_SPAN}", _after),
    Words(rf"半(?P<unit>年|个月){_AFTERWARDS}", _half),
    Words(
        rf"(?P<year>[0-9]{{2}})(?P<sign>[-/.])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>{DAY})",
        _figures,
        sure=False,
    ),
    Words(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _figures, sure=False),
    Words(r"(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})", _figures, sure=False),
    Words(r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _figures, sure=False),
    Words(rf"{_YEAR}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})", _chinese, sure=False),
    Words(rf"{_LUNAR_MONTH}(?P<day>{NUMERAL}{{1,3}})", _lunar, sure=False),
    Words(rf"周(?P<weekday>{WEEKDAY})", _weekday, sure=False),
    Words(rf"(?P<day>{DAY})[日号]", _day_alone, sure=False),
    Words(rf"\+?{_SPAN}", _after, sure=False),
    Words(r"(?P<near>昨|前|大前)[天日]", _near, sure=False),
    Words(rf"{_BEHIND}(?:周末|{WEEK}(?P<weekday>{WEEKDAY}))", _weekday, sure=False),
    Words(rf"{_BEHIND}月(?P<day>{DAY})[日号]", _day_of_month, sure=False),
]
"""Every way to name a day; where several fit, the one that takes most characters holds."""
