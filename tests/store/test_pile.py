"""The pile: forgotten cards come up one by one, and a decision puts each off."""

from datetime import date, timedelta

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.conftest import TODAY
from tests.store.sales_team import sales_team

LONG_AGO = "2026-01-05 08:00:00"


def enter(desk: Desk, name: str, **values: object) -> int:
    """A card of long ago, which nobody met since."""
    card = desk.cards.create("person", {"name": name, **values}).id
    database.execute_sql("UPDATE card SET created_at = ? WHERE id = ?", [LONG_AGO, card])
    return card


def reasons(desk: Desk, card: int) -> tuple[str, ...]:
    return next((each.reasons for each in desk.pile.cards([card])), ())


def test_why_a_card_lies_there(desk: Desk) -> None:
    card = enter(desk, "张山")
    assert reasons(desk, card) == ("unclassified", "unseen")
    desk.cards.set_values([card], {"likelihood": "B"})
    assert reasons(desk, card) == ("unseen",)
    desk.interactions.log(card, InteractionValues(topic="报价"))
    assert reasons(desk, card) == ()
    database.execute_sql("UPDATE card SET review_due_on = ?", [str(TODAY)])
    assert reasons(desk, card) == ("review",)


def test_what_is_planned_is_not_forgotten(desk: Desk) -> None:
    card = enter(desk, "张山", likelihood="B")
    desk.todos.add(TodoValues("送样品", card=card, due_on=TODAY + timedelta(days=3)))
    assert reasons(desk, card) == ()


def test_buyers_are_not_asked_how_likely_they_are(desk: Desk) -> None:
    card = enter(desk, "张山", lifecycle="buyer")
    assert reasons(desk, card) == ("unseen",)
    former = enter(desk, "李四", lifecycle="former", former_reason="价格")
    assert reasons(desk, former) == ()


def test_a_decision_puts_the_card_off_until_its_review(desk: Desk) -> None:
    card = enter(desk, "张山")
    desk.pile.grade(card, "C")
    row = desk.cards.row(card)
    assert (row.likelihood, row.put_off_until) == ("C", date(2026, 11, 24))
    assert desk.pile.ids() == []
    desk.trail.undo()
    row = desk.cards.row(card)
    assert (row.likelihood, row.put_off_until) == ("unclassified", None)
    assert desk.pile.ids() == [card]


def test_what_is_kept_counts_as_looked_through(desk: Desk) -> None:
    card = enter(desk, "张山", importance="key")
    version = desk.cards.get(card).version
    desk.pile.keep(card)
    assert desk.cards.row(card).put_off_until == date(2026, 10, 24)
    assert desk.cards.get(card).version == version + 1
    assert desk.pile.ids() == []


def test_what_is_put_off_comes_back_on_its_day_and_first(desk: Desk) -> None:
    first, other = enter(desk, "张山"), enter(desk, "李四", importance="key")
    before = desk.cards.get(first)
    desk.pile.put_off(first, TODAY + timedelta(days=7))
    assert desk.pile.ids() == [other]
    after = desk.cards.get(first)
    assert (after.version, after.updated_at) == (before.version, before.updated_at)
    desk.store.clock.shown_today = TODAY + timedelta(days=7)
    assert desk.pile.ids() == [first, other]
    assert reasons(desk, first)[0] == "put_off"
    with pytest.raises(BadValue):
        desk.pile.put_off(first, TODAY)


def test_the_lifecycle_goes_up_and_down_within_its_ends(desk: Desk) -> None:
    card = enter(desk, "张山")
    assert [desk.pile.move(card, 1) for _ in range(5)] == [
        *("target", "likely", "buyer", "loyal", "loyal")
    ]
    assert desk.pile.move(card, -4) == "prospect"
    assert desk.cards.row(card).put_off_until is None
    former = enter(desk, "李四", lifecycle="former", former_reason="价格")
    assert desk.pile.move(former, 1) == "former"


def test_it_goes_on_where_it_was(desk: Desk) -> None:
    cards = [enter(desk, f"客户{place}") for place in range(5)]
    assert desk.pile.ahead() == (cards, 0)
    desk.pile.stop(cards[2:])
    assert desk.pile.ahead() == (cards, 2)
    desk.pile.grade(cards[2], "A")
    assert desk.pile.ahead() == ([*cards[:2], *cards[3:]], 2)
    desk.pile.stop([])
    assert desk.pile.ahead()[1] == 0


def test_the_importance_and_the_level_say_who_comes_first(desk: Desk) -> None:
    names = {
        "冷": enter(desk, "冷"),
        "热": enter(desk, "热", lifecycle="likely"),
        "重": enter(desk, "重", importance="key"),
        "熟": enter(desk, "熟", lifecycle="loyal"),
    }
    assert desk.pile.ids() == [names[name] for name in "重熟热冷"]
    assert desk.pile.count() == 4


def test_everybody_walks_through_his_own_and_who_stands_above_through_theirs(
    store: Store,
) -> None:
    team = sales_team(store)
    theirs, own, far = team.card("zhang"), team.card("south", "李四"), team.card("zhou", "王五")
    assert team["zhang"].pile.ids() == [theirs]
    assert team["south"].pile.ids() == [own, theirs]
    assert team["south"].pile.ids(mine=True) == [own]
    assert [each.mine for each in team["south"].pile.page()] == [True, False]
    assert team["south"].pile.count() == 1
    for desk in (team["service"], team["admin"]):
        assert desk.pile.ids() == []
        assert desk.pile.cards([theirs]) == []
    with pytest.raises(NotFound):
        team["south"].pile.keep(far)
    with pytest.raises(NotFound):
        team["service"].pile.grade(theirs, "A")


def test_whoever_reads_only_decides_nothing(store: Store) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    team["boss"].releases.give("whole", role="service")
    assert team["service"].cards.row(card).name == "张山"
    for decide in (
        lambda: team["service"].pile.grade(card, "A"),
        lambda: team["service"].pile.keep(card),
        lambda: team["service"].pile.put_off(card, TODAY + timedelta(days=7)),
    ):
        with pytest.raises(NotAllowed):
            decide()
    assert team["service"].pile.ids() == []


def test_the_card_of_the_member_himself_is_left_out(desk: Desk) -> None:
    card = enter(desk, "我自己")
    desk.settings.set("own_card", desk.cards.row(card).number)
    assert desk.pile.ids() == []
