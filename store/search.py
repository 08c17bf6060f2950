"""Finding cards: candidates from the search index, then what the member may see, then order.

No relevance score is used: reckoning it for `z` takes 137 ms at 100,000 cards. Few candidates
are sorted; many are met by walking the list's own order until the page is full.
"""

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from store.models.base import database
from store.records.card_list import CardQuery, CardRow
from store.tokens import match_query

if TYPE_CHECKING:
    from store.desk import Desk

MATCHING = "SELECT count(*), group_concat(rowid) FROM search_card WHERE search_card MATCH ?"

IN_USE = "card.trashed_at IS NULL"

# Few cards are at risk, or put off: each has an index of its own that holds them alone.
AT_RISK = "card.id IN (SELECT id FROM card AS flagged INDEXED BY card_risk WHERE flagged.risk)"
PUT_OFF = (
    "card.id IN (SELECT id FROM card AS later INDEXED BY card_put_off "
    "WHERE later.put_off_until > ?)"
)

KEPT_ANSWERS = 8

WALKED_IN_SQL = 5000
"""Up to so many candidates are named to the database while it walks the list's order."""

NEARLY_ALL = 50_000

LOOKED_UP = 150
"""So many cards are looked for in the text of an answer before it is taken apart: the first page
of a list that finds nearly everybody is full by then."""

FEW = 1000
"""Up to so many candidates are sorted as a whole."""

COLUMNS = (
    "card.id, card.number, card.kind, card.name, card.organisation_name, card.title, card.phone, "
    "member.name, card.lifecycle, card.likelihood, card.value_grade, card.importance, "
    "card.last_contact_at, card.next_on, card.next_step, card.review_due_on, card.completeness, "
    "card.credit_grade, card.credit_limit, card.risk, card.route_order, card.put_off_until"
)

ORDERS = {
    "contact": "card.last_contact_at DESC",
    "name": "card.sort_key",
    "number": "card.id",
    "created": "card.id DESC",
    "next": "card.next_on IS NULL, card.next_on",
    "review": "card.review_due_on",
    "lifecycle": "CASE card.lifecycle WHEN 'loyal' THEN 0 WHEN 'buyer' THEN 1 WHEN 'likely' THEN 2 "
    "WHEN 'target' THEN 3 WHEN 'prospect' THEN 4 ELSE 5 END",
    "likelihood": "CASE card.likelihood WHEN 'unclassified' THEN 'Z' ELSE card.likelihood END",
    "value": "card.value_grade IS NULL, card.value_grade",
    "importance": "CASE card.importance WHEN 'key' THEN 0 WHEN 'special' THEN 1 "
    "WHEN 'ordinary' THEN 2 ELSE 3 END",
    "credit": "card.credit_grade IS NULL, card.credit_grade",
    "complete": "card.completeness",
    "route": "card.route_order IS NULL, card.route_order",
}
"""SQL order by the name of a sort; the id decides between equals."""

WALKED = {
    "contact": "INDEXED BY card_trashed_at_last_contact_at",
    "name": "INDEXED BY card_trashed_at_sort_key",
}
"""Orders that an index can be walked in."""


@dataclass(slots=True)
class Selection:
    """The WHERE of a card query, and the candidates of the search index where a text is sought."""

    conditions: list[str]
    parameters: list[Any]
    match: str | None = None
    found: "Matches" = field(default_factory=lambda: Matches(0, ""))

    @property
    def few(self) -> bool:
        """Whether the candidates are worth sorting as a whole."""
        return self.found.count <= FEW

    @property
    def only_match(self) -> bool:
        """Whether nothing but the text chooses: the index holds no trashed card."""
        return self.conditions == [IN_USE]

    @property
    def among(self) -> str:
        """The candidates as SQL: numbers of our own, so nothing to quote."""
        return self.found.among

    @property
    def where(self) -> str:
        """All conditions as SQL."""
        return " AND ".join(self.conditions)


def select(desk: "Desk", query: CardQuery) -> Selection:
    """The conditions under which a card is in the answer to a query."""
    chosen = Selection([], [])
    chosen.conditions.append("card.trashed_at IS NOT NULL" if query.in_trash else IN_USE)
    visible = visible_sql(desk)
    if visible is not None:
        chosen.conditions.append(visible[0])
        chosen.parameters.extend(visible[1])
    _add_filters(desk, chosen, query)
    _add_text(chosen, query)
    return chosen


def visible_sql(desk: "Desk") -> tuple[str, list[Any]] | None:
    """The condition on `card` under which the member sees a card, with its parameters.

    None means every card.
    """
    expression = desk.visible()
    return None if expression is None else expression_sql(expression)


