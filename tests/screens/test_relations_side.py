"""The relations side of a card: seen by groups, unfolded, entered, changed, and the way to him."""

import pytest

from screens.briefing import Briefing
from screens.chain_page import ChainPage
from screens.path_window import PathWindow
from screens.referral_form import ReferralForm
from screens.referrals_page import ReferralsPage
from screens.relation_form import RelationForm
from screens.relations_side import RelationsSide
from store import language
from store.desk import Desk
from store.models.cards import Card
from tests.screens.typing import fill, until


@pytest.fixture
def zhang(box: Desk) -> int:
    """张山 with a friend who has a friend, a colleague, and somebody whom he brought."""
    zhang = box.cards.find("张山")[0].id
    li = box.cards.find("李雪梅")[0].id
    wang = box.cards.create("person", {"name": "王总"}).id
    box.relations.add(li, zhang, "friend", 4, "一起钓鱼")
    box.relations.add(li, wang, "relative", 5)
    box.cards.create("person", {"name": "郑爽", "referrer": box.cards.get(zhang).number})
    return zhang


async def opened(pilot, settled) -> RelationsSide:
    screen = pilot.app.screen
    screen.view = "relations"
    await settled(pilot)
    await until(
        pilot,
        lambda: screen.query(RelationsSide) and screen.query_one(RelationsSide).shown,
    )
    await settled(pilot)
    return screen.query_one(RelationsSide)


async def fill_all(pilot, texts: dict[str, str]) -> None:
    for key, text in texts.items():
        await fill(pilot, key, text)


def lines(app) -> list[str]:
    return [" ".join(line.split()) for line in app.text().splitlines()]


async def go_to(pilot, side: RelationsSide, name: str) -> None:
    for place, each in enumerate(side.shown.values()):
        if each.tie is not None and each.tie.card.name == name:
            side.list.cursor = place
            await pilot.pause()
            return
    raise AssertionError(name)


