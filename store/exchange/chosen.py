"""Which cards an export takes, and their records a few at a time."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store import search
from store.card_values import load_records
from store.models.base import database
from store.records.cards import CardQuery, CardRecord
from store.standing import masked_for

if TYPE_CHECKING:
    from store.desk import Desk

CHUNK = 500
"""Cards held in memory at a time."""


def chosen_cards(desk: "Desk", query: CardQuery) -> list[int]:
    """The ids of the cards that answer a query and that the member sees.

    Organisations first, as an import enters them, and of each kind the oldest first: so a file
    that was read and written again has the same order.
    """
    chosen = search.select(desk, query)
    cursor = database.execute_sql(
        f"SELECT card.id FROM card WHERE {chosen.where} ORDER BY card.kind, card.id",
        chosen.parameters,
    )
    ids = [row_id for (row_id,) in cursor.fetchall()]
    return ids if chosen.match is None else [row_id for row_id in ids if row_id in chosen.found]


def records(desk: "Desk", card_ids: Sequence[int]) -> Iterator[CardRecord]:
    """Cards in the order of these ids; what is sensitive is left out where they are not his."""
    for start in range(0, len(card_ids), CHUNK):
        part = card_ids[start : start + CHUNK]
        whole = load_records(part).values()
        found = {record.id: record for record in masked_for(desk, whole)}
        yield from (found[card_id] for card_id in part if card_id in found)
