"""Loans: who asks, who decides, what is seen meanwhile, and that it ends by itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from store import deeds, rows
from store.database import Store
from store.doctor import examine
from store.errors import BadValue, Conflict, NotAllowed, NotFound, StoreError
from store.loans import is_original
from store.models.base import database
from store.models.sharing import CardRelease, Loan
from store.records.audit import AuditQuery
from store.records.cards import CardQuery
from store.records.interactions import InteractionValues
from tests.store.hand_clock import START, HandClock
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def hands(store: Store) -> HandClock:
    store.clock = HandClock()
    return store.clock


@pytest.fixture
def team(store: Store, hands: HandClock) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def card(team: SalesTeam) -> int:
    """A card of zhang's, in the south."""
    return team.card("zhang", mobile=[{"value": "13900001111"}], hobbies=["钓鱼"])


def released(team: SalesTeam, role: str = "rep") -> None:
    """All cards are released to a role by name."""
    with team["boss"].change("x", asked=True) as change:
        values = {"role": role, "level": "released", "given_by_id": team["boss"].member.id}
        change.insert(CardRelease, {**values, "given_at": change.now})


def test_from_the_request_to_the_end(team: SalesTeam, card: int, hands: HandClock) -> None:
    zhou = team["zhou"]
    asked = zhou.loans.ask(card, ["name_card"], 2, " 联合\n拜访 ")
    assert (asked.state, asked.name, asked.number, asked.mine) == ("asked", "", "P000001", True)
    assert (asked.sections, asked.days, asked.reason) == (("name_card",), 2, "联合 拜访")
    assert asked.handler == ""
    with pytest.raises(NotFound):
        zhou.cards.get(card)
    assert [row.id for row in team["south"].loans.requests()] == [asked.id]
    lent = team["south"].loans.approve(asked.id, answer="好")
    assert (lent.state, lent.due_at, lent.handler) == ("running", START + timedelta(2), "南经理")
    seen = zhou.cards.get(card)
    assert "mobile" in seen.values
    assert "hobbies" not in seen.values
    assert zhou.loans.get(asked.id).name == "张山"
    assert team["south"].loans.requests() == []
    hands.wait(days=2, seconds=-1)
    zhou.cards.get(card)
    hands.wait(seconds=1)
    with pytest.raises(NotFound):
        zhou.cards.get(card)
    over = zhou.loans.get(asked.id)
    assert (over.state, over.name) == ("ended", "")
    for again in (zhou.loans.give_back, team["south"].loans.recall):
        with pytest.raises(Conflict, match="over already"):
            again(asked.id)
    assert [check for check in examine(team.store).checks if not check.ok] == []


def test_lists_tell_a_lent_card_from_one_that_is_only_released(
    team: SalesTeam, card: int, hands: HandClock
) -> None:
    released(team)
    other = team.card("zhang", "李四")

    def levels() -> dict[int, int]:
        return {row.id: row.level for row in team["zhou"].cards.page(CardQuery(), 0, 9)}

    assert levels() == {card: 1, other: 1}
    asked = team["zhou"].loans.ask(card, ["name_card"], 2)
    team["south"].loans.approve(asked.id)
    assert levels() == {card: 2, other: 1}
    assert team["zhou"].cards.row(card).level == 2
    hands.wait(days=2)
    assert levels() == {card: 1, other: 1}


def test_the_day_that_is_shown_revives_no_loan(
    team: SalesTeam, card: int, hands: HandClock
) -> None:
    asked = team["zhou"].loans.ask(card, None, 1)
    team["south"].loans.approve(asked.id)
    hands.wait(days=2)
    team.store.clock.shown_today = date(2026, 9, 24)
    with pytest.raises(NotFound):
        team["zhou"].cards.get(card)
    assert team["zhou"].loans.get(asked.id).state == "ended"


def test_other_sections_days_or_the_whole_card_may_be_given(team: SalesTeam, card: int) -> None:
    south, zhou = team["south"], team["zhou"]
    asked = zhou.loans.ask(card, None, 5)
    given = south.loans.approve(asked.id, days=1, sections=["personal", "name_card"])
    assert given.sections is not None
    assert (set(given.sections), given.days) == ({"name_card", "personal"}, 1)
    south.loans.recall(asked.id, "够了")
    with pytest.raises(NotFound):
        zhou.cards.get(card)
    more = zhou.loans.ask(card, ["name_card"])
    whole = south.loans.approve(more.id, whole=True)
    assert whole.sections is None
    assert zhou.cards.get(card).values["hobbies"] == ["钓鱼"]
    assert zhou.loans.get(asked.id).answer == "够了"


DECIDERS = {"boss", "south", "keeper"}


