"""Repeat rules in words: what is said reads back as the rule, in both languages."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store import language
from store.errors import BadValue
from store.forms.declaration import load_form
from store.repeat_words import anchored, first_day, in_words, read_repeat, understood
from store.repeats import checked_rule

TODAY = date(2026, 9, 24)
REPEAT = load_form("todo").field("repeat")


@pytest.mark.parametrize(
    ("rule", "in_chinese", "in_english"),
    [
        ("FREQ=DAILY", "每天", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "每3天", "every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO", "每周一", "every Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "每周一、周三", "every Monday and Wednesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "每个工作日", "every weekday"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "每周末", "every weekend"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "每2周的周五", "every other Friday"),
        ("FREQ=WEEKLY;INTERVAL=2", "每2周", "every 2 weeks"),
        ("FREQ=MONTHLY", "每月", "every month"),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度", "every quarter"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "每月5号", "every month on day 5"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "每月31号",
            "every month on day 31",
        ),
        ("FREQ=YEARLY", "每年", "every year"),
    ],
)
def test_words_read_back_as_the_rule(rule: str, in_chinese: str, in_english: str) -> None:
    assert in_words(rule) == in_english
    assert read_repeat(in_english) == rule
    language.use("zh")
    assert in_words(rule) == in_chinese
    assert read_repeat(in_chinese) == rule


@pytest.mark.parametrize(
    ("rule", "chinese"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月底"),
        ("FREQ=MONTHLY;BYDAY=1MO", "每月第一个周一"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "每月最后一个周五"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "每年3月15日"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "每年2月29日"),
    ],
)
def test_chinese_words_for_what_english_ones_are_not_read(rule: str, chinese: str) -> None:
    assert in_words(rule) != rule
    language.use("zh")
    assert (in_words(rule), read_repeat(chinese)) == (chinese, rule)


@pytest.mark.parametrize(
    "text",
    ["星期一", "每周一开会", "开会每周一", "每周一 15:30", "每", "[/b]", "", "FREQ=SECONDLY"],
)
def test_what_is_no_repeat_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_repeat(text)


RULES = st.builds(
    lambda frequency, interval, parts: ";".join([f"FREQ={frequency}", *interval, *parts]),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from([[], ["INTERVAL=2"], ["INTERVAL=3"], ["INTERVAL=6"], ["INTERVAL=12"]]),
    st.lists(
        st.sampled_from(
            [
                *("BYDAY=MO", "BYDAY=TU,TH", "BYDAY=1MO", "BYDAY=1MO,2TU", "BYMONTHDAY=31"),
                *("BYMONTHDAY=-1", "BYMONTHDAY=1,15", "BYMONTHDAY=28,29;BYSETPOS=-1"),
                *("BYMONTH=2", "COUNT=3", "UNTIL=20301231", "WKST=SU", "BYSETPOS=1"),
            ]
        ),
        max_size=3,
        unique_by=lambda part: part.partition("=")[0],
    ),
)


@given(RULES, st.sampled_from(language.LANGUAGES))
@example("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "en")
@example("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31", "zh")
def test_what_is_edited_is_the_same_rule(rule: str, spoken: str) -> None:
    """Words that say less, or cannot be read, are not offered for editing."""
    try:
        checked_rule(rule)
    except BadValue:
        return
    language.use(spoken)
    assert REPEAT.read(REPEAT.editable(rule)) == rule


def test_the_end_of_the_month_stays_the_end_of_the_month() -> None:
    assert anchored("FREQ=MONTHLY", date(2026, 10, 31)).endswith("BYSETPOS=-1")
    assert anchored("FREQ=MONTHLY", date(2026, 10, 5)) == "FREQ=MONTHLY"
    assert anchored("FREQ=WEEKLY;BYDAY=MO", date(2026, 10, 31)) == "FREQ=WEEKLY;BYDAY=MO"
    assert "BYMONTHDAY=28,29" in anchored("FREQ=YEARLY", date(2028, 2, 29))


def test_what_is_understood_names_the_next_day() -> None:
    assert understood("FREQ=MONTHLY;BYMONTHDAY=-1", TODAY) == (
        "every month on the last day · next 2026-09-30 Wednesday"
    )
    assert understood("FREQ=DAILY;UNTIL=20200101", TODAY) == "FREQ=DAILY;UNTIL=20200101"


def test_the_first_day_may_be_today() -> None:
    assert first_day("FREQ=WEEKLY;BYDAY=TH", TODAY) == TODAY
    assert first_day("FREQ=WEEKLY;BYDAY=MO", TODAY) == date(2026, 9, 28)
    assert first_day("FREQ=DAILY;UNTIL=20200101", TODAY) is None
