"""A line that is on or off: a box with or without a cross, and what it means."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.language import N_
from widgets.cells import tidy


class CheckLine(Widget, can_focus=True):
    """One line with a box; the space bar, or a click, turns it on and off."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"check-line--focused"}
    DEFAULT_CSS = """
    CheckLine {
        height: 1;
        & > .check-line--focused {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    CheckLine:nocolor > .check-line--focused { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", N_("On or off")),
        Binding("enter", "enter", N_("Go on"), show=False),
    ]

    on: reactive[bool] = reactive(False)
    """Whether the cross is in the box."""

    class Turned(Message):
        """The line was turned on or off."""

        def __init__(self, line: CheckLine, on: bool) -> None:
            super().__init__()
            self.line = line
            self.on = on

        @property
        def control(self) -> CheckLine:
            """The line that was turned."""
            return self.line

    class Entered(Message):
        """Enter was pressed: the line stays as it is, and what comes next is wanted."""

        def __init__(self, line: CheckLine) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> CheckLine:
            """The line that was left as it is."""
            return self.line

    def __init__(self, title: str, on: bool = False, *, id: str | None = None) -> None:
        """Make a line.

        Args:
            title: what it means, in the language spoken now; any text is safe.
            on: whether it is on at first.
            id: as of any widget.
        """
        super().__init__(id=id)
        self._title = tidy(title)
        self.set_reactive(CheckLine.on, on)

    def set_title(self, title: str) -> None:
        """Say something else; a text in the language spoken now."""
        self._title = tidy(title)
        self.refresh()

    def render(self) -> Content:
        """The line."""
        text = f"[{'x' if self.on else ' '}] {self._title}"
        if not self.has_focus:
            return Content(text)
        return Content.styled(text, self.get_visual_style("check-line--focused"))

    def action_turn(self) -> None:
        """Turn it on, or off."""
        self.on = not self.on
        self.post_message(self.Turned(self, self.on))

    def action_enter(self) -> None:
        """Say that the line stays as it is."""
        self.post_message(self.Entered(self))

    def on_click(self, _event: events.Click) -> None:
        """Turn it on, or off."""
        self.action_turn()
