"""Who brought whom: with the card's field in step, told, thanked, and what came of it."""

from datetime import date

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.models.cards import Card
from store.models.relations import Referral
from store.records.referrals import ReferralRow, ReferralValues
from tests.store.sales_team import SalesTeam, sales_team


def person(desk: Desk, name: str, **values: object) -> int:
    return desk.cards.create("person", {"name": name, **values}).id


def number(desk: Desk, card: int) -> str:
    return desk.cards.get(card).number


def set_values(desk: Desk, card: int, **values: object) -> None:
    present = desk.cards.get(card).values
    desk.cards.save(card, present, {**present, **values})


def referrers(desk: Desk, card: int) -> list[str]:
    return [
        row.referrer.name if row.referrer else row.referrer_name
        for row in desk.referrals.of(card)
        if row.card.id == card
    ]


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def test_what_the_card_says_is_a_referral(desk: Desk) -> None:
    zhang = person(desk, "张山")
    li = person(desk, "李四", referrer=number(desk, zhang), met_on="2026-03-01")
    wang = person(desk, "王五", referrer="老陈")
    assert referrers(desk, li) == ["张山"]
    assert desk.referrals.of(li)[0].values.on == date(2026, 3, 1)
    assert referrers(desk, wang) == ["老陈"]
    set_values(desk, wang, referrer=number(desk, li))
    assert referrers(desk, wang) == ["李四"]
    set_values(desk, wang, referrer=None)
    assert referrers(desk, wang) == []
    desk.trail.undo()
    assert referrers(desk, wang) == ["李四"]
    assert desk.cards.get(wang).values["referrer"] == number(desk, li)
    set_values(desk, wang, nickname="小王")
    assert Referral.select().count() == 2


def test_a_day_out_of_reach_is_no_day_of_a_referral(desk: Desk) -> None:
    li = person(desk, "李四", referrer="老陈", met_on="1899-01-01")
    (row,) = desk.referrals.of(li)
    assert row.values.on is None
    assert desk.cards.get(li).values["met_on"] == "1899-01-01"
    desk.referrals.update(row.id, row.values, ReferralValues(means="letter"))


