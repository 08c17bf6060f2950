"""Backups: whole copies of the box, looked through before they count, and the way back.

The files of papers go along (`store.backup_files`). A copy's name carries when it was made and the
newest hash of the trail, so that `doctor` can tell a box whose trail was cut off. Everything here
uses connections of its own and may run in any thread, while others work with the box.
"""

import fcntl
import json
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from store import backup_files
from store.backup_files import LEFT_OUT
from store.box_file import BoxFacts, copy_box, sound_facts
from store.errors import StorageTrouble
from store.file_store import FileStore, beside
from store.language import N_
from store.replacing import flush_folder, set_aside
from store.system_words import reason_of

if TYPE_CHECKING:
    from store.clock import Clock
    from store.database import Store

EXISTS = N_("There is a file {file} already: nothing was overwritten.")
FOLDER = N_("The folder {folder} cannot be written ({reason}).")
ITSELF = N_("{file} is the box itself, not a backup of it.")
NEWER = N_("This backup was written by a newer 熟客. Please update the program.")

DAYS = 7
"""Days whose last copy is kept."""

BEFORE_MIGRATIONS = 3
"""Copies from before a migration that are kept."""

WEEKS = 4
"""Weeks whose last copy is kept."""

HASH_LETTERS = 12
"""How much of the newest hash a name carries."""

NO_HASH = "0" * HASH_LETTERS
"""Stands in the name of a copy of a box without any change yet."""

LEFT_OVER = 3600
"""Seconds after which an unfinished copy belongs to a program that died."""

MADE_KEY = "backup"
"""The box's setting that tells which copy was made last, and by whom."""

RESTORED_KEY = "restored"
"""The box's setting that tells when it was put back from a copy: later copies may be ahead."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup, as its name tells."""

    file: Path
    made_at: datetime
    """In the team's time, without a zone."""
    newest_hash: str
    """The first letters of the hash that closed its trail; empty where it had none."""
    before_migration: bool
    """Whether it was made because the schema was about to change."""


def folder_of(box: Path) -> Path:
    """Where a box's backups are kept."""
    return box.parent / "backups"


def copies_of(box: Path) -> list[Copy]:
    """The backups of a box in its folder, the newest first."""
    pattern = re.compile(
        rf"{re.escape(box.stem)}-(\d{{8}}-\d{{6}})-([0-9a-f]{{{HASH_LETTERS}}})"
        r"(-before-\d+)?\.sqlite"
    )
    found = []
    for file in folder_of(box).glob("*.sqlite"):
        match = pattern.fullmatch(file.name)
        if match:
            made_at = datetime.strptime(match[1], "%Y%m%d-%H%M%S")  # noqa: DTZ007
            newest = "" if match[2] == NO_HASH else match[2]
            found.append(Copy(file, made_at, newest, match[3] is not None))
    return sorted(found, key=lambda copy: (copy.made_at, copy.file.name), reverse=True)


def backup(store: "Store", to: Path | None = None, by: str = "") -> Path:
    """Copy the box with its files and look the copy through; gives the copy's file.

    Args:
        to: a new file, or a folder; the box's own folder of backups where None. Files lie beside.
        by: who made it, as `doctor` says of the newest one.

    Raises:
        StorageTrouble: the file exists, the disk refuses, or the box is damaged: no copy is left.
            Or files of papers are missing in the box: the copy is made without them.
    """
    made, missing = _make(store, to, by)
    _complain(made, missing)
    return made


def _make(store: "Store", to: Path | None, by: str) -> tuple[Path, int]:
    """Make a copy; gives its file, and how many files of papers the box itself has not."""
    if to is not None and not to.is_dir():
        if to.exists():
            raise StorageTrouble(EXISTS, file=to)
        _make_folder(to.parent)
        unfinished = to.with_name(f"{to.name}.{os.getpid()}.unfinished")
        _facts, missing = _copy_whole(store.path, unfinished, beside(to))
        made = unfinished.replace(to)
    else:
        made, missing = _copy_into(to or folder_of(store.path), store, "")
    _note_making(store.path, made, by)
    return made, missing


def _complain(made: Path, missing: int) -> None:
    if missing:
        raise StorageTrouble(LEFT_OUT, file=made, count=missing)


def _copy_whole(box: Path, unfinished: Path, files: FileStore) -> tuple[BoxFacts, int]:
    """Copy a box, and have the files that the copy names.

    Where a card was erased meanwhile, its files are gone, and all of it is done anew.
    """
    for last_try in (*(False,) * (backup_files.TRIES - 1), True):
        facts = copy_box(box, unfinished)
        try:
            missing = backup_files.bring_along(box, unfinished, files)
            if last_try or not (missing and backup_files.erased_since(box, missing)):
                return facts, len(missing)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        unfinished.unlink()
    raise AssertionError("the last try returns")


def backup_before_migration(store: "Store") -> Path:
    """A copy from before the schema changes; the last `BEFORE_MIGRATIONS` are kept.

    Raises:
        StorageTrouble: as `backup`.
    """
    from store.database import SCHEMA

    return _copy_into(folder_of(store.path), store, f"-before-{SCHEMA}")[0]


def daily_backup(store: "Store", by: str = "") -> Path | None:
    """The day's first copy, and the weeding of old ones; None when the day has one already.

    None as well while another program makes it: in the morning twenty come at once.

    Args:
        by: as for `backup`.

    Raises:
        StorageTrouble: as `backup`; the old copies stay.
    """
    folder = folder_of(store.path)
    _make_folder(folder)
    with _alone_in(folder) as alone:
        today = store.clock.local(store.clock.now()).date()
        if not alone or any(copy.made_at.date() == today for copy in copies_of(store.path)):
            return None
        made, missing = _make(store, None, by)
        weed(store.path)
        _complain(made, missing)
        return made