def expression_sql(expression: Any) -> tuple[str, list[Any]]:
    """A condition on cards as SQL over `card`, with its parameters."""
    from store.models.cards import Card

    sql, parameters = Card.select(Card.id).where(expression).sql()
    return f"({sql.split(' WHERE ', 1)[1]})".replace('"t1".', "card."), list(parameters)


def _add_filters(desk: "Desk", chosen: Selection, query: CardQuery) -> None:
    if query.mine:
        chosen.conditions.append("card.owner_id = ?")
        chosen.parameters.append(desk.member.id)
    if query.kind:
        chosen.conditions.append("card.kind = ?")
        chosen.parameters.append(query.kind)
    for column, values in (
        ("lifecycle", query.lifecycles),
        ("likelihood", query.likelihoods),
        ("value_grade", query.value_grades),
        ("importance", query.importances),
        ("credit_grade", query.credit_grades),
        ("category", query.categories),
        ("ownership", query.ownerships),
        ("region", query.regions),
        ("city", query.cities),
        ("industry", query.industries),
    ):
        if values:
            chosen.conditions.append(f"card.{column} IN ({','.join('?' * len(values))})")
            chosen.parameters.extend(values)
    for tag in query.tags:
        chosen.conditions.append(
            "card.id IN (SELECT card_id FROM card_fact WHERE key = 'tags' AND value = ?)"
        )
        chosen.parameters.append(tag)
    if query.circles:
        # A circle is a few people: they are found at once among the facts.
        marks = ",".join("?" * len(query.circles))
        chosen.conditions.append(
            "card.id IN (SELECT card_id FROM card_fact "
            f"WHERE key = 'circle' AND value IN ({marks}))"
        )
        chosen.parameters.extend(query.circles)
    if query.owners:
        marks = ",".join("?" * len(query.owners))
        chosen.conditions.append(
            f"card.owner_id IN (SELECT id FROM member WHERE login IN ({marks}))"
        )
        chosen.parameters.extend(query.owners)
    if query.source_centre:
        chosen.conditions.append(
            "card.id IN (SELECT card_id FROM card_fact WHERE key = 'source_centre' "
            "AND value <> 'False')"
        )
    if query.risk:
        chosen.conditions.append(AT_RISK)
    if query.merged:
        chosen.conditions.append("card.merged_into_id IS NOT NULL")
    _add_days(desk, chosen, query)


def _add_days(desk: "Desk", chosen: Selection, query: CardQuery) -> None:
    today = desk.store.clock.today()
    if query.complete_below is not None:
        chosen.conditions.append("card.completeness < ?")
        chosen.parameters.append(query.complete_below)
    if query.put_off:
        chosen.conditions.append(PUT_OFF)
        chosen.parameters.append(today.isoformat())
    if query.not_seen_days is not None:
        chosen.conditions.append("(card.last_contact_at IS NULL OR card.last_contact_at < ?)")
        chosen.parameters.append((today - timedelta(days=query.not_seen_days)).isoformat())
    if query.review_due:
        chosen.conditions.append("card.review_due_on <= ?")
        chosen.conditions.append("(card.put_off_until IS NULL OR card.put_off_until <= ?)")
        chosen.parameters.extend([today.isoformat()] * 2)


def _add_text(chosen: Selection, query: CardQuery) -> None:
    text = query.text.strip()
    if not text:
        return
    if query.in_trash:
        chosen.conditions.append("(instr(card.name, ?) OR instr(card.sort_key, ?))")
        chosen.parameters.extend([text, text.casefold()])
        return
    chosen.match = match_query(text)
    if chosen.match is None:
        chosen.conditions.append("0")
        return
    chosen.found = matching(chosen.match)


class Matches:
    """Cards that the search index gave, as it gave them: taken apart only where that is needed.

    A text of a hundred thousand numbers comes in a fifth of the time that as many rows take.
    """

    def __init__(self, count: int, text: str) -> None:
        self.count = count
        self.text = text
        """The ids, with commas between them."""
        self._asked = 0

    @property
    def among(self) -> str:
        """The condition that a card is one of them."""
        return f"card.id IN ({self.text})"

    @cached_property
    def _members(self) -> frozenset[str]:
        return frozenset(self.text.split(","))

    @cached_property
    def _between_commas(self) -> str:
        return f",{self.text},"

    def __contains__(self, card_id: int) -> bool:
        self._asked += 1
        if self.count > NEARLY_ALL and self._asked <= LOOKED_UP:
            return f",{card_id}," in self._between_commas
        return str(card_id) in self._members


def matching(match: str) -> Matches:
    """The cards that the search index gives for an expression, whoever may see them.

    The last few answers are kept until somebody writes: typing, counting and paging ask again.
    """
    stamp = written_stamp()
    if _answers.stamp != stamp:
        _answers.stamp = stamp
        _answers.by_match = {}
    found = _answers.by_match.get(match)
    if found is None:
        count, text = database.execute_sql(MATCHING, [match]).fetchone()
        found = Matches(count, text or "")
        while len(_answers.by_match) >= KEPT_ANSWERS:
            del _answers.by_match[next(iter(_answers.by_match))]
        _answers.by_match[match] = found
    return found


