"""What the editor shows of a date at once, and the words for it in both languages."""

import gettext
import io
from collections.abc import Iterator
from datetime import date

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from store import calendar_words, language
from store.describing_dates import Description, describe
from store.errors import BadValue
from store.lunar import FIRST_DAY, LAST_DAY, Calendar, LunarDay, Policy, YearlyDate
from store.reading_dates import read_yearly_date

TODAY = date(2026, 9, 13)


@pytest.fixture(scope="module", autouse=True)
def chinese_words() -> Iterator[None]:
    """The Chinese texts as they are written, and not as they were compiled some other day."""
    folder, catalogue = language.LOCALE / "zh", Catalog(locale="zh")
    for source in (*folder.glob("LC_MESSAGES/*.po"), *sorted(folder.glob("*.po"))):
        for message in read_po(io.BytesIO(source.read_bytes()), locale="zh"):
            if message.id and message.string:
                catalogue.add(message.id, message.string)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    kept = language._catalogues.get("zh")
    language._catalogues["zh"] = gettext.GNUTranslations(compiled)
    yield
    language._catalogues.pop("zh")
    if kept is not None:
        language._catalogues["zh"] = kept


def described(text: str, today: date = TODAY, policy: Policy | None = None) -> Description:
    return describe(YearlyDate.parse(text), today, policy or Policy())


def test_everything_about_a_lunar_birthday() -> None:
    assert described("lunar:1985-08-15") == Description(
        value=YearlyDate(Calendar.LUNAR, 1985, 8, 15),
        other=YearlyDate(Calendar.SOLAR, 1985, 9, 29),
        next_on=date(2026, 9, 25),
        days=12,
        years=41,
        age=40,
        nominal_age=42,
        coming_age=40,
        coming_nominal_age=42,
        animal="Ox",
        sign="Libra",
    )
    assert described("lunar:1985-08-15").weekday == 4


def test_a_date_without_a_year_says_what_it_can() -> None:
    found = described("lunar:--08-15")
    assert (found.other, found.age, found.nominal_age, found.years) == (None, None, None, None)
    assert (found.animal, found.sign) == (None, None)
    assert (found.next_on, found.days) == (date(2026, 9, 25), 12)
    assert described("--09-13").sign == "Virgo"


def test_a_round_year_is_marked() -> None:
    assert described("1986-09-13").is_round
    assert described("1966-10-01").is_round
    assert not described("1985-09-13").is_round
    assert not described("--09-13").is_round


def test_a_date_that_never_comes_again() -> None:
    found = described("lunar:--12L-03", policy=Policy(leap_month="leap"))
    assert (found.next_on, found.days, found.weekday) == (None, None, None)
    assert "does not come again before 2100" in found.sentence()


@pytest.mark.parametrize(
    ("text", "in_english", "in_chinese"),
    [
        (
            "lunar:1985-08-15",
            "lunar 8th month, day 15, 1985 = solar September 29, 1985 · 2026-09-25 Friday "
            "(in 12 days) · age 40, by Chinese count 42 · year of the Ox, Libra",
            "农历1985年八月十五 = 阳历1985年9月29日 · 2026-09-25 周五（还有 12 天） · "
            "周岁 40，虚岁 42 · 属牛，天秤座",
        ),
        (
            "1986-09-13",
            "solar September 13, 1986 = lunar 8th month, day 10, 1986 · 2026-09-13 Sunday "
            "(today, 40 years, a round number) · age 40, by Chinese count 41 · "
            "year of the Tiger, Virgo",
            "阳历1986年9月13日 = 农历1986年八月初十 · 2026-09-13 周日（今天，逢 40 周年） · "
            "周岁 40，虚岁 41 · 属虎，处女座",
        ),
        (
            "1669-09-14",
            "solar September 14, 1669 · 2026-09-14 Monday (tomorrow) · age 356 · Virgo",
            "阳历1669年9月14日 · 2026-09-14 周一（明天） · 周岁 356 · 处女座",
        ),
        (
            "lunar:--04L-23",
            "lunar leap 4th month, day 23 · 2027-05-28 Friday (in 257 days)",
            "农历闰四月廿三 · 2027-05-28 周五（还有 257 天）",
        ),
    ],
)
def test_the_sentence_in_both_languages(text: str, in_english: str, in_chinese: str) -> None:
    assert described(text).sentence() == in_english
    language.use("zh")
    assert described(text).sentence() == in_chinese


@given(st.dates(FIRST_DAY, LAST_DAY), st.dates(FIRST_DAY, LAST_DAY), st.booleans())
def test_any_date_on_any_day_has_a_sentence(born: date, today: date, lunar: bool) -> None:
    value: YearlyDate | None = YearlyDate(Calendar.SOLAR, born.year, born.month, born.day)
    if lunar and value is not None:
        value = value.in_other_calendar()
    assert value is not None
    found = describe(value, today)
    assert found.sentence()
    if found.next_on is not None and found.days is not None:
        assert found.days >= 0
        assert found.years == value.years_on(found.next_on)


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_chinese_words_are_read_again(day: date) -> None:
    here = LunarDay.from_solar(day)
    for value in (
        YearlyDate(Calendar.LUNAR, here.year, here.month, here.day, here.leap),
        YearlyDate(Calendar.LUNAR, None, here.month, here.day, here.leap),
        YearlyDate(Calendar.SOLAR, day.year, day.month, day.day),
        YearlyDate(Calendar.SOLAR, None, day.month, day.day),
    ):
        language.use("zh")
        said = value.spoken(with_year=True)
        language.use("en")
        assert read_yearly_date(said, today=TODAY) == value


def test_words_count_right_in_chinese() -> None:
    language.use("zh")
    assert calendar_words.lunar_month(12) == "腊月"
    assert calendar_words.lunar_month(4, leap=True) == "闰四月"
    assert calendar_words.solar_month(12) == "12月"
    assert calendar_words.weekday(6) == "周日"
    assert calendar_words.animal(2026) == "马"
    assert YearlyDate.parse("lunar:--08-20").spoken() == "农历八月二十"
    assert YearlyDate.parse("--08-15").spoken() == "阳历8月15日"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("农历1978年七月三十一", "1978年七月只有30天"),
        ("2001-2-29", "2001年2月只有28天"),
        ("1985年闰五月初三", "农历1985年没有闰五月，这一年没有闰月"),
        ("八月十五日", "“八月十五日”分不清阳历农历"),
        ("冬月", "“冬月”缺日"),
    ],
)
def test_reasons_in_chinese(text: str, reason: str) -> None:
    language.use("zh")
    with pytest.raises(BadValue) as caught:
        read_yearly_date(text, today=TODAY)
    assert reason in str(caught.value)
