"""Loans and releases on the screen: asked for, decided with one key, taken back."""

from typing import Any

import pytest

from screens.briefing import Briefing
from screens.cards import Cards
from screens.loan_ask import LoanAsk
from screens.loan_paper import LoanPaper
from screens.team_loans import TeamLoans
from screens.team_releases import TeamReleases
from screens.today import Today
from store.database import Store
from tests.screens.at_desks import At, at_desks, until
from tests.store.hand_clock import HandClock
from tests.store.sales_team import SalesTeam, sales_team

SOUTH = 2


@pytest.fixture
def hands(store: Store) -> HandClock:
    store.clock = HandClock()
    return store.clock


@pytest.fixture
def team(store: Store, hands: HandClock) -> SalesTeam:
    members = sales_team(store)
    members.card("zhang", "张山[/b]", hobbies=["钓鱼"])
    return members


@pytest.fixture
def at(store: Store) -> At:
    return at_desks(store)


def screen_with(names: str, text: str) -> bool:
    return all(name in text for name in names.split())


async def test_asked_from_a_card_that_is_only_released(team, at, settled) -> None:
    team["south"].releases.give("released", department=SOUTH, role="rep")
    async with at("zhou", lambda desk: Briefing(desk, 1)) as (app, pilot):
        await pilot.press("r")
        await settled(pilot)
        assert isinstance(app.screen, LoanAsk)
        assert "Ask to see 张山[/b]" in app.text()
        assert "Name card" in app.text()
        await pilot.press("tab", "space", "space", "enter")
        await pilot.press(*"联合拜访 r?", "shift+tab", "backspace", "5", "enter", "enter")
        await settled(pilot)
        assert not isinstance(app.screen, LoanAsk)
        assert app.told[0].startswith("Asked; ")
        assert "南经理" in app.told[0]
    (asked,) = team["zhou"].loans.mine()
    assert (asked.sections, asked.days, asked.reason) == (
        ("name_card", "classification"),
        5,
        "联合拜访 r?",
    )


async def test_the_owner_has_no_key_to_ask(team, at) -> None:
    async with at("zhang", lambda desk: Briefing(desk, 1)) as (app, _pilot):
        assert "r" not in app.screen.active_bindings


async def test_what_is_wrong_is_said_and_nothing_is_lost(team, at, settled) -> None:
    async with at("zhou", lambda desk: LoanAsk(desk, 1, "P000001")) as (app, pilot):
        await pilot.press("enter", *"看看", "shift+tab", "backspace", *"x9", "ctrl+s")
        await settled(pilot)
        assert "For how many days?" in app.text()
        assert app.screen.focused.id == "days"
        assert "看看" in app.text()
        await pilot.press("backspace", "backspace", "4", "tab", "enter")
        await settled(pilot)
    (asked,) = team["zhou"].loans.mine()
    assert (asked.sections, asked.days, asked.reason) == (None, 4, "看看")


async def test_no_section_and_not_the_whole_card_is_refused(team, at, settled) -> None:
    async with at("zhou", lambda desk: LoanAsk(desk, 1, "P000001")) as (app, pilot):
        await pilot.press("space", "ctrl+s")
        await settled(pilot)
        assert "Choose at least one section" in app.text()
    assert team["zhou"].loans.mine() == []


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
async def test_the_window_fits(team, at, settled, size) -> None:
    for make in (lambda desk: LoanAsk(desk, 1, "张山"), lambda desk: LoanPaper(desk, "")):
        async with at("keeper", make, size) as (app, _pilot):
            for widget in app.screen.query("LineInput, RowList, CheckLine"):
                assert widget.region.height
                assert app.screen.region.contains_region(widget.region)


async def test_a_request_is_decided_with_one_key(team, at, settled, hands) -> None:
    team["zhou"].loans.ask(1, None, 2, "联合拜访")
    async with at("south", TeamLoans) as (app, pilot):
        assert screen_with("周婷 张山[/b] 联合拜访", app.text())
        assert "asks for 2 days" in app.text()
        await pilot.press("a")
        await settled(pilot)
        assert "Lent out" in app.text()
        assert "Not read yet" in app.text()
        hands.wait(minutes=5)
        team["zhou"].cards.get(1)
        app.screen.reload()
        await settled(pilot)
        assert "Read: 09-24 12:05" in app.text()
        await pilot.press("x")
        await settled(pilot)
        assert "Nothing lent" in app.text()
        await pilot.press("enter")
    assert [row.state for row in team["zhou"].loans.mine()] == ["recalled"]


