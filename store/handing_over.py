"""How cards change hands within one change set, with everything that belongs to them.

Who made a sale or logged a talk stays credited with it: only what is still to be done goes along.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store import rows
from store.deeds import TRANSFER
from store.models.base import database
from store.models.cards import Card
from store.models.relations import Club
from store.models.sharing import Loan
from store.models.todos import Todo
from store.records.transfers import Transfer

if TYPE_CHECKING:
    from store.recorder import Recorder
    from store.records.team import MemberRecord

HOLDING = frozenset({"rep", "manager", "director"})
"""Roles that look after customers; the others own no cards (domain.md section 6)."""


def hand_cards(
    change: "Recorder",
    card_ids: Iterable[int],
    receiver: "MemberRecord",
    reason: str,
    people: int = 0,
) -> Transfer:
    """Give cards to a member: the open to-dos of the old owner on them go along.

    Nothing that the old owner had lent to him on these cards is left open to him. Cards that the
    receiver has already stay as they are.

    Args:
        change: the change set; whoever made it has asked for the right, or its gate asks.
        people: how many of the cards are people who come along with their organisation.
    """
    held = rows.fetch(Card, card_ids)
    new = {"owner_id": receiver.id, "department_id": receiver.department}
    moving = {
        card_id: row for card_id, row in held.items() if any(row[k] != v for k, v in new.items())
    }
    gone = {card_id: row for card_id, row in moving.items() if row["owner_id"] != receiver.id}
    todos = _hand_todos(change, {card: row["owner_id"] for card, row in gone.items()}, receiver)
    _close_loans(change, {(card, row["owner_id"]) for card, row in gone.items()})
    logins = _logins({row["owner_id"] for row in gone.values()})
    for card_id in moving:
        change.update(Card, card_id, new)
        if card_id in gone:
            said = {
                "from": logins[gone[card_id]["owner_id"]],
                "to": receiver.login,
                "number": gone[card_id]["number"],
                "reason": reason,
                "todos": todos[card_id],
            }
            change.note_deed(TRANSFER, said, card_id)
    return Transfer(receiver.name, len(gone), min(people, len(gone)), sum(todos.values()))


def hand_box(
    change: "Recorder", leaver: "MemberRecord", receiver: "MemberRecord", reason: str
) -> Transfer:
    """Give everything that a member looks after to another: cards, those in the trash among them,
    every to-do that is open, and his clubs.

    Args:
        change: the change set; whoever made it has asked for the right, or its gate asks.
    """
    cards = [card for (card,) in rows.tuples(Card.select(Card.id).where(Card.owner == leaver.id))]
    done = hand_cards(change, cards, receiver, reason)
    others = _open_todos("owner_id", [leaver.id])
    for todo in others:
        change.update(Todo, todo["id"], {"owner_id": receiver.id})
    for clubs in rows.children(Club, "owner_id", [leaver.id]).values():
        for club in clubs:
            change.update(Club, club["id"], {"owner_id": receiver.id})
    return Transfer(done.to, done.cards, 0, done.todos + len(others))


def people_with(card_ids: Sequence[int]) -> list[int]:
    """People who work at organisations among these cards and have the same owner as these.

    Those that are among the cards themselves, or in the trash, are left out.
    """
    found: dict[int, None] = {}
    for start in range(0, len(card_ids), rows.CHUNK):
        part = list(card_ids[start : start + rows.CHUNK])
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(
            "SELECT person.id FROM affiliation AS link "
            "JOIN card AS house ON house.id = link.organisation_id "
            "JOIN card AS person ON person.id = link.person_id "
            f"WHERE link.organisation_id IN ({marks}) AND link.until IS NULL "
            "AND person.owner_id = house.owner_id AND person.trashed_at IS NULL "
            "ORDER BY person.id",
            part,
        )
        found.update(dict.fromkeys(person for (person,) in cursor.fetchall()))
    for card in card_ids:
        found.pop(card, None)
    return list(found)


def _hand_todos(
    change: "Recorder", owners: dict[int, int], receiver: "MemberRecord"
) -> Counter[int]:
    """Give the open to-dos of the old owners on their cards away; gives how many by card."""
    handed: Counter[int] = Counter()
    for todo in _open_todos("card_id", owners):
        if todo["owner_id"] == owners[todo["card_id"]]:
            change.update(Todo, todo["id"], {"owner_id": receiver.id})
            handed[todo["card_id"]] += 1
    return handed


def _open_todos(column: str, ids: Iterable[int]) -> list[rows.Row]:
    found = rows.children(Todo, column, ids, "done_at IS NULL AND trashed_at IS NULL")
    return [todo for several in found.values() for todo in several]


def _close_loans(change: "Recorder", owned: set[tuple[int, int]]) -> None:
    """Whoever gives a card away keeps no way into it from the time before it was his."""
    still = "kind = 'access' AND status IN ('asked', 'lent')"
    for several in rows.children(Loan, "card_id", [card for card, _owner in owned], still).values():
        for loan in several:
            if (loan["card_id"], loan["member_id"]) in owned:
                status = "withdrawn" if loan["status"] == "asked" else "returned"
                change.update(Loan, loan["id"], {"status": status, "returned_at": change.now})


def _logins(members: set[int]) -> dict[int, str]:
    from store.models.team import Member

    return {number: row["login"] for number, row in rows.fetch(Member, members).items()}
