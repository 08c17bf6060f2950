"""The side file of who has which card open: apart from the box, so that it wakes no session.

Nothing in it is worth keeping: whatever goes wrong with it, nobody is seen for a while, and a
broken file is begun anew.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

WAIT = 0.5
"""Seconds to wait for another session that is writing."""

TABLE = (
    "CREATE TABLE IF NOT EXISTS presence (session TEXT NOT NULL, card INTEGER NOT NULL, "
    "member INTEGER NOT NULL, editing INTEGER NOT NULL, beat REAL NOT NULL, "
    "PRIMARY KEY (session, card)) WITHOUT ROWID"
)

BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""Primary codes of a file that is none of ours; the others are the disk's trouble."""


def presence_beside(box: Path) -> Path:
    """The presence file of a box: `box.sqlite` has `box.presence.sqlite`."""
    return box.with_name(f"{box.stem}.presence.sqlite")


class PresenceFile:
    """One connection to the file, shared by the threads of this process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._close: Callable[[], object] | None = None

    def run(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run a statement; nothing is found, and nothing written, where that is not possible."""
        with self._lock:
            try:
                return self._open().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                self._forget()
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN:
                    self._remove()
            except OSError:
                self._forget()
            return []

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        with self._lock:
            self._forget()

    def _open(self) -> sqlite3.Connection:
        """The connection; a new one when the file was moved or deleted meanwhile."""
        if self._connection is not None and _identity(self.path) == self._opened:
            return self._connection
        self._forget()
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute(TABLE)
            connection.execute("SELECT session, card, member, editing, beat FROM presence LIMIT 1")
        except sqlite3.Error:
            connection.close()
            raise
        self._connection, self._opened = connection, _identity(self.path)
        self._close = weakref.finalize(self, connection.close)
        return connection

    def _forget(self) -> None:
        if self._close is not None:
            self._close()
        self._connection = self._opened = self._close = None

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self.path}{ending}").unlink()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
