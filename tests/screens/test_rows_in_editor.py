"""Rows of a card on its page: entered, saved, taken back, kept as a draft, and two at once."""

from collections.abc import Iterator
from typing import Any

import pytest

from screens.card_editor import CardEditor
from screens.choose import Choose
from store.desk import Desk
from store.forms.declaration import load_form
from store.records.occasions import FamilyValues
from tests.screens.pair import Pair, pair_of
from tests.screens.typing import choose, fill, type_raw, until

DOWN, DELETE = "\x1b[B", "\x1b[3~"


@pytest.fixture
def pair(desk, clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


@pytest.fixture
def live(showing, pair) -> Any:
    """The director's editor of the card."""
    return lambda **size: showing(
        lambda _d: CardEditor(pair.at_screen, "person", pair.card), **size
    )


def told(desk: Desk, card: int, key: str) -> list[dict[str, Any]]:
    """Rows of a card, without their ids."""
    values = {**desk.cards.get(card).values, **desk.cards.attached(card)}
    return [{k: v for k, v in row.items() if k != "id"} for row in values.get(key, [])]


def change(desk: Desk, card: int, **rows: Any) -> None:
    """Another member saves rows of the card."""
    base = {**desk.cards.get(card).values, **desk.cards.attached(card)}
    desk.cards.save(card, base, {**base, **rows})


async def test_three_schools_and_two_children_in_one_save(showing, box, settled) -> None:
    card = box.cards.find("张山")[0].id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await fill(pilot, "education", "浙江大学\r计算机\rbach" + DOWN + "\r" * 5)
        type_raw(app, "一中" + "\r" * 7 + "二中\r")
        form = app.screen.form
        await until(pilot, lambda: len(form.values.get("education", [])) == 3)
        await fill(pilot, "family", "张小雨\rdaughter\r2019-10-9\r" + "\r" * 6)
        type_raw(app, "张小山\rson\r农历八月十五\r")
        await until(pilot, lambda: len(form.values.get("family", [{}])[-1]) == 4)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert told(box, card, "education") == [
        {"school": "浙江大学", "major": "计算机", "degree": "bachelor"},
        {"school": "一中"},
        {"school": "二中"},
    ]
    assert told(box, card, "family") == [
        {"name": "张小雨", "relation": "daughter", "birth": "2019-10-09"},
        {"name": "张小山", "relation": "son", "birth": "lunar:--08-15"},
    ]
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await until(pilot, lambda: app.screen.form)
        await app.screen.form.go_to("school_honours")
        await pilot.press("shift+tab")
        type_raw(app, "\x1b[A" + DELETE + "\x1b[A\rx")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert [row["school"] for row in told(box, card, "education")] == ["浙江大学", "一中x"]
    box.trail.undo()
    box.trail.undo()
    assert told(box, card, "education") == told(box, card, "family") == []


async def test_a_half_typed_row_is_offered_back(showing, box, settled) -> None:
    card = box.cards.find("张山")[0].id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await fill(pilot, "family", "张小雨\r\rlunar month")
        await until(pilot, lambda: "lunar month" in str([d.content for d in box.drafts.all()]))
        assert "张小雨" in box.drafts.all()[0].content["line"]
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await until(pilot, lambda: app.screen.form)
        await app.screen.form.go_to("family")
        await pilot.pause()
        assert "! 张小雨" in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "lunar month" in app.text())
        await settled(pilot)
        assert not app.answers
        await pilot.press("ctrl+u")
        type_raw(app, "八月十五")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert told(box, card, "family") == [{"name": "张小雨", "birth": "lunar:--08-15"}]
    assert not box.drafts.all()


async def test_what_the_desk_refuses_is_said_at_the_rows(showing, box) -> None:
    card = box.cards.find("张山")[0].id
    async with showing(lambda desk: CardEditor(desk, "person", card)) as (app, pilot):
        await fill(pilot, "family", "\x1b[C\x1b[B\x1b[B教师")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "A member of the family needs" in app.text())
        assert app.screen.form.current == "family"
        assert not app.answers


async def test_rows_of_both_are_kept_and_nobody_is_asked(live, pair) -> None:
    change(pair.rep, pair.card, education=[{"school": "浙江大学"}], family=[{"name": "李红"}])
    async with live() as (app, pilot):
        await fill(pilot, "education", "二中")
        await fill(pilot, "family", DOWN)
        school, wife = told(pair.rep, pair.card, "education"), pair.rep.cards.attached(pair.card)
        row = pair.rep.cards.get(pair.card).values["education"][0]
        change(
            pair.rep,
            pair.card,
            education=[{**row, "major": "物理"}, {"school": "一中"}],
            family=[{**wife["family"][0], "relation": "妻子"}],
        )
        assert school
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert told(pair.rep, pair.card, "education") == [
        {"school": "浙江大学", "major": "物理"},
        {"school": "一中"},
        {"school": "二中"},
    ]
    assert told(pair.rep, pair.card, "family") == [{"name": "李红", "relation": "妻子"}]


