"""The sample box: a sales team with its customers, written by the program's own desk code."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from store.clock import Clock
from store.database import Store, open_store
from store.file_store import beside
from store.language import N_
from store.models.base import database
from store.sample.past_clock import PastClock
from store.sample.team import DEPARTMENTS, MEMBERS
from store.trouble import storage_errors

TEAM_SET_UP = N_("Sample team set up")

ALL_OF_IT = -32_000
"""SQLite's cache while the box is made, in -KiB: nothing of it is written twice."""


class UnfinishedStore(Store):
    """A box that is being made within one transaction, which each change is a part of.

    A savepoint for each of a thousand changes would take as long as the changes.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__(path, clock)
        self.grades_later = True

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Nothing of its own: what fails makes all of the box fail."""
        with storage_errors():
            yield


def make_demo(path: Path, clock: Clock) -> bool:
    """Make the sample box; False when there is one, which is left as it is.

    Everything in it lies around `clock.today()` and is the same for the same day. It appears
    under its name when it is finished, or not at all. No other box may be open in this thread.

    Raises:
        StorageTrouble: the disk refuses.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    try:
        past = PastClock(zone=clock.zone, shown_today=clock.today())
        store = open_store(unfinished, past)
        try:
            database.execute_sql(f"PRAGMA cache_size={ALL_OF_IT}")
            with store.transaction():
                _write(UnfinishedStore(unfinished, past), past)
            database.execute_sql("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            store.close()
        beside(unfinished).move_to(beside(path))
        unfinished.replace(path)
    finally:
        shutil.rmtree(beside(unfinished).folder, ignore_errors=True)
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{unfinished}{ending}").unlink()
    return True


def _write(store: Store, past: PastClock) -> None:
    """Let the team work from its first day to today."""
    from store.own_card import SETTING as OWN_CARD
    from store.sample.customers import sample_cards
    from store.sample.doubles import write_doubles
    from store.sample.grading import write_grading
    from store.sample.inspected import write_inspections
    from store.sample.papers import write_papers
    from store.sample.showcase import FIRST_TRIED, OWN
    from store.sample.structure import write_structure
    from store.sample.telling import moment, sample_talks
    from store.sample.ties import write_ties
    from store.sample.watched import write_deeds
    from store.sample.work import sample_todos
    from store.sample.writing import Writing

    today = past.today()
    cards = sample_cards(today)
    past.moment = moment(min(card.entered for card in cards) - timedelta(days=30), 9)
    _set_up_team(store)
    desks = {member.login: store.desk(member.login) for member in MEMBERS}
    Writing(desks, past).write(cards, sample_talks(cards, today), sample_todos(cards, today))
    desk = desks[MEMBERS[0].login]
    own = next(card for card in cards if card.name == OWN)
    desk.settings.set(OWN_CARD, own.number)
    known = next(card for card in cards if card.name == FIRST_TRIED)
    assert known.firm is not None
    write_structure(desk, past, known.firm.id)
    write_doubles(desks, past, cards)
    write_inspections(desks, past)
    write_papers(desks, past, known.firm.id, cards)
    write_ties(desks, past, cards)
    write_grading(desks, past)
    write_deeds(desks, past, desk.cards.resolve(own.number).id)


def _set_up_team(store: Store) -> None:
    """Departments and members; the one who opened the box becomes the first of them."""
    from store.models.team import Department, Member

    desk = store.desk()
    desk.settings.set_for_box("usual_login", MEMBERS[0].login)
    with desk.change(TEAM_SET_UP, asked=True) as change:
        departments: dict[str, int] = {}
        for name, above in DEPARTMENTS:
            values = {"name": name, "parent_id": departments[above] if above else None}
            departments[name] = change.insert(Department, values)
        first, *others = (
            {
                "login": member.login,
                "name": member.name,
                "role": member.role,
                "department_id": departments[member.department],
                "trainee": member.coach is not None,
            }
            for member in MEMBERS
        )
        change.update(Member, desk.member.id, first)
        ids = [desk.member.id, *change.insert_many(Member, others)]
        logins = dict(zip((member.login for member in MEMBERS), ids, strict=True))
        for member in MEMBERS:
            if member.coach is not None:
                change.update(Member, logins[member.login], {"coach_id": logins[member.coach]})