async def test_other_terms_and_refusals(team, at, settled) -> None:
    zhou = team["zhou"].loans
    first = zhou.ask(1, None, 2).id
    async with at("south", TeamLoans) as (app, pilot):
        await pilot.press("o")
        await until(pilot, "周婷 asks to see P000001 张山[/b]")
        await pilot.press("d")
        await until(pilot, "For how many days?")
        await pilot.press("end", "backspace", *"7", "enter")
        await settled(pilot)
        given = zhou.get(first)
        assert (given.days, given.sections) == (7, None)
        zhou.give_back(first)
        second = zhou.ask(1).id
        app.screen.reload()
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, "asks to see P000001")
        await pilot.press("s")
        await until(pilot, "Which sections?")
        await pilot.press("space", "enter")
        await settled(pilot)
        assert zhou.get(second).sections == ("name_card",)
        zhou.give_back(second)
        third = zhou.ask(1).id
        app.screen.reload()
        await settled(pilot)
        await pilot.press("r")
        await until(pilot, "Why not?")
        await pilot.press(*"先问张磊", "enter")
        await settled(pilot)
    refused = zhou.get(third)
    assert (refused.state, refused.answer) == ("refused", "先问张磊")


async def test_the_borrower_asks_and_returns(team, at, settled) -> None:
    async with at("zhou", TeamLoans) as (app, pilot):
        assert "a" not in app.screen.active_bindings
        assert "p" not in app.screen.active_bindings
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"p000001", "enter")
        await settled(pilot)
        assert "Ask to see p000001" in app.text()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "asks for 3 days" in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert not app.opened
        assert app.told[-1] == "P000001 is closed to you"
        team["south"].loans.approve(1)
        app.screen.reload()
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.opened == [1]
        await pilot.press("x")
        await settled(pilot)
        assert "returned" in app.text()
        assert "x" not in app.screen.active_bindings


@pytest.mark.slow
async def test_papers_are_lent_and_late_ones_say_so(team, at, settled, hands) -> None:
    async with at("keeper", TeamLoans) as (app, pilot):
        await pilot.press("p")
        await settled(pilot)
        await pilot.press(*"P000001", "enter", *"周婷", "enter", *"合同原件", "enter")
        await pilot.press(*"12", "enter", *"明天", "enter", *"核对", "enter", "enter")
        await settled(pilot)
        assert "Originals are consulted on the spot" in app.text()
        assert app.screen.focused.id == "what"
        await pilot.press("backspace", "backspace", *"复印件", "ctrl+s")
        await settled(pilot)
        assert screen_with("周婷 合同复印件, 12", app.text())
        hands.wait(days=2)
        app.screen.reload()
        await settled(pilot)
        assert "LATE since 09-25" in app.text()
        await pilot.press("x")
        await settled(pilot)
    (paper,) = team["zhou"].loans.mine()
    assert (paper.state, paper.handler, paper.reason) == ("returned", "吴芳", "核对")


@pytest.mark.parametrize(
    ("wrong", "field"), [("12x", "pages"), ("", "due"), ("nonsense", "due"), ("2020-01-01", "due")]
)
async def test_a_paper_needs_pages_and_a_day(team, at, settled, wrong: str, field: str) -> None:
    async with at("keeper", lambda desk: LoanPaper(desk, "P000001")) as (app, pilot):
        values = {"to_login": "zhou", "what": "合同", "pages": "1", "due": "2099-01-01"}
        for key, value in {**values, field: wrong}.items():
            app.screen.query_one(f"#{key}").value = value
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.screen.focused.id == field
    assert team["zhou"].loans.mine() == []


async def test_today_tells_who_asks_and_decides(team, at, settled, hands) -> None:
    team["zhou"].loans.ask(1, None, 2, "联合拜访")
    async with at("south", Today, (120, 30)) as (app, pilot):
        assert screen_with("Loan 周婷 联合拜访", app.text())
        await pilot.press("enter")
        await until(pilot, "Approve")
        await pilot.press("enter")
        await settled(pilot)
        assert app.told[0].startswith("张山[/b], 周婷: until 09-26")
        assert app.screen.agenda.loans == ()
    async with at("zhou", Today) as (app, pilot):
        assert "open to you until 09-26 12:00" in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert app.opened == [1]
    hands.wait(days=3)
    async with at("zhou", Today) as (app, _pilot):
        assert "open to you" not in app.text()


