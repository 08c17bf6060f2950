"""Saves at many desks in as many processes: what the store alone takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent

DESK = """
import random, sys, time
from store.clock import Clock
from store.database import open_store
from store.records.cards import CardQuery
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

box, login, seconds, pause = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
desk = open_store(box, Clock()).desk(login)
chance = random.Random(login)
cards = [row.id for row in desk.cards.page(CardQuery(kind="person", mine=True), 0, 200)]


def save(talk):
    card = chance.choice(cards)
    values = None if talk else desk.cards.get(card).values
    start = time.perf_counter()
    if talk:
        desk.interactions.log(card, InteractionValues(minutes="聊了新报价"), [TodoValues("送样品")])
    else:
        desk.cards.save(card, values, {**values, "nickname": f"n{chance.random()}"})
    return time.perf_counter() - start


for talk in (True, False):
    save(talk)  # modules are read at the first
print("ready", flush=True)
sys.stdin.readline()
end = time.monotonic() + seconds
taken = []
while time.monotonic() < end:
    time.sleep(chance.uniform(0.5, 1.5) * pause)
    taken.append(save(chance.random() < 0.5))
print(*taken)
"""


def timed_saves(
    box: Path, logins: Sequence[str], seconds: float, pause: float = 2.0
) -> list[float]:
    """The seconds that each save takes, every member at a desk of his own.

    Args:
        pause: seconds between two saves of a member, about.
    """
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", DESK, str(box), login, str(seconds), str(pause)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOUSE,
        )
        for login in logins
    ]
    for each in desks:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in desks:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    said = [each.communicate(timeout=seconds + 120)[0] for each in desks]
    assert all(each.returncode == 0 for each in desks), "a desk failed"
    return [float(taken) for text in said for taken in text.split()]
