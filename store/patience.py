"""Waiting for another program that writes, without being forgotten or turned away."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar

from store.trouble import code_of

from peewee import OperationalError, SqliteDatabase  # isort: skip

Result = TypeVar("Result")

SHORTEST = 0.001
LONGEST = 0.008
"""Seconds between two looks at whether the writer before has finished."""


def patiently(do: Callable[[], Result], seconds: float) -> Result:
    """What `do` gives; it is done again while another program is in its way.

    Raises:
        sqlite3.OperationalError, peewee.OperationalError: another program was all that time.
    """
    end = time.monotonic() + seconds
    pause = SHORTEST
    while True:
        try:
            return do()
        except (sqlite3.OperationalError, OperationalError) as error:
            if code_of(error) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST)


class PatientDatabase(SqliteDatabase):
    """Begins a transaction soon after the one before it has ended.

    SQLite looks the more seldom the longer it has waited, ten times a second in the end: among
    many writers whoever waits would wait for seconds, while those who come later go first.
    """

    def _connect(self) -> Any:
        # SQLite does not wait where several programs put a new box into WAL mode at once.
        plain: Any = super()
        return patiently(plain._connect, plain.timeout)

    def begin(self, lock_type: str | None = None) -> None:
        """Begin a transaction; waits as long as the connection's `busy_timeout` says.

        Raises:
            OperationalError: another program was writing all that time.
        """
        execute: Any = self.execute_sql
        patience = int(execute("PRAGMA busy_timeout").fetchone()[0])
        execute("PRAGMA busy_timeout = 0")
        begin = super().begin
        try:
            patiently(lambda: begin(lock_type), patience / 1000)
        finally:
            execute(f"PRAGMA busy_timeout = {patience}")
