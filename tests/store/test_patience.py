"""Whoever waits for a writer begins soon after it, and is told when it takes too long."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from store.database import Store
from store.errors import StorageTrouble
from store.models.base import database

LATE = 0.05
"""Seconds within which a waiting writer begins, on a busy machine; SQLite alone takes 0.1."""


def patience() -> int:
    return int(database.execute_sql("PRAGMA busy_timeout").fetchone()[0])


def test_a_writer_begins_soon_after_the_one_before(store: Store) -> None:
    late = []
    for _ in range(5):
        with closing(sqlite3.connect(store.path, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")

            def end(other: sqlite3.Connection = other) -> float:
                time.sleep(0.35)  # by now SQLite would look ten times a second
                other.execute("ROLLBACK")
                return time.monotonic()

            with ThreadPoolExecutor(1) as pool:
                ended = pool.submit(end)
                with store.transaction():
                    begun = time.monotonic()
                late.append(begun - ended.result())
    assert min(late) < LATE
    assert sorted(late)[2] < LATE
    assert patience() == 30_000


def test_a_writer_who_waited_too_long_is_told(store: Store) -> None:
    database.execute_sql("PRAGMA busy_timeout = 200")
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = time.monotonic()
        with pytest.raises(StorageTrouble, match="busy"), store.transaction():
            raise AssertionError
        assert 0.2 <= time.monotonic() - before < 5
        assert patience() == 200
        other.execute("ROLLBACK")
    with store.transaction():
        pass
    assert patience() == 200
