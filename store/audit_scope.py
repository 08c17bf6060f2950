"""What a member sees of the trail: which entries, and how much of each changed record.

Director and administrator see every entry, a manager those of his members and those on cards he
sees, the custodian those on cards, everybody his own. Values follow the card: all of them for who
owns it or stands above its owner, the sensitive ones masked for who sees it, none for who does not.
The administrator has no customer data by his role: he sees who, when, what kind and which number.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from store import rows
from store.models.base import database
from store.rights import ADMINISTRATOR, KEEPING, members_below
from store.search import expression_sql, visible_sql
from store.visibility import ABOVE_ALL

if TYPE_CHECKING:
    from store.desk import Desk

TEAM_TABLES = frozenset({"member", "department", "public_key", "card_release", "setting"})
"""Tables that hold no customer data."""

Condition = tuple[str, list[Any]]
"""SQL over `head`, a change set, with its parameters."""


class Sight(IntEnum):
    """How much of a changed record is shown."""

    NOTHING = 0
    MASKED = 1
    ALL = 2


class KnownCard(NamedTuple):
    """A card that a change is about, and how much of it the asker sees."""

    number: str
    name: str
    kind: str
    sight: Sight


def scope(desk: "Desk") -> Condition | None:
    """The condition under which a member sees an entry; None for every one."""
    member = desk.member
    if member.role in ABOVE_ALL or member.role == ADMINISTRATOR:
        return None
    if member.role in KEEPING:
        return (
            "(head.member_id = ? OR EXISTS (SELECT 1 FROM change AS part "
            "WHERE part.change_set_id = head.id AND part.card IS NOT NULL))",
            [member.id],
        )
    if member.role != "manager":
        return "head.member_id = ?", [member.id]
    below = sorted(members_below(member) or ())
    whose = f"head.member_id IN ({','.join('?' * len(below))})"
    visible = visible_sql(desk)
    condition, parameters = ("1", []) if visible is None else visible
    return (
        f"({whose} OR EXISTS (SELECT 1 FROM change AS part JOIN card ON card.id = part.card "
        f"WHERE part.change_set_id = head.id AND {condition}))",
        [*below, *parameters],
    )


class Eyes:
    """How much a member sees of the records of some entries."""

    def __init__(self, desk: "Desk", card_ids: Iterable[int]) -> None:
        self.desk = desk
        self._role = desk.member.role
        self._below = members_below(desk.member)
        self.cards = self._known(sorted(set(card_ids)))
        """The cards that are still there, by id."""

    def _known(self, card_ids: list[int]) -> Mapping[int, KnownCard]:
        known: dict[int, KnownCard] = {}
        for start in range(0, len(card_ids), rows.CHUNK):
            part = card_ids[start : start + rows.CHUNK]
            seen, held = self._among(part, self.desk.visible()), self._among(part, self.desk.held())
            marks = ",".join("?" * len(part))
            sql = f"SELECT id, number, name, kind FROM card WHERE id IN ({marks})"
            for card_id, number, name, kind in database.execute_sql(sql, part).fetchall():
                sight = Sight.ALL if card_id in held else Sight(card_id in seen)
                if self._role == ADMINISTRATOR:
                    sight = Sight.NOTHING
                shown = name if sight else ""
                known[card_id] = KnownCard(number, shown, kind, sight)
        return known

    @staticmethod
    def _among(card_ids: list[int], expression: Any | None) -> set[int]:
        """Those of a few cards that meet a condition; all of them where there is none."""
        if expression is None:
            return set(card_ids)
        condition, parameters = expression_sql(expression)
        marks = ",".join("?" * len(card_ids))
        sql = f"SELECT card.id FROM card WHERE card.id IN ({marks}) AND {condition}"
        cursor = database.execute_sql(sql, [*card_ids, *parameters])
        return {card_id for (card_id,) in cursor.fetchall()}

    def sight(self, table: str, card_id: int | None, author: int) -> Sight:
        """How much of a changed record the member sees.

        Args:
            table: the record's table.
            card_id: the card that it belongs to.
            author: the id of the member who changed it.
        """
        card = self.cards.get(card_id or 0)
        if card is not None:
            return card.sight
        if table in TEAM_TABLES and self._role == ADMINISTRATOR:
            return Sight.ALL
        if self._role == ADMINISTRATOR:
            return Sight.NOTHING
        if self._below is None or author in self._below:
            return Sight.ALL
        # A card that is gone again, such as one whose entering was undone.
        return Sight(card_id is not None and self._role in KEEPING)