def test_who_takes_another_ones_place_was_not_thanked(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    wang = person(desk, "王五", referrer="张山")
    (row,) = desk.referrals.of(wang)
    values = ReferralValues(date(2026, 1, 5), "phone", "签了", None, None, "饭局上")
    desk.referrals.update(row.id, row.values, values)
    set_values(desk, wang, referrer=number(desk, zhang))  # the name has a card by now
    desk.referrals.thank([row.id])
    assert desk.referrals.get(row.id).values.result == "签了"
    set_values(desk, wang, referrer=number(desk, li))
    now = desk.referrals.get(row.id)
    assert now.referrer is not None
    assert now.referrer.name == "李四"
    assert now.values == ReferralValues(date(2026, 1, 5), "phone", "", None, None, "饭局上")


def test_a_referral_that_is_noted_is_on_the_card(desk: Desk) -> None:
    zhang, li, wang = (person(desk, name) for name in ("张山", "李四", "王五"))
    first = desk.referrals.note(wang, zhang, values=ReferralValues(means="letter"))
    assert desk.cards.get(wang).values["referrer"] == number(desk, zhang)
    second = desk.referrals.note(wang, referrer_name=" 老陈\x1b ")
    third = desk.referrals.note(wang, li)
    assert referrers(desk, wang) == ["张山", "老陈", "李四"]
    assert desk.cards.get(wang).values["referrer"] == number(desk, zhang)
    desk.referrals.remove(first.id)
    assert desk.cards.get(wang).values["referrer"] == "老陈"
    desk.referrals.remove(third.id)
    assert desk.cards.get(wang).values["referrer"] == "老陈"
    desk.referrals.remove(second.id)
    assert "referrer" not in desk.cards.get(wang).values
    for _step in range(3):
        desk.trail.undo()
    assert referrers(desk, wang) == ["张山", "老陈", "李四"]
    assert desk.cards.get(wang).values["referrer"] == number(desk, zhang)


def test_each_referrer_counts_once_for_a_customer(desk: Desk) -> None:
    zhang = person(desk, "张山")
    wang = person(desk, "王五", referrer=number(desk, zhang))
    with pytest.raises(BadValue, match="counts once"):
        desk.referrals.note(wang, zhang)
    with pytest.raises(BadValue, match="introduces himself"):
        desk.referrals.note(wang, wang)
    with pytest.raises(BadValue, match="Say who"):
        desk.referrals.note(wang, referrer_name="  ")
    with pytest.raises(BadValue, match="means"):
        desk.referrals.note(wang, referrer_name="x", values=ReferralValues(means="鸽子"))


def test_whom_to_thank(desk: Desk) -> None:
    zhang = person(desk, "张山")
    person(desk, "李四", referrer=number(desk, zhang))
    person(desk, "王五", referrer=number(desk, zhang), lifecycle="buyer")
    waiting = desk.referrals.to_thank()
    assert [row.card.name for row in waiting] == ["王五", "李四"]
    ids = [row.id for row in waiting]
    assert desk.referrals.report(ids, "已经签约，谢谢您") == 2
    assert desk.referrals.report(ids) == 0
    assert desk.referrals.get(ids[0]).values.result == "已经签约，谢谢您"
    assert desk.referrals.thank(ids[:1], date(2026, 9, 20)) == 1
    assert [row.id for row in desk.referrals.to_thank()] == ids[1:]
    desk.trail.undo()
    assert len(desk.referrals.to_thank()) == 2


def test_two_who_change_one_referral(desk: Desk) -> None:
    wang = person(desk, "王五", referrer="老陈")
    (row,) = desk.referrals.of(wang)
    desk.referrals.update(row.id, row.values, ReferralValues(note="甲"))
    after = desk.referrals.update(row.id, row.values, ReferralValues(means="phone"))
    assert (after.values.note, after.values.means) == ("甲", "phone")
    with pytest.raises(Conflict):
        desk.referrals.update(row.id, row.values, ReferralValues(note="乙"))


def chain_of(desk: Desk, card: int) -> list[tuple[int, str, bool]]:
    return [(link.depth, link.card.name, link.again) for link in desk.referrals.chain(card).links]


def test_a_chain_tells_who_came_through_whom_and_what_came_of_it(desk: Desk) -> None:
    first = person(desk, "甲")
    second = person(desk, "乙", referrer=number(desk, first), lifecycle="buyer")
    third = person(desk, "丙", referrer=number(desk, second), organisation="华东电子")
    fourth = person(desk, "丁", referrer=number(desk, third), organisation="华东电子")
    house = desk.cards.resolve("华东电子").id
    with desk.change("x") as change:
        rows = [{"id": "a", "year": 2026, "amount": 1200}, {"id": "b", "amount": 300}, "x"]
        change.update(Card, house, {"profile": {"purchases": rows}})
    assert chain_of(desk, first) == [
        (0, "甲", False),
        (1, "乙", False),
        (2, "丙", False),
        (3, "丁", False),
    ]
    chain = desk.referrals.chain(second)
    assert [card.name for card in chain.origin] == ["甲"]
    brought = desk.referrals.chain(first).brought
    # The house of both counts once.
    assert (brought.direct, brought.customers, brought.bought, brought.amount) == (1, 3, 1, 1500)
    assert [(giver.card.name, giver.brought.customers) for giver in desk.referrals.givers()] == [
        ("甲", 3),
        ("乙", 2),
        ("丙", 1),
    ]
    assert desk.referrals.givers(1)[0].waiting == 1
    assert fourth


def test_a_chain_that_bites_its_tail_ends(desk: Desk) -> None:
    first = person(desk, "甲")
    second = person(desk, "乙", referrer=number(desk, first))
    set_values(desk, first, referrer=number(desk, second))
    assert chain_of(desk, first) == [(0, "甲", False), (1, "乙", False), (2, "甲", True)]
    assert desk.referrals.chain(first).brought.customers == 1
    assert [card.name for card in desk.referrals.chain(first).origin] == ["乙"]


def test_names_that_a_customer_gave_become_cards(desk: Desk) -> None:
    zhang = person(desk, "张山")
    rows = [
        {"id": "r1", "name": "李四", "phone": "13911112222", "relation": "连襟"},
        {"id": "r2", "name": "王五"},
        {"id": "r3", "name": " "},
    ]
    set_values(desk, zhang, names_given=rows)
    given = desk.referrals.names_given(zhang)
    assert [(each.name, each.card) for each in given[:2]] == [("李四", None), ("王五", None)]
    entered = desk.referrals.enter_name(zhang, "r1")
    assert entered.values["referrer"] == number(desk, zhang)
    assert entered.values["mobile"][0]["value"].replace(" ", "") == "13911112222"
    first = desk.referrals.names_given(zhang)[0]
    assert first.card is not None
    assert first.card.id == entered.id
    assert desk.cards.get(zhang).values["names_given"][0]["done"] is True
    with pytest.raises(BadValue, match="already"):
        desk.referrals.enter_name(zhang, "r1")
    with pytest.raises(NotFound):
        desk.referrals.enter_name(zhang, "r9")
    desk.trail.undo()
    assert desk.referrals.names_given(zhang)[0].card is None
    assert "done" not in desk.cards.get(zhang).values["names_given"][0]


def test_whose_they_are_to_note(team: SalesTeam) -> None:
    giver = team.card("zhou", "介绍人")
    customer = team.card("zhang", "张山")
    team["boss"].releases.give("whole", role="rep")
    zhang, zhou, li = team["zhang"], team["zhou"], team["li"]
    row = zhang.referrals.note(customer, giver)
    assert [each.id for each in zhou.referrals.to_thank()] == [row.id]
    assert zhou.referrals.thank([row.id]) == 1  # his customer was the one who gave the name
    with pytest.raises(NotAllowed):
        zhou.referrals.remove(row.id)
    with pytest.raises(NotAllowed):
        zhou.referrals.note(customer, referrer_name="x")
    with pytest.raises(NotAllowed):
        li.referrals.report([row.id], "x")
    assert li.referrals.to_thank() == []
    assert team["service"].referrals.to_thank() == []


def test_what_is_hidden_stays_hidden(team: SalesTeam) -> None:
    giver = team.card("zhou", "介绍人")
    mine = team.card("zhang", "张山")
    boss = team["boss"]
    row = boss.referrals.note(mine, giver, values=ReferralValues(result="成了"))
    theirs = team.card("zhou", "周某")
    boss.referrals.note(theirs, mine)
    zhang = team["zhang"]
    seen: ReferralRow = zhang.referrals.get(row.id)
    assert (seen.referrer, seen.referrer_name) == (None, "")
    assert len(zhang.referrals.chain(mine).links) == 1
    assert zhang.referrals.chain(mine).origin == ()
    assert zhang.referrals.givers() == []
    boss.releases.give("released", role="rep")
    chain = zhang.referrals.chain(mine)
    assert [link.card.name for link in chain.links] == ["张山", "周某"]
    assert (chain.links[1].bought, chain.links[1].amount) == (False, 0)
    with pytest.raises(NotFound):
        zhang.referrals.chain(theirs)
