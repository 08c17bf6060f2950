"""A line for the path of a file."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from store.language import N_
from widgets.text_input import LineInput


class PathInput(LineInput):
    """A line in which Tab asks to have the path completed, and the arrows move in a list below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", N_("Complete the path"), id="path.complete"),
        Binding("up", "move(-1)", N_("Row up"), show=False),
        Binding("down", "move(1)", N_("Row down"), show=False),
        Binding("pageup", "turn(-1)", N_("Page up"), show=False),
        Binding("pagedown", "turn(1)", N_("Page down"), show=False),
    ]

    class Completed(Message):
        """Tab was pressed; the owner puts the longer path in, if there is one."""

        def __init__(self, line: PathInput) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> PathInput:
            """The line in which it was pressed."""
            return self.line

    class Moved(Message):
        """An arrow was pressed: so many rows down in the list below, or pages."""

        def __init__(self, line: PathInput, rows: int, *, pages: bool = False) -> None:
            super().__init__()
            self.line = line
            self.rows = rows
            self.pages = pages

        @property
        def control(self) -> PathInput:
            """The line in which it was pressed."""
            return self.line

    def action_complete(self) -> None:
        """Ask for the rest of the path."""
        self.post_message(self.Completed(self))

    def action_move(self, rows: int) -> None:
        """Move in the list below."""
        self.post_message(self.Moved(self, rows))

    def action_turn(self, pages: int) -> None:
        """Turn the list below by pages."""
        self.post_message(self.Moved(self, pages, pages=True))

    def put(self, path: str) -> None:
        """Show another path, the cursor behind it."""
        self.value = path
        self.cursor_position = len(path)
