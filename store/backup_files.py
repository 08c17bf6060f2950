"""The files of papers in backups: kept once for all copies of a folder, under their digests.

Beside the copies `box-….sqlite` lies `box.files`: each file is copied into it when it first stands
in a copy, and proved on the way; the next day's copy brings only what is new. A file goes when no
copy names it any more. A copy that travels as one file, through ssh, is a tar archive of both.
"""

import re
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from store.errors import NotFound, StorageTrouble
from store.file_store import ALTERED, DIGEST, FileStore, beside
from store.language import N_
from store.paper_files import named_in
from store.system_words import reason_of

NOT_THE_COPY = N_("{file} is damaged ({reason}).")
DISK = N_("The disk refuses ({reason}).")
LEFT_OUT = N_(
    "The box is copied to {file}, but files of papers are missing or damaged ({count}): "
    "`shuke doctor` names them."
)

BOX_MEMBER = "box.sqlite"
FILES_MEMBER = "box.files"
"""What the archive calls the box, and the folder of its files."""

COPY_NAME = re.compile(r"(.+)-\d{8}-\d{6}-[0-9a-f]+(-before-\d+)?")
"""The stem of a copy in a folder of backups; first that of its box."""

LEFT_OVER = 3600
"""Seconds for which a file that no copy names is left alone: its copy may be being made."""

TRIES = 3
"""Times that a copy is made when cards are erased in between."""

UNPACKING = ".restore-"
"""How the folder is called into which an archive is unpacked."""


def store_of(folder: Path, box: Path) -> FileStore:
    """The files of a box's copies in a folder."""
    return FileStore(folder / f"{box.stem}.files")


def bring_along(box: Path, copy: Path, target: FileStore) -> list[str]:
    """Have the files that a copy's papers name in a store.

    Args:
        box: the box that was copied.
        copy: the copy, unfinished or not.

    Returns:
        The digests of those that the box itself has not, or not sound. Such a copy is made all the
        same: it holds what there is.

    Raises:
        StorageTrouble: the disk refuses.
    """
    source = beside(box)
    return [
        digest
        for digest, size in sorted(_named(copy).items())
        if target.size_of(digest) != size and not target.take_over(digest, source)
    ]


def _named(copy: Path) -> dict[str, int]:
    try:
        return named_in(copy)
    except sqlite3.Error as error:
        raise StorageTrouble(NOT_THE_COPY, file=copy, reason=error) from error


def erased_since(box: Path, digests: Iterable[str]) -> bool:
    """Whether a box names some of these files no more: a card was erased while it was copied."""
    present = _named(box)
    return any(digest not in present for digest in digests)


def weed(target: FileStore, copies: Iterable[Path]) -> int:
    """Take away the files that none of these copies names; gives how many went.

    None goes where a copy cannot be read.
    """
    kept: set[str] = set()
    for copy in copies:
        try:
            kept.update(named_in(copy))
        except sqlite3.Error:
            return 0
    old = time.time() - LEFT_OVER
    gone = [each.digest for each in target.found() if each.digest not in kept]
    target.clear_left_over()
    changed = {each.digest: each.changed for each in target.found()}
    return sum(
        target.drop(digest, older_than=LEFT_OVER) for digest in gone if changed[digest] < old
    )


def stores_for(copy: Path, box: Path, backups: Path) -> list[FileStore]:
    """Where the files of a copy may be: beside it, with the box's other backups, with the box."""
    found = [beside(copy)]
    match = COPY_NAME.fullmatch(copy.stem)
    if match:
        found.append(FileStore(copy.with_name(f"{match[1]}.files")))
    return [*found, store_of(backups, box), beside(box)]


def put_back(copy: Path, target: FileStore, sources: Iterable[FileStore]) -> int:
    """Have the files that a copy names beside the box again; gives how many are nowhere.

    Raises:
        StorageTrouble: the disk refuses.
    """
    known = list(sources)
    return sum(
        not any(target.take_over(digest, source, proving=True) for source in known)
        for digest in _named(copy)
    )


def link_all(source: FileStore, target: FileStore) -> None:
    """Let a store that is put aside have all files of another, without copying them.

    Raises:
        StorageTrouble: the disk refuses.
    """
    for each in source.found():
        target.take_over(each.digest, source, linking=True)


def write_archive(copy: Path, files: FileStore, output: BinaryIO) -> int:
    """Write a copy with its files as a tar archive; gives how many files were missing or damaged.

    Raises:
        StorageTrouble: a file was altered while it was read.
    """
    missing = 0
    with tarfile.open(fileobj=output, mode="w|") as archive:
        archive.add(copy, BOX_MEMBER, recursive=False)
        for digest in sorted(_named(copy)):
            try:
                with files.open(digest) as file:
                    member = tarfile.TarInfo(f"{FILES_MEMBER}/{digest[:2]}/{digest}")
                    member.size = _size(file)
                    member.mode = 0o600
                    member.mtime = int(time.time())
                    archive.addfile(member, file)
            except NotFound:
                missing += 1
            except StorageTrouble as trouble:
                if trouble.message != ALTERED:
                    raise
                missing += 1
    return missing


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def is_archive(file: Path) -> bool:
    """Whether a file is a tar archive, as `write_archive` writes one."""
    with suppress(OSError), file.open("rb") as stream:
        stream.seek(257)
        return stream.read(5) == b"ustar"
    return False


@contextmanager
def unpacked(archive: Path, folder: Path) -> Iterator[Path]:
    """The copy in an archive, its files beside it, while it is used.

    Nothing of the archive leads elsewhere: only what is called as `write_archive` calls it is
    taken, and every file is proved.

    Args:
        folder: where there is room for it.

    Raises:
        StorageTrouble: it is damaged, or the disk refuses.
    """
    for left in folder.glob(f"{UNPACKING}*"):
        if time.time() - left.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=UNPACKING, dir=folder))
    try:
        box = made / BOX_MEMBER
        files = beside(box)
        with tarfile.open(archive, mode="r:") as opened:
            for member in opened:
                stream = opened.extractfile(member) if member.isreg() else None
                digest = member.name.rpartition("/")[2]
                if stream is None:
                    continue
                if member.name == BOX_MEMBER:
                    with box.open("wb") as copy:
                        shutil.copyfileobj(stream, copy)
                elif member.name == f"{FILES_MEMBER}/{digest[:2]}/{digest}":
                    _take(files, digest, stream, member.size)
        yield box
    except (tarfile.TarError, EOFError) as error:
        raise StorageTrouble(NOT_THE_COPY, file=archive, reason=error) from error
    except OSError as error:
        raise StorageTrouble(DISK, reason=reason_of(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _take(files: FileStore, digest: str, stream: object, size: int) -> None:
    """Keep a file of an archive; one whose content is not what it is called is left out."""
    if DIGEST.fullmatch(digest) and size:
        kept = files.keep(stream, size)  # type: ignore[arg-type]
        if kept.digest != digest:
            files.drop(kept.digest)
