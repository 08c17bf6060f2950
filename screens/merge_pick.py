"""Which card another one is merged with: those that look alike first, the others by typing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from screens.list_window import ListWindow
from store.errors import StoreError
from store.language import N_, _
from store.merge_words import why_alike
from store.records.cards import CardQuery
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow, Duplicate

PAUSE = 0.06
"""Seconds without a key after which the cards are searched."""

MOST = 20
"""Cards that are offered."""

COLUMNS = (
    Column("card", "", 34, least=16, share=2, sortable=False),
    Column("why", "", 20, least=8, share=1, sortable=False),
)


class PickTwin(ListWindow[int]):
    """Gives the id of the card that is the same customer; Esc gives none."""

    DEFAULT_CSS = """
    PickTwin > .dialog { width: 72; }
    """

    def __init__(self, desk: Background, card: int, kind: str, name: str) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            card: the id of the card that is to be merged.
            kind: its kind; only cards of the same are offered.
            name: what it is called.
        """
        super().__init__(desk)
        self.card = card
        self.kind = kind
        self.called = name
        self.alike: list[tuple[CardRow, Duplicate]] | None = None

    def compose(self) -> ComposeResult:
        """What is asked, a line to type in, and the cards."""
        with Vertical(classes="dialog"):
            question = _("Which card is the same customer as {name}?")
            yield Static(question.format(name=self.called), markup=False)
            yield LineInput(placeholder=_("Name, pinyin, number or phone"))
            empty = N_("No card looks alike: type a name")
            yield RowList(COLUMNS, empty=empty, header=False, marking=False)

    def on_mount(self) -> None:
        """Offer the cards that look alike."""
        self.find("")

    def reload(self) -> None:
        """Keep what is offered."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what is typed, once the typing pauses."""
        self.find(event.value)

    @work(exclusive=True, exit_on_error=False, group="open")
    async def find(self, text: str) -> None:
        """Offer the cards that look alike, or those that a text finds."""
        if text.strip():
            await asyncio.sleep(PAUSE)
        try:
            if not text.strip():
                self.offer_alike(await self.desk.read(self._alike))
            else:
                self.offer(await self.desk.read(lambda desk: self._found(desk, text)))
        except StoreError as error:
            self.report(error)

    def _alike(self, desk: Desk) -> list[tuple[CardRow, Duplicate]]:
        if self.alike is None:
            found = desk.merging.alike(self.card, MOST)
            rows = desk.cards.rows([each.card_id for each in found])
            self.alike = [(rows[each.card_id], each) for each in found if each.card_id in rows]
        return self.alike

    def _found(self, desk: Desk, text: str) -> list[CardRow]:
        wanted = CardQuery(text=text, kind=self.kind)
        return [row for row in desk.cards.page(wanted, 0, MOST + 1) if row.id != self.card]

    def offer_alike(self, alike: list[tuple[CardRow, Duplicate]]) -> None:
        """Show the cards that look alike, with why."""
        self.found.set_rows([_row(card, why_alike(why, self.kind)) for card, why in alike])

    def offer(self, cards: list[CardRow]) -> None:
        """Show the cards that were found."""
        self.found.set_rows([_row(card, card.owner) for card in cards])

    def on_input_submitted(self) -> None:
        """Take the card under the cursor."""
        self.found.action_open()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Give back which card it is."""
        self.dismiss(int(message.row.key))


def _row(card: CardRow, why: str) -> Row:
    words = (card.number, card.name, card.organisation or card.title or card.phone)
    return Row(str(card.id), ("  ".join(word for word in words if word), why))
