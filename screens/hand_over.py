"""The window in which cards are handed to another member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.list_window import ListWindow
from store import pinyin
from store.errors import StoreError
from store.language import N_, _, ngettext
from store.records.transfers import Suggestion, Transfer
from store.transfer_words import handed, load, reasons
from widgets.check_line import CheckLine
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.background import Background
    from store.desk import Desk

COLUMNS = (
    Column("name", N_("Name"), 10, least=6, sortable=False),
    Column("department", N_("Department"), 10, least=6, share=1, sortable=False),
    Column("load", N_("Looks after"), 18, least=8, sortable=False),
    Column("why", N_("What speaks for him"), 24, least=10, share=3, sortable=False),
)

MOST = 10
"""Members that are in sight at once, where there is room."""


class HandOver(ListWindow[Transfer]):
    """Choose who gets the cards, say why; Enter there hands them over."""

    DEFAULT_CSS = """
    HandOver {
        & > .dialog { width: 76; max-width: 96%; }
        & .title { text-style: bold; }
        & .line { height: 1; }
        & .label { width: auto; padding-right: 1; color: $text-muted; }
        & LineInput { width: 1fr; }
        & RowList { margin: 0; }
        & #reason-line { margin-top: 1; }
    }
    """
    BESIDES = 9
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", N_("Next field"), show=False),
        Binding("shift+tab", "app.focus_previous", N_("Field before"), show=False),
    ]

    def __init__(
        self,
        desk: Background,
        card_ids: Sequence[int],
        suggested: Sequence[Suggestion],
        people: int,
    ) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            card_ids: the cards to hand over.
            suggested: who could get them, the fittest first.
            people: how many people could come along with their organisations.
        """
        super().__init__(desk)
        self.cards = tuple(card_ids)
        self.suggested = tuple(suggested)
        self.people = people

    def compose(self) -> ComposeResult:
        """Who gets them, why, and whether people come along."""
        title = ngettext(
            "Hand {count} card over to", "Hand {count} cards over to", len(self.cards)
        ).format(count=len(self.cards))
        with Vertical(classes="dialog"):
            yield Static(title, classes="title", markup=False)
            yield LineInput(placeholder=_("name, pinyin or initials"), id="who")
            yield RowList(COLUMNS, empty=N_("Nobody found"), marking=False)
            with Horizontal(id="reason-line", classes="line"):
                yield Static(Content(_("Reason:")), classes="label")
                yield LineInput(placeholder=_("may stay empty; Enter hands over"), id="reason")
            if self.people:
                yield CheckLine(
                    ngettext(
                        "with {count} person there who has the same owner (space)",
                        "with {count} people there who have the same owner (space)",
                        self.people,
                    ).format(count=self.people),
                    on=True,
                )

    def on_mount(self) -> None:
        """Offer everybody, the fittest under the cursor."""
        self.offer("")

    @property
    def rows_wanted(self) -> int:
        """A row for each member, as far as there are not too many, and the heading."""
        return min(MOST, len(self.suggested)) + 1

    def reload(self) -> None:
        """Keep what is offered."""

    @on(Input.Changed, "#who")
    def narrow(self, event: Input.Changed) -> None:
        """Offer who fits."""
        self.offer(event.value)

    def offer(self, text: str) -> None:
        """Show the members that a text means."""
        wanted = text.strip()
        self.found.set_rows(
            [
                Row(each.login, (each.name, each.department, load(each), reasons(each)))
                for each in self.suggested
                if not wanted
                or each.login.startswith(wanted.casefold())
                or pinyin.matches(wanted, each.name)
            ]
        )

    @on(Input.Submitted, "#who")
    @on(RowList.Opened)
    def chosen(self) -> None:
        """Go on to the reason."""
        if self.found.key is not None:
            self.set_focus(self.query_one("#reason", LineInput))

    @on(CheckLine.Entered)
    @on(Input.Submitted, "#reason")
    def submitted(self) -> None:
        """Hand the cards over."""
        login = self.found.key
        if login is None:
            self.set_focus(self.query_one("#who", LineInput))
            return
        checked = self.query(CheckLine)
        self.hand(
            login,
            self.query_one("#reason", LineInput).value,
            with_people=bool(checked) and checked.first().on,
        )

    @work(exclusive=True, exit_on_error=False, group="entry.save")
    async def hand(self, login: str, reason: str, *, with_people: bool) -> None:
        """Hand the cards over; what is refused is said, and the window stays."""
        cards = self.cards

        def use_case(desk: Desk) -> Transfer:
            return desk.transfers.hand(cards, login, reason, with_people=with_people)

        try:
            done = await self.desk.write(use_case)
        except StoreError as error:
            self.report(error)
            return
        self.dismiss(done)


def hand_over(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Ask to whom cards go, hand them over, and say how many went."""
    cards = list(card_ids)

    def told(done: Transfer | None) -> None:
        if done is None:
            return
        screen.tell(_("{what}; u takes back").format(what=handed(done)))
        screen.forget_marks()
        screen.reload()

    async def ask() -> None:
        try:
            suggested, people = await screen.desk.read(
                lambda desk: (
                    desk.transfers.suggest(cards, -1),
                    len(desk.transfers.people(cards)),
                )
            )
        except StoreError as error:
            screen.report(error)
            return
        await screen.app.push_screen(HandOver(screen.desk, cards, suggested, people), told)

    screen.run_worker(ask(), exit_on_error=False, group="open", exclusive=True)
