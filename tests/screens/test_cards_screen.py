"""The card list: search, open, filter, sort, act."""

from typing import Any

from screens.cards import SETTING, Cards
from screens.choose import Choose
from store import language
from store.records.cards import CardQuery


async def names(app: Any) -> list[str]:
    """The names in the list, in order."""
    listed = app.screen.list
    return [listed._pages.row(place).cells[1] for place in range(listed.count)]


async def test_two_letters_and_enter_open_the_card(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        assert sorted(await names(app)) == sorted(["华东电子", "张山", "李雪梅", "赵申"])
        await pilot.press("slash", "z", "s")
        await settled(pilot)
        assert await names(app) == ["赵申", "张山"]
        assert "2 / 4" in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert app.opened == [box.cards.find("赵申")[0].id]


async def test_enter_right_after_typing_opens_what_the_whole_text_finds(
    showing, box, settled
) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"lxm", "enter")
        await settled(pilot)
        assert app.opened == [box.cards.find("李雪梅")[0].id]


async def test_hot_keys_typed_into_the_search_stay_text(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"nelbtufsamdq?/1 ")
        await settled(pilot)
        assert app.screen.search.value == "nelbtufsamdq?/1 "
        assert not app.opened
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert app.screen.search.value == ""
        assert app.screen.list.count == 4


async def test_filters_are_kept_for_the_next_time(showing, box, settled, background) -> None:
    async with showing(Cards) as (app, pilot):
        app.screen.change_query(CardQuery(lifecycles=("target",), sort="name"))
        await settled(pilot)
        assert await names(app) == ["张山"]
    assert box.settings.get(SETTING)["lifecycles"] == ["target"]
    async with showing(Cards) as (app, pilot):
        assert await names(app) == ["张山"]
        assert "target" in app.text()
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("c", "enter")
        await settled(pilot)
        assert len(await names(app)) == 4


async def test_sorting_by_a_menu(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("s", "2")
        await settled(pilot)
        assert await names(app) == ["华东电子", "李雪梅", "张山", "赵申"]
        await pilot.press("s")
        await settled(pilot)
        assert isinstance(app.screen, Choose)
        await pilot.press("enter")
        await settled(pilot)
        assert (await names(app))[0] == "赵申"


async def test_marked_cards_are_tagged_and_trashed_together_and_undone(
    showing, box, settled
) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("s", "2")
        await settled(pilot)
        await pilot.press("space", "space")
        await settled(pilot)
        assert "4 / 4 · 2 marked" in app.text()
        await pilot.press("a")
        await settled(pilot)
        assert "2 cards" in app.text()
        await pilot.press("6")
        await settled(pilot)
        await pilot.press(*"老友", "enter")
        await settled(pilot)
        assert {row.name for row in box.cards.find("老友")} == {"华东电子", "李雪梅"}
        await pilot.press("d")
        await settled(pilot)
        assert "Put 2 cards into the trash?" in app.text()
        await pilot.press("n")
        await settled(pilot)
        assert len(await names(app)) == 4
        await pilot.press("d", "y")
        await settled(pilot)
        assert sorted(await names(app)) == sorted(["张山", "赵申"])
        assert app.screen.list.marks == ()
        await pilot.press("u")
        await settled(pilot)
        assert len(await names(app)) == 4


async def test_the_search_line_shows_its_keys(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", "z")
        await settled(pilot)
        assert app.text().splitlines()[-1].startswith(" Enter Open  Esc To the list")
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.list.has_focus
        assert app.screen.search.value == "z"


async def test_tab_leads_through_the_groups_of_filters(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("f", "tab", "tab", "space", "shift+tab", "space", "enter")
        await settled(pilot)
        assert (app.screen.wanted.kind, app.screen.wanted.lifecycles) == ("person", ("prospect",))
        await pilot.press("f", "home", "shift+tab", "space", "enter")
        await settled(pilot)
        assert app.screen.wanted.trashed


async def test_the_keys_of_the_filters_are_not_cut_off(showing, box, settled) -> None:
    for spoken, last in (("en", "Esc back"), ("zh", "Esc 返回")):
        language.use(spoken)
        async with showing(Cards) as (app, pilot):
            await pilot.press("f")
            await settled(pilot)
            assert last in app.text()


async def test_the_preview_tells_of_the_card_under_the_cursor(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"2345")
        await settled(pilot)
        assert "采购经理, 华东电子" in app.text()
        assert "13900002345" in app.text()
    async with showing(Cards, (120, 40)) as (app, pilot):
        assert app.screen.has_class("-wide")


async def test_an_empty_box_says_what_to_do(showing, settled, desk) -> None:
    async with showing(Cards) as (app, pilot):
        assert "No cards yet" in app.text()
        await pilot.press("slash", *"zs")
        await settled(pilot)
        assert "n enters a new card" in app.text()


async def test_what_others_change_appears_and_the_cursor_stays(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("s", "2")
        await settled(pilot)
        await pilot.press("down", "down")
        key = app.screen.list.key
        box.cards.create("person", {"name": "安迪"})
        app.screen.cards_changed(frozenset())
        await settled(pilot)
        assert len(await names(app)) == 5
        assert app.screen.list.key == key


async def test_a_wide_screen_shows_the_briefing_of_the_card_the_cursor_stays_on(
    showing, box, settled
) -> None:
    box.interactions.log_line("电话 聊了报价 *4", box.cards.find("张山")[0].id)
    for size in ((120, 40), (160, 40)):
        async with showing(Cards, size=size) as (app, pilot):
            await pilot.press("slash", "z", "s")
            await settled(pilot)
            preview = app.screen.query_one("#preview")
            place = (await names(app)).index("张山")
            await pilot.press(*["down"] * place)
            await settled(pilot)
            assert preview.region.x > 60
            assert "聊了报价" in preview.render().plain
            await pilot.press("up" if place else "down")
            await settled(pilot)
            assert preview.render().plain.startswith("赵申")
            assert "聊了报价" not in preview.render().plain


async def test_source_centres_are_a_list_of_their_own(showing, box, settled) -> None:
    zhang = box.cards.find("张山")[0].id
    values = box.cards.get(zhang).values
    box.cards.save(zhang, values, {**values, "source_centre": ["well_connected"]})

    def arriving(desk):
        screen = Cards(desk)
        screen.arrive("source_centres")
        return screen

    async with showing(arriving) as (app, pilot):
        await settled(pilot)
        assert app.screen.wanted.source_centre
        assert app.screen.list.count == 1
        assert "张山" in app.text()
        app.screen.arrive("source_centres")
        await settled(pilot)
        assert app.screen.list.count == 1


async def test_an_empty_list_of_risks_or_source_centres_says_how_one_gets_there(
    showing, settled
) -> None:
    async with showing(Cards) as (app, pilot):
        app.screen.change_query(CardQuery(risk=True))
        await settled(pilot)
        assert "No customer is on the risk list" in app.text()
        app.screen.change_query(CardQuery(source_centre=True, sort="next"))
        await settled(pilot)
        assert "No source centre yet" in app.text()
        app.screen.change_query(CardQuery(risk=True, mine=True))
        await settled(pilot)
        assert "No card passes the filter" in app.text()


async def test_the_usual_name_of_a_company_stands_whole(showing, box) -> None:
    box.cards.create("organisation", {"name": "华东电子有限公司"})
    language.use("zh")
    async with showing(Cards) as (app, _pilot):
        listed = [line for line in app.text().splitlines() if line.startswith(" O0")]
        assert any("华东电子有限公司" in line for line in listed)
