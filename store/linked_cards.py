"""Cards whose names stand beside another one: only those of which the member gets something."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store import visibility
from store.errors import NotFound
from store.models.base import database
from store.records.relations import Linked
from store.rows import CHUNK
from store.search import expression_sql, visible_sql
from store.standing import NO_CARD

if TYPE_CHECKING:
    from store.desk import Desk


def linked_cards(desk: "Desk", card_ids: Iterable[int]) -> dict[int, Linked]:
    """Those of some cards that the member sees whole, or by name, by id; none from the trash."""
    wanted = sorted(set(card_ids))
    whole = visible_sql(desk)
    condition, parameters = whole or ("1", [])
    part = visibility.released(desk.member, desk.store.clock.now())
    either, further = condition, list(parameters)
    if whole is not None and part is not None:
        named, more = expression_sql(part)
        either, further = f"({condition} OR {named})", [*further, *more]
    found: dict[int, Linked] = {}
    for start in range(0, len(wanted), CHUNK):
        ids = wanted[start : start + CHUNK]
        cursor = database.execute_sql(
            "SELECT card.id, card.number, card.name, card.kind, card.organisation_name, "
            f"card.title, {condition} FROM card WHERE card.id IN ({','.join('?' * len(ids))}) "
            f"AND card.trashed_at IS NULL AND {either}",
            [*parameters, *ids, *further],
        )
        for row_id, number, name, kind, house, title, seen in cursor.fetchall():
            found[row_id] = Linked(row_id, number, name, kind, house or "", title or "", bool(seen))
    return found


def linked_card(desk: "Desk", card_id: int) -> Linked:
    """One card of which the member gets something.

    Raises:
        NotFound: there is none.
    """
    found = linked_cards(desk, [card_id]).get(card_id)
    if found is None:
        raise NotFound(NO_CARD, text=str(card_id))
    return found
