"""What follows a member who moves to another department, or leaves: cards, keys, trainees."""

from typing import TYPE_CHECKING

from store import rows
from store.models.base import database
from store.models.cards import Card
from store.models.team import Member, PublicKey

if TYPE_CHECKING:
    from store.recorder import Recorder


def owned(member: int) -> tuple[int, int]:
    """How many cards, those in the trash among them, and open to-dos a member has."""
    sql = (
        "SELECT (SELECT count(*) FROM card WHERE owner_id = ?), (SELECT count(*) FROM todo "
        "WHERE owner_id = ? AND done_at IS NULL AND trashed_at IS NULL)"
    )
    cards, todos = database.execute_sql(sql, [member, member]).fetchone()
    return int(cards), int(todos)


def move_cards(change: "Recorder", member: int, department: int | None) -> None:
    """Put the cards of a member into the department that he moves to."""
    mine = [card for (card,) in rows.tuples(Card.select(Card.id).where(Card.owner == member))]
    for card in mine:
        change.update(Card, card, {"department_id": department})
    change.settle(mine)  # neither search nor lists know the department


def take_keys(change: "Recorder", member: int) -> None:
    """Take a member's keys away: the door is closed at once."""
    keys = rows.children(PublicKey, "member_id", [member]).get(member, [])
    if keys:
        change.delete_many(PublicKey, keys)


def let_go_trainees(change: "Recorder", coach: int, other: int | None) -> None:
    """Give a coach's trainees another coach, or none."""
    learning = Member.select(Member.id).where((Member.coach == coach) & (Member.id != other))
    for (trainee,) in rows.tuples(learning):
        change.update(Member, trainee, {"coach_id": other})
    if other is not None:
        own = Member.select(Member.id).where((Member.coach == coach) & (Member.id == other))
        for (member,) in rows.tuples(own):
            change.update(Member, member, {"coach_id": None})
