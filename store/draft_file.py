"""The side file of drafts: apart from the box, so that typing wakes no other session.

It is worth less than the box and must never stop the program: a broken one is moved aside, what
can still be read of it is carried over, and it begins anew.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from store.errors import StorageTrouble
from store.language import N_
from store.side_file import SideFile, is_broken, readable_text
from store.system_words import reason_of

NOT_KEPT = N_("What is being typed cannot be kept safe just now ({reason}). Save it soon.")

TABLE = (
    "CREATE TABLE IF NOT EXISTS draft (member TEXT NOT NULL, key TEXT NOT NULL, "
    "content TEXT NOT NULL, kept_at TEXT NOT NULL, PRIMARY KEY (member, key)) WITHOUT ROWID"
)
COLUMNS = "member, key, content, kept_at"
INSERT = f"INSERT OR REPLACE INTO draft ({COLUMNS}) VALUES (?,?,?,?)"

Row = tuple[Any, ...]


def drafts_beside(box: Path) -> Path:
    """The drafts file of a box: `box.sqlite` has `box.drafts.sqlite`."""
    return box.with_name(f"{box.stem}.drafts.sqlite")


class DraftFile(SideFile):
    """The words that were typed and not saved.

    Every write is safe from the death of the process as soon as the call returns; a power cut may
    take the last seconds.
    """

    WAIT = 2
    BEGIN = ("PRAGMA synchronous=NORMAL", TABLE, f"SELECT {COLUMNS} FROM draft LIMIT 1")

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

    def _run(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        with self._lock:
            try:
                try:
                    return self._open().execute(sql, parameters).fetchall()
                except sqlite3.DatabaseError as error:
                    if not is_broken(error):
                        raise
                    self._begin_anew()
                    return self._open().execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                self._forget()
                raise StorageTrouble(NOT_KEPT, reason=error) from error
            except OSError as error:
                self._forget()
                raise StorageTrouble(NOT_KEPT, reason=reason_of(error)) from error

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


def _readable(path: Path) -> list[Row]:
    """The drafts of a broken file, from both ends up to the first that cannot be read."""
    found: dict[tuple[str, str], Row] = {}
    for direction in ("", " DESC"):
        try:
            with closing(sqlite3.connect(path, timeout=DraftFile.WAIT)) as connection:
                connection.text_factory = readable_text
                order = f"ORDER BY member{direction}, key{direction}"
                for row in connection.execute(f"SELECT {COLUMNS} FROM draft {order}"):
                    if all(isinstance(value, str) for value in row):
                        found[row[0], row[1]] = row
        except sqlite3.Error:
            continue
    return list(found.values())
