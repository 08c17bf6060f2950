"""Reading inspections, of cards that the member sees whole."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.forms.declaration import load_form
from store.json_text import read_json
from store.language import N_, _
from store.models.base import database
from store.models.cards import Card
from store.models.relations import Inspection
from store.records.inspections import WHOLE_CARD, InspectionRow, Uninspected
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

ON_ALL = N_("The whole card")

LATELY = timedelta(days=30)
"""Since when a card must have been entered or changed to wait for an inspection."""

SOURCE = (
    "inspection JOIN card ON card.id = inspection.card_id "
    "JOIN member AS owner ON owner.id = card.owner_id "
    "JOIN member AS inspector ON inspector.id = inspection.inspector_id "
    "LEFT JOIN member AS answering ON answering.id = inspection.answered_by_id"
)

COLUMNS = (
    "inspection.id, card.id, card.number, card.name, card.organisation_name, owner.name, "
    "inspector.name, inspection.at, inspection.verdict, inspection.remarks, inspection.answer, "
    "answering.name, inspection.answered_at, card.kind"
)


def chosen(
    desk: "Desk", condition: str, parameters: list[Any], limit: int, *, oldest: bool = False
) -> list[InspectionRow]:
    """The inspections that meet a condition, the newest first unless the oldest are to be."""
    visible = visible_sql(desk)
    if visible is not None:
        condition, parameters = f"{condition} AND {visible[0]}", [*parameters, *visible[1]]
    order = "ASC" if oldest else "DESC"
    cursor = database.execute_sql(
        f"SELECT {COLUMNS} FROM {SOURCE} WHERE {condition} AND card.trashed_at IS NULL "
        f"ORDER BY inspection.id {order} LIMIT ?",
        [*parameters, limit],
    )
    return [_row(row) for row in cursor.fetchall()]


def _row(row: tuple[Any, ...]) -> InspectionRow:
    kept = read_json(row[9])
    said = kept if isinstance(kept, dict) else {}
    remarks = _in_order(row[13], {str(key): str(text) for key, text in said.items()})
    inspection, card, number, name, organisation, owner, inspector = row[:7]
    return InspectionRow(
        id=inspection,
        card_id=card,
        number=number,
        name=name,
        organisation=organisation,
        owner=owner,
        inspector=inspector,
        at=Inspection.at.python_value(row[7]),
        verdict=row[8],
        remarks=remarks,
        titles=_titles(row[13], remarks),
        answer=row[10],
        answered_by=row[11] or "",
        answered_at=row[12] and Inspection.answered_at.python_value(row[12]),
    )


def _in_order(kind: str, remarks: Mapping[str, str]) -> dict[str, str]:
    """The word on the whole card first, the others as their sections stand in the form."""
    order = [WHOLE_CARD, *(section.key for section in load_form(kind).sections)]
    return {key: remarks[key] for key in dict.fromkeys([*order, *remarks]) if key in remarks}


def _titles(kind: str, remarks: Mapping[str, str]) -> dict[str, str]:
    """The titles of the sections; one that the form has no more is called by its key."""
    known = {section.key: section.title for section in load_form(kind).sections}
    known[WHOLE_CARD] = _(ON_ALL)
    return {key: known.get(key, key) for key in remarks}


def uninspected(desk: "Desk", owners: set[int] | None, limit: int) -> list[Uninspected]:
    """As `Inspections.to_inspect`.

    Args:
        owners: those below; None for everybody but the member himself.
    """
    since = desk.store.clock.now() - LATELY
    condition = "card.trashed_at IS NULL AND card.updated_at >= ?"
    parameters: list[Any] = [Card.updated_at.db_value(since)]
    if owners is None:
        condition += " AND card.owner_id <> ?"
        parameters.append(desk.member.id)
    else:
        condition += f" AND card.owner_id IN ({','.join('?' * len(owners))})"
        parameters.extend(sorted(owners))
    visible = visible_sql(desk)
    if visible is not None:
        condition, parameters = f"{condition} AND {visible[0]}", [*parameters, *visible[1]]
    cursor = database.execute_sql(
        "SELECT card.id, card.number, card.name, card.organisation_name, owner.name, "
        "owner.trainee, card.updated_at, card.completeness FROM card "
        f"JOIN member AS owner ON owner.id = card.owner_id WHERE {condition} "
        "AND NOT EXISTS (SELECT 1 FROM inspection WHERE inspection.card_id = card.id "
        "AND inspection.at >= card.updated_at) "
        "ORDER BY owner.trainee DESC, card.completeness, card.id LIMIT ?",
        [*parameters, limit],
    )
    return [_uninspected(row) for row in cursor.fetchall()]


def _uninspected(row: tuple[Any, ...]) -> Uninspected:
    card_id, number, name, organisation, owner, trainee, updated_at, completeness = row
    return Uninspected(
        card_id=card_id,
        number=number,
        name=name,
        organisation=organisation,
        owner=owner,
        trainee=bool(trainee),
        updated_at=Card.updated_at.python_value(updated_at),
        completeness=completeness,
    )
