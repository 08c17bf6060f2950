"""Cards of which a member gets a part: found by name, organisation and title, and by nothing else.

They stand behind the cards that he sees whole, and only in lists that nothing but a text and the
kind chooses: an order or a filter by what is hidden would tell of it.
"""

from typing import TYPE_CHECKING, Any

from store import visibility
from store.models.base import database
from store.records.card_list import CardQuery, CardRow
from store.search import card_row, expression_sql, visible_sql
from store.tokens import match_query, name_answers
from store.visibility import Level

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = (
    "card.id, card.number, card.kind, card.name, card.organisation_name, card.title, '', "
    "member.name, '', '', NULL, NULL, NULL, NULL, '', NULL, 0, NULL, NULL, NULL, NULL, NULL"
)
"""The columns of a list row; what is not released is blank."""

MATCHES = "card.id IN (SELECT rowid FROM search_card WHERE search_card MATCH ?)"

NAMED = "(card.kind = 'organisation' OR card.short_name IS NULL OR name_answers(card.name, ?))"
"""The index keeps a person's nickname, which is not released, beside his name."""

PLAIN = CardQuery()


def asks_plainly(query: CardQuery) -> bool:
    """Whether a list is chosen by nothing but a text and the kind."""
    return query == CardQuery(
        text=query.text, kind=query.kind, sort=query.sort, reverse=query.reverse
    )


def applies(desk: "Desk", query: CardQuery) -> bool:
    """Whether cards seen in part belong to the answer at all."""
    return _select(desk, query) is not None


def count(desk: "Desk", query: CardQuery) -> int:
    """How many cards answer a query of which the member gets a part."""
    chosen = _select(desk, query)
    if chosen is None:
        return 0
    where, parameters = chosen
    found = database.execute_sql(f"SELECT count(*) FROM card WHERE {where}", parameters)
    return int(found.fetchone()[0])


def page(desk: "Desk", query: CardQuery, offset: int, limit: int) -> list[CardRow]:
    """A page of them, by name."""
    chosen = _select(desk, query)
    if chosen is None or limit == 0:
        return []
    where, parameters = chosen
    return _rows(desk, where, [*parameters, limit, max(0, offset)], "LIMIT ? OFFSET ?")


def row(desk: "Desk", card_id: int) -> CardRow | None:
    """The list row of a card of which the member gets a part."""
    chosen = _select(desk, PLAIN)
    if chosen is None:
        return None
    where, parameters = chosen
    found = _rows(desk, f"{where} AND card.id = ?", [*parameters, card_id])
    return found[0] if found else None


def _rows(desk: "Desk", where: str, parameters: list[Any], end: str = "") -> list[CardRow]:
    cursor = database.execute_sql(
        f"SELECT {COLUMNS} FROM card JOIN member ON member.id = card.owner_id "
        f"WHERE {where} ORDER BY card.sort_key, card.id {end}",
        parameters,
    )
    lent = visibility.lent_in_part(desk.member, desk.store.clock.now())
    found = [card_row(values) for values in cursor.fetchall()]
    levels = (Level.SECTIONS if row.id in lent else Level.RELEASED for row in found)
    return [row._replace(level=int(level)) for row, level in zip(found, levels, strict=True)]


def _select(desk: "Desk", query: CardQuery) -> tuple[str, list[Any]] | None:
    """The condition and its parameters; None where the member gets no card in part."""
    if not asks_plainly(query):
        return None
    released = visibility.released(desk.member, desk.store.clock.now())
    whole = visible_sql(desk)
    if released is None or whole is None:
        return None
    some, parameters = expression_sql(released)
    where = f"card.trashed_at IS NULL AND {some} AND NOT {whole[0]}"
    parameters = [*parameters, *whole[1]]
    if query.kind:
        where += " AND card.kind = ?"
        parameters.append(query.kind)
    if query.text.strip():
        match = match_query(query.text)
        if match is None:
            return None
        where += f" AND ({MATCHES} OR ({NAMED} AND {MATCHES}))"
        connection = database.connection()
        connection.create_function("name_answers", 2, name_answers, deterministic=True)
        parameters += [f"{{organisation title}} : ({match})", query.text, f"name : ({match})"]
    return where, parameters
