"""Dates that come back every year: text form, policies, occurrences, ages, signs."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from store import lunar as lunar_table
from store.errors import BadValue
from store.lunar import FIRST_DAY, LAST_DAY, POLICIES, Calendar, LunarDay, Policy, YearlyDate

TODAY = date(2026, 9, 24)

DATES_KNOWN = st.dates(FIRST_DAY, LAST_DAY)


def lunar(text: str) -> YearlyDate:
    return YearlyDate.parse(f"lunar:{text}")


@st.composite
def yearly_dates(draw: st.DrawFn) -> YearlyDate:
    """Dates of both calendars, often at the hard places: day 30, leap months, Feb 29."""
    day = draw(DATES_KNOWN)
    with_year = draw(st.booleans())
    if draw(st.booleans()):
        here = LunarDay.from_solar(day)
        number = draw(st.sampled_from([here.day, here.month_length()]))
        year = here.year if with_year else None
        leap = here.leap if with_year else draw(st.booleans())
        return YearlyDate(Calendar.LUNAR, year, here.month, number, leap)
    if draw(st.booleans()):
        return YearlyDate(Calendar.SOLAR, draw(st.sampled_from([None, 1904, 1988, 2000])), 2, 29)
    return YearlyDate(Calendar.SOLAR, day.year if with_year else None, day.month, day.day)


policies = st.builds(Policy, **{name: st.sampled_from(kinds) for name, kinds in POLICIES.items()})


@cache
def lunar_day(day: date) -> LunarDay | None:
    return LunarDay.from_solar(day) if FIRST_DAY <= day <= LAST_DAY else None


@cache
def doubles(year: int, month: int) -> bool:
    try:
        LunarDay(year, month, 1, leap=True)
    except BadValue:
        return False
    return True


def is_kept_on(value: YearlyDate, day: date, policy: Policy) -> bool:
    """The rules of calendar.md, asked of one day at a time and without any table of months."""
    began = value.to_solar()
    if began is not None and day < began:
        return False
    if value.calendar == Calendar.SOLAR:
        if (day.month, day.day) == (value.month, value.day):
            return True
        common = (date(day.year, 3, 1) - date(day.year, 2, 28)).days == 1
        kept = {"feb28": (2, 28), "mar1": (3, 1), "leap": None}[policy.feb29]
        return (value.month, value.day) == (2, 29) and common and (day.month, day.day) == kept
    here = lunar_day(day)
    if here is None:
        return False
    month = here
    if here.day != value.day:
        if value.day != 30 or policy.day_thirty == "skip":
            return False
        if policy.day_thirty == "last":
            if not here.day == here.month_length() == 29:
                return False
        else:
            yesterday = lunar_day(day - timedelta(days=1))
            if here.day != 1 or yesterday is None or yesterday.day != 29:
                return False
            month = yesterday
    if month.month != value.month:
        return False
    if not value.leap:
        return not month.leap or policy.doubled_month == "both"
    if month.leap:
        return policy.leap_month != "regular"
    if policy.leap_month in ("regular", "both"):
        return True
    return policy.leap_month == "leap_or_regular" and not doubles(month.year, month.month)


def by_hand(value: YearlyDate, start: date, end: date, policy: Policy) -> list[date]:
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if is_kept_on(value, day, policy)]


@given(yearly_dates())
def test_text_form_round_trip(value: YearlyDate) -> None:
    assert YearlyDate.parse(str(value)) == value


@pytest.mark.parametrize(
    "text",
    ["1985-08-15", "--08-15", "lunar:1985-08-15", "lunar:--08-15", "lunar:1982-04L-10",
     "lunar:--04L-30", "0007-01-01", "9999-12-31", "--02-29"],
)  # fmt: skip
def test_text_forms(text: str) -> None:
    assert str(YearlyDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "1985-8-15", "85-08-15", "--8-15", "-08-15", "1985-08-15 ", "1985-08-15\n",
     "1982-04L-10", "lunar:1985-04L-10", "lunar:1985-13-01", "2001-02-29", "--02-30",
     "lunar:--08-31", "lunar:1899-01-01", "lunar:2100-01-01", "0000-01-01", "１９８５-08-15",
     "solar:1985-08-15", "1985-00-10", "1985-01-00", "--00-00"],
)  # fmt: skip
def test_texts_that_are_none(text: str) -> None:
    with pytest.raises(BadValue):
        YearlyDate.parse(text)


@given(st.text())
def test_parse_raises_nothing_else(text: str) -> None:
    try:
        value = YearlyDate.parse(text)
    except BadValue:
        return
    assert str(value) == text


@settings(max_examples=150)
@given(yearly_dates(), policies, st.dates(date(1899, 1, 1), date(2101, 1, 1)))
def test_occurrences_equal_every_day_asked(value: YearlyDate, policy: Policy, start: date) -> None:
    end = start + timedelta(days=800)
    assert value.occurrences(start, end, policy) == by_hand(value, start, end, policy)


@settings(max_examples=150)
@given(yearly_dates(), policies, st.dates(date(1895, 1, 1), date(2105, 1, 1)))
def test_next_is_the_first_of_all_that_come(value: YearlyDate, policy: Policy, today: date) -> None:
    coming = value.occurrences(today, date(2230, 1, 1), policy)
    assert value.next_occurrence(today, policy) == (coming[0] if coming else None)


@pytest.mark.parametrize(
    ("text", "policy", "days"),
    [
        # Leap month 4: 2012 and 2020 have it, 2013 has not.
        ("1982-04L-10", Policy(), ["2012-05-30", "2013-05-19"]),
        ("1982-04L-10", Policy(leap_month="regular"), ["2012-04-30", "2013-05-19"]),
        ("1982-04L-10", Policy(leap_month="both"), ["2012-04-30", "2012-05-30", "2013-05-19"]),
        ("1982-04L-10", Policy(leap_month="leap"), ["2012-05-30"]),
        ("1985-04-10", Policy(), ["2012-04-30", "2013-05-19"]),
        ("1985-04-10", Policy(doubled_month="both"), ["2012-04-30", "2012-05-30", "2013-05-19"]),
    ],
)
def test_leap_month_policies(text: str, policy: Policy, days: list[str]) -> None:
    found = lunar(text).occurrences(date(2012, 1, 1), date(2013, 12, 31), policy)
    assert [str(day) for day in found] == days


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        # 2022's month 12 has 30 days, 2025's has 29, so has 2024's.
        (Policy(), ["2023-01-21", "2025-01-28", "2026-02-16"]),
        (Policy(day_thirty="skip"), ["2023-01-21"]),
        (Policy(day_thirty="next"), ["2023-01-21", "2025-01-29", "2026-02-17"]),
    ],
)
def test_new_years_eve(policy: Policy, days: list[str]) -> None:
    eve = lunar("--12-30")
    found = eve.occurrences(date(2023, 1, 1), date(2023, 12, 31), policy)
    found += eve.occurrences(date(2025, 1, 1), date(2026, 12, 31), policy)
    assert [str(day) for day in found] == days


@pytest.mark.parametrize(
    ("policy", "days"),
    [
        (Policy(), ["2027-02-28", "2028-02-29", "2029-02-28"]),
        (Policy(feb29="mar1"), ["2027-03-01", "2028-02-29", "2029-03-01"]),
        (Policy(feb29="leap"), ["2028-02-29"]),
    ],
)
def test_february_29(policy: Policy, days: list[str]) -> None:
    value = YearlyDate(Calendar.SOLAR, 1988, 2, 29)
    found = value.occurrences(date(2027, 1, 1), date(2029, 12, 31), policy)
    assert [str(day) for day in found] == days


def test_leap_day_waits_over_1900_and_2100() -> None:
    leap_only = Policy(feb29="leap")
    value = YearlyDate(Calendar.SOLAR, None, 2, 29)
    assert value.next_occurrence(date(1896, 3, 1), leap_only) == date(1904, 2, 29)
    assert value.next_occurrence(date(2096, 3, 1), leap_only) == date(2104, 2, 29)


def test_a_solar_year_holds_none_one_or_two() -> None:
    value = lunar("--12-05")
    counts = {
        year: len(value.occurrences(date(year, 1, 1), date(year, 12, 31)))
        for year in range(1985, 2030)
    }
    assert set(counts.values()) == {0, 1, 2}


def test_next_includes_today_and_does_not_skip_the_new_year() -> None:
    assert lunar("--08-14").next_occurrence(TODAY) == TODAY
    assert lunar("--08-13").next_occurrence(TODAY) == date(2027, 9, 13)
    assert lunar("--11-20").next_occurrence(date(2026, 1, 5)) == date(2026, 1, 8)
    assert lunar("--12-20").next_occurrence(date(2026, 1, 5)) == date(2026, 2, 7)


def test_leap_months_that_never_come() -> None:
    leap_only = Policy(leap_month="leap")
    for month in (1, 12):
        never = YearlyDate(Calendar.LUNAR, None, month, 5, leap=True)
        assert never.next_occurrence(TODAY, leap_only) is None
        assert never.next_occurrence(TODAY) is not None
    assert lunar("--11L-05").next_occurrence(TODAY, leap_only) == date(2033, 12, 26)
    assert lunar("--10L-05").next_occurrence(TODAY, leap_only) is None


def test_nothing_lunar_after_the_table_ends() -> None:
    assert lunar("--12-30").next_occurrence(LAST_DAY) == LAST_DAY
    assert lunar("--01-01").next_occurrence(LAST_DAY) is None
    assert lunar("--01-01").next_occurrence(date(1899, 1, 1)) == FIRST_DAY
    assert lunar("--05-05").next_occurrence(date(9999, 12, 31)) is None


def test_solar_dates_have_no_end() -> None:
    assert YearlyDate.parse("--01-01").next_occurrence(date(2150, 6, 1)) == date(2151, 1, 1)
    assert YearlyDate.parse("--01-01").next_occurrence(date(9999, 6, 1)) is None
    assert YearlyDate.parse("--12-31").occurrences(date.min, date.max)[-1] == date.max


def test_nothing_before_it_began() -> None:
    opening = YearlyDate.parse("2027-03-01")
    assert opening.next_occurrence(TODAY) == date(2027, 3, 1)
    assert opening.occurrences(date(2020, 1, 1), date(2028, 12, 31)) == [
        date(2027, 3, 1),
        date(2028, 3, 1),
    ]
    assert YearlyDate.parse("2090-03-01").next_occurrence(TODAY) == date(2090, 3, 1)
    assert lunar("2050-08-15").next_occurrence(TODAY) == lunar("2050-08-15").to_solar()


@given(yearly_dates(), policies, st.dates(FIRST_DAY, LAST_DAY))
def test_years_count_from_the_year_it_began(value: YearlyDate, policy: Policy, today: date) -> None:
    coming = value.next_occurrence(today, policy)
    assume(coming is not None)
    assert coming is not None
    years = value.years_on(coming, policy)
    if value.year is None:
        assert years is None
    else:
        assert years is not None
        assert 0 <= years <= 200
        assert abs(coming.year - value.year - years) <= 1


def test_years_of_a_new_years_eve_that_moved_into_the_new_year() -> None:
    following = Policy(day_thirty="next")
    assert lunar("1990-12-30").years_on(date(2026, 2, 17), following) == 35
    assert lunar("1990-12-30").years_on(date(2026, 2, 16), following) is None


@pytest.mark.parametrize(
    ("text", "today", "age", "nominal"),
    [
        ("lunar:1985-08-15", "2026-09-24", 40, 42),
        ("lunar:1985-08-15", "2026-09-28", 40, 42),
        ("lunar:1985-08-15", "2026-09-29", 41, 42),
        ("1985-02-19", "2026-02-16", 40, 42),
        ("1985-02-19", "2026-02-17", 40, 43),
        ("1985-02-20", "2026-02-20", 41, 42),
        ("2026-09-24", "2026-09-24", 0, 1),
        ("2026-09-25", "2026-09-24", None, None),
        ("lunar:--08-15", "2026-09-24", None, None),
        ("--08-15", "2026-09-24", None, None),
        ("1669-03-04", "2026-09-24", 357, None),
        ("1988-02-29", "2027-02-27", 38, 40),
        ("1988-02-29", "2027-02-28", 39, 40),
        ("1985-08-15", "2100-02-09", 114, None),
    ],
)
def test_ages(text: str, today: str, age: int | None, nominal: int | None) -> None:
    value, day = YearlyDate.parse(text), date.fromisoformat(today)
    assert (value.age(day), value.nominal_age(day)) == (age, nominal)


def test_one_grows_older_on_march_1_where_the_policy_says_so() -> None:
    value = YearlyDate.parse("1988-02-29")
    for feb29 in ("mar1", "leap"):
        assert value.age(date(2027, 2, 28), Policy(feb29=feb29)) == 38
        assert value.age(date(2027, 3, 1), Policy(feb29=feb29)) == 39
    assert value.age(date(2028, 2, 28)) == 39
    assert value.age(date(2028, 2, 29)) == 40


@given(yearly_dates(), DATES_KNOWN)
def test_nominal_age_is_one_or_two_above(value: YearlyDate, today: date) -> None:
    age, nominal = value.age(today), value.nominal_age(today)
    if age is not None and nominal is not None:
        assert 0 <= age < nominal <= age + 2


@given(yearly_dates())
def test_the_other_calendar_names_the_same_day(value: YearlyDate) -> None:
    other = value.in_other_calendar()
    assert (other is None) == (value.year is None)
    if other is not None:
        assert other.calendar != value.calendar
        assert other.to_solar() == value.to_solar()
        assert other.in_other_calendar() == value


def test_no_lunar_day_before_1900() -> None:
    assert YearlyDate.parse("1900-01-30").in_other_calendar() is None
    assert YearlyDate.parse("1900-01-30").animal() is None
    assert YearlyDate.parse("1900-01-31").in_other_calendar() == lunar("1900-01-01")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("--01-19", "Capricorn"), ("--01-20", "Aquarius"), ("--02-18", "Aquarius"),
        ("--02-19", "Pisces"), ("--03-20", "Pisces"), ("--03-21", "Aries"),
        ("--04-19", "Aries"), ("--04-20", "Taurus"), ("--05-20", "Taurus"),
        ("--05-21", "Gemini"), ("--06-21", "Gemini"), ("--06-22", "Cancer"),
        ("--07-22", "Cancer"), ("--07-23", "Leo"), ("--08-22", "Leo"), ("--08-23", "Virgo"),
        ("--09-22", "Virgo"), ("--09-23", "Libra"), ("--10-23", "Libra"),
        ("--10-24", "Scorpio"), ("--11-22", "Scorpio"), ("--11-23", "Sagittarius"),
        ("--12-21", "Sagittarius"), ("--12-22", "Capricorn"), ("--12-31", "Capricorn"),
        ("lunar:1985-08-15", "Libra"), ("lunar:--08-15", None),
    ],
)  # fmt: skip
def test_signs(text: str, sign: str | None) -> None:
    assert YearlyDate.parse(text).zodiac() == sign


@pytest.mark.parametrize(
    ("text", "animal"),
    [
        ("lunar:1984-01-01", "Rat"),
        ("lunar:1985-12-29", "Ox"),
        ("1985-02-19", "Rat"),
        ("1985-02-20", "Ox"),
        ("1900-01-31", "Rat"),
        ("2026-09-24", "Horse"),
        ("--02-20", None),
        ("lunar:--01-01", None),
    ],
)
def test_animals_change_at_the_lunar_new_year(text: str, animal: str | None) -> None:
    assert YearlyDate.parse(text).animal() == animal


@pytest.mark.parametrize(
    "parts",
    [
        (Calendar.SOLAR, None, 4, 5, True),
        (Calendar.SOLAR, 2001, 2, 29),
        (Calendar.SOLAR, 0, 1, 1),
        (Calendar.SOLAR, 10000, 1, 1),
        (Calendar.LUNAR, None, 1, 31),
        (Calendar.LUNAR, None, 0, 1),
        (Calendar.LUNAR, 1985, 4, 1, True),
    ],
)
def test_dates_that_do_not_exist(parts: tuple[Calendar, int | None, int, int]) -> None:
    with pytest.raises(BadValue):
        YearlyDate(*parts)


def test_the_table_of_a_year_is_read_once() -> None:
    values = [
        YearlyDate(Calendar.LUNAR, 1940 + number % 60, number % 12 + 1, number % 29 + 1)
        for number in range(1000)
    ]
    lunar_table._months.cache_clear()
    for value in values:
        value.next_occurrence(TODAY)
    assert lunar_table._months.cache_info().misses == 3
