"""Writing thousands of records at a time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from store.models.base import database

ROOM = 64 * 1024
"""KiB of pages that a large write may hold in memory, before it must put some of them aside."""


@contextmanager
def in_bulk() -> Iterator[None]:
    """A large write: pages stay in memory until it is done, and nobody looks for garbage.

    It makes a million small objects that all stay until the end: looking through them again and
    again takes a tenth of the time. What is safe stays so, only the memory used is more.
    """
    usual = database.execute_sql("PRAGMA cache_size").fetchone()[0]
    collecting = gc.isenabled()
    gc.disable()
    database.execute_sql(f"PRAGMA cache_size = -{ROOM}")
    try:
        yield
    finally:
        if not database.is_closed():
            database.execute_sql(f"PRAGMA cache_size = {usual}")
        if collecting:
            gc.enable()
