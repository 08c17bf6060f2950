"""A window with a long list, which letters and pinyin make short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from screens.list_window import ListWindow
from store import pinyin
from store.language import N_
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background

COLUMNS = (
    Column("title", "", 30, least=16, share=1, sortable=False),
    Column("key", "", 20, least=8, sortable=False),
)


class Pick(ListWindow[str]):
    """Choose one of many by a part of its name, its pinyin or initials; Esc chooses none."""

    DEFAULT_CSS = """
    Pick > .dialog { width: 64; }
    """

    def __init__(
        self,
        desk: Background,
        title: str,
        choices: Sequence[tuple[str, str]],
        current: str = "",
    ) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            title: what is asked, in the language spoken now.
            choices: what comes back, and how it is shown; any text is safe.
            current: the one that is highlighted first.
        """
        super().__init__(desk)
        self._title = title
        self._choices = tuple(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        """The question, a line to type in, and the choices."""
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False)
            yield LineInput()
            yield RowList(COLUMNS, empty=N_("Nothing found"), header=False, marking=False)

    def on_mount(self) -> None:
        """Offer everything, what holds now under the cursor."""
        self.offer("")
        places = [value for value, _title in self._choices]
        if self._current in places:
            self.found.cursor = places.index(self._current)

    def reload(self) -> None:
        """Keep what is offered."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits."""
        self.offer(event.value)

    def offer(self, text: str) -> None:
        """Show the choices that a text means; those that are called so come first."""
        wanted = text.strip()
        fitting = [
            (value, title)
            for value, title in self._choices
            if not wanted or value.startswith(wanted.casefold()) or pinyin.matches(wanted, title)
        ]
        fitting.sort(key=lambda choice: not _is_called(choice, wanted))
        self.found.set_rows([Row(value, (title, value)) for value, title in fitting])

    def on_input_submitted(self) -> None:
        """Take the row under the cursor."""
        self.found.action_open()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Give back what was chosen."""
        self.dismiss(message.row.key)


def _is_called(choice: tuple[str, str], text: str) -> bool:
    return text.casefold() in (choice[0].casefold(), choice[1].casefold())
