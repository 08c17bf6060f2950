"""A member's own files on the shared server: exports that he fetches, files that he brings.

They lie beside the box, in `outbox` and `inbox`, each member's in a folder of his id (a login may
change, and be another's then), where nobody but the program reaches them. A member names a file
and never a path; what is old makes room for what is new.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from store.cleaning import clean_line
from store.errors import BadInput, Conflict, NotFound, StorageTrouble
from store.language import N_
from store.records.cards import CardQuery
from store.records.shelf import ShelvedFile
from store.system_words import reason_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

Result = TypeVar("Result")

OUTBOX = "outbox"
INBOX = "inbox"

LARGEST = 64 * 2**20
"""Bytes of one file."""

LARGEST_ALL = 128 * 2**20
"""Bytes of all files on one shelf."""

MOST = 30
"""Files on one shelf."""

OLD = 7 * 24 * 3600
"""Seconds after which a file goes."""

LONGEST_NAME = 60
"""Characters: in UTF-8 fewer bytes than a file's name may have."""

BLOCK = 2**16

NO_NAME = N_("“{name}” is no name for a file: give one without / that does not begin with a dot.")
NOT_THERE = N_("There is no file “{name}” here.")
TOO_LARGE = N_("The file is larger than {limit} MB.")
REFUSED = N_("The file {name} cannot be kept: {reason}.")
ONE_AT_A_TIME = N_("Another file of yours is just coming in: wait until it is there.")

UNFINISHED = ".unfinished"


