"""The rows of a field as lines, one of which the cursor is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from widgets.cells import fit


@dataclass(frozen=True, slots=True)
class Line:
    """What one row looks like."""

    text: str
    mark: str = " "
    """A sign before it: `!` something is wrong, `-` taken away, `+` a row to come."""


class RowLines(Widget, can_focus=True):
    """Lines of equal height beside a label. Letters typed here are no keys of the program."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-lines--cursor", "row-lines--wrong"}
    DEFAULT_CSS = """
    RowLines {
        height: auto;
        & > .row-lines--cursor { background: $surface; text-style: bold; }
        & > .row-lines--wrong { color: $text-error; }
    }
    """

    class Clicked(Message):
        """A line was clicked."""

        def __init__(self, lines: RowLines, place: int) -> None:
            super().__init__()
            self.lines = lines
            self.place = place

    def __init__(self, label_width: int) -> None:
        super().__init__()
        self.label_width = label_width
        self.label = ""
        self.is_current = False
        """Whether the cursor is somewhere in these rows, or in one of them."""
        self.cursor = -1
        """The line that the cursor is on; -1 for none."""
        self._lines: Sequence[Line] = ()

    def show(self, label: str, lines: Sequence[Line], cursor: int = -1) -> None:
        """Show these lines.

        Args:
            label: stands beside the first line; a field with a label has a line always.
            lines: the rows.
            cursor: the line that the cursor is on; -1 for none.
        """
        before = self._height
        self.label, self._lines, self.cursor = label, lines, cursor
        self.display = self._height > 0
        self.clear_cached_dimensions()
        self.refresh(layout=self._height != before)

    @property
    def _height(self) -> int:
        return max(len(self._lines), 1 if self.label else 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each row."""
        return self._height

    @property
    def cursor_line(self) -> Region:
        """Where the cursor is within the widget."""
        return Region(0, max(0, self.cursor), self.size.width, 1)

    def render(self) -> Content:
        """The label and the lines."""
        return Content("\n").join(self._line(place) for place in range(self._height))

    def _line(self, place: int) -> Content:
        label = fit(self.label if place == 0 else "", self.label_width) + " "
        style = "bold $text-accent" if self.is_current else "$text-muted"
        head = Content.styled(label, style)
        if place >= len(self._lines):
            return head
        line = self._lines[place]
        here = place == self.cursor and self.has_focus
        room = self.size.width - self.label_width - 1
        text = fit(f"{'>' if here else line.mark} {line.text}", room)
        if here:
            return head + Content.styled(text, self.get_visual_style("row-lines--cursor"))
        if line.mark == "!":
            wrong = self.get_visual_style("row-lines--wrong", partial=True)
            return head + Content.styled(text, wrong)
        if line.mark == "-":
            return head + Content.styled(text, "$text-muted strike")
        return head + Content.styled(text, "$text-muted" if line.mark == "+" else "")

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters do nothing here: somebody who types would not know that they are keys."""
        return character is not None and character.isprintable()

    def on_click(self, event: events.Click) -> None:
        """Ask for the row under the mouse."""
        event.stop()
        self.post_message(self.Clicked(self, event.y))
