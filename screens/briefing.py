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

from screens.base import PageScreen
from screens.briefing_text import briefing_text
from screens.card_lists import (
    FAMILY,
    REMARKS,
    TALKS,
    TODOS,
    family_row,
    remark_row,
    talk_row,
    todo_row,
)
from screens.card_preview import in_part
from screens.card_review import may_do
from screens.card_rows import WHOLE
from screens.card_sides import SIDES, CardSide, made, side
from screens.card_text import card_text, whole_card
from screens.history_text import history_text
from store.errors import NotFound, StoreError
from store.language import N_, _
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from widgets.row_list import RowList
from widgets.row_pages import PAGE
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

NEEDED = {"edit": "edit", "merge": "edit", "log": "log", "hand": "hand"}
NEEDED |= {"grade": "edit", "looked_through": "edit", "inspect": "inspect"}
"""The right that a key needs to be offered."""

OF_TEXT = ("ask", "grade", "turn(1)", "edit", "log", "todo", "print", "remark")
"""What the footer shows first where a side is text: what one does with the card itself."""

LISTS = {"talks": TALKS, "todos": TODOS, "family": FAMILY, "remarks": REMARKS}
"""The views that are lists, with their columns."""

EMPTY = {
    "talks": N_("Nothing logged yet: l logs a talk"),
    "todos": N_("Nothing open: t notes a to-do"),
    "family": N_("Nobody known yet: n enters somebody"),
    "remarks": N_("Nothing told yet: @ tells a colleague"),
}


LATER = 0.5
"""Seconds after the end of a loan at which the card is looked at again."""

ROOMY = 32
"""Lines of the screen from which paragraphs of the briefing have a blank line between them."""


