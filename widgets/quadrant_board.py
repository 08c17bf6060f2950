"""To-dos in four quadrants by importance and urgency, two beside two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from store.language import N_, _
from widgets.cells import fit, tidy, width_of
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

QUADRANTS = {
    1: N_("Important and urgent"),
    2: N_("Important, not urgent"),
    3: N_("Urgent, not important"),
    4: N_("Neither"),
}
"""The titles of the quadrants, by number: message ids."""

DIRECTIONS = (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1))
"""The arrows, with the columns and rows that each leads on."""

NARROW = 60
"""Below so many cells the quadrants stand one under the other."""

DUE_WIDTHS = (4, 12)
"""The fewest and the most cells that the column of due dates takes."""


class BoardMessage(Message):
    """Something happened on a quadrant board."""

    def __init__(self, board: QuadrantBoard) -> None:
        super().__init__()
        self.board = board

    @property
    def control(self) -> QuadrantBoard:
        """The board it happened on."""
        return self.board


class Quadrant(RowList):
    """One of the four lists; its heading is its title and count."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"quadrant--title", "quadrant--title-focused"}
    DEFAULT_CSS = """
    Quadrant {
        height: 1fr;
        min-height: 3;
        & > .quadrant--title { color: $text-muted; text-style: bold; }
        & > .quadrant--title-focused { color: $text-accent; text-style: bold; }
        & > .row-list--cursor-blurred { color: $foreground; background: $background; }
    }
    """

    def __init__(self, number: int) -> None:
        super().__init__((), empty=N_("Nothing"), id=f"quadrant-{number}")
        self.number = number

    def heading(self) -> list[str | Content]:
        """The title and how many there are."""
        title = f" {_(QUADRANTS[self.number])} ({self.count})"
        name = "quadrant--title-focused" if self.has_focus else "quadrant--title"
        style = self.get_visual_style(name)
        return [Content(fit(title, self.size.width)).stylize(style)]

    def action_move(self, rows: int) -> None:
        """Move the cursor, and from the last row on to the quadrant below or above."""
        before = self.cursor
        super().action_move(rows)
        if self.cursor == before and isinstance(self.parent, QuadrantBoard):
            self.parent.step(self.number, rows)


