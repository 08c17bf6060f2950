"""The side file of drafts: apart from the box, so that typing wakes no other session.

It is worth less than the box and must never stop the program: a broken one is moved aside, what
can still be read of it is carried over, and it begins anew.
"""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.errors import StorageTrouble
from store.language import N_
from store.system_words import reason_of

NOT_KEPT = N_("What is being typed cannot be kept safe just now ({reason}). Save it soon.")

WAIT = 2
"""Seconds to wait for another session that is writing its drafts."""

TABLE = (
    "CREATE TABLE IF NOT EXISTS draft (member TEXT NOT NULL, key TEXT NOT NULL, "
    "content TEXT NOT NULL, kept_at TEXT NOT NULL, PRIMARY KEY (member, key)) WITHOUT ROWID"
)
COLUMNS = "member, key, content, kept_at"
INSERT = f"INSERT OR REPLACE INTO draft ({COLUMNS}) VALUES (?,?,?,?)"

BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""Primary codes of a file that holds no drafts of ours; the others are the disk's trouble."""

Row = tuple[Any, ...]


def drafts_beside(box: Path) -> Path:
    """The drafts file of a box: `box.sqlite` has `box.drafts.sqlite`."""
    return box.with_name(f"{box.stem}.drafts.sqlite")


class DraftFile:
    """One connection to the drafts file, shared by the threads of this process.

    Every write is safe from the death of the process as soon as the call returns; a power cut may
    take the last seconds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._close: Callable[[], object] | None = None

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run a query; nothing is found in a file that does not exist yet.

        Raises:
            StorageTrouble: the disk refuses.
        """
        if not self.path.exists():
            return []
        return self._run(sql, parameters)

    def write(self, sql: str, parameters: Sequence[object]) -> None:
        """Run one statement that writes.

        Raises:
            StorageTrouble: the disk refuses.
        """
        self._run(sql, parameters)

    def go_by_ids(self, ids: Mapping[str, int]) -> None:
        """Let drafts that went by logins, as they did before schema 3, go by members' ids.

        What the disk refuses stays as it is: a box is not kept shut because of drafts.
        """
        with suppress(StorageTrouble):
            for login, number in ids.items() if self.path.exists() else ():
                self.write(
                    "UPDATE OR REPLACE draft SET member = ? WHERE member = ?", (f"#{number}", login)
                )
        self.close()

    def close(self) -> None:
        """Close the connection; the next call opens it again."""
        with self._lock:
            self._forget()

    def _run(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        with self._lock:
            try:
                try:
                    return self._open().execute(sql, parameters).fetchall()
                except sqlite3.DatabaseError as error:
                    if not _broken(error):
                        raise
                    self._begin_anew()
                    return self._open().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                self._forget()
                raise StorageTrouble(NOT_KEPT, reason=error) from error
            except OSError as error:
                self._forget()
                raise StorageTrouble(NOT_KEPT, reason=reason_of(error)) from error

    def _open(self) -> sqlite3.Connection:
        """The connection; a new one when the file was moved or deleted meanwhile."""
        if self._connection is not None and _identity(self.path) == self._opened:
            return self._connection
        self._forget()
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(
            self.path, timeout=WAIT, isolation_level=None, check_same_thread=False
        )
        connection.text_factory = _text
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(TABLE)
            connection.execute(f"SELECT {COLUMNS} FROM draft LIMIT 1")
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

    def _begin_anew(self) -> None:
        """Move the broken file aside and carry over the drafts that can still be read."""
        self._forget()
        saved = _readable(self.path)
        aside = self.path.with_name(
            f"{self.path.stem}.broken-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.sqlite"
        )
        self.path.rename(aside)
        for ending in ("-wal", "-shm"):
            beside = Path(f"{self.path}{ending}")
            if beside.exists():
                beside.rename(f"{aside}{ending}")
        self._open().executemany(
            f"INSERT OR REPLACE INTO draft ({COLUMNS}) VALUES (?,?,?,?)", saved
        )


def _broken(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in BROKEN


def _text(content: bytes) -> str:
    """Text of the file, damaged bytes included: they must not make the rest unreadable."""
    return content.decode(errors="replace")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _readable(path: Path) -> list[Row]:
    """The drafts of a broken file, from both ends up to the first that cannot be read."""
    found: dict[tuple[str, str], Row] = {}
    for direction in ("", " DESC"):
        try:
            with closing(sqlite3.connect(path, timeout=WAIT)) as connection:
                connection.text_factory = _text
                order = f"ORDER BY member{direction}, key{direction}"
                for row in connection.execute(f"SELECT {COLUMNS} FROM draft {order}"):
                    if all(isinstance(value, str) for value in row):
                        found[row[0], row[1]] = row
        except sqlite3.Error:
            continue
    return list(found.values())
