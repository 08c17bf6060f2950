"""Which files papers name: what is missing among them, and what nobody names any more.

A file comes before its record. Where a program dies in between, or an adding is undone, a file is
left that no paper names: after some time `doctor --mend` takes it away. What the trail can bring
back by undo or redo is named as well, for `UNDO_KEPT`.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from store.box_file import open_readonly
from store.file_store import DIGEST, FileStore, beside
from store.models.base import database
from store.models.trail import ChangeSet

GRACE = 24 * 3600
"""Seconds for which a file that no paper names is left alone: its record may be on the way."""

UNDO_KEPT = timedelta(days=30)
"""So long the files of papers that were taken back, or got another file, wait for a redo."""

NAMED = "SELECT DISTINCT digest, file_size FROM paper WHERE digest IS NOT NULL"


def named_in(box: Path) -> dict[str, int]:
    """The digests that the papers of a box's file name, trashed ones too, with their sizes.

    A box from before papers names none.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    with closing(open_readonly(box)) as connection:
        tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'paper'"
        if connection.execute(tables).fetchone() is None:
            return {}
        return dict(connection.execute(NAMED).fetchall())


def named_here() -> dict[str, int]:
    """The same of the box that is open."""
    return dict(database.execute_sql(NAMED).fetchall())


def named_by_trail(now: datetime) -> set[str]:
    """The digests that an undo or redo of the last weeks would bring back."""
    since = ChangeSet.at.db_value(now - UNDO_KEPT)
    cursor = database.execute_sql(
        "SELECT change.before, change.after FROM change "
        "JOIN change_set AS head ON head.id = change.change_set_id "
        "WHERE change.\"table\" = 'paper' AND head.at > ? AND change.salt <> ''",
        [str(since)],
    )
    return digests_in(text for row in cursor.fetchall() for text in row)


def digests_in(texts: Iterable[str]) -> set[str]:
    """The digests that records of the trail name, given as JSON."""
    records: Iterable[Mapping[str, Any]] = (json.loads(text) for text in texts if text)
    found = (record.get("digest") for record in records)
    return {digest for digest in found if isinstance(digest, str) and DIGEST.fullmatch(digest)}


def digests_of_card(card_id: int) -> set[str]:
    """Every digest that papers of a card name, or ever named as far as the trail tells."""
    sql = "SELECT digest FROM paper WHERE card_id = ? AND digest IS NOT NULL"
    found = {digest for (digest,) in database.execute_sql(sql, [card_id]).fetchall()}
    cursor = database.execute_sql(
        "SELECT before, after FROM change WHERE card = ? AND \"table\" = 'paper'", [card_id]
    )
    return found | digests_in(text for row in cursor.fetchall() for text in row)


def drop_unnamed(box: Path, digests: Iterable[str], now: datetime) -> int:
    """Take files away at once, unless another paper names them; gives how many went."""
    kept = named_here().keys() | named_by_trail(now)
    store = beside(box)
    return sum(store.drop(digest) for digest in digests if digest not in kept)


def orphans(store: FileStore, now: datetime) -> list[str]:
    """The digests of files that no paper names, and that came long enough ago."""
    kept = named_here().keys() | named_by_trail(now)
    limit = now.timestamp() - GRACE
    return [
        each.digest for each in store.found() if each.digest not in kept if each.changed < limit
    ]


def lacking_in(box: Path) -> int:
    """How many files that a box's papers name are not beside it, or of another size."""
    try:
        named = named_in(box)
    except sqlite3.Error:
        return 0
    store = beside(box)
    return sum(store.size_of(digest) != size for digest, size in named.items())
