"""A window with a line to type in, and under it the list of what the typing finds."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from screens.base import Dialog, Result
from store.language import N_
from widgets.row_list import RowList


class ListWindow(Dialog[Result]):
    """The cursor stays in the line while the arrows move through the list."""

    DEFAULT_CSS = """
    ListWindow {
        & > .dialog { padding: 0 1; }
        & RowList { background: $surface; margin-top: 1; }
        & RowList > .row-list--cursor-blurred {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "LineInput"
    BESIDES: ClassVar[int] = 6
    """Rows that the window needs for its edge, its heading and the line."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Row up"), show=False),
        Binding("down", "move(1)", N_("Row down"), show=False),
        Binding("pageup", "turn(-1)", N_("Page up"), show=False),
        Binding("pagedown", "turn(1)", N_("Page down"), show=False),
    ]

    @property
    def found(self) -> RowList:
        """What was found."""
        return self.query_one(RowList)

    @property
    def rows_wanted(self) -> int:
        """Rows of the list where the terminal has room for them, its heading among them."""
        return 13

    def on_resize(self) -> None:
        """Have the list no higher than what the terminal has room for."""
        room = self.size.height * 9 // 10 - self.BESIDES
        self.found.styles.height = max(1, min(self.rows_wanted, room))

    def action_move(self, rows: int) -> None:
        """Move the cursor in the list, while the typing goes on."""
        self.found.action_move(rows)

    def action_turn(self, pages: int) -> None:
        """Move the cursor in the list by a page."""
        self.found.action_turn(pages)
