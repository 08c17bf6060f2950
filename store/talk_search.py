"""Finding talks: the contact log's pages and counts.

As with cards, few hits are sorted and many are met by walking the log's own order.
"""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING, Any

from store.language import _
from store.models.base import database
from store.records.interactions import InteractionQuery, InteractionRow
from store.search import FEW, visible_sql, written_stamp
from store.tokens import match_query

if TYPE_CHECKING:
    from store.desk import Desk

BEGINNING = 120
"""Characters of long texts that a list row carries."""

COLUMNS = (
    "talk.id, talk.card_id, card.number, card.name, card.organisation_name, member.name, talk.at, "
    f"talk.method, talk.topic, substr(talk.minutes, 1, {BEGINNING}), "
    f"substr(talk.words, 1, {BEGINNING}), talk.interest, talk.reached, talk.next_on"
)

ABOUT = "SELECT rowid FROM search_interaction WHERE search_interaction MATCH ?"
WITH = (
    "SELECT id FROM interaction WHERE trashed_at IS NULL AND card_id IN "
    "(SELECT rowid FROM search_card WHERE search_card MATCH ?)"
)
SEEN = " AND card_id IN (SELECT card.id FROM card WHERE {condition})"
"""A nickname stands in the index beside the name, and tells of a card that is not seen."""
ON_CARDS = (
    "SELECT id FROM interaction WHERE card_id IN ({cards}) UNION ALL "
    "SELECT interaction_id FROM interaction_card WHERE card_id IN ({cards})"
)
ORDER = "talk.at DESC, talk.id DESC"
KEPT_COUNTS = 8


@dataclass(slots=True)
class Selection:
    """The WHERE of a query over `interaction AS talk`, and what a text finds, if one is sought."""

    conditions: list[str] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)
    found: frozenset[int] | None = None
    by_id: bool = False
    """Whether few talks are named by their ids, so that no index may be walked instead."""

    def add(self, condition: str, *parameters: Any) -> None:
        """Require one more condition."""
        self.conditions.append(condition)
        self.parameters.extend(parameters)

    @property
    def where(self) -> str:
        """All conditions as SQL."""
        return " AND ".join(self.conditions)

    @property
    def source(self) -> str:
        """The table as the query's FROM names it."""
        return f"interaction AS talk{' NOT INDEXED' if self.by_id else ''}"

    def among(self, ids: str, *parameters: Any) -> None:
        """Require one of these ids, given as SQL."""
        self.add(f"talk.id IN ({ids})", *parameters)
        self.by_id = True


def listed(ids: Iterable[int]) -> str:
    """Ids as SQL: numbers of our own, so nothing to quote."""
    return ",".join(map(str, ids))


def visible_talks(desk: "Desk") -> Selection:
    """The talks the member sees: with a card that he sees and that is not in the trash."""
    chosen = Selection()
    visible = visible_sql(desk)
    if visible is not None:
        cards = f"SELECT card.id FROM card WHERE card.trashed_at IS NULL AND {visible[0]}"
        chosen.among(ON_CARDS.format(cards=cards), *visible[1], *visible[1])
        return chosen
    # Without a condition on the card, an index alone counts the talks.
    trashed = database.execute_sql(
        "SELECT DISTINCT card_id FROM interaction "
        "WHERE card_id IN (SELECT id FROM card WHERE trashed_at IS NOT NULL)"
    ).fetchall()
    if trashed:
        chosen.add(f"talk.card_id NOT IN ({listed(card for (card,) in trashed)})")
    return chosen


def select(desk: "Desk", query: InteractionQuery) -> Selection:
    """The conditions under which a talk is in the answer to a query."""
    chosen = visible_talks(desk)
    chosen.add(f"talk.trashed_at IS {'NOT ' if query.trashed else ''}NULL")
    if query.card is not None:
        chosen.among(ON_CARDS.format(cards="?"), query.card, query.card)
    if query.mine:
        chosen.add("talk.member_id = ?", desk.member.id)
    if query.methods:
        marks = ",".join("?" * len(query.methods))
        chosen.add(f"talk.method IN ({marks})", *query.methods)
    zone = desk.store.clock.zone
    if query.since is not None:
        chosen.add("talk.at >= ?", midnight(query.since, zone))
    if query.until is not None and query.until < date.max:
        chosen.add("talk.at < ?", midnight(query.until + timedelta(days=1), zone))
    text = query.text.strip()
    if text and query.trashed:
        chosen.add("(instr(talk.topic, ?) OR instr(talk.minutes, ?))", text, text)
    elif text:
        chosen.found = matching_talks(text, visible_sql(desk))
    return chosen


def midnight(day: date, zone: tzinfo) -> str:
    """The beginning of a local day as moments are stored."""
    moment = datetime.combine(day, time.min, zone)
    if day.year <= 1 or day.year >= 9999:
        return str(moment.replace(tzinfo=None))
    return str(moment.astimezone(UTC).replace(tzinfo=None))


class _Answers(threading.local):
    """The last answers of this thread's connection; they hold until somebody writes."""

    def __init__(self) -> None:
        self.stamp: tuple[object, ...] = ()
        self.asked: tuple[Any, ...] = ()
        self.found: frozenset[int] = frozenset()
        self.counts: dict[tuple[Any, ...], int] = {}

    def refresh(self) -> None:
        """Forget what may have changed."""
        stamp = written_stamp()
        if self.stamp != stamp:
            self.stamp, self.asked, self.counts = stamp, (), {}


_answers = _Answers()


