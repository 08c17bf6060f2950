"""What one member did, read from the trail record by record."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from store import rows
from store.models.base import database
from store.models.interactions import Interaction
from store.models.todos import Todo
from store.models.trail import ChangeSet
from store.records.team import WorkEntry
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

TABLES = (
    *("card", "contact_point", "affiliation", "family_member", "occasion"),
    *("interaction", "todo"),
)
"""Tables whose changes are work."""

CHANGES_READ = 20
"""Changes that are read for each entry that is wanted: a card has many records."""

WORDS = 80
"""Characters of a talk that are told."""

CHANGES = (
    "SELECT s.id, s.at, c.\"table\", c.row, c.card, c.before = '', c.after, card.name "
    "FROM change_set s JOIN change c ON c.change_set_id = s.id "
    "LEFT JOIN card ON card.id = c.card "
    "WHERE s.member_id = ? AND s.at >= ? AND s.at < ? AND s.undoes_id IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM change_set u WHERE u.undoes_id = s.id "
    "AND NOT EXISTS (SELECT 1 FROM change_set r WHERE r.undoes_id = u.id)) "
    f"AND c.\"table\" IN ({','.join('?' * len(TABLES))}) AND c.after <> '' "
)


class _Done(NamedTuple):
    """One record that was written; what an entry is made of."""

    change_set: int
    at: Any
    kind: str
    row: int
    card: int | None
    name: str


def entries_of(desk: "Desk", member: int, start: str, end: str, limit: int) -> list[WorkEntry]:
    """What a member did from one stored moment to another; one entry for each record.

    Of a card that was entered or changed there is one entry, however many records it has. Of his
    own work, too, a member is told nothing on cards that he does not see any more.
    """
    parameters: list[Any] = [member, start, end, *TABLES]
    sql = CHANGES
    seen = visible_sql(desk)
    if member != desk.member.id:
        sql += "AND card.id IS NOT NULL "
    if seen is not None:
        sql += f"AND (card.id IS NULL OR {seen[0]}) "
        parameters += seen[1]
    most = -1 if limit < 0 else limit * CHANGES_READ
    sql += "ORDER BY s.id DESC, c.id LIMIT ?"
    found = database.execute_sql(sql, [*parameters, most]).fetchall()
    done = list(_told_once(found))
    chosen = done if limit < 0 else done[:limit]
    return _entries(chosen)


def _told_once(found: list[tuple[Any, ...]]) -> Iterator[_Done]:
    told: set[tuple[int, str, int]] = set()
    for change_set, at, table, row, card, is_new, after, name in found:
        kind, number = _kind(table, bool(is_new), after), row
        if kind in ("card", "changed", "trashed"):
            number = card
            if {(change_set, "card", card), (change_set, "trashed", card)} & told:
                continue
        if (change_set, kind, number) not in told:
            told.add((change_set, kind, number))
            yield _Done(change_set, at, kind, row, card, name or "")


def _kind(table: str, is_new: bool, after: str) -> str:
    if table == "interaction":
        return "talk" if is_new else "talk_changed"
    said = json.loads(after)
    if table == "todo":
        if is_new:
            return "todo"
        return "done" if said.get("done_at") else "todo_changed"
    if table == "card":
        if is_new:
            return "card"
        return "trashed" if said.get("trashed_at") else "changed"
    return "changed"


def _entries(done: list[_Done]) -> list[WorkEntry]:
    talks = rows.fetch(Interaction, [one.row for one in done if "talk" in one.kind])
    todos = rows.fetch(
        Todo, [one.row for one in done if one.kind in ("todo", "done", "todo_changed")]
    )
    return [_entry(one, talks.get(one.row, {}), todos.get(one.row, {})) for one in done]


def _entry(one: _Done, talk: rows.Row, todo: rows.Row) -> WorkEntry:
    is_talk = "talk" in one.kind
    is_todo = one.kind in ("todo", "done", "todo_changed")
    words = ""
    if is_talk:
        words = talk.get("topic") or talk.get("minutes") or talk.get("words") or ""
    elif is_todo:
        words = todo.get("title", "")
    return WorkEntry(
        one.change_set,
        ChangeSet.at.python_value(one.at),
        one.kind,
        one.name or (words if is_todo else ""),
        " ".join(words.split())[:WORDS],
        one.card,
        one.row if is_talk and talk and talk.get("trashed_at") is None else None,
        one.row if is_todo and todo and todo.get("trashed_at") is None else None,
    )
