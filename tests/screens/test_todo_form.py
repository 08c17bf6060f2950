"""A to-do in its form: card, owner, repeat and side are typed, understood, saved and read again."""

from datetime import date, time

import pytest

from screens import line_entry
from screens.choose import Choose
from screens.todo_entry import TodoEntry
from screens.todo_form import TodoForm
from store import language
from store.desk import Desk
from store.models.team import Member, Setting
from store.records.todos import TodoQuery, TodoValues
from tests.screens.typing import choose, fill, type_raw, until


@pytest.fixture
def team(box: Desk) -> Desk:
    """The box, with a colleague."""
    with box.change("Member") as change:
        change.insert(Member, {"login": "li", "name": "李[/b]", "created_at": change.now})
        change.insert(Setting, {"key": "usual_login", "value": box.member.login})
    return box


def only_todo(desk: Desk) -> TodoValues:
    [row] = desk.todos.page(TodoQuery(everyone=True, side=None, done=True), 0, 9)
    return row.values


async def test_a_whole_todo_is_typed_saved_and_read_again(showing, team) -> None:
    typed = {
        "title": "[/b]送样品 q/?1",
        "card": "张山",
        "due_on": "下周一",
        "due_time": "３点",
        "repeat": "每周一",
        "important": "y",
        "side": "khdyd",
        "owner": "李[/b]",
        "tags": "样品、大客户",
        "note": "带两套\r说明书",
    }
    async with showing(lambda desk: TodoForm(desk, None, TodoValues())) as (app, pilot):
        for key, text in typed.items():
            if key == "side":
                await app.screen.form.go_to(key)
                await pilot.press(*["backspace"] * len("Ours"))
            if key == "important":
                await app.screen.form.go_to(key)
                await pilot.press(*["backspace"] * len("No"))
            await fill(pilot, key, text)
            if key == "repeat":
                assert "every Monday" in app.text()
        await until(pilot, lambda: "张山 P" in app.text())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    values = only_todo(team)
    zhang = team.cards.find("张山")[0].id
    assert values == TodoValues(
        title="[/b]送样品 q/?1",
        note="带两套\n说明书",
        important=True,
        due_on=date(2026, 9, 28),
        due_time=time(15),
        repeat="FREQ=WEEKLY;BYDAY=MO",
        card=zhang,
        side="theirs",
        owner="li",
        tags=("样品", "大客户"),
    )
    row = app.answers[0]
    language.use("zh")
    async with showing(lambda desk: TodoForm(desk, row.id, values)) as (app, pilot):
        text = app.text()
        assert "每周一" in text
        assert "李[/b]" in text
        assert "客户答应的" in text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_todo(team) == values


async def test_what_is_wrong_is_said_beside_its_field(showing, team) -> None:
    async with showing(lambda desk: TodoForm(desk, None, TodoValues())) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "must be filled in" in app.text())
        await fill(pilot, "title", "送样品")
        for key, text, said in (
            ("card", "没有这人", "There is no card"),
            ("repeat", "有时候", "is no repeat"),
            ("due_time", "15:30", "needs a day"),
            ("owner", "nobody", "no active member"),
        ):
            await fill(pilot, key, text)
            await pilot.press("ctrl+s")
            await until(pilot, lambda said=said: said in app.text())
            wrong = {"due_time": "due_on"}.get(key, key)
            await until(pilot, lambda wrong=wrong: app.screen.form.current == wrong)
            await app.screen.form.go_to(key)
            await pilot.press(*["backspace"] * len(text))
        assert team.todos.count(TodoQuery(everyone=True, side=None)) == 0
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_todo(team).title == "送样品"


async def test_a_repeat_without_a_day_gets_one(showing, team) -> None:
    given = TodoValues(title="写周报")
    async with showing(lambda desk: TodoForm(desk, None, given)) as (app, pilot):
        await fill(pilot, "repeat", "every mon")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    values = only_todo(team)
    assert (values.due_on, values.repeat) == (date(2026, 9, 28), "FREQ=WEEKLY;BYDAY=MO")


async def test_a_line_goes_on_in_the_form_and_waits_there(showing, team) -> None:
    async with showing(TodoEntry) as (app, pilot):
        type_raw(app, "给张山送样品 @下周三 !")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, TodoForm) and app.screen.form)
        assert app.screen.form.values["card"].startswith("张山 P")
        await fill(pilot, "note", "两套")
        await pilot.press("escape", "escape")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers == [None])
    [draft] = team.drafts.all()
    assert draft.key == f"todo:form:{team.cards.find('张山')[0].number}"
    zhang = team.cards.find("张山")[0].id
    async with showing(lambda desk: TodoForm(desk, None, TodoValues(card=zhang))) as (app, pilot):
        assert "给张山送样品" in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert (only_todo(team).note, only_todo(team).card) == ("两套", zhang)
    assert team.drafts.all() == []


async def test_a_line_is_kept_before_the_form_opens_and_never_after(
    showing, team, monkeypatch
) -> None:
    monkeypatch.setattr(line_entry, "KEEP_PAUSE", 60)
    async with showing(TodoEntry) as (app, pilot):
        type_raw(app, "给张山送样品")
        await pilot.pause()
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, TodoForm) and app.screen.form)
        await until(pilot, lambda: [draft.key for draft in team.drafts.all()] == ["todo:new"])
        entry = app.screen_stack[-2]
        await fill(pilot, "note", "两套")
        await pilot.press("escape", "escape")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers == [None])
        assert await entry.keep_words()
    [draft] = team.drafts.all()
    assert draft.key.startswith("todo:form:")


async def test_both_changes_are_shown_and_one_is_chosen(showing, team) -> None:
    row = team.todos.add(TodoValues(title="原来"))
    async with showing(lambda desk: TodoForm(desk, row.id, row.values)) as (app, pilot):
        team.todos.update(row.id, row.values, TodoValues(title="别人的", tags=("急",)))
        await fill(pilot, "title", "我的")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodoForm))
        assert not app.answers
        assert app.screen.form.values["title"] == "原来我的"
        await pilot.press("ctrl+s")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers)
    values = team.todos.get(row.id).values
    assert (values.title, values.tags) == ("别人的", ("急",))
