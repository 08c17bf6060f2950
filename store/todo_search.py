"""Finding to-dos: lists, quadrants and counts; nearness of the due date counts as urgent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.json_text import read_json
from store.models.base import database
from store.records.todos import QUADRANTS, TodoQuery, TodoRow, TodoValues, quadrant
from store.search import visible_sql
from store.todo_values import clock_time
from store.tokens import match_query

if TYPE_CHECKING:
    from store.desk import Desk

URGENT_DAYS = 2
"""Days before the due date from which a to-do is urgent, unless `todo.urgent_days` says other."""

COLUMNS = (
    "todo.id, todo.title, todo.note, todo.important, todo.urgent, todo.pinned, todo.due_on, "
    "todo.due_time, todo.repeat, card.id, card.number, card.name, member.name, member.login, "
    "todo.side, todo.done_at, todo.tags, todo.version, "
    "(SELECT asking.name FROM member AS asking WHERE asking.id = todo.asked_by_id)"
)

URGENT = "(todo.urgent OR (NOT todo.pinned AND todo.due_on IS NOT NULL AND todo.due_on <= ?))"
"""Urgent as it was said, or by nearness where no hand put it into its quadrant."""

ORDER = (
    "todo.done_at IS NOT NULL, todo.done_at DESC, todo.due_on IS NULL, todo.due_on, "
    "todo.due_time IS NULL, todo.due_time, todo.important DESC, todo.id"
)


@dataclass(slots=True)
class Selection:
    """The FROM and WHERE of a query over to-dos, with the parameters of both."""

    source: str
    conditions: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    def add(self, condition: str, *parameters: Any) -> None:
        """Require one more condition."""
        self.conditions.append(condition)
        self.parameters.extend(parameters)

    @property
    def sql(self) -> str:
        """All of it, to be put behind the columns."""
        return f"FROM {self.source} WHERE {' AND '.join(self.conditions)}"


def within_reach(desk: "Desk") -> Selection:
    """To-dos that concern the member: his own, those he gave, and those on cards he sees.

    `card` is joined as far as the member sees it. What he only entered goes with its card: after
    a transfer it is the new owner's.
    """
    visible = visible_sql(desk)
    sees = f" AND {visible[0]}" if visible else ""
    chosen = Selection(
        f"todo JOIN member ON member.id = todo.owner_id "
        f"LEFT JOIN card ON card.id = todo.card_id{sees}",
        parameters=list(visible[1]) if visible else [],
    )
    chosen.add("(card.id IS NULL OR card.trashed_at IS NULL)")
    if visible:
        me = desk.member.id
        chosen.add(
            "(todo.owner_id = ? OR todo.asked_by_id = ? OR card.id IS NOT NULL "
            "OR (todo.created_by_id = ? AND todo.card_id IS NULL))",
            me,
            me,
            me,
        )
    return chosen


def select(desk: "Desk", query: TodoQuery) -> Selection:
    """The to-dos that answer a query."""
    chosen = within_reach(desk)
    chosen.add("todo.trashed_at IS NULL")
    if not query.done:
        chosen.add("todo.done_at IS NULL")
    if not query.everyone:
        chosen.add("todo.owner_id = ?", desk.member.id)
    if query.card is not None:
        chosen.add("todo.card_id = ?", query.card)
    if query.side is not None:
        chosen.add("todo.side = ?", query.side)
    text = query.text.strip()
    if text:
        _add_text(chosen, text)
    return chosen


def _add_text(chosen: Selection, text: str) -> None:
    """Words of the title, the note or a tag, or the card's name."""
    small = text.lower()
    words = "(instr(lower(todo.title), ?) OR instr(lower(todo.note), ?) OR instr(todo.tags, ?)"
    parameters = [small, small, text]
    match = match_query(text)
    if match is not None:
        words += " OR card.id IN (SELECT rowid FROM search_card WHERE search_card MATCH ?)"
        parameters.append(f"{{name organisation}} : ({match})")
    chosen.add(f"{words})", *parameters)


def near(desk: "Desk") -> date:
    """The last due date that makes a to-do urgent by itself."""
    days = desk.settings.get("todo.urgent_days", URGENT_DAYS)
    today = desk.store.clock.today()
    try:
        return today + timedelta(days=int(days))
    except (TypeError, ValueError, OverflowError):
        return today + timedelta(days=URGENT_DAYS)


