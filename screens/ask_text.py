"""A small window that asks for one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from store.errors import BadInput
from store.language import N_, _
from widgets.text_input import LineInput


class AskText(ModalScreen[str | None]):
    """Asks for one line; Enter gives it back without blanks around it, Esc gives None.

    Args:
        question: what stands above the line.
        value: what stands in the line at first.
        optional: whether an empty line is an answer, "".
        check: raises `BadInput` for a line that is none; the window then stays, and says why.
    """

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
        & #wrong { color: $error; display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Back"), id="ask.back"),
    ]

    def __init__(
        self,
        question: str,
        value: str = "",
        *,
        optional: bool = False,
        check: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._optional = optional
        self._check = check

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical():
            yield Static(Content(self._question))
            yield LineInput(self._value)
            yield Static(id="wrong", markup=False)

    @on(Input.Submitted)
    def answered(self, event: Input.Submitted) -> None:
        """Give the line back, unless it is none: then the window stays, and all before it too."""
        text = event.value.strip()
        try:
            if text and self._check is not None:
                self._check(text)
        except BadInput as error:
            self._complain(str(error))
        else:
            if text or self._optional:
                self.dismiss(text)
            else:
                self._complain(_("A few words, or Esc to leave it"))

    def _complain(self, why: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(why)
        wrong.display = True

    def action_cancel(self) -> None:
        """Give no answer."""
        self.dismiss(None)
