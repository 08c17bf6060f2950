"""Who could look after some cards: by the region, the industry, the department and the load."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store import rows
from store.models.base import database
from store.models.cards import Card
from store.records.transfers import Suggestion

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.team import MemberRecord

PLACES = ("city", "region", "industry")
"""What cards have in common with those of a member; also keys of facts."""

LOAD = (
    "SELECT owner_id, count(*), sum(importance = 'key') FROM card "
    "WHERE trashed_at IS NULL AND owner_id IN ({marks}) GROUP BY owner_id"
)

SHARED = (
    "SELECT card.owner_id, count(*) FROM card_fact AS fact "
    "JOIN card ON card.id = fact.card_id AND card.trashed_at IS NULL "
    "WHERE fact.key = ? AND fact.value = ? AND card.owner_id IN ({marks}) GROUP BY card.owner_id"
)


def suggestions(
    candidates: Sequence["MemberRecord"], card_ids: Sequence[int], limit: int
) -> list[Suggestion]:
    """Members who may get the cards, the fittest first.

    Whoever owns all of the cards already is left out.
    """
    cards = list(rows.fetch(Card, card_ids).values())
    owners = {card["owner_id"] for card in cards}
    fitting = [member for member in candidates if owners != {member.id}]
    if not fitting:
        return []
    members = [member.id for member in fitting]
    marks = ",".join("?" * len(members))
    load = {
        owner: (count, keys or 0)
        for owner, count, keys in database.execute_sql(LOAD.format(marks=marks), members)
    }
    common = {key: _commonest(card[key] for card in cards) for key in PLACES}
    shared = {
        key: dict(
            database.execute_sql(SHARED.format(marks=marks), [key, value, *members]).fetchall()
        )
        if value
        else {}
        for key, value in common.items()
    }
    department = _commonest(card["department_id"] for card in cards)
    names = dict(database.execute_sql("SELECT id, name FROM department").fetchall())
    found = [
        Suggestion(
            login=member.login,
            name=member.name,
            department=names.get(member.department, ""),
            cards=load.get(member.id, (0, 0))[0],
            key_cards=load.get(member.id, (0, 0))[1],
            same_department=department is not None and member.department == department,
            trainee=member.trainee,
            **_shared_with(member.id, common, shared),
        )
        for member in fitting
    ]
    found.sort(key=lambda each: (-each.points, each.key_cards, each.cards, each.name))
    return found[:limit] if limit >= 0 else found


def _commonest(values: Any) -> Any:
    """The value that most have; None where nobody has one."""
    counted = Counter(value for value in values if value not in (None, ""))
    return counted.most_common(1)[0][0] if counted else None


def _shared_with(
    member: int, common: dict[str, Any], shared: dict[str, dict[int, int]]
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for key in PLACES:
        count = shared[key].get(member, 0)
        if count:
            fields |= {key: common[key], f"{key}_cards": count}
    return fields


def receivers(desk: "Desk") -> list["MemberRecord"]:
    """Everybody to whom the member may hand cards."""
    from store.handing_over import HOLDING
    from store.members import active_members
    from store.rights import Right, condition, members_below

    below = None if condition(desk, Right.HAND) is None else members_below(desk.member)
    return [
        member
        for member in active_members()
        if member.role in HOLDING and (below is None or member.id in below)
    ]
