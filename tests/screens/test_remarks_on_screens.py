"""A word to a colleague: written from any list, on his Today, answered, done with."""

from collections.abc import Iterator

import pytest

from screens.briefing import Briefing
from screens.cards import Cards
from screens.contact_log import ContactLog
from screens.quadrants import Quadrants
from screens.remark_entry import RemarkAnswer, RemarkEntry
from screens.take_up import take_up
from screens.today import Today
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.screens.pair import Pair, pair_of
from tests.screens.typing import type_raw, until
from widgets.text_input import LineInput


@pytest.fixture
def pair(desk, clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


def typed(app) -> str | None:
    """What stands in the line of the entry; None while it is not there."""
    line = app.screen.query_one_optional("#line", LineInput)
    return line.value if line is not None else None


async def test_at_tells_a_colleague_about_the_card(showing, pair, settled) -> None:
    async with showing(Cards) as (app, pilot):
        await pilot.press("@")
        await settled(pilot)
        assert isinstance(app.screen, RemarkEntry)
        type_raw(app, "ln")
        await until(pilot, lambda: "To 李娜 lina" in app.text())
        await pilot.press("tab")
        await until(pilot, lambda: typed(app) == "@李娜 ")
        type_raw(app, "带上样品 @明天")
        await until(pilot, lambda: "带上样品 @明天" in app.text())
        await pilot.press("enter")
        await until(pilot, lambda: app.told)
        assert app.told == ["Told 李娜; u takes back"]
    (told,) = pair.rep.remarks.open()
    assert (told.text, told.card_id is not None) == ("带上样品 @明天", True)


async def test_nobody_of_that_name_keeps_the_words(showing, pair, settled) -> None:
    async with showing(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        await pilot.press("@")
        type_raw(app, "@王 带上样品")
        await until(pilot, lambda: "Nobody here is called “王”" in app.text())
        await pilot.press("enter")
        await until(pilot, lambda: app.told)
        assert typed(app) == "@王 带上样品"
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("@")
        await until(pilot, lambda: typed(app) == "@王 带上样品")
    assert pair.rep.remarks.open() == []
    assert [draft.key for draft in pair.director.drafts.all()] == ["remark:new:P000001"]


async def test_words_on_a_talk_and_a_todo_are_taken_up_again(showing, pair, settled) -> None:
    talk = pair.director.interactions.log(pair.card, InteractionValues(topic="报价"))
    todo = pair.director.todos.add(TodoValues("送样品", card=pair.card))
    for screen, key in ((ContactLog, f"remark:talk:{talk.id}"), (Quadrants, "remark:todo:1")):
        async with showing(screen) as (app, pilot):
            await pilot.press("@")
            type_raw(app, "ln 看一下")
            await until(pilot, lambda app=app: "To 李娜" in app.text())
            await pilot.press("escape")
            await settled(pilot)
            take_up(app.under_test, key)
            await until(pilot, lambda app=app: isinstance(app.screen, RemarkEntry))
            await until(pilot, lambda app=app: typed(app) == "ln 看一下")
            await pilot.press("enter")
            await until(pilot, lambda app=app: "Told 李娜; u takes back" in app.told)
    on_talk, on_todo = pair.rep.remarks.open()
    assert (on_talk.interaction_id, on_todo.todo_id) == (talk.id, todo.id)
    assert {on_talk.card_id, on_todo.card_id} == {pair.card}


async def test_today_begins_with_what_others_wait_for(showing, pair, settled) -> None:
    told = pair.rep.remarks.write(pair.director.member.login, "报价单\n批一下", pair.card)
    pair.director.todos.add(TodoValues("整理名片", due_on=pair.director.store.clock.today()))
    async with showing(Today) as (app, pilot):
        assert app.screen.list.key == f"remark:{told.id}"
        assert "[张山] 报价单 批一下" in app.text()
        await pilot.press("enter")
        assert app.opened == [pair.card]
        await pilot.press("a")
        await settled(pilot)
        assert isinstance(app.screen, RemarkAnswer)
        assert "Answer 李娜, about 张山" in app.text()
        type_raw(app, "批了")
        await until(pilot, lambda: typed(app) == "批了")
        await pilot.press("enter")
        await until(pilot, lambda: app.told == ["Told 李娜; u takes back"])
        await until(pilot, lambda: app.screen.list.key == "todo:1")
    (answer,) = pair.rep.remarks.open()
    assert (answer.text, answer.answered) == ("批了", "报价单\n批一下")


async def test_done_leaves_today_and_u_brings_it_back(showing, pair, settled) -> None:
    pair.rep.remarks.write(pair.director.member.login, "报价单批一下", pair.card)
    async with showing(Today) as (app, pilot):
        await pilot.press("x")
        await until(pilot, lambda: app.screen.list.count == 0)
        assert pair.director.remarks.open() == []
        await pilot.press("u")
        await until(pilot, lambda: app.screen.list.count == 1)
    assert len(pair.director.remarks.open()) == 1


async def test_a_remark_on_a_closed_card_opens_its_answer(showing, pair, settled) -> None:
    own = pair.director.cards.create("person", {"name": "机密先生"})
    pair.director.remarks.write("lina", "你认识他吗", own.id)
    pair.at_screen.login = "lina"
    async with showing(lambda _desk: Today(pair.at_screen)) as (app, pilot):
        assert "a card that is closed to you" in app.text()
        assert "机密" not in app.text()
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, RemarkAnswer)
        assert "你认识他吗" in app.text()
        assert app.opened == []


async def test_the_card_shows_what_was_told_and_x_is_done_with_it(showing, pair, settled) -> None:
    pair.rep.remarks.write(pair.director.member.login, "报价单批一下", pair.card)
    pair.director.remarks.write("lina", "带上样品", pair.card)
    async with showing(lambda desk: Briefing(desk, pair.card)) as (app, pilot):
        shown = app.text()
        assert "Told by colleagues" in shown
        assert "报价单批一下" in shown
        assert "带上样品" in shown
        await pilot.press("x")
        await until(pilot, lambda: "报价单批一下" not in app.text())
        assert "带上样品" in app.text()
        app.screen.view = "remarks"
        await settled(pilot)
        assert app.screen.entries.count == 2
        await pilot.press("enter")
        await settled(pilot)
        assert "带上样品" in app.told[-1]
    assert pair.director.remarks.open() == []
    assert len(pair.rep.remarks.open()) == 1


async def test_alone_there_is_nobody_to_tell(showing, box, settled) -> None:
    async with showing(lambda desk: Briefing(desk, box.cards.find("张山")[0].id)) as (app, pilot):
        assert "Remarks" not in app.text()
        await pilot.press("@")
        type_raw(app, "ln 好")
        await until(pilot, lambda: "Nobody else works here yet." in app.text())


async def test_a_todo_from_a_colleague_says_from_whom(showing, pair, settled) -> None:
    today = pair.director.store.clock.today()
    pair.rep.todos.add(TodoValues("批报价", due_on=today, owner=pair.director.member.login))
    async with showing(Today) as (app, _pilot):
        assert "for 李娜: 批报价" in app.text()
