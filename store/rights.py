"""Who may do what: asked before every write by the recorder, and by use cases of their own.

Seeing is decided in `store.visibility`. A right is asked of the cards as they are before the
write, by roles of domain.md section 6.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from store.errors import NotAllowed
from store.language import N_
from store.visibility import held, visible

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.team import MemberRecord

ADMINISTRATOR = "administrator"

NOT_YOURS = N_("This card is not yours to change; ask whoever looks after it.")
NO_LOGGING = N_("You may not log talks with this customer.")
NO_ENTERING = N_("Your role enters no cards.")
NO_HANDING = N_("You may not hand this card to another member.")
NO_LENDING = N_("You may not lend this card.")
NOT_YOUR_TODO = N_("This to-do is not yours to change.")
NO_TEAM = N_("Only an administrator sets up members, departments and keys.")
NO_CLOSING = N_("Only the file keeper, a manager or the director closes and opens volumes.")
GONE = N_("You do not work here any more; ask the administrator.")
KEY_GONE = N_("The key you came in with is not valid any more; ask the administrator.")


class Right(StrEnum):
    """What may be done with a card."""

    EDIT = "edit"
    """Change its fields, dates and family; put it into the trash."""
    LOG = "log"
    """Log talks with it."""
    HAND = "hand"
    """Give it to another member."""
    LEND = "lend"
    """Say whether somebody may see it, and take it back."""


REFUSALS = {
    Right.EDIT: NOT_YOURS,
    Right.LOG: NO_LOGGING,
    Right.HAND: NO_HANDING,
    Right.LEND: NO_LENDING,
}

ENTERING = frozenset({"rep", "manager", "director", "custodian"})
"""Roles that enter cards; service staff own none, an administrator has no customer data."""

KEEPING = frozenset({"custodian"})
"""Who keeps the files: edits, transfers and lends every card, and logs nothing."""


CLOSING = frozenset({"custodian", "manager", "director"})
"""Who closes papers into volumes, and opens those again."""


class Refused:
    """Stands for a condition that no card meets."""


REFUSED = Refused()


def condition(desk: "Desk", right: Right, card: Any | None = None) -> Any | Refused | None:
    """The condition under which a member has a right on a card; None for every card."""
    member = desk.member
    if member.role in KEEPING:
        return REFUSED if right is Right.LOG else None
    if right in (Right.HAND, Right.LEND) and member.role not in ("manager", "director"):
        return REFUSED
    if right is Right.LOG and member.role == "service":
        return visible(member, desk.store.clock.now(), card)
    return held(member, card)


def require(desk: "Desk", right: Right, card_ids: Iterable[int]) -> None:
    """Make sure that a member has a right on cards.

    Raises:
        NotAllowed: he has it not on one of them; those that do not exist count for nothing.
    """
    wanted = sorted(set(card_ids))
    if wanted and not all_allowed(desk, right, wanted):
        raise NotAllowed(REFUSALS[right]).about(wanted)


def all_allowed(desk: "Desk", right: Right, card_ids: list[int]) -> bool:
    """Whether a member has a right on each of these cards."""
    allowed = condition(desk, right)
    if allowed is None:
        return True
    return not (isinstance(allowed, Refused) or _beyond(allowed, card_ids))


def allowed_among(desk: "Desk", right: Right, card_ids: Iterable[int]) -> list[int]:
    """Those of a few cards on which a member has a right, in their order."""
    from store import rows
    from store.models.cards import Card

    ids = list(card_ids)
    allowed = condition(desk, right)
    if allowed is None or isinstance(allowed, Refused):
        return ids if allowed is None else []
    query = Card.select(Card.id).where(Card.id.in_(ids) & allowed)
    found = {card_id for (card_id,) in rows.tuples(query)}
    return [card_id for card_id in ids if card_id in found]


def _beyond(allowed: Any, card_ids: list[int]) -> bool:
    """Whether one of these cards does not meet a condition."""
    from store import rows
    from store.models.cards import Card

    for start in range(0, len(card_ids), rows.CHUNK):
        part = card_ids[start : start + rows.CHUNK]
        if Card.select().where(Card.id.in_(part) & ~allowed).exists():
            return True
    return False


def require_entering(member: "MemberRecord") -> None:
    """Make sure that a member may enter cards.

    Raises:
        NotAllowed: his role enters none.
    """
    if member.role not in ENTERING:
        raise NotAllowed(NO_ENTERING)


def require_closing(member: "MemberRecord") -> None:
    """Make sure that a member may close papers into volumes.

    Raises:
        NotAllowed: his role does not.
    """
    if member.role not in CLOSING:
        raise NotAllowed(NO_CLOSING)


def may_manage_team(desk: "Desk") -> bool:
    """Whether a member sets up members, departments and keys: an administrator.

    Where there is none, the director does: a personal box, or a team that has just begun.
    """
    role = desk.member.role
    if role == ADMINISTRATOR:
        return True
    return role == "director" and not _has_administrator()


def _has_administrator() -> bool:
    from store.models.base import database

    sql = "SELECT 1 FROM member WHERE role = ? AND active LIMIT 1"
    return database.execute_sql(sql, [ADMINISTRATOR]).fetchone() is not None


def require_team(desk: "Desk") -> None:
    """Make sure that a member may set up the team.

    Raises:
        NotAllowed: he may not.
    """
    if not may_manage_team(desk):
        raise NotAllowed(NO_TEAM)


def members_below(member: "MemberRecord") -> set[int] | None:
    """The members above whom a member stands, himself among them; None for all."""
    from store.models.base import database
    from store.visibility import ABOVE_ALL, departments_below

    if member.role in ABOVE_ALL:
        return None
    if member.role != "manager" or member.department is None:
        return {member.id}
    places = sorted(departments_below(member.department))
    marks = ",".join("?" * len(places))
    sql = f"SELECT id FROM member WHERE department_id IN ({marks})"
    return {member.id, *(row_id for (row_id,) in database.execute_sql(sql, places).fetchall())}
