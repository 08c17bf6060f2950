"""Killed at any moment of a transfer, a migration or a backup: all of it is there, or none."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from store import backups
from store.box_file import sound_facts
from store.clock import Clock
from store.database import SCHEMA, open_store
from store.desk import Desk
from store.models.cards import Card
from store.models.team import Department, Member
from store.models.todos import Todo
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoValues
from store.sharing import share
from tests.journeys.killing import TODAY, reopened, run_and_kill, run_and_kill_after, shuke
from tests.journeys.older_box import as_of

CUSTOMERS = 60
LOGINS = ("wang", "li")


def filled(box: Path) -> None:
    """A box with two reps; one of them looks after everything."""
    store = open_store(box, Clock(shown_today=TODAY))
    desk = store.desk()
    with desk.change("Team") as change:
        office = change.insert(Department, {"name": "总公司"})
        for login in LOGINS:
            whole = {"login": login, "name": login, "role": "rep", "department_id": office}
            change.insert(Member, whole)
        share(change, desk.member.login)
    wang = store.desk(LOGINS[0])
    for place in range(CUSTOMERS):
        card = wang.cards.create("person", {"name": f"客户{place}", "organisation": "华强"})
        talk = InteractionValues(minutes=f"聊了{place}")
        wang.interactions.log(card.id, talk, [TodoValues(title=f"样品{place}")])
    store.close()


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled box, to be copied."""
    box = tmp_path_factory.mktemp("pattern") / "box.sqlite"
    filled(box)
    with reopened(box):
        pass
    return box


def check_whole(desk: Desk) -> None:
    """Nothing that was there before is missing."""
    names = {row.name for row in desk.cards.page(CardQuery(kind="person"), 0, -1)}
    assert names == {f"客户{place}" for place in range(CUSTOMERS)}
    assert desk.interactions.count(InteractionQuery()) == CUSTOMERS
    assert Todo.select().count() == CUSTOMERS


HANDER = """
import os, sys
from store.clock import Clock
from store.database import open_store
from store.models.cards import Card
from store.models.team import Member

desk = open_store(sys.argv[1], Clock()).desk()
ids = [row_id for (row_id,) in Card.select(Card.id).tuples()]
owner = Card.select(Member.login).join(Member, on=Card.owner == Member.id)
turn = 0
while True:
    present = owner.limit(1).scalar()
    to = "li" if present == "wang" else "wang"
    os.write(1, f"to {to}\\n".encode())
    turn += 1
    if turn % 2:
        desk.transfers.hand(ids, to, "区域调整")
    else:
        desk.transfers.hand_all(present, to)
    os.write(1, f"with {to}\\n".encode())
"""


def hand_and_kill(pattern: Path, folder: Path, rounds: int, chance: random.Random) -> None:
    box = folder / "box.sqlite"
    shutil.copy(pattern, box)
    for _ in range(rounds):
        said = run_and_kill([sys.executable, "-c", HANDER, str(box)], chance, 0.3)
        assert said, "the program did not start"
        with reopened(box) as desk:
            check_whole(desk)
            owners = {
                login for (login,) in Card.select(Member.login).join(Member, on=Card.owner).tuples()
            }
            todos = {
                login
                for (login,) in Todo.select(Member.login)
                .join(Member, on=Todo.owner == Member.id)
                .tuples()
            }
            assert len(owners) == 1, "some cards were handed over, others not"
            assert todos == owners, "the to-dos go with their cards"
            done, to = said[-1].split(" ")
            if done == "with":
                assert owners == {to}


def test_a_killed_transfer_is_whole_or_not_at_all(pattern: Path, tmp_path: Path) -> None:
    hand_and_kill(pattern, tmp_path, 2, random.Random(1))


@pytest.mark.slow
def test_many_killed_transfers_are_whole_or_not_at_all(pattern: Path, tmp_path: Path) -> None:
    hand_and_kill(pattern, tmp_path, 25, random.Random(2))


