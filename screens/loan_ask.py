"""The window in which somebody asks to see a colleague's card for some days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from screens.small_form import Line, SmallForm
from store.errors import BadValue, StoreError
from store.language import N_, _, listed
from store.records.loans import LoanRow
from widgets.check_line import CheckLine
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.background import Background
    from store.desk import Desk

NO_DAYS = N_("For how many days? A whole number from 1 to 365.")

BESIDES = 11
"""Rows that the window needs for everything but the sections."""

SECTIONS = (Column("title", "", 30, share=1, sortable=False),)


def days_of(text: str) -> int:
    """A number of days as somebody typed it; raises `BadValue` for what is none."""
    from store.forms.tidy import narrow

    days = narrow(text).removesuffix("天").strip()
    if not (days.isascii() and days.isdigit() and len(days) < 5):
        raise BadValue(NO_DAYS, field="days")
    return int(days)


class LoanAsk(SmallForm[LoanRow]):
    """Ask for the whole card or for some of its sections: space marks them."""

    DEFAULT_CSS = """
    LoanAsk RowList { margin-bottom: 1; background: $surface; }
    """
    AUTO_FOCUS: ClassVar[str] = "CheckLine"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", N_("Next field"), show=False),
        Binding("shift+tab", "app.focus_previous", N_("Field before"), show=False),
    ]

    def __init__(self, desk: Background, card_id: int, name: str) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            card_id: the card that is asked for.
            name: what the member knows it by: its name, or its number.
        """
        super().__init__(desk)
        self.asked = card_id
        self.name_of_card = name

    def heading(self) -> str:
        """Whose card is asked for."""
        return _("Ask to see {name}").format(name=self.name_of_card)

    def further(self) -> Iterable[Widget]:
        """The whole card, or the sections."""
        yield CheckLine(_("the whole card"), on=True)
        yield RowList(SECTIONS, header=False, empty=N_("Nothing here yet"))

    def lines(self) -> Iterable[Line]:
        """For how long, and what for."""
        return (
            Line("days", N_("Days"), value="3"),
            Line("reason", N_("Reason"), N_("who decides reads it; Enter asks")),
        )

    @property
    def sections(self) -> RowList:
        """The sections of the card."""
        return self.query_one(RowList)

    def on_mount(self) -> None:
        """Read the sections."""
        self.read_sections()

    def on_resize(self) -> None:
        """Have the list no higher than what the terminal has room for."""
        room = self.size.height * 9 // 10 - BESIDES
        self.sections.styles.height = max(2, min(self.sections.count or 2, room))

    @work(exit_on_error=False, group="loan.sections")
    async def read_sections(self) -> None:
        """Show the sections of the card's form."""
        try:
            found = await self.desk.read(lambda desk: desk.loans.sections_of(self.asked))
        except StoreError as error:
            self.say_wrong(error)
            return
        self.sections.set_rows([Row(key, (title,)) for key, title in found])
        self.on_resize()

    @on(RowList.Marked)
    def some_only(self, message: RowList.Marked) -> None:
        """Marked sections are all that is asked for."""
        if message.keys:
            self.query_one(CheckLine).on = False

    @on(CheckLine.Turned)
    def all_of_it(self, message: CheckLine.Turned) -> None:
        """Whoever asks for the whole card needs no marks; without it, sections are chosen."""
        if message.on:
            self.sections.clear_marks()
        else:
            self.set_focus(self.sections)

    @on(CheckLine.Entered)
    @on(RowList.Opened)
    def go_on(self) -> None:
        """Enter above the lines goes on to the reason."""
        self.set_focus(self.query_one("#reason"))

    def action_save(self) -> None:
        """Ask."""
        whole = self.query_one(CheckLine).on
        self.wanted = None if whole else list(self.sections.marks)
        super().action_save()

    wanted: list[str] | None = None
    """The sections that are asked for; None for the whole card."""

    def write(self, desk: Desk, values: Mapping[str, str]) -> LoanRow:
        """Ask whoever decides."""
        days = days_of(values["days"])
        return desk.loans.ask(self.asked, self.wanted, days, values["reason"])


def ask_for_card(screen: BaseScreen[Any], card_id: int, name: str) -> None:
    """Ask to see a card, and say who will answer."""

    def asked(loan: LoanRow | None) -> None:
        if loan is not None:
            tell(loan)

    def tell(loan: LoanRow) -> None:
        async def work() -> None:
            try:
                names = await screen.desk.read(lambda desk: desk.loans.asked_of(card_id))
            except StoreError as error:
                screen.report(error)
                return
            told = _("Asked; {names} will answer").format(names=listed(names) or "-")
            screen.tell(told)
            screen.reload()

        screen.run_worker(work(), exit_on_error=False, group="do")

    screen.app.push_screen(LoanAsk(screen.desk, card_id, name), asked)


def ask_by_number(screen: BaseScreen[Any]) -> None:
    """Ask for a card by its number, which a colleague told, or by what one sees of it."""
    from screens.ask_text import AskText

    def named(text: str | None) -> None:
        if text is not None:
            screen.run_worker(find(text), exit_on_error=False, group="open", exclusive=True)

    async def find(text: str) -> None:
        try:
            card = await screen.desk.read(lambda desk: desk.loans.named(text))
        except StoreError as error:
            screen.report(error)
            return
        ask_for_card(screen, card, text)

    screen.app.push_screen(AskText(_("Which card? Its number, or its name")), named)
