"""Two programs write into one box at once: nothing is lost, and each learns of the other's."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from store.background import Background
from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.doctor import examine
from store.models.base import database
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery

ROUNDS = 35
"""Each enters a card, logs a talk and a to-do, and adds a tag to the shared card."""

WRITER = """
import sys
from store.database import open_store
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

box, name, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
desk = open_store(box).desk()
print("ready", flush=True)
sys.stdin.readline()
shared = desk.cards.resolve("P000001").id
for place in range(rounds):
    values = {"name": f"{name}{place}", "organisation": f"公司{place}"}
    card = desk.cards.create("person", values)
    said = InteractionValues(minutes=f"{name}{place}")
    desk.interactions.log(shared, said, [TodoValues(f"{name}{place}")])
    desk.cards.tag([shared], f"{name}{place}")
"""


def writer(box: Path, name: str) -> subprocess.Popen[str]:
    """A program that waits for a line, and then writes."""
    command = [sys.executable, "-c", WRITER, str(box), name, str(ROUNDS)]
    program = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def test_nothing_is_lost_between_two_programs(desk: Desk) -> None:
    shared = desk.cards.create("person", {"name": "张山"})
    box = desk.store.path
    programs = [writer(box, name) for name in ("甲", "乙")]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    for program in programs:
        assert program.communicate()[1] == ""
        assert program.returncode == 0
    both = {f"{name}{place}" for name in ("甲", "乙") for place in range(ROUNDS)}
    people = desk.cards.page(CardQuery(kind="person"), 0, -1)
    assert {row.name for row in people} == {"张山", *both}
    houses = [row.name for row in desk.cards.page(CardQuery(kind="organisation"), 0, -1)]
    assert sorted(houses) == sorted({f"公司{place}" for place in range(ROUNDS)})
    assert set(desk.cards.get(shared.id).values["tags"]) == both
    assert desk.interactions.count(InteractionQuery(card=shared.id)) == len(both)
    todos = TodoQuery(card=shared.id)
    assert {row.title for row in desk.todos.page(todos, 0, -1)} == both
    numbers = [number for (number,) in database.execute_sql("SELECT number FROM card")]
    assert len(set(numbers)) == len(numbers) == 1 + len(both) + ROUNDS
    sets = database.execute_sql("SELECT count(*), max(id) FROM change_set").fetchone()
    assert sets == (1 + 3 * len(both), 1 + 3 * len(both))
    assert [check for check in examine(desk.store, thorough=True).checks if not check.ok] == []


CROWD = """
import sys, time
from store.database import open_store
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

box, name, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
desk = open_store(box).desk()
shared = desk.cards.resolve("P000001").id
print("ready", flush=True)
sys.stdin.readline()
end = time.monotonic() + seconds
place = 0
while time.monotonic() < end:
    desk.drafts.keep(f"todo:{name}", {"line": str(place)})
    said = InteractionValues(minutes=f"{name}{place}")
    desk.interactions.log(shared, said, [TodoValues(f"{name}{place}")])
    place += 1
print(place)
"""


def crowd(box: Path, people: int, seconds: float) -> dict[str, int]:
    """So many programs write without a pause; gives how often each of them did."""
    programs = {
        name: subprocess.Popen(
            [sys.executable, "-c", CROWD, str(box), name, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "甲乙丙丁戊己庚辛"[:people]
    }
    for program in programs.values():
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs.values():
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    written = {}
    for name, program in programs.items():
        said, complained = program.communicate(timeout=seconds + 60)
        assert complained == ""
        written[name] = int(said)
    return written


@pytest.mark.slow
def test_nobody_of_eight_who_write_without_a_pause_is_turned_away(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山"})
    written = crowd(desk.store.path, 8, 20)
    assert min(written.values()) * 4 > max(written.values()), "some wait for ever"
    said = {f"{name}{place}" for name, count in written.items() for place in range(count)}
    todos = TodoQuery(everyone=True, side=None)
    assert {row.title for row in desk.todos.page(todos, 0, -1)} == said
    assert desk.interactions.count(InteractionQuery()) == len(said)
    wal = desk.store.path.with_name(f"{desk.store.path.name}-wal")
    assert not wal.exists() or wal.stat().st_size < 2**24
    assert [check for check in examine(desk.store, thorough=True).checks if not check.ok] == []


OTHER = """
import sys
from store.database import open_store
desk = open_store(sys.argv[1]).desk()
print(desk.cards.create("person", {"name": sys.argv[2]}).id)
"""


async def test_a_program_learns_of_the_cards_of_another(tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    open_store(box, Clock()).close()
    screen = Background(str(box), None, Clock())
    try:
        assert await screen.changes() is None
        own = await screen.write(lambda desk: desk.cards.create("person", {"name": "自己"}))
        assert await screen.changes() is None
        for name in ("甲", "乙"):
            command = [sys.executable, "-c", OTHER, str(box), name]
            answer = await asyncio.to_thread(subprocess.check_output, command, text=True)
            assert await screen.changes() == frozenset({int(answer)})
            found = await screen.read(lambda desk, name=name: desk.cards.find(name))
            assert [row.name for row in found] == [name]
        assert await screen.changes() is None
        assert (await screen.read(lambda desk: desk.cards.get(own.id))).name == "自己"
    finally:
        screen.close()


async def test_what_others_do_right_after_the_opening_is_told(tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    open_store(box, Clock()).close()
    screen = Background(str(box), None, Clock())
    try:
        assert await screen.read(lambda desk: desk.cards.count(CardQuery())) == 0
        command = [sys.executable, "-c", OTHER, str(box), "甲"]
        number = await asyncio.to_thread(subprocess.check_output, command, text=True)
        assert await screen.changes() == frozenset({int(number)})
    finally:
        screen.close()
