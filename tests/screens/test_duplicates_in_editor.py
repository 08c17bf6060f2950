"""The editor tells of similar names below the name, not below whatever was typed last."""

from screens.card_editor import CardEditor
from screens.telling_form import LOOK_PAUSE
from tests.screens.typing import fill, until


async def test_a_similar_name_is_told_below_the_name_alone(showing, box) -> None:
    box.cards.create("organisation", {"name": "青川机械", "work_phone": "0571-87650000"})
    async with showing(lambda desk: CardEditor(desk, "organisation", None)) as (app, pilot):
        await fill(pilot, "name", "青川机械有限公司")
        await until(pilot, lambda: "A similar name" in app.text())
        await fill(pilot, "short_name", "青川")
        await fill(pilot, "fax", "0571-87650009")
        await fill(pilot, "work_phone", "0571-87650000")
        await until(pilot, lambda: "! There is such a card already" in app.text())
        assert app.text().count("A similar name") <= 1
        assert "! A similar name" not in app.text()
        await fill(pilot, "work_phone", "0571-87650001")
        await until(pilot, lambda: "There is such a card already" not in app.text())
        assert app.text().count("A similar name") <= 1


async def test_a_key_leads_to_the_card_that_there_is_and_back_to_the_words(showing, box) -> None:
    old = box.cards.create("person", {"name": "张山", "mobile": "13905710001"})
    async with showing(lambda desk: CardEditor(desk, "person", None)) as (app, pilot):
        await fill(pilot, "name", "张三山")
        await pilot.press("ctrl+o")
        assert app.opened == []
        await fill(pilot, "mobile", "13905710001")
        await until(pilot, lambda: "There is such a card already" in app.text())
        await until(pilot, lambda: "See that card" in app.text())
        await pilot.press("ctrl+o")
        assert app.opened == [old.id]
        assert app.screen.form.values["name"] == "张三山"


async def test_of_several_such_cards_one_is_chosen(showing, box) -> None:
    for name in ("张山", "张小山"):
        old = box.cards.create("person", {"name": name, "mobile": "13905710001"})
    async with showing(lambda desk: CardEditor(desk, "person", None)) as (app, pilot):
        await fill(pilot, "mobile", "13905710001")
        await until(pilot, lambda: "There is such a card already" in app.text())
        await pilot.press("f2")
        await until(pilot, lambda: "Which card?" in app.text())
        await pilot.press(*"zxs", "enter")
        await until(pilot, lambda: app.opened == [old.id])


async def test_what_a_number_tells_stays_while_no_such_card_is_found(showing, box) -> None:
    async with showing(lambda desk: CardEditor(desk, "organisation", None)) as (app, pilot):
        await fill(pilot, "credit_code", "913100007294123410")
        await until(pilot, lambda: "Enter also fills in" in app.text())
        await pilot.pause(LOOK_PAUSE + 0.5)
        assert "Enter also fills in" in app.text()
