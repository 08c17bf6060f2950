"""One card: its briefing first, and behind it the whole card, talks, to-dos, family, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Static

from screens.card_entries import LISTS, CardEntries, Talks
from screens.card_page import NEEDED, CardPage
from screens.card_review import may_do
from screens.card_rows import WHOLE
from screens.card_sides import SIDES, CardSide, made
from screens.card_texts import TEXTS
from store.errors import NotFound, StoreError
from store.language import N_, _
from widgets.row_list import RowList
from widgets.steady_text import SteadyText
from widgets.text_pane import TextPane

if TYPE_CHECKING:
    from datetime import datetime

    from store.background import Background
    from store.records.cards import CardRow

VIEWS = {
    "briefing": N_("Briefing"),
    "whole": N_("Whole"),
    "talks": N_("Talks"),
    "todos": N_("To-dos"),
    **{side.key: side.title for side in SIDES},
    "family": N_("Family"),
    "remarks": N_("Remarks"),
    "history": N_("History"),
}
"""What is shown of a card, in the order of the tabs; message ids."""

IN_PART = ("briefing", "whole")
"""The sides of a card of which the member gets a part only."""

NOT_IN_PART = ("edit", "merge", "log", "todo", "remark", "remove")
"""What cannot be done with such a card."""

OF_TEXT = ("ask", "grade", "turn(1)", "edit", "log", "todo", "print", "remark")
"""What the footer shows first where a side is text: what one does with the card itself."""

LATER = 0.5
"""Seconds after the end of a loan at which the card is looked at again."""


class Briefing(CardPage):
    """Everything known about one customer, in the minute before the visit."""

    HELP = N_(
        "The briefing tells what to do now, what was promised on both sides, what he said the "
        "last times, which dates come, and what is still worth asking. Left and right go through "
        "the other sides of the card. Papers of all customers, their register, volumes and "
        "tables of contents are under Team, Papers."
    )
    DEFAULT_CSS = """
    Briefing {
        & > #tabs { height: 1; padding: 0 1; }
        & > #text { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & > #text > Static { width: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,tab", "turn(1)", N_("Next side"), id="card.next"),
        Binding("left,shift+tab", "turn(-1)", N_("Side before"), show=False, id="card.before"),
        Binding("j,down", "scroll(1)", N_("Down"), show=False),
        Binding("k,up", "scroll(-1)", N_("Up"), show=False),
        Binding("x", "done", N_("Done"), show=False, id="card.done"),
        Binding("r", "ask", N_("Ask to see it"), id="card.ask"),
        Binding("h", "hand", N_("Hand over"), show=False, id="card.hand"),
        Binding("m", "merge", N_("Merge"), show=False, id="card.merge"),
        Binding("i", "inspect", N_("Inspect"), show=False, id="card.inspect"),
        Binding("y", "looked_through", N_("Looked through"), show=False, id="card.looked"),
        Binding("g", "grade", N_("Grade"), priority=True, id="card.grade"),
        Binding("delete,d", "remove", N_("Trash"), show=False, id="card.trash"),
        Binding("p", "print", N_("Print"), id="card.print"),
        Binding("O", "own", N_("This is my own card"), show=False, id="card.own"),
        Binding("R", "place", N_("Role, attitude"), show=False, id="card.place"),
        Binding("v", "unmask", N_("Show masked"), show=False, id="card.unmask"),
        Binding("q", "back", N_("Back"), show=False),
    ]

    view: var[str] = var("briefing", init=False)
    """The side of the card that is shown, a key of `VIEWS`."""

    def __init__(self, desk: Background, card_id: int) -> None:
        super().__init__(desk, card_id)
        self.was_in_use = False
        """Whether the card was shown, and not from the trash."""
        self._ends: Timer | None = None
        self.lists = {key: kind(self) for key, kind in LISTS.items()}
        """The sides that are lists."""
        self.lent: frozenset[str] = frozenset()
        """Further sides of a card that is seen in part: those that are lent."""
        self.has_colleagues = False
        """Whether somebody else works here, who can be told something."""

    def compose_body(self) -> ComposeResult:
        """The tabs, a page of text and a list; one of the two is shown."""
        yield SteadyText(id="tabs")
        with TextPane(id="text"):
            yield SteadyText()
        yield RowList(Talks.COLUMNS, id="entries")

    def on_mount(self) -> None:
        """Begin with the briefing."""
        self.entries.display = False
        self.query_one("#text").focus()

    @property
    def entries(self) -> RowList:
        """The list of the views that are lists."""
        return self.query_one("#entries", RowList)

    def relabel(self) -> None:
        """Write the tabs in the language spoken now."""
        self.show_tabs()
        if self.row_of_card is not None:
            self.reload()

    @property
    def sides(self) -> list[str]:
        """The sides that such a card has.

        An organisation has no family, and a box of one member no remarks.
        """
        row = self.row_of_card
        if row is not None and row.level < WHOLE:
            return [key for key in VIEWS if key in IN_PART or key in self.lent]
        missing = set() if row is None or row.kind == "person" else {"family"}
        missing |= {each.key for each in SIDES if row is not None and row.kind not in each.kinds}
        if not self.has_colleagues:
            missing.add("remarks")
        return [key for key in VIEWS if key not in missing]

    def first_keys(self) -> tuple[str, ...]:
        """On a side of text, what is done with the card; elsewhere the entries' keys come first."""
        return OF_TEXT if self.view in TEXTS else self.FIRST_KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer on a card that is seen in part only what can be done with it."""
        if action in NEEDED and NEEDED[action] not in self.may:
            return False
        row = self.row_of_card
        if action == "ask":
            return row is not None and row.level < WHOLE
        if row is not None and row.level < WHOLE and action in NOT_IN_PART:
            return False
        if action == "unmask":
            return self.view == "whole"
        if action == "briefing" and self.view == "briefing":
            return False
        if action in ("own", "place"):
            return row is not None and row.level == WHOLE and row.kind == "person"
        return super().check_action(action, parameters)

    def show_tabs(self) -> None:
        """Write the names of the sides, the present one marked."""
        names = [
            Content.styled(_(title), "bold underline $text-accent" if key == self.view else "")
            for key, title in VIEWS.items()
            if key in self.sides
        ]
        self.query_one("#tabs", Static).update(Content("  ").join(names))

    def on_resize(self) -> None:
        """Break the lines anew for the room there is."""
        if self.row_of_card is not None and self.view in ("briefing", "whole"):
            self.call_after_refresh(self.reload)

    def action_turn(self, sides: int) -> None:
        """Show the next side, or the one before."""
        keys = self.sides
        self.view = keys[(keys.index(self.view) + sides) % len(keys)]

    def watch_view(self, view: str) -> None:
        """Show another side of the card."""
        self.show_tabs()
        text = self.query_one("#text", TextPane)
        listed = self.lists.get(view)
        self.entries.display = listed is not None
        text.display = view in TEXTS
        for other in self.query(CardSide):
            other.display = False
        if listed is not None:
            self.entries.set_columns(listed.COLUMNS)
            self.entries.set_empty(listed.EMPTY)
            self.entries.set_rows([])
            self.set_focus(self.entries)
        elif view in TEXTS:
            text.scroll_home(animate=False)
            self.set_focus(text)
        else:
            self.call_later(self.show_side, view)
        self.refresh_bindings()
        self.reload()

    async def show_side(self, view: str) -> None:
        """Show a side that is a widget of its own; it is made when it is first looked at."""
        if view != self.view:
            return
        widget = self.side_shown(view)
        if widget is None:
            widget = made(view, self)
            await self.mount(widget, before="#entries")
            self.reload()
        widget.display = True
        widget.take_cursor()

    def side_shown(self, view: str) -> CardSide | None:
        """The widget of a side, once it was made."""
        return next(iter(self.query(f"#side-{view}").results(CardSide)), None)

    def reload(self) -> None:
        """Read anew what is shown."""
        self.load(self.view)

    @work(exclusive=True, exit_on_error=False, group="card")
    async def load(self, view: str) -> None:
        """Show a side of the card; a newer call replaces an older one."""
        card = self.card
        try:
            row, is_in_use, until, colleagues, may = await self.desk.read(
                lambda desk: (
                    desk.cards.row(card),
                    card in desk.cards.rows([card]),
                    desk.cards.open_until(card),
                    desk.remarks.colleagues(),
                    may_do(desk, card),
                )
            )
            if self.was_in_use and row.level == WHOLE and not is_in_use:
                await self.close_trashed(row.name)
                return
            self.was_in_use = is_in_use
            await self.look_at_lent(row.level)
            self.close_at(until)
            self.has_colleagues = bool(colleagues)
            self.take_row(row)
            self.offer(may)
            if view not in self.sides:  # less of the card is open to him by now
                self.view = "briefing"
                return
            if view in TEXTS:
                self.show_text(await TEXTS[view](self, row, self.room))
            elif view in self.lists:
                await self.lists[view].fill(self.entries)
            elif (widget := self.side_shown(view)) is not None:
                await widget.load()
        except NotFound as error:
            self.close_card(str(error))
        except StoreError as error:
            self.report(error)

    async def look_at_lent(self, level: int) -> None:
        """Know which sides of a card are lent that is seen in part."""
        card = self.card
        lent: frozenset[str] = frozenset()
        if level < WHOLE and await self.desk.read(lambda desk: desk.papers.may_see(card)):
            lent = frozenset({"papers"})
        if lent != self.lent:
            self.lent = lent
            self.show_tabs()

    def close_card(self, why: str) -> None:
        """Leave the card, which is open to the member no more; below another page, once that goes.

        Args:
            why: what is said where the card was never shown.
        """
        if self.is_current:
            if self.row_of_card is not None:
                name = self.row_of_card.name
                why = _("The card of {name} is open to you no more").format(name=name)
            self.tell(why)
            self.dismiss()

    async def close_trashed(self, name: str) -> None:
        """Leave the card, which somebody put into the trash; for the one it was merged into."""
        card = self.card
        hands, kept = await self.desk.read(
            lambda desk: (
                desk.trail.last_hands("card", card, ["trashed_at"]),
                desk.merging.leads_to(card),
            )
        )
        if self.is_current and kept is not None:
            self.dismiss()
            self.shell.open_card(kept)
        elif self.is_current:
            who = hands.get("trashed_at", "")
            self.tell(_("{who} put the card of {name} into the trash").format(who=who, name=name))
            self.dismiss()

    def close_at(self, until: datetime | None) -> None:
        """Look again when a loan has run out; nothing else would tell of it."""
        if self._ends is not None:
            self._ends.stop()
        self._ends = None
        if until is not None:
            left = (until - self.desk.clock.now()).total_seconds()
            self._ends = self.set_timer(max(0, left) + LATER, self.reload)

    @property
    def room(self) -> int:
        """The cells that a line of text has."""
        return self.query_one("#text").size.width - 3

    def take_row(self, row: CardRow) -> None:
        """Say whose card this is."""
        is_new = self.row_of_card is None
        super().take_row(row)
        if is_new:
            self.show_tabs()
            self.refresh_bindings()

    def show_text(self, text: Content) -> None:
        """Show a side that is text."""
        self.query_one("#text > Static", Static).update(text or Content(_("Nothing here yet")))

    @on(RowList.PageWanted)
    def want_page(self, message: RowList.PageWanted) -> None:
        """Fetch a further page of a long list."""
        if self.view in self.lists:
            self.fetch_rows(self.lists[self.view], message.page, message.edition)

    @work(exit_on_error=False, group="card.page")
    async def fetch_rows(self, listed: CardEntries, page: int, edition: int) -> None:
        """Fetch one page of rows."""
        try:
            rows = await listed.rows(page)
        except StoreError as error:
            self.report(error)
            return
        self.entries.put_page(page, rows, edition)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one("#text", TextPane).scroll_relative(y=lines, animate=False)

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Open what the row is about."""
        self.lists[self.view].open(int(message.row.key))

    def action_new(self) -> None:
        """Enter somebody of the family, a talk or a to-do: what this side lists; else a card."""
        from screens.card_actions import enter_card

        if self.view in self.lists:
            self.lists[self.view].add()
        else:
            enter_card(self)

    def action_remark(self) -> None:
        """Tell a colleague something about the card, or the talk or to-do under the cursor."""
        from screens.card_actions import tell_colleague

        if self.view in self.lists:
            self.lists[self.view].remark(int(self.entries.key) if self.entries.key else None)
        else:
            tell_colleague(self, self.card)

    @work(exclusive=True, exit_on_error=False, group="card.remarks")
    async def finish_mine(self) -> None:
        """Be done with what the member was told about this card."""
        from screens.todo_actions import finish_remarks

        card = self.card
        try:
            waiting = await self.desk.read(lambda desk: desk.remarks.open())
        except StoreError as error:
            self.report(error)
            return
        finish_remarks(self, [each.id for each in waiting if each.card_id == card])

    def action_done(self) -> None:
        """Be done with the to-do or remark under the cursor, or with what was told of this card."""
        if self.view in self.lists:
            self.lists[self.view].finish(self.chosen)
        elif self.view == "briefing":
            self.finish_mine()

    def action_remove(self) -> None:
        """Take the entry under the cursor away, or put the card into the trash."""
        from screens.card_actions import trash_cards

        if self.view in self.lists:
            self.lists[self.view].remove(self.chosen)
        else:
            trash_cards(self, [self.card])
            self.dismiss()

    @property
    def chosen(self) -> list[int]:
        """The entries that are marked, or the one under the cursor."""
        return [int(key) for key in self.entries.chosen]
