"""Inspections: who gives a verdict on whose cards, what waits for whom, what is told of it."""

from datetime import timedelta

import pytest

from store.clock import Clock
from store.database import Store
from store.errors import BadValue, NotAllowed, NotFound
from store.records.inspections import APPROVED, SENT_BACK
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def test_a_card_that_was_sent_back_waits_on_its_owners_today(team: SalesTeam) -> None:
    card = team.card("zhang")
    remarks = {"name_card": " 缺手机 ", "": "再问问", "dates": "  "}
    sent = team["south"].inspections.inspect(card, SENT_BACK, remarks)
    assert sent.remarks == {"name_card": "缺手机", "": "再问问"}
    assert sent.titles == {"name_card": "Name card", "": "The whole card"}
    assert [row.id for row in team["zhang"].today.agenda().inspections] == [sent.id]
    assert team["south"].today.agenda().inspections == ()
    assert team["li"].inspections.waiting() == []
    answered = team["zhang"].inspections.answer(sent.id, "手机补上了")
    assert (answered.is_open, answered.answered_by, answered.answer) == (
        False,
        "张磊",
        "手机补上了",
    )
    assert team["zhang"].today.agenda().inspections == ()
    assert [row.text for row in team["south"].remarks.open()] == ["手机补上了"]
    with pytest.raises(NotFound, match="waits for no answer"):
        team["zhang"].inspections.answer(sent.id, "还有")


def test_remarks_stand_as_the_sections_of_the_form_do(team: SalesTeam) -> None:
    card = team.card("zhang", "张山")
    said = {"notes": "四", "classification": "三", "name_card": "二", "": "一"}
    team["south"].inspections.inspect(card, SENT_BACK, said)
    (row,) = team["zhang"].inspections.sent_back()
    assert list(row.remarks.values()) == ["一", "二", "三", "四"]


def test_a_new_verdict_replaces_the_one_that_waits(team: SalesTeam) -> None:
    card = team.card("zhang")
    first = team["south"].inspections.inspect(card, SENT_BACK, {"": "一"})
    second = team["boss"].inspections.inspect(card, SENT_BACK, {"": "二"})
    assert [row.id for row in team["zhang"].inspections.waiting()] == [second.id]
    team["boss"].inspections.inspect(card, APPROVED, {})
    assert team["zhang"].inspections.waiting() == []
    assert [row.verdict for row in team["zhang"].inspections.of_card(card)] == [
        *(APPROVED, SENT_BACK, SENT_BACK)
    ]
    team["boss"].trail.undo()
    assert [row.id for row in team["zhang"].inspections.waiting()] == [second.id]
    team["boss"].trail.undo()
    assert [row.id for row in team["zhang"].inspections.waiting()] == [first.id]


@pytest.mark.parametrize("login", ["zhang", "li", "east", "service", "keeper", "admin"])
def test_only_those_above_give_a_verdict(team: SalesTeam, login: str) -> None:
    card = team.card("zhang")
    with pytest.raises((NotAllowed, NotFound)):
        team[login].inspections.inspect(card, APPROVED, {})
    assert team["south"].inspections.may_inspect(card)


def test_a_verdict_says_something_that_fits_the_card(team: SalesTeam) -> None:
    card = team.card("zhang")
    south = team["south"].inspections
    with pytest.raises(BadValue, match="Say what is to be done"):
        south.inspect(card, SENT_BACK, {"": "  "})
    with pytest.raises(BadValue, match="no section “character”"):
        south.inspect(card, SENT_BACK, {"character": "x"})
    with pytest.raises(BadValue):
        south.inspect(card, "maybe", {})
    with pytest.raises(BadValue, match="what you did"):
        team["zhang"].inspections.answer(south.inspect(card, SENT_BACK, {"": "x"}).id, " \n ")


def test_what_is_to_be_inspected(team: SalesTeam, clock: Clock) -> None:
    mine, other = team.card("zhang"), team.card("li", "李四", mobile="13911112345")
    assert {row.card_id for row in team["south"].inspections.to_inspect()} == {mine, other}
    assert team["east"].inspections.to_inspect() == []
    assert team["zhang"].inspections.to_inspect() == []
    assert team["admin"].inspections.to_inspect() == []
    team["south"].inspections.inspect(mine, APPROVED, {})
    assert [row.card_id for row in team["south"].inspections.to_inspect()] == [other]


def test_history_tells_of_it(team: SalesTeam) -> None:
    card = team.card("zhang")
    team["south"].inspections.inspect(card, SENT_BACK, {"": "再问问"})
    entry = team["zhang"].trail.history(card)[0]
    assert entry.summary == "Card sent back"
    assert timedelta(0) <= team.store.clock.now() - entry.at < timedelta(minutes=1)
