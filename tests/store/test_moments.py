"""Days, times and repeats inside free text; Thursday, 24 September 2026 is today."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import example, given
from hypothesis import strategies as st

from store.chinese_numbers import half_width, number
from store.errors import BadValue
from store.lunar import LunarDay
from store.moments import Moment, find_moment, find_repeat, read_day

TODAY = date(2026, 9, 24)


def found(text: str, today: date = TODAY) -> Moment:
    moment = find_moment(text, today)
    assert moment is not None
    return moment


def left(text: str) -> str:
    """The text without what was understood."""
    moment = found(text)
    return text[: moment.start] + text[moment.end :]


DAYS = [
    # interface.md's own
    ("今天", "2026-09-24"),
    ("明天", "2026-09-25"),
    ("后天", "2026-09-26"),
    ("大后天", "2026-09-27"),
    ("周三", "2026-09-30"),
    ("下周三", "2026-09-30"),
    ("月底", "2026-09-30"),
    ("下月5号", "2026-10-05"),
    ("三天后", "2026-09-27"),
    ("两周后", "2026-10-08"),
    ("3-15", "2027-03-15"),
    ("3月15日", "2027-03-15"),
    ("2026-03-15", "2026-03-15"),
    ("today", "2026-09-24"),
    ("tomorrow", "2026-09-25"),
    ("wed", "2026-09-30"),
    ("next wed", "2026-09-30"),
    ("+3d", "2026-09-27"),
    ("+2w", "2026-10-08"),
    # weekdays
    ("周四", "2026-09-24"),
    ("周五", "2026-09-25"),
    ("周日", "2026-09-27"),
    ("周天", "2026-09-27"),
    ("星期三", "2026-09-30"),
    ("礼拜三", "2026-09-30"),
    ("星期天", "2026-09-27"),
    ("本周一", "2026-09-21"),
    ("这周五", "2026-09-25"),
    ("这个星期五", "2026-09-25"),
    ("下周四", "2026-10-01"),
    ("下个星期四", "2026-10-01"),
    ("下礼拜天", "2026-10-04"),
    ("下下周三", "2026-10-07"),
    ("周末", "2026-09-26"),
    ("下周末", "2026-10-03"),
    ("下周", "2026-09-28"),
    ("Thursday", "2026-09-24"),
    ("next thursday", "2026-10-01"),
    ("this fri", "2026-09-25"),
    ("on mon", "2026-09-28"),
    ("next week", "2026-09-28"),
    # months and years
    ("下个月5号", "2026-10-05"),
    ("下月五号", "2026-10-05"),
    ("本月30日", "2026-09-30"),
    ("下下个月3号", "2026-11-03"),
    ("月初", "2026-10-01"),
    ("月中", "2026-10-15"),
    ("下月底", "2026-10-31"),
    ("下个月初", "2026-10-01"),
    ("下个月", "2026-10-01"),
    ("3月底", "2027-03-31"),
    ("9月底", "2026-09-30"),
    ("二月末", "2027-02-28"),
    ("十月初", "2026-10-01"),
    ("9月中", "2027-09-15"),
    ("2027年底", "2027-12-31"),
    ("年底", "2026-12-31"),
    ("明年底", "2027-12-31"),
    ("5号", "2026-10-05"),
    ("24号", "2026-09-24"),
    ("十五号", "2026-10-15"),
    ("31号", "2026-10-31"),
    ("end of month", "2026-09-30"),
    ("end of next month", "2026-10-31"),
    ("next month", "2026-10-01"),
    # so long from now
    ("3天后", "2026-09-27"),
    ("十天之后", "2026-10-04"),
    ("一百天后", "2027-01-02"),
    ("三天内", "2026-09-27"),
    ("过两天", "2026-09-26"),
    ("一个星期后", "2026-10-01"),
    ("两个礼拜以后", "2026-10-08"),
    ("三个月后", "2026-12-24"),
    ("半年后", "2027-03-24"),
    ("半个月后", "2026-10-09"),
    ("一年后", "2027-09-24"),
    ("3天", "2026-09-27"),
    ("+3天", "2026-09-27"),
    ("+1m", "2026-10-24"),
    ("+1y", "2027-09-24"),
    ("in 3 days", "2026-09-27"),
    ("2 weeks later", "2026-10-08"),
    # written out
    ("3/15", "2027-03-15"),
    ("3.15", "2027-03-15"),
    ("0315", "2027-03-15"),
    ("20270315", "2027-03-15"),
    ("27-3-15", "2027-03-15"),
    ("98.3.4", "1998-03-04"),
    ("2027/3/15", "2027-03-15"),
    ("2027.3.15", "2027-03-15"),
    ("２０２７．３．１５", "2027-03-15"),
    ("3月15", "2027-03-15"),
    ("三月十五日", "2027-03-15"),
    ("3月15号", "2027-03-15"),
    ("2027年3月15日", "2027-03-15"),
    ("27年3月15日", "2027-03-15"),
    ("二〇二七年三月十五日", "2027-03-15"),
    ("明年3月15日", "2027-03-15"),
    ("今年3月15日", "2026-03-15"),
    ("9-24", "2026-09-24"),
    ("9-23", "2027-09-23"),
    ("2月29日", "2028-02-29"),
    ("Mar 15", "2027-03-15"),
    ("15 March 2027", "2027-03-15"),
    ("March 15th, 2027", "2027-03-15"),
    # lunar
    ("农历八月十五", "2026-09-25"),
    ("八月十五", "2026-09-25"),
    ("正月初五", "2027-02-10"),
    ("腊月廿三", "2027-01-30"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days(text: str, day: str) -> None:
    marked = f"给张伟送样品 @{text} !"
    assert found(marked).day == date.fromisoformat(day)
    assert left(marked) == "给张伟送样品  !"
    assert read_day(text, TODAY) == date.fromisoformat(day)
    assert read_day(f" @{text}　", TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", "2026-09-23"),
        ("前天", "2026-09-22"),
        ("大前天", "2026-09-21"),
        ("yesterday", "2026-09-23"),
        ("上周五", "2026-09-18"),
        ("上个星期天", "2026-09-20"),
        ("last fri", "2026-09-18"),
        ("上月5号", "2026-08-05"),
    ],
)
def test_days_gone_by_where_a_day_is_asked_for(text: str, day: str) -> None:
    assert read_day(text, TODAY) == date.fromisoformat(day)
    assert found(f"@{text} 聊过").day == date.fromisoformat(day)
    assert find_moment(f"{text}聊过", TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3-15", "2026-03-15"),
        ("9-24", "2026-09-24"),
        ("9-25", "2025-09-25"),
        ("12月1日", "2025-12-01"),
        ("2月29日", "2024-02-29"),
        ("周三", "2026-09-23"),
        ("周四", "2026-09-24"),
        ("wed", "2026-09-23"),
        ("5号", "2026-09-05"),
        ("25号", "2026-08-25"),
        ("31号", "2026-08-31"),
        ("农历八月十五", "2025-10-06"),
        ("1998-03-04", "1998-03-04"),
        ("98.3.4", "1998-03-04"),
        ("27年3月15日", "1927-03-15"),
        ("去年3月15日", "2025-03-15"),
        ("3月底", "2026-03-31"),
        ("9月底", "2025-09-30"),
        ("农历1985年八月十五", "1985-09-29"),
        ("1985年腊月廿三", "1986-02-01"),
    ],
)
def test_reading_a_day_that_lies_behind(text: str, day: str) -> None:
    assert read_day(text, TODAY, past=True) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "missing"),
        ("@", "missing"),
        ("abc", "names no day"),
        ("今晚", "names no day"),
        ("每周一", "names no day"),
        ("明天 送样品", "names no day"),
        ("15:30", "names no day"),
        ("1998年3月", "names no day"),
        ("2月30日", "February has only 29 days"),
        ("2026-2-30", "February 2026 has only 28 days"),
        ("2月29日2027年", "names no day"),
        ("13-1", "no month 13"),
        ("下月31号", ""),
        ("+9999y", "no day"),
        ("32号", "no day"),
    ],
)
def test_what_is_no_day(text: str, reason: str) -> None:
    if not reason:
        assert read_day(text, TODAY) == date(2026, 10, 31)
        return
    with pytest.raises(BadValue, match=reason):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day", "at", "rest"),
    [
        ("给张伟送样品 @下周三 !", "2026-09-30", None, "给张伟送样品  !"),
        (
            "张伟 电话 聊了新报价,担心交期 *4 @三天后 回访",
            "2026-09-27",
            None,
            "张伟 电话 聊了新报价,担心交期 *4  回访",
        ),
        ("+送样品 @明天", "2026-09-25", None, "+送样品 "),
        ("＠下周三 送样品", "2026-09-30", None, " 送样品"),
        ("@明天15:30 见", "2026-09-25", "15:30", " 见"),
        ("@明天 下午三点 见", "2026-09-25", "15:00", " 见"),
        ("@周五 15:30 送样", "2026-09-25", "15:30", " 送样"),
        ("下午三点 明天", "2026-09-25", "15:00", ""),
        ("明天下午3点半开会", "2026-09-25", "15:30", "开会"),
        ("今晚八点聚餐", "2026-09-24", "20:00", "聚餐"),
        ("明早9点", "2026-09-25", "09:00", ""),
        ("周三下午三点送样品", "2026-09-30", "15:00", "送样品"),
        ("周三 送样品", "2026-09-30", None, " 送样品"),
        ("送样品 tomorrow at 3pm", "2026-09-25", "15:00", "送样品 "),
        ("call Zhang next wed 9:15", "2026-09-30", "09:15", "call Zhang "),
        ("时间:2026-10-01 9:00", "2026-10-01", "09:00", "时间:"),
        ("@周三三点", "2026-09-30", "15:00", ""),
        ("@3-15送样品", "2027-03-15", None, "送样品"),
        ("明天上午送样品", "2026-09-25", None, "上午送样品"),
        ("送到 @小王 明天", "2026-09-25", None, "送到 @小王 "),
        ("今天聊了 @后天 回访", "2026-09-26", None, "今天聊了  回访"),
        # Words that say more than the moment can keep stay where they are.
        ("今晚聚餐", "2026-09-24", None, "今晚聚餐"),
        ("@明晚 聚餐", "2026-09-25", None, "明晚 聚餐"),
    ],
)
def test_what_is_cut_out(text: str, day: str, at: str | None, rest: str) -> None:
    moment = found(text)
    assert moment.day == date.fromisoformat(day)
    assert moment.time == (None if at is None else time.fromisoformat(at))
    assert moment.repeat is None
    assert left(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "@小王",
        "送样品",
        "聊了3-15号机",
        "再降两个点",
        "提三点要求",
        "给周一鸣打电话",
        "周六福珠宝",
        "010-12345678",
        "13911112345",
        "WX3.15",
        "邮箱 a@3d.com",
        "2月30日",
        "@2月30日",
        "@13-1",
        "1月32号",
        "2026/10/1-2026/10/5",
        "昨天聊过",
        "@99999d",
        "@明年",
        "wednesday's"[:3] + "lock",
        "monitor",
        "send weekly report",
        "每周两次",
        "5号楼",
        "上月底聊过",
        "上周末聊过",
        "去年底聊过",
        "a" * 600 + " @明天",
    ],
)
def test_what_stays_text(text: str) -> None:
    assert find_moment(text, TODAY) is None


def test_only_what_is_marked() -> None:
    assert find_moment("聊了明天的展会", TODAY, marked_only=True) is None
    marked = find_moment("聊了明天的展会 @后天", TODAY, marked_only=True)
    assert marked is not None
    assert marked.day == date(2026, 9, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15:30", "15:30"),
        ("１５：３０", "15:30"),
        ("9:05", "09:05"),
        ("23:59:59", "23:59"),
        ("下午三点", "15:00"),
        ("下午3点", "15:00"),
        ("下午3:20", "15:20"),
        ("下午三点半", "15:30"),
        ("下午三点一刻", "15:15"),
        ("下午三点三刻", "15:45"),
        ("下午三点二十", "15:20"),
        ("下午三点二十分", "15:20"),
        ("下午5时", "17:00"),
        ("上午十点", "10:00"),
        ("早上8点钟", "08:00"),
        ("中午12点", "12:00"),
        ("中午1点", "13:00"),
        ("傍晚六点", "18:00"),
        ("晚上8点", "20:00"),
        ("晚8点", "20:00"),
        ("凌晨2点", "02:00"),
        ("凌晨12点", "00:00"),
        ("下午12点", "12:00"),
        ("晚上12点", "23:59"),
        ("24:00", "23:59"),
        ("零点", "00:00"),
        ("三点", "15:00"),
        ("8点", "08:00"),
        ("20点", "20:00"),
        ("3pm", "15:00"),
        ("3:30 PM", "15:30"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("at 9", "09:00"),
    ],
)
def test_times(text: str, expected: str) -> None:
    for written in (f"@明天 {text}", f"@{text}"):
        assert found(written).time == time.fromisoformat(expected)
        assert left(written) == ""
    assert found(f"@{text}").day == TODAY


@pytest.mark.parametrize(
    "text", ["25:00", "12:60", "24:01", "13pm", "0am", "3:5", "今晚两点", "下午九十点"]
)
def test_what_is_no_time(text: str) -> None:
    moment = find_moment(f"@明天 {text}", TODAY)
    assert moment is not None
    assert moment.time is None


REPEATS = [
    ("每天", "2026-09-24", "FREQ=DAILY"),
    ("每日", "2026-09-24", "FREQ=DAILY"),
    ("天天", "2026-09-24", "FREQ=DAILY"),
    ("每三天", "2026-09-24", "FREQ=DAILY;INTERVAL=3"),
    ("每隔一天", "2026-09-24", "FREQ=DAILY;INTERVAL=2"),
    ("隔天", "2026-09-24", "FREQ=DAILY;INTERVAL=2"),
    ("每周", "2026-09-24", "FREQ=WEEKLY"),
    ("每周一次", "2026-09-24", "FREQ=WEEKLY"),
    ("每周一", "2026-09-28", "FREQ=WEEKLY;BYDAY=MO"),
    ("每个星期一", "2026-09-28", "FREQ=WEEKLY;BYDAY=MO"),
    ("每礼拜天", "2026-09-27", "FREQ=WEEKLY;BYDAY=SU"),
    ("每周四", "2026-09-24", "FREQ=WEEKLY;BYDAY=TH"),
    ("每周一三五", "2026-09-25", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    ("每周一、周四", "2026-09-24", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("每周一和周三", "2026-09-28", "FREQ=WEEKLY;BYDAY=MO,WE"),
    ("每周一至周五", "2026-09-24", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("每周末", "2026-09-26", "FREQ=WEEKLY;BYDAY=SA,SU"),
    ("每个工作日", "2026-09-24", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("每两周", "2026-09-24", "FREQ=WEEKLY;INTERVAL=2"),
    ("每2周", "2026-09-24", "FREQ=WEEKLY;INTERVAL=2"),
    ("每两周周三", "2026-09-30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
    ("隔周周三", "2026-09-30", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
    ("每月", "2026-09-24", "FREQ=MONTHLY"),
    ("每月5号", "2026-10-05", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("每个月五号", "2026-10-05", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("每月5、20号", "2026-10-05", "FREQ=MONTHLY;BYMONTHDAY=5,20"),
    ("每月31号", "2026-09-30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    ("每月底", "2026-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月月底", "2026-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月最后一天", "2026-09-30", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("每月初", "2026-10-01", "FREQ=MONTHLY;BYMONTHDAY=1"),
    ("每月第一个周一", "2026-10-05", "FREQ=MONTHLY;BYDAY=1MO"),
    ("每月最后一个周五", "2026-09-25", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("每两个月", "2026-09-24", "FREQ=MONTHLY;INTERVAL=2"),
    ("每季度", "2026-09-24", "FREQ=MONTHLY;INTERVAL=3"),
    ("每半年", "2026-09-24", "FREQ=MONTHLY;INTERVAL=6"),
    ("每年", "2026-09-24", "FREQ=YEARLY"),
    ("每年3月15日", "2027-03-15", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("每年三月十五日", "2027-03-15", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("每年12月31日", "2026-12-31", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"),
    ("每年2月29日", "2027-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
    ("every day", "2026-09-24", "FREQ=DAILY"),
    ("every 3 days", "2026-09-24", "FREQ=DAILY;INTERVAL=3"),
    ("every monday", "2026-09-28", "FREQ=WEEKLY;BYDAY=MO"),
    ("every mon and thu", "2026-09-24", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("every other friday", "2026-09-25", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    ("every weekday", "2026-09-24", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("every weekend", "2026-09-26", "FREQ=WEEKLY;BYDAY=SA,SU"),
    ("every week", "2026-09-24", "FREQ=WEEKLY"),
    ("every 2 weeks", "2026-09-24", "FREQ=WEEKLY;INTERVAL=2"),
    ("every month", "2026-09-24", "FREQ=MONTHLY"),
    ("every month on the 5th", "2026-10-05", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("every 5th", "2026-10-05", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("every quarter", "2026-09-24", "FREQ=MONTHLY;INTERVAL=3"),
    ("Every Year", "2026-09-24", "FREQ=YEARLY"),
]


@pytest.mark.parametrize(("text", "day", "rule"), REPEATS)
def test_repeats(text: str, day: str, rule: str) -> None:
    for written in (text, f"@{text}", f"交周报 {text}", f"{text} 交周报"):
        moment = found(written)
        assert (moment.day, moment.repeat) == (date.fromisoformat(day), rule)
        assert left(written).strip() in ("", "交周报")


@pytest.mark.parametrize(
    ("text", "day", "at", "rule"),
    [
        ("每周五 @17:00 交周报", "2026-09-25", "17:00", "FREQ=WEEKLY;BYDAY=FR"),
        ("每周三下午三点 开会", "2026-09-30", "15:00", "FREQ=WEEKLY;BYDAY=WE"),
        ("每天 9:00", "2026-09-24", "09:00", "FREQ=DAILY"),
        ("@下周三 每两周", "2026-09-30", None, "FREQ=WEEKLY;INTERVAL=2"),
        ("每两周 @周三", "2026-09-30", None, "FREQ=WEEKLY;INTERVAL=2"),
        ("每周一 @2026-10-01", "2026-10-05", None, "FREQ=WEEKLY;BYDAY=MO"),
        ("每月 @10-31", "2026-10-31", None,
         "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("每年 @2028-02-29", "2028-02-29", None,
         "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("@daily", "2026-09-24", None, "FREQ=DAILY"),
    ],
)  # fmt: skip
def test_repeats_with_a_day_or_a_time(text: str, day: str, at: str | None, rule: str) -> None:
    moment = found(text)
    assert moment.day == date.fromisoformat(day)
    assert moment.time == (None if at is None else time.fromisoformat(at))
    assert moment.repeat == rule


def test_a_lunar_day_has_no_rule() -> None:
    moment = found("每年农历八月十五 送月饼")
    assert (moment.day, moment.repeat) == (date(2026, 9, 25), None)
    assert left("每年农历八月十五 送月饼") == "每年 送月饼"


def test_a_repeat_apart_from_the_day() -> None:
    moment = find_repeat("每周一 给张伟打电话 @明天", TODAY)
    assert moment is not None
    assert moment.repeat == "FREQ=WEEKLY;BYDAY=MO"
    assert find_repeat("给张伟打电话 @明天", TODAY) is None


@given(st.sampled_from(REPEATS), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_rules_begin_on_the_day_and_mean_the_same(
    repeat: tuple[str, str, str], today: date
) -> None:
    moment = found(repeat[0], today)
    assert moment.repeat is not None
    assert moment.day >= today
    start = datetime.combine(moment.day, time())
    later = list(rrulestr(moment.repeat, dtstart=start).xafter(start, 4, inc=True))
    assert later[0] == start
    if "BY" in repeat[2] and "INTERVAL" not in repeat[2]:
        # The next time is what the same words mean on the day after the first.
        assert later[1].date() == found(repeat[0], moment.day + timedelta(days=1)).day


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_days_on_any_day(today: date) -> None:
    for text, _ in DAYS:
        if text[0] in "本这今" or set(text) & set("278２７〇"):
            continue
        moment = found(f"@{text}", today)
        assert moment.day >= today
        assert moment.day <= today + timedelta(days=8 * 366 + 1)
        assert moment.day == read_day(text, today)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_any_day_written_out_is_read(today: date, day: date) -> None:
    for form in ("{0.year}-{0.month}-{0.day}", "{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日",
                 "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}"):  # fmt: skip
        assert read_day(form.format(day), today) == day
        assert found(f"@{form.format(day)}", today).day == day
    for form in ("{0.month}-{0.day}", "{0.month}月{0.day}日", "{0:%m%d}"):
        ahead, behind = (
            read_day(form.format(day), today),
            read_day(form.format(day), today, past=True),
        )
        assert behind <= today <= ahead
        assert (ahead.month, ahead.day) == (behind.month, behind.day) == (day.month, day.day)
        assert (ahead == today) == (behind == today)
    here = LunarDay.from_solar(day)
    coming = read_day(f"农历{'闰' if here.leap else ''}{here.month}月{here.day}", today)
    assert coming >= today


FRAGMENTS = st.sampled_from(
    [*"0123456789年月日号初闰正周三一天后前下上个每隔点分半刻晚早今明底末过内两百 @+-/.:,，＠３：",
     "am", "pm", "every ", "next ", "wed", "in ", " days", "d", "每周", "农历"]
)  # fmt: skip


@given(
    st.text() | st.lists(FRAGMENTS, max_size=16).map("".join),
    st.dates() | st.just(date(2026, 9, 24)),
)
@example("@+9999y", date.max)
@example("明天", date.max)
@example("下月5号", date.max)
@example("上月5号", date.min)
@example("@昨天", date.min)
@example("每周一", date.max)
@example("@2月29日", date.max)
@example("@农历八月十五", date(2100, 1, 1))
@example("ſun K @Kſ", date(2026, 9, 24))
def test_any_text_on_any_day(text: str, today: date) -> None:
    for moment in (find_moment(text, today), find_repeat(text, today)):
        if moment is not None:
            assert 0 <= moment.start <= moment.end <= len(text)
            assert moment.repeat is None or moment.repeat.startswith("FREQ=")
    for past in (False, True):
        try:
            day = read_day(text, today, past=past)
        except BadValue:
            continue
        assert type(day) is date


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15", 15), ("十五", 15), ("二十", 20), ("二十五", 25), ("廿三", 23), ("廿", 20),
        ("卅", 30), ("卅一", 31), ("一百", 100), ("一百零五", 105), ("一百二十", 120), ("两", 2),
        ("十", 10), ("一九八五", 1985), ("〇一", 1), ("零", 0), ("廿十", None), ("三十十", None),
        ("百", None), ("", None), ("一百百", None), ("１５", None), ("x", None), ("9" * 10, None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


@given(st.text())
def test_half_width_keeps_every_place(text: str) -> None:
    folded = half_width(text)
    assert len(folded) == len(text)
    assert half_width(folded) == folded