def migrate_and_kill(pattern: Path, folder: Path, rounds: int, chance: random.Random) -> None:
    """The older the box, the more is to be done; the next opening takes it up, wherever it was."""
    old = {schema: folder / f"old-{schema}.sqlite" for schema in range(1, SCHEMA)}
    for schema, file in old.items():
        as_of(schema, pattern, file)
    with closing(sqlite3.connect(old[1])) as connection, connection:
        connection.execute("DELETE FROM setting WHERE key = 'shared'")
    box = folder / "box.sqlite"
    shutil.copy(old[1], box)
    begun = time.monotonic()
    subprocess.run(shuke(box, "migrate"), check=True, capture_output=True)
    length = time.monotonic() - begun
    for number in range(rounds):
        schema = number % (SCHEMA - 1) + 1
        shutil.rmtree(backups.folder_of(box))
        for left in folder.glob("box.*"):
            left.unlink()
        shutil.copy(old[schema], box)
        ended = run_and_kill_after(shuke(box, "migrate"), chance.uniform(0.3, 1.0) * length)
        assert ended in (None, 0)
        for copy in backups.copies_of(box):
            assert schema <= sound_facts(copy.file).schema <= SCHEMA
        if schema > 1:  # a shared box waits for its administrator
            subprocess.run(shuke(box, "migrate"), check=True, capture_output=True)
        with reopened(box) as desk:
            check_whole(desk)
            assert desk.store.schema() == SCHEMA
            desk.cards.create("person", {"name": "新来的"})
        assert any(
            copy.before_migration and sound_facts(copy.file).cards >= CUSTOMERS
            for copy in backups.copies_of(box)
        ), "there is a copy from before"


def test_a_killed_migration_is_taken_up_again(pattern: Path, tmp_path: Path) -> None:
    migrate_and_kill(pattern, tmp_path, 2, random.Random(3))


@pytest.mark.slow
def test_many_killed_migrations_are_taken_up_again(pattern: Path, tmp_path: Path) -> None:
    migrate_and_kill(pattern, tmp_path, 25, random.Random(4))


def back_up_and_kill(pattern: Path, folder: Path, rounds: int, chance: random.Random) -> None:
    box = folder / "box.sqlite"
    shutil.copy(pattern, box)
    begun = time.monotonic()
    subprocess.run(shuke(box, "backup"), check=True, capture_output=True)
    length = time.monotonic() - begun
    for _ in range(rounds):
        assert run_and_kill_after(shuke(box, "backup"), chance.uniform(0.4, 1.0) * length) in (
            None,
            0,
        )
        for copy in backups.copies_of(box):
            assert sound_facts(copy.file).cards > CUSTOMERS
        with reopened(box) as desk:
            check_whole(desk)
    begin_another_day(box)
    with closing(open_store(box, Clock())) as store:
        assert backups.daily_backup(store) is not None
    left = [file.name for file in backups.folder_of(box).iterdir()]
    assert sorted(left) == sorted(copy.file.name for copy in backups.copies_of(box))


def begin_another_day(box: Path) -> None:
    """Let everything in the folder of backups be two days old."""
    earlier = time.time() - 2 * 86400
    for file in backups.folder_of(box).iterdir():
        os.utime(file, (earlier, earlier))
    for copy in backups.copies_of(box):
        day = time.strftime("%Y%m%d", time.localtime(earlier))
        copy.file.rename(copy.file.with_name(copy.file.name.replace(f"{copy.made_at:%Y%m%d}", day)))


def test_a_killed_backup_leaves_no_half_copy(pattern: Path, tmp_path: Path) -> None:
    back_up_and_kill(pattern, tmp_path, 2, random.Random(5))


@pytest.mark.slow
def test_many_killed_backups_leave_no_half_copy(pattern: Path, tmp_path: Path) -> None:
    back_up_and_kill(pattern, tmp_path, 25, random.Random(6))