@pytest.mark.parametrize(
    "who", ["boss", "south", "east", "zhang", "zhou", "li", "service", "keeper", "admin"]
)
def test_who_decides(team: SalesTeam, card: int, who: str) -> None:
    asked = team["zhou"].loans.ask(card)
    loans = team[who].loans
    attempts: list[Callable[[], Any]] = [
        lambda: loans.approve(asked.id),
        lambda: loans.recall(asked.id),
        lambda: loans.paper(card, "zhou", "合同", date(2026, 10, 1)),
    ]
    if who not in DECIDERS:
        for attempt in attempts:
            with pytest.raises((NotAllowed, NotFound)):
                attempt()
        with pytest.raises((NotAllowed, NotFound)):
            loans.refuse(asked.id)
        assert loans.requests() == []
        assert Loan.select().where(Loan.status == "lent").count() == 0
        return
    assert [row.decides for row in loans.requests()] == [True]
    for attempt in attempts:
        attempt()
    again = team["zhou"].loans.ask(card)
    assert loans.refuse(again.id, "先问张磊").state == "refused"
    names = team["zhou"].loans.asked_of(card)
    assert set(names) == {team[each].member.name for each in DECIDERS}


def test_nobody_decides_on_his_own_request(team: SalesTeam, card: int) -> None:
    asked = team["east"].loans.ask(card)
    with pytest.raises(NotAllowed):
        team["east"].loans.approve(asked.id)
    with pytest.raises(NotFound):
        team["east"].cards.get(card)


def test_what_cannot_be_asked_for(team: SalesTeam, card: int) -> None:
    zhou = team["zhou"]
    with pytest.raises(BadValue, match="see all of this card"):
        team["zhang"].loans.ask(card)
    for sections, told in ((["nonsense"], "no section"), ([], "at least one section")):
        with pytest.raises(BadValue, match=told) as refused:
            zhou.loans.ask(card, sections)
        assert refused.value.field == "sections"
    for days in (0, 366):
        with pytest.raises(BadValue):
            zhou.loans.ask(card, None, days)
    with pytest.raises(BadValue) as refused:
        zhou.loans.ask(card, reason="x" * 501)
    assert refused.value.field == "reason"
    with pytest.raises(NotFound):
        zhou.loans.ask(999)
    zhou.loans.ask(card)
    with pytest.raises(BadValue, match="asked for this card already"):
        zhou.loans.ask(card)
    team["zhang"].cards.trash([card])
    with pytest.raises(NotFound):
        team["li"].loans.ask(card)
    assert team["south"].loans.requests() == []


def test_a_card_is_named_by_its_number_or_by_what_one_sees(team: SalesTeam, card: int) -> None:
    zhou = team["zhou"]
    assert zhou.loans.named(" p000001 ") == card
    with pytest.raises(NotFound):
        zhou.loans.named("张山")
    assert zhou.loans.asked_of(999) == []
    released(team)
    assert zhou.loans.named("张山") == card
    assert zhou.loans.ask(card).name == "张山"


def test_a_request_is_settled_once(team: SalesTeam, card: int) -> None:
    zhou = team["zhou"]
    asked = zhou.loans.ask(card)
    team["south"].loans.refuse(asked.id)
    with pytest.raises(Conflict, match="settled already"):
        team["keeper"].loans.approve(asked.id)
    more = zhou.loans.ask(card)
    assert zhou.loans.give_back(more.id).state == "withdrawn"
    with pytest.raises(Conflict):
        team["keeper"].loans.approve(more.id)
    third = zhou.loans.ask(card)
    with pytest.raises(NotAllowed):
        team["keeper"].loans.give_back(third.id)
    database.execute_sql("UPDATE member SET active = 0 WHERE login = 'zhou'")
    assert team["south"].loans.requests() == []
    with pytest.raises(NotFound, match="does not work here"):
        team["south"].loans.approve(third.id)


def test_undo_revives_no_loan(team: SalesTeam, card: int) -> None:
    zhou, south = team["zhou"], team["south"]
    asked = zhou.loans.ask(card)
    south.loans.approve(asked.id)
    zhou.loans.give_back(asked.id)
    assert zhou.trail.undo().reverted == 0
    assert zhou.loans.get(asked.id).state == "returned"
    with pytest.raises(NotFound):
        zhou.cards.get(card)
    # Who lent and took back, and has no right to lend this card any more, revives nothing either.
    again = zhou.loans.ask(card)
    south.loans.approve(again.id)
    south.loans.recall(again.id)
    database.execute_sql("UPDATE member SET role = 'rep' WHERE login = 'south'")
    assert south.trail.undo().reverted == 0
    assert zhou.loans.get(again.id).state == "recalled"