class QuadrantBoard(Container):
    """Four lists of to-dos. A row has three cells: a flag, when it is due, what is to be done."""

    DEFAULT_CSS = """
    QuadrantBoard {
        layout: grid;
        grid-size: 2 2;
        grid-gutter: 1 2;
        height: 1fr;
        &.-narrow { grid-size: 1 4; grid-gutter: 0; overflow-y: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("exclamation_mark", "turn('important')", N_("Important"), id="todo.important"),
        Binding("circumflex_accent", "turn('urgent')", N_("Urgent"), id="todo.urgent"),
        *(
            Binding(
                f"shift+{direction}",
                f"move_aside({columns}, {rows})",
                N_("Move to the quadrant there"),
                show=False,
            )
            for direction, columns, rows in DIRECTIONS
        ),
        Binding("x", "done", N_("Done"), id="todo.done"),
        Binding("z", "postpone", N_("Postpone"), id="todo.postpone"),
        Binding("n,t", "add", N_("New to-do"), id="todo.new"),
        Binding("left", "step_aside(-1)", N_("Quadrant to the left"), show=False),
        Binding("right", "step_aside(1)", N_("Quadrant to the right"), show=False),
    ]

    class OfTodos(BoardMessage):
        """Something is wanted for to-dos: the marked ones, or the one under the cursor."""

        def __init__(self, board: QuadrantBoard, keys: tuple[str, ...]) -> None:
            super().__init__(board)
            self.keys = keys

        @property
        def key(self) -> str:
            """The first of them."""
            return self.keys[0]

    class Moved(OfTodos):
        """To-dos go to another quadrant."""

        def __init__(self, board: QuadrantBoard, keys: tuple[str, ...], quadrant: int) -> None:
            super().__init__(board, keys)
            self.quadrant = quadrant

    class Done(OfTodos):
        """To-dos are done."""

    class Postponed(OfTodos):
        """To-dos are put off."""

    class Opened(OfTodos):
        """A to-do was chosen."""

    class Highlighted(BoardMessage):
        """Another to-do is under the cursor; `key` is None where there is none."""

        def __init__(self, board: QuadrantBoard, key: str | None) -> None:
            super().__init__(board)
            self.key = key

    class NewWanted(BoardMessage):
        """A new to-do is wanted in a quadrant."""

        def __init__(self, board: QuadrantBoard, quadrant: int) -> None:
            super().__init__(board)
            self.quadrant = quadrant

    def compose(self) -> ComposeResult:
        """The four lists, in the order in which Tab goes through them."""
        for number in QUADRANTS:
            yield Quadrant(number)

    def on_resize(self, event: events.Resize) -> None:
        """Put the lists under each other where there is no room beside each other."""
        self.set_class(event.size.width < NARROW, "-narrow")

    def quadrant(self, number: int) -> Quadrant:
        """The list of a quadrant, 1 to 4."""
        return self.get_child_by_id(f"quadrant-{number}", Quadrant)

    @property
    def current(self) -> int:
        """The quadrant with the cursor; the first one where none has it."""
        return next((n for n in QUADRANTS if self.quadrant(n).has_focus), 1)

    @property
    def key(self) -> str | None:
        """The to-do under the cursor."""
        return self.quadrant(self.current).key

    def set_todos(self, todos: Mapping[int, Sequence[Row]], follow: str | None = None) -> None:
        """Show the to-dos of each quadrant; the cursor and marks stay where they can.

        Args:
            todos: the rows by quadrant.
            follow: the key of a to-do that the cursor goes to, wherever it is.
        """
        rows = [row for quadrant in todos.values() for row in quadrant]
        due = max((width_of(_text_of(row.cells[1])) for row in rows), default=0)
        least, most = DUE_WIDTHS
        columns = (
            Column("flag", "", 1),
            Column("due", "", min(max(due, least), most)),
            Column("title", "", 10, least=1, share=1),
        )
        for number in QUADRANTS:
            quadrant = self.quadrant(number)
            quadrant.set_columns(columns)
            shown = todos.get(number, ())
            quadrant.set_rows(shown, keep=True)
            known = {row.key for row in shown}
            quadrant.mark(key for key in quadrant.marks if key in known)
            for place, row in enumerate(shown):
                if row.key == follow:
                    quadrant.cursor = place
                    quadrant.focus()

    def step(self, number: int, rows: int) -> None:
        """Go from a quadrant to the one below it, or above it for a negative number of rows."""
        target = self._beside(number, 0, 1 if rows > 0 else -1)
        if target is not None:
            self.quadrant(target).focus()

    def _beside(self, number: int, columns: int, rows: int) -> int | None:
        """The quadrant beside, above or below one as they stand on the screen."""
        if self.has_class("-narrow"):
            target = number + rows
            return target if rows and target in QUADRANTS else None
        row, column = divmod(number - 1, 2)
        row, column = row + rows, column + columns
        return 2 * row + column + 1 if row in (0, 1) and column in (0, 1) else None

    def action_step_aside(self, columns: int) -> None:
        """Go to the quadrant beside this one."""
        row, column = divmod(self.current - 1, 2)
        if 0 <= column + columns <= 1:
            self.quadrant(2 * row + column + columns + 1).focus()

    def action_move_aside(self, columns: int, rows: int) -> None:
        """Ask to have the chosen to-dos in the quadrant in that direction."""
        target = self._beside(self.current, columns, rows)
        if target is not None and (keys := self._chosen()):
            self.post_message(self.Moved(self, keys, target))

    def action_turn(self, quality: str) -> None:
        """Ask to have the chosen to-dos important or urgent, or no longer so.

        The signs are those of the one-line entry.
        """
        row, column = divmod(self.current - 1, 2)
        row, column = (1 - row, column) if quality == "important" else (row, 1 - column)
        if keys := self._chosen():
            self.post_message(self.Moved(self, keys, 2 * row + column + 1))

    def action_done(self) -> None:
        """Say that the chosen to-dos are done."""
        if keys := self._chosen():
            self.post_message(self.Done(self, keys))

    def action_postpone(self) -> None:
        """Ask to put the chosen to-dos off."""
        if keys := self._chosen():
            self.post_message(self.Postponed(self, keys))

    def action_add(self) -> None:
        """Ask for a new to-do in this quadrant."""
        self.post_message(self.NewWanted(self, self.current))

    def _chosen(self) -> tuple[str, ...]:
        return self.quadrant(self.current).chosen

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Pass on which to-do was chosen."""
        message.stop()
        self.post_message(self.Opened(self, (message.row.key,)))

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Pass on which to-do is under the cursor, for the quadrant that has it."""
        message.stop()
        if message.row_list.has_focus:
            self.post_message(self.Highlighted(self, self.key))

    def on_descendant_focus(self) -> None:
        """Tell which to-do is under the cursor now."""
        self.post_message(self.Highlighted(self, self.key))

    def on_row_list_page_wanted(self, message: RowList.PageWanted) -> None:
        """Keep it here: all rows are known."""
        message.stop()


def _text_of(cell: str | Content) -> str:
    return tidy(cell if isinstance(cell, str) else cell.plain)
