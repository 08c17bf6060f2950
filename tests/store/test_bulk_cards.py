"""The same change on many cards: one question for rights, one change set, one undo."""

from datetime import date, timedelta

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, NotAllowed, NotFound
from store.records.cards import CardQuery
from tests.conftest import TODAY
from tests.store.sales_team import sales_team


def many(desk: Desk, count: int = 12) -> list[int]:
    """Persons and organisations."""
    return [
        desk.cards.create(("person", "organisation")[n % 2], {"name": f"客户{n}"}).id
        for n in range(count)
    ]


def test_many_cards_change_at_once_and_back_at_once(desk: Desk) -> None:
    cards = many(desk)
    before = {card: desk.cards.get(card) for card in cards}
    values = {"lifecycle": "target", "likelihood": "B", "circle": "校友", "note": "同一天见"}
    assert desk.cards.set_values(cards, values) == len(cards)
    for card in cards:
        after = desk.cards.get(card)
        assert {key: after.values[key] for key in values} == values
        assert after.version == before[card].version + 1
    assert desk.cards.set_values(cards, values) == 0
    assert desk.cards.count(CardQuery(text="同一天见")) == len(cards)
    assert desk.cards.facts("circle") == ["校友"]
    desk.trail.undo()
    assert [desk.cards.get(card).values for card in cards] == [
        before[card].values for card in cards
    ]
    assert desk.cards.facts("circle") == []


def test_a_wrong_value_changes_none_of_them(desk: Desk) -> None:
    cards = many(desk, 3)
    for values in ({"likelihood": "Z"}, {"unheard_of": 1}, {"lifecycle": "former"}):
        with pytest.raises(BadValue):
            desk.cards.set_values(cards, values)
    assert desk.cards.count(CardQuery(lifecycles=("former",))) == 0
    with pytest.raises(NotFound):
        desk.cards.set_values([*cards, 999], {"likelihood": "A"})
    assert desk.cards.count(CardQuery(likelihoods=("A",))) == 0


def test_values_that_are_records_of_their_own_change_too(desk: Desk) -> None:
    cards = many(desk, 3)[::2]
    phones = [{"value": "13911112345", "label": ""}]
    assert desk.cards.set_values(cards, {"mobile": phones, "organisation": "华强"}) == 2
    assert [desk.cards.row(card).organisation for card in cards] == ["华强", "华强"]


def test_nobody_changes_what_is_not_his(store: Store) -> None:
    team = sales_team(store)
    own, other = team.card("zhang"), team.card("li", "李四")
    team["boss"].releases.give("whole", role="service")
    for desk, change in (
        ("service", lambda desk: desk.cards.set_values([own], {"likelihood": "A"})),
        ("service", lambda desk: desk.cards.flag_risk([own])),
        ("service", lambda desk: desk.cards.review_on([own], TODAY + timedelta(days=9))),
    ):
        with pytest.raises(NotAllowed):
            change(team[desk])
    with pytest.raises(NotFound):
        team["zhang"].cards.tag([own, other], "x")
    assert team["south"].cards.tag([own, other], "x") == 2
    assert team["boss"].cards.count(CardQuery(risk=True)) == 0


def test_a_tag_that_stands_there_already_changes_nothing(desk: Desk) -> None:
    cards = many(desk, 2)
    assert desk.cards.tag(cards[:1], "老乡") == 1
    assert desk.cards.tag(cards, "老乡") == 1
    assert desk.cards.tag(cards, "老乡", add=False) == 2
    assert all("tags" not in desk.cards.get(card).values for card in cards)


def test_a_review_date_holds_until_the_card_is_changed(desk: Desk) -> None:
    (card,) = many(desk, 1)
    far = TODAY + timedelta(days=400)
    assert desk.cards.review_on([card], far) == 1
    assert desk.cards.row(card).review_due_on == far
    desk.cards.set_values([card], {"likelihood": "B"})
    assert desk.cards.row(card).review_due_on == far
    with pytest.raises(BadValue):
        desk.cards.review_on([card], TODAY)
    with pytest.raises(BadValue):
        desk.cards.review_on([card], date(9999, 1, 1))
    desk.cards.review_on([card], None)
    due = desk.cards.row(card).review_due_on
    assert due is not None
    assert due < far


def test_owner_and_manager_find_a_flagged_card_on_their_today(store: Store) -> None:
    team = sales_team(store)
    card = team.card("li")  # in 深圳, which has no manager: that of 华南 above counts
    assert team["boss"].cards.flag_risk([card], "arrears") == 1
    for login in ("li", "south"):
        (remark,) = team[login].today.agenda().remarks
        assert (remark.kind, remark.text, remark.card_id) == ("risk", "Arrears", card)
    assert team["east"].remarks.open() == []
    assert team["boss"].grades.risks([card]) == {card: "Arrears"}
    team["li"].remarks.done([team["li"].remarks.open()[0].id])
    assert team["boss"].cards.flag_risk([card], "bankruptcy") == 1
    assert team["li"].remarks.open() == []
    assert team["boss"].cards.clear_risk([card]) == 1
    assert team["li"].cards.flag_risk([card]) == 1
    assert team["li"].remarks.open() == []
    assert [each.author for each in team["south"].remarks.open()] == [
        team["boss"].member.name,
        "李静",
    ]
    team["li"].trail.undo()
    assert len(team["south"].remarks.open()) == 1


def test_a_card_that_is_flagged_in_the_form_alerts_too_and_one_that_is_entered_so(
    store: Store,
) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    values = team["zhang"].cards.get(card).values
    more = {"risk": True, "risk_reasons": ["poor_business"], "risk_note": "三个月没付款"}
    team["zhang"].cards.save(card, values, {**values, **more})
    team["zhang"].cards.create("organisation", {"name": "危险公司", "risk": True})
    texts = [each.text for each in team["south"].remarks.open()]
    assert texts == ["Poor business, 三个月没付款", "Customer of risk"]
    assert team["zhang"].remarks.open() == []


def test_many_flagged_cards_make_one_word(store: Store) -> None:
    team = sales_team(store)
    cards = many(team["zhang"], 25)
    team["zhang"].cards.flag_risk(cards, "arrears")
    (remark,) = team["south"].remarks.open()
    assert (remark.text, remark.card_id) == ("25 cards newly at risk", None)
