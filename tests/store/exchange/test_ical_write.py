"""Calendars that telephones read: one event a day, the same UID every time."""

import io
from datetime import UTC, date, datetime, timedelta, timezone

from icalendar import Calendar

from store.exchange.ical_write import CalendarDay, CalendarTask, write_calendar

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def written(days: list[CalendarDay], tasks: list[CalendarTask]) -> bytes:
    stream = io.BytesIO()
    assert write_calendar(stream, days, tasks, NOW, "熟客") == len(days) + len(tasks)
    return stream.getvalue()


def test_a_lunar_birthday_is_a_dated_event_in_each_year() -> None:
    days = [
        CalendarDay(
            "P000001-birth_lunar", day, "张伟 生日; 42 岁", "农历八月十五\n喜欢喝茶", (0, 3)
        )
        for day in (date(2026, 9, 25), date(2027, 9, 15))
    ]
    raw = written(days, [])
    assert b"RRULE" not in raw
    assert b"RDATE" not in raw
    first, second = Calendar.from_ical(raw).walk("VEVENT")
    assert first.decoded("dtstart") == date(2026, 9, 25)
    assert first.decoded("dtend") == date(2026, 9, 26)
    assert str(first["uid"]) == "P000001-birth_lunar-20260925@shuke"
    assert str(second["uid"]) == "P000001-birth_lunar-20270915@shuke"
    assert str(first["summary"]) == "张伟 生日; 42 岁"
    assert str(first["description"]) == "农历八月十五\n喜欢喝茶"
    triggers = [alarm.decoded("trigger") for alarm in first.walk("VALARM")]
    assert triggers == [timedelta(hours=9), timedelta(days=-3, hours=9)]


def test_the_same_day_has_the_same_uid_in_every_export() -> None:
    day = CalendarDay("P000001-birth_solar", date(2026, 5, 1), "张伟")
    assert written([day], []) == written([day], [])


def test_todos_with_and_without_a_time() -> None:
    tasks = [
        CalendarTask("todo-1", "送样品", date(2026, 3, 5), priority=1),
        CalendarTask("todo-2", "回访", datetime(2026, 3, 6, 15, 30, tzinfo=CHINA), "带合同"),
        CalendarTask("todo-3", "寄发票", done=datetime(2026, 2, 28, 9, 0, tzinfo=CHINA)),
    ]
    dated, timed, done = Calendar.from_ical(written([], tasks)).walk("VTODO")
    assert (dated.decoded("due"), dated["priority"]) == (date(2026, 3, 5), 1)
    (alarm,) = dated.walk("VALARM")
    assert (alarm.decoded("trigger"), alarm["trigger"].params["RELATED"]) == (
        timedelta(hours=9),
        "END",
    )
    assert timed.decoded("due") == datetime(2026, 3, 6, 7, 30, tzinfo=UTC)
    assert (str(done["status"]), done.decoded("completed")) == (
        "COMPLETED",
        datetime(2026, 2, 28, 1, 0, tzinfo=UTC),
    )
    assert not done.walk("VALARM")


def test_lines_are_short_and_end_as_they_must() -> None:
    raw = written([CalendarDay("k", date(2026, 1, 1), "客户" * 100)], [])
    assert raw.startswith(b"BEGIN:VCALENDAR\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
