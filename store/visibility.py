"""Which cards a member sees, as one SQL expression; rights are decided here and nowhere else."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from store import rows
from store.models.cards import Card
from store.models.team import Department

if TYPE_CHECKING:
    from store.records.team import MemberRecord

SEE_ALL = frozenset({"director", "custodian"})
"""Roles that see every card (domain.md section 6)."""


def departments_below(department: int) -> set[int]:
    """A department and all below it."""
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


def visible(member: "MemberRecord", card: Any = Card) -> Any | None:
    """The condition under which a member sees a card; None means every card.

    Args:
        card: the table or alias that stands for the card in the query.
    """
    if member.role in SEE_ALL:
        return None
    conditions = [card.owner == member.id]
    if member.role == "manager" and member.department is not None:
        conditions.append(card.department.in_(sorted(departments_below(member.department))))
    return reduce(or_, conditions)
