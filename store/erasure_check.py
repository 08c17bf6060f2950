"""Is every blank in the trail an erasure that was noted, and is everything erased still gone?"""

import json
from typing import NamedTuple

from store.chain import ChainFault
from store.deeds import ERASE
from store.erasure import ids_of
from store.language import N_
from store.models.base import database

BLANKED = N_("Change {number} was blanked, and no erasure says so.")
BACK = N_("The text of change {number} is back, which was erased for good.")
CARD_BACK = N_("The card {number} is back, which was erased for good.")
UNREADABLE = N_("What erasure {number} says of itself is gone.")


class Noted(NamedTuple):
    """An erasure as the trail notes it."""

    change_set: int
    card: int
    number: str
    blanked: frozenset[int]


def erasures() -> list[Noted | int]:
    """The erasures in their order; one that cannot be read is its change set's number."""
    found: list[Noted | int] = []
    sql = 'SELECT change_set_id, card, after FROM change WHERE "table" = ? ORDER BY id'
    for change_set, card, after in database.execute_sql(sql, [ERASE]).fetchall():
        try:
            said = json.loads(after)
            blanked = frozenset(ids_of(str(said["blanked"])))
            found.append(Noted(change_set, card, str(said["number"]), blanked))
        except (ValueError, KeyError, TypeError):
            found.append(change_set)
    return found


def numbers() -> list[str]:
    """The numbers of the cards that were erased."""
    return [noted.number for noted in erasures() if isinstance(noted, Noted)]


def first_fault() -> ChainFault | None:
    """The first blank without an erasure, or the first thing erased that is there again."""
    covered: set[int] = set()
    for noted in erasures():
        if not isinstance(noted, Noted):
            return ChainFault(UNREADABLE, {"number": noted})
        covered |= noted.blanked
        if database.execute_sql("SELECT 1 FROM card WHERE id = ?", [noted.card]).fetchone():
            return ChainFault(CARD_BACK, {"number": noted.number})
    sql = "SELECT id FROM change WHERE salt = '' AND before = '' AND after = ''"
    blank = {number for (number,) in database.execute_sql(sql)}
    for message, wrong in ((BLANKED, blank - covered), (BACK, covered - blank)):
        if wrong:
            return ChainFault(message, {"number": min(wrong)})
    return None
