"""A few choices beside each other, one of which is taken by a key, Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.language import N_
from widgets.cells import tidy, width_of


class Choice(NamedTuple):
    """One of the choices."""

    key: str
    """The letter that takes it; it also names it to the owner."""
    title: str
    """What it is called, in the language spoken now."""


class ChoiceRow(Widget, can_focus=True):
    """One line of choices: left and right go through them, Enter takes the present one."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-row--current", "choice-row--key"}
    DEFAULT_CSS = """
    ChoiceRow {
        height: 1;
        & > .choice-row--key { color: $text-accent; }
        & > .choice-row--current {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
    }
    ChoiceRow:nocolor > .choice-row--current { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,shift+tab", "step(-1)", N_("Choice before"), show=False),
        Binding("right,down,tab", "step(1)", N_("Next choice"), show=False),
        Binding("enter,space", "take", N_("Choose")),
    ]

    current: reactive[int] = reactive(0)
    """The index of the choice that Enter takes."""

    class Taken(Message):
        """A choice was taken; `key` is its letter."""

        def __init__(self, row: ChoiceRow, key: str) -> None:
            super().__init__()
            self.row = row
            self.key = key

        @property
        def control(self) -> ChoiceRow:
            """The row it was taken in."""
            return self.row

    def __init__(self, choices: Sequence[Choice], current: int = 0) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self.set_reactive(ChoiceRow.current, current)

    def _texts(self) -> list[str]:
        return [f" {choice.key} {tidy(choice.title)} " for choice in self._choices]

    def render(self) -> Content:
        """The line."""
        key_style = self.get_visual_style("choice-row--key", partial=True)
        chosen = self.get_visual_style("choice-row--current")
        line = Content()
        for index, (choice, text) in enumerate(zip(self._choices, self._texts(), strict=True)):
            if index == self.current:
                line += Content.styled(text, chosen)
            else:
                shown = Content(text)
                line += shown.stylize(key_style, 1, 1 + len(choice.key))
            line += "  "
        return line

    def action_step(self, steps: int) -> None:
        """Go to the next choice, or back for a negative number; from the last on to the first."""
        self.current = (self.current + steps) % len(self._choices)

    def action_take(self) -> None:
        """Take the present choice."""
        self.post_message(self.Taken(self, self._choices[self.current].key))

    def on_key(self, event: events.Key) -> None:
        """Take the choice whose letter was pressed."""
        letter = (event.character or "").lower()
        if any(choice.key == letter for choice in self._choices):
            event.stop()
            self.post_message(self.Taken(self, letter))

    def on_click(self, event: events.Click) -> None:
        """Take the choice under the mouse."""
        start = 0
        for choice, text in zip(self._choices, self._texts(), strict=True):
            if start <= event.x < start + width_of(text):
                self.post_message(self.Taken(self, choice.key))
            start += width_of(text) + 2
