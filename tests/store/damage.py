"""Ways in which files break, done to real files."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

PAGE = 4096


def overwrite(file: Path, start: int, length: int = PAGE) -> None:
    """Garble bytes in place."""
    with file.open("r+b") as raw:
        raw.seek(start)
        raw.write(b"\xa5" * length)


def root_page(file: Path, name: str) -> int:
    """Where the first page of a table or index begins, in bytes."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name])
        return (int(found.fetchone()[0]) - 1) * PAGE


def fold_journal(file: Path) -> None:
    """Bring the write-ahead log into the file, so that damage to the file counts."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def cut_off(file: Path, length: int) -> None:
    """Leave only the beginning of a file."""
    os.truncate(file, length)
