"""The trail as a table, a row for each changed field, and as JSON; as far as the member sees it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.audit_words import title
from store.exchange.record_tables import Table, chosen_of
from store.language import N_, _
from store.records.audit import KINDS, AuditEntry
from store.records.cards import CardQuery

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk

HEADINGS = (
    N_("When"),
    N_("Who"),
    N_("Login"),
    N_("Kind"),
    N_("Summary"),
    N_("Card number"),
    N_("Name"),
    N_("Record"),
    N_("Field"),
    N_("Before"),
    N_("After"),
    N_("Program"),
    N_("Key and address"),
)


def chosen_entries(desk: "Desk", query: CardQuery) -> Iterator[AuditEntry]:
    """The entries that the member sees, the newest first; of chosen cards where a query chooses."""
    cards = chosen_of(desk, query)
    for entry in desk.audit.every():
        if cards is None or any(record.card_id in cards for record in entry.records):
            yield entry


def table(desk: "Desk", query: CardQuery) -> Table:
    """The trail as headings and rows."""
    rows = (row for entry in chosen_entries(desk, query) for row in _rows(entry, desk))
    return [_(heading) for heading in HEADINGS], rows


def _rows(entry: AuditEntry, desk: "Desk") -> Iterator[Sequence[str]]:
    head = (
        f"{desk.store.clock.local(entry.at):%Y-%m-%d %H:%M:%S}",
        entry.member,
        entry.login,
        _(KINDS[entry.kind]),
        entry.summary,
    )
    origin = (entry.origin, entry.place)
    for record in entry.records:
        about = (record.number, record.name, title(record.table))
        for field in record.fields:
            yield *head, *about, field.title, field.before, field.after, *origin
        if not record.fields:
            yield *head, *about, record.state, "", "", *origin
    if not entry.records:
        yield *head, "", "", "", "", "", "", *origin


def shapes(desk: "Desk", query: CardQuery) -> Iterator[Mapping[str, Any]]:
    """The trail as objects."""
    return (shape(entry, desk.store.clock) for entry in chosen_entries(desk, query))


def shape(entry: AuditEntry, clock: "Clock") -> dict[str, Any]:
    """An entry as one object; `at` in the team's time with its offset."""
    return {
        "id": entry.id,
        "at": clock.local(entry.at).isoformat(timespec="seconds"),
        "member": entry.login,
        "name": entry.member,
        "kind": entry.kind,
        "summary": entry.summary,
        "origin": entry.origin,
        "place": entry.place,
        "records": [
            {
                "table": record.table,
                "number": record.number,
                "name": record.name,
                "hidden": record.hidden,
                "erased": record.erased,
                "fields": [
                    {"field": field.title, "from": field.before, "to": field.after}
                    for field in record.fields
                ],
            }
            for record in entry.records
        ],
        "left_out": entry.left_out,
    }
