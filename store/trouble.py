"""What the storage says in its own words, as a sentence for the user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import StorageTrouble
from store.language import N_

import store.models.base  # noqa: F401  # isort: skip (Peewee without drivers)
from peewee import DatabaseError, IntegrityError  # isort: skip

MALFORMED = N_("The box is damaged. Run `shuke doctor`, then restore a backup.")

TROUBLE: tuple[tuple[str, str], ...] = (
    ("full", N_("The disk is full: nothing was saved. Free some space and try again.")),
    ("readonly", N_("The box cannot be written: the file or its folder is read-only.")),
    ("locked", N_("The box is busy: somebody else has been writing for long. Try again.")),
    ("malformed", MALFORMED),
    ("not a database", N_("This file is not a card box.")),
    ("no such table", N_("This file is not a card box.")),
    ("unable to open", N_("The box cannot be opened: is the folder there, and readable?")),
    ("disk I/O", N_("The disk reports an error: nothing was saved.")),
)
"""Parts of what SQLite says, and what it means for the user."""

OTHER = N_("The box cannot be used just now ({reason}).")


def explained(error: Exception) -> StorageTrouble:
    """The trouble behind a database error."""
    text = str(error)
    for part, message in TROUBLE:
        if part in text:
            return StorageTrouble(message)
    return StorageTrouble(OTHER, reason=text)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn the database's errors into `StorageTrouble`; broken rules of the schema stay bugs."""
    try:
        yield
    except (IntegrityError, sqlite3.IntegrityError):
        raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise explained(error) from error
