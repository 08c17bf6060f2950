"""Who dislikes being asked for introductions: his card says so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.models.base import database
from store.search import visible_sql
from store.standing import masked_among

if TYPE_CHECKING:
    from store.desk import Desk

FIELD = "dislikes_introductions"


def dislikes_introductions(desk: "Desk", card_ids: Iterable[int]) -> set[int]:
    """Those of a few cards that the member sees whole and on which he reads it."""
    wanted = set(card_ids)
    ids = sorted(wanted - masked_among(desk, FIELD, wanted))
    if not ids:
        return set()
    condition, parameters = visible_sql(desk) or ("1", [])
    cursor = database.execute_sql(
        f"SELECT card.id FROM card WHERE card.id IN ({','.join('?' * len(ids))}) AND {condition} "
        f"AND json_extract(card.profile, '$.{FIELD}') = 1",
        [*ids, *parameters],
    )
    return {card_id for (card_id,) in cursor.fetchall()}
