"""Reads the places that people have at organisations, as much of them as a member may see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from store import visibility
from store.models.base import database
from store.records.people import HIDDEN, LEFT, Employer, PersonRow, PlaceValues
from store.rights import Refused, Right, condition
from store.rows import CHUNK
from store.search import expression_sql, visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

VALUES = (
    *("title", "org_department", "department_kind", "level", "role", "influence", "attitude"),
    *("faction", "reports_to_id", "matters", "quality", "since", "until", "note"),
)
"""The columns of a place that `PlaceValues` holds, in its order."""

SELECT = (
    "SELECT {whole}, {part}, {yours}, link.id, link.person_id, link.organisation_id, link.main, "
    "link.position, card.number, card.name, card.phone, card.last_contact_at, member.name, "
    + ", ".join(f"link.{column}" for column in VALUES)
    + " FROM affiliation AS link JOIN card ON card.id = link.person_id "
    "JOIN member ON member.id = card.owner_id WHERE {where} "
    "ORDER BY link.position, link.id"
)


def people_where(
    desk: "Desk", where: str, parameters: Sequence[Any], trashed: bool = False
) -> list[PersonRow]:
    """The people whose places meet a condition, as the member sees them.

    A card that is seen in part tells name and title of the place that is its main one now, and
    nothing of others; one that is not seen is missing.

    Args:
        where: SQL over `link`, the place, and `card`, the person.
        trashed: also people in the trash.
    """
    if not trashed:
        where += " AND card.trashed_at IS NULL"
    whole, whole_parameters = visible_sql(desk) or ("1", [])
    part, part_parameters = _seen_in_part(desk)
    yours, yours_parameters = _changed_by(desk)
    cursor = database.execute_sql(
        SELECT.format(whole=whole, part=part, yours=yours, where=where),
        [*whole_parameters, *part_parameters, *yours_parameters, *parameters],
    )
    found = [
        _row(values, is_whole=bool(is_whole), is_yours=bool(is_yours))
        for is_whole, is_part, is_yours, *values in cursor.fetchall()
        if is_whole or (is_part and values[3] and values[-2] is None)
    ]
    return _with_heads(desk, found)


def _seen_in_part(desk: "Desk") -> tuple[str, list[Any]]:
    condition = visibility.released(desk.member, desk.store.clock.now())
    return ("0", []) if condition is None else expression_sql(condition)


def _changed_by(desk: "Desk") -> tuple[str, list[Any]]:
    """The condition under which the member may change a person's card."""
    allowed = condition(desk, Right.EDIT)
    if isinstance(allowed, Refused):
        return "0", []
    return ("1", []) if allowed is None else expression_sql(allowed)


def _row(row: Sequence[Any], *, is_whole: bool, is_yours: bool) -> PersonRow:
    row_id, card, house, main, position, number, name, phone, met, owner, *columns = row
    said = dict(zip(VALUES, columns, strict=True))
    said["reports_to"] = said.pop("reports_to_id")
    if not is_whole:
        return PersonRow(
            row_id, card, house, number, name, PlaceValues(title=said["title"]), whole=False
        )
    said["since"], said["until"] = _day(said["since"]), _day(said["until"])
    return PersonRow(
        id=row_id,
        card_id=card,
        organisation_id=house,
        number=number,
        name=name,
        values=PlaceValues(**said),
        main=bool(main),
        position=position,
        phone=phone,
        met_at=None if met is None else datetime.fromisoformat(met).replace(tzinfo=UTC),
        owner=owner,
        yours=is_yours,
    )


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)


def _with_heads(desk: "Desk", found: list[PersonRow]) -> list[PersonRow]:
    """The rows with the names of whom they report to, where these are to be seen."""
    wanted = {row.values.reports_to for row in found} - {None}
    if not wanted:
        return found
    names = names_seen(desk, sorted(each for each in wanted if each is not None))
    there = _there(sorted({row.organisation_id for row in found}))
    named: list[PersonRow] = []
    for row in found:
        head = row.values.reports_to
        if head is None:
            named.append(row)
        elif head not in names:
            named.append(replace(row, above=HIDDEN))
        else:
            is_there = (row.organisation_id, head) in there
            named.append(replace(row, head=names[head], above="" if is_there else LEFT))
    return named


def names_seen(desk: "Desk", cards: Sequence[int]) -> dict[int, str]:
    """The names of those among these cards that the member sees, whole or in part."""
    whole, whole_parameters = visible_sql(desk) or ("1", [])
    part, part_parameters = _seen_in_part(desk)
    found: dict[int, str] = {}
    for start in range(0, len(cards), CHUNK):
        some = list(cards[start : start + CHUNK])
        cursor = database.execute_sql(
            f"SELECT card.id, card.name FROM card WHERE ({whole} OR {part}) "
            f"AND card.id IN ({','.join('?' * len(some))})",
            [*whole_parameters, *part_parameters, *some],
        )
        found.update(cursor.fetchall())
    return found


def _there(organisations: Sequence[int]) -> set[tuple[int, int]]:
    """Who works at these organisations now: organisation and person."""
    found: set[tuple[int, int]] = set()
    for start in range(0, len(organisations), CHUNK):
        some = list(organisations[start : start + CHUNK])
        cursor = database.execute_sql(
            "SELECT link.organisation_id, link.person_id FROM affiliation AS link "
            "JOIN card ON card.id = link.person_id WHERE link.until IS NULL "
            "AND card.trashed_at IS NULL "
            f"AND link.organisation_id IN ({','.join('?' * len(some))})",
            some,
        )
        found.update(cursor.fetchall())
    return found


def employers(desk: "Desk", person_id: int) -> list[Employer]:
    """Where a person works and worked, the present places first, then the latest.

    What an organisation is called belongs to the person's own card, as in every list; its number
    is told to whoever sees the organisation, too.
    """
    whole, parameters = visible_sql(desk) or ("1", [])
    cursor = database.execute_sql(
        f"SELECT link.id, {whole}, card.number, card.name FROM affiliation AS link "
        "JOIN card ON card.id = link.organisation_id WHERE link.person_id = ? "
        "ORDER BY link.until IS NOT NULL, link.main DESC, link.until DESC, link.since DESC, "
        "link.id DESC",
        [*parameters, person_id],
    )
    houses = {row_id: house for row_id, *house in cursor.fetchall()}
    places = {row.id: row for row in people_where(desk, "link.person_id = ?", [person_id], True)}
    found = []
    for row_id, (sees, number, name) in houses.items():
        place = places[row_id]
        found.append(
            Employer(
                id=row_id,
                organisation_id=place.organisation_id if sees else None,
                number=number if sees else "",
                name=name,
                values=place.values,
                head=place.head,
                main=place.main,
            )
        )
    return found


def heads_above(organisation_id: int) -> dict[int, int]:
    """Who reports to whom at an organisation now, by person, seen or not."""
    cursor = database.execute_sql(
        "SELECT person_id, reports_to_id FROM affiliation WHERE organisation_id = ? "
        "AND until IS NULL AND reports_to_id IS NOT NULL ORDER BY id",
        [organisation_id],
    )
    return dict(cursor.fetchall())
