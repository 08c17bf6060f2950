"""A section that is one long list: searched as you type, paged from the box, with a preview."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from screens.base import SectionScreen
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import PAGE, Row
from widgets.steady_text import SteadyText
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

Query = TypeVar("Query")
Item = TypeVar("Item")

Pages = dict[int, list[Item]]
"""Items by the number of their page."""

TYPING_PAUSE = 0.06
"""Seconds without a key after which what was typed is searched."""


class SearchLine(LineInput):
    """The line above a list; its keys are shown while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Open")),
        Binding("escape", "screen.back", N_("To the list")),
    ]


class ListScreen(SectionScreen, Generic[Query, Item]):
    """Search line, list, preview. Subclasses say what is asked and how an item is shown."""

    DEFAULT_CSS = """
    ListScreen {
        #search-line { height: 1; }
        #search-label { width: auto; padding: 0 1; color: $text-muted; }
        #search { width: 1fr; min-width: 8; }
        #summary { width: auto; max-width: 65%; padding: 0 1; color: $text-muted; }
        #main { height: 1fr; layout: vertical; }
        #preview {
            height: 4;
            padding: 0 1;
            border-top: solid $panel;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        &.-wide #main { layout: horizontal; }
        &.-wide #preview {
            width: 36%;
            height: 1fr;
            border-top: none;
            border-left: solid $panel;
            text-wrap: wrap;
        }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    EMPTY: ClassVar[str] = N_("Nothing here yet")
    """What an empty list says; a message id."""
    MARKING: ClassVar[bool] = True
    """Whether rows can be marked, to do something with all of them."""

    def __init__(self, desk: Background, wanted: Query) -> None:
        super().__init__(desk)
        self.wanted = wanted
        """What is shown."""
        self.found: dict[int, Item] = {}
        """The items of the pages that came, by id."""
        self.total = 0
        """How many there are without filters."""
        self.fresh = True
        """Whether something else is asked for than was shown: the cursor goes to the top then."""

    # What subclasses say

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list."""
        raise NotImplementedError

    def id_of(self, item: Item) -> int:
        """The id of an item."""
        raise NotImplementedError

    def row_of(self, item: Item) -> Row:
        """An item as a row."""
        raise NotImplementedError

    def preview_of(self, item: Item) -> Content:
        """What is shown of the item under the cursor."""
        raise NotImplementedError

    def with_text(self, text: str) -> Query:
        """The query that is shown, for another text."""
        raise NotImplementedError

    def text_of(self, wanted: Query) -> str:
        """The text of a query."""
        raise NotImplementedError

    def answer(self, desk: Desk, wanted: Query) -> tuple[int, int]:
        """How many items a query finds, and how many there are; in the reading thread."""
        raise NotImplementedError

    def page_of(self, desk: Desk, wanted: Query, offset: int, limit: int) -> list[Item]:
        """A page of the answer; in the reading thread."""
        raise NotImplementedError

    def place_of(self, desk: Desk, wanted: Query, item: int) -> int | None:
        """At which place of the answer an item stands that is not near where it was; None where
        it is not there any more. In the reading thread.
        """
        return None

    def in_sight(self, desk: Desk, wanted: Query, marked: Sequence[int]) -> set[int]:
        """Those of the marked items that the member still sees; in the reading thread."""
        return set(marked)

    def described(self, wanted: Query) -> Sequence[str]:
        """The filters of a query in words."""
        raise NotImplementedError

    def empty_text(self, wanted: Query) -> str:
        """What an empty list says: what to do about it; a message id."""
        return self.EMPTY

    def sorting(self, wanted: Query) -> tuple[str | None, bool]:
        """The column the list is sorted by, and whether the other way round."""
        return None, False

    def open_item(self, key: int) -> None:
        """Open an item."""
        raise NotImplementedError

    # The frame

    def compose_body(self) -> ComposeResult:
        """The search line, the list, the preview."""
        with Horizontal(id="search-line"):
            yield Static(id="search-label")
            yield SearchLine(id="search")
            yield SteadyText(id="summary")
        with Container(id="main"):
            yield RowList(self.columns(), empty=self.EMPTY, id="list", marking=self.MARKING)
            yield SteadyText(id="preview")

    @property
    def list(self) -> RowList:
        """The list."""
        return self.query_one("#list", RowList)

    @property
    def search(self) -> LineInput:
        """The search line."""
        return self.query_one("#search", LineInput)

    def arrive(self, wish: str) -> None:
        """Come here to search."""
        if wish == "search":
            self.action_search()

    def relabel(self) -> None:
        """Write the texts of the screen in the language spoken now."""
        self.query_one("#search-label", Static).update(Content(_("Search:")))
        self.show_summary()
        self.list.set_columns(self.columns())
        self.show_preview()

    def on_resize(self) -> None:
        """Write the preview for the room it has."""
        self.call_after_refresh(self.show_preview)

    # Asking

    def reload(self) -> None:
        """Show what holds now; the cursor stays with its row."""
        self.ask()

    def show_query(self, wanted: Query, pause: float = 0.0) -> None:
        """Show the answer to another query, after a pause in seconds."""
        self.wanted = wanted
        self.fresh = True
        self.ask(pause)

    @work(exclusive=True, exit_on_error=False, group="list.ask")
    async def ask(self, pause: float = 0.0) -> None:
        """Count and show the first page; a newer question replaces an older one."""
        if pause:
            await asyncio.sleep(pause)
        wanted, keep = self.wanted, not self.fresh
        followed = int(self.list.key) if keep and self.list.key else None
        near, marked = self.list.cursor // PAGE, [int(key) for key in self.list.marks]

        def ask(desk: Desk) -> tuple[int, int, int | None, Pages[Item], set[int]]:
            place, pages = self.look_for(desk, wanted, followed, near)
            return *self.answer(desk, wanted), place, pages, self.in_sight(desk, wanted, marked)

        try:
            count, self.total, place, pages, in_sight = await self.desk.read(ask)
        except StoreError as error:
            self.fresh = False
            self.report(error)
            return
        self.fresh = False
        if not keep:
            self.found = {}
        for items in pages.values():
            self.remember(items)
        self.list.set_empty(self.empty_text(wanted))
        rows = {number: [self.row_of(item) for item in items] for number, items in pages.items()}
        if self.list.key != str(followed):  # the hand went on while the box was asked
            place = None
        self.list.set_source(count, keep=keep, cursor=place, pages=rows)
        gone = set(marked) - in_sight
        self.list.mark(key for key in self.list.marks if int(key) not in gone)
        column, descending = self.sorting(wanted)
        self.list.set_sorting(column, descending=descending)
        self.show_summary()
        self.show_preview()

    def look_for(
        self, desk: Desk, wanted: Query, followed: int | None, near: int
    ) -> tuple[int | None, Pages[Item]]:
        """Where the item under the cursor stands now, and the pages that were read to find it.

        The first page is always among them.

        Args:
            followed: the id of the item; None where there is none to follow.
            near: the page where it was.
        """
        pages: Pages[Item] = {0: self.page_of(desk, wanted, 0, PAGE)}
        if followed is None:
            return None, pages
        for number in dict.fromkeys((0, near, near - 1, near + 1)):
            if number < 0:
                continue
            if number not in pages:
                pages[number] = self.page_of(desk, wanted, number * PAGE, PAGE)
            for place, item in enumerate(pages[number]):
                if self.id_of(item) == followed:
                    return number * PAGE + place, pages
        return self.place_of(desk, wanted, followed), pages

    def remember(self, items: Sequence[Item]) -> None:
        """Keep the items of a page for the preview; no more than a few pages."""
        if len(self.found) > 20 * PAGE:
            self.found = {}
        self.found.update({self.id_of(item): item for item in items})

    @on(RowList.PageWanted)
    def want_page(self, message: RowList.PageWanted) -> None:
        """Fetch a page that is looked at."""
        self.fetch(message.page, message.edition, self.wanted)

    @work(exit_on_error=False, group="list.page")
    async def fetch(self, page: int, edition: int, wanted: Query) -> None:
        """Fetch one page of the list."""
        try:
            items = await self.desk.read(lambda desk: self.page_of(desk, wanted, page * PAGE, PAGE))
        except StoreError as error:
            self.report(error)
            return
        self.remember(items)
        self.list.put_page(page, [self.row_of(item) for item in items], edition)

    def show_summary(self) -> None:
        """Say what the list shows: the filters, how many of how many, how many are marked."""
        words = [*self.described(self.wanted), f"{self.list.count} / {self.total}"]
        if self.list.marks:
            words.append(_("{count} marked").format(count=len(self.list.marks)))
        self.query_one("#summary", Static).update(Content(" · ".join(words)))

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.found.get(int(self.list.key)) if self.list.key else None

    @on(RowList.Marked)
    def count_marks(self) -> None:
        """Say how many rows are marked, as some may be out of sight."""
        self.show_summary()

    def forget_marks(self) -> None:
        """Take the marks away: what they were set for is done."""
        self.list.clear_marks()

    @on(RowList.Highlighted)
    def follow_cursor(self) -> None:
        """Show what the cursor came to."""
        self.show_preview()

    def show_preview(self) -> None:
        """Show the item under the cursor beside or below the list."""
        item = self.item
        self.write_preview(self.preview_of(item) if item is not None else Content())

    def write_preview(self, shown: Content) -> None:
        """Write this beside or below the list."""
        self.query_one("#preview", Static).update(shown)

    @property
    def preview_width(self) -> int:
        """The cells that a line of the preview has."""
        return self.query_one("#preview").content_size.width

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Enter opens what is under the cursor."""
        self.open_item(int(message.row.key))

    # Typing

    @property
    def is_arriving(self) -> bool:
        """Whether keys are meant for rows that are still being looked for."""
        return super().is_arriving or (self.fresh and not self.search.has_focus)

    def action_search(self) -> None:
        """Go to the search line."""
        self.set_focus(self.search)  # at once: the next keys may be here already
        self.search.action_select_all()

    @on(Input.Changed, "#search")
    def typed(self, event: Input.Changed) -> None:
        """Search what stands there, once the typing pauses."""
        if event.value != self.text_of(self.wanted):
            self.show_query(self.with_text(event.value), TYPING_PAUSE)

    @on(Input.Submitted, "#search")
    def chosen_from_search(self) -> None:
        """Enter in the search line opens the row under the cursor, which begins at the first."""
        self.set_focus(self.list)
        self.open_when_found(self.wanted)

    @work(exclusive=True, exit_on_error=False, group="list.open")
    async def open_when_found(self, wanted: Any) -> None:
        """Open what the whole text finds, even when Enter came before the answer."""
        while any(w.group == "list.ask" and not w.is_finished for w in self.workers):
            await asyncio.sleep(0.01)
        if self.list.key is not None and wanted == self.wanted:
            self.open_item(int(self.list.key))

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move through the list while the search line has the cursor."""
        if self.focused is not self.search or not self.list.count:
            return
        if event.key in ("down", "up"):
            self.list.action_move(1 if event.key == "down" else -1)
        elif event.key in ("pagedown", "pageup"):
            self.list.action_turn(1 if event.key == "pagedown" else -1)
        else:
            return
        event.stop()
        event.prevent_default()

    def action_back(self) -> None:
        """Leave the search line; then clear the text; then take the marks away."""
        if self.search.has_focus:
            self.set_focus(self.list)
        elif self.search.value:
            self.search.value = ""
        else:
            self.list.clear_marks()
