"""A form names only keys that do something."""

from screens.card_editor import CardEditor
from tests.screens.typing import until


async def test_a_new_card_has_no_briefing_yet(showing, box) -> None:
    async with showing(lambda desk: CardEditor(desk, "person")) as (app, pilot):
        await until(pilot, lambda: app.screen.form is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "Save" in app.text())
        assert "Briefing" not in app.text()


async def test_a_card_that_is_there_has_one(showing, box) -> None:
    card = box.cards.create("person", {"name": "张山"}).id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await until(pilot, lambda: app.screen.form is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "Briefing" in app.text())
