"""Whoever enters a person with a new employer is told that the employer has a card now."""

import pytest

from screens.card_editor import CardEditor, house_made
from tests.screens.typing import fill, until


async def test_a_new_employer_is_told_with_its_number(showing, box) -> None:
    async with showing(lambda desk: CardEditor(desk, "person", None)) as (app, pilot):
        await fill(pilot, "name", "周建国")
        await fill(pilot, "organisation", "东海阀门厂")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    house = box.cards.find("东海阀门厂")[0]
    assert any(f"New as well: 东海阀门厂 {house.number}" in told for told in app.told)


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        pytest.param({}, ("organisation", "东海阀门厂"), id="he has a card"),
        pytest.param({"organisation": "东海阀门厂"}, ("nickname", "老周"), id="nothing new"),
    ],
)
async def test_an_employer_who_has_a_card_is_not_told(showing, box, before, typed) -> None:
    box.cards.create("organisation", {"name": "东海阀门厂"})
    person = box.cards.create("person", {"name": "周建国", **before})
    async with showing(lambda desk: CardEditor(desk, "person", person.id)) as (app, pilot):
        await fill(pilot, *typed)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert app.told
    assert not any("New as well" in told for told in app.told)


async def test_a_later_change_of_the_person_does_not_tell_it_again(showing, box) -> None:
    person = box.cards.create("person", {"name": "周建国", "organisation": "东海阀门厂"})
    box.cards.save(person.id, person.values, {**person.values, "nickname": "老周"})
    assert house_made(box, box.cards.get(person.id)) == ""
