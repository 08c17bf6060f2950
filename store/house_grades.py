"""Value grades of organisations, as their people show them."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from store.models.base import database
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

CHUNK = 500


def house_grades(desk: "Desk", people: Collection[int]) -> dict[int, str]:
    """The value grades of the organisations where people work, by person.

    Only of organisations that the member sees whole.
    """
    visible = visible_sql(desk)
    condition, parameters = ("1", []) if visible is None else visible
    found: dict[int, str] = {}
    ids = sorted(set(people))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(
            "SELECT place.person_id, place.main, -place.id, card.value_grade "
            "FROM affiliation AS place CROSS JOIN card ON card.id = place.organisation_id "
            f'WHERE place.person_id IN ({marks}) AND place."until" IS NULL '
            f"AND card.value_grade IS NOT NULL AND card.trashed_at IS NULL AND {condition}",
            [*part, *parameters],
        )
        # The main one of several, or else the oldest, comes last and holds.
        found.update((person, grade) for person, _main, _id, grade in sorted(cursor.fetchall()))
    return found
