"""A database whose writers wait for each other without being forgotten."""

import sqlite3
import time
from typing import Any

from store.trouble import code_of

from peewee import OperationalError, SqliteDatabase  # isort: skip

SHORTEST = 0.001
LONGEST = 0.008
"""Seconds between two looks at whether the writer before has finished."""


class PatientDatabase(SqliteDatabase):
    """Begins a transaction soon after the one before it has ended.

    SQLite looks the more seldom the longer it has waited, ten times a second in the end: among
    many writers whoever waits would wait for seconds, while those who come later go first.
    """

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction; waits as long as the connection's `busy_timeout` says.

        Raises:
            OperationalError: another program was writing all that time.
        """
        execute: Any = self.execute_sql
        patience = int(execute("PRAGMA busy_timeout").fetchone()[0])
        end = time.monotonic() + patience / 1000
        execute("PRAGMA busy_timeout = 0")
        try:
            pause = SHORTEST
            while True:
                try:
                    super().begin(lock_type)
                    return
                except OperationalError as error:
                    if code_of(error) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                        raise
                time.sleep(pause)
                pause = min(pause * 1.5, LONGEST)
        finally:
            execute(f"PRAGMA busy_timeout = {patience}")