def test_undo_of_a_request_or_an_approval(team: SalesTeam, card: int) -> None:
    zhou, south = team["zhou"], team["south"]
    asked = zhou.loans.ask(card)
    south.loans.approve(asked.id)
    south.trail.undo()
    assert zhou.loans.get(asked.id).state == "asked"
    with pytest.raises(NotFound):
        zhou.cards.get(card)
    zhou.trail.undo()
    with pytest.raises(NotFound):
        zhou.loans.get(asked.id)
    lent = zhou.loans.ask(card)
    south.loans.approve(lent.id)
    assert zhou.trail.undo().reverted == 0  # the request was answered
    assert zhou.loans.get(lent.id).state == "running"


def test_papers_are_late_until_they_are_back(team: SalesTeam, card: int, hands: HandClock) -> None:
    keeper, zhou = team["keeper"], team["zhou"]
    lent = keeper.loans.paper(card, "zhou", "合同 复印件", date(2026, 9, 25), 12, "核对")
    assert (lent.kind, lent.what, lent.pages, lent.reason) == ("paper", "合同 复印件", 12, "核对")
    assert (lent.state, lent.handler, lent.borrower) == ("running", "吴芳", "周婷")
    assert lent.due_at == datetime(2026, 9, 25, 16, tzinfo=UTC)
    with pytest.raises(NotFound):
        zhou.cards.get(card)  # a paper is no access
    assert zhou.loans.due() == keeper.loans.due() == []
    hands.wait(days=1)  # the day on which it is due
    assert [row.why for row in zhou.loans.due()] == ["return"]
    assert keeper.loans.due() == []
    hands.wait(days=1)
    assert [(row.why, row.state) for row in zhou.loans.due()] == [("return", "late")]
    assert [(row.why, row.state) for row in keeper.loans.due()] == [("collect", "late")]
    assert team["south"].loans.due() == []
    assert [row.state for row in team["south"].loans.lent()] == ["late"]
    with pytest.raises(NotAllowed, match="whoever lent it"):
        zhou.loans.give_back(lent.id)
    assert team["south"].loans.give_back(lent.id).state == "returned"
    assert zhou.loans.due() == keeper.loans.due() == []


def test_somebody_else_may_have_approved_a_paper(team: SalesTeam, card: int) -> None:
    due, boss = date(2026, 12, 1), team["boss"].member.login
    lent = team["keeper"].loans.paper(card, "zhou", "合同", due, approved_by=boss)
    assert (lent.handler, lent.approver) == (team["keeper"].member.name, team["boss"].member.name)
    assert (
        team["keeper"].loans.paper(card, "zhou", "合同", due, approved_by="keeper").approver == ""
    )
    for login in ("zhou", "nobody"):
        with pytest.raises(BadValue):
            team["keeper"].loans.paper(card, "zhou", "合同", due, approved_by=login)


def test_a_paper_that_is_asked_back_is_late_at_once(team: SalesTeam, card: int) -> None:
    lent = team["keeper"].loans.paper(card, "zhou", "合同", date(2026, 12, 1))
    assert team["south"].loans.recall(lent.id, "急用").state == "late"
    (told,) = team["zhou"].loans.due()
    assert (told.why, told.answer) == ("return", "急用")


def test_originals_stay_on_the_shelf(team: SalesTeam, card: int) -> None:
    for what in ("营业执照原件", "原始资料", "合同正本", "Original contract"):
        with pytest.raises(BadValue, match="on the spot") as refused:
            team["keeper"].loans.paper(card, "zhou", what, date(2026, 10, 1))
        assert refused.value.field == "what"
    assert not is_original("原件复印件")
    assert not is_original("合同副本")
    for what, due, field in (("", date(2026, 10, 1), "what"), ("合同", date(2026, 9, 23), "due")):
        with pytest.raises(BadValue) as refused:
            team["keeper"].loans.paper(card, "zhou", what, due)
        assert refused.value.field == field
    with pytest.raises(NotFound):
        team["keeper"].loans.paper(card, "nobody", "合同", date(2026, 10, 1))


def test_what_stands_on_today(team: SalesTeam, card: int, hands: HandClock) -> None:
    zhou, south = team["zhou"], team["south"]
    asked = zhou.loans.ask(card)
    for decider in DECIDERS:
        assert [(row.id, row.why) for row in team[decider].loans.due()] == [(asked.id, "decide")]
        assert [row.id for row in team[decider].today.agenda().loans] == [asked.id]
    for other in ("zhou", "zhang", "east", "li", "service", "admin"):
        assert team[other].loans.due() == []
    south.loans.approve(asked.id, days=1)
    assert [row.why for row in zhou.loans.due()] == ["open"]
    assert south.loans.due() == []
    hands.wait(days=1)
    assert zhou.loans.due() == []
    no = zhou.loans.ask(card)
    south.loans.refuse(no.id, "不合适")
    assert [(row.why, row.answer) for row in zhou.loans.due()] == [("refused", "不合适")]
    assert len(zhou.loans.due(0)) == 0
    hands.wait(days=3)
    assert zhou.loans.due() == []


