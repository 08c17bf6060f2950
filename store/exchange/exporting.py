"""Writes what a member sees into files, in every format that can hold it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO

from store.errors import WrongUsage
from store.exchange.chosen import chosen_cards, records
from store.language import N_, _
from store.records.cards import CardQuery
from store.records.exchange import EXPORTS, FORMATS

if TYPE_CHECKING:
    from store.desk import Desk

_NOT_YET = N_("{what} cannot be exported yet. What can: {known}.")
_NO_FORMAT = N_("{format} is no format that can be written. What can: {known}.")
_NO_PAGE = N_("Only cards are listed as a page: export cards as html.")
_NO_VCARD = N_("vCard holds cards only: export cards as vcf, and the rest in another format.")
_NO_CALENDAR = N_("A calendar holds dates and to-dos only: export dates, todos or all as ics.")
_NO_TABLE = N_(
    "A CSV file holds one kind of record: export cards, interactions, todos, dates, papers, "
    "relations, referrals, clubs or trail, or everything as xlsx or json."
)

TITLES = {
    "cards": N_("Cards"),
    "interactions": N_("Contact log"),
    "todos": N_("To-do"),
    "dates": N_("Dates"),
    "papers": N_("Papers"),
    "relations": N_("Relationships"),
    "referrals": N_("Referrals"),
    "clubs": N_("Clubs"),
    "trail": N_("Audit"),
}
"""What a workbook calls its sheet."""

TIES = frozenset({"relations", "referrals", "clubs"})
"""What joins cards."""


CALENDAR_DAYS = 366 * 5
"""Days for which a calendar holds dated events, unless said otherwise."""

TABLE_DAYS = 366
"""Days for which a table lists dates, unless said otherwise."""


def export(
    desk: "Desk", what: str, form: str, stream: BinaryIO, query: CardQuery, days: int | None
) -> int:
    """As `Exchange.export`."""
    _check(what, form)
    if form == "ics":
        from store.exchange.calendar_export import write_days_and_tasks

        return write_days_and_tasks(desk, what, stream, query, days or CALENDAR_DAYS)
    if form == "vcf":
        return _vcards(desk, stream, query)
    if form == "html":
        from store.exchange.card_pages import register_page

        page, count = register_page(desk, query, form)
        stream.write(page.encode("utf-8", "replace"))
        return count
    if form == "json":
        return _json(desk, what, stream, query, days or TABLE_DAYS)
    if form == "xlsx" and what == "all":
        from store.exchange.box_workbook import write_workbook

        return write_workbook(desk, stream, query)
    headings, rows = _table(desk, what, query, days or TABLE_DAYS)
    if form == "xlsx":
        from store.exchange.xlsx_write import write_xlsx

        return write_xlsx(stream, headings, rows, _(TITLES[what]))
    from store.exchange.csv_write import write_csv

    return write_csv(stream, headings, rows)


def _check(what: str, form: str) -> None:
    """Refuse what cannot be written.

    Raises:
        WrongUsage: the sentence says what can.
    """
    if form not in FORMATS:
        raise WrongUsage(_NO_FORMAT, format=form, known=", ".join(FORMATS))
    if what not in EXPORTS:
        raise WrongUsage(_NOT_YET, what=what, known=", ".join(EXPORTS))
    if form == "vcf" and what not in ("cards", "all"):
        raise WrongUsage(_NO_VCARD)
    if form == "ics" and what not in ("dates", "todos", "all"):
        raise WrongUsage(_NO_CALENDAR)
    if form == "html" and what != "cards":
        raise WrongUsage(_NO_PAGE)
    if form == "csv" and what == "all":
        raise WrongUsage(_NO_TABLE)


def _table(
    desk: "Desk", what: str, query: CardQuery, days: int
) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Headings and rows of what goes into a table."""
    if what == "cards":
        from store.exchange.card_table import CardTable
        from store.exchange.families import with_families

        ids = chosen_cards(desk, query)
        table = CardTable(with_families(records(desk, ids)))
        return table.headings, table.rows(with_families(records(desk, ids)))
    from store.exchange import record_tables

    if what == "interactions":
        return record_tables.talks(desk, query)
    if what == "todos":
        return record_tables.todos(desk, query)
    if what == "papers":
        from store.exchange import paper_table

        return paper_table.table(desk, query)
    if what in TIES:
        from store.exchange import relation_tables

        return relation_tables.TABLES[what](desk, query)
    if what == "trail":
        from store.exchange import trail_table

        return trail_table.table(desk, query)
    return record_tables.dates(desk, query, days)


def _json(desk: "Desk", what: str, stream: BinaryIO, query: CardQuery, days: int) -> int:
    if what in ("cards", "all"):
        from store.exchange.box_json import write_box

        return write_box(desk, stream, query, cards_only=what == "cards")
    from store.exchange import record_json

    if what == "interactions":
        return record_json.write(stream, record_json.talks(desk, query))
    if what == "todos":
        return record_json.write(stream, record_json.todos(desk, query))
    if what == "papers":
        from store.exchange import paper_table

        return record_json.write(stream, paper_table.shapes(desk, query))
    if what in TIES:
        from store.exchange import relation_tables

        return record_json.write(stream, relation_tables.shapes(desk, what, query))
    if what == "trail":
        from store.exchange import trail_table

        return record_json.write(stream, trail_table.shapes(desk, query))
    return record_json.write(stream, record_json.dates(desk, query, days))


def _vcards(desk: "Desk", stream: BinaryIO, query: CardQuery) -> int:
    from store.exchange.card_table import ambiguous_houses, further, linked_names
    from store.exchange.drafts import CardDraft
    from store.exchange.families import with_families
    from store.exchange.vcard_write import write_vcards

    ambiguous = ambiguous_houses()
    return write_vcards(
        stream,
        (
            CardDraft(
                row=0,
                kind="organisation" if record.kind == "organisation" else "person",
                values=linked_names(record, ambiguous),
                extras=further(record),
                number=record.number,
            )
            for record in with_families(records(desk, chosen_cards(desk, query)))
        ),
    )