def matching_talks(text: str, visible: tuple[str, list[Any]] | None) -> frozenset[int]:
    """The talks that have these words, whoever may see them, or are with a card of this name.

    Args:
        visible: the condition on cards that are known by their names; None for all.
    """
    _answers.refresh()
    condition, parameters = ("", []) if visible is None else visible
    asked = (text, condition, *parameters)
    if _answers.asked != asked:
        match = match_query(text)
        found: set[int] = set()
        if match is not None:
            known = SEEN.format(condition=condition) if condition else ""
            named = [f"{{name organisation}} : ({match})", *parameters]
            for statement, sought in ((ABOUT, [match]), (f"{WITH}{known}", named)):
                found.update(row for (row,) in database.execute_sql(statement, sought).fetchall())
        _answers.asked, _answers.found = asked, frozenset(found)
    return _answers.found


def count(desk: "Desk", query: InteractionQuery) -> int:
    """How many talks answer a query."""
    chosen = select(desk, query)
    _answers.refresh()
    key = (query.text, chosen.where, *chosen.parameters)
    if key not in _answers.counts:
        while len(_answers.counts) >= KEPT_COUNTS:
            del _answers.counts[next(iter(_answers.counts))]
        _answers.counts[key] = _count(chosen)
    return _answers.counts[key]


def _count(chosen: Selection) -> int:
    found = chosen.found
    if found is not None and len(found) > FEW:
        if chosen.conditions == ["talk.trashed_at IS NULL"]:
            return len(found)
        cursor = database.execute_sql(
            f"SELECT talk.id FROM {chosen.source} WHERE {chosen.where}", chosen.parameters
        )
        return sum(row in found for (row,) in cursor)
    if found is not None:
        chosen.among(listed(found))
    sql = f"SELECT count(*) FROM {chosen.source} WHERE {chosen.where}"
    return int(database.execute_sql(sql, chosen.parameters).fetchone()[0])


def page(desk: "Desk", query: InteractionQuery, offset: int, limit: int) -> list[InteractionRow]:
    """A page of the talks that answer a query, the newest first; all from there on for -1."""
    chosen = select(desk, query)
    if chosen.found is not None and len(chosen.found) > FEW:
        return _rows_of(_walk(chosen, chosen.found, offset, limit))
    if chosen.found is not None:
        chosen.among(listed(chosen.found))
    sql = (
        f"SELECT talk.id FROM {chosen.source} WHERE {chosen.where} "
        f"ORDER BY {ORDER} LIMIT ? OFFSET ?"
    )
    cursor = database.execute_sql(sql, [*chosen.parameters, limit, offset])
    return _rows_of([row for (row,) in cursor.fetchall()])


LOOKED_THROUGH = 1_000
"""Talks of a text's answer that are looked through for the place of one."""


def place(desk: "Desk", query: InteractionQuery, talk_id: int) -> int | None:
    """At which place of the answer to a query a talk stands, from 0; None where it is not there,
    or so far down in the answer to a text that nobody looks for it.
    """
    chosen = select(desk, query)
    if chosen.found is not None:
        found = (row.id for row in page(desk, query, 0, LOOKED_THROUGH))
        return next((at for at, row_id in enumerate(found) if row_id == talk_id), None)
    asked = f"SELECT 1 FROM {chosen.source} WHERE {chosen.where} AND talk.id = ?"
    if database.execute_sql(asked, [*chosen.parameters, talk_id]).fetchone() is None:
        return None
    numbered = (
        f"SELECT talk.id AS id, row_number() OVER (ORDER BY {ORDER}) - 1 AS place "
        f"FROM {chosen.source} WHERE {chosen.where}"
    )
    cursor = database.execute_sql(
        f"SELECT place FROM ({numbered}) WHERE id = ?", [*chosen.parameters, talk_id]
    )
    return int(cursor.fetchone()[0])


def _walk(chosen: Selection, found: frozenset[int], offset: int, limit: int) -> list[int]:
    """The ids of a page of many hits, met by walking all talks from the newest on."""
    cursor = database.execute_sql(
        f"SELECT talk.id FROM {chosen.source} WHERE {chosen.where} ORDER BY {ORDER}",
        chosen.parameters,
    )
    hits = (row for (row,) in cursor if row in found)
    try:
        return list(islice(hits, offset, None if limit < 0 else offset + limit))
    finally:
        cursor.close()


def _rows_of(ids: Sequence[int]) -> list[InteractionRow]:
    """The list rows of talks, in the order of their ids here."""
    rows: dict[int, InteractionRow] = {}
    for start in range(0, len(ids), FEW):
        part = ids[start : start + FEW]
        marks = ",".join("?" * len(part))
        sql = (
            f"SELECT {COLUMNS} FROM interaction AS talk JOIN card ON card.id = talk.card_id "
            f"JOIN member ON member.id = talk.member_id WHERE talk.id IN ({marks})"
        )
        rows.update((row.id, row) for row in map(_row, database.execute_sql(sql, part).fetchall()))
    return [rows[row] for row in ids]


def _row(values: tuple[Any, ...]) -> InteractionRow:
    talk_id, card_id, number, name, organisation, member, *rest = values
    at, method, topic, minutes, words, interest, reached, next_on = rest
    return InteractionRow(
        id=talk_id,
        card_id=card_id,
        number=number,
        name=name,
        organisation=organisation,
        member=member,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        method=method,
        summary=" ".join(_(": ").join(part for part in (topic, minutes) if part).split()),
        words=" ".join((words or "").split()),
        interest=interest,
        reached=bool(reached),
        next_on=date.fromisoformat(next_on) if next_on else None,
    )
