"""Cards are handed to a colleague from the list and from a briefing, by who may."""

import pytest

from screens.briefing import Briefing
from screens.cards import Cards
from screens.hand_over import HandOver
from screens.today import Today
from store.database import Store
from tests.screens.at_desks import At, at_desks
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    members = sales_team(store)
    house = members.card("zhang", "华东电子", "organisation")
    members.card("zhang", "张山", organisation="华东电子", city="深圳")
    members.card("li", "李四", city="深圳")
    members.desks["house"] = house  # type: ignore[assignment]
    return members


@pytest.fixture
def at(store: Store) -> At:
    return at_desks(store)


async def test_marked_cards_go_with_people_and_a_reason(team, at, settled) -> None:
    async with at("south", Cards) as (app, pilot):
        app.screen.search.value = "hddz"
        await settled(pilot)
        await pilot.press("space", "h")
        await settled(pilot)
        assert isinstance(app.screen, HandOver)
        shown = app.text()
        assert "李静" in shown
        assert "1 in 深圳" not in shown  # the organisation has no city
        assert "with 1 person there" in shown
        await pilot.press(*"lj", "enter")
        await pilot.press(*"换区", "enter")
        await settled(pilot)
        assert app.told == ["Handed to 李静 (cards: 2, to-dos: 0); u takes back"]
        assert not app.screen.list.marks
    (entry,) = team["south"].transfers.history()
    assert (entry.receiver, entry.reason, entry.numbers) == ("李静", "换区", ("O000001", "P000001"))


async def test_people_may_stay(team, at, settled) -> None:
    house = team.desks["house"]
    async with at("south", lambda desk: Briefing(desk, house)) as (app, pilot):
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("l", "j", "enter", "tab", "space", "enter")
        await settled(pilot)
        assert app.told == ["Handed to 李静 (cards: 1, to-dos: 0); u takes back"]
        await pilot.press("u")
        await settled(pilot)
    assert team["zhang"].cards.get(house).owner == "张磊"


async def test_only_who_may_has_the_key(team, at, settled) -> None:
    for login, has in (("south", True), ("keeper", True), ("zhang", False)):
        async with at(login, Cards) as (app, pilot):
            assert ("h" in app.screen.active_bindings) == has
            await pilot.press("h")
            await settled(pilot)
            assert isinstance(app.screen, HandOver) == has
    async with at("zhang", lambda desk: Briefing(desk, team.desks["house"])) as (app, _pilot):
        assert "h" not in app.screen.active_bindings


async def test_whoever_works_alone_has_no_key(box, showing, settled) -> None:
    async with showing(Cards) as (app, pilot):
        assert "h" not in app.screen.active_bindings
        await pilot.press("a")
        await settled(pilot)
        assert "colleague" not in app.text()


async def test_the_menu_offers_it_too(team, at, settled) -> None:
    async with at("south", Cards) as (app, pilot):
        await pilot.press("a")
        await settled(pilot)
        assert "Hand over to a colleague" in app.text()


async def test_hot_keys_stay_text_and_escape_changes_nothing(team, at, settled) -> None:
    async with at("south", Cards) as (app, pilot):
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("enter", *"h?q1 u/")
        await settled(pilot)
        assert app.screen.query_one("#reason").value == "h?q1 u/"
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, HandOver)
    assert team["south"].transfers.history() == []


async def test_nobody_found_gets_nothing(team, at, settled) -> None:
    async with at("south", Cards) as (app, pilot):
        await pilot.press("h")
        await settled(pilot)
        await pilot.press(*"xyz", "enter", "tab", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HandOver)
        assert "Nobody found" in app.text()


@pytest.mark.parametrize("size", [(80, 24), (60, 14), (120, 40)])
async def test_all_of_it_is_in_sight(team, at, settled, size) -> None:
    house = team.desks["house"]
    async with at("south", lambda desk: Briefing(desk, house), size) as (app, pilot):
        await pilot.press("h")
        await settled(pilot)
        for widget in app.screen.query("LineInput, RowList, CheckLine"):
            assert widget.region.height
            assert app.screen.region.contains_region(widget.region)


async def test_a_draft_is_no_way_back_into_a_card_that_was_handed_over(team, at, settled) -> None:
    number = team["zhang"].cards.get(2).number
    team["zhang"].drafts.keep(f"card:{number}:", {"line": "改电话", "texts": {"name": "张山"}})
    team["south"].transfers.hand([2], "li")
    async with at("zhang", Today) as (app, pilot):
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Today)
        assert app.told == [f"There is no card “{number}”."]
