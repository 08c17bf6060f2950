"""Coming dates and open to-dos as a calendar for the telephone."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from store import labels
from store.exchange.ical_write import CalendarDay, CalendarTask, write_calendar
from store.exchange.record_tables import chosen_dates, chosen_todos
from store.language import _
from store.records.cards import CardQuery
from store.records.occasions import OccasionRow

if TYPE_CHECKING:
    from store.desk import Desk

ALARMS = (3, 0)
"""Days before a birthday on which the telephone rings: to buy a present, and on the day."""

PRIORITIES = {1: 1, 2: 3, 3: 5, 4: 9}
"""Priority in the calendar by quadrant, 1 the highest."""


def write_days_and_tasks(
    desk: "Desk", what: str, stream: BinaryIO, query: CardQuery, days: int
) -> int:
    """Write a calendar of dates, to-dos, or both; gives how many entries it has."""
    return write_calendar(
        stream,
        _days(desk, query, days) if what in ("dates", "all") else (),
        _tasks(desk, query) if what in ("todos", "all") else (),
        desk.store.clock.now(),
        _("Customers"),
    )


def _days(desk: "Desk", query: CardQuery, days: int) -> Iterator[CalendarDay]:
    for row in chosen_dates(desk, query, days):
        yield CalendarDay(
            key=f"{row.number}-{row.occasion}-{row.id}",
            day=row.date,
            summary=_summary(row),
            description=_description(row),
            alarms=ALARMS,
        )


def _summary(row: OccasionRow) -> str:
    """张山 生日; 张山 之女 小雨 生日."""
    who = _("{name}’s {relation} {who}").format(name=row.name, relation=row.relation, who=row.who)
    named = who if row.who else row.name
    what = labels.occasion(row.occasion, row.note)
    return _("{name}: {occasion}").format(name=named, occasion=what)


def _description(row: OccasionRow) -> str:
    from store.lunar import YearlyDate

    parts = [row.organisation, YearlyDate.parse(row.stored).spoken()]
    if row.age is not None:
        aged = _("age {age}") if row.occasion == "birth" else _("{age} years")
        parts.append(aged.format(age=row.age))
    if row.nominal_age is not None:
        parts.append(_("nominal age {age}").format(age=row.nominal_age))
    return " · ".join(part for part in parts if part)


def _tasks(desk: "Desk", query: CardQuery) -> Iterator[CalendarTask]:
    zone = desk.store.clock.zone
    for row in chosen_todos(desk, query):
        if row.done_at is not None:
            continue
        due = row.due_on
        if row.due_on is not None and row.due_time is not None:
            due = datetime.combine(row.due_on, row.due_time, zone)
        about = " ".join(part for part in (row.card_number, row.card_name) if part)
        yield CalendarTask(
            key=f"todo-{row.id}",
            summary=row.title,
            due=due,
            description="\n".join(part for part in (about, row.note) if part),
            priority=PRIORITIES[row.quadrant],
        )
