"""The window in which a paper is lent from the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from screens.small_form import Line, SmallForm
from store.errors import BadValue
from store.language import N_, _
from store.records.loans import LoanRow

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

NO_PAGES = N_("How many pages? A whole number.")
NO_DUE = N_("Say by which day it has to be back.")


class LoanPaper(SmallForm[LoanRow]):
    """Who takes which paper of whose file, and until when."""

    def __init__(self, desk: Background, card: str = "") -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            card: the number of the card whose paper it is, where that is known.
        """
        super().__init__(desk)
        self.card = card

    def heading(self) -> str:
        """What the window is for."""
        return _("Lend a paper; originals stay on the shelf")

    def lines(self) -> Iterable[Line]:
        """What is noted of it."""
        return (
            Line("card_id", N_("Card"), N_("number or name"), self.card),
            Line("to_login", N_("Who takes it"), N_("login or name")),
            Line("what", N_("Which paper"), N_("copy of the contract")),
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