def written_stamp() -> tuple[object, ...]:
    """A value that changes when anybody writes: an answer holds as long as it is the same.

    Within a transaction it is never the same.
    """
    connection = database.connection()
    if connection.in_transaction:
        return (object(),)  # what is read there may be rolled back
    return (
        connection,  # not its id, which a later connection may have again
        connection.total_changes,
        database.execute_sql("PRAGMA data_version").fetchone()[0],
    )


class _Answers(threading.local):
    """The last answers of the search index, of this thread's connection."""

    def __init__(self) -> None:
        self.stamp: tuple[object, ...] = ()
        self.by_match: dict[str, Matches] = {}


_answers = _Answers()


def forget_answers() -> None:
    """Ask the index anew the next time; for measuring."""
    _answers.stamp = ()


def count(desk: "Desk", query: CardQuery) -> int:
    """How many cards answer a query."""
    chosen = select(desk, query)
    if chosen.match is None:
        sql = f"SELECT count(*) FROM card WHERE {chosen.where}"
        return int(database.execute_sql(sql, chosen.parameters).fetchone()[0])
    if chosen.only_match:
        return chosen.found.count
    if chosen.few:
        sql = f"SELECT count(*) FROM card NOT INDEXED WHERE {chosen.where} AND {chosen.among}"
        return int(database.execute_sql(sql, chosen.parameters).fetchone()[0])
    sql = f"SELECT card.id FROM card WHERE {chosen.where}"
    rest = database.execute_sql(sql, chosen.parameters).fetchall()
    return sum(row_id in chosen.found for (row_id,) in rest)


def page(desk: "Desk", query: CardQuery, offset: int, limit: int) -> list[CardRow]:
    """A page of the cards that answer a query, in the query's order; all from there on for -1."""
    chosen = select(desk, query)
    order = _order(query)
    if chosen.match is None:
        return _rows("", chosen.where, chosen.parameters, order, offset, limit)
    if not chosen.few:
        return _page_of_many(chosen, query, order, offset, limit if limit >= 0 else sys.maxsize)
    text = query.text.strip()
    lowered = text.casefold()
    ranks = ["card.name = ?"]
    ranked: list[Any] = [text]
    if text.isascii():
        ranks.append(matching(_whole_name(chosen.match)).among)
    ranks.append("(substr(card.name, 1, ?) = ? OR substr(card.sort_key, 1, ?) = ?)")
    ranked += [len(text), text, len(lowered), lowered]
    if not text.isascii():
        ranks.append("instr(card.name, ?) > 0")
        ranked.append(text)
    else:
        ranks.append(matching(_in_name(chosen.match)).among)
    return _rows(
        "NOT INDEXED",
        f"{chosen.where} AND {chosen.among}",
        chosen.parameters,
        ", ".join([*(f"{rank} DESC" for rank in ranks), order]),
        offset,
        limit,
        ranked,
    )


def _in_name(match: str) -> str:
    """The search expression for the names of cards alone."""
    return f"name : ({match})"


def _whole_name(match: str) -> str:
    """The search expression for names that are no longer than what was typed."""
    return _in_name(match).replace("*", "")


LOOKED_THROUGH = 1_000
"""Cards of a text's answer that are looked through for the place of one."""


def place(desk: "Desk", query: CardQuery, card_id: int) -> int | None:
    """At which place of the answer to a query a card stands, from 0; None where it is not there,
    or so far down in the answer to a text that nobody looks for it.
    """
    chosen = select(desk, query)
    where, parameters = chosen.where, chosen.parameters
    if chosen.match is not None:
        found = (row.id for row in page(desk, query, 0, LOOKED_THROUGH))
        return next((at for at, row_id in enumerate(found) if row_id == card_id), None)
    asked = f"SELECT 1 FROM card WHERE {where} AND card.id = ?"
    if database.execute_sql(asked, [*parameters, card_id]).fetchone() is None:
        return None
    numbered = (
        f"SELECT card.id AS id, row_number() OVER (ORDER BY {_order(query)}) - 1 AS place "
        f"FROM card WHERE {where}"
    )
    cursor = database.execute_sql(
        f"SELECT place FROM ({numbered}) WHERE id = ?", [*parameters, card_id]
    )
    return int(cursor.fetchone()[0])


def _order(query: CardQuery) -> str:
    order = ORDERS.get(query.sort, ORDERS["contact"])
    if query.reverse:
        parts = [part.strip() for part in order.split(",")] if "CASE" not in order else [order]
        order = ", ".join(
            part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC"
            for part in parts
        )
    return f"{order}, card.id DESC" if not order.startswith("card.id") else order


