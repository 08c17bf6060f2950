"""Where the number of a card leads that was merged into another one: to the card that stayed."""

from collections.abc import Iterable

from store.models.base import database
from store.rows import CHUNK

FARTHEST = 50
"""Merges after another that are followed."""

NEXT = "SELECT merged_into_id FROM card WHERE id = ? AND trashed_at IS NOT NULL"


def kept_card(card_id: int) -> int:
    """The card that a card was merged into, and that one perhaps into a third; else itself.

    A card that was taken out of the trash again stands for itself.
    """
    for _step in range(FARTHEST):
        found = database.execute_sql(NEXT, [card_id]).fetchone()
        if found is None or found[0] is None or found[0] == card_id:
            break
        card_id = found[0]
    return card_id


def leading(numbers: Iterable[str]) -> dict[str, int]:
    """The cards that numbers lead to whose own cards were merged into others, by number.

    Numbers of cards in use, and those that no card has, are missing.
    """
    wanted = sorted(set(numbers))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        cursor = database.execute_sql(
            "SELECT number, merged_into_id FROM card WHERE merged_into_id IS NOT NULL "
            f"AND trashed_at IS NOT NULL AND number IN ({','.join('?' * len(part))})",
            part,
        )
        found.update({number: kept_card(card_id) for number, card_id in cursor.fetchall()})
    return found


def numbers_leading_to(number: str) -> list[str]:
    """The numbers of cards that were merged into the card of a number."""
    found = database.execute_sql("SELECT id FROM card WHERE number = ?", [number]).fetchone()
    return [] if found is None else merged_numbers([found[0]]).get(found[0], [])


def merged_numbers(card_ids: Iterable[int]) -> dict[int, list[str]]:
    """The numbers that lead to these cards beside their own, by card."""
    wanted = list(dict.fromkeys(card_ids))
    found: dict[int, list[str]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        cursor = database.execute_sql(
            "SELECT merged_into_id, number FROM card WHERE trashed_at IS NOT NULL "
            f"AND merged_into_id IN ({','.join('?' * len(part))}) ORDER BY id",
            part,
        )
        for card_id, number in cursor.fetchall():
            found.setdefault(card_id, []).append(number)
    return found
