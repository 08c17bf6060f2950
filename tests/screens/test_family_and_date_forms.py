"""Family and further dates: birthdays in both calendars are understood while they are typed."""

from datetime import date

import pytest

from screens.choose import Choose
from screens.date_form import DateForm
from screens.family_form import FamilyForm
from screens.take_up import take_up
from screens.today import Today
from store import language
from store.desk import Desk
from store.records.occasions import FamilyValues
from tests.screens.typing import choose, fill, until


@pytest.fixture
def zhang(box: Desk) -> int:
    return box.cards.find("张山")[0].id


async def test_a_lunar_birthday_is_understood_while_it_is_typed(showing, box, zhang) -> None:
    async with showing(lambda desk: FamilyForm(desk, zhang)) as (app, pilot):
        await fill(pilot, "relation", "daugh")
        await pilot.press("down", "tab")
        await fill(pilot, "name", "张小雨[/b]")
        await fill(pilot, "birth", "农历一九八五年八月十五")
        await until(pilot, lambda: "1985-09-29" in app.text() or "September 29" in app.text())
        await fill(pilot, "phone", "１３９ １１１１ ２３４５")
        await fill(pilot, "note", "学钢琴\r十级")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    [row] = box.family.of(zhang)
    assert row.values == FamilyValues(
        name="张小雨[/b]",
        relation="daughter",
        birth="lunar:1985-08-15",
        phone="139 1111 2345",
        note="学钢琴\n十级",
    )
    language.use("zh")
    async with showing(lambda desk: FamilyForm(desk, zhang, row.id)) as (app, pilot):
        assert "农历" in app.text()
        await fill(pilot, "job", "学生")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    [changed] = box.family.of(zhang)
    assert changed.values.job == "学生"
    assert changed.values.birth == "lunar:1985-08-15"


async def test_somebody_without_name_and_relation_is_refused(showing, box, zhang) -> None:
    async with showing(lambda desk: FamilyForm(desk, zhang)) as (app, pilot):
        await fill(pilot, "job", "学生")
        await fill(pilot, "birth", "8-32")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.form.current == "birth")
        await until(pilot, lambda: "Not saved yet: 1 field wants another look" in app.told)
        await pilot.press(*["backspace"] * 4)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "needs a name" in app.text())
        assert app.screen.form.current == "name"
        assert box.family.of(zhang) == []


async def test_two_members_change_somebody_of_the_family(showing, box, zhang) -> None:
    row = box.family.add(zhang, FamilyValues(name="小雨", job="学生", employer="一中"))
    async with showing(lambda desk: FamilyForm(desk, zhang, row.id)) as (app, pilot):
        box.family.update(
            row.id, row.values, FamilyValues(name="小雨", job="老师", employer="二中")
        )
        await fill(pilot, "job", "会")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await choose(pilot, "1")
        await until(pilot, lambda: app.answers)
    [changed] = box.family.of(zhang)
    assert (changed.values.job, changed.values.employer) == ("学生会", "二中")


async def test_a_further_date_is_noted_in_its_calendar(showing, box, zhang) -> None:
    async with showing(lambda desk: DateForm(desk, zhang)) as (app, pilot):
        assert "Founding" not in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.form.current == "date")
        await fill(pilot, "date", "农历八月二十")
        await until(pilot, lambda: "2026-09-30" in app.text())
        await fill(pilot, "note", "签约[/b]")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    [row] = box.occasions.of_card(zhang)
    assert (row.id, row.note, row.stored) == (app.answers[0], "签约[/b]", "lunar:--08-20")
    assert row.date == date(2026, 9, 30)


async def test_an_organisation_has_a_founding_day_and_no_birthday(showing, box) -> None:
    organisation = box.cards.find("华东电子")[0]
    assert organisation.kind == "organisation"
    async with showing(lambda desk: DateForm(desk, organisation.id)) as (app, pilot):
        assert [c.value for c in app.screen.form.form.field("kind").choices] == [
            *("further", "founded", "opened")
        ]
        await pilot.press(*"found")
        await pilot.press("tab")
        await fill(pilot, "date", "2006-10-20")
        await until(pilot, lambda: "20 years" in app.text())
        assert "Note" not in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert box.cards.get(organisation.id).values["founded"] == "2006-10-20"


@pytest.mark.parametrize("form", [FamilyForm, DateForm])
async def test_words_that_wait_are_taken_up_from_today(showing, box, zhang, form) -> None:
    key = "note"
    async with showing(lambda desk: form(desk, zhang)) as (app, pilot):
        await fill(pilot, key, "等着的[/b]")
        await app.screen.keep_words()
        draft_key = app.screen.draft_key
    assert [draft.key for draft in box.drafts.all()] == [draft_key]
    async with showing(Today, (120, 24)) as (app, pilot):
        await until(pilot, lambda: "等着的[/b]" in app.text())
        take_up(app.screen, draft_key)
        await until(pilot, lambda: isinstance(app.screen, form) and app.screen.form)
        assert app.screen.form.texts == {key: "等着的[/b]"}
