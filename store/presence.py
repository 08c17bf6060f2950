"""Who else has a card open just now, and who is editing it.

A session says when a card is opened and closed, and every now and then that it is still there;
one that says nothing any more, because it was killed, is forgotten. Nobody is asked and nothing
is written where only one member works.
"""

import os
from typing import TYPE_CHECKING

from store.arguments import checks_arguments
from store.members import active_members
from store.models.base import database
from store.presence_file import PresenceFile, presence_beside
from store.records.presence import Present
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

BEAT = 10.0
"""Seconds between two signs of life."""

STALE = 30.0
"""Seconds without a sign of life after which a session has gone."""


@explains_trouble
@checks_arguments
class Presence:
    """What this session tells the others, and what it sees of them. May be used from any thread."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._session = os.urandom(8).hex()
        self._file = PresenceFile(presence_beside(desk.store.path))

    def arrive(self, card_id: int, editing: bool = False) -> bool:
        """Say that this session has a card open; whether somebody could be told of it at all.

        Args:
            editing: whether it is open in its form.

        Raises:
            NotFound: the member sees no such card.
        """
        if not _is_team():
            return False
        self.desk.cards.row(card_id)
        now = self._now()
        self._file.run("DELETE FROM presence WHERE beat < ?", [now - STALE])
        self._file.run(
            "INSERT OR REPLACE INTO presence (session, card, member, editing, beat) "
            "VALUES (?, ?, ?, ?, ?)",
            [self._session, card_id, self.desk.member.id, editing, now],
        )
        return True

    def leave(self, card_id: int | None = None) -> None:
        """Say that this session has closed a card, or all of its cards."""
        sql = "DELETE FROM presence WHERE session = ?"
        if not self._file.path.exists():
            return
        if card_id is None:
            self._file.run(sql, [self._session])
            self._file.close()
        else:
            self._file.run(f"{sql} AND card = ?", [self._session, card_id])

    def beat(self) -> None:
        """Say that this session is still there."""
        self._file.run(
            "UPDATE presence SET beat = ? WHERE session = ?", [self._now(), self._session]
        )

    def others(self, card_id: int) -> list[Present]:
        """Who else has a card open: whoever edits it first, then by name.

        A card that the member sees only in part has nobody for him.
        """
        if not self._file.path.exists():
            return []
        rows = self._file.run(
            "SELECT member, max(editing) FROM presence "
            "WHERE card = ? AND session <> ? AND beat >= ? GROUP BY member",
            [card_id, self._session, self._now() - STALE],
        )
        if not rows or not self._sees(card_id):
            return []
        marks = ",".join("?" * len(rows))
        sql = f"SELECT id, name FROM member WHERE id IN ({marks})"
        ids = [member for member, _editing in rows]
        names = dict(database.execute_sql(sql, ids).fetchall())
        found = [
            Present(names[member], bool(editing), member == self.desk.member.id)
            for member, editing in rows
            if member in names
        ]
        return sorted(found, key=lambda each: (not each.editing, each.is_own, each.name))

    def _sees(self, card_id: int) -> bool:
        from store.errors import NotFound

        try:
            self.desk.cards.check_visible(card_id)
        except NotFound:
            return False
        return True

    def _now(self) -> float:
        return self.desk.store.clock.now().timestamp()


def _is_team() -> bool:
    """Whether more than one member works here."""
    return len(active_members()) > 1
