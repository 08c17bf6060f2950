"""Who handed which cards to whom, when and why, as the trail tells it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store import rows
from store.deeds import TRANSFER, said_of
from store.models.base import database
from store.models.cards import Card
from store.models.trail import ChangeSet
from store.records.transfers import TransferEntry

if TYPE_CHECKING:
    from store.desk import Desk

Key = tuple[int, str, str]
"""Change set, login of the old owner, login of the new one."""

TRANSFERS = (
    "SELECT head.id, head.at, doer.name, change.card, change.after FROM change "
    "JOIN change_set AS head ON head.id = change.change_set_id "
    "JOIN member AS doer ON doer.id = head.member_id "
    "WHERE change.\"table\" = ? AND change.after <> '' AND {condition} ORDER BY change.id DESC"
)

PARTY = (
    "(doer.login IN ({marks}) OR json_extract(change.after, '$.from') IN ({marks}) "
    "OR json_extract(change.after, '$.to') IN ({marks}))"
)

TAKEN_BACK = (
    "WITH RECURSIVE follow(first, id, depth) AS ("
    "SELECT id, id, 0 FROM change_set WHERE id IN ({marks}) UNION ALL "
    "SELECT first, later.id, depth + 1 FROM follow "
    "JOIN change_set AS later ON later.undoes_id = follow.id) "
    "SELECT first, max(depth) FROM follow GROUP BY first"
)


def of_card(desk: "Desk", card_id: int, limit: int) -> list[TransferEntry]:
    """The transfers of one card, the newest first."""
    return _entries(desk, "change.card = ?", [card_id], limit)


def of_members(desk: "Desk", logins: Sequence[str] | None, limit: int) -> list[TransferEntry]:
    """The transfers that members gave, got or made, the newest first; None for everybody's."""
    if logins is None:
        return _entries(desk, "1", [], limit)
    marks = ",".join("?" * len(logins))
    return _entries(desk, PARTY.format(marks=marks), [*logins] * 3, limit)


def _entries(
    desk: "Desk", condition: str, parameters: Sequence[Any], limit: int
) -> list[TransferEntry]:
    cursor = database.execute_sql(TRANSFERS.format(condition=condition), [TRANSFER, *parameters])
    groups: dict[Key, list[tuple[int, dict[str, Any]]]] = {}
    heads: dict[int, tuple[str, str]] = {}
    for number, at, doer, card, after in cursor:
        said = said_of(after)
        key = (number, str(said.get("from", "")), str(said.get("to", "")))
        if key not in groups and 0 <= limit <= len(groups):
            break
        heads[number] = (at, doer)
        groups.setdefault(key, []).append((card, said))
    names = _members_called()
    seen = _seen(desk, [card for cards in groups.values() for card, _said in cards])
    undone = _undone(list(heads))
    return [
        TransferEntry(
            change_set=number,
            at=ChangeSet.at.python_value(heads[number][0]),
            by=heads[number][1],
            giver=names.get(giver, giver),
            receiver=names.get(receiver, receiver),
            reason=str(cards[0][1].get("reason", "")),
            numbers=tuple(str(said.get("number", "")) for _card, said in reversed(cards)),
            names=tuple(seen[card] for card, _said in reversed(cards) if card in seen),
            todos=sum(int(said.get("todos", 0)) for _card, said in cards),
            undone=number in undone,
        )
        for (number, giver, receiver), cards in groups.items()
    ]


def _members_called() -> dict[str, str]:
    return dict(database.execute_sql("SELECT login, name FROM member").fetchall())


def _seen(desk: "Desk", card_ids: Sequence[int]) -> dict[int, str]:
    """The names of the cards that the member sees, by id."""
    visible = desk.visible()
    found: dict[int, str] = {}
    for start in range(0, len(card_ids), rows.CHUNK):
        query = Card.select(Card.id, Card.name).where(
            Card.id.in_(card_ids[start : start + rows.CHUNK])
        )
        found.update(rows.tuples(query if visible is None else query.where(visible)))
    return found


def _undone(change_sets: Sequence[int]) -> set[int]:
    """Those of the change sets that an undo took back, and no redo brought again."""
    undone: set[int] = set()
    for start in range(0, len(change_sets), rows.CHUNK):
        part = list(change_sets[start : start + rows.CHUNK])
        sql = TAKEN_BACK.format(marks=",".join("?" * len(part)))
        undone.update(n for n, depth in database.execute_sql(sql, part).fetchall() if depth % 2)
    return undone