async def test_everybody_around_him_by_groups(showing, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        await opened(pilot, settled)
        shown = lines(app)
        begin = shown.index("Ties (1)")
        assert shown[begin : begin + 7] == [
            "Ties (1)",
            "`- 李雪梅 friend **** 一起钓鱼",
            "At work (2)",
            "|- 华东电子 works there (采…",
            "`- 赵申 works there too 华东电子",
            "Whom he brought (1)",
            "`- 郑爽 brought by him",
        ]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
@pytest.mark.parametrize("spoken", ["en", "zh"])
async def test_it_fits_every_terminal(showing, zhang, settled, size, spoken) -> None:
    language.use(spoken)
    async with showing(lambda desk: Briefing(desk, zhang), size) as (app, pilot):
        await opened(pilot, settled)
        assert "李雪梅" in app.text()


async def test_outward_step_by_step_and_back(showing, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        await go_to(pilot, side, "李雪梅")
        await pilot.press("right")
        await settled(pilot)
        assert "`- 王总 relative *****" in lines(app)
        await pilot.press("left")
        await settled(pilot)
        assert "王总" not in app.text()
        assert side.list.row.cells[0].endswith("李雪梅")
        await pilot.press("c")
        await settled(pilot)
        assert "张山 > 李雪梅" in app.text()
        assert "`- 张山 friend **** 华东电子, 采… 一起钓鱼" in lines(app)
        await go_to(pilot, side, "王总")
        await pilot.press("c")
        await settled(pilot)
        assert "张山 > 李雪梅 > 王总" in app.text()
        await pilot.press("backspace", "backspace")
        await settled(pilot)
        assert side.centre == zhang
        assert ">" not in lines(app)[2]
        await go_to(pilot, side, "李雪梅")
        await pilot.press("enter")
        assert app.opened == [side.row_card()]


async def test_the_keys_turn_the_page_where_nothing_is_to_unfold(showing, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("right")
        await settled(pilot)
        after = app.screen.view
        assert after == app.screen.sides[app.screen.sides.index("relations") + 1]
        await opened(pilot, settled)
        await pilot.press("left")
        await settled(pilot)
        assert app.screen.view == app.screen.sides[app.screen.sides.index("relations") - 1]


async def test_a_relationship_is_entered_changed_and_taken_away(
    showing, box, zhang, settled
) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        await pilot.press("n")
        await settled(pilot)
        assert isinstance(app.screen, RelationForm)
        await fill_all(pilot, {"other": "wz", "kind": "senior", "strength": "3"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "`- 王总 his senior ***" in lines(app)
        row = next(each for each in box.relations.of(zhang) if each.card.id == zhang)
        assert (row.values.kind, row.other.name) == ("junior", "王总")
        await go_to(pilot, side, "王总")
        await pilot.press("e")
        await settled(pilot)
        await app.screen.form.put({"strength": "5"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert box.relations.get(row.id).values.strength == 5
        await pilot.press("d")
        await settled(pilot)
        assert [each.id for each in box.relations.of(zhang)] != [row.id]
        assert "his senior" not in app.text()
        await pilot.press("u")
        await settled(pilot)
        assert "`- 王总 his senior *****" in lines(app)


async def test_what_follows_from_the_cards_is_not_changed_here(showing, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        await go_to(pilot, side, "赵申")
        await pilot.press("d")
        await settled(pilot)
        assert "follows from the cards" in app.told[-1]
        assert "赵申" in app.text()


async def test_how_to_reach_him(showing, box, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        await opened(pilot, settled)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, PathWindow)
        assert "Enter Open  Esc Back" in app.text()
        assert "How to reach 张山" in app.text()
        assert "your own customer" in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert app.opened == [zhang]


async def test_a_referrer_is_noted_and_told(showing, box, zhang, settled) -> None:
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        await pilot.press("f")
        await settled(pilot)
        assert isinstance(app.screen, ReferralForm)
        await fill_all(pilot, {"referrer": "老陈", "means": "phone"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert box.cards.get(zhang).values["referrer"] == "老陈"
        await go_to(pilot, side, "郑爽")
        await pilot.press("f")
        await settled(pilot)
        assert "张山 brought 郑爽" in app.text()
        await fill_all(pilot, {"result": "签了", "thanked_on": "today"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        row = next(each for each in box.referrals.of(zhang) if each.card.name == "郑爽")
        assert (row.values.result, str(row.values.thanked_on)) == ("签了", "2026-09-24")


async def test_who_dislikes_introductions_and_the_names_he_gave(
    showing, box, zhang, settled
) -> None:
    values = box.cards.get(zhang).values
    rows = [{"id": "r1", "name": "孙八"}]
    box.cards.save(zhang, values, {**values, "names_given": rows, "dislikes_introductions": True})
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        assert lines(app)[2] == "Dislikes being asked for introductions"
        place = next(n for n, each in enumerate(side.shown.values()) if each.name is not None)
        side.list.cursor = place
        await pilot.pause()
        await pilot.press("a")
        await settled(pilot)
        assert box.cards.find("孙八")[0].name == "孙八"
        assert "孙八 has a card now" in app.told[-1]
        assert "`- 孙八 brought by him" in lines(app)


async def test_the_chain_and_whom_to_thank(showing, box, zhang, settled) -> None:
    async with showing(lambda desk: ChainPage(desk, zhang)) as (app, pilot):
        assert "1 brought by himself, 1 in all; 0 have bought" in app.text()
        await pilot.press("t")
        await settled(pilot)
        assert isinstance(app.screen, ReferralsPage)
        assert "张山 郑爽 - -" in lines(app)
        await pilot.press("r")
        await settled(pilot)
        await pilot.press(*"好", "enter")
        await settled(pilot)
        assert "张山 郑爽 today - 好" in lines(app)
        await pilot.press("x")
        await settled(pilot)
        assert "Everybody was told and thanked" in app.text()
        await pilot.press("tab")
        await settled(pilot)
        assert "张山 华东电子 1 1 0" in lines(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ChainPage)


async def test_somebody_erased_from_the_middle_leads_back(showing, box, zhang, settled) -> None:
    li = box.cards.find("李雪梅")[0].id
    async with showing(lambda desk: Briefing(desk, zhang)) as (app, pilot):
        side = await opened(pilot, settled)
        await go_to(pilot, side, "李雪梅")
        await pilot.press("c")
        await settled(pilot)
        assert side.centre == li
        box.audit.erase(li, "x")
        assert not Card.select().where(Card.id == li).exists()
        app.screen.reload()
        await settled(pilot)
        assert side.centre == zhang
        assert "李雪梅" not in app.text()
