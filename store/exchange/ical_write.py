"""Calendars for telephones: birthdays and to-dos as iCalendar (RFC 5545).

Every occurrence is an event with its own date. A rule for lunar dates is an error to most
programs and a solar date to some, and a list of dates loses all but the first (calendar.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import BinaryIO

from icalendar import Alarm, Calendar, Event, Todo

ALARM_HOUR = 9
"""The hour of the day at which alarms of days without a time ring."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day on which something comes back: a birthday in one year."""

    key: str
    """What it is, the same in every year and every export: `P000123-birth_lunar`."""
    day: date
    summary: str
    description: str = ""
    alarms: tuple[int, ...] = ()
    """How many days before it an alarm rings; 0 is the day itself."""


@dataclass(frozen=True, slots=True)
class CalendarTask:
    """One to-do."""

    key: str
    """The same in every export: `todo-17`."""
    summary: str
    due: date | datetime | None = None
    """A date, or a moment (aware) where a time was given."""
    description: str = ""
    priority: int = 0
    """1 (highest) to 9, 0 for none (RFC 5545, section 3.8.1.9)."""
    done: datetime | None = None
    """When it was done (aware)."""


def write_calendar(
    stream: BinaryIO,
    days: Iterable[CalendarDay],
    tasks: Iterable[CalendarTask],
    now: datetime,
    name: str,
) -> int:
    """Write a calendar; answers how many entries it has.

    The same day or to-do has the same UID in every export, so that a telephone that reads the
    file again replaces what it has.

    Args:
        stream: takes the bytes.
        days: written as they come; nothing is kept in memory.
        tasks: likewise.
        now: when this is written (aware).
        name: what the telephone calls the calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//shuke//shuke//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    head, end, _rest = calendar.to_ical().partition(b"END:VCALENDAR")
    stream.write(head)
    count = 0
    for day in days:
        stream.write(_event(day, now).to_ical())
        count += 1
    for task in tasks:
        stream.write(_todo(task, now).to_ical())
        count += 1
    stream.write(end + b"\r\n")
    return count


def _event(day: CalendarDay, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{day.key}-{day.day:%Y%m%d}@shuke")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", day.summary)
    if day.description:
        event.add("description", day.description)
    event.add("transp", "TRANSPARENT")
    for before in day.alarms:
        event.add_component(_alarm(timedelta(hours=ALARM_HOUR, days=-before), day.summary))
    return event


def _todo(task: CalendarTask, now: datetime) -> Todo:
    todo = Todo()
    todo.add("uid", f"{task.key}@shuke")
    todo.add("dtstamp", now.astimezone(UTC))
    todo.add("summary", task.summary)
    if task.description:
        todo.add("description", task.description)
    if task.priority:
        todo.add("priority", task.priority)
    todo.add("status", "COMPLETED" if task.done else "NEEDS-ACTION")
    if task.done:
        todo.add("completed", task.done.astimezone(UTC))
    if isinstance(task.due, datetime):
        todo.add("due", task.due.astimezone(UTC))
        after = timedelta()
    elif task.due is not None:
        todo.add("due", task.due)
        after = timedelta(hours=ALARM_HOUR)
    if task.due is not None and not task.done:
        alarm = _alarm(after, task.summary)
        alarm["TRIGGER"].params["RELATED"] = "END"
        todo.add_component(alarm)
    return todo


def _alarm(after: timedelta, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", after)
    alarm.add("description", summary)
    return alarm
