"""A box whose writer died in a rollback journal is read, copied and examined all the same."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store import backups, doctor, key_line
from store.box_file import sound_facts
from store.clock import Clock
from store.database import SCHEMA, open_store, schema_of
from store.desk import Desk

DIES = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE card SET name = name || ' half'")
connection.execute("CREATE TABLE filler AS SELECT * FROM card, (SELECT 1 FROM sqlite_master)")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def half_written(desk: Desk) -> Path:
    """A box that lies as its last writer left it."""
    for place in range(30):
        desk.cards.create("person", {"name": f"客户{place}"})
    box = desk.store.path
    desk.store.close()
    died = subprocess.run([sys.executable, "-c", DIES, str(box)], check=False)
    assert died.returncode == -signal.SIGKILL
    with (
        closing(sqlite3.connect(f"{box.as_uri()}?mode=ro", uri=True)) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("SELECT name FROM card").fetchone()
    return box


def names(box: Path) -> list[str]:
    with closing(sqlite3.connect(box)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM card ORDER BY id")]


ALL = [f"客户{place}" for place in range(30)]


def test_its_schema_is_told(half_written: Path) -> None:
    assert schema_of(half_written) == SCHEMA
    assert names(half_written) == ALL


def test_it_is_looked_through(half_written: Path) -> None:
    assert sound_facts(half_written).cards == 30


def test_its_keys_are_told(half_written: Path) -> None:
    assert key_line.all_lines(half_written, ["shuke-session"]) == []


def test_it_is_copied_and_put_back(half_written: Path, tmp_path: Path) -> None:
    box = tmp_path / "other.sqlite"
    backups.restore(box, half_written, Clock())
    assert names(box) == ALL
    with closing(open_store(half_written)) as store:
        assert names(backups.backup(store)) == ALL
        assert doctor.examine(store, thorough=True).ok