def count(desk: "Desk", query: TodoQuery) -> int:
    """How many to-dos answer a query."""
    chosen = select(desk, query)
    cursor = database.execute_sql(f"SELECT count(*) {chosen.sql}", chosen.parameters)
    return int(cursor.fetchone()[0])


def page(desk: "Desk", query: TodoQuery, offset: int, limit: int) -> list[TodoRow]:
    """A page of the answer: open ones by due date, then those done, the last first."""
    return rows_of(desk, select(desk, query), offset, limit)


def board(desk: "Desk", query: TodoQuery, limit: int) -> dict[int, list[TodoRow]]:
    """For each quadrant its first to-dos."""
    found = {}
    for place in QUADRANTS:
        chosen = select(desk, query)
        urgent = URGENT if place in (1, 3) else f"NOT {URGENT}"
        chosen.add(f"{urgent} AND todo.important = ?", near(desk).isoformat(), place in (1, 2))
        found[place] = rows_of(desk, chosen, 0, limit)
    return found


def board_counts(desk: "Desk", query: TodoQuery) -> dict[int, int]:
    """How many to-dos stand in each quadrant."""
    chosen = select(desk, query)
    sql = f"SELECT todo.important, {URGENT}, count(*) {chosen.sql} GROUP BY 1, 2"
    cursor = database.execute_sql(sql, [near(desk).isoformat(), *chosen.parameters])
    counts = dict.fromkeys(QUADRANTS, 0)
    for important, urgent, number in cursor.fetchall():
        counts[quadrant(bool(important), bool(urgent))] += number
    return counts


def rows_by_id(desk: "Desk", todo_ids: Sequence[int]) -> dict[int, TodoRow]:
    """To-dos within the member's reach by id, done ones too."""
    chosen = within_reach(desk)
    chosen.add("todo.trashed_at IS NULL")
    chosen.add(f"todo.id IN ({','.join('?' * len(todo_ids))})", *todo_ids)
    return {row.id: row for row in rows_of(desk, chosen, 0, -1)}


def of_talk(desk: "Desk", talk_id: int) -> list[TodoRow]:
    """The to-dos within the member's reach that came of a talk, done ones too."""
    chosen = within_reach(desk)
    chosen.add("todo.trashed_at IS NULL")
    chosen.add("todo.interaction_id = ?", talk_id)
    return rows_of(desk, chosen, 0, -1)


def rows_of(desk: "Desk", chosen: Selection, offset: int, limit: int) -> list[TodoRow]:
    """The list rows of a selection, in a list's order."""
    sql = f"SELECT {COLUMNS} {chosen.sql} ORDER BY {ORDER} LIMIT ? OFFSET ?"
    cursor = database.execute_sql(sql, [*chosen.parameters, limit, offset])
    today, until = desk.store.clock.today(), near(desk)
    return [_row(values, today, until) for values in cursor.fetchall()]


def _row(values: tuple[Any, ...], today: date, until: date) -> TodoRow:
    todo_id, title, note, important, said, pinned, due, clock, repeat, *rest = values
    card_id, number, name, owner, login, side, done, tags, version, asked_by = rest
    due_on = date.fromisoformat(due) if due else None
    urgent = bool(said or (not pinned and due_on is not None and due_on <= until))
    due_time = clock_time(clock)
    tagged = tuple(map(str, read_json(tags))) if tags else ()
    return TodoRow(
        id=todo_id,
        title=title,
        note=note,
        important=bool(important),
        urgent=urgent,
        quadrant=quadrant(bool(important), urgent),
        due_on=due_on,
        due_time=due_time,
        days=(due_on - today).days if due_on else None,
        repeat=repeat,
        card_id=card_id,
        card_number=number,
        card_name=name,
        owner=owner,
        side=side,
        done_at=datetime.fromisoformat(done).replace(tzinfo=UTC) if done else None,
        tags=tagged,
        values=TodoValues(
            title=title,
            note=note,
            important=bool(important),
            urgent=bool(said),
            due_on=due_on,
            due_time=due_time,
            repeat=repeat,
            card=card_id,
            side=side,
            owner=login,
            tags=tagged,
        ),
        version=version,
        asked_by=asked_by,
    )
