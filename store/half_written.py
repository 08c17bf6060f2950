"""What a program that died has left half-written in a box is taken back before it is read."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def take_back(box: Path) -> None:
    """Let SQLite roll a transaction back whose program died in it, if there is one.

    Boxes are in WAL mode, which needs none of this. But whoever dies while he puts a box into it,
    as the first opening of a copy does, leaves a journal, and SQLite then refuses every connection
    that may only read.
    """
    if Path(f"{box}-journal").exists():
        address = f"{box.absolute().as_uri()}?mode=rw"
        # Where it cannot be taken back, whoever reads the box next is told.
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(address, uri=True, timeout=30)) as connection,
        ):
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
