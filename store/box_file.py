"""A box as a plain file: is it sound, and what stands in it, without the desk or Peewee."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store.errors import StorageTrouble
from store.half_written import take_back
from store.language import N_
from store.system_words import reason_of
from store.trouble import explained

NO_FILE = N_("There is no file {file}.")
NO_BOX = N_("{file} is not a card box.")
DAMAGED = N_("{file} is damaged ({reason}).")
DISK = N_("The disk refuses ({reason}).")

BOX_TABLES = frozenset({"card", "member", "interaction", "todo", "change_set", "counter"})
"""Tables that every box has had from the first schema on."""


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """What tells one state of a box from another."""

    schema: int
    members: int
    cards: int
    newest_hash: str
    """The hash that closes the trail; empty in a new box."""


def open_readonly(file: Path) -> sqlite3.Connection:
    """A connection that writes nothing but what SQLite needs to read a box others have open."""
    take_back(file)
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)


def facts_of(connection: sqlite3.Connection) -> BoxFacts:
    """Schema, counts and newest hash; raises `sqlite3.Error` when this is no box."""
    newest = connection.execute("SELECT hash FROM change_set ORDER BY id DESC LIMIT 1").fetchone()
    return BoxFacts(
        schema=_number(connection, "PRAGMA user_version"),
        members=_number(connection, "SELECT count(*) FROM member"),
        cards=_number(connection, "SELECT count(*) FROM card"),
        newest_hash=newest[0] if newest else "",
    )


def trouble(error: sqlite3.Error, file: Path) -> StorageTrouble:
    """What SQLite's error about a file means."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return StorageTrouble(NO_BOX, file=file)
    if code == sqlite3.SQLITE_CORRUPT:
        return StorageTrouble(DAMAGED, file=file, reason=error)
    return explained(error)


def _number(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


def sound_facts(file: Path) -> BoxFacts:
    """Look a whole file through and give its facts.

    Raises:
        StorageTrouble: there is none, it is no box, damaged, or has no member.
    """
    if not file.is_file():
        raise StorageTrouble(NO_FILE, file=file)
    try:
        with closing(open_readonly(file)) as connection:
            found = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall()
            }
            if not found >= BOX_TABLES:
                raise StorageTrouble(NO_BOX, file=file)
            complaint = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if complaint != "ok":
                raise StorageTrouble(DAMAGED, file=file, reason=complaint)
            facts = facts_of(connection)
    except sqlite3.Error as error:
        raise trouble(error, file) from error
    if not facts.schema or not facts.members:
        raise StorageTrouble(NO_BOX, file=file)
    return facts


def copy_box(source: Path, target: Path) -> BoxFacts:
    """Copy a box, open or not, into a new file that stands alone, and look the copy through.

    Others may read and write the source meanwhile; what they have not committed is left out. A
    copy that cannot be made or is not sound is taken away again.

    Raises:
        StorageTrouble: the disk refuses, there is such a file, or the source is no sound box.
    """
    try:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StorageTrouble(DISK, reason=reason_of(error)) from error
    try:
        with closing(open_readonly(source)) as present, closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA synchronous=OFF")
            present.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")
        with target.open("rb") as written:
            os.fsync(written.fileno())
        return sound_facts(target)
    except BaseException as error:
        for file in (target, Path(f"{target}-journal")):
            file.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise trouble(error, source) from error
        if isinstance(error, OSError):
            raise StorageTrouble(DISK, reason=reason_of(error)) from error
        raise
