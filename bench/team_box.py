"""The box of a team on a shared server: departments, their people, everybody with cards of his own."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from tempfile import gettempdir
from zlib import crc32

from bench.boxes import CITIES, TALKS, values_of
from bench.talks import write_talks
from store.bulk import in_bulk
from store.card_writing import CardWriter
from store.clock import Clock
from store.database import MIGRATIONS, open_store
from store.models.base import database
from store.models.team import Department, Member
from store.sharing import share

PEOPLE = 50
CARDS = 10_000

ROOM = 256 * 1024
"""KiB of pages that are kept in memory while a box is made."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the team."""

    login: str
    phones: tuple[str, ...]
    """The mobile numbers of the persons whose cards are his."""


def team_box(people: int, cards: int, target: Path) -> list[Colleague]:
    """Copy the box of a team, made once for the migrations there are, to a new file; gives who works there."""
    folder = Path(gettempdir()) / "shuke-bench"
    folder.mkdir(exist_ok=True)
    scripts = b"".join(script.read_bytes() for script in sorted(MIGRATIONS.glob("[0-9]*.py")))
    made = folder / f"team-{people}-{cards}-{crc32(scripts):08x}.sqlite"
    if not made.exists():
        making = made.with_suffix(".making")
        making.unlink(missing_ok=True)
        fill(making, people, cards)
        making.rename(made)
    copyfile(made, target)
    target.chmod(0o600)
    return colleagues(target)


def fill(path: Path, people: int, cards: int) -> None:
    """Make a head office with a director, and branches with a manager each; the rest are reps."""
    chance = random.Random(20260601)
    store = open_store(path, Clock())
    logins = [f"m{place:02d}" for place in range(people)]
    with store.desk().change("Team") as change:
        office = change.insert(Department, {"name": "总公司"})
        count = max(1, people // 10)
        branches = change.insert_many(
            Department, [{"name": f"{city}分公司", "parent_id": office} for city in CITIES[:count]]
        )
        for place, login in enumerate(logins):
            role = "director" if place == 0 else "manager" if place <= count else "rep"
            where = office if place == 0 else branches[place % count]
            whole = {"login": login, "name": f"同事{place}", "role": role, "department_id": where}
            change.insert(Member, whole)
        share(change, logins[0])
    with in_bulk():
        database.execute_sql(f"PRAGMA cache_size = -{ROOM}")
        for first, login in enumerate(logins):
            desk = store.desk(login)
            batch = [values_of(place, chance) for place in range(first, cards, people)]
            with desk.change("Import") as change:
                writer = CardWriter(desk, change)
                ids: list[int] = []
                for kind in ("organisation", "person"):
                    ids += writer.enter(kind, [(values, []) for k, values in batch if k == kind])
                write_talks(change, ids, TALKS, chance)
            desk.settings.set("language", "en")
    with _checkpointed(path):
        store.close()


@contextmanager
def _checkpointed(path: Path) -> Iterator[None]:
    """All of a box in its one file afterwards, so that it can be copied."""
    yield
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def colleagues(box: Path) -> list[Colleague]:
    """Who works with a box, by login."""
    sql = (
        "SELECT login, phone FROM member JOIN card ON owner_id = member.id "
        "WHERE kind = 'person' AND phone <> '' ORDER BY login, card.id"
    )
    phones: dict[str, list[str]] = {}
    with closing(sqlite3.connect(box)) as connection:
        for login, phone in connection.execute(sql):
            phones.setdefault(login, []).append(phone)
    return [Colleague(login, tuple(each)) for login, each in phones.items()]
