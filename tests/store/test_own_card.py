"""The card that a member keeps of himself."""

import pytest

from store.desk import Desk
from store.errors import BadValue, NotFound


def test_it_is_set_replaced_and_forgotten(desk: Desk) -> None:
    assert desk.own_card.row() is None
    first, second = (desk.cards.create("person", {"name": name}) for name in ("我", "也是我"))
    assert desk.own_card.set(first.id).number == first.number
    desk.own_card.set(second.id)
    row, record = desk.own_card.row(), desk.own_card.record()
    assert row is not None
    assert record is not None
    assert (row.id, record.values["name"]) == (second.id, "也是我")
    assert desk.briefing.of(first.id).own_card == second.number
    desk.own_card.forget()
    assert desk.own_card.row() is None
    assert desk.briefing.of(first.id).own_card is None


def test_a_card_in_the_trash_is_nobodys(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "我"})
    desk.own_card.set(card.id)
    desk.cards.trash([card.id])
    assert desk.own_card.row() is None
    desk.cards.restore([card.id])
    assert desk.own_card.row() is not None


def test_nobody_is_an_organisation(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子"})
    with pytest.raises(BadValue):
        desk.own_card.set(house.id)
    with pytest.raises(NotFound):
        desk.own_card.set(99)


def test_another_member_has_another_one(desk: Desk) -> None:
    desk.team.add("lina", "李娜", "director")
    desk.own_card.set(desk.cards.create("person", {"name": "我"}).id)
    assert desk.store.desk("lina").own_card.row() is None
