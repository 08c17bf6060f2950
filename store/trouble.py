"""What the storage says in its own words, as a sentence for the user."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from types import FunctionType
from typing import ParamSpec, TypeVar

from store.errors import NotAllowed, StorageTrouble
from store.language import N_

import store.models.base  # noqa: F401  # isort: skip (Peewee without drivers)
from peewee import DatabaseError, IntegrityError  # isort: skip

Part = TypeVar("Part")
Taken = ParamSpec("Taken")
Answer = TypeVar("Answer")

MALFORMED = N_("The box is damaged. Run `shuke doctor`, then restore a backup.")

READ_ONLY = N_("The box cannot be written: the file or its folder is read-only.")

FULL = N_("The disk is full: nothing was saved. Free some space and try again.")

NO_MEMORY = N_("This takes more memory than there is: try it in smaller parts.")

NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})
"""What SQLite calls an error of the disk, and is that it is full: an opening finds no room for the
files beside the box."""

TROUBLE: tuple[tuple[str, str], ...] = (
    ("full", FULL),
    ("readonly", READ_ONLY),
    ("locked", N_("The box is busy: somebody else has been writing for long. Try again.")),
    ("malformed", MALFORMED),
    ("not a database", N_("This file is not a card box.")),
    ("no such table", N_("This file is not a card box.")),
    ("unable to open", N_("The box cannot be opened: is the folder there, and readable?")),
    ("disk I/O", N_("The disk reports an error: nothing was saved.")),
)
"""Parts of what SQLite says, and what it means for the user."""

CLASHES = N_("This clashes with what is in the box already ({reason}): nothing was saved.")

OTHER = N_("The box cannot be used just now ({reason}).")


FOLLOWING = ("cannot rollback", "no such savepoint")
"""What SQLite says of a transaction that it has rolled back itself, as when the disk is full."""


def explained(error: BaseException) -> StorageTrouble:
    """The trouble behind a database error."""
    text = str(error)
    if error.__context__ is not None and any(part in text for part in FOLLOWING):
        return explained(error.__context__)
    if isinstance(error, StorageTrouble):
        return error
    if code_of(error) in NO_ROOM:
        return StorageTrouble(FULL)
    for part, message in TROUBLE:
        if part in text:
            return StorageTrouble(message)
    return StorageTrouble(OTHER, reason=text)


def code_of(error: BaseException | None) -> int:
    """SQLite's own number of an error, or of the one behind it, as Peewee raises its own; 0 for
    none.
    """
    while error is not None:
        if isinstance(error, sqlite3.Error):
            return int(getattr(error, "sqlite_errorcode", 0))
        error = error.__cause__ or error.__context__
    return 0


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the database's errors, and want of memory, into `StorageTrouble`."""
    try:
        yield
    except MemoryError as error:
        raise StorageTrouble(NO_MEMORY) from error
    except (IntegrityError, sqlite3.IntegrityError) as error:
        raise StorageTrouble(CLASHES, reason=error) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise explained(error) from error


def explains_trouble(part: type[Part]) -> type[Part]:
    """A part of the desk whose public methods raise `StorageTrouble` for the database's errors.

    What they refuse stands in the trail, by the name of the method.
    """
    for name, method in list(vars(part).items()):
        if isinstance(method, FunctionType) and not name.startswith("_"):
            what = f"{part.__module__.rpartition('.')[2]}.{name}"
            setattr(part, name, _explaining(method, what))
    return part


def _explaining(method: Callable[Taken, Answer], what: str) -> Callable[Taken, Answer]:
    @wraps(method)
    def explained_method(*arguments: Taken.args, **named: Taken.kwargs) -> Answer:
        try:
            with storage_errors():
                return method(*arguments, **named)
        except NotAllowed as refusal:
            from store.deeds import note_refusal

            refusal.what = what  # of methods that call each other the outermost was meant
            note_refusal(arguments[0].desk, refusal, what)  # type: ignore[attr-defined]
            raise

    return explained_method
