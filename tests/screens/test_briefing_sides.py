"""The sides of a card that Tab goes through."""

from screens.briefing import Briefing
from store.records.cards import CardQuery


async def test_an_organisation_has_no_family_to_go_to(showing, box, settled) -> None:
    (house,) = box.cards.page(CardQuery(kind="organisation"), 0, 1)
    async with showing(lambda desk: Briefing(desk, house.id)) as (app, pilot):
        assert "Family" not in app.text()
        seen = []
        for _side in range(5):
            seen.append(app.screen.view)
            await pilot.press("tab")
            await settled(pilot)
        assert seen == ["briefing", "whole", "talks", "todos", "history"]
        assert app.screen.view == "briefing"


async def test_a_person_has(showing, box, settled) -> None:
    async with showing(lambda desk: Briefing(desk, box.cards.find("张山")[0].id)) as (app, _pilot):
        assert "Family" in app.text()