def test_the_trail_tells_what_was_read(team: SalesTeam, card: int, hands: HandClock) -> None:
    zhou, south = team["zhou"], team["south"]
    first = zhou.loans.ask(card, ["name_card"], 1)
    south.loans.approve(first.id)
    hands.wait(minutes=5)
    zhou.cards.get(card)
    (reading,) = south.loans.reads(first.id)
    assert (reading.at, reading.sections) == (hands.moment, ("name_card",))
    assert south.loans.reads(first.id) == zhou.loans.reads(first.id)
    hands.wait(days=2)
    again = zhou.loans.ask(card)
    south.loans.approve(again.id)
    assert south.loans.reads(again.id) == []
    assert len(south.loans.reads(first.id)) == 1
    deeds.note(zhou, deeds.READ, {"sections": []}, card)
    hands.wait(minutes=1)
    assert len(south.loans.reads(again.id)) == 1
    for other in ("li", "east", "admin"):
        with pytest.raises(NotFound):
            team[other].loans.reads(first.id)


def test_what_is_exported_or_read_of_its_talks_was_read(
    team: SalesTeam, card: int, hands: HandClock
) -> None:
    zhou, south, zhang = team["zhou"], team["south"], team["zhang"]
    talk = zhang.interactions.log(card, InteractionValues(minutes="价格")).id
    loan = zhou.loans.ask(card)
    south.loans.approve(loan.id)
    hands.wait(minutes=5)
    with pytest.raises(NotAllowed):
        zhou.interactions.trash([talk])
    assert south.loans.reads(loan.id) == []
    zhou.interactions.get(talk)
    assert len(south.loans.reads(loan.id)) == 1
    zhou.exchange.export("cards", "csv", BytesIO())
    assert len(south.loans.reads(loan.id)) == 2
    hands.wait(days=5)
    zhou.exchange.export("cards", "csv", BytesIO())
    assert len(south.loans.reads(loan.id)) == 2
    zhang.interactions.get(talk)
    zhang.exchange.export("all", "json", BytesIO())
    assert [entry.member for entry in south.audit.entries(AuditQuery(kind="read"))] == ["周婷"] * 2


def test_whose_business_a_loan_is(team: SalesTeam, card: int) -> None:
    asked = team["zhou"].loans.ask(card)
    team["south"].loans.approve(asked.id)
    for login in ("boss", "south", "keeper", "zhang", "zhou"):
        assert team[login].loans.get(asked.id).borrower == "周婷"
        assert [row.id for row in team[login].loans.of_card(card)] == [asked.id]
    for login in ("li", "east", "service", "admin"):
        with pytest.raises(NotFound):
            team[login].loans.get(asked.id)
        assert team[login].loans.of_card(card) == team[login].loans.lent() == []
    assert [row.decides for row in team["zhang"].loans.lent()] == [False]
    assert [row.decides for row in team["south"].loans.lent()] == [True]
    with pytest.raises(NotAllowed):
        team["zhang"].loans.recall(asked.id)
    with pytest.raises(NotAllowed):
        team["zhang"].loans.give_back(asked.id)
    assert team["zhou"].loans.lent() == []
    assert team["zhou"].loans.give_back(asked.id).state == "returned"


def test_lists_have_what_is_open_first(team: SalesTeam, card: int, hands: HandClock) -> None:
    zhou, south = team["zhou"], team["south"]
    other = team.card("zhang", "李四")
    ended = zhou.loans.ask(card, None, 1)
    south.loans.approve(ended.id)
    hands.wait(days=2)
    late = south.loans.paper(other, "zhou", "合同", date(2026, 9, 26))
    hands.wait(days=2)
    refused = zhou.loans.ask(card)
    south.loans.refuse(refused.id)
    asked = zhou.loans.ask(card)
    found = [(row.id, row.state) for row in zhou.loans.mine()]
    assert found == [
        (asked.id, "asked"),
        (late.id, "late"),
        (refused.id, "refused"),
        (ended.id, "ended"),
    ]
    assert len(zhou.loans.mine(2)) == 2
    assert [row.id for row in south.loans.lent()] == [late.id]


def test_a_writer_that_forgets_to_ask_lends_nothing(team: SalesTeam, card: int) -> None:
    asked = team["zhou"].loans.ask(card)
    values = {"status": "lent", "due_at": START + timedelta(9)}
    for login in ("zhou", "zhang", "east", "admin"):
        with pytest.raises(StoreError), team[login].change("x") as change:
            change.update(Loan, asked.id, values)
    assert rows.fetch(Loan, [asked.id])[asked.id]["status"] == "asked"
