"""The command palette: type a few letters of what you want, a card or something to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from screens.base import BaseScreen
from screens.commands import Command, commands_of, matching
from screens.list_window import ListWindow
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.records.cards import CardRow

PAUSE = 0.06
"""Seconds without a key after which the cards are searched."""

CARDS = 8
"""So many cards are offered."""

COLUMNS = (
    Column("what", "", 30, least=16, share=2, sortable=False),
    Column("detail", "", 20, least=8, share=1, sortable=False),
)


class Palette(ListWindow[None]):
    """Offers what can be done on the screen below, and cards by name, pinyin or number."""

    DEFAULT_CSS = """
    Palette {
        align: center top;
        & > .dialog { width: 72; margin-top: 2; }
    }
    """

    def __init__(self, desk: Background, below: BaseScreen[Any]) -> None:
        """Make the palette.

        Args:
            desk: as of every screen.
            below: the screen whose commands are offered.
        """
        super().__init__(desk)
        self.commands = commands_of(below)
        self._shown: dict[str, Command | int] = {}
        self._shown_for: str | None = None
        self._chosen_early = False

    def compose(self) -> ComposeResult:
        """A line to type in, and what it finds."""
        with Vertical(classes="dialog"):
            yield LineInput(placeholder=_("A command, or a customer by name or pinyin"))
            yield RowList(COLUMNS, empty=N_("Nothing found"), header=False)

    def on_mount(self) -> None:
        """Offer everything that can be done."""
        self.offer("", matching(self.commands, ""), [])

    def reload(self) -> None:
        """Keep what was found: coming back changes nothing."""

    def cards_changed(self, cards: frozenset[int]) -> None:
        """Find anew what is typed; the cursor stays with what it is on."""
        self.find(self.query_one(LineInput).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed, once the typing pauses."""
        self.find(event.value)

    @work(exclusive=True, exit_on_error=False, group="palette")
    async def find(self, text: str) -> None:
        """Offer the commands and cards that a text finds; a newer text replaces an older one."""
        await asyncio.sleep(PAUSE)
        cards: list[CardRow] = []
        if text.strip():
            try:
                cards = await self.desk.read(lambda desk: desk.cards.find(text, limit=CARDS))
            except StoreError as error:
                self.report(error)
        self.offer(text, matching(self.commands, text), cards)

    def offer(self, text: str, commands: list[Command], cards: list[CardRow]) -> None:
        """Show what was found for a text."""
        is_same = text == self._shown_for
        self._shown_for = text
        self._shown = {}
        rows = []
        for card in cards:
            key = f"card {card.id}"
            self._shown[key] = card.id
            detail = card.organisation or card.title or card.phone
            rows.append(Row(key, (f"{card.name}  {card.number}", detail), "strong"))
        for command in commands:
            key = f"command {command.title}"
            self._shown[key] = command
            rows.append(Row(key, (command.title, command.keys)))
        self.found.set_rows(rows, keep=is_same)
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
        """Close the palette and do what was chosen."""
        chosen = self._shown.get(message.row.key)
        if chosen is None:
            return
        self.dismiss(None)
        if isinstance(chosen, Command):
            self.app.call_later(chosen.run)
        else:
            self.app.call_later(self.shell.open_card, chosen)
