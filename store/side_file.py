"""A small file beside the box: one connection, shared by the threads of this process."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from store.patience import patiently

BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""Primary codes of a file that is none of ours; the others are the disk's trouble."""


class SideFile:
    """Opens the file when it is needed, and anew when it was moved or deleted meanwhile."""

    WAIT: ClassVar[float] = 1
    """Seconds to wait for another session that is writing."""
    BEGIN: ClassVar[tuple[str, ...]] = ()
    """What is run on a new connection: it makes the table, and sees whether it is ours."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._close: Callable[[], object] | None = None

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        with self._lock:
            self._forget()

    def _open(self) -> sqlite3.Connection:
        """The connection; held under the lock."""
        if self._connection is not None and _identity(self.path) == self._opened:
            return self._connection
        self._forget()
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=self.WAIT, isolation_level=None, check_same_thread=False
        )
        connection.text_factory = readable_text
        try:
            for statement in ("PRAGMA journal_mode=WAL", *self.BEGIN):
                # SQLite does not wait where several programs put a new file into WAL mode at once.
                patiently(partial(connection.execute, statement), self.WAIT)
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


def is_broken(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is none of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in BROKEN


def readable_text(content: bytes) -> str:
    """Text of a file, damaged bytes included: they must not make the rest unreadable."""
    return content.decode(errors="replace")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
