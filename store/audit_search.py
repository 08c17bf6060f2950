"""Finding entries of the trail: a query as SQL over change sets, quick at a million changes.

Entries come newest first by walking the change sets from their end. What is frequent is found by
looking at each of them on the way; what is rare is looked up by its index first.
"""

import json
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from store import rows
from store.audit_scope import TEAM_TABLES, scope
from store.cleaning import clean_line
from store.deeds import ALONE, EXPORT, MERGE, TRANSFER
from store.models.base import database
from store.models.trail import ChangeSet
from store.records.audit import AuditQuery
from store.rights import ADMINISTRATOR, members_below
from store.search import expression_sql, visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

RARE = 20_000
"""Changes up to which those of one table are looked up first."""

NAMED = 500
"""Cards of which a text may be a part of the name."""

MOST_COUNTED = 5_000
"""Entries up to which an answer is counted: nobody turns more pages, and counting takes time."""

FIELD_KEY = re.compile(r"[a-z][a-z0-9_]*")


class Chosen:
    """The conditions of a query over `head`, a change set, with their parameters."""

    def __init__(self, desk: "Desk", query: AuditQuery) -> None:
        self.desk = desk
        self.conditions: list[str] = []
        self.parameters: list[Any] = []
        within = scope(desk)
        if within is not None:
            self._add(*within)
        if query.member:
            self._add(
                "head.member_id = (SELECT id FROM member WHERE login = ?)",
                [clean_line(query.member)],
            )
        self._add_days(query)
        if query.card is not None:
            self._add("head.id IN (SELECT change_set_id FROM change WHERE card = ?)", [query.card])
        if query.kind:
            self._add_kind(query.kind)
        if query.table:
            self._add_table(query.table)
        if query.field:
            self._add_field(query.field)
        if query.place.strip():
            part = clean_line(query.place)
            self._add("(instr(head.place, ?) OR instr(head.origin, ?))", [part, part])
        if query.text.strip():
            self._add_text(clean_line(query.text))

    @property
    def where(self) -> str:
        """All of it as one condition."""
        return " AND ".join(self.conditions) or "1"

    def _add(self, condition: str, parameters: list[Any]) -> None:
        self.conditions.append(condition)
        self.parameters.extend(parameters)

    def _add_days(self, query: AuditQuery) -> None:
        """The moments between, and the numbers between which those lie: so others are not walked.

        A clock that was put back mixes the two orders a little; by both nothing is lost.
        """
        for day, sign, edge in ((query.since, ">=", "min"), (query.until, "<", "max")):
            if day is None:
                continue
            moment = self._beginning(day if sign == ">=" else day + timedelta(days=1))
            self._add(f"head.at {sign} ?", [moment])
            sql = f"SELECT {edge}(+id) FROM change_set WHERE at {sign} ?"
            number = database.execute_sql(sql, [moment]).fetchone()[0]
            self._add(f"head.id {sign.rstrip('=')}= ?", [number or 0])

    def _beginning(self, day: date) -> str:
        """When a day begins, as moments are stored."""
        moment = datetime.combine(day, time.min, self.desk.store.clock.zone)
        return str(rows.stored(ChangeSet, {"at": moment})["at"])

    def _add_kind(self, kind: str) -> None:
        if kind == "undo":
            self._add("head.undoes_id IS NOT NULL", [])
        elif kind == "import":
            self._add("head.origin >= 'import:' AND head.origin < 'import;'", [])
        elif kind in (*ALONE, EXPORT, MERGE, TRANSFER):
            self._add_table(kind)
        else:
            marks = ",".join("?" * len(ALONE))
            self._add(
                f"head.undoes_id IS NULL AND head.origin NOT IN ({marks}) "
                "AND NOT (head.origin >= 'import:' AND head.origin < 'import;') "
                "AND NOT (head.origin >= 'export:' AND head.origin < 'export;') "
                "AND NOT EXISTS (SELECT 1 FROM change AS part "
                'WHERE part.change_set_id = head.id AND part."table" IN (?, ?))',
                [*ALONE, MERGE, TRANSFER],
            )

    def _add_table(self, table: str) -> None:
        sql = 'SELECT count(*) FROM (SELECT 1 FROM change WHERE "table" = ? LIMIT ?)'
        count = database.execute_sql(sql, [table, RARE]).fetchone()[0]
        if count < RARE:
            self._add('head.id IN (SELECT change_set_id FROM change WHERE "table" = ?)', [table])
        else:
            self._add(
                "EXISTS (SELECT 1 FROM change AS part WHERE part.change_set_id = head.id "
                'AND +part."table" = ?)',
                [table],
            )

    def _add_field(self, key: str) -> None:
        """A change of the field, by its key in the record, or of a record that is of this kind.

        In records of which the member sees the fields: what others hold is not to be guessed.
        """
        if not FIELD_KEY.fullmatch(key):
            self._add("0", [])
            return
        marks = (f'"{key}":', f'"profile.{key}":', f'"{key}_id":', f'"kind":"{key}"')
        found = " OR ".join("instr(part.before || part.after, ?) > 0" for _mark in marks)
        shown, parameters = self._shown_parts()
        self._add(
            "EXISTS (SELECT 1 FROM change AS part WHERE part.change_set_id = head.id "
            f"AND ({found}) AND {shown})",
            [*marks, *parameters],
        )

    def _shown_parts(self) -> tuple[str, list[Any]]:
        """The condition on `part` under which its fields are shown, as `Eyes.sight` has it."""
        if self.desk.member.role == ADMINISTRATOR:
            tables = sorted(TEAM_TABLES)
            return f'part."table" IN ({",".join("?" * len(tables))})', list(tables)
        visible, below = visible_sql(self.desk), members_below(self.desk.member)
        if below is None:
            return "1", []
        whose = f"head.member_id IN ({','.join(map(str, sorted(below)))})"
        if visible is None:
            return f"(part.card IS NOT NULL OR {whose})", []
        return (
            f"(part.card IN (SELECT card.id FROM card WHERE {visible[0]}) "
            f"OR ({whose} AND NOT EXISTS (SELECT 1 FROM card WHERE card.id = part.card)))",
            visible[1],
        )

    def _add_text(self, text: str) -> None:
        """Where it stands in what the member may read: what is masked or hidden tells nothing."""
        parts = ["instr(head.place, ?) > 0"]
        parameters: list[Any] = [text]
        sql = "SELECT id FROM member WHERE name = ? OR login = ?"
        members = [row_id for (row_id,) in database.execute_sql(sql, [text, text]).fetchall()]
        if members:
            parts.append(f"head.member_id IN ({','.join('?' * len(members))})")
            parameters.extend(members)
        cards = self._cards_named(text)
        if cards:
            parts.append(
                "head.id IN (SELECT change_set_id FROM change WHERE card IN "
                f"({','.join('?' * len(cards))}))"
            )
            parameters.extend(cards)
        values = self._in_values(text)
        if values is not None:
            parts.append(values[0])
            parameters.extend(values[1])
        self._add(f"({' OR '.join(parts)})", parameters)

    def _cards_named(self, text: str) -> list[int]:
        """The cards of this number, and those with this in a name that the member sees."""
        visible = visible_sql(self.desk)
        condition, parameters = ("1", []) if visible is None else visible
        named = f"(instr(name, ?) > 0 AND {condition})"
        given: list[Any] = [text.upper(), text, *parameters]
        if self.desk.member.role == ADMINISTRATOR:
            named, given = "0", [text.upper()]
        sql = f"SELECT card.id FROM card WHERE number = ? OR {named} LIMIT {NAMED}"
        return [row_id for (row_id,) in database.execute_sql(sql, given).fetchall()]

    def _in_values(self, text: str) -> tuple[str, list[Any]] | None:
        """Where it stands in a value on a card that the member owns or stands above."""
        if self.desk.member.role == ADMINISTRATOR:
            return None
        quoted = json.dumps(text, ensure_ascii=False)[1:-1]
        said = "(instr(part.after, ?) > 0 OR instr(part.before, ?) > 0)"
        held, below = self.desk.held(), members_below(self.desk.member)
        if held is None or below is None:
            return (
                "EXISTS (SELECT 1 FROM change AS part WHERE part.change_set_id = head.id "
                f"AND {said})",
                [quoted, quoted],
            )
        condition, parameters = expression_sql(held)
        return (
            "EXISTS (SELECT 1 FROM change AS part JOIN card ON card.id = part.card "
            f"WHERE part.change_set_id = head.id AND {said} AND {condition})",
            [quoted, quoted, *parameters],
        )