@explains_trouble
class Shelf:
    """The outbox or the inbox of a member.

    Args:
        desk: the member's.
        kind: `OUTBOX` or `INBOX`.
    """

    def __init__(self, desk: "Desk", kind: str) -> None:
        self.desk = desk
        self.kind = kind

    @property
    def folder(self) -> Path:
        """Where this member's files are; it need not exist."""
        return self._shelves / str(self.desk.member.id)

    @property
    def _shelves(self) -> Path:
        return self.desk.store.path.absolute().parent / self.kind

    def list(self) -> tuple[ShelvedFile, ...]:
        """The files, the newest first."""
        found = [
            ShelvedFile(entry.name, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC))
            for entry, stat in _files(self.folder)
        ]
        return tuple(sorted(found, key=lambda file: file.at, reverse=True))

    def path_of(self, name: str) -> Path:
        """Where a file is, for reading.

        Raises:
            NotFound: there is none of this name.
        """
        if name not in {file.name for file in self.list()}:
            raise NotFound(NOT_THERE, name=clean_line(name)[:LONGEST_NAME])
        return self.folder / name

    def put(self, name: str, stream: BinaryIO) -> ShelvedFile:
        """Keep what a stream gives; a file of the same name is replaced.

        Raises:
            BadInput: it is no name, or the file is too large.
            Conflict: another file of his is just coming in.
            StorageTrouble: the disk refuses.
        """
        name = checked_name(name)
        folder = self._made_folder(name)
        unfinished = folder / UNFINISHED
        try:
            with _alone(folder):
                descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                try:
                    with open(descriptor, "wb") as file:  # noqa: PTH123
                        _copy(stream, file)
                    unfinished.replace(folder / name)
                finally:
                    unfinished.unlink(missing_ok=True)
        except OSError as error:
            raise StorageTrouble(REFUSED, name=name, reason=reason_of(error)) from error
        return self._kept(name)

    def export(self, what: str, format: str, name: str, query: CardQuery | None = None) -> int:
        """Export into a file here (see `Exchange.export`); gives how many records went out.

        Raises:
            BadInput: it is no name, or the file is too large.
            StorageTrouble: the disk refuses.
            WrongUsage: this cannot be written in that format.
        """
        return self._filled(
            name, lambda path: self.desk.exchange.export_file(what, format, path, query)
        )

    def print_card(self, what: str, card_id: int, format: str, name: str) -> None:
        """Put a page of a card into a file here (see `Exchange.print_card`).

        Raises:
            BadInput: it is no name, or the file is too large.
            NotFound: the member sees no such card.
            StorageTrouble: the disk refuses.
            WrongUsage: there is no such page, or no such format.
        """
        self._filled(
            name, lambda path: self.desk.exchange.print_card_file(what, card_id, format, path)
        )

    def _filled(self, name: str, write: Callable[[Path], Result]) -> Result:
        """Have something written into a file here; gives what `write` gives."""
        name = checked_name(name)
        path = self._made_folder(name) / name
        written = write(path)
        path.chmod(0o600)
        if path.stat().st_size > LARGEST:
            path.unlink()
            raise BadInput(TOO_LARGE, limit=LARGEST // 2**20)
        self._kept(name)
        return written

    def take(self, path: Path) -> ShelvedFile:
        """Take over a file of the program's own, such as the rows that an import refused.

        Raises:
            StorageTrouble: the disk refuses.
        """
        name = checked_name(path.name)
        try:
            path.replace(self._made_folder(name) / name)
        except OSError as error:
            raise StorageTrouble(REFUSED, name=name, reason=reason_of(error)) from error
        return self._kept(name)

    def drop(self, name: str) -> None:
        """Throw a file away.

        Raises:
            NotFound: there is none of this name.
        """
        self.path_of(name).unlink(missing_ok=True)

    def _made_folder(self, name: str) -> Path:
        try:
            for folder in (self._shelves, self.folder):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StorageTrouble(REFUSED, name=name, reason=reason_of(error)) from error
        return self.folder

    def _kept(self, name: str) -> ShelvedFile:
        """The file that was just put here; what is old on all shelves, or too much here, goes."""
        with suppress(OSError):
            for folder in self._shelves.iterdir():
                _weed(folder, folder / name if folder == self.folder else None)
        return next(file for file in self.list() if file.name == name)


def checked_name(name: str) -> str:
    """A name for a file that leads nowhere else.

    Raises:
        BadInput: it is none.
    """
    cleaned = clean_line(name)
    is_plain = cleaned == name.strip() and not set("/\\\0") & set(cleaned)
    is_ours = cleaned.startswith((".", "-")) or cleaned.endswith(UNFINISHED)
    if not cleaned or not is_plain or is_ours:
        raise BadInput(NO_NAME, name=cleaned[:LONGEST_NAME])
    if len(cleaned) > LONGEST_NAME:
        raise BadInput(NO_NAME, name=f"{cleaned[:LONGEST_NAME]}…")
    return cleaned


def _files(folder: Path) -> Iterator[tuple["os.DirEntry[str]", os.stat_result]]:
    """The whole files of a shelf; no links, no folders, nothing that is being written."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    whole = not entry.name.startswith(".") and not entry.name.endswith(UNFINISHED)
                    if whole and entry.is_file(follow_symlinks=False):
                        yield entry, entry.stat(follow_symlinks=False)
    except OSError:
        return


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else brings a file into a folder meanwhile: many at a time would fill the disk.

    Raises:
        Conflict: somebody does.
    """
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Conflict(ONE_AT_A_TIME) from error
    finally:
        os.close(handle)


def _copy(stream: BinaryIO, file: BinaryIO) -> None:
    left = LARGEST
    while block := stream.read(BLOCK):
        left -= len(block)
        if left < 0:
            raise BadInput(TOO_LARGE, limit=LARGEST // 2**20)
        file.write(block)


def _weed(folder: Path, newest: Path | None) -> None:
    """Let old files go, and the oldest as long as there are too many; never the newest."""
    now = time.time()
    found = [
        (stat.st_mtime, stat.st_size, Path(entry.path))
        for entry, stat in _files(folder)
        if newest is None or entry.name != newest.name
    ]
    room = LARGEST_ALL - (newest.stat().st_size if newest is not None else 0)
    places = MOST - (newest is not None)
    for at, size, path in sorted(found, reverse=True):
        room -= size
        places -= 1
        if now - at > OLD or room < 0 or places < 0:
            path.unlink(missing_ok=True)
