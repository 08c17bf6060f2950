"""Which cards a member sees, as one SQL expression; rights are decided here and nowhere else."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.records.team import MemberRecord

SEE_ALL = frozenset({"director", "custodian"})
"""Roles that see every card (domain.md section 6)."""


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


def visible(member: "MemberRecord", card: Any | None = None) -> Any | None:
    """The condition under which a member sees a card; None means every card.

    Args:
        card: the table or alias that stands for the card in the query, where it is not `Card`.
    """
    if member.role in SEE_ALL:
        return None
    from store.models.cards import Card

    table: Any = Card if card is None else card
    condition = table.owner == member.id
    if member.role == "manager" and member.department is not None:
        condition |= table.department.in_(sorted(departments_below(member.department)))
    return condition