def _page_of_many(
    chosen: Selection, query: CardQuery, order: str, offset: int, limit: int
) -> list[CardRow]:
    """The exact names first, then the list's own order until the page is full."""
    found = chosen.found
    exact = _exact(chosen, query, order)
    page_ids = exact[offset : offset + limit]
    skip = max(0, offset - len(exact))
    if found.count <= WALKED_IN_SQL and _walk(query):
        where = f"{chosen.where} AND {found.among}"
        if exact:
            where += f" AND card.id NOT IN ({','.join(map(str, exact))})"
        rest = limit - len(page_ids)
        page_ids += _ids(_walk(query), where, chosen.parameters, order, rest, skip)
        return _in_order(page_ids)
    ahead = set(exact)
    cursor = database.execute_sql(
        f"SELECT card.id FROM card {_walk(query)} WHERE {chosen.where} ORDER BY {order}",
        chosen.parameters,
    )
    try:
        for (row_id,) in cursor:
            if len(page_ids) >= limit:
                break
            if row_id not in found or row_id in ahead:
                continue
            if skip:
                skip -= 1
            else:
                page_ids.append(row_id)
    finally:
        cursor.close()
    return _in_order(page_ids)


def _in_order(card_ids: list[int]) -> list[CardRow]:
    """The list rows of cards, in the order of their ids here."""
    by_id: dict[int, CardRow] = {}
    for start in range(0, len(card_ids), FEW):
        part = card_ids[start : start + FEW]
        marks = ",".join("?" * len(part))
        by_id.update((row.id, row) for row in rows_where(f"card.id IN ({marks})", part))
    return [by_id[row_id] for row_id in card_ids if row_id in by_id]


def _exact(chosen: Selection, query: CardQuery, order: str) -> list[int]:
    """The cards whose name is what was typed, in characters or initials, where the list allows."""
    if query.sort != "contact" or query.reverse:
        return []
    text = query.text.strip()
    if text.isascii():
        whole = matching(_whole_name(chosen.match or ""))
        if whole.count > FEW:
            return []
        where = f"{chosen.where} AND {whole.among}"
        return _ids("NOT INDEXED", where, chosen.parameters, order)
    where = f"{chosen.where} AND card.name = ?"
    return _ids("INDEXED BY card_name", where, [*chosen.parameters, text], order)


def _walk(query: CardQuery) -> str:
    """The index whose order is the list's own."""
    if query.mine and query.sort == "contact":
        return "INDEXED BY card_owner_id_trashed_at_last_contact_at"
    return WALKED.get(query.sort, "")


def _ids(
    walk: str, where: str, parameters: list[Any], order: str, limit: int = FEW, offset: int = 0
) -> list[int]:
    cursor = database.execute_sql(
        f"SELECT card.id FROM card {walk} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
        [*parameters, limit, offset],
    )
    return [row_id for (row_id,) in cursor.fetchall()]


def _rows(
    walk: str,
    where: str,
    parameters: list[Any],
    order: str,
    offset: int,
    limit: int,
    ranked: Sequence[Any] = (),
) -> list[CardRow]:
    """A page of list rows: ordered by ids alone first, so that few rows are read whole.

    Args:
        ranked: the parameters of `order`.
    """
    sql = (
        f"SELECT {COLUMNS} FROM (SELECT card.id AS chosen FROM card {walk} WHERE {where} "
        f"ORDER BY {order} LIMIT ? OFFSET ?) JOIN card ON card.id = chosen "
        f"JOIN member ON member.id = card.owner_id ORDER BY {order}"
    )
    cursor = database.execute_sql(sql, [*parameters, *ranked, limit, offset, *ranked])
    return [card_row(values) for values in cursor.fetchall()]


def card_row(values: tuple[Any, ...]) -> CardRow:
    """A list row from the columns of `COLUMNS`."""
    last, next_on, review, put_off = values[12], values[13], values[15], values[21]
    fields: tuple[Any, ...] = (
        *values[:12],
        datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None,
        date.fromisoformat(next_on) if next_on else None,
        values[14],
        date.fromisoformat(review) if review else None,
        values[16],
    )
    row = CardRow(*fields)
    if put_off is None and values[17:21] == (None, None, None, None):
        return row
    return row._replace(
        credit_grade=values[17],
        credit_limit=values[18],
        risk=bool(values[19]),
        route_order=values[20],
        put_off_until=date.fromisoformat(put_off) if put_off else None,
    )


def rows_where(where: str, parameters: list[Any]) -> list[CardRow]:
    """The list rows of all cards under a condition, in no order."""
    return _rows("", where, parameters, "card.id", 0, -1)
