"""What a member gets of a card, as SQL; rights are decided here and in `store.rights` alone.

A level is whole, some sections (a loan), released (name, organisation, title), or none. Loans and
releases end by the real clock.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from store.models.base import database

if TYPE_CHECKING:
    from store.records.team import MemberRecord

SEE_ALL = frozenset({"director", "custodian"})
"""Roles that see every card (domain.md section 6)."""

ABOVE_ALL = frozenset({"director"})
"""Roles that stand above every member, and so may do with a card what its owner may."""


class Level(IntEnum):
    """How much of a card a member gets."""

    NONE = 0
    RELEASED = 1
    SECTIONS = 2
    WHOLE = 3


class Standing(NamedTuple):
    """What a member gets of one card, why, and until when."""

    level: Level
    sections: frozenset[str] = frozenset()
    """Keys of the lent sections of the card's form."""
    own: bool = False
    """Whether he owns it or stands above its owner: nothing is masked for him."""
    until: datetime | None = None
    """When a loan ends."""


def departments_below(department: int) -> set[int]:
    """A department and all below it."""
    from store import rows
    from store.models.team import Department

    children: dict[int | None, list[int]] = {}
    for row_id, parent in rows.tuples(Department.select(Department.id, Department.parent)):
        children.setdefault(parent, []).append(row_id)
    found: set[int] = set()
    waiting = [department]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(children.get(place, []))
    return found


def held(member: "MemberRecord", card: Any | None = None) -> Any | None:
    """The condition under which a member owns a card or stands above its owner; None for all.

    Args:
        card: the table or alias that stands for the card in the query, where it is not `Card`.
    """
    if member.role in ABOVE_ALL:
        return None
    from store.models.cards import Card

    table: Any = Card if card is None else card
    condition = table.owner == member.id
    if member.role == "manager" and member.department is not None:
        condition |= table.department.in_(sorted(departments_below(member.department)))
    return condition


def visible(member: "MemberRecord", now: datetime, card: Any | None = None) -> Any | None:
    """The condition under which a member sees the whole of a card; None means every card.

    Args:
        now: the real time, by which loans and releases end.
        card: as for `held`.
    """
    if member.role in SEE_ALL:
        return None
    from store.models.cards import Card

    table: Any = Card if card is None else card
    condition = held(member, table)
    trainees = _trainees_of(member)
    if trainees:
        condition |= table.owner.in_(trainees)
    lent = lent_cards(member, now)
    if lent:
        condition |= table.id.in_(sorted(lent))
    return _or_released(condition, table, member, now, "whole")


def released(member: "MemberRecord", now: datetime, card: Any | None = None) -> Any | None:
    """The condition under which a member gets a part of a card, or all of it.

    None where no card is released to him in part and no section is lent to him: then he gets
    nothing but what `visible` tells.
    """
    if member.role in SEE_ALL:
        return None
    from store.models.cards import Card

    table: Any = Card if card is None else card
    condition: Any | None = None
    lent = sorted(lent_in_part(member, now))
    if lent:
        condition = table.id.in_(lent)
    return _or_released(condition, table, member, now, "released")


def lent_in_part(member: "MemberRecord", now: datetime) -> set[int]:
    """The ids of the cards of which sections are lent to a member."""
    return {card_id for card_id, sections, _due in _lent(member, now) if sections is not None}


def lent_with(member: "MemberRecord", section: str, now: datetime) -> set[int]:
    """The ids of the cards of which this section is lent to a member."""
    return {
        card_id
        for card_id, sections, _due in _lent(member, now)
        if sections is not None and section in sections
    }


def lent_sections(
    member: "MemberRecord", card_id: int, now: datetime
) -> tuple[frozenset[str], datetime | None]:
    """The sections of a card that are lent to a member, and when the last of them goes back."""
    found: set[str] = set()
    until: datetime | None = None
    for lent, sections, due in _lent(member, now, card_id):
        if lent == card_id and sections is not None:
            found.update(sections)
            until = due if until is None else max(until, due)
    return frozenset(found), until


def lent_cards(member: "MemberRecord", now: datetime) -> set[int]:
    """The cards that are lent to a member whole."""
    return {card_id for card_id, sections, _due in _lent(member, now) if sections is None}


def lent_until(member: "MemberRecord", card_id: int, now: datetime) -> datetime | None:
    """When a whole card that is lent to a member goes back; None where it is not lent."""
    return max(
        (due for _card, sections, due in _lent(member, now, card_id) if sections is None),
        default=None,
    )


def _or_released(
    condition: Any | None, table: Any, member: "MemberRecord", now: datetime, level: str
) -> Any | None:
    """A condition, or that the card is released to the member at a level."""
    departments = _released_departments(member, now, level)
    if None in departments:
        return table.id.is_null(False)
    known = sorted(department for department in departments if department is not None)
    if not known:
        return condition
    released_ones = table.department.in_(known)
    return released_ones if condition is None else condition | released_ones


def _trainees_of(member: "MemberRecord") -> list[int]:
    """The trainees whose cards a member looks through as their coach."""
    sql = "SELECT id FROM member WHERE coach_id = ? AND trainee AND active"
    return [row_id for (row_id,) in database.execute_sql(sql, [member.id]).fetchall()]


def _lent(
    member: "MemberRecord", now: datetime, card_id: int | None = None
) -> Iterable[tuple[int, list[str] | None, datetime]]:
    """Cards that are lent to a member now: the card, its lent sections, when they go back."""
    from store.json_text import read_json
    from store.models.sharing import Loan

    sql = (
        "SELECT card_id, sections, due_at FROM loan WHERE member_id = ? AND status = 'lent' "
        "AND kind = 'access' AND due_at > ?"
    )
    parameters = [member.id, Loan.due_at.db_value(now)]
    if card_id is not None:
        sql += " AND card_id = ?"
        parameters.append(card_id)
    return [
        (card, None if sections is None else read_json(sections), Loan.due_at.python_value(due))
        for card, sections, due in database.execute_sql(sql, parameters).fetchall()
    ]


def _released_departments(member: "MemberRecord", now: datetime, level: str) -> set[int | None]:
    """The departments whose cards are released to a member at a level; None for all of them.

    A release of a department reaches those below it.
    """
    from store.models.sharing import CardRelease

    sql = (
        "SELECT department_id FROM card_release WHERE level = ? AND taken_back_at IS NULL "
        "AND (ends_at IS NULL OR ends_at > ?) AND (member_id = ? OR role = ?)"
    )
    parameters = [level, CardRelease.ends_at.db_value(now), member.id, member.role]
    found: set[int | None] = set()
    for (department,) in database.execute_sql(sql, parameters).fetchall():
        found |= {None} if department is None else departments_below(department)
    return found
