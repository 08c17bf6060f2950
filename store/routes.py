"""The way from the member, or from a card, to a card: each step in words that can be followed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store import rows
from store.introductions import dislikes_introductions
from store.linked_cards import linked_card, linked_cards
from store.models.base import database
from store.models.cards import Affiliation
from store.models.relations import Referral, Relationship
from store.records.relations import Linked, Route, Step, inverse
from store.ways import Tie, Way, cheapest_way

if TYPE_CHECKING:
    from store.desk import Desk

RECENT = ((30, 1), (180, 2), (365, 3))
"""Days since the last talk with one's own customer, and what it costs to begin with him."""

LONG_AGO = 4
"""What it costs otherwise."""

MOST_CUSTOMERS = 3_000
"""Own customers that a way may begin with, those who were talked with last."""

MINE = (
    "SELECT id, last_contact_at FROM card WHERE owner_id = ? AND trashed_at IS NULL "
    "ORDER BY last_contact_at DESC LIMIT ?"
)

GOAL = "SELECT id, last_contact_at FROM card WHERE id = ? AND owner_id = ?"


def route(desk: "Desk", goal: int, start: int | None) -> Route:
    """As `Relations.path`."""
    target = linked_card(desk, goal)
    if start is not None:
        linked_card(desk, start)
        way = cheapest_way(desk, {start: 0}, goal)
        return Route(target, _steps(desk, way, {}, None), mine=False)
    own_row = desk.own_card.row()
    own = None if own_row is None else own_row.id
    last = _own_customers(desk, goal)
    starts = {card: _cost(desk, at) for card, at in last.items()}
    if own is not None:
        starts[own] = 0
    way = cheapest_way(desk, starts, goal, seen=True)
    return Route(target, _steps(desk, way, last, own), mine=True)


def _own_customers(desk: "Desk", goal: int) -> dict[int, datetime | None]:
    """The member's own customers, with the last contact; the card to reach, if it is one."""
    found = database.execute_sql(MINE, [desk.member.id, MOST_CUSTOMERS]).fetchall()
    found += database.execute_sql(GOAL, [goal, desk.member.id]).fetchall()
    return {card: _moment(at) for card, at in found}


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _cost(desk: "Desk", at: datetime | None) -> int:
    """What it costs to begin with a customer who was reached last at this moment."""
    if at is None:
        return LONG_AGO
    clock = desk.store.clock
    days = (clock.today() - clock.local(at).date()).days
    return next((cost for most, cost in RECENT if days <= most), LONG_AGO)


def _steps(
    desk: "Desk", way: Way | None, last: Mapping[int, datetime | None], own: int | None
) -> tuple[Step, ...]:
    """A way in steps: who works at the same place is one step, not two."""
    if way is None:
        return ()
    cards = linked_cards(desk, way.cards)
    disliking = dislikes_introductions(desk, way.cards)
    first = way.cards[0]
    begins = "self" if first == own else "own_customer" if first in last else ""
    steps = [
        Step(
            cards[first],
            begins,
            last_contact=last.get(first) if begins == "own_customer" else None,
            dislikes_introductions=first in disliking,
        )
    ]
    place = 1
    while place < len(way.cards):
        card, tie = way.cards[place], way.ties[place - 1]
        over = _colleagues(way, cards, place)
        if over:
            card, detail, how = way.cards[place + 1], cards[card].name, over
            strength: int | None = None
            place += 1
        else:
            how, strength, detail = _told(tie, card)
        place += 1
        steps.append(
            Step(cards[card], how, strength, detail, dislikes_introductions=card in disliking)
        )
    return tuple(steps)


def _colleagues(way: Way, cards: Mapping[int, Linked], place: int) -> str:
    """How two persons are joined by the organisation between them; "" where none stands there."""
    if place + 1 >= len(way.cards) or cards[way.cards[place]].kind != "organisation":
        return ""
    ties = way.ties[place - 1 : place + 1]
    if any(tie.table != "affiliation" for tie in ties):
        return ""
    jobs = rows.fetch(Affiliation, [tie.row for tie in ties]).values()
    return "works_with" if all(job["until"] is None for job in jobs) else "worked_with"


def _told(tie: Tie, card: int) -> tuple[str, int | None, str]:
    """What a card is to the one before it, how strongly, and where or what for."""
    if tie.table == "relationship":
        row = rows.fetch(Relationship, [tie.row])[tie.row]
        kind = str(row["kind"])
        return (kind if row["card_id"] == card else inverse(kind)), row["strength"], ""
    if tie.table == "referral":
        row = rows.fetch(Referral, [tie.row])[tie.row]
        return ("brought" if row["card_id"] == card else "referred_by"), None, ""
    job = rows.fetch(Affiliation, [tie.row])[tie.row]
    if tie.table == "reports_to":
        return ("report" if job["person_id"] == card else "superior"), None, ""
    is_person, present = job["person_id"] == card, job["until"] is None
    if is_person:
        return ("works_here" if present else "worked_here"), None, job["title"] or ""
    return ("employer" if present else "former_employer"), None, job["title"] or ""
