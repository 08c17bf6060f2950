"""What a change set was about, by the names that people know: to-dos and cards."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store import rows
from store.models.base import Table
from store.models.cards import Card
from store.models.relations import Segment
from store.models.team import Member
from store.models.todos import Todo
from store.models.trail import Change
from store.taking_back import unseen_cards

if TYPE_CHECKING:
    from store.desk import Desk

MOST = 3
"""Names that are told."""

LOOKED_AT = 200
"""Changes whose names are looked up: an import has thousands."""


def names_of(desk: "Desk", changes: Sequence[Change]) -> tuple[str, ...]:
    """The first few names of what changes were about; a last "…" stands for further ones.

    Args:
        changes: of one change set, before anything of it is taken back. Cards that the member
            does not see any more are not named, nor what belongs to them.
    """
    looked_at = changes[:LOOKED_AT]
    found = list(dict.fromkeys(_names(desk, looked_at)))
    more = len(found) > MOST or len(changes) > LOOKED_AT
    return (*found[:MOST], *(["…"] if more else []))


def _names(desk: "Desk", changes: Sequence[Change]) -> Iterator[str]:
    unseen = unseen_cards(desk, changes)
    todos = {change.row for change in changes if change.table == "todo"}
    cards = {change.card for change in changes if change.card is not None}
    titles = _texts(Todo, "title", todos, changes)
    names = _texts(Card, "name", cards, changes)
    people = {change.row for change in changes if change.table == "member"}
    members = _texts(Member, "name", people, changes)
    filters = {change.row for change in changes if change.table == "segment"}
    segments = _texts(Segment, "name", filters, changes)
    others = _of_others(desk, todos)
    for change in changes:
        if change.card in unseen or (change.table == "todo" and change.row in others):
            continue
        if change.table == "todo":
            yield titles.get(change.row, "")
        elif change.table == "member":
            yield members.get(change.row, "")
        elif change.table == "segment":
            yield segments.get(change.row, "")
        elif change.card is not None and change.card in names:
            yield names[change.card]


def _of_others(desk: "Desk", todos: set[int]) -> set[int]:
    """To-dos without a card that are none of the member's business."""
    if desk.visible() is None:
        return set()
    named = ("owner_id", "asked_by_id", "created_by_id")
    return {
        row_id
        for row_id, row in rows.fetch(Todo, sorted(todos)).items()
        if row["card_id"] is None and desk.member.id not in (row[column] for column in named)
    }


def _texts(
    table: type[Table], column: str, ids: set[int], changes: Sequence[Change]
) -> dict[int, str]:
    """What records are called, by id; for those that are gone, as the changes have it."""
    texts = {row_id: str(row[column]) for row_id, row in rows.fetch(table, sorted(ids)).items()}
    for change in changes:
        if change.table == table._meta.table_name and change.row not in texts:
            record = json.loads(change.after or change.before)
            texts[change.row] = str(record.get(column, ""))
    return texts
