"""To-dos in four quadrants."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens import card_actions, todo_actions
from screens.base import SectionScreen
from screens.card_lists import open_todo
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.records.todos import TodoQuery, TodoRow
from widgets.quadrant_board import QUADRANTS, QuadrantBoard
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock


NAME = 10
"""Characters of a customer's name beside what is to be done."""


class Quadrants(SectionScreen):
    """What is to be done, by importance and urgency."""

    SECTION = "todos"
    HELP = N_(
        "Important and urgent comes first; important and not urgent is where a good salesperson "
        "spends his day. A to-do becomes urgent by itself when its date comes near. ! makes the "
        "to-do under the cursor important or not, ^ urgent or not, as in a line; Shift and an "
        "arrow moves it to the quadrant there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("D", "toggle_done", N_("With those done"), id="todos.done", show=False),
        Binding("m", "toggle_everyone", N_("Mine or all"), id="todos.all", show=False),
        Binding("delete,d", "trash", N_("Trash"), id="todos.trash", show=False),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.wanted = TodoQuery()
        self.found: dict[str, TodoRow] = {}
        self.has_come = False
        """Whether to-dos were shown."""
        self.follow: str | None = None
        """The key of the to-do that the cursor goes with: one that was moved or noted."""

    def compose_body(self) -> ComposeResult:
        """The board."""
        yield QuadrantBoard()

    @property
    def board(self) -> QuadrantBoard:
        """The board."""
        return self.query_one(QuadrantBoard)

    def on_mount(self) -> None:
        """Begin in the first quadrant."""
        self.board.quadrant(1).focus()

    def relabel(self) -> None:
        """Write the titles in the language spoken now."""
        for number in range(1, 5):
            self.board.quadrant(number).refresh()

    def reload(self) -> None:
        """Read the to-dos anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="todos")
    async def load(self) -> None:
        """Show the to-dos; a newer call replaces an older one."""
        wanted = self.wanted
        try:
            board = await self.desk.read(lambda desk: desk.todos.board(wanted))
        except StoreError as error:
            self.report(error)
            return
        self.found = {str(todo.id): todo for todos in board.values() for todo in todos}
        clock = self.desk.clock
        follow, self.follow = self.follow, None
        self.board.set_todos(
            {number: [board_row(todo, clock) for todo in todos] for number, todos in board.items()},
            follow,
        )
        if not self.has_come and not board.get(1) and self.board.quadrant(1).has_focus:
            self.board.quadrant(next((n for n in board if board[n]), 1)).focus()
        self.has_come = True

    @property
    def card_id(self) -> int | None:
        """The card that the to-do under the cursor is for."""
        todo = self.found.get(self.board.key or "")
        return todo.card_id if todo else None

    @property
    def keys(self) -> list[int]:
        """The marked to-dos, or else the one under the cursor."""
        return [int(key) for key in self.board.quadrant(self.board.current).chosen]

    @on(QuadrantBoard.Moved)
    def move(self, message: QuadrantBoard.Moved) -> None:
        """Move to-dos to another quadrant."""
        keys, quadrant = [int(key) for key in message.keys], message.quadrant
        title = self.found[message.key].title if message.key in self.found else ""

        def told(count: int) -> str:
            self.follow = message.key
            place = _(QUADRANTS[quadrant])
            if count == 1 and len(keys) == 1:
                said = _("{title}: now “{quadrant}”; u takes back")
                return said.format(title=labels.short(title), quadrant=place)
            said = _("{count} to-dos: now “{quadrant}”; u takes back")
            return said.format(count=count, quadrant=place)

        card_actions.do(self, lambda desk: desk.todos.move(keys, quadrant), told)

    @on(QuadrantBoard.Done)
    def done(self, message: QuadrantBoard.Done) -> None:
        """Mark to-dos as done, or as open again."""
        keys = [int(key) for key in message.keys]
        if all(self.found[key].done_at for key in message.keys if key in self.found):
            card_actions.do(
                self,
                lambda desk: desk.todos.reopen(keys),
                lambda count: _("{count} open again").format(count=count),
            )
            return
        todo_actions.finish_todos(self, keys)

    @on(QuadrantBoard.Postponed)
    def postpone(self, message: QuadrantBoard.Postponed) -> None:
        """Ask until when, and put off."""
        todo_actions.postpone_todos(self, [int(key) for key in message.keys])

    @on(QuadrantBoard.Opened)
    def open_todo(self, message: QuadrantBoard.Opened) -> None:
        """Open a to-do in its form."""
        open_todo(self, int(message.key))

    @on(QuadrantBoard.NewWanted)
    def new_in_quadrant(self, message: QuadrantBoard.NewWanted) -> None:
        """Note a to-do in the quadrant with the cursor."""
        from screens.todo_entry import TodoEntry

        def noted(todo: TodoRow | None) -> None:
            if todo is not None:
                self.follow = str(todo.id)

        self.app.push_screen(TodoEntry(self.desk, None, message.quadrant), noted)

    def action_edit(self) -> None:
        """Open the to-do under the cursor in its form."""
        if self.board.key is not None:
            open_todo(self, int(self.board.key))

    def action_remark(self) -> None:
        """Tell a colleague something about the to-do under the cursor."""
        todo = int(self.board.key) if self.board.key is not None else None
        card_actions.tell_colleague(self, None, todo=todo)

    def action_log(self) -> None:
        """Log a talk with the card of the to-do."""
        card_actions.log_talk(self, self.card_id)

    def action_toggle_done(self) -> None:
        """Show those done as well, or not."""
        self.wanted = TodoQuery(everyone=self.wanted.everyone, done=not self.wanted.done)
        self.tell(_("With those done") if self.wanted.done else _("Open ones only"))
        self.load()

    def action_toggle_everyone(self) -> None:
        """Show everybody's that the member may see, or his own."""
        self.wanted = TodoQuery(everyone=not self.wanted.everyone, done=self.wanted.done)
        self.tell(_("Everybody's to-dos") if self.wanted.everyone else _("My to-dos"))
        self.load()

    def action_trash(self) -> None:
        """Take to-dos away; u brings them back."""
        from screens.card_lists import remove_entries

        remove_entries(self, "todos", self.keys)


def board_row(todo: TodoRow, clock: Clock) -> Row:
    """A to-do as the board shows it: flag, due, whose and what."""
    today = clock.today()
    due = labels.short_day(todo.due_on, today) if todo.due_on else "-"
    if todo.due_time and todo.days == 0:
        due = f"{todo.due_time:%H:%M}"
    late = todo.days is not None and todo.days < 0 and todo.done_at is None
    if late and todo.days is not None:
        due = labels.days_late(-todo.days)
    what = todo.title
    if todo.card_name and todo.card_name not in todo.title:
        what = f"{labels.short(todo.card_name, NAME)}  {what}"
    if todo.repeat:
        what += _(" (repeats)")
    flag = "x" if todo.done_at else ("!" if late or todo.days == 0 else " ")
    tone = "muted" if todo.done_at else ("warning" if late else "")
    return Row(str(todo.id), (flag, due, what), tone)
