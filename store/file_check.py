"""The doctor's look at the files of papers: is each there, and what it was when it came?"""

import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

from store import backup_files
from store.backups import folder_of
from store.file_store import FileStore, beside
from store.language import _, listed
from store.models.base import database
from store.paper_files import GRACE, named_here, orphans

if TYPE_CHECKING:
    from pathlib import Path

    from store.database import Store

SAMPLE = 64 * 2**20
"""Bytes of files that are read where not all of them are asked for."""

FEW = 5
"""Papers that are named."""

Finding = tuple[bool, str]


def look(store: "Store", thorough: bool) -> Finding:
    """What there is to say of the box's files.

    Args:
        thorough: read every file, not a sample of many.
    """
    named = named_here()
    if not named and not beside(store.path).folder.is_dir():
        return True, _("No paper has a file.")
    files = beside(store.path)
    wrong = wrong_among(files, named, thorough)
    if wrong:
        text = _(
            "Files are missing or altered ({count}), of {papers}; shuke doctor --mend takes them "
            "from the backups, where they are there."
        )
        return False, text.format(count=len(wrong), papers=listed(_papers(wrong)))
    size = sum(length or 0 for length in named.values()) / 2**20
    told = _("Files: {count} ({size} MB), all of them whole.").format(
        count=len(named), size=f"{size:.1f}"
    )
    left = orphans(files, store.clock.now())
    if left:
        further = _("{told} No paper names {count}: shuke doctor --mend takes them away.")
        told = further.format(told=told, count=len(left))
    return True, told


def wrong_among(files: FileStore, named: dict[str, int], thorough: bool) -> list[str]:
    """The digests of files that are not there, of another size, or altered.

    Args:
        named: digests with the sizes that they should have.
        thorough: read all of them; else `SAMPLE` bytes of some.
    """
    wrong = [digest for digest, size in named.items() if files.size_of(digest) != size]
    there = sorted(named.keys() - set(wrong))
    random.shuffle(there)
    left = SAMPLE
    for digest in there:
        left -= named[digest] or 0
        if left < 0 and not thorough:
            break
        if not files.is_sound(digest):
            wrong.append(digest)
    return wrong


def _papers(digests: Iterable[str]) -> list[str]:
    """The numbers of the papers that name these files, a few of them."""
    wanted = list(digests)[:FEW]
    marks = ",".join("?" * len(wanted))
    cursor = database.execute_sql(
        f"SELECT number FROM paper WHERE digest IN ({marks}) ORDER BY number LIMIT {FEW}", wanted
    )
    return [number for (number,) in cursor.fetchall()]


def of_copy(copy: "Path", box: "Path", thorough: bool) -> int:
    """How many files of a copy in the box's own folder of backups are missing or altered."""
    from store.paper_files import named_in

    return len(wrong_among(backup_files.store_of(folder_of(box), box), named_in(copy), thorough))


def mend(store: "Store") -> None:
    """Take what is missing or altered from the backups, and what no paper names away.

    Raises:
        StorageTrouble: the disk refuses.
    """
    files = beside(store.path)
    copies = backup_files.store_of(folder_of(store.path), store.path)
    for digest in wrong_among(files, named_here(), thorough=True):
        files.take_over(digest, copies, proving=True)
    for digest in orphans(files, store.clock.now()):
        files.drop(digest, older_than=GRACE)
    if files.folder.is_dir():
        files.clear_left_over()
