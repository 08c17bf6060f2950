"""Who has a card open: seen by whoever sees the card, gone without a sign of life."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.models.base import database
from store.presence import STALE
from store.presence_file import presence_beside
from store.records.presence import Present
from tests.screens.pair import Pair, pair_of


class Later(Clock):
    """A clock that can be set forward."""

    seconds = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=type(self).seconds)


@pytest.fixture
def clock() -> Iterator[Clock]:
    Later.seconds = 0.0
    yield Later()
    Later.seconds = 0.0


@pytest.fixture
def pair(desk: Desk, clock: Clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


def test_who_has_a_card_open_is_seen_until_he_leaves(pair: Pair) -> None:
    assert pair.director.presence.others(pair.card) == []
    assert pair.rep.presence.arrive(pair.card)
    assert pair.director.presence.others(pair.card) == [Present("李娜", False, False)]
    pair.rep.presence.arrive(pair.card, True)
    assert pair.director.presence.others(pair.card) == [Present("李娜", True, False)]
    assert pair.rep.presence.others(pair.card) == []
    pair.rep.presence.leave(pair.card)
    assert pair.director.presence.others(pair.card) == []


def test_ones_own_other_session_is_told_apart(pair: Pair) -> None:
    elsewhere = pair.rep.store.desk("lina")
    elsewhere.presence.arrive(pair.card)
    pair.director.presence.arrive(pair.card, True)
    told = pair.rep.presence.others(pair.card)
    name = pair.director.member.name
    assert told == [Present(name, True, False), Present("李娜", False, True)]
    elsewhere.presence.leave()
    assert pair.rep.presence.others(pair.card) == told[:1]


def test_a_session_that_says_nothing_any_more_has_gone(pair: Pair) -> None:
    pair.rep.presence.arrive(pair.card)
    Later.seconds = STALE - 5
    assert pair.director.presence.others(pair.card)
    pair.rep.presence.beat()
    Later.seconds = 2 * STALE - 10
    assert pair.director.presence.others(pair.card)
    Later.seconds = 2 * STALE
    assert pair.director.presence.others(pair.card) == []


def test_nobody_is_seen_on_a_card_that_is_closed_to_the_member(pair: Pair) -> None:
    own = pair.director.cards.create("person", {"name": "机密先生"})
    pair.director.presence.arrive(own.id)
    assert pair.rep.presence.others(own.id) == []
    assert pair.director.presence.others(own.id) == []


def test_alone_nothing_is_written(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    assert not desk.presence.arrive(card.id)
    desk.presence.leave()
    assert desk.presence.others(card.id) == []
    assert not presence_beside(desk.store.path).exists()


def test_presence_wakes_nobody_and_is_in_no_box(pair: Pair, tmp_path: Path) -> None:
    before = pair.director.store.data_version()
    pair.rep.presence.arrive(pair.card)
    pair.rep.presence.beat()
    assert pair.director.store.data_version() == before
    tables = {name for (name,) in database.execute_sql("SELECT name FROM sqlite_master")}
    assert "presence" not in tables
    assert (presence_beside(pair.director.store.path).stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize("damage", [b"no database at all" * 300, b""])
def test_a_broken_file_is_begun_anew(pair: Pair, damage: bytes) -> None:
    file = presence_beside(pair.director.store.path)
    file.write_bytes(damage)
    pair.rep.presence.arrive(pair.card)
    pair.rep.presence.arrive(pair.card)
    assert pair.director.presence.others(pair.card) == [Present("李娜", False, False)]
    file.unlink()
    pair.rep.presence.arrive(pair.card)
    assert pair.director.presence.others(pair.card) == [Present("李娜", False, False)]


def test_where_no_file_can_be_made_nobody_is_seen(pair: Pair) -> None:
    presence_beside(pair.director.store.path).mkdir()
    assert pair.rep.presence.arrive(pair.card)
    pair.rep.presence.beat()
    pair.rep.presence.leave()
    assert pair.director.presence.others(pair.card) == []


def test_a_beat_and_a_look_cost_next_to_nothing(pair: Pair) -> None:
    """One look every 3 s and one beat every 10 s must stay far below 0.2 % of a processor."""
    pair.rep.presence.arrive(pair.card)
    pair.director.presence.arrive(pair.card)
    begin = time.process_time()
    for _time in range(100):
        pair.director.presence.others(pair.card)
        pair.director.presence.beat()
    spent = (time.process_time() - begin) / 100
    assert spent / 3 < 0.001, spent


def test_two_stores_on_one_file(pair: Pair, clock: Clock) -> None:
    path = pair.rep.store.path
    pair.rep.presence.arrive(pair.card)
    pair.rep.store.close()
    other = open_store(path, clock)
    assert other.desk().presence.others(pair.card) == [Present("李娜", False, False)]
    other.close()