async def test_cards_are_released_and_taken_back(team, at, settled) -> None:
    async with at("south", TeamReleases, (120, 30)) as (app, pilot):
        assert "Nothing is released" in app.text()
        await pilot.press("n")
        await until(pilot, "深圳")
        assert "华东" not in app.text()
        await pilot.press("1")
        await until(pilot, "To whom?")
        await pilot.press("3")
        await until(pilot, "How much of them?")
        await pilot.press("enter")
        await until(pilot, "For how long?")
        await pilot.press("5")
        await until(pilot, "What for?")
        await pilot.press(*"售后", "enter")
        await settled(pilot)
        assert "Released; u takes back" in app.told
        assert screen_with("华南 售后 review", app.text())
        (given,) = team["south"].releases.all()
        assert (given.role, given.level, given.ends_at) == ("service", "whole", None)
        await pilot.press("x")
        await settled(pilot)
        assert "Nothing is released" in app.text()
        await pilot.press("m")
        await settled(pilot)
        assert "taken back" in app.text()
        assert "x" not in app.screen.active_bindings


@pytest.mark.slow
async def test_a_release_to_one_member_until_a_day(team, at, settled) -> None:
    async with at("south", TeamReleases) as (_app, pilot):
        for asked, keys in (
            ("", ["n"]),
            ("深圳", ["1"]),
            ("one member", ["4"]),
            ("周婷", [*"zt", "enter"]),
            ("How much of them?", ["1"]),
            ("another day", ["4"]),
            ("Until which day?", [*"2099-01-01", "enter"]),
            ("What for?", ["x", "enter"]),
        ):
            await until(pilot, asked)
            await pilot.press(*keys)
        await settled(pilot)
    (given,) = team["south"].releases.all()
    assert (given.login, given.level) == ("zhou", "released")
    assert given.ends_at is not None


@pytest.mark.slow
async def test_an_answer_that_is_none_loses_no_answer_before_it(team, at, settled) -> None:
    async with at("south", TeamReleases, (80, 24)) as (app, pilot):
        for asked, keys in (
            ("", ["n"]),
            ("深圳", ["1"]),
            ("To whom?", ["1"]),
            ("How much of them?", ["1"]),
            ("another day", ["4"]),
            ("Until which day?", [*"someday", "enter"]),
        ):
            await until(pilot, asked)
            await pilot.press(*keys)
        await pilot.pause()
        assert "Until which day?" in app.text()
        assert "someday" in app.text()
        await pilot.press("ctrl+a", *["delete"] * 7, *"2099-01-01", "enter")
        await until(pilot, "What for?")
        await pilot.press("enter")
        await until(pilot, "A few words, or Esc")
        await pilot.press(*"fair", "enter")
        await settled(pilot)
    (given,) = team["south"].releases.all()
    assert (given.role, given.reason) == ("rep", "fair")


async def test_the_keeper_looks_and_releases_nothing(team, at, settled) -> None:
    team["boss"].releases.give("whole", role="service")
    async with at("keeper", TeamReleases, (120, 30)) as (app, pilot):
        assert "all departments" in app.text()
        assert not {"n", "x"} & set(app.screen.active_bindings)
        team["boss"].releases.take_back(team["boss"].releases.all()[0].id)
        app.screen.reload()
        await settled(pilot)
        assert "Nothing is released" in app.text()
        assert "n releases" not in app.text()


async def test_everything_speaks_chinese(team, at, settled) -> None:
    from store import language

    language.use("zh")
    team["zhou"].loans.ask(1)
    team["boss"].releases.give("whole", role="service")
    shown: list[Any] = []
    for make in (TeamLoans, TeamReleases, Today, lambda desk: LoanPaper(desk)):
        async with at("south", make, (120, 40)) as (app, _pilot):
            shown.append(app.text())
    assert "待批" in shown[0]
    assert "申请借阅 3 天" in shown[2]


async def test_who_enters_no_cards_is_shown_no_key_for_it(team, at, settled) -> None:
    for who, offered in (("service", False), ("zhang", True)):
        async with at(who, Cards) as (app, pilot):
            await settled(pilot)
            assert ("n New" in app.text().splitlines()[-1]) is offered, who
