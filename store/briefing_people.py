"""Who decides at an organisation, and what somebody is there: for a briefing."""

from typing import TYPE_CHECKING

from store.forms.declaration import load_form
from store.language import _
from store.people_chart import DECIDING
from store.people_rows import people_where
from store.records.people import PersonRow

if TYPE_CHECKING:
    from store.desk import Desk

TOLD = ("role", "attitude", "influence", "faction", "matters")
"""What of a place tells how somebody stands towards a decision, and towards us."""

BESIDE_NAME = ("role", "attitude")


def people_of(desk: "Desk", house_id: int) -> list[PersonRow]:
    """Who works at an organisation now and is seen whole: who decides first, then who weighs most.

    Somebody with two places there is told once.
    """
    where = "link.organisation_id = ? AND link.until IS NULL"
    found: dict[int, PersonRow] = {}
    for row in people_where(desk, where, [house_id]):
        if row.whole:
            found.setdefault(row.card_id, row)
    return sorted(found.values(), key=_weight)


def _weight(row: PersonRow) -> tuple[bool, int, bool, float, str]:
    """Deciders, the influential, those with a part in it, who was met lately; then by name."""
    met = row.met_at.timestamp() if row.met_at is not None else 0.0
    role, influence = row.values.role, row.values.influence or 0
    return role not in DECIDING, -influence, role is None, -met, row.name


def place_of(desk: "Desk", person_id: int) -> dict[str, str]:
    """Label to text: what somebody is where he works, and to whom he reports."""
    rows = people_where(desk, "link.person_id = ? AND link.until IS NULL", [person_id])
    row = next((row for row in rows if row.main and row.whole), None)
    if row is None:
        return {}
    form = load_form("affiliation")
    told = {form.field(key).title: text for key in TOLD if (text := _shown(row, key))}
    if row.head:
        told[form.field("reports_to").title] = row.head
    return told


def beside_name(row: PersonRow) -> str:
    """His part in the decision and how he stands towards us, in a few words."""
    return _(", ").join(text for key in BESIDE_NAME if (text := _shown(row, key)))


def _shown(row: PersonRow, key: str) -> str:
    value = getattr(row.values, key)
    if value in (None, ""):
        return ""
    return " ".join(load_form("affiliation").field(key).show(value).split())
