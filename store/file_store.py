"""Files kept under the SHA-256 of their content: `box.files/ab/abcdef…`, each content once.

A file is written under another name, flushed, and moved to its place, so that what has a digest
for its name is whole. Whoever reads it reckons the digest anew. Nothing here knows what the files
are for: the box's own store lies beside it, that of its backups beside those.
"""

import errno
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from store.errors import BadInput, NotFound, StorageTrouble
from store.language import N_
from store.replacing import flush_folder
from store.system_words import reason_of

FULL = N_("The disk is full: nothing was saved. Free some space and try again.")
REFUSED = N_("The file cannot be kept: {reason}.")
TOO_LARGE = N_("The file is larger than {limit} MB.")
EMPTY = N_("The file is empty.")
GONE = N_("The file is not in the box's folder any more: `shuke doctor` tells more.")
ALTERED = N_("The file was changed outside of the program: `shuke doctor` tells more.")

BLOCK = 2**18
UNFINISHED = ".unfinished"
LOCK = ".lock"

LEFT_OVER = 3600
"""Seconds after which an unfinished file belongs to a program that died."""

DIGEST = re.compile(r"[0-9a-f]{64}")

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Kept(NamedTuple):
    """A file that is in the store now."""

    digest: str
    size: int


class Found(NamedTuple):
    """A file of the store, as the folder has it."""

    digest: str
    size: int
    changed: float
    """Seconds since 1970 when it came, or was brought once more."""


def beside(box: Path) -> "FileStore":
    """The store of a box, or of a copy of one: `box.files` beside `box.sqlite`."""
    return FileStore(box.with_name(f"{box.stem}.files"))