class Briefing(PageScreen[None]):
    """Everything known about one customer, in the minute before the visit."""

    HELP = N_(
        "The briefing tells what to do now, what was promised on both sides, what he said the "
        "last times, which dates come, and what is still worth asking. Left and right go through "
        "the other sides of the card."
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
        super().__init__(desk)
        self.card = card_id
        self.row_of_card: CardRow | None = None
        self.was_in_use = False
        """Whether the card was shown, and not from the trash."""
        self._ends: Timer | None = None
        self.lent: frozenset[str] = frozenset()
        """Further sides of a card that is seen in part: those that are lent."""
        self.has_colleagues = False
        """Whether somebody else works here, who can be told something."""
        self.may: frozenset[str] = frozenset(NEEDED.values()) - {"hand", "inspect"}
        """What the member may do with the card (`store.rights.Right`); known once it is read."""

    def compose_body(self) -> ComposeResult:
        """The tabs, a page of text and a list; one of the two is shown."""
        yield SteadyText(id="tabs")
        with TextPane(id="text"):
            yield SteadyText()
        yield RowList(TALKS, id="entries")

    def on_mount(self) -> None:
        """Begin with the briefing."""
        self.entries.display = False
        self.query_one("#text").focus()

    @property
    def entries(self) -> RowList:
        """The list of the views that are lists."""
        return self.query_one("#entries", RowList)

    @property
    def card_id(self) -> int | None:
        """The card that is shown."""
        return self.card

    @property
    def attended(self) -> tuple[int, bool]:
        """The card is read here."""
        return self.card, False

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
        is_text = self.view not in LISTS and side(self.view) is None
        return OF_TEXT if is_text else self.FIRST_KEYS

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
        is_own = side(view) is not None
        self.entries.display = view in LISTS
        text.display = view not in LISTS and not is_own
        for other in self.query(CardSide):
            other.display = False
        if is_own:
            self.call_later(self.show_side, view)
        elif view in LISTS:
            self.entries.set_columns(LISTS[view])
            self.entries.set_empty(EMPTY[view])
            self.entries.set_rows([])
            self.set_focus(self.entries)
        else:
            text.scroll_home(animate=False)
            self.set_focus(text)
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
        card, clock = self.card, self.desk.clock
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
            self.show_title(row)
            self.offer(may)
            if view not in self.sides:  # less of the card is open to him by now
                self.view = "briefing"
                return
            if side(view) is not None:
                widget = self.side_shown(view)
                if widget is not None:
                    await widget.load()
            elif view == "briefing":
                briefing = await self.desk.read(lambda desk: desk.briefing.of(card))
                roomy = self.size.height >= ROOMY
                text = briefing_text(briefing, clock, self.room, roomy=roomy)
                if row.level < WHOLE:
                    told = Content.styled(in_part(row), "$text-warning")
                    text = Content("\n\n").join(part for part in (told, text) if part)
                self.show_text(text)
            elif view == "whole":
                is_person = row.kind == "person" and row.level == WHOLE
                record, employers = await self.desk.read(
                    lambda desk: (
                        whole_card(desk, card),
                        desk.people.history(card) if is_person else [],
                    )
                )
                self.show_text(card_text(record, self.room, employers))
            elif view == "history":
                entries, moves = await self.desk.read(
                    lambda desk: (desk.trail.history(card), desk.grades.transitions(card, 20))
                )
                self.show_text(history_text(entries, row.kind, clock, moves))
            elif view == "talks":
                wanted = InteractionQuery(card=card)
                count, talks = await self.desk.read(
                    lambda desk: (
                        desk.interactions.count(wanted),
                        desk.interactions.page(wanted, 0, PAGE),
                    )
                )
                shown = [talk_row(talk, clock) for talk in talks]
                self.entries.set_source(count, keep=True, pages={0: shown})
            elif view == "todos":
                asked = TodoQuery(card=card, everyone=True, side=None)
                todos = await self.desk.read(lambda desk: desk.todos.page(asked, 0, 200))
                self.entries.set_rows([todo_row(todo, clock) for todo in todos], keep=True)
            elif view == "remarks":
                remarks = await self.desk.read(lambda desk: desk.remarks.of_card(card))
                self.entries.set_rows([remark_row(each, clock) for each in remarks], keep=True)
            else:
                family = await self.desk.read(lambda desk: desk.family.of(card))
                self.entries.set_rows([family_row(member) for member in family], keep=True)
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

    def offer(self, may: frozenset[str]) -> None:
        """Have the keys of what the member may do with the card."""
        if may != self.may:
            self.may = may
            self.refresh_bindings()

    def action_ask(self) -> None:
        """Ask to see the whole of a card that is seen in part."""
        from screens.loan_ask import ask_for_card

        if self.row_of_card is not None:
            ask_for_card(self, self.card, self.row_of_card.name)

    def action_print(self) -> None:
        """Print the card: its briefing as a page, into a file or the clipboard."""
        from screens.outgoing import CardPages

        row = self.row_of_card
        if row is not None:
            self.shell.open_print(CardPages(row.id, row.number, row.name))

    def action_own(self) -> None:
        """Say that this is the member's own card, or that it is not any more."""
        from screens.card_own import switch_own_card

        switch_own_card(self, self.card)

    def action_merge(self) -> None:
        """Merge the card with another one of the same customer."""
        from screens.merge_actions import merge_card

        # Where this card went into the other one, coming back here leads there.
        merge_card(self, self.card)

    def action_grade(self) -> None:
        """Say how far the customer is, how likely, how important; put the card on the risk list."""
        from screens.bulk_actions import Chosen, act_on_cards

        act_on_cards(self, Chosen((self.card,), hands="hand" in self.may))

    def action_hand(self) -> None:
        """Hand the card to another member."""
        from screens.card_actions import hand_over_cards

        hand_over_cards(self, [self.card])

    @property
    def room(self) -> int:
        """The cells that a line of text has."""
        return self.query_one("#text").size.width - 3

    def show_title(self, row: CardRow) -> None:
        """Say whose card this is."""
        is_new = self.row_of_card is None
        self.row_of_card = row
        if is_new:
            self.show_tabs()
            self.refresh_bindings()
        at = _(", ").join(part for part in (row.title, row.organisation) if part)
        self.set_title(f"{row.number}  {row.name}  {at}".rstrip())

    def show_text(self, text: Content) -> None:
        """Show a side that is text."""
        self.query_one("#text > Static", Static).update(text or Content(_("Nothing here yet")))

    @on(RowList.PageWanted)
    def want_page(self, message: RowList.PageWanted) -> None:
        """Fetch a further page of talks."""
        if self.view == "talks":
            self.fetch_talks(message.page, message.edition)

    @work(exit_on_error=False, group="card.page")
    async def fetch_talks(self, page: int, edition: int) -> None:
        """Fetch one page of the talks."""
        wanted = InteractionQuery(card=self.card)
        try:
            found = await self.desk.read(
                lambda desk: desk.interactions.page(wanted, page * PAGE, PAGE)
            )
        except StoreError as error:
            self.report(error)
            return
        self.entries.put_page(page, [talk_row(talk, self.desk.clock) for talk in found], edition)

    def action_inspect(self) -> None:
        """Give a verdict on the card."""
        from screens.card_review import inspect_card

        inspect_card(self, self.card)

    def action_looked_through(self) -> None:
        """Note that the card was looked through."""
        from screens.card_review import look_through

        look_through(self, [self.card])

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one("#text", TextPane).scroll_relative(y=lines, animate=False)

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Open what the row is about."""
        from screens.card_lists import answer_remark, open_family, open_talk, open_todo

        number = int(message.row.key)
        opened = {"talks": open_talk, "todos": open_todo, "remarks": answer_remark}.get(self.view)
        if opened is not None:
            opened(self, number)
        else:
            open_family(self, self.card, number)

    def action_edit(self) -> None:
        """Edit the card."""
        from screens.card_actions import edit_card

        edit_card(self, self.card)

    def action_log(self) -> None:
        """Log a talk."""
        from screens.card_actions import log_talk

        log_talk(self, self.card)

    def action_todo(self) -> None:
        """Note a to-do."""
        from screens.card_actions import add_todo

        add_todo(self, self.card)

    def action_place(self) -> None:
        """Say what part he plays where he works: role, influence, attitude, whom he reports to."""
        from screens.workplace import open_workplace

        if self.row_of_card is not None:
            open_workplace(self, self.card, self.row_of_card.name)

    def action_unmask(self) -> None:
        """Show a masked field; the trail notes it."""
        from screens.card_secrets import unmask_field

        unmask_field(self, self.card)

    def action_new(self) -> None:
        """Enter somebody of the family, a talk or a to-do: what this side lists; else a card."""
        from screens.card_actions import enter_card
        from screens.card_lists import open_family

        if self.view == "family":
            open_family(self, self.card, None)
        elif self.view == "todos":
            self.action_todo()
        elif self.view == "talks":
            self.action_log()
        elif self.view == "remarks":
            self.action_remark()
        else:
            enter_card(self)

    def action_remark(self) -> None:
        """Tell a colleague something about the card, or the talk or to-do under the cursor."""
        from screens.card_actions import tell_colleague

        entry = int(self.entries.key) if self.view in LISTS and self.entries.key else None
        talk = entry if self.view == "talks" else None
        todo = entry if self.view == "todos" else None
        tell_colleague(self, self.card, talk=talk, todo=todo)

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
        from screens.todo_actions import finish_remarks, finish_todos

        chosen = [int(key) for key in self.entries.chosen] if self.view in LISTS else []
        if self.view == "todos":
            finish_todos(self, chosen)
        elif self.view == "remarks":
            finish_remarks(self, chosen)
        elif self.view == "briefing":
            self.finish_mine()

    def action_remove(self) -> None:
        """Take the entry under the cursor away, or put the card into the trash."""
        from screens.card_actions import trash_cards
        from screens.card_lists import remove_entries

        if self.view == "remarks":
            return
        if self.view in LISTS:
            remove_entries(self, self.view, [int(key) for key in self.entries.chosen])
        else:
            trash_cards(self, [self.card])
            self.dismiss()
