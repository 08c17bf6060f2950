"""Two cards are compared and merged on the screen, and the box is looked through for more."""

import pytest

from screens.briefing import Briefing
from screens.cards import Cards
from screens.duplicates import Duplicates
from screens.merge import MergeCards
from screens.merge_pick import PickTwin
from screens.merge_preview import MergePreview
from store.database import Store
from store.records.interactions import InteractionValues
from tests.screens.at_desks import At, at_desks
from tests.store.sales_team import SalesTeam, sales_team

PHONE = [{"value": "13911112222", "label": ""}]


@pytest.fixture
def team(store: Store) -> SalesTeam:
    members = sales_team(store)
    zhang = members["zhang"]
    zhang.cards.create(
        "person", {"name": "张山", "mobile": PHONE, "city": "上海", "gender": "male"}
    )
    second = zhang.cards.create(
        "person", {"name": "张 山", "mobile": PHONE, "city": "苏州", "hobbies": ["钓鱼"]}
    )
    zhang.interactions.log(second.id, InteractionValues(minutes="报价"))
    zhang.cards.create("person", {"name": "赵申"})
    zhang.cards.create("organisation", {"name": "华东电子有限公司"})
    zhang.cards.create("organisation", {"name": "上海华东电子"})
    return members


@pytest.fixture
def at(store: Store) -> At:
    return at_desks(store)


def compare(desk) -> MergeCards:  # type: ignore[no-untyped-def]
    return MergeCards(desk, 1, 2)


async def test_fields_are_chosen_side_by_side(team, at, settled) -> None:
    async with at("zhang", compare) as (app, pilot):
        shown = app.text()
        assert "P000002 张 山 goes into P000001 张山" in shown
        assert "2 to choose, 2 on one card only, 3 the same" in shown
        assert "Comes along: 1 talk" in shown
        rows = [line for line in shown.splitlines() if "City" in line]
        assert rows[0].split() == ["City", "上海", ">", "苏州"]
        await pilot.press("down", "left")
        rows = [line for line in app.text().splitlines() if "City" in line]
        assert rows[0].split() == ["City", ">", "上海", "苏州"]
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.answers == [1]
        assert app.told == ["P000002 is merged into P000001 张山; u takes back\nCame along: 1 talk"]
    values = team["zhang"].cards.get(1).values
    assert (values["city"], values["hobbies"], values["name"]) == ("上海", ["钓鱼"], "张山")


async def test_all_of_one_side_both_and_swapped(team, at, settled) -> None:
    with team["zhang"].change("x") as change:  # a second list, so that there is something to unite
        assert change is not None
    first = team["zhang"].cards.get(1).values
    team["zhang"].cards.save(1, first, {**first, "hobbies": ["喝茶"]})
    async with at("zhang", compare) as (app, pilot):
        page = app.screen
        await pilot.press("left_square_bracket")
        assert set(page.chosen.values()) == {"keep"}
        await pilot.press("right_square_bracket")
        assert page.chosen == {"name": "drop", "city": "drop", "gender": "drop", "hobbies": "drop"}
        while page.difference.key != "hobbies":
            await pilot.press("down")
        await pilot.press("space")
        assert page.chosen["hobbies"] == "both"
        await pilot.press("space")
        assert page.chosen["hobbies"] in ("keep", "drop")
        await pilot.press("space", "s")
        await settled(pilot)
        assert (page.keep, page.drop) == (2, 1)
        assert page.chosen == {"name": "keep", "city": "keep", "gender": "keep", "hobbies": "both"}
        await pilot.press("p")
        await settled(pilot)
        assert isinstance(app.screen, MergePreview)
        assert "苏州" in app.text()
        assert "Male" not in app.text()
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert app.answers == [None]
    assert team["zhang"].cards.get(1).values["city"] == "上海"


