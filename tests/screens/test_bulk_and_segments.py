"""Saved filters by keys; the same done to all marked cards, or to all that the filter shows."""

from datetime import date

import pytest

from screens.cards import Cards
from screens.confirm import Confirm
from screens.segments import Segments
from store.records.cards import CardQuery


async def more(pilot, settled, title: str) -> None:
    """Choose a line of the menu of what can be done."""
    await pilot.press("a")
    await settled(pilot)
    await choose(pilot, settled, title)


async def choose(pilot, settled, title: str) -> None:
    """Choose the line of an open menu that begins so."""
    window = pilot.app.screen
    place = next(n for n, (_v, text) in enumerate(window._choices) if text.startswith(title))
    await pilot.press(window.LETTERS[place])
    await settled(pilot)


async def test_a_filter_is_kept_chosen_renamed_shared_and_removed(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        app.screen.change_query(CardQuery(lifecycles=("target",)))
        await settled(pilot)
        await pilot.press("S")
        await settled(pilot)
        assert "None yet" in app.text()
        await pilot.press("s", *"目标", "enter")
        await settled(pilot)
        assert [row.name for row in box.segments.all()] == ["目标"]
        await pilot.press("m")
        await settled(pilot)
        assert "“目标” is for the whole team" in app.told
        await pilot.press("r", *"客户", "enter")
        await settled(pilot)
        (row,) = box.segments.all(counted=True)
        assert (row.name, row.shared, row.count) == ("目标客户", True, 1)
        assert "目标客户" in app.text()
        await pilot.press("escape")
        app.screen.change_query(CardQuery())
        await settled(pilot)
        await pilot.press("S", "enter")
        await settled(pilot)
        assert app.screen.wanted == CardQuery(lifecycles=("target",))
        assert app.screen.list.count == 1
        await pilot.press("S")
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert box.segments.all() == []
        await pilot.press("u")
        await settled(pilot)
        assert [row.name for row in box.segments.all()] == ["目标客户"]


async def test_a_segment_brings_its_text_into_the_search_line(showing, box, settled) -> None:
    box.segments.save("赵", CardQuery(text="赵"))
    async with showing(Cards) as (app, pilot):
        await pilot.press("S", "enter")
        await settled(pilot)
        assert app.screen.search.value == "赵"
        assert app.screen.list.count == 1


async def test_the_window_fits_a_tiny_terminal(showing, box, settled) -> None:
    for place in range(30):
        box.segments.save(f"目标市场{place}", CardQuery(mine=True))
    for size in ((80, 24), (40, 12)):
        async with showing(lambda desk: Segments(desk, CardQuery()), size) as (app, _pilot):
            assert app.screen.region.contains_region(app.screen.query_one(".dialog").region)
            assert "remove" in app.text()
            assert "目标市场0" in app.text()


@pytest.mark.slow
async def test_all_that_the_filter_shows_is_graded_once_confirmed(showing, box, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"华东", "enter")
        await settled(pilot)
        app.opened.clear()
        shown = app.screen.list.count
        await more(pilot, settled, f"All {shown} that")
        await choose(pilot, settled, "Likelihood")
        await choose(pilot, settled, "B ")
        assert isinstance(app.screen, Confirm)
        assert f"change {shown} cards?" in app.text()
        await pilot.press("n")
        await settled(pilot)
        assert box.cards.count(CardQuery(likelihoods=("B",))) == 0
        await more(pilot, settled, f"All {shown} that")
        await choose(pilot, settled, "Likelihood")
        await choose(pilot, settled, "B ")
        await pilot.press("y")
        await settled(pilot)
        assert box.cards.count(CardQuery(likelihoods=("B",))) == shown == 3
        await pilot.press("u")
        await settled(pilot)
        assert box.cards.count(CardQuery(likelihoods=("B",))) == 0


async def test_marked_cards_come_onto_the_risk_list_and_off(showing, box, settled) -> None:
    async with showing(Cards) as (_app, pilot):
        await pilot.press("s", "2")
        await settled(pilot)
        await pilot.press("space", "space")
        await more(pilot, settled, "Risk list")
        await choose(pilot, settled, "Arrears")
        assert box.cards.count(CardQuery(risk=True)) == 2
        assert set(box.grades.risks(box.cards.ids(CardQuery(risk=True))).values()) == {"Arrears"}
        await more(pilot, settled, "Risk list")
        await choose(pilot, settled, "off the risk list")
        assert box.cards.count(CardQuery(risk=True)) == 0


@pytest.mark.slow
async def test_circle_review_date_value_grade_and_route_order(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"张山", "enter")
        await settled(pilot)
        app.opened.clear()
        await more(pilot, settled, "Circle")
        await choose(pilot, settled, "another one")
        await pilot.press(*"校友", "enter")
        await settled(pilot)
        assert box.cards.get(card).values["circle"] == "校友"
        await more(pilot, settled, "Review date")
        await choose(pilot, settled, "another day")
        await pilot.press(*"2020-01-01", "enter")
        await settled(pilot)
        assert "A review is set for a day" in app.text()
        await pilot.press(*["backspace"] * 10, *"2099-12-31", "enter")
        await settled(pilot)
        assert box.cards.row(card).review_due_on == date(2099, 12, 31)
        await more(pilot, settled, "Review date")
        await choose(pilot, settled, "by the rule again")
        due = box.cards.row(card).review_due_on
        assert due is not None
        assert due < date(2099, 12, 31)
        await more(pilot, settled, "Value grade")
        await choose(pilot, settled, "Grade B")
        assert box.cards.row(card).value_grade == "B"
        await more(pilot, settled, "Value grade")
        await choose(pilot, settled, "automatic again")
        assert box.cards.row(card).value_grade is None
        await more(pilot, settled, "Route order")
        await pilot.press("1", "2", "enter")
        await settled(pilot)
        assert box.cards.row(card).route_order == 12


async def test_a_former_customer_needs_a_reason(showing, box, settled) -> None:
    card = box.cards.resolve("张山").id
    async with showing(Cards) as (app, pilot):
        await pilot.press("slash", *"张山", "enter")
        await settled(pilot)
        app.opened.clear()
        await more(pilot, settled, "Lifecycle")
        await choose(pilot, settled, "Former")
        await pilot.press(*"价格", "enter")
        await settled(pilot)
        values = box.cards.get(card).values
        assert (values["lifecycle"], values["former_reason"]) == ("former", "价格")
