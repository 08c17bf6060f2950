"""The side file of who has which card open: apart from the box, so that it wakes no session.

Nothing in it is worth keeping: whatever goes wrong with it, nobody is seen for a while, and a
broken file is begun anew.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from store.side_file import SideFile, is_broken

TABLE = (
    "CREATE TABLE IF NOT EXISTS presence (session TEXT NOT NULL, card INTEGER NOT NULL, "
    "member INTEGER NOT NULL, editing INTEGER NOT NULL, beat REAL NOT NULL, "
    "PRIMARY KEY (session, card)) WITHOUT ROWID"
)


def presence_beside(box: Path) -> Path:
    """The presence file of a box: `box.sqlite` has `box.presence.sqlite`."""
    return box.with_name(f"{box.stem}.presence.sqlite")


class PresenceFile(SideFile):
    """Who has which card open."""

    WAIT = 0.5
    BEGIN = (
        "PRAGMA synchronous=OFF",
        TABLE,
        "SELECT session, card, member, editing, beat FROM presence LIMIT 1",
    )

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement; nothing is found, and nothing written, where that is not possible."""
        with self._lock:
            try:
                return self._open().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                self._forget()
                if is_broken(error):
                    self._remove()
            except OSError:
                self._forget()
            return []

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self.path}{ending}").unlink()
