"""A shared box is migrated by hand; a personal one when it is opened."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store import database
from store.backups import copies_of
from store.box_file import open_readonly
from store.database import SCHEMA, schema_of
from tests.cli.running import Shuke


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of tomorrow, whose newest migration changes nothing."""
    monkeypatch.setattr(database, "SCHEMA", SCHEMA + 1)


def test_a_personal_box_migrates_itself(box: Path, shuke: Shuke, older: None) -> None:
    assert shuke("find", "x").status == 1
    assert schema_of(box) == SCHEMA + 1
    assert [copy.before_migration for copy in copies_of(box)] == [True]


def test_a_shared_box_waits_for_its_administrator(
    box: Path, shuke: Shuke, request: pytest.FixtureRequest
) -> None:
    shuke("member", "add", "zhanglei", "--name", "张磊")
    request.getfixturevalue("older")
    for arguments in (("find", "x"), ("card", "add", "--name", "x"), ("member", "list")):
        ran = shuke(*arguments)
        assert ran.status == 6
        assert "`shuke migrate`" in ran.err
    assert schema_of(box) == SCHEMA
    ran = shuke("migrate", "--json")
    assert (ran.status, ran.document["from"], ran.document["to"]) == (0, SCHEMA, SCHEMA + 1)
    copy = Path(ran.document["copy"])
    with closing(open_readonly(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM member").fetchone() == (2,)
    assert schema_of(copy) == SCHEMA
    assert shuke("member", "list").status == 0
    assert shuke("migrate").words() == "The box is up to date already."
    assert shuke("migrate", "--json").document["copy"] is None


def test_a_box_of_the_first_schema_is_no_shared_one(box: Path, shuke: Shuke) -> None:
    """What stands in a box before there were teams opens as it always did."""
    with closing(sqlite3.connect(box)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == (0,)
    assert shuke("migrate").words() == "The box is up to date already."


def test_where_there_is_no_box_there_is_nothing_to_migrate(home: Path, shuke: Shuke) -> None:
    assert shuke("migrate").status == 1
