"""Lunar days: the table, its three corrected years, its bounds, and which dates a day may hold."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import lunardate
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import lunar
from store.errors import BadValue
from store.lunar import FIRST_DAY, LAST_DAY, Calendar, LunarDay, Policy, YearlyDate, lunar_keys_of

DAYS = st.dates(FIRST_DAY, LAST_DAY)
NEW_MOONS = DAYS.map(lambda day: day - timedelta(days=LunarDay.from_solar(day).day - 1))

CORRECTED_MONTHS = {
    (1933, 5, True): (date(1933, 6, 23), 30),
    (1933, 6, False): (date(1933, 7, 23), 29),
    (1954, 10, False): (date(1954, 10, 27), 29),
    (1954, 11, False): (date(1954, 11, 25), 30),
    (1978, 7, False): (date(1978, 8, 4), 30),
    (1978, 8, False): (date(1978, 9, 3), 29),
}


@pytest.fixture
def forget_table() -> Iterator[None]:
    lunar._months.cache_clear()
    yield
    lunar._months.cache_clear()


def every_month() -> Iterator[tuple[int, int, bool]]:
    for year in range(1900, 2100):
        doubled = lunardate.LunarDate.leap_month_for_year(year)
        for month in range(1, 13):
            yield year, month, False
            if month == doubled:
                yield year, month, True


def test_months_follow_each_other_without_a_gap() -> None:
    begins = FIRST_DAY
    for year, month, leap in every_month():
        first = LunarDay(year, month, 1, leap)
        assert first.to_solar() == begins
        assert first.month_length() in (29, 30)
        begins += timedelta(days=first.month_length())
    assert begins == LAST_DAY + timedelta(days=1)


def test_only_the_corrected_months_differ_from_the_library() -> None:
    differing = [
        (year, month, leap)
        for year, month, leap in every_month()
        if LunarDay(year, month, 1, leap).to_solar()
        != lunardate.LunarDate(year, month, 1, leap).to_solar_date()
    ]
    assert differing == [(1933, 6, False), (1954, 11, False), (1978, 8, False)]


@pytest.mark.parametrize("month", CORRECTED_MONTHS)
def test_corrected_months_day_by_day(month: tuple[int, int, bool]) -> None:
    year, number, leap = month
    first, length = CORRECTED_MONTHS[month]
    for offset in range(length):
        day = LunarDay(year, number, offset + 1, leap)
        assert day.to_solar() == first + timedelta(days=offset)
        assert LunarDay.from_solar(first + timedelta(days=offset)) == day
    assert LunarDay.from_solar(first + timedelta(days=length)) == LunarDay(year, number + 1, 1)


@pytest.mark.parametrize(
    ("solar", "expected"),
    [
        (date(1933, 7, 22), LunarDay(1933, 5, 30, leap=True)),
        (date(1933, 7, 23), LunarDay(1933, 6, 1)),
        (date(1933, 8, 20), LunarDay(1933, 6, 29)),
        (date(1933, 8, 21), LunarDay(1933, 7, 1)),
        (date(1954, 11, 24), LunarDay(1954, 10, 29)),
        (date(1954, 11, 25), LunarDay(1954, 11, 1)),
        (date(1954, 12, 24), LunarDay(1954, 11, 30)),
        (date(1954, 12, 25), LunarDay(1954, 12, 1)),
        (date(1978, 9, 2), LunarDay(1978, 7, 30)),
        (date(1978, 9, 3), LunarDay(1978, 8, 1)),
        (date(1978, 9, 17), LunarDay(1978, 8, 15)),
        (date(1978, 10, 1), LunarDay(1978, 8, 29)),
        (date(1978, 10, 2), LunarDay(1978, 9, 1)),
        (date(1900, 1, 31), LunarDay(1900, 1, 1)),
        (date(1976, 10, 1), LunarDay(1976, 8, 8, leap=True)),
        (date(1985, 2, 20), LunarDay(1985, 1, 1)),
        (date(2024, 2, 10), LunarDay(2024, 1, 1)),
        (date(2026, 9, 24), LunarDay(2026, 8, 14)),
        (date(2033, 12, 22), LunarDay(2033, 11, 1, leap=True)),
        (date(2100, 2, 8), LunarDay(2099, 12, 30)),
    ],
)
def test_known_days(solar: date, expected: LunarDay) -> None:
    assert LunarDay.from_solar(solar) == expected
    assert expected.to_solar() == solar


@pytest.mark.usefixtures("forget_table")
def test_a_library_that_is_right_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    infos = list(lunardate.YEAR_INFOS)
    monkeypatch.setattr(lunardate, "YEAR_INFOS", infos)

    def swapped(year: int, longer: int, shorter: int) -> None:
        infos[year - 1900] = (infos[year - 1900] | 1 << longer) & ~(1 << shorter)

    swapped(1933, longer=16, shorter=16 - 6)
    swapped(1954, longer=16 - 11, shorter=16 - 10)
    swapped(1978, longer=16 - 7, shorter=16 - 8)
    assert lunardate.LunarDate(1978, 8, 15).to_solar_date() == date(1978, 9, 17)
    for (year, month, leap), (first, length) in CORRECTED_MONTHS.items():
        day = LunarDay(year, month, 1, leap)
        assert (day.to_solar(), day.month_length()) == (first, length)


@given(DAYS)
def test_round_trip_of_every_day(day: date) -> None:
    assert LunarDay.from_solar(day).to_solar() == day


@given(DAYS)
def test_the_next_day_follows(day: date) -> None:
    if day == LAST_DAY:
        return
    here, there = LunarDay.from_solar(day), LunarDay.from_solar(day + timedelta(days=1))
    if here.day < here.month_length():
        assert there == LunarDay(here.year, here.month, here.day + 1, here.leap)
    else:
        assert there.day == 1
        assert there.year - here.year == (there.month == 1 and not there.leap)


@pytest.mark.parametrize(
    "day", [date(1900, 1, 30), date(2100, 2, 9), date(1, 1, 1), date(9999, 12, 31)]
)
def test_days_outside_the_range_are_refused(day: date) -> None:
    with pytest.raises(BadValue, match="1900-01-31 to 2100-02-08"):
        LunarDay.from_solar(day)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ((1899, 1, 1), "from 1900 to 2099, not in 1899"),
        ((2100, 1, 1), "from 1900 to 2099, not in 2100"),
        ((1985, 0, 1), "no month 0"),
        ((1985, 13, 1), "no month 13"),
        ((1985, 1, 0), "no day 0"),
        ((1985, 1, -1), "no day -1"),
        ((1978, 7, 31), "lunar 7th month of 1978 has only 30 days"),
        ((1978, 8, 30), "lunar 8th month of 1978 has only 29 days"),
        ((1985, 5, 1, True), "Lunar 1985 has no leap 5th month, and no leap month at all"),
        ((1982, 5, 1, True), "Lunar 1982 has no leap 5th month, but a leap 4th month"),
        ((1982, 4, 30, True), "lunar leap 4th month of 1982 has only 29 days"),
    ],
)
def test_days_that_do_not_exist(parts: tuple[int, int, int], reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        LunarDay(*parts)


def test_leap_months() -> None:
    assert lunar.leap_month(1982) == 4
    assert lunar.leap_month(2033) == 11
    assert lunar.leap_month(2026) is None


POLICIES = st.builds(
    Policy, **{name: st.sampled_from(choices) for name, choices in lunar.POLICIES.items()}
)


@given(DAYS | NEW_MOONS, POLICIES)
def test_keys_of_a_day_are_the_dates_that_fall_on_it(day: date, policy: Policy) -> None:
    here = LunarDay.from_solar(day)
    near = {here.month, here.month % 12 + 1, (here.month - 2) % 12 + 1}
    candidates = [
        (Calendar.LUNAR, month, number, leap)
        for month in sorted(near)
        for number in (here.day, 29, 30, 1)
        for leap in (False, True)
    ] + [(Calendar.SOLAR, day.month, day.day, False), (Calendar.SOLAR, 2, 29, False)]
    falling = {
        key
        for key in candidates
        if day in YearlyDate(key[0], None, *key[1:]).occurrences(day, day, policy)
    }
    keys = lunar_keys_of(day, policy)
    assert len(keys) == len(set(keys))
    assert set(keys) == falling


def test_keys_outside_the_lunar_range_are_solar() -> None:
    assert lunar_keys_of(date(2101, 3, 4)) == [(Calendar.SOLAR, 3, 4, False)]
    assert lunar_keys_of(date(2101, 2, 28)) == [
        (Calendar.SOLAR, 2, 28, False),
        (Calendar.SOLAR, 2, 29, False),
    ]


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadValue, match="choose one of feb28, mar1, leap"):
        Policy(feb29="tomorrow")


@pytest.mark.parametrize(
    ("years", "expected"),
    [(-10, False), (0, False), (1, False), (10, True), (55, False), (60, True), (120, True)],
)
def test_round_years(years: int, expected: bool) -> None:
    assert lunar.is_round_year(years) is expected


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = "{'lunardate', 'typing', 'peewee', 'dateutil', 'textual', 'rich'}"
    code = f"import sys, store.lunar; print(sorted({heavy} & set(sys.modules)))"
    root = Path(lunar.__file__).parent.parent
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
