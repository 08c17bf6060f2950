"""How long the way to somebody takes to find: 100,000 cards and 300,000 links, worst cases too.

The processor's time is taken, not the clock's: the box lies in memory after the first ways, and a
neighbour's work is no part of it.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir

from bench.figures import Figure
from store.clock import Clock
from store.database import SCHEMA, open_store
from store.models.base import database
from store.ways import cheapest_way

CARDS = 100_000
"""Every fourth is an organisation."""

MAINLAND = 80_000
"""Cards that are linked to each other somehow; the others are, apart from these."""

RUNS = 60

LIMIT = 50.0
"""Milliseconds in which a way is found."""

LIMIT_OF_NONE = 1_000.0
"""Milliseconds until it is certain that there is none, among two large crowds of strangers."""

HUBS = (4, 8)
"""Organisations where 5,000 people work each."""

KNOWN_TO_ALL = tuple(range(1, 1 + 16 * 20, 16))
"""People who are linked to some five hundred others each."""

CARD = (
    "id, number, kind, name, sort_key, owner_id, department_id, created_at, created_by_id, "
    "updated_at, updated_by_id, version, lifecycle, likelihood, value_pinned, profile, "
    "organisation_name, title, phone, next_step, completeness"
)
DAY = "2026-01-01 08:00:00"


def box() -> Path:
    """The box; made once for a schema, then taken as it is."""
    folder = Path(gettempdir()) / "shuke-bench"
    folder.mkdir(exist_ok=True)
    target = folder / f"ways-{CARDS}-{SCHEMA}.sqlite"
    if not target.exists():
        making = folder / f"making-ways-{CARDS}-{SCHEMA}.sqlite"
        for old in folder.glob(f"{making.name}*"):
            old.unlink()
        _fill(making)
        making.rename(target)
    return target


def _person(chance: random.Random, first: int = 1, last: int = MAINLAND) -> int:
    place = chance.randrange(first, last + 1)
    return place if place % 4 else place - 1


def _fill(path: Path) -> None:
    """Write cards and links past the recorder: a trail of them is of no interest here."""
    chance = random.Random(20260101)
    store = open_store(path, Clock())
    profile = json.dumps({"note": "字" * 300}, ensure_ascii=False)
    database.execute_sql("PRAGMA synchronous = off")
    with store.transaction():
        cursor = database.cursor()
        cursor.execute("INSERT INTO department (id, name) VALUES (1, '东'), (2, '西')")
        cursor.execute(
            "INSERT INTO member (id, login, name, role, department_id, active, trainee, "
            "created_at) VALUES (2, 'rep', '业务员', 'rep', 1, 1, 0, ?)",
            [DAY],
        )
        cursor.executemany(
            f"INSERT INTO card ({CARD}) VALUES ({','.join('?' * 21)})",
            (
                (
                    *(place, f"P{place:06d}", "person" if place % 4 else "organisation", "张伟"),
                    *(
                        "zhangwei",
                        1 + (place % 32 == 1),
                        _department(place),
                        DAY,
                        1,
                        DAY,
                        1,
                        1,
                        "target",
                    ),
                    *("A", 0, profile, "华东电子有限公司", "采购经理", "13900001111", "回访", 30),
                )
                for place in range(1, CARDS + 1)
            ),
        )
        cursor.execute(
            "INSERT INTO card_release (id, department_id, member_id, level, reason, given_by_id, "
            "given_at, updated_at, version) VALUES (1, 1, 2, 'whole', '', 1, ?, ?, 1)",
            [DAY, DAY],
        )
        _link(cursor, chance)
    store.close()


def _department(place: int) -> int:
    """Half of the people are of the first department; so are the houses of thousands."""
    return 1 if place in HUBS or place // 2 % 2 else 2


def _link(cursor: object, chance: random.Random) -> None:
    many = cursor.executemany  # type: ignore[attr-defined]
    jobs = []
    for person in range(1, CARDS + 1):
        if person % 4 == 0:
            continue
        first, last = (12, MAINLAND) if person <= MAINLAND else (MAINLAND + 4, CARDS)
        house = chance.randrange(first, last) // 4 * 4
        if person <= MAINLAND and person % 16 in (1, 3):
            house = HUBS[person % 16 // 2]
        jobs.append((person, house, None, 1))
        if chance.random() < 0.15:
            jobs.append((person, chance.randrange(first, last) // 4 * 4, "2020-01-01", 0))
    many(
        "INSERT INTO affiliation (person_id, organisation_id, until, main, position) "
        "VALUES (?, ?, ?, ?, 0)",
        jobs,
    )
    pairs = set()
    for _turn in range(180_000):
        sides = (1, MAINLAND) if chance.random() < 0.8 else (MAINLAND + 1, CARDS)
        one = _person(chance, *sides)
        if sides[0] == 1 and chance.random() < 0.06:
            one = chance.choice(KNOWN_TO_ALL)
        other = _person(chance, *sides)
        if one != other:
            pairs.add((one, other))
    many(
        "INSERT INTO relationship (card_id, other_id, kind, strength, note, created_at, "
        "created_by_id, updated_at, version) VALUES (?, ?, 'friend', ?, '', ?, 1, ?, 1)",
        [(one, other, chance.choice([None, 1, 2, 3, 4, 5]), DAY, DAY) for one, other in pairs],
    )
    many(
        "INSERT INTO referral (card_id, referrer_id, result, note, created_at, created_by_id, "
        "updated_at, version) VALUES (?, ?, '', '', ?, 1, ?, 1)",
        [(_person(chance), _person(chance), DAY, DAY) for _turn in range(30_000)],
    )


def figures() -> Iterator[Figure]:
    """Median and 95th percentile of each case, each way asked for once."""
    store = open_store(box(), Clock())
    chance = random.Random(5)

    def at_hub(place: int) -> int:
        return 16 * chance.randrange(4_000) + (1, 3)[place]

    pairs: dict[str, Callable[[], tuple[int, int]]] = {
        "two people at random": lambda: (_person(chance), _person(chance)),
        "from one house of 5,000 to another": lambda: (at_hub(0), at_hub(1)),
        "two people of 500 ties": lambda: (
            chance.choice(KNOWN_TO_ALL),
            chance.choice(KNOWN_TO_ALL),
        ),
        "no way, both well connected": lambda: (
            _person(chance),
            _person(chance, MAINLAND + 1, CARDS),
        ),
        "no way, from a house of 5,000": lambda: (
            at_hub(0),
            _person(chance, MAINLAND + 1, CARDS),
        ),
    }
    for login in ("", "rep"):
        desk = store.desk(login) if login else store.desk(_director())
        whom = "who sees half of them" if login else "who sees all"
        for name, pair in pairs.items():
            taken, found = [], 0
            for _run in range(RUNS):
                start, goal = pair()
                before = time.thread_time()
                found += cheapest_way(desk, {start: 0}, goal) is not None
                taken.append((time.thread_time() - before) * 1000)
            limit = LIMIT if found else LIMIT_OF_NONE
            yield from _two(f"way, {name}, {whom} ({found} of {RUNS} found)", taken, limit)
        taken = []
        for _run in range(RUNS):
            goal = _person(chance) // 4 * 4 + 3
            before = time.thread_time()
            desk.relations.path(goal)
            taken.append((time.thread_time() - before) * 1000)
        yield from _two(f"way from oneself over 3,000 customers, {whom}", taken, LIMIT)
    store.close()


def _director() -> str:
    return str(
        database.execute_sql("SELECT login FROM member WHERE role = 'director'").fetchone()[0]
    )


def _two(name: str, taken: list[float], limit: float) -> Iterator[Figure]:
    ordered = sorted(taken)
    for what, value in (
        ("median", statistics.median(ordered)),
        ("p95", ordered[int(len(ordered) * 0.95)]),
    ):
        yield Figure(
            f"{name}, {what}", value, "ms", limit=f"under {limit:.0f} ms", met=value < limit
        )
