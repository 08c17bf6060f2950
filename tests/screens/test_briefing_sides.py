"""The sides of a card that Tab goes through."""

from screens.briefing import Briefing
from store.records.cards import CardQuery


async def test_an_organisation_has_no_family_to_go_to(showing, box, settled) -> None:
    (house,) = box.cards.page(CardQuery(kind="organisation"), 0, 1)
    async with showing(lambda desk: Briefing(desk, house.id)) as (app, pilot):
        assert "Family" not in app.text()
        seen = []
        for _side in app.screen.sides:
            seen.append(app.screen.view)
            await pilot.press("tab")
            await settled(pilot)
        assert seen == app.screen.sides
        assert {"briefing", "whole", "talks", "todos", "people", "history"} <= set(seen)
        assert "family" not in seen
        assert app.screen.view == "briefing"


async def test_a_person_has(showing, box, settled) -> None:
    async with showing(lambda desk: Briefing(desk, box.cards.find("张山")[0].id)) as (app, _pilot):
        assert "Family" in app.text()


async def test_what_the_help_says_of_a_key_is_what_it_does(showing, box, settled) -> None:
    (house,) = box.cards.page(CardQuery(kind="organisation"), 0, 1)
    async with showing(lambda desk: Briefing(desk, house.id), (60, 12)) as (app, pilot):
        active = app.screen.active_bindings
        assert active["left"].binding.description == "Side before"
        assert active["right"].binding.description == "Next side"
        await pilot.press("end")
        text = app.screen.query_one("#text")
        assert text.scroll_y == text.max_scroll_y > 0
        await pilot.press("up")
        assert text.scroll_y == text.max_scroll_y - 1
        await pilot.press("right")
        assert app.screen.view == "whole"
