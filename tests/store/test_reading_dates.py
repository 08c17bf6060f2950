"""What people type for a birthday, and the reasons why some of it is refused."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.errors import BadValue
from store.lunar import FIRST_DAY, LAST_DAY, Calendar, LunarDay, YearlyDate
from store.reading_dates import read_yearly_date

TODAY = date(2026, 9, 24)
SOLAR, LUNAR = Calendar.SOLAR, Calendar.LUNAR


def read(text: str, calendar: Calendar | None = None, today: date = TODAY) -> str:
    return str(read_yearly_date(text, calendar, today))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # calendar.md's own
        ("农历八月十五", "lunar:--08-15"),
        ("阴历闰四月初三", "lunar:--04L-03"),
        ("1985年腊月廿三", "lunar:1985-12-23"),
        ("正月初一", "lunar:--01-01"),
        ("85.8.15", "1985-08-15"),
        ("1985/8/15", "1985-08-15"),
        ("19850815", "1985-08-15"),
        ("8-15", "--08-15"),
        ("0815", "--08-15"),
        ("8月15日", "--08-15"),
        ("八月十五", "lunar:--08-15"),
        # the machine's
        ("1985-08-15", "1985-08-15"),
        ("--08-15", "--08-15"),
        ("--0815", "--08-15"),
        ("lunar:1985-08-15", "lunar:1985-08-15"),
        ("lunar:--08-15", "lunar:--08-15"),
        ("lunar:1982-04L-10", "lunar:1982-04L-10"),
        ("1604-03-04", "1604-03-04"),
        # digits and signs
        ("850815", "1985-08-15"),
        ("１９８５．８．１５", "1985-08-15"),
        ("１９８５年８月１５日", "1985-08-15"),
        ("1985 - 8 - 15", "1985-08-15"),
        ("1985 8 15", "1985-08-15"),
        ("1985.8.15.", "1985-08-15"),
        ("8.15", "--08-15"),
        ("8/15", "--08-15"),
        ("2/29", "--02-29"),
        ("8/15/1985", "1985-08-15"),
        ("15/8/1985", "1985-08-15"),
        ("8/8/1985", "1985-08-08"),
        ("1985-08-15 00:00:00", "1985-08-15"),
        ("1985/8/15 0:00", "1985-08-15"),
        ("1985-08-15T00:00:00Z", "1985-08-15"),
        # Chinese, solar
        ("1985年8月15日", "1985-08-15"),
        ("1985 年 8 月 15 日", "1985-08-15"),
        ("85年8月15", "1985-08-15"),
        ("8月15号", "--08-15"),
        ("公历1985年8月15日", "1985-08-15"),
        ("公元1985年8月15日", "1985-08-15"),
        ("阳历八月十五", "--08-15"),
        ("八月三十一日", "--08-31"),
        ("元月1日", "--01-01"),
        # Chinese, lunar
        ("1985年农历八月十五", "lunar:1985-08-15"),
        ("农历85年八月十五日", "lunar:1985-08-15"),
        ("1985年8月15日(农历)", "lunar:1985-08-15"),
        ("1985年8月15日（农历）", "lunar:1985-08-15"),
        ("1985年8月15日 阴历", "lunar:1985-08-15"),
        ("19850815(农历)", "lunar:1985-08-15"),
        ("(农)8.15", "lunar:--08-15"),
        ("8.15农", "lunar:--08-15"),
        ("农8.15", "lunar:--08-15"),
        ("農曆八月十五", "lunar:--08-15"),
        ("閏四月初三", "lunar:--04L-03"),
        ("润四月初三", "lunar:--04L-03"),
        ("四月(闰)初三", "lunar:--04L-03"),
        ("腊月23", "lunar:--12-23"),
        ("冬月十五", "lunar:--11-15"),
        ("十二月廿三", "lunar:--12-23"),
        ("十一月十五", "lunar:--11-15"),
        ("8月初三", "lunar:--08-03"),
        ("八月廿三日", "lunar:--08-23"),
        ("八月廿", "lunar:--08-20"),
        ("八月三十", "lunar:--08-30"),
        ("八月二十五", "lunar:--08-25"),
        ("二〇〇一年三月初五", "lunar:2001-03-05"),
        ("一九八五年八月十五", "lunar:1985-08-15"),
        ("1978年农历七月三十", "lunar:1978-07-30"),
        ("1933年闰五月三十", "lunar:1933-05L-30"),
        ("农历1954年十月廿九", "lunar:1954-10-29"),
        # words around it
        ("生日：8月15日", "--08-15"),
        ("8月15日生", "--08-15"),
        ("农历八月十五生日", "lunar:--08-15"),
        ("\u200e1985-08-15\u202c", "1985-08-15"),
        # English
        ("Aug 15, 1985", "1985-08-15"),
        ("15 August 1985", "1985-08-15"),
        ("August 15th", "--08-15"),
        ("lunar 8th month, day 15", "lunar:--08-15"),
        ("lunar leap 4th month, day 3, 1982", "lunar:1982-04L-03"),
        ("1985-08-15 (lunar)", "lunar:1985-08-15"),
    ],
)
def test_what_people_type(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "calendar", "expected"),
    [
        ("八月十五日", SOLAR, "--08-15"),
        ("八月十五日", LUNAR, "lunar:--08-15"),
        ("八月十五", SOLAR, "--08-15"),
        ("1985-08-15", LUNAR, "lunar:1985-08-15"),
        ("0815", LUNAR, "lunar:--08-15"),
        ("Aug 15", LUNAR, "lunar:--08-15"),
        # The words themselves outweigh the column.
        ("农历8月15日", SOLAR, "lunar:--08-15"),
        ("阳历8月15日", LUNAR, "--08-15"),
        ("腊月廿三", SOLAR, "lunar:--12-23"),
        ("lunar:1985-08-15", SOLAR, "lunar:1985-08-15"),
    ],
)
def test_the_calendar_that_the_caller_knows(text: str, calendar: Calendar, expected: str) -> None:
    assert read(text, calendar) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26-09-24", "2026-09-24"),
        ("26-09-25", "1926-09-25"),
        ("25-12-31", "2025-12-31"),
        ("27-01-01", "1927-01-01"),
        ("68-3-4", "1968-03-04"),
        ("00-2-29", "2000-02-29"),
        ("04年2月29日", "2004-02-29"),
        ("农历26年八月十四", "lunar:2026-08-14"),
        ("农历26年八月十五", "lunar:1926-08-15"),
        ("82年闰四月初三", "lunar:1982-04L-03"),
        ("零一年三月初五", "lunar:2001-03-05"),
    ],
)
def test_two_digits_are_never_the_future(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing"),
        ("  \u3000", "missing"),
        ("冬月", "lacks the day"),
        ("农历八月", "lacks the day"),
        ("1985年8月", "lacks the day"),
        ("1985-8", "lacks the day"),
        ("198508", "lacks the day"),
        ("1985", "only a year"),
        ("1990年", "only a year"),
        ("八五年", "only a year"),
        ("初三", "lacks the month"),
        ("农历初八", "lacks the month"),
        ("15", "lacks the month"),
        ("八月十五日", "may be solar or lunar"),
        ("1985年八月十五号", "may be solar or lunar"),
        ("8/5/1985", "day or the month first"),
        ("阳历正月初一", "says solar, but is written as a lunar date"),
        ("农历 阳历 8-15", "Two calendars"),
        ("2月30日", "February has only 29 days"),
        ("2001-2-29", "February 2001 has only 28 days"),
        ("1985-04-31", "April 1985 has only 30 days"),
        ("农历1978年七月三十一", "lunar 7th month of 1978 has only 30 days"),
        ("农历1978年八月三十", "lunar 8th month of 1978 has only 29 days"),
        ("农历八月三十一", "lunar month has at most 30 days"),
        ("1985年闰五月初三", "Lunar 1985 has no leap 5th month"),
        ("1982年闰五月初三", "but a leap 4th month"),
        ("农历1899年正月初一", "from 1900 to 2099"),
        ("2100年正月初一", "from 1900 to 2099"),
        ("0000-00-00", "no month 0"),
        ("1985-00-00", "no month 0"),
        ("13-45", "no month 13"),
        ("8-0", "no day 0"),
        ("1982-04L-10x", "no date"),
        ("八月初十一", "no date"),
        ("815", "no date"),
        ("1985-08-15 14:30", "no date"),
        ("12345-08-15", "no date"),
        ("属牛", "no date"),
        ("n/a", "no date"),
        ("9" * 100_000, "no date"),
        ("[/b]", "no date"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason) as caught:
        read(text)
    assert len(str(caught.value)) < 200


def test_a_reason_quotes_no_signs_that_steer_a_terminal() -> None:
    with pytest.raises(BadValue) as caught:
        read("\x1b[31m坏\u202e\x00 的日期" + "长" * 50)
    assert str(caught.value).isprintable()


def test_today_comes_from_the_clock_where_nobody_says() -> None:
    assert read_yearly_date("85-8-15") == YearlyDate(SOLAR, 1985, 8, 15)


FRAGMENTS = st.sampled_from(
    [*"0123456789年月日号初闰正冬腊廿卅十一二三五八九〇农阴阳历生-/.,() :L　８", "lunar", "aug"]
)


@given(
    st.text() | st.lists(FRAGMENTS, max_size=14).map("".join), st.sampled_from([None, *Calendar])
)
@example("闰月", None)
@example("--", None)
@example("١٩٨٥-٠٨-١٥", None)
@example("㏾年⑧月", None)
def test_reading_raises_nothing_but_the_reason(text: str, calendar: Calendar | None) -> None:
    try:
        value = read_yearly_date(text, calendar, TODAY)
    except BadValue:
        return
    assert YearlyDate.parse(str(value)) == value


@given(st.dates(FIRST_DAY, LAST_DAY), st.booleans())
def test_every_way_to_write_a_day(day: date, with_year: bool) -> None:
    here = LunarDay.from_solar(day)
    solar = YearlyDate(SOLAR, day.year if with_year else None, day.month, day.day)
    lunar = YearlyDate(LUNAR, here.year if with_year else None, here.month, here.day, here.leap)
    for value in (solar, lunar):
        assert read(str(value)) == str(value)
        assert read(value.spoken(with_year=True)) == str(value)
    year = f"{day.year}年" if with_year else ""
    assert read(f"{year}{day.month}月{day.day}日") == str(solar)
    assert read(f"{day.month}/{day.day} 生日") == str(YearlyDate(SOLAR, None, day.month, day.day))
    leap = "闰" if here.leap else ""
    lunar_year = f"{here.year}年" if with_year else ""
    assert read(f"{lunar_year}{leap}{here.month}月{here.day}日（农历）") == str(lunar)


@given(st.dates(date(1927, 1, 1), TODAY))
def test_two_digit_years_of_the_last_hundred(day: date) -> None:
    expected = day.isoformat()
    assert read(f"{day:%y.%m.%d}") == expected
    assert read(f"{day:%y}年{day.month}月{day.day}日") == expected
    assert read(f"{day:%y-%m-%d}") <= TODAY.isoformat()
