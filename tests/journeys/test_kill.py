"""Never lose a word: the program is killed at any moment, and everything it had said is there."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.models.cards import Card
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from tests.journeys.killing import reopened, run_and_kill, run_and_kill_after, shuke

WRITER = """
import os, sys
from datetime import date
from store.clock import Clock
from store.database import open_store
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

def say(text):
    os.write(1, f"{text}\\n".encode())

desk = open_store(sys.argv[1], Clock(shown_today=date(2026, 9, 24))).desk()
count = 0
while True:
    count += 1
    name = f"{sys.argv[2]}-{count}"
    for length in range(1, len(name) + 1):
        desk.drafts.keep("card:new:person", {"name": name[:length]})
    say(f"draft {name}")
    card = desk.cards.create("person", {"name": name, "organisation": f"firm {count % 7}"})
    say(f"card {name}")
    desk.drafts.drop("card:new:person")
    talk = InteractionValues(topic=f"talk {name}", minutes="words " * 20)
    desk.interactions.log(card.id, talk, [TodoValues(title=f"todo {name}")])
    say(f"talk {name}")
    desk.cards.save(card.id, card.values, {**card.values, "nickname": f"changed {name}"})
    say(f"changed {name}")
"""


def write_and_kill(box: Path, rounds: int, chance: random.Random) -> None:
    said: list[str] = []
    for number in range(rounds):
        now = run_and_kill([sys.executable, "-c", WRITER, str(box), f"round {number}"], chance, 0.5)
        assert now, "the writer did not start"
        said += now
        with reopened(box) as desk:
            cards = {row.name for row in desk.cards.page(CardQuery(), 0, -1)}
            talks = {row.summary for row in desk.interactions.page(InteractionQuery(), 0, 100_000)}
            todos = {row.title for row in desk.todos.page(TodoQuery(), 0, 100_000)}
            nicknames = {nickname for (nickname,) in Card.select(Card.short_name).tuples()}
            draft = desk.drafts.get("card:new:person")
            for line in said:
                kind, _, name = line.partition(" ")
                if kind == "card":
                    assert name in cards
                elif kind == "talk":
                    assert any(talk.startswith(f"talk {name}") for talk in talks)
                    assert f"todo {name}" in todos
                elif kind == "changed":
                    assert f"changed {name}" in nicknames
            if now[-1].startswith("draft "):
                words = draft.content["name"] if draft is not None else ""
                assert words == now[-1].removeprefix("draft ") or words in cards
            desk.drafts.close()


def test_what_was_saved_before_a_kill_is_there(tmp_path: Path) -> None:
    write_and_kill(tmp_path / "box.sqlite", 5, random.Random(1))


@pytest.mark.slow
def test_what_was_saved_before_many_kills_is_there(tmp_path: Path) -> None:
    write_and_kill(tmp_path / "box.sqlite", 30, random.Random(2))


PEOPLE = 1200


def import_and_kill(folder: Path, rounds: int, chance: random.Random) -> None:
    file = folder / "people.csv"
    lines = [
        f"客户{n},1390000{n:04d},第{n % 40}机械厂,1980-01-{n % 28 + 1:02d}" for n in range(PEOPLE)
    ]
    file.write_text("\n".join(["姓名,手机,公司,出生日期", *lines]), encoding="utf-8")
    pattern, box = folder / "pattern.sqlite", folder / "box.sqlite"
    subprocess.run(shuke(pattern, "card", "add", "--name", "张山"), check=True, capture_output=True)
    with reopened(pattern):
        pass
    shutil.copy(pattern, box)
    begun = time.monotonic()
    subprocess.run(shuke(box, "import", str(file), "--yes"), check=True, capture_output=True)
    length = time.monotonic() - begun
    with reopened(box) as desk:
        whole = desk.cards.count(CardQuery())
    assert whole >= PEOPLE
    for _ in range(rounds):
        for left in folder.glob("box.*"):
            left.unlink()
        shutil.copy(pattern, box)
        ended = run_and_kill_after(
            shuke(box, "import", str(file), "--yes"), chance.uniform(0.3, 1.0) * length
        )
        assert ended in (None, 0)
        with reopened(box) as desk:
            assert desk.cards.count(CardQuery()) in ((whole,) if ended == 0 else (1, whole))


@pytest.mark.slow
def test_a_killed_import_is_there_wholly_or_not_at_all(tmp_path: Path) -> None:
    import_and_kill(tmp_path, 3, random.Random(3))


@pytest.mark.slow
def test_many_killed_imports_are_there_wholly_or_not_at_all(tmp_path: Path) -> None:
    import_and_kill(tmp_path, 15, random.Random(4))


RESTORER = """
import os, sys
from pathlib import Path
from store.backups import restore
from store.clock import Clock
from store.database import SCHEMA
os.write(1, b"begun\\n")
restore(Path(sys.argv[1]), Path(sys.argv[2]), Clock())
os.write(1, b"done\\n")
"""


def restore_and_kill(folder: Path, rounds: int, chance: random.Random) -> None:
    box, copy = folder / "box.sqlite", folder / "copy.sqlite"
    subprocess.run(shuke(box, "card", "add", "--name", "old"), check=True, capture_output=True)
    subprocess.run(shuke(box, "backup", str(copy)), check=True, capture_output=True)
    for _ in range(rounds):
        subprocess.run(shuke(box, "card", "add", "--name", "new"), check=True, capture_output=True)
        command = [sys.executable, "-c", RESTORER, str(box), str(copy)]
        said = run_and_kill(command, chance, 0.12)
        kept = sorted(folder.glob("box.replaced-*.sqlite"))
        with reopened(box) as desk:
            names = {row.name for row in desk.cards.page(CardQuery(), 0, 100)}
        assert names == {"old"} if "done" in said else names in ({"old"}, {"old", "new"})
        if names == {"old"}:
            assert kept, "what was replaced has to be kept"


def test_a_killed_restore_leaves_one_box_or_the_other(tmp_path: Path) -> None:
    restore_and_kill(tmp_path, 2, random.Random(5))


@pytest.mark.slow
def test_many_killed_restores_leave_one_box_or_the_other(tmp_path: Path) -> None:
    restore_and_kill(tmp_path, 12, random.Random(6))
