"""The window in which a paper is lent from the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from screens.small_form import Line, SmallForm
from store import paper_words
from store.errors import BadValue, NotFound, StoreError
from store.language import N_, _
from store.records.loans import LoanRow
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

NO_PAGES = N_("How many pages? A whole number.")
WHAT_PAPER = N_("J2026-0012 (Ctrl+O lists them), or any words")
NO_COPIES = N_("No listed paper of this customer can be lent just now.")
NO_DUE = N_("Say by which day it has to be back.")


class LoanPaper(SmallForm[LoanRow]):
    """Who takes which paper of whose file, and until when."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o,f2", "choose_paper", N_("Choose a listed paper"), id="loan.choose_paper"),
    ]

    def __init__(self, desk: Background, card: str = "", paper: str = "") -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            card: the number of the card whose paper it is, where that is known.
            paper: the number of the listed paper, where that is known.
        """
        super().__init__(desk)
        self.card = card
        self.paper = paper

    def on_mount(self) -> None:
        """Begin with who takes it, where it is known which paper it is."""
        if self.paper:
            self.set_focus(self.query_one("#to_login", LineInput))

    def heading(self) -> str:
        """What the window is for."""
        return _("Lend a paper; originals stay on the shelf")

    def lines(self) -> Iterable[Line]:
        """What is noted of it."""
        return (
            Line("card_id", N_("Card"), N_("number or name"), self.card),
            Line("to_login", N_("Who takes it"), N_("login or name")),
            Line("what", N_("Which paper"), WHAT_PAPER, self.paper),
            Line("pages", N_("Pages"), N_("may stay empty")),
            Line("due", N_("Back by"), N_("next fri, 3-15, the end of the month")),
            Line("reason", N_("Reason"), N_("may stay empty")),
            Line("approved_by", N_("Approved by"), N_("may stay empty: you")),
        )

    def write(self, desk: Desk, values: Mapping[str, str]) -> LoanRow:
        """Note that the paper leaves the shelf."""
        from store.moments import read_day

        card = desk.cards.resolve(values["card_id"]).id
        if not values["due"]:
            raise BadValue(NO_DUE, field="due")
        try:
            due = read_day(values["due"], desk.store.clock.today())
        except BadValue as error:
            error.field = "due"
            raise
        return desk.loans.paper(
            card,
            _login_of(values["to_login"]),
            values["what"],
            due,
            _pages(values["pages"]),
            values["reason"],
            _login_of(values["approved_by"]) if values["approved_by"] else None,
        )

    @work(exclusive=True, exit_on_error=False, group="loan.papers")
    async def action_choose_paper(self) -> None:
        """Choose among the listed papers of the card: those that can be lent and are there."""
        from screens.pick import Pick

        text = self.query_one("#card_id", LineInput).value.strip()
        try:
            found = await self.desk.read(lambda desk: _papers(desk, text))
        except StoreError as error:
            self.say_wrong(error)
            return
        if not found:
            self.say_wrong(NotFound(NO_COPIES))
            return
        number = await self.app.push_screen_wait(Pick(self.desk, _("Which paper"), found))
        if number is not None:
            self.query_one("#what", LineInput).value = number


def _papers(desk: Desk, text: str) -> list[tuple[str, str]]:
    """The numbers of a card's papers that can be lent, with what they are called."""
    card = desk.cards.resolve(text).id
    return [
        (paper.number, paper_words.whole_title(paper.values))
        for paper in desk.papers.of_card(card).papers
        if not paper.values.original and paper.loan_id is None
    ]


def _login_of(text: str) -> str:
    """The login that is meant by a login or by a name that only one has."""
    from store.members import active_members

    members = active_members()
    if any(member.login == text for member in members):
        return text
    named = [member.login for member in members if member.name == text]
    return named[0] if len(named) == 1 else text


def _pages(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise BadValue(NO_PAGES, field="pages")
    return int(text)
