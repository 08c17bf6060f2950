"""Whoever met somebody who works there has seen the organisation; the pile knows it."""

from datetime import UTC, date, datetime

import pytest

from store.database import Store
from store.derived import rebuild_cards
from store.desk import Desk
from store.index_check import differing_cards
from store.models.base import database
from store.records.card_list import CardQuery
from store.records.interactions import InteractionValues
from store.records.people import PlaceValues
from tests.store.sales_team import sales_team

LONG_AGO = "2026-01-05 08:00:00"
SPRING = datetime(2026, 3, 2, 1, tzinfo=UTC)
LATELY = datetime(2026, 9, 23, 1, tzinfo=UTC)


@pytest.fixture
def house(desk: Desk) -> int:
    """An organisation of long ago, which nobody met since."""
    house = desk.cards.create("organisation", {"name": "华东电子", "likelihood": "B"}).id
    database.execute_sql("UPDATE card SET created_at = ? WHERE id = ?", [LONG_AGO, house])
    return house


def seen(desk: Desk, house: int) -> datetime | None:
    """When lists say that it was seen; it follows from the records."""
    assert differing_cards(desk.store.clock, thorough=True) == 0
    return desk.cards.row(house).last_contact


def log(desk: Desk, card: int, at: datetime = LATELY, **values: object) -> int:
    return desk.interactions.log(card, InteractionValues(topic="报价", at=at, **values)).id


def test_a_talk_with_its_buyer_takes_it_off_the_pile(desk: Desk, house: int) -> None:
    forgotten = CardQuery(kind="organisation", not_seen_days=60)
    buyer = desk.people.add(house, "张山")
    assert [each.reasons for each in desk.pile.cards([house])] == [("unseen",)]
    assert desk.cards.count(forgotten) == 1
    talk = log(desk, buyer.card_id)
    assert seen(desk, house) == LATELY
    assert desk.pile.cards([house]) == []
    assert desk.cards.count(forgotten) == 0
    desk.interactions.trash([talk])
    assert seen(desk, house) is None
    desk.trail.undo()
    assert seen(desk, house) == LATELY


def test_who_was_not_reached_was_not_seen(desk: Desk, house: int) -> None:
    buyer = desk.people.add(house, "张山")
    log(desk, buyer.card_id, reached=False)
    assert seen(desk, house) is None


def test_who_took_part_in_a_talk_counts_too(desk: Desk, house: int) -> None:
    buyer = desk.people.add(house, "张山")
    other = desk.cards.create("person", {"name": "李雪梅"}).id
    log(desk, other, others=(buyer.card_id,))
    assert seen(desk, house) == LATELY


def test_who_left_counts_where_he_is_now_from_then_on(desk: Desk, house: int) -> None:
    buyer = desk.people.add(house, "张山")
    log(desk, buyer.card_id)
    log(desk, house, SPRING)
    assert seen(desk, house) == LATELY
    desk.people.leave(buyer.id, date(2026, 9, 24), "恒通物流")
    assert seen(desk, house) == SPRING
    new = desk.cards.find("恒通物流")[0].id
    assert seen(desk, new) is None
    today = datetime(2026, 9, 24, 2, tzinfo=UTC)
    log(desk, buyer.card_id, today)
    assert seen(desk, new) == today
    assert seen(desk, house) == SPRING


def test_somebody_in_the_trash_does_not_count(desk: Desk, house: int) -> None:
    buyer = desk.people.add(house, "张山").card_id
    log(desk, buyer)
    desk.cards.trash([buyer])
    assert seen(desk, house) is None
    desk.cards.restore([buyer])
    assert seen(desk, house) == LATELY


def test_a_new_place_and_one_taken_away(desk: Desk, house: int) -> None:
    person = desk.cards.create("person", {"name": "张山"})
    log(desk, person.id)
    place = desk.people.add(house, person.number, PlaceValues(title="董事"))
    assert seen(desk, house) == LATELY
    desk.people.remove(place.id)
    assert seen(desk, house) is None


def test_a_box_is_worked_out_anew_whatever_card_came_first(desk: Desk, house: int) -> None:
    buyer = desk.people.add(house, "张山").card_id
    log(desk, buyer)
    database.execute_sql("UPDATE card SET last_contact_at = NULL")
    with desk.store.transaction():
        rebuild_cards(desk.store.clock)
    assert seen(desk, house) == LATELY


def test_no_day_tells_of_people_whom_a_colleague_keeps(store: Store) -> None:
    team = sales_team(store)
    house = team.card("zhang", "华东电子", "organisation")
    number = team["zhang"].cards.get(house).number
    hidden = team["boss"].cards.create("person", {"name": "老板的人", "organisation": number}).id
    log(team["boss"], hidden)
    assert seen(team["zhang"], house) is None
    team["boss"].transfers.hand([hidden], "zhang", "")
    assert seen(team["zhang"], house) == LATELY
