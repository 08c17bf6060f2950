import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import SCHEMA, open_store
from store.errors import SessionOver, StorageTrouble
from store.models.team import Member
from store.records.cards import CardQuery


def test_an_opening_that_was_interrupted_is_taken_up_again(tmp_path: Path, clock: Clock) -> None:
    box = tmp_path / "box.sqlite"
    open_store(box, clock).close()
    with closing(sqlite3.connect(box)) as connection, connection:
        connection.execute("DELETE FROM member")
        connection.execute("PRAGMA user_version = 0")
    store = open_store(box, clock)
    assert store.desk().member.role == "director"
    assert Member.select().count() == 1
    store.close()


def test_an_empty_file_becomes_a_box(tmp_path: Path, clock: Clock) -> None:
    box = tmp_path / "box.sqlite"
    box.touch()
    store = open_store(box, clock)
    assert store.desk().member.active
    store.close()


def test_a_new_box_is_for_its_owner_only(tmp_path: Path, clock: Clock) -> None:
    store = open_store(tmp_path / "new" / "box.sqlite", clock)
    store.desk().settings.set("theme", "dark")
    for file in (tmp_path / "new").iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    store.close()


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_of_another_program_is_left_alone(
    tmp_path: Path, clock: Clock, version: int
) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE bookmark (title TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(StorageTrouble, match="not a card box"):
        open_store(other, clock)
    with closing(sqlite3.connect(other)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


def test_nothing_is_written_into_a_box_that_was_migrated_meanwhile(
    tmp_path: Path, clock: Clock
) -> None:
    store = open_store(tmp_path / "box.sqlite", clock)
    desk = store.desk()
    desk.cards.create("person", {"name": "张山"})
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(SessionOver, match="newer version"):
        desk.cards.create("person", {"name": "李四"})
    assert [row.name for row in desk.cards.page(CardQuery(), 0, 9)] == ["张山"]
    store.close()


OPEN = """
import sys
from store.database import open_store
print(open_store(sys.argv[1]).desk().member.id)
"""


def test_several_programs_may_open_a_new_box_at_once(tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(box)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(3)
    ]
    answers = [program.communicate()[0].strip() for program in programs]
    assert answers == ["1", "1", "1"]
