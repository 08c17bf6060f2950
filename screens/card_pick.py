"""A window in which one card is looked for and chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from screens.list_window import ListWindow
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.background import Background

COLUMNS = (
    Column("name", "", 20, least=10, share=2, sortable=False),
    Column("number", "", 9, least=7, sortable=False),
    Column("house", "", 20, least=8, share=2, sortable=False),
)

PAUSE = 0.06
"""Seconds without a key after which the cards are searched."""

MOST = 12
"""Cards that are offered."""


class CardPick(ListWindow[int]):
    """Choose a card by name, pinyin or number; Esc chooses none."""

    DEFAULT_CSS = """
    CardPick > .dialog { width: 64; }
    """

    def __init__(self, desk: Background, title: str) -> None:
        super().__init__(desk)
        self._title = title
        self._shown_for: str | None = None
        self._chosen_early = False

    def compose(self) -> ComposeResult:
        """The question, a line to type in, and what it finds."""
        with Vertical(classes="dialog"):
            yield Static(self._title, markup=False)
            yield LineInput(placeholder=_("A customer by name or pinyin"))
            yield RowList(COLUMNS, empty=N_("Nothing found"), header=False, marking=False)

    def on_mount(self) -> None:
        """Offer those who were seen last."""
        self.find("")

    def reload(self) -> None:
        """Keep what was found."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed, once the typing pauses."""
        self.find(event.value)

    @work(exclusive=True, exit_on_error=False, group="pick")
    async def find(self, text: str) -> None:
        """Offer the cards that a text finds; a newer text replaces an older one."""
        await asyncio.sleep(PAUSE)
        try:
            cards = await self.desk.read(lambda desk: desk.cards.find(text, limit=MOST))
        except StoreError as error:
            self.report(error)
            return
        self._shown_for = text
        self.found.set_rows(
            [
                Row(str(card.id), (card.name, card.number, card.organisation or card.title))
                for card in cards
            ]
        )
        if self._chosen_early:
            self._chosen_early = False
            self.found.action_open()

    def on_input_submitted(self) -> None:
        """Take the row under the cursor, as soon as it is the one for what was typed."""
        if self._shown_for == self.query_one(LineInput).value:
            self.found.action_open()
        else:
            self._chosen_early = True

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Give back what was chosen."""
        self.dismiss(int(message.row.key))


def pick_card(screen: BaseScreen[Any], title: str, then: Callable[[int], object]) -> None:
    """Have a card chosen, and go on with it."""

    def chosen(card: int | None) -> None:
        if card is not None:
            then(card)

    screen.app.push_screen(CardPick(screen.desk, title), chosen)
