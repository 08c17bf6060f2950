"""`shuke todo`: to-dos noted, listed, ticked off."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import labels
from store.language import _
from store.records.todos import TodoQuery, TodoRow
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import day, todo_shape

if TYPE_CHECKING:
    from store.desk import Desk

PAGE = 500
"""To-dos that are fetched at once."""


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke todo add`."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help=_("what to do: send samples to 张伟 @tomorrow ! (! important, ^ urgent, !! both)"),
    )
    parser.json_option()


def add(session: Session) -> int:
    """Note a to-do."""
    row = session.desk.todos.add_line(joined(session.options.text))
    if session.options.json:
        write_json([todo_shape(row)])
    else:
        write_todos([row])
    return 0


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke todo list`."""
    parser.add_argument("--all", action="store_true", help=_("also those that are done"))
    parser.json_option()


def list_todos(session: Session) -> int:
    """List to-dos by quadrant and due date."""
    rows = _all(session.desk, TodoQuery(done=session.options.all))
    if session.options.json:
        write_json([todo_shape(row) for row in rows])
    elif rows:
        write_todos(rows)
    else:
        say(_("Nothing to do."))
    return 0


def _all(desk: "Desk", query: TodoQuery) -> list[TodoRow]:
    rows: list[TodoRow] = []
    while page := desk.todos.page(query, len(rows), PAGE):
        rows.extend(page)
        if len(page) < PAGE:
            break
    return rows


def declare_done(parser: Parser) -> None:
    """Arguments of `shuke todo done`."""
    parser.add_argument(
        "id", metavar="ID", nargs="+", type=positive, help=_("numbers as `shuke todo list` shows")
    )
    parser.json_option()


def done(session: Session) -> int:
    """Tick off to-dos; one that repeats makes the next."""
    todos = session.desk.todos
    todos.done(session.options.id)
    rows = [todos.get(number) for number in session.options.id]
    if session.options.json:
        write_json([todo_shape(row) for row in rows])
    else:
        for row in rows:
            say(_("Done: {title}").format(title=row.title))
    return 0


def write_todos(rows: Sequence[TodoRow]) -> None:
    """Write to-dos as a table; what is important and urgent carries its sign and its quadrant."""
    write_table(
        [_("No."), "", _("Quadrant"), _("Due"), "", _("What"), _("Card"), _("Who")],
        [
            (
                row.id,
                "x" if row.done_at else ("!" if row.important else "") + ("^" * row.urgent),
                row.quadrant,
                _due(row),
                "" if row.days is None or row.done_at else labels.days_away(row.days),
                row.title,
                row.card_name,
                row.owner,
            )
            for row in rows
        ],
    )


def _due(row: TodoRow) -> str:
    return " ".join(
        part
        for part in (day(row.due_on), f"{row.due_time:%H:%M}" if row.due_time else None)
        if part
    )


COMMANDS = {
    "todo add": Command(declare_add, add, begins=True),
    "todo list": Command(declare_list, list_todos),
    "todo done": Command(declare_done, done),
}
