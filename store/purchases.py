"""What customers bought, as their cards say: rows of year, product and amount."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store.card_values import main_affiliations
from store.json_text import read_json
from store.models.base import database
from store.rows import CHUNK
from store.search import visible_sql
from store.standing import masked_among

if TYPE_CHECKING:
    from store.desk import Desk

FIELD = "purchases"

BOUGHT = ("buyer", "loyal")
"""Lifecycles of customers who buy."""

ByYear = Mapping[int, int]
"""Fen by year; 0 for rows without a year."""


class Purchases:
    """What some cards have bought, as far as the member sees the whole of them.

    What an organisation bought counts for its people too (domain.md section 1.1).
    """

    def __init__(self, desk: "Desk", card_ids: Iterable[int]) -> None:
        ids = sorted(set(card_ids))
        jobs = main_affiliations(ids)
        self._house = {person: int(job["organisation_id"]) for person, job in jobs.items()}
        self._by_year = _read(desk, {*ids, *self._house.values()})

    def of(self, card_id: int) -> dict[int, int]:
        """What a card bought, by year, with what its organisation did."""
        return self.together([card_id])

    def together(self, card_ids: Iterable[int]) -> dict[int, int]:
        """What several cards bought, by year; an organisation of several of them counts once."""
        sources = {card for each in card_ids for card in (each, self._house.get(each, each))}
        whole: dict[int, int] = {}
        for card in sources:
            for year, amount in self._by_year.get(card, {}).items():
                whole[year] = whole.get(year, 0) + amount
        return whole


def _read(desk: "Desk", card_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    wanted = set(card_ids)
    ids = sorted(wanted - masked_among(desk, FIELD, wanted))
    condition, parameters = visible_sql(desk) or ("1", [])
    found: dict[int, dict[int, int]] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        cursor = database.execute_sql(
            f"SELECT card.id, json_extract(card.profile, '$.{FIELD}') FROM card "
            f"WHERE card.id IN ({','.join('?' * len(part))}) AND card.trashed_at IS NULL "
            f"AND {condition}",
            [*part, *parameters],
        )
        for card_id, text in cursor.fetchall():
            if text:
                found[card_id] = _by_year(text)
    return found


def _by_year(text: str) -> dict[int, int]:
    """The amounts of rows as the card keeps them; what is no row counts for nothing."""
    try:
        kept: Any = read_json(text)
    except ValueError:
        return {}
    whole: dict[int, int] = {}
    for row in kept if isinstance(kept, list) else ():
        amount = row.get("amount") if isinstance(row, dict) else None
        year = row.get("year") if isinstance(row, dict) else None
        if isinstance(amount, int):
            key = year if isinstance(year, int) else 0
            whole[key] = whole.get(key, 0) + amount
    return whole
