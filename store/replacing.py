"""Taking a box out of its place without losing anything of it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.errors import StorageTrouble
from store.language import N_

IN_USE = N_("The box is open elsewhere: end every 熟客 that uses it and try again.")


def set_aside(box: Path, stamp: str) -> Path | None:
    """Give the present box a second name, under which it stays; all of it in one file.

    The first name is taken over afterwards in one step, so that there is a box at every moment.

    Raises:
        StorageTrouble: somebody has it open.
        OSError: the disk refuses.
    """
    if not box.exists():
        _set_journals_aside(box, box.with_name(f"{box.stem}.replaced-{stamp}.sqlite"))
        return None
    kept = box.with_name(f"{box.stem}.replaced-{stamp}.sqlite")
    for count in range(2, 100):
        if not kept.exists():
            break
        kept = box.with_name(f"{box.stem}.replaced-{stamp}-{count}.sqlite")
    _fold_journal_in(box)
    _set_journals_aside(box, kept)
    try:
        os.link(box, kept)
    except OSError:
        # A file system without links: for a moment there is no box under its name.
        box.rename(kept)
    return kept


def _fold_journal_in(box: Path) -> None:
    """Bring what stands in the write-ahead log into the file; only its last user can do that."""
    try:
        with closing(sqlite3.connect(box, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise StorageTrouble(IN_USE) from error
        # Damaged: it is kept as it is, with its log beside it.


def _set_journals_aside(box: Path, kept: Path) -> None:
    for ending in ("-wal", "-journal"):
        beside = Path(f"{box}{ending}")
        if beside.exists():
            beside.rename(f"{kept}{ending}")
    Path(f"{box}-shm").unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
