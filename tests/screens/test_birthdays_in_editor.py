"""The editor tells where a solar and a lunar birthday are different days."""

from screens.card_editor import CardEditor
from tests.screens.typing import fill, until


async def test_two_different_days_are_told_while_typing_and_when_saved(showing, box) -> None:
    card = box.cards.create("person", {"name": "张山", "birth_solar": "1985-09-29"}).id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await fill(pilot, "birth_lunar", "1985-08-16")
        await until(pilot, lambda: "The two birthdays" in app.text())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert box.cards.get(card).values["birth_lunar"] == "lunar:1985-08-16"


async def test_once_it_is_said_which_one_is_kept_nothing_is_asked(showing, box) -> None:
    card = box.cards.create("person", {"name": "张山", "birth_solar": "1985-09-29"}).id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await fill(pilot, "birth_lunar", "1985-08-16")
        await until(pilot, lambda: "The two birthdays" in app.text())
        await fill(pilot, "birth_kept", "lunar")
        await until(pilot, lambda: "The two birthdays" not in app.text())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert box.cards.get(card).values["birth_kept"] == "lunar"