class FileStore:
    """The files of one folder; it need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, digest: str) -> Path:
        """Where the file of a digest lies, if it is there.

        Raises:
            NotFound: it is no digest.
        """
        if not DIGEST.fullmatch(digest):
            raise NotFound(GONE)
        return self.folder / digest[:2] / digest

    def keep(self, source: BinaryIO, largest: int) -> Kept:
        """Keep what a stream gives, from where it stands.

        Args:
            largest: bytes that it may have.

        Raises:
            BadInput: it is larger, or empty; nothing is kept.
            StorageTrouble: the disk refuses; nothing is kept.
        """
        with self._writing() as (unfinished, file):
            digest, size = _copied(source, file, largest)
            if not size:
                raise BadInput(EMPTY)
            self._put(unfinished, digest, size)
        return Kept(digest, size)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Path, BinaryIO]]:
        """A new file that only the program reads; it is gone afterwards, unless it was moved."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = self.folder / f"{os.getpid()}-{secrets.token_hex(8)}{UNFINISHED}"
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with open(handle, "wb") as file:  # noqa: PTH123
                    yield unfinished, file
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise StorageTrouble(FULL) from error
            raise StorageTrouble(REFUSED, reason=reason_of(error)) from error

    def _put(self, unfinished: Path, digest: str, size: int) -> None:
        """Move a flushed file to its place; the same content that is there already stays.

        Its age begins anew, so that nobody takes it away before a record names it.
        """
        place = self.path_of(digest)
        with self._lock(fcntl.LOCK_SH):
            place.parent.mkdir(mode=0o700, exist_ok=True)
            if self.size_of(digest) == size and self.is_sound(digest):
                os.utime(place)
                return
            unfinished.replace(place)
        flush_folder(place.parent)
        flush_folder(self.folder)

    @contextmanager
    def _lock(self, how: int) -> Iterator[None]:
        """Hold the store: many bring files at once, one alone takes away what nobody names."""
        handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)

    def open(self, digest: str) -> BinaryIO:
        """A file for reading, its content proved to be what its digest says.

        Raises:
            NotFound: it is not there.
            StorageTrouble: it was altered, or cannot be read.
        """
        try:
            handle = os.open(self.path_of(digest), os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP):
                raise NotFound(GONE) from error
            raise StorageTrouble(REFUSED, reason=reason_of(error)) from error
        file = open(handle, "rb")  # noqa: PTH123, SIM115
        try:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise StorageTrouble(ALTERED)
            file.seek(0)
        except OSError as error:
            file.close()
            raise StorageTrouble(REFUSED, reason=reason_of(error)) from error
        except StorageTrouble:
            file.close()
            raise
        return file

    def size_of(self, digest: str) -> int | None:
        """Bytes of a file; None where it is not there."""
        try:
            return self.path_of(digest).lstat().st_size
        except (OSError, NotFound):
            return None

    def is_sound(self, digest: str) -> bool:
        """Whether a file is there, and its content what its digest says."""
        try:
            self.open(digest).close()
        except (NotFound, StorageTrouble):
            return False
        return True

    def found(self) -> Iterator[Found]:
        """The files that are there."""
        for place in self._places():
            with suppress(OSError):
                stat = place.lstat()
                yield Found(place.name, stat.st_size, stat.st_mtime)

    def _places(self) -> Iterator[Path]:
        with suppress(OSError):
            for part in sorted(self.folder.iterdir()):
                if len(part.name) == 2 and part.is_dir():
                    names = sorted(part.iterdir())
                    yield from (each for each in names if DIGEST.fullmatch(each.name))

    def take_over(
        self,
        digest: str,
        other: "FileStore",
        *,
        linking: bool = False,
        proving: bool = False,
    ) -> bool:
        """Have a file that another store has; False where that has none that is sound.

        Args:
            linking: let both be one file on the disk, where the disk can.
            proving: read the one that is here already, and replace it if it was altered.

        Raises:
            StorageTrouble: the disk refuses.
        """
        if proving and self.is_sound(digest):
            return True
        size = other.size_of(digest)
        if size is None or self.folder == other.folder:
            return size is not None and not proving
        if not proving and self.size_of(digest) == size:
            return True
        if linking and self._linked(digest, other):
            return True
        try:
            with other.open(digest) as source:
                self.keep(source, size)
        except (NotFound, BadInput):
            return False
        except StorageTrouble as trouble:
            if trouble.message == ALTERED:
                return False
            raise
        return True

    def _linked(self, digest: str, other: "FileStore") -> bool:
        place = self.path_of(digest)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            os.link(other.path_of(digest), place)
            return True
        return False

    def drop(self, digest: str, *, older_than: float = 0) -> bool:
        """Take a file away; whether it is gone.

        Args:
            older_than: only if it came, or was brought again, more than so many seconds ago.
        """
        place = self.path_of(digest)
        with suppress(OSError), self._lock(fcntl.LOCK_EX):
            if time.time() - place.lstat().st_mtime >= older_than:
                place.unlink()
                with suppress(OSError):
                    place.parent.rmdir()
                return True
        return False

    def clear_left_over(self) -> int:
        """Take away what programs that died have left half-written; gives how much it was."""
        count = 0
        for file in self.folder.glob(f"*{UNFINISHED}"):
            with suppress(OSError):
                if time.time() - file.lstat().st_mtime > LEFT_OVER:
                    file.unlink()
                    count += 1
        return count

    def move_to(self, other: "FileStore") -> None:
        """Let the whole store be another one, which is not there or belongs to nobody."""
        if self.folder.is_dir():
            shutil.rmtree(other.folder, ignore_errors=True)
            self.folder.replace(other.folder)


def _copied(source: BinaryIO, file: BinaryIO, largest: int) -> Kept:
    """Copy a stream to the disk for good, and reckon its digest."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        size += len(block)
        if size > largest:
            raise BadInput(TOO_LARGE, limit=f"{largest / 2**20:.4g}")
        digest.update(block)
        file.write(block)
    file.flush()
    os.fsync(file.fileno())
    return Kept(digest.hexdigest(), size)