async def test_a_change_meanwhile_is_shown_and_asked_again(team, at, settled) -> None:
    async with at("zhang", compare) as (app, pilot):
        boss = team["boss"]
        values = boss.cards.get(2).values
        boss.cards.save(2, values, {**values, "city": "无锡"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.answers == []
        assert "changed 张 山 meanwhile" in app.told[0]
        assert "无锡" in app.text()
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.answers == [1]


async def test_what_is_masked_is_shown_by_a_key(team, at, settled) -> None:
    for card, home in ((1, "甲路一号"), (2, "乙路二号")):
        values = team["zhang"].cards.get(card).values
        team["zhang"].cards.save(card, values, {**values, "home_address": home})
    async with at("keeper", compare) as (app, pilot):
        page = app.screen
        while page.difference.key != "home_address":
            await pilot.press("down")
        assert "甲路" not in app.text()
        await pilot.press("right")
        assert page.chosen["home_address"] == "keep"
        await pilot.press("v")
        await settled(pilot)
        assert "甲路一号" in app.text()
        assert "乙路二号" in app.text()
        await pilot.press("right", "ctrl+s")
        await settled(pilot)
    assert team["zhang"].cards.get(1).values["home_address"] == "乙路二号"


async def test_who_may_not_is_told_and_led_back(team, at, settled) -> None:
    async with at("li", compare) as (app, pilot):
        await settled(pilot)
        assert app.answers == [None]
        assert len(app.told) == 1


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_it_fits(team, at, settled, size) -> None:
    async with at("zhang", compare, size) as (app, _pilot):
        lines = app.text().splitlines()
        assert any("City" in line and "上海" in line and "苏州" in line for line in lines)
        assert "Ctrl+S" in lines[-1]


async def test_the_card_page_asks_for_the_other_one(team, at, settled) -> None:
    async with at("zhang", lambda desk: Briefing(desk, 2)) as (app, pilot):
        await pilot.press("m")
        await settled(pilot)
        assert isinstance(app.screen, PickTwin)
        assert [row.key for row in (app.screen.found.row,)] == ["1"]
        assert "same Mobile" in app.text()
        await pilot.press(*"zhao")
        await settled(pilot)
        assert "赵申" in app.text()
        for _letter in "zhao":
            await pilot.press("backspace")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, MergeCards)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.opened == [1]  # the card that stayed


async def test_the_page_of_a_card_that_went_leads_on(team, at, settled) -> None:
    async with at("zhang", lambda desk: Briefing(desk, 2)) as (app, pilot):
        team["boss"].merging.merge(1, 2)
        app.screen.cards_changed(frozenset({2}))
        await settled(pilot)
        assert app.opened == [1]
    async with at("li", Cards) as (app, pilot):
        assert "m" in app.screen.active_bindings  # mine or all, as ever


async def test_two_marked_cards_are_merged_from_the_list(team, at, settled) -> None:
    async with at("zhang", Cards) as (app, pilot):
        app.screen.list.mark(["1", "2"])
        await pilot.press("a")
        await settled(pilot)
        letter = app.text().partition("Merge these two cards")[0].split()[-1][-1]
        await pilot.press(letter)
        await settled(pilot)
        assert isinstance(app.screen, MergeCards)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, Cards)
        assert not app.screen.list.marks
        assert "P000002" not in app.text()


async def test_the_box_is_looked_through(team, at, settled) -> None:
    async with at("zhang", Duplicates) as (app, pilot):
        shown = app.text()
        assert "2 pairs" in shown
        assert shown.index("same Mobile") < shown.index("similar name")
        await pilot.press("down", "x")
        await settled(pilot)
        assert "1 pair" in app.text()
        await pilot.press("u")
        await settled(pilot)
        assert "2 pairs" in app.text()
        await pilot.press("home", "enter")
        await settled(pilot)
        assert isinstance(app.screen, MergeCards)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "1 pair" in app.text()
        assert "张山" not in app.text().split("1 pair")[1]
        await pilot.press("x")
        await settled(pilot)
        assert "No two cards look like one customer" in app.text()
    assert team["zhang"].merging.groups() == []


async def test_strangers_find_nothing(team, at, settled) -> None:
    async with at("li", Duplicates) as (app, _pilot):
        assert "No two cards look like one customer" in app.text()


async def test_a_third_card_is_asked_about_in_its_turn(team, at, settled) -> None:
    """Of three cards the second is told apart from the first: it may be the third."""
    team["zhang"].cards.create("person", {"name": "张三", "mobile": PHONE})
    async with at("zhang", Duplicates) as (app, pilot):
        pairs = [pair[:2] for pair in app.screen.pairs.values()]
        assert pairs[:2] == [(1, 2), (1, 6)]
        await pilot.press("x")
        await settled(pilot)
        pairs = [pair[:2] for pair in app.screen.pairs.values()]
        assert sorted(pairs[:2]) == [(1, 6), (2, 6)]
