"""How grades changed: when, who, from what, to what; what was taken back does not count."""

from datetime import UTC, datetime, timedelta

import pytest

from store.desk import Desk
from store.errors import NotFound
from store.models.base import database
from store.records.grades import Move
from store.transitions import BY_GRADE, IS_GRADED
from tests.store.sales_team import sales_team

ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def turn(desk: Desk, card: int, **values: object) -> None:
    desk.cards.set_values([card], values)


def test_each_change_tells_from_what_to_what(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"}).id
    turn(desk, card, lifecycle="target", likelihood="B", note="第一次见面")
    turn(desk, card, credit_grade="C", importance="key")
    told = [(one.field, one.before, one.after) for one in desk.grades.transitions(card)]
    assert told == [
        ("credit_grade", "", "C"),
        ("lifecycle", "prospect", "target"),
        ("likelihood", "unclassified", "B"),
    ]
    assert {one.member for one in desk.grades.transitions(card)} == {desk.member.name}


def test_targets_that_turned_likely_are_counted_once(desk: Desk) -> None:
    cards = [
        desk.cards.create("person", {"name": f"客户{place}", "lifecycle": "target"}).id
        for place in range(3)
    ]
    for card in cards:
        turn(desk, card, lifecycle="likely")
    turn(desk, cards[0], lifecycle="target")
    turn(desk, cards[0], lifecycle="likely")
    assert desk.grades.moves(*ALWAYS, "lifecycle") == [
        Move("lifecycle", "target", "likely", 3),
        Move("lifecycle", "likely", "target", 1),
    ]
    found = desk.grades.changed(*ALWAYS, "lifecycle", "target", "likely")
    assert [one.name for one in found] == ["客户0", "客户1", "客户2", "客户0"]
    assert desk.grades.moves(ALWAYS[0], datetime.now(UTC) - timedelta(days=1)) == []


def test_what_was_taken_back_does_not_count_and_what_was_done_again_does(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"}).id
    turn(desk, card, lifecycle="target")
    desk.trail.undo()
    assert desk.grades.moves(*ALWAYS) == []
    assert [one.stands for one in desk.grades.transitions(card)] == [False, False]
    desk.trail.redo()
    assert desk.grades.moves(*ALWAYS) == [Move("lifecycle", "prospect", "target", 1)]
    desk.trail.undo()
    assert desk.grades.moves(*ALWAYS) == []


def test_a_word_that_looks_like_a_key_is_none(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山", "note": 'x "lifecycle": y'}).id
    turn(desk, card, note='"lifecycle":"target" "owner_id":')
    assert desk.grades.transitions(card) == []
    assert desk.grades.changed(*ALWAYS) == []


def test_a_member_counts_the_cards_that_he_sees(store) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    turn(team["zhang"], card, lifecycle="target")
    assert team["south"].grades.moves(*ALWAYS) == team["zhang"].grades.moves(*ALWAYS) != []
    assert team["zhou"].grades.moves(*ALWAYS) == []
    with pytest.raises(NotFound):
        team["zhou"].grades.transitions(card)


def test_a_handed_card_tells_by_name_who_had_it(store) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    team["south"].transfers.hand([card], "li", "换区")
    (handed,) = team["li"].grades.transitions(card)
    assert (handed.field, handed.before, handed.after) == ("owner", "张磊", "李静")
    found = team["south"].grades.changed(*ALWAYS, "owner", after="李静")
    assert [one.card_id for one in found] == [card]
    assert team["south"].grades.changed(*ALWAYS, "owner", after="周婷") == []


def test_the_index_says_the_same_as_the_question(desk: Desk) -> None:
    sql = "SELECT sql FROM sqlite_master WHERE name = 'change_graded'"
    made = database.execute_sql(sql).fetchone()[0]
    assert made.partition(" WHERE ")[2] == IS_GRADED.replace("change.", "")
    plan = database.execute_sql(
        f"EXPLAIN QUERY PLAN SELECT 1 FROM change {BY_GRADE} WHERE {IS_GRADED} "
        "AND change_set_id BETWEEN 5 AND 9"
    ).fetchall()
    assert "USING INDEX change_graded (change_set_id>? AND change_set_id<?)" in plan[0][3]
