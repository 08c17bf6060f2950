"""A small window that asks for one line."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from store.language import N_
from widgets.text_input import LineInput


class AskText(ModalScreen[str | None]):
    """Asks for one line; Enter gives it back without blanks around it, Esc gives None."""

    DEFAULT_CSS = """
    AskText {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: 50;
            max-width: 90%;
            height: auto;
            padding: 0 1;
            border: solid $primary;
            background: $surface;
        }
        & LineInput { background: $boost; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Back"), id="ask.back"),
    ]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical():
            yield Static(Content(self._question))
            yield LineInput(self._value)

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        """Give the line back; an empty one is no answer."""
        self.dismiss(event.value.strip() or None)

    def action_cancel(self) -> None:
        """Give no answer."""
        self.dismiss(None)