HEAD = "head.id, head.at, head.member_id, head.origin, head.summary, head.place, head.undoes_id"


def heads(
    desk: "Desk", query: AuditQuery, offset: int, limit: int, before: int | None = None
) -> list[tuple[Any, ...]]:
    """The change sets that answer a query, newest first, as the columns of `HEAD`.

    Args:
        before: the number before which they lie, to go on where a page ended.
    """
    chosen = Chosen(desk, query)
    parameters = list(chosen.parameters)
    where = chosen.where
    if before is not None:
        where += " AND head.id < ?"
        parameters.append(before)
    sql = (
        f"SELECT {HEAD} FROM change_set AS head WHERE {where} "
        "ORDER BY head.id DESC LIMIT ? OFFSET ?"
    )
    return list(database.execute_sql(sql, [*parameters, limit, offset]).fetchall())


def count(desk: "Desk", query: AuditQuery) -> int:
    """How many entries answer a query, `MOST_COUNTED` at most."""
    chosen = Chosen(desk, query)
    sql = (
        f"SELECT count(*) FROM (SELECT 1 FROM change_set AS head WHERE {chosen.where} "
        "ORDER BY head.id DESC LIMIT ?)"
    )
    found = database.execute_sql(sql, [*chosen.parameters, MOST_COUNTED]).fetchone()
    return int(found[0])
