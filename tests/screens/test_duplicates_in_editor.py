"""The editor tells of similar names below the name, not below whatever was typed last."""

from screens.card_editor import CardEditor
from tests.screens.typing import fill, until


async def test_a_similar_name_is_told_below_the_name_alone(showing, box) -> None:
    box.cards.create("organisation", {"name": "青川机械", "work_phone": "0571-87650000"})
    async with showing(lambda desk: CardEditor(desk, "organisation", None)) as (app, pilot):
        await fill(pilot, "name", "青川机械有限公司")
        await until(pilot, lambda: "A similar name" in app.text())
        await fill(pilot, "short_name", "青川")
        await fill(pilot, "fax", "0571-87650009")
        await fill(pilot, "work_phone", "0571-87650000")
        await until(pilot, lambda: "There is such a card already" in app.text())
        assert app.text().count("A similar name") <= 1
        await fill(pilot, "work_phone", "0571-87650001")
        await until(pilot, lambda: "There is such a card already" not in app.text())
        assert app.text().count("A similar name") <= 1