@contextmanager
def _alone_in(folder: Path) -> Iterator[bool]:
    """Hold a folder until the end; gives whether nobody else does. Whoever dies lets go of it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)


def _note_making(box: Path, made: Path, by: str) -> None:
    """Write into the box which copy was made last, and by whom, as a setting of the whole box.

    A box that cannot be written is copied without.
    """
    value = json.dumps({"file": made.name, "by": by}, ensure_ascii=False)
    with suppress(sqlite3.Error), closing(sqlite3.connect(box, timeout=5)) as connection:
        _set_for_box(connection, MADE_KEY, value)


def weed(box: Path) -> list[Path]:
    """Take away all but the last copies of the last days and weeks that have any.

    The last ones from before a migration stay as well.

    Days and weeks without a copy do not count: who comes back from a long leave still finds the
    same number of copies. Gives the files that were taken away.
    """
    days: set[date] = set()
    before_migrations = 0
    weeks: set[tuple[int, int]] = set()
    gone = []
    for copy in copies_of(box):
        day = copy.made_at.date()
        year, week, _ = day.isocalendar()
        last_of_day = day not in days and len(days) < DAYS
        last_of_week = (year, week) not in weeks and len(weeks) < WEEKS
        days.add(day)
        weeks.add((year, week))
        before_migrations += copy.before_migration
        last_before = copy.before_migration and before_migrations <= BEFORE_MIGRATIONS
        if not (last_of_day or last_of_week or last_before):
            copy.file.unlink(missing_ok=True)
            gone.append(copy.file)
    for file in folder_of(box).glob(f"{box.stem}-*.unfinished*"):
        if file.exists() and time.time() - file.stat().st_mtime > LEFT_OVER:
            file.unlink(missing_ok=True)
    files = backup_files.store_of(folder_of(box), box)
    if files.folder.is_dir():
        backup_files.weed(files, [copy.file for copy in copies_of(box)])
    return gone


def _copy_into(folder: Path, store: "Store", ending: str) -> tuple[Path, int]:
    _make_folder(folder)
    made_at = f"{store.clock.local(store.clock.now()):%Y%m%d-%H%M%S}"
    begun = folder / f"{store.path.stem}-{made_at}"
    unfinished = begun.with_name(f"{begun.name}.{os.getpid()}.unfinished")
    files = backup_files.store_of(folder, store.path)
    facts, missing = _copy_whole(store.path, unfinished, files)
    newest = facts.newest_hash[:HASH_LETTERS] or NO_HASH
    made = unfinished.replace(begun.with_name(f"{begun.name}-{newest}{ending}.sqlite"))
    return made, missing


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, os.strerror(13))
    except OSError as error:
        raise StorageTrouble(FOLDER, folder=folder, reason=reason_of(error)) from error


def restore(box: Path, copy: Path, clock: "Clock") -> Path | None:
    """Put a backup in the place of the box, which may be damaged or missing, with its files.

    Files that are nowhere are missing afterwards (`store.paper_files.lacking_in`).

    Args:
        box: the box's file; nobody may have it open.
        copy: a backup, any other sound box, or an archive of both box and files.

    Returns:
        Where the replaced box is kept, with everything that was in it; None where there was none.

    Raises:
        StorageTrouble: the backup is no sound box or newer than the program, the box is in use,
            or the disk refuses; the box is as it was.
    """
    if box.exists() and copy.exists() and box.samefile(copy):
        raise StorageTrouble(ITSELF, file=copy)
    if backup_files.is_archive(copy):
        _make_folder(box.parent)
        with backup_files.unpacked(copy, box.parent) as within:
            return _restore(box, within, clock, copy.name)
    return _restore(box, copy, clock, copy.name)


def _restore(box: Path, copy: Path, clock: "Clock", called: str) -> Path | None:
    from store.database import SCHEMA

    if sound_facts(copy).schema > SCHEMA:
        raise StorageTrouble(NEWER)
    _make_folder(box.parent)
    stamp = f"{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    fresh = box.with_name(f"{box.stem}.{stamp}-{os.getpid()}.unfinished")
    copy_box(copy, fresh)
    try:
        _note_restoring(fresh, clock, called)
        sources = backup_files.stores_for(copy, box, folder_of(box))
        backup_files.put_back(fresh, beside(box), sources)
        kept = set_aside(box, stamp)
        fresh.replace(box)
    except sqlite3.Error as error:
        raise StorageTrouble(FOLDER, folder=box.parent, reason=error) from error
    except OSError as error:
        raise StorageTrouble(FOLDER, folder=box.parent, reason=reason_of(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(box.parent)
    if kept is not None:
        # Else its files stay with the new box, until those that this one does not name are swept.
        with suppress(StorageTrouble):
            backup_files.link_all(beside(box), beside(kept))
    return kept


def _note_restoring(fresh: Path, clock: "Clock", called: str) -> None:
    """Write into the box that it was put back, as a setting of the whole box."""
    value = json.dumps({"at": f"{clock.local(clock.now()):%Y%m%d-%H%M%S}", "from": called})
    with closing(sqlite3.connect(fresh)) as connection:
        _set_for_box(connection, RESTORED_KEY, value)


def _set_for_box(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write a setting of the whole box, past the trail: it says nothing of customers."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM setting WHERE member_id IS NULL AND key = ?", [key])
        connection.execute("INSERT OR IGNORE INTO counter (name, value) VALUES ('setting', 0)")
        connection.execute("UPDATE counter SET value = value + 1 WHERE name = 'setting'")
        connection.execute(
            "INSERT INTO setting (id, member_id, key, value) "
            "SELECT value, NULL, ?, ? FROM counter WHERE name = 'setting'",
            [key, value],
        )
