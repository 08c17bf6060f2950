"""Days, times and repeats inside free text, Chinese and English (interface.md, "One line says it").

What is understood is cut out by whoever asked, what is not stays as text.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from store import moment_chinese, moment_english
from store.chinese_numbers import NUMERAL, half_width
from store.errors import BadValue
from store.language import N_
from store.moment_repeats import Repeat, repeat_at
from store.moment_steps import Words, match_at
from store.moment_times import time_at
from store.reading_dates import read_yearly_date

_LONGEST = 500
"""Characters that are looked at; a line is shorter."""

_MARK = re.compile(r"(?<![0-9A-Za-z_.])@\s*")
_BETWEEN = re.compile(r"(?:\s|,|的|@)*")
_BEGINNING = re.compile(
    rf"[0-9+]|(?<!{NUMERAL}){NUMERAL}|[今明后大昨前周星礼这本下上月年再过半农阴闰正冬腊每隔天凌清早午中傍晚夜]"
    r"|(?<![A-Za-z])[A-Za-z]"
)
_ONE_WORD = re.compile(r"[0-9A-Za-z_]{2}")
_ONE_NUMBER = re.compile(r"[0-9][.:/-][0-9]")

_EVENING = ("早", "晚")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a text, with its time and repeat where they are said."""

    day: date
    """The day; of a repeat the first one, today included."""
    time: time | None
    """The local time; None where only the day is said."""
    repeat: str | None
    """An RFC 5545 RRULE without DTSTART, which is `day`; None for what happens once."""
    start: int
    """Where the words begin in the text, with the `@` that marks them."""
    end: int
    """Where they end; what stands between may be cut out. Equal to `start` where the words say
    more than the moment does (今晚) and should stay."""


def find_moment(text: str, today: date, *, marked_only: bool = False) -> Moment | None:
    """The moment that a text names: one behind an `@`, else the first that is no chance find.

    Behind an `@` short forms are taken as well (3-15, wed, 5号), and days gone by.
    A time without a day is today's.
    """
    folded = half_width(text[:_LONGEST])
    first = None if marked_only else _first(folded, today)
    for mark in _MARK.finditer(folded):
        found = _moment_at(folded, mark.end(), today, sure=False)
        if found is None:
            continue
        if first is not None and first.start < mark.start() and found.end <= first.end:
            # 每周五 @17:00 is one moment.
            return first
        end = mark.end() if found.end == found.start else found.end
        return replace(found, start=mark.start(), end=end)
    return first


def _first(folded: str, today: date) -> Moment | None:
    at = 0
    while (beginning := _BEGINNING.search(folded, at)) is not None:
        found = _moment_at(folded, beginning.start(), today, sure=True)
        if found is not None:
            return found
        at = beginning.end()
    return None


def find_repeat(text: str, today: date) -> Moment | None:
    """The first repeat in a text (每周一), with the time that stands beside it."""
    folded = half_width(text[:_LONGEST])
    for beginning in _BEGINNING.finditer(folded):
        found = _moment_at(folded, beginning.start(), today, sure=True)
        if found is not None and found.repeat is not None:
            return found
    return None


def read_day(text: str, today: date, *, past: bool = False) -> date:
    """The day that a text names, all of it: 明天, 3-15, 2026年3月15日, +2w, 农历八月十五.

    A month and day without a year is the next one, today included, or the last one where `past`.

    Raises:
        BadValue: it names no day, or one that does not exist.
    """
    folded = half_width(text[:_LONGEST]).strip().removeprefix("@").strip()
    if not folded:
        raise BadValue(N_("A date is missing here."))
    found = _day_at(folded, 0, today, sure=False, past=past)
    if found is not None and found[1] == len(folded):
        return found[0]
    return _whole_date(text, folded, today)


def _whole_date(text: str, folded: str, today: date) -> date:
    """A day with its year, as birthdays are written."""
    try:
        began = read_yearly_date(folded, today=today).to_solar()
    except BadValue:
        began = None
    if began is None:
        shown = "".join(character if character.isprintable() else " " for character in text[:30])
        raise BadValue(
            N_("“{text}” names no day; write it like 2026-03-15, 下周三 or +3d."),
            text=shown.strip(),
        )
    return began


def _moment_at(text: str, at: int, today: date, *, sure: bool) -> Moment | None:
    """What stands at one place: a day, a time and a repeat in any order, at least one of them."""
    day: date | None = None
    clock: time | None = None
    repeat: Repeat | None = None
    end = after = at
    while True:
        if repeat is None and (again := _repeat_here(text, after, sure)) is not None:
            repeat, end = again
        elif day is None and (named := _day_found(text, after, today, sure)) is not None:
            day, end = named
        elif clock is None and (told := _time_here(text, after, sure and end == at)) is not None:
            clock, end = told
        else:
            break
        between = _BETWEEN.match(text, end)
        after = between.end() if between else end
        sure = sure and "@" not in text[end:after]
    if end == at:
        return None
    try:
        first = repeat.first(day or today) if repeat else day or today
    except (ValueError, OverflowError):
        return None
    if clock is None and text.startswith(_EVENING, end) and text[end - 1] in "今明":
        end = at
    return Moment(first, clock, repeat.rule(first) if repeat else None, at, end)


def _repeat_here(text: str, at: int, sure: bool) -> tuple[Repeat, int] | None:
    found = repeat_at(text, at, sure)
    return found if found is not None and _stands_alone(text, at, found[1]) else None


def _time_here(text: str, at: int, sure: bool) -> tuple[time, int] | None:
    found = time_at(text, at, sure)
    return found if found is not None and _stands_alone(text, at, found[1]) else None


def _day_found(text: str, at: int, today: date, sure: bool) -> tuple[date, int] | None:
    try:
        return _day_at(text, at, today, sure=sure)
    except BadValue:
        return None


def _day_at(
    text: str, at: int, today: date, *, sure: bool, past: bool = False
) -> tuple[date, int] | None:
    """The day that stands at one place and where it ends; `BadValue` if none exists."""
    matches = [
        (match, words.reading)
        for words in _words_for(text[at : at + 1])
        if (words.sure or not sure)
        and (match := match_at(words.pattern, text, at)) is not None
        and _stands_alone(text, at, match.end())
    ]
    if not matches:
        return None
    match, reading = max(matches, key=lambda found: found[0].end())
    try:
        return reading(match, today, past), match.end()
    except (ValueError, OverflowError):
        raise BadValue(N_("There is no day “{text}”."), text=match[0]) from None


def _words_for(first: str) -> list[Words]:
    """The ways to name a day that may begin with this character."""
    if first.isascii() and first.isalpha():
        return moment_english.WORDS
    if first.isascii():
        return [*moment_chinese.WORDS, *moment_english.WORDS]
    return moment_chinese.WORDS


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word and no number is cut in two at either end."""
    return not any(
        _ONE_WORD.fullmatch(text, max(border - 1, 0), border + 1)
        or _ONE_NUMBER.fullmatch(text, max(border - 1, 0), border + 2)
        or _ONE_NUMBER.fullmatch(text, max(border - 2, 0), border + 1)
        for border in (start, end)
    )
