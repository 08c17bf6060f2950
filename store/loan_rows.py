"""Loans as rows: found by a condition, each with what the reader may know of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store import rows, visibility
from store.deeds import READ, said_of
from store.json_text import read_json
from store.models.base import database
from store.models.cards import Card
from store.models.sharing import Loan
from store.records.loans import LoanRow, Reading
from store.rights import Refused, Right, condition
from store.search import expression_sql

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = (
    "loan.id, loan.card_id, card.number, card.kind, loan.kind, loan.member_id, borrower.name, "
    "borrower.login, loan.what, loan.pages, loan.sections, loan.reason, loan.status, "
    "loan.asked_at, loan.days, handler.name, approver.name, loan.decided_at, loan.answer, "
    "loan.due_at, loan.returned_at"
)

SOURCE = (
    "FROM loan JOIN card ON card.id = loan.card_id "
    "JOIN member AS borrower ON borrower.id = loan.member_id "
    "LEFT JOIN member AS handler ON handler.id = loan.decided_by_id "
    "LEFT JOIN member AS approver ON approver.id = loan.approved_by_id"
)

Condition = tuple[str, list[Any]]
"""SQL over `loan`, `card` and `borrower`, with its parameters."""

NEVER: Condition = ("0", [])


def lending(desk: "Desk") -> Condition:
    """The condition on a card under which the member says who may see it."""
    allowed = condition(desk, Right.LEND)
    if isinstance(allowed, Refused):
        return NEVER
    return ("1", []) if allowed is None else expression_sql(allowed)


def find(desk: "Desk", wanted: Condition, order: str, limit: int = -1) -> list[LoanRow]:
    """The loans that meet a condition."""
    where, parameters = wanted
    lends, lending_parameters = lending(desk)
    cursor = database.execute_sql(
        f"SELECT {COLUMNS}, {lends} {SOURCE} WHERE {where} ORDER BY {order} LIMIT ?",
        [*lending_parameters, *parameters, limit],
    )
    found = cursor.fetchall()
    names = _names(desk, [values[1] for values in found])
    now = desk.store.clock.now()
    return [_row(values, names, desk.member.id, now) for values in found]


def _row(values: tuple[Any, ...], names: dict[int, str], reader: int, now: datetime) -> LoanRow:
    loan_id, card_id, number, card_kind, kind, member, borrower, login, *rest = values
    what, pages, sections, reason, status, asked_at, days, handler, approver, *times = rest
    decided_at, answer, due_at, returned_at, decides = times
    due = _moment(due_at)
    return LoanRow(
        id=loan_id,
        card_id=card_id,
        number=number,
        name=names.get(card_id, ""),
        card_kind=card_kind,
        kind=kind,
        borrower=borrower,
        borrower_login=login,
        what=what,
        pages=pages,
        sections=None if sections is None else tuple(map(str, read_json(sections))),
        reason=reason,
        state=state_of(status, kind, due, now),
        asked_at=_known(asked_at),
        days=days,
        handler=handler or "",
        approver=approver or "",
        decided_at=_moment(decided_at),
        answer=answer,
        due_at=due,
        returned_at=_moment(returned_at),
        mine=member == reader,
        decides=bool(decides),
    )


def state_of(status: str, kind: str, due: datetime | None, now: datetime) -> str:
    """What has become of a loan by the real clock."""
    if status != "lent":
        return status
    over = due is not None and due <= now
    if kind == "paper":
        return "late" if over else "running"
    return "ended" if over else "running"


def _moment(text: str | None) -> datetime | None:
    return None if text is None else _known(text)


def _known(text: str) -> datetime:
    moment: datetime = Loan.asked_at.python_value(text)
    return moment


def _names(desk: "Desk", card_ids: Sequence[int]) -> dict[int, str]:
    """The names of those cards of which the member may know at least the name."""
    visible = desk.visible()
    known = visible
    if visible is not None:
        part = visibility.released(desk.member, desk.store.clock.now())
        known = visible if part is None else visible | part
    found: dict[int, str] = {}
    for start in range(0, len(card_ids), rows.CHUNK):
        query = Card.select(Card.id, Card.name).where(
            Card.id.in_(card_ids[start : start + rows.CHUNK])
        )
        found.update(rows.tuples(query if known is None else query.where(known)))
    return found


READINGS = (
    "SELECT head.at, head.place, change.after FROM change "
    "JOIN change_set AS head ON head.id = change.change_set_id "
    'WHERE change.card = ? AND change."table" = ? AND head.member_id = '
    "(SELECT member_id FROM loan WHERE id = ?) AND head.at >= ? AND head.at <= ? "
    "ORDER BY change.id DESC LIMIT ?"
)


def readings(loan: LoanRow, now: datetime, limit: int) -> list[Reading]:
    """When the borrower opened the card during a loan, the newest first."""
    if loan.kind != "access" or loan.decided_at is None or loan.due_at is None:
        return []
    until = min(moment for moment in (loan.returned_at, loan.due_at, now) if moment is not None)
    stored = Loan.asked_at.db_value
    cursor = database.execute_sql(
        READINGS,
        [loan.card_id, READ, loan.id, str(stored(loan.decided_at)), str(stored(until)), limit],
    )
    return [
        Reading(_known(at), place, tuple(map(str, said_of(after).get("sections", ()))))
        for at, place, after in cursor.fetchall()
    ]
