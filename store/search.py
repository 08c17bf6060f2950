"""Finding cards: candidates from the search index, then what the member may see, then order.

No relevance score is used: reckoning it for `z` takes 137 ms at 100,000 cards. Few candidates
are sorted; many are met by walking the list's own order until the page is full.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.models.base import database
from store.records.cards import CardQuery, CardRow
from store.tokens import match_query

if TYPE_CHECKING:
    from store.desk import Desk

FEW = 2000
"""Up to so many candidates are sorted as a whole."""

COLUMNS = (
    "card.id, card.number, card.kind, card.name, card.organisation_name, card.title, card.phone, "
    "member.name, card.lifecycle, card.likelihood, card.value_grade, card.importance, "
    "card.last_contact_at, card.next_on, card.next_step, card.review_due_on, card.completeness"
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
}
"""SQL order by the name of a sort; the id decides between equals."""

WALKED = {
    "contact": "INDEXED BY card_trashed_at_last_contact_at",
    "name": "INDEXED BY card_trashed_at_sort_key",
}
"""Orders that an index can be walked in."""


@dataclass(slots=True)
class Selection:
    """The WHERE of a card query, and how many candidates the search index gave (None: no text)."""

    conditions: list[str]
    parameters: list[Any]
    match: str | None = None
    candidates: int | None = None

    @property
    def where(self) -> str:
        """All conditions as SQL."""
        return " AND ".join(self.conditions)


def select(desk: "Desk", query: CardQuery) -> Selection:
    """The conditions under which a card is in the answer to a query."""
    chosen = Selection([], [])
    chosen.conditions.append(f"card.trashed_at IS {'NOT ' if query.trashed else ''}NULL")
    visible = desk.visible()
    if visible is not None:
        _add_expression(chosen, visible)
    _add_filters(desk, chosen, query)
    _add_text(chosen, query)
    return chosen


def _add_expression(chosen: Selection, expression: Any) -> None:
    """Add a Peewee expression over the card table."""
    from store.models.cards import Card

    sql, parameters = Card.select(Card.id).where(expression).sql()
    condition = sql.split(" WHERE ", 1)[1].replace('"t1".', "card.")
    chosen.conditions.append(condition)
    chosen.parameters.extend(parameters)


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
        ("region", query.regions),
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
    today = desk.store.clock.today()
    if query.not_seen_days is not None:
        chosen.conditions.append("(card.last_contact_at IS NULL OR card.last_contact_at < ?)")
        chosen.parameters.append((today - timedelta(days=query.not_seen_days)).isoformat())
    if query.review_due:
        chosen.conditions.append("card.review_due_on <= ?")
        chosen.parameters.append(today.isoformat())


def _add_text(chosen: Selection, query: CardQuery) -> None:
    text = query.text.strip()
    if not text:
        return
    if query.trashed:
        chosen.conditions.append("(instr(card.name, ?) OR instr(card.sort_key, ?))")
        chosen.parameters.extend([text, text.casefold()])
        return
    chosen.match = match_query(text)
    if chosen.match is None:
        chosen.conditions.append("0")
        chosen.candidates = 0
        return
    cursor = database.execute_sql(
        "SELECT count(*) FROM (SELECT 1 FROM search_card WHERE search_card MATCH ? LIMIT ?)",
        [chosen.match, FEW + 1],
    )
    chosen.candidates = int(cursor.fetchone()[0])


def count(desk: "Desk", query: CardQuery) -> int:
    """How many cards answer a query."""
    chosen = select(desk, query)
    if chosen.match is None:
        sql = f"SELECT count(*) FROM card WHERE {chosen.where}"
        return int(database.execute_sql(sql, chosen.parameters).fetchone()[0])
    if chosen.conditions == ["card.trashed_at IS NULL"]:
        sql = "SELECT count(*) FROM search_card WHERE search_card MATCH ?"
        return int(database.execute_sql(sql, [chosen.match]).fetchone()[0])
    sql = f"SELECT count(*) FROM card WHERE {chosen.where} AND card.id IN (" + MATCHING + ")"
    return int(database.execute_sql(sql, [*chosen.parameters, chosen.match]).fetchone()[0])


MATCHING = "SELECT rowid FROM search_card WHERE search_card MATCH ?"


def page(desk: "Desk", query: CardQuery, offset: int, limit: int) -> list[CardRow]:
    """A page of the cards that answer a query, in the query's order."""
    chosen = select(desk, query)
    order = _order(query)
    if chosen.match is None:
        return _rows("", chosen.where, chosen.parameters, order, offset, limit)
    text = query.text.strip()
    if (chosen.candidates or 0) <= FEW:
        where = f"{chosen.where} AND card.id IN ({MATCHING})"
        order = (
            "card.name = ? DESC, (substr(card.name, 1, ?) = ? OR substr(card.sort_key, 1, ?) = ?) "
            "DESC, " + order
        )
        lowered = text.casefold()
        ranked = [text, len(text), text, len(lowered), lowered]
        parameters = [*chosen.parameters, chosen.match, *ranked]
        return _rows("", where, parameters, order, offset, limit)
    return _page_of_many(chosen, query, order, offset, limit)


def _order(query: CardQuery) -> str:
    order = ORDERS.get(query.sort, ORDERS["contact"])
    if query.reverse:
        parts = [part.strip() for part in order.split(",")] if "CASE" not in order else [order]
        order = ", ".join(
            part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC"
            for part in parts
        )
    return f"{order}, card.id DESC" if order != "card.id" else order


def _page_of_many(
    chosen: Selection, query: CardQuery, order: str, offset: int, limit: int
) -> list[CardRow]:
    """The exact names first, then the list's own order until the page is full."""
    text = query.text.strip()
    exact: list[CardRow] = []
    exact_count = 0
    if query.sort == "contact" and not query.reverse:
        where = f"{chosen.where} AND card.name = ?"
        parameters = [*chosen.parameters, text]
        sql = f"SELECT count(*) FROM card WHERE {where}"
        exact_count = int(database.execute_sql(sql, parameters).fetchone()[0])
        if offset < exact_count:
            exact = _rows("", where, parameters, order, offset, limit)
    if len(exact) == limit:
        return exact
    walk = WALKED.get(query.sort, "")
    where = f"{chosen.where} AND card.name <> ? AND card.id IN ({MATCHING})"
    parameters = [*chosen.parameters, text if exact_count else "", chosen.match]
    rest = max(0, offset - exact_count)
    return exact + _rows(walk, where, parameters, order, rest, limit - len(exact))


def _rows(
    walk: str, where: str, parameters: list[Any], order: str, offset: int, limit: int
) -> list[CardRow]:
    sql = (
        f"SELECT {COLUMNS} FROM card {walk} JOIN member ON member.id = card.owner_id "
        f"WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    )
    cursor = database.execute_sql(sql, [*parameters, limit, offset])
    return [card_row(values) for values in cursor.fetchall()]


def card_row(values: tuple[Any, ...]) -> CardRow:
    """A list row from the columns of `COLUMNS`."""
    last, next_on, review = values[12], values[13], values[15]
    moment = datetime.fromisoformat(last).replace(tzinfo=UTC) if last else None
    fields = (
        *values[:12],
        moment,
        date.fromisoformat(next_on) if next_on else None,
        values[14],
        date.fromisoformat(review) if review else None,
        values[16],
    )
    return CardRow(*fields)


def rows_where(where: str, parameters: list[Any]) -> list[CardRow]:
    """The list rows of all cards under a condition, in no order."""
    return _rows("", where, parameters, "card.id", 0, -1)
