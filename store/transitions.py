"""How grades and owners changed, read from the trail: when, by whom, from what, to what."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import rows
from store.models.base import database
from store.models.trail import ChangeSet
from store.records.grades import Move, Transition
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = {
    "lifecycle": "lifecycle",
    "likelihood": "likelihood",
    "value_grade": "value_grade",
    "credit_grade": "credit_grade",
    "owner": "owner_id",
}
"""The column of each field that is kept."""

IS_GRADED = (
    "change.\"table\" = 'card' AND change.before <> '' AND ("
    + " OR ".join(f"instr(change.before, '\"{column}\":') > 0" for column in COLUMNS.values())
    + ")"
)
"""The changes that the index `change_graded` holds, word for word; a key of canonical JSON."""

READ = (
    "SELECT change.before, change.after, change.card, change.change_set_id, head.at, head.origin, "
    "member.name, card.number, card.name FROM change {index} "
    "JOIN change_set AS head ON head.id = change.change_set_id "
    "JOIN member ON member.id = head.member_id JOIN card ON card.id = change.card "
    f"WHERE {IS_GRADED} AND change.after <> '' "
)
BY_GRADE = "INDEXED BY change_graded"

WITHIN = "SELECT min(id), max(id) FROM change_set WHERE at >= ? AND at < ?"


def of_card(desk: "Desk", card_id: int, limit: int) -> list[Transition]:
    """How the grades and the owner of a card changed, the newest first.

    Raises:
        NotFound: the member does not see the whole of the card.
    """
    desk.cards.check_visible(card_id)
    sql = f"{READ.format(index='')} AND change.card = ? ORDER BY change.id DESC LIMIT ?"
    return list(_told(database.execute_sql(sql, [card_id, limit]).fetchall()))


def within(
    desk: "Desk",
    since: datetime,
    until: datetime,
    field: str | None = None,
    before: str | None = None,
    after: str | None = None,
) -> list[Transition]:
    """The changes of a time on cards that the member sees whole, that nobody took back.

    Args:
        since: the first moment.
        until: the first moment after it.
        field: the only one that is asked for.
        before: the value that it had, as it is kept; of an owner his name.
        after: the value that it got.
    """
    moments = [ChangeSet.at.db_value(moment) for moment in (since, until)]
    first, last = database.execute_sql(WITHIN, moments).fetchone()
    if first is None:
        return []
    sql = f"{READ.format(index=BY_GRADE)} AND change.change_set_id BETWEEN ? AND ?"
    sql += " AND head.at >= ? AND head.at < ?"
    parameters: list[Any] = [first, last, *moments]
    for value, side in ((before, "before"), (after, "after")):
        if field is None:
            continue
        key = f'"{COLUMNS[field]}":'
        if value is not None and field != "owner":
            key += json.dumps(value or None, ensure_ascii=False)
        sql += f" AND instr(change.{side}, ?) > 0"
        parameters.append(key)
    visible = visible_sql(desk)
    if visible is not None:
        sql += f" AND {visible[0]}"
        parameters.extend(visible[1])
    # In the order of the index, which is that of time: sorting all of them would take longer.
    found = database.execute_sql(sql, parameters).fetchall()
    return [
        move
        for move in _told(found)
        if move.stands
        and field in (None, move.field)
        and (field is None or before in (None, move.before))
        and (field is None or after in (None, move.after))
    ]


def counted(moves: Iterable[Transition]) -> list[Move]:
    """How many cards went from what to what, the commonest first."""
    cards: dict[tuple[str, str, str], set[int]] = {}
    for move in moves:
        cards.setdefault((move.field, move.before, move.after), set()).add(move.card_id)
    order = list(COLUMNS)
    found = [Move(*key, cards=len(ids)) for key, ids in cards.items()]
    return sorted(found, key=lambda move: (order.index(move.field), -move.cards, move.after))


def _told(found: list[tuple[Any, ...]]) -> Iterator[Transition]:
    names: Mapping[int, str] = dict(database.execute_sql("SELECT id, name FROM member").fetchall())
    fallen = _fallen({row[3] for row in found})
    for old, new, card, change_set, at, origin, who, number, name in found:
        before, after = json.loads(old), json.loads(new)
        for field, column in COLUMNS.items():
            if column not in before or before[column] == after.get(column):
                continue
            sides = [side.get(column) for side in (before, after)]
            if field == "owner":
                sides = [names.get(side, "") for side in sides]
            yield Transition(
                at=ChangeSet.at.python_value(at),
                member=who,
                origin=origin,
                card_id=card,
                number=number,
                name=name,
                field=field,
                before=sides[0] or "",
                after=sides[1] or "",
                stands=change_set not in fallen,
            )


def _fallen(change_sets: set[int]) -> set[int]:
    """Those of some change sets that were taken back, or take another back.

    What was undone and then done again stands: as many reversals stand on it as take each other
    back.
    """
    fallen: set[int] = set()
    for start in range(0, len(change_sets), rows.CHUNK):
        part = sorted(change_sets)[start : start + rows.CHUNK]
        marks = ",".join([database.param] * len(part))
        sql = f"SELECT id FROM change_set WHERE undoes_id IS NOT NULL AND id IN ({marks})"
        fallen.update(row_id for (row_id,) in database.execute_sql(sql, part).fetchall())
    waiting = {change_set: change_set for change_set in change_sets - fallen}
    while waiting:
        above: dict[int, int] = {}
        ids = sorted(waiting)
        for start in range(0, len(ids), rows.CHUNK):
            part = ids[start : start + rows.CHUNK]
            marks = ",".join([database.param] * len(part))
            sql = f"SELECT id, undoes_id FROM change_set WHERE undoes_id IN ({marks})"
            for reversal, undone in database.execute_sql(sql, part).fetchall():
                above[reversal] = waiting[undone]
        fallen ^= set(above.values())
        waiting = above
    return fallen
