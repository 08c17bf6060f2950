"""A small window with a list to choose from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from store.language import N_

Chosen = TypeVar("Chosen", bound=Hashable)


class Choose(ModalScreen[Chosen | None], Generic[Chosen]):
    """Choose one of several with the arrows and Enter, or by its letter; Esc chooses none."""

    DEFAULT_CSS = """
    Choose {
        align: center middle;
        background: transparent;
        & > Vertical {
            width: auto;
            min-width: 24;
            max-width: 90%;
            height: auto;
            max-height: 90%;
            border: solid $primary;
            background: $surface;
        }
        & Static { width: auto; padding: 0 1; text-style: bold; }
        & OptionList { width: auto; min-width: 100%; max-width: 100%; height: auto; }
        & OptionList, & OptionList:focus { border: none; padding: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", N_("Back"), id="choose.back"),
        Binding("j", "down", N_("Row down"), show=False),
        Binding("k", "up", N_("Row up"), show=False),
    ]

    LETTERS = "123456789abcdefghilmnoprstuvwxyz"
    """What is pressed for the first, second, third choice; j, k and q have other uses."""

    def __init__(
        self, title: str, choices: Sequence[tuple[Chosen, str]], current: Chosen | None = None
    ) -> None:
        """Make the window.

        Args:
            title: what is asked, in the language spoken now.
            choices: what comes back, and how it is shown; any text is safe.
            current: the one that is highlighted first.
        """
        super().__init__()
        self._title = title
        self._choices = list(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        """The title and the choices."""
        options = []
        for place, (_value, text) in enumerate(self._choices):
            letter = self.LETTERS[place] if place < len(self.LETTERS) else " "
            options.append(Option(Content.styled(letter, "$text-muted") + f" {text}"))
        with Vertical():
            yield Static(Content(self._title))
            yield OptionList(*options)

    def on_mount(self) -> None:
        """Highlight what holds now."""
        values = [value for value, _text in self._choices]
        listed = self.query_one(OptionList)
        listed.highlighted = values.index(self._current) if self._current in values else 0
        listed.focus()

    def on_resize(self) -> None:
        """Have the list scroll where the window is as high as the terminal allows."""
        fit_list(self, 24, 3)

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Give back what was chosen."""
        self.dismiss(self._choices[event.option_index][0])

    def key_letter(self, character: str) -> bool:
        """Choose by a letter; False when it stands for none."""
        place = self.LETTERS.find(character)
        if 0 <= place < len(self._choices):
            self.dismiss(self._choices[place][0])
            return True
        return False

    def on_key(self, event: events.Key) -> None:
        """Take the letters that stand before the choices."""
        if event.character and self.key_letter(event.character):
            event.stop()

    def action_down(self) -> None:
        """Highlight the next choice."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Highlight the choice before."""
        self.query_one(OptionList).action_cursor_up()

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def fit_list(window: Screen[Any], most: int, besides: int) -> None:
    """Let the list of a window be no higher than what the terminal has room for.

    Args:
        window: a screen with one list.
        most: rows that the list has where there is room.
        besides: rows that the window needs for other things.
    """
    room = window.size.height * 9 // 10 - besides
    listed = window.query_one(OptionList)
    listed.styles.max_height = max(1, min(most, room))
    if listed.highlighted is not None:
        window.call_after_refresh(listed.scroll_to_highlight)
