"""The customers: search as you type, filters, sorting, a preview of the chosen card."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.reactive import var
from textual.widgets import Input, Static

from screens.base import SectionScreen
from screens.card_filters import described
from screens.card_preview import preview
from screens.card_rows import SORT_OF, card_row, columns
from store.errors import StoreError
from store.language import N_, _
from store.records.cards import SORTS, CardQuery
from widgets.row_list import RowList
from widgets.row_pages import PAGE
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

TYPING_PAUSE = 0.06
"""Seconds without a key after which what was typed is searched."""

SETTING = "cards.query"
"""The member's setting that keeps filters and sorting."""


class Cards(SectionScreen):
    """Every card the member sees, found by two letters."""

    SECTION = "cards"
    HELP = N_(
        "Type / and two letters: of the name, of its pinyin initials, or the last four digits of "
        "a phone. Enter opens the briefing. Space marks rows, and what you do next is done to all "
        "of them."
    )

    DEFAULT_CSS = """
    Cards {
        #search-line { height: 1; }
        #search-label { width: auto; padding: 0 1; color: $text-muted; }
        #search { width: 1fr; }
        #summary { width: auto; max-width: 60%; padding: 0 1; color: $text-muted; }
        #main { height: 1fr; layout: vertical; }
        #preview { height: 4; padding: 0 1; border-top: solid $panel; }
        &.-wide #main { layout: horizontal; }
        &.-wide #preview {
            width: 38%;
            height: 1fr;
            border-top: none;
            border-left: solid $panel;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", N_("Filter"), id="cards.filter"),
        Binding("s", "sort", N_("Sort"), id="cards.sort"),
        Binding("m", "toggle_mine", N_("Mine or all"), id="cards.mine", show=False),
        Binding("a", "act", N_("More"), id="cards.act"),
        Binding("delete,d", "trash", N_("Trash"), id="cards.trash", show=False),
    ]

    wanted: var[CardQuery] = var(CardQuery())
    """What is shown."""

    def compose_body(self) -> ComposeResult:
        """The search line, the list, the preview."""
        with Horizontal(id="search-line"):
            yield Static(id="search-label")
            yield LineInput(id="search")
            yield Static(id="summary")
        with Container(id="main"):
            yield RowList(columns(), empty=N_("No cards yet: n enters the first one"), id="cards")
            yield Static(id="preview")

    @property
    def list(self) -> RowList:
        """The list of cards."""
        return self.query_one("#cards", RowList)

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.rows: dict[int, CardRow] = {}
        """The cards of the pages that came, by id."""
        self.total = 0
        """How many cards there are without filters."""
        self.restored = False
        """Whether the filters of the last time were taken up."""

    def on_mount(self) -> None:
        """Let the list have the keys."""
        self.list.focus()

    def arrive(self, wish: str) -> None:
        """Come here to search."""
        if wish == "search":
            self.action_search()

    def reload(self) -> None:
        """Show what holds now; the cursor stays with its card."""
        if self.restored:
            self.ask(keep=True)
        else:
            self.restore_query()

    def relabel(self) -> None:
        """Write the texts of the screen in the language spoken now."""
        self.query_one("#search-label", Static).update(Content(_("Search:")))
        self.show_summary()
        self.list.set_columns(columns())

    def on_resize(self) -> None:
        """Write the preview for the room it has."""
        self.call_after_refresh(self.preview_current)

    # The query

    @work(exit_on_error=False, group="cards.restore")
    async def restore_query(self) -> None:
        """Show what the member chose the last time."""
        try:
            kept = await self.desk.read(lambda desk: desk.settings.get(SETTING))
        except StoreError as error:
            self.report(error)
            return
        self.restored = True
        if isinstance(kept, dict):
            self.wanted = query_from(kept, self.wanted.text)
        self.ask()

    def change_query(self, query: CardQuery) -> None:
        """Show another choice of cards, and keep its filters for the next time."""
        self.wanted = query
        self.ask()
        self.keep_query(query)

    @work(exclusive=True, exit_on_error=False, group="cards.keep")
    async def keep_query(self, query: CardQuery) -> None:
        """Keep filters and sorting; not the text, nor a look into the trash."""
        kept = asdict(replace(query, text="", trashed=False))
        try:
            await self.desk.write(lambda desk: desk.settings.set(SETTING, kept))
        except StoreError as error:
            self.report(error)

    @work(exclusive=True, exit_on_error=False, group="cards.ask")
    async def ask(self, pause: float = 0.0, *, keep: bool = False) -> None:
        """Count the cards and show the first page; a newer question replaces an older one."""
        if pause:
            await asyncio.sleep(pause)
        query = self.wanted
        try:
            count, total, first = await self.desk.read(lambda desk: answer(desk, query))
        except StoreError as error:
            self.report(error)
            return
        self.total = total
        if not keep:
            self.rows = {}
        self.remember(first)
        rows = [card_row(card, self.desk.clock) for card in first]
        self.list.set_empty(self.empty_text(query))
        self.list.set_source(count, keep=keep, pages={0: rows})
        column = next((c.key for c in columns() if c.key == query.sort), None)
        self.list.set_sorting(column, descending=query.reverse)
        self.show_summary()
        self.preview_current()

    @staticmethod
    def empty_text(query: CardQuery) -> str:
        """What stands in an empty list: what to do about it."""
        if query.trashed:
            return N_("The trash is empty")
        if query.text:
            return N_("Nothing found: n enters a new card")
        if query != CardQuery(sort=query.sort, reverse=query.reverse):
            return N_("No card passes the filter: f changes it")
        return N_("No cards yet: n enters the first one")

    def remember(self, cards: list[CardRow]) -> None:
        """Keep the cards of a page for the preview; no more than a few pages."""
        if len(self.rows) > 20 * PAGE:
            self.rows = {}
        self.rows.update({card.id: card for card in cards})

    @on(RowList.PageWanted)
    def want_page(self, message: RowList.PageWanted) -> None:
        """Fetch a page that is looked at."""
        self.fetch(message.page, message.edition, self.wanted)

    @work(exit_on_error=False, group="cards.page")
    async def fetch(self, page: int, edition: int, query: CardQuery) -> None:
        """Fetch one page of the list."""
        try:
            found = await self.desk.read(lambda desk: desk.cards.page(query, page * PAGE, PAGE))
        except StoreError as error:
            self.report(error)
            return
        self.remember(found)
        self.list.put_page(page, [card_row(card, self.desk.clock) for card in found], edition)

    def show_summary(self) -> None:
        """Say what the list shows: the filters, and how many of how many."""
        words = [*described(self.wanted), f"{self.list.count} / {self.total}"]
        self.query_one("#summary", Static).update(Content(" · ".join(words)))

    # Typing

    def action_search(self) -> None:
        """Go to the search line."""
        search = self.query_one("#search", LineInput)
        search.focus()
        search.action_select_all()

    @on(Input.Changed, "#search")
    def typed(self, event: Input.Changed) -> None:
        """Search what stands there, once the typing pauses."""
        if event.value != self.wanted.text:
            self.wanted = replace(self.wanted, text=event.value)
            self.ask(TYPING_PAUSE)

    @on(Input.Submitted, "#search")
    def chosen_from_search(self) -> None:
        """Enter in the search line opens the first card."""
        self.list.focus()
        self.open_when_found()

    @work(exclusive=True, exit_on_error=False, group="cards.open")
    async def open_when_found(self) -> None:
        """Open what the whole text finds, even when Enter came before the answer."""
        query = self.wanted
        try:
            first = await self.desk.read(lambda desk: desk.cards.page(query, 0, 1))
        except StoreError as error:
            self.report(error)
            return
        if first:
            self.open_card(first[0].id)

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move through the list while the search line has the cursor."""
        if self.focused is not self.query_one("#search") or not self.list.count:
            return
        moves = {"down": self.list.action_move, "up": self.list.action_move}
        if event.key in moves:
            moves[event.key](1 if event.key == "down" else -1)
        elif event.key in ("pagedown", "pageup"):
            self.list.action_turn(1 if event.key == "pagedown" else -1)
        else:
            return
        event.stop()
        event.prevent_default()

    def action_back(self) -> None:
        """Leave the search line; then clear the text; then take the marks away."""
        search = self.query_one("#search", LineInput)
        if search.has_focus:
            self.list.focus()
        elif search.value:
            search.value = ""
        elif self.list.marks:
            self.list.clear_marks()
        elif self.wanted.trashed:
            self.change_query(replace(self.wanted, trashed=False))

    def action_new(self) -> None:
        """Enter a card: a person's, or an organisation's."""
        from screens.card_actions import enter_card

        enter_card(self, self.wanted.text)

    # The chosen card

    @property
    def card_id(self) -> int | None:
        """The card under the cursor."""
        key = self.list.key
        return int(key) if key else None

    @property
    def card_ids(self) -> list[int]:
        """The marked cards, or else the one under the cursor."""
        return [int(key) for key in self.list.chosen]

    @on(RowList.Highlighted)
    def preview_current(self) -> None:
        """Show the card under the cursor beside or below the list."""
        card = self.rows.get(self.card_id or 0)
        shown = preview(card, self.desk.clock, wide=self.has_class("-wide")) if card else Content()
        self.query_one("#preview", Static).update(shown)

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Enter opens a card at its briefing."""
        self.open_card(int(message.row.key))

    @on(RowList.SortWanted)
    def sort_by_column(self, message: RowList.SortWanted) -> None:
        """A click on a heading sorts by it, a second one the other way round."""
        column = SORT_OF.get(message.column, message.column)
        if column in SORTS:
            same = self.wanted.sort == column
            reverse = not self.wanted.reverse if same else False
            self.change_query(replace(self.wanted, sort=column, reverse=reverse))

    # What can be done here

    def action_toggle_mine(self) -> None:
        """Show one's own cards, or all."""
        self.change_query(replace(self.wanted, mine=not self.wanted.mine))

    def action_sort(self) -> None:
        """Choose the order of the list."""
        from screens.card_filters import SortChoice

        def sort(chosen: tuple[str, bool] | None) -> None:
            if chosen is not None:
                self.change_query(replace(self.wanted, sort=chosen[0], reverse=chosen[1]))

        self.app.push_screen(SortChoice(self.wanted.sort, self.wanted.reverse), sort)

    def action_filter(self) -> None:
        """Choose which cards are shown."""
        from screens.card_filters import FilterChoice

        def choose(query: CardQuery | None) -> None:
            if query is not None:
                self.change_query(query)

        self.app.push_screen(FilterChoice(self.desk, self.wanted), choose)

    def action_edit(self) -> None:
        """Edit the card under the cursor."""
        from screens.card_actions import edit_card

        if self.card_id is not None:
            edit_card(self, self.card_id)

    def action_log(self) -> None:
        """Log a talk with the card under the cursor."""
        from screens.card_actions import log_talk

        log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do for the card under the cursor."""
        from screens.card_actions import add_todo

        add_todo(self, self.card_id)

    def action_act(self) -> None:
        """Choose something to do with the marked cards, or the one under the cursor."""
        from screens.card_actions import act_on_cards

        if self.card_ids:
            act_on_cards(self, self.card_ids, trashed=self.wanted.trashed)

    def action_trash(self) -> None:
        """Put cards into the trash, or take them out of it."""
        from screens.card_actions import restore_cards, trash_cards

        if self.card_ids:
            (restore_cards if self.wanted.trashed else trash_cards)(self, self.card_ids)


def answer(desk: Desk, query: CardQuery) -> tuple[int, int, list[CardRow]]:
    """How many cards a query finds, how many there are, and the first page."""
    shown = desk.cards.count(query)
    whole = CardQuery(trashed=query.trashed)
    total = shown if query == whole else desk.cards.count(whole)
    return shown, total, desk.cards.page(query, 0, PAGE)


def query_from(kept: dict[str, Any], text: str) -> CardQuery:
    """The query that was kept, for another text; what this version does not know is left out."""
    known = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in kept.items()
        if key in CardQuery.__dataclass_fields__
    }
    return replace(CardQuery(**known), text=text)
