"""A new file that another program is just making: who comes second waits, and is let in."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.draft_file import INSERT, DraftFile
from store.patience import patiently
from store.presence_file import PresenceFile


@contextmanager
def being_made(file: Path) -> Iterator[None]:
    """Another program is writing into the file for 0.3 s, before it is in WAL mode."""
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ends = threading.Timer(0.3, other.rollback)
        ends.start()
        try:
            yield
        finally:
            ends.join()


def test_drafts_are_kept_in_a_file_that_another_session_is_making(tmp_path: Path) -> None:
    drafts = DraftFile(tmp_path / "box.drafts.sqlite")
    with being_made(drafts.path):
        drafts.write(INSERT, ["1", "todo:new", "{}", "2026-11-30T09:00:00+00:00"])
    assert drafts.ask("SELECT key FROM draft") == [("todo:new",)]
    drafts.close()


def test_who_is_present_is_written_into_a_file_that_another_session_is_making(
    tmp_path: Path,
) -> None:
    present = PresenceFile(tmp_path / "box.presence.sqlite")
    with being_made(present.path):
        present.run("INSERT INTO presence VALUES ('a', 1, 1, 0, 0.0)")
    assert present.run("SELECT session FROM presence") == [("a",)]
    present.close()


def test_a_box_is_opened_that_another_program_is_making(tmp_path: Path) -> None:
    file = tmp_path / "box.sqlite"
    with being_made(file):
        store = open_store(file, Clock())
    assert store.desk().cards.create("person", {"name": "张山"}).number == "P000001"
    store.close()


def test_what_is_no_waiting_matter_is_told_at_once() -> None:
    tries = []

    def refuse() -> None:
        tries.append(1)
        raise sqlite3.OperationalError("no such table: draft")

    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        patiently(refuse, 60)
    assert tries == [1]
