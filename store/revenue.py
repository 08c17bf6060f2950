"""What customers brought in during the last twelve months.

Until there are orders, it is reckoned from the purchases by year that stand on a card (`purchases`:
year, product, amount). Of this year everything counts, and of last year the part that lies in the
twelve months: on 1 April about three quarters of it, spread evenly over the year. Other years count
for nothing. Whoever keeps orders replaces `revenue`, and nothing else.
"""

import calendar
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from store.models.base import database
from store.rows import CHUNK

FIELD = "purchases"

# Cards without purchases need not be read as JSON: of a hundred thousand most have none.
HAVING = f"SELECT id, profile FROM card WHERE trashed_at IS NULL AND instr(profile, '\"{FIELD}\"')"

LARGEST = 2**62
"""Fen that a sum stays below: more is a mistake that would stop the reckoning."""


def revenue(today: date, card_ids: Iterable[int] | None = None) -> dict[int, int]:
    """Fen by card, of those that brought something; cards in the trash count for nothing.

    Args:
        today: the last day of the twelve months.
        card_ids: the only cards that are asked for; all where None.
    """
    found: dict[int, int] = {}
    for card_id, profile in _profiles(card_ids):
        held = json.loads(profile).get(FIELD)
        amount = sum(_parts(held, today)) if isinstance(held, list) else 0
        if amount > 0:
            found[card_id] = min(amount, LARGEST)
    return found


def _profiles(card_ids: Iterable[int] | None) -> Iterator[tuple[int, str]]:
    if card_ids is None:
        yield from database.execute_sql(HAVING).fetchall()
        return
    wanted = sorted(set(card_ids))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        yield from database.execute_sql(f"{HAVING} AND id IN ({marks})", part).fetchall()


def _parts(purchases: list[Any], today: date) -> Iterator[int]:
    """What each row of purchases brought within the twelve months before a day."""
    days = 366 if calendar.isleap(today.year) else 365
    gone = (today - date(today.year, 1, 1)).days
    for row in purchases:
        year, amount = (row.get("year"), row.get("amount")) if isinstance(row, dict) else (0, 0)
        if not isinstance(amount, int) or isinstance(amount, bool):
            continue
        if year == today.year:
            yield amount
        elif year == today.year - 1:
            yield amount * (days - gone) // days
