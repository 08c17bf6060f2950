"""Reading remarks, with what the reader may see of the cards that they are about."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from store import labels, rows, visibility
from store.models.base import database
from store.models.cards import Card
from store.models.sharing import Remark
from store.records.remarks import RemarkRow

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = (
    "remark.id, remark.kind, remark.text, author.name, author.login, addressee.name, "
    "addressee.login, remark.created_at, remark.done_at, remark.card_id, remark.interaction_id, "
    "remark.todo_id, remark.answers_id, given.text, todo.title, talk.topic, talk.minutes, "
    "talk.words, remark.author_id, remark.addressee_id"
)

SOURCE = (
    "remark JOIN member AS author ON author.id = remark.author_id "
    "JOIN member AS addressee ON addressee.id = remark.addressee_id "
    "LEFT JOIN remark AS given ON given.id = remark.answers_id "
    "LEFT JOIN todo ON todo.id = remark.todo_id AND todo.trashed_at IS NULL "
    "AND COALESCE(todo.card_id, 0) = COALESCE(remark.card_id, 0) "
    "LEFT JOIN interaction AS talk ON talk.id = remark.interaction_id "
    "AND talk.trashed_at IS NULL AND (talk.card_id = remark.card_id OR EXISTS ("
    "SELECT 1 FROM interaction_card AS further WHERE further.interaction_id = talk.id "
    "AND further.card_id = remark.card_id))"
)
"""A talk or to-do that stands on another card by now is not told of."""

ABOUT = 60
"""Characters that name a talk or a to-do."""


class Seen(NamedTuple):
    """What a reader sees of a card: its number and name, and whether all of it."""

    number: str
    name: str
    whole: bool


def waiting(desk: "Desk", limit: int) -> list[RemarkRow]:
    """Those that wait for the member: guidance first, then the longest waiting."""
    return _rows(
        desk,
        "remark.addressee_id = ? AND remark.trashed_at IS NULL AND remark.done_at IS NULL "
        "ORDER BY remark.kind = 'remark', remark.kind, remark.id LIMIT ?",
        [desk.member.id, limit],
    )


def of_card(desk: "Desk", card_id: int, limit: int, only_waiting: bool) -> list[RemarkRow]:
    """Those on a card, the newest first."""
    waits = "AND remark.done_at IS NULL " if only_waiting else ""
    return _rows(
        desk,
        f"remark.card_id = ? AND remark.trashed_at IS NULL {waits}ORDER BY remark.id DESC LIMIT ?",
        [card_id, limit],
    )


def sent(desk: "Desk", limit: int) -> list[RemarkRow]:
    """Those that the member wrote, the newest first."""
    return _rows(
        desk,
        "remark.author_id = ? AND remark.trashed_at IS NULL ORDER BY remark.id DESC LIMIT ?",
        [desk.member.id, limit],
    )


def one(desk: "Desk", remark_id: int) -> RemarkRow | None:
    """A remark that the member may know of; None where there is none."""
    found = _read("remark.id = ? AND remark.trashed_at IS NULL", [remark_id])
    seen = _seen(desk, found)
    for row in found:
        card = seen.get(row[9])
        if desk.member.id in row[-2:] or (card is not None and card.whole):
            return _row(row, card)
    return None


def _rows(desk: "Desk", where: str, parameters: list[Any]) -> list[RemarkRow]:
    found = _read(where, parameters)
    seen = _seen(desk, found)
    return [_row(row, seen.get(row[9])) for row in found]


def _read(where: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    sql = f"SELECT {COLUMNS} FROM {SOURCE} WHERE {where}"
    return list(database.execute_sql(sql, parameters).fetchall())


def _seen(desk: "Desk", found: Iterable[tuple[Any, ...]]) -> dict[int, Seen]:
    """The cards of remarks that the member sees, whole or released to him."""
    ids = sorted({row[9] for row in found if row[9] is not None})
    if not ids:
        return {}
    whole = desk.visible()
    released = visibility.released(desk.member, desk.store.clock.now())
    chosen = Card.select(Card.id, Card.number, Card.name).where(Card.id.in_(ids))
    seen: dict[int, Seen] = {}
    if whole is not None and released is not None:
        for card_id, number, name in rows.tuples(chosen.where(released)):
            seen[card_id] = Seen(number, name, whole=False)
    for card_id, number, name in rows.tuples(chosen if whole is None else chosen.where(whole)):
        seen[card_id] = Seen(number, name, whole=True)
    return seen


def _row(row: tuple[Any, ...], card: Seen | None) -> RemarkRow:
    """A remark as its reader may see it.

    Where it is about no card, it is about a talk of none or a to-do of none: nothing is hidden.
    """
    no_card = row[9] is None
    whole = no_card or (card is not None and card.whole)
    return RemarkRow(
        id=row[0],
        kind=row[1],
        text=row[2],
        author=row[3],
        author_login=row[4],
        addressee=row[5],
        addressee_login=row[6],
        at=Remark.created_at.python_value(row[7]),
        done_at=row[8] and Remark.done_at.python_value(row[8]),
        card_id=row[9] if card is not None else None,
        card_number=card.number if card is not None else None,
        card_name=card.name if card is not None else None,
        hidden=not no_card and card is None,
        interaction_id=row[10] if whole else None,
        todo_id=row[11] if whole else None,
        about=labels.short(_about(row), ABOUT) if whole else "",
        answers=row[12],
        answered=row[13] or "",
    )


def _about(row: tuple[Any, ...]) -> str:
    return next((text for text in row[14:18] if text), "")
