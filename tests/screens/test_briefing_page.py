"""The card's page: a briefing that prints, and the member's own card; travels and news on Today."""

from datetime import timedelta

from screens.briefing import Briefing
from screens.export_cards import ExportCards
from screens.outbox_export import OutboxExport
from screens.outgoing import CardPages
from screens.today import Today
from store import language
from tests.conftest import TODAY
from widgets.cell_width import width_of


def with_rows(box) -> int:
    """Give the first customer a trip, and his firm news."""
    row = box.cards.find("张山")[0]
    seen = box.cards.get(row.id).values
    trip = {"from": str(TODAY), "until": str(TODAY + timedelta(2)), "city": "上海"}
    box.cards.save(row.id, seen, {**seen, "itinerary": [{**trip, "purpose": "看展"}]})
    house = box.cards.resolve("华东电子")
    seen = box.cards.get(house.id).values
    news = {"on": str(TODAY - timedelta(1)), "kind": "operations", "what": "[/b]扩产"}
    box.cards.save(house.id, seen, {**seen, "news": [news]})
    return row.id


async def test_p_offers_the_briefing_as_a_page(showing, box, tmp_path, settled) -> None:
    card = with_rows(box)
    pages = []
    async with showing(lambda desk: Briefing(desk, card)) as (app, pilot):
        app.open_print = pages.append
        await pilot.press("p")
    (page,) = pages
    assert (page.card_id, page.number, page.name) == (card, "P000001", "张山")
    async with showing(lambda desk: ExportCards(desk, page)) as (app, pilot):
        assert "Briefing-P000001-张山.html" in app.text()
        app.screen.name_file(str(tmp_path / "zs.html"))
        await pilot.press("x")
        await settled(pilot)
        text = (tmp_path / "zs.html").read_text("utf-8")
        assert "[/b]扩产" in text
        assert any("zs.html" in told for told in app.told)
        await pilot.press("down", "enter", "2")
        await settled(pilot)
        assert (app.screen.form, app.screen.path.suffix) == ("txt", ".txt")
        await pilot.press("x")
        await settled(pilot)
        assert (tmp_path / "zs.txt").read_text("utf-8").startswith("Briefing for a visit")


async def test_over_ssh_a_page_goes_to_the_outbox_or_the_clipboard(showing, box, settled) -> None:
    row = box.cards.find("张山")[0]
    pages = CardPages(row.id, row.number, row.name)
    async with showing(lambda desk: OutboxExport(desk, pages)) as (app, pilot):
        app.screen.desk.way_in = "ssh shuke@10.0.0.1"
        await pilot.press("x")
        await settled(pilot)
        assert (
            "shuke outbox get briefing-P000001.html > briefing-P000001.html" in app.screen.told_last
        )
        assert "张山" in box.outbox.path_of("briefing-P000001.html").read_text("utf-8")
        await pilot.press("c")
        await settled(pilot)
        assert app.clipboard.startswith("<!DOCTYPE html>")
    assert [export.what for export in box.trail.exports()] == ["briefing", "briefing"]


async def test_ones_own_card_is_said_and_unsaid(showing, box, settled) -> None:
    card = box.cards.find("张山")[0]
    async with showing(lambda desk: Briefing(desk, card.id)) as (app, pilot):
        assert "Say which card is your own" in app.text()
        await pilot.press("O")
        await settled(pilot)
        assert box.own_card.row().id == card.id
        assert "Say which card is your own" not in app.text()
        await pilot.press("O")
        await settled(pilot)
        assert box.own_card.row() is None
        assert "no more" in app.told[-1]


async def test_an_organisation_is_nobodys_own_card(showing, box, settled) -> None:
    house = box.cards.resolve("华东电子")
    async with showing(lambda desk: Briefing(desk, house.id)) as (app, pilot):
        assert "O" not in app.screen.active_bindings
        await pilot.press("O")
        await settled(pilot)
        assert box.own_card.row() is None


async def test_today_shows_who_travels_and_what_happened(showing, box, settled) -> None:
    with_rows(box)
    async with showing(Today) as (app, pilot):
        lines = app.text().split("\n")
        (trip,) = [line for line in lines if "上海" in line]
        (news,) = [line for line in lines if "扩产" in line]
        assert trip.split()[:3] == ["Travels", "now", "张山"]
        assert "看展" in trip
        assert news.split()[0] == "News"
        assert "Operations: [/b]扩产" in news
        for name in ("张山", "华东电子"):
            while app.screen.card_id != box.cards.resolve(name).id:
                await pilot.press("down")
            await pilot.press("enter")
            await settled(pilot)
        assert app.opened == [box.cards.resolve(name).id for name in ("张山", "华东电子")]


async def test_a_narrow_screen_has_the_whole_briefing(showing, box, settled) -> None:
    card = with_rows(box)
    async with showing(lambda desk: Briefing(desk, card), (40, 12)) as (app, pilot):
        seen = app.text()
        for _page in range(8):
            await pilot.press("pagedown")
            seen += f"\n{app.text()}"
        for word in ("Where he is", "上海", "News", "扩产", "Ask today"):
            assert word in seen
        assert max(width_of(line) for line in seen.split("\n")) <= 40


async def test_the_palette_finds_it_by_its_words(showing, box) -> None:
    from screens.commands import commands_of, matching

    card = box.cards.find("张山")[0]
    language.use("zh")
    async with showing(lambda desk: Briefing(desk, card.id)) as (app, _pilot):
        app.get_system_commands = lambda screen: ()
        found = matching(commands_of(app.screen), "zjdk")
        assert [each.title for each in found] == ["我自己的卡"]
        assert "打印" in [each.title for each in commands_of(app.screen)]


async def test_the_footer_shows_what_is_done_with_a_card(showing, box, settled) -> None:
    card = box.cards.find("张山")[0].id
    language.use("zh")
    async with showing(lambda desk: Briefing(desk, card)) as (app, pilot):
        footer = app.text().splitlines()[-1]
        assert "e 编辑  l 联系  t 待办  p 打印" in footer
        assert "b 速览" not in footer
        await pilot.press("right", "right")
        await settled(pilot)
        assert "p 打印" not in app.text().splitlines()[-1]
        await pilot.press("b")
        await settled(pilot)
        assert app.opened == [card]
