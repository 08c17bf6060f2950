"""Cards, surveys, contact networks, blank forms and the register of customers as pages."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from store import labels
from store.exchange.chosen import chosen_cards
from store.exchange.page import PageHead, head_of
from store.exchange.sheet import Group, Sheet, Table
from store.exchange.sheet_content import blank_sheet, card_sheet, survey_sheet
from store.exchange.sheet_html import html_sheet
from store.exchange.sheet_network import network_sheet
from store.exchange.sheet_text import text_sheet
from store.language import N_, _
from store.records.cards import CardQuery, CardRecord

if TYPE_CHECKING:
    from store.desk import Desk

TITLES: Mapping[tuple[str, str], str] = {
    ("card", "person"): N_("Personal customer card"),
    ("card", "organisation"): N_("Organisation customer card"),
    ("survey", "person"): N_("Customer survey (person)"),
    ("survey", "organisation"): N_("Customer survey (organisation)"),
    ("network", "person"): N_("Contact network"),
    ("network", "organisation"): N_("Contact network"),
}
"""What stands at the head of a sheet, by sheet and kind of card; message ids."""

SHEETS: Mapping[str, Callable[["Desk", CardRecord], Sheet]] = {
    "card": card_sheet,
    "survey": survey_sheet,
    "network": network_sheet,
}

REGISTER = (
    N_("No."),
    N_("Number"),
    N_("Name"),
    N_("Organisation"),
    N_("Title"),
    N_("Phone"),
    N_("Level"),
    N_("Likelihood"),
    N_("Owner"),
    N_("Last contact"),
)
"""The headings of the register of customers."""

CHUNK = 500


def sheet_page(desk: "Desk", what: str, card_id: int, form: str) -> str:
    """A sheet of a card, as much of it as the member gets of the card.

    Args:
        what: card, survey or network.
        form: html or text.

    Raises:
        NotFound: the member sees no such card; of the network not the whole of it.
    """
    record, row = desk.cards.get(card_id), desk.cards.row(card_id)
    sheet = SHEETS[what](desk, record)
    beside = _(", ").join(part for part in (row.title, row.organisation) if part)
    title = _(TITLES[what, record.kind])
    head = head_of(desk, title, name=row.name, beside=beside, number=row.number)
    return _written(head, sheet, form)


def blank_page(desk: "Desk", what: str, kind: str, form: str) -> str:
    """A form that nothing is filled into.

    Args:
        what: card or survey.
        kind: person or organisation.
    """
    head = head_of(desk, "", name=_(TITLES[what, kind]), beside="", number="")
    return _written(head, blank_sheet(kind, what), form)


def register_page(desk: "Desk", query: CardQuery, form: str) -> tuple[str, int]:
    """The register of customers 客户一览表: the cards that a query chooses; and how many."""
    rows: list[tuple[str, ...]] = []
    ids = list(chosen_cards(desk, query))
    for start in range(0, len(ids), CHUNK):
        found = desk.cards.rows(ids[start : start + CHUNK])
        for card_id in ids[start : start + CHUNK]:
            row = found[card_id]
            last = row.last_contact and desk.store.clock.local(row.last_contact)
            rows.append(
                (
                    *(str(len(rows) + 1), row.number, row.name, row.organisation, row.title),
                    *(row.phone, labels.lifecycle(row.lifecycle)),
                    *(labels.likelihood(row.likelihood), row.owner),
                    f"{last:%Y-%m-%d}" if last else "",
                )
            )
    table = Table(tuple(_(heading) for heading in REGISTER), tuple(rows))
    head = head_of(desk, "", name=_("Register of customers"), beside="", number="")
    return _written(head, Sheet((Group("", tables=(table,)),)), form), len(rows)


def _written(head: PageHead, sheet: Sheet, form: str) -> str:
    return text_sheet(head, sheet) if form == "text" else html_sheet(head, sheet)
