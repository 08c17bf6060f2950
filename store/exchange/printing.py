"""Cards as pages: what can be printed of a card, in which formats."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.exchange.briefing_page import briefing_page
from store.exchange.card_pages import SHEETS, blank_page, sheet_page
from store.language import N_
from store.records.card_list import KINDS
from store.records.exchange import BLANKS, PAGE_FORMATS, PAGES

if TYPE_CHECKING:
    from store.desk import Desk

_NO_PAGE = N_("{what} is no page that can be printed. What can: {known}.")
_NO_FORMAT = N_("A page is printed as one of these: {known}.")


def _sheet(what: str, desk: "Desk", card_id: int, form: str) -> str:
    return sheet_page(desk, what, card_id, form)


MAKERS: dict[str, Callable[["Desk", int, str], str]] = {
    "briefing": briefing_page,
    **{what: partial(_sheet, what) for what in SHEETS},
}
"""What makes each of `PAGES` of a card, in one of `PAGE_FORMATS`."""


def page_of(desk: "Desk", what: str, card_id: int, form: str) -> bytes:
    """A page of a card, in UTF-8.

    Raises:
        NotFound: the member sees no such card.
        WrongUsage: there is no such page, or no such format.
    """
    if what not in MAKERS:
        raise WrongUsage(_NO_PAGE, what=what, known=", ".join(PAGES))
    if form not in PAGE_FORMATS:
        raise WrongUsage(_NO_FORMAT, known=", ".join(PAGE_FORMATS))
    return MAKERS[what](desk, card_id, form).encode("utf-8", "replace")


def blank_of(desk: "Desk", what: str, kind: str, form: str) -> bytes:
    """A blank form, in UTF-8.

    Raises:
        WrongUsage: there is no such form, or no such format.
    """
    if what not in BLANKS or kind not in KINDS:
        raise WrongUsage(_NO_PAGE, what=what, known=", ".join(BLANKS))
    if form not in PAGE_FORMATS:
        raise WrongUsage(_NO_FORMAT, known=", ".join(PAGE_FORMATS))
    return blank_page(desk, what, kind, form).encode("utf-8", "replace")