@pytest.mark.parametrize(("chosen", "job", "major"), [("1", "教师", "物理"), ("2", "医生", "化学")])
async def test_the_same_column_of_a_row_is_asked_about(live, pair, chosen, job, major) -> None:
    wife = {"name": "李红", "relation": "妻子"}
    change(pair.rep, pair.card, education=[{"school": "浙江大学"}], family=[wife])
    async with live() as (app, pilot):
        form = await opened(app, pilot)
        await form.put(
            {
                "education": [{**form.values["education"][0], "major": "物理"}],
                "family": [{**form.values["family"][0], "job": "教师", "phone": "13900001111"}],
            }
        )
        row = pair.rep.cards.get(pair.card).values["education"][0]
        person = pair.rep.cards.attached(pair.card)["family"][0]
        change(
            pair.rep,
            pair.card,
            education=[{**row, "major": "化学", "finished": True}],
            family=[{**person, "job": "医生"}],
        )
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "李娜 changed Major of “浙江大学" in app.text())
        assert "Mine: 物理" in app.text()
        assert "李娜: 化学" in app.text()
        await choose(pilot, chosen)
        await until(pilot, lambda: "李娜 changed Job of “李红" in app.text())
        await choose(pilot, chosen)
        await until(pilot, lambda: app.answers)
    assert told(pair.rep, pair.card, "education") == [
        {"school": "浙江大学", "major": major, "finished": True}
    ]
    assert told(pair.rep, pair.card, "family") == [{**wife, "job": job, "phone": "13900001111"}]


@pytest.mark.parametrize(("chosen", "left"), [("1", []), ("2", ["李小红"])])
async def test_a_row_that_one_took_away_and_the_other_changed(live, pair, chosen, left) -> None:
    change(pair.rep, pair.card, family=[{"name": "李红"}])
    async with live(size=(40, 12)) as (app, pilot):
        form = await opened(app, pilot)
        await form.put({"family": None})
        person = pair.rep.cards.attached(pair.card)["family"][0]
        change(pair.rep, pair.card, family=[{**person, "name": "李小红"}])
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.pause()
        assert "李小红" in app.text()
        await choose(pilot, chosen)
        await until(pilot, lambda: app.answers)
    assert [row["name"] for row in told(pair.rep, pair.card, "family")] == left


async def opened(app: Any, pilot: Any) -> Any:
    """The form, once it is there."""
    await until(pilot, lambda: app.screen.form)
    return app.screen.form


async def test_people_of_an_organisation_from_a_name_and_from_a_card(showing, box) -> None:
    zhao = box.cards.find("赵申")[0]
    house = box.cards.create("organisation", {"name": "远大软件"}).id
    async with showing(lambda desk: CardEditor(desk, "organisation", house)) as (app, pilot):
        await fill(pilot, "people", "李雪梅")
        await until(pilot, lambda: "A similar name: 李雪梅" in app.text())
        await pilot.press("ctrl+u")
        await until(pilot, lambda: not app.screen.form.values.get("people"))
        type_raw(app, "王总\r总经理")
        await until(pilot, lambda: "总经理" in str(app.screen.form.values))
        await pilot.press("escape", "tab")
        type_raw(app, "赵申")
        await until(pilot, lambda: f"赵申 {zhao.number}" in app.text())
        columns = [one.key for one in load_form("organisation").field("people").columns]
        type_raw(app, DOWN + "\r" + DOWN * (columns.index("reports_to") - 1))
        await until(pilot, lambda: zhao.number in str(app.screen.form.values))
        type_raw(app, "wang" + DOWN + "\r")
        await until(pilot, lambda: "reports_to" in str(app.screen.form.values))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert told(box, house, "people") == [
        {"name": "王总", "title": "总经理"},
        {"name": "赵申", "reports_to": "王总"},
    ]
    assert {each.name for each in box.people.of(house)} == {"王总", "赵申"}
    assert [each.name for each in box.cards.find("赵申")] == ["赵申"]
    box.trail.undo()
    assert not box.people.of(house)
    assert not box.cards.find("王总")


async def test_a_family_that_is_known_counts_in_the_side_list(showing, box) -> None:
    zhang = box.cards.find("张山")[0].id
    for family in ("0%", "50%"):
        async with showing(lambda desk: CardEditor(desk, "person", zhang)) as (app, pilot):
            await until(pilot, lambda app=app: app.screen.form is not None)
            lines = [" ".join(line.split()) for line in app.text().splitlines()]
            assert [line for line in lines if f"Family {family}" in line], "\n".join(lines)
        if family == "0%":
            box.family.add(zhang, FamilyValues(name="李娜", relation="妻子"))


async def test_a_head_who_is_nobody_is_told_in_his_row(showing, box) -> None:
    people = [{"name": "张山"}, {"name": "李四"}]
    house = box.cards.create("organisation", {"name": "远大软件", "people": people}).id
    async with showing(lambda desk: CardEditor(desk, "organisation", house)) as (app, pilot):
        await until(pilot, lambda: app.screen.form is not None)
        form = app.screen.form
        rows = [dict(row) for row in form.values["people"]]
        rows[0]["reports_to"] = "没有此人"
        await form.put({"people": rows})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Nobody called" in app.text())
        assert form._current.field.key == "reports_to"
        assert form._current.text == "没有此人"
        await pilot.press("ctrl+u", *"李四", "ctrl+s")
        await until(pilot, lambda: app.answers)
    rows = {row["name"]: row.get("reports_to") for row in told(box, house, "people")}
    assert rows == {"张山": "李四", "李四": None}


async def test_people_in_words_that_waited_are_offered_as_heads(showing, box) -> None:
    house = box.cards.create("organisation", {"name": "远大软件"}).id
    editor = lambda desk: CardEditor(desk, "organisation", house)  # noqa: E731
    async with showing(editor) as (app, pilot):
        await fill(pilot, "people", "王总")
        await app.screen.keep_words()
    async with showing(editor) as (app, pilot):
        await fill(pilot, "people", "赵申")
        columns = [column.key for column in load_form("organisation").field("people").columns]
        type_raw(app, "\t" * columns.index("reports_to") + " ")
        await until(pilot, lambda: app.screen.form._picker.is_open)
        assert "王总" in app.screen.form._picker.options
