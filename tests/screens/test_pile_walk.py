"""The walk through the pile: one key decides, the next card comes, u brings one back."""

from datetime import date

import pytest

from screens.briefing import Briefing
from screens.cards import Cards
from screens.confirm import Confirm
from screens.pile_walk import PileWalk
from screens.today import Today
from store import language
from store.records.interactions import InteractionValues


def shown(app) -> str:
    return app.screen.card.row.name if app.screen.card else ""


async def test_one_key_decides_and_the_next_card_comes(showing, box, settled) -> None:
    ids = box.pile.ids()
    names = [box.cards.row(card).name for card in ids]
    async with showing(PileWalk) as (app, pilot):
        assert shown(app) == names[0]
        assert "The pile: 1 of 4" in app.text()
        assert "unclassified" in app.text()
        for key, place in (("A", 1), ("2", 2), ("k", 3)):
            await pilot.press(key)
            await settled(pilot)
            assert shown(app) == names[place]
        assert "3 decided" in app.text()
        await pilot.press("z")
        await settled(pilot)
        assert "That was all of the pile." in app.text()
        assert "4 cards decided" in app.text()
        assert [box.cards.row(card).likelihood for card in ids] == [
            *("A", "F2", "unclassified", "unclassified")
        ]
        assert box.cards.row(ids[3]).put_off_until == date(2026, 10, 1)
        await pilot.press("A", "d", "l", "k")
        await settled(pilot)
        assert box.cards.row(ids[3]).likelihood == "unclassified"
        await pilot.press("escape")
        await settled(pilot)
        assert app.answers == [None]


async def test_undo_brings_the_card_back(showing, box, settled) -> None:
    first, second = box.pile.ids()[:2]
    async with showing(PileWalk) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        await pilot.press("C")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert app.screen.card_id == second
        assert box.cards.row(second).likelihood == "unclassified"
        await pilot.press("u")
        await settled(pilot)
        assert app.screen.card_id == first
        assert app.screen.decided == []


async def test_keys_struck_at_once_each_meet_a_card_of_their_own(showing, box, settled) -> None:
    ids = box.pile.ids()
    async with showing(PileWalk) as (app, pilot):
        await pilot.press("A", "B")
        await settled(pilot)
        graded = [box.cards.row(card).likelihood for card in ids]
        assert graded[0] == "A"
        assert graded[1] in ("B", "unclassified")
        assert graded[2:] == ["unclassified", "unclassified"]
        assert len(app.screen.decided) == 4 - graded.count("unclassified")


async def test_it_goes_on_where_it_stopped(showing, box, settled) -> None:
    ids = box.pile.ids()
    async with showing(PileWalk) as (app, pilot):
        await pilot.press("right", "right")
        await settled(pilot)
        assert app.screen.card_id == ids[2]
        await pilot.press("right", "right")
        await settled(pilot)
        assert "This is the last card of the pile" in app.told
        await pilot.press("left")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert app.told[-1] == "2 ahead"
    async with showing(PileWalk) as (app, pilot):
        assert app.screen.card_id == ids[2]
        assert "The pile: 3 of 4" in app.text()


async def test_the_level_goes_up_and_down_and_the_card_stays(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    async with showing(PileWalk) as (app, pilot):
        assert app.screen.card_id == card
        await pilot.press("plus")
        await settled(pilot)
        assert box.cards.row(card).lifecycle == "likely"
        await pilot.press("minus", "minus")
        await settled(pilot)
        await pilot.press("minus")
        await settled(pilot)
        assert box.cards.row(card).lifecycle == "prospect"
        await pilot.press("minus")
        await settled(pilot)
        assert app.told[-1] == "张山 stays prospect"
        assert app.screen.card_id == card


async def test_the_trash_is_asked_about_as_d_is_near_to_capital_d(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    async with showing(PileWalk) as (app, pilot):
        await pilot.press("d")
        await settled(pilot)
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        await settled(pilot)
        assert app.screen.card_id == card
        await pilot.press("d", "y")
        await settled(pilot)
        assert app.screen.card_id != card
        assert card not in box.cards.rows([card])
        await pilot.press("u")
        await settled(pilot)
        assert app.screen.card_id == card


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("spoken", ["zh", "en"])
async def test_all_that_is_needed_is_on_one_page(showing, box, settled, size, spoken) -> None:
    language.use(spoken)
    card = box.cards.resolve("张山").id
    box.cards.set_values([card], {"importance": "key"})
    talk = InteractionValues(minutes="问新一批的价", words="再降两个点就能定", interest=4)
    box.interactions.log(card, talk)
    async with showing(PileWalk, size) as (app, _pilot):
        text = app.text()
        assert "张山" in text
        assert "1 / 4" in text or "4" in text.splitlines()[0]
        assert ("A-E" in text) if size[0] == 40 else ("再降两个点就能定" in text)
        assert len(text.splitlines()) <= size[1]


async def test_an_empty_pile_says_so(showing, desk, settled) -> None:
    async with showing(PileWalk) as (app, pilot):
        assert "Nothing lies in the pile" in app.text()
        await pilot.press("A", "right", "u", "escape")
        await settled(pilot)
        assert app.answers == [None]


async def test_w_on_the_cards_and_the_line_on_today_lead_there(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, PileWalk)
    async with showing(Today) as (app, pilot):
        assert "lie in the pile" not in app.text()
    for place in range(10):
        box.cards.create("person", {"name": f"客户{place}"})
    async with showing(Today) as (app, pilot):
        assert "14 cards lie in the pile" in app.text()
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, PileWalk)


async def test_g_on_a_card_grades_it(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    async with showing(lambda desk: Briefing(desk, card)) as (app, pilot):
        await pilot.press("g")
        await settled(pilot)
        assert "What to do with this card" in app.text()
        await pilot.press("2", "1")
        await settled(pilot)
        assert box.cards.row(card).likelihood == "A"
