"""A talk in its form: all is typed, saved, read again; words wait; two changes are told apart."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from textual.widgets import Input

from screens.choose import Choose
from screens.confirm import Confirm
from screens.log_entry import LogEntry
from screens.log_form import LogForm
from store import language
from store.desk import Desk
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoQuery
from tests.screens.typing import choose, fill, type_raw, until
from tui.key_order import KeysInOrder

LINE = "电话 聊了新报价 *5 @三天后 回访 “再降两个点就能定” +送样品 @明天 !! +他：发图纸 @周五"
HOSTILE = "[/b]张[red]三[/] $x [@click=app.quit]"


@pytest.fixture
def zhang(box: Desk) -> int:
    return box.cards.find("张山")[0].id


def only_talk(desk: Desk) -> InteractionValues:
    [row] = desk.interactions.page(InteractionQuery(), 0, 9)
    return desk.interactions.get(row.id).values


async def test_a_whole_talk_is_typed_saved_and_read_again(showing, box, zhang, settled) -> None:
    typed = {
        "method": "bf",
        "day": "昨天",
        "time": "下午三点半",
        "topic": HOSTILE,
        "minutes": f"第一行\r{HOSTILE}",
        "words": "再降两个点就能定",
        "interest": "4",
        "feedback_kind": "yl",
        "feedback": "怕交期",
        "next_on": "三天后",
        "next_method": "电话",
        "next_purpose": "问结果",
        "todos": "送样品 @明天 !!\r他：发图纸 @周五",
        "purpose": "q/?1nl",
        "place": "他的办公室",
        "length": "４５分钟",
        "mood": "高兴",
        "cost": "120.5",
        "verdict": "准备不足",
    }
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        for key, text in typed.items():
            await fill(pilot, key, text)
        assert "2026-09-25 Friday" in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    [logged] = app.answers
    values = only_talk(box)
    assert values == InteractionValues(
        at=datetime(2026, 9, 23, 7, 30, tzinfo=UTC),
        method="visit",
        length=45,
        place="他的办公室",
        topic=HOSTILE,
        purpose="q/?1nl",
        interest=4,
        minutes=f"第一行\n{HOSTILE}",
        words="再降两个点就能定",
        mood="高兴",
        feedback_kind="doubt",
        feedback="怕交期",
        cost=12050,
        verdict="准备不足",
        next_on=date(2026, 9, 27),
        next_method="phone",
        next_purpose="问结果",
    )
    todos = box.todos.page(TodoQuery(side=None), 0, 9)
    assert {(t.title, t.side, t.card_id) for t in todos} == {
        ("送样品", "ours", zhang),
        ("发图纸", "theirs", zhang),
    }
    assert set(logged.todos) == {todo.id for todo in todos}
    assert box.drafts.all() == []
    async with showing(lambda desk: LogForm(desk, zhang, values, logged.id)) as (app, pilot):
        assert HOSTILE in app.text()
        await until(pilot, lambda: "Noted before: 送样品, 发图纸" in app.text())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_talk(box) == values
    async with showing(lambda desk: LogForm(desk, zhang, values, logged.id)) as (app, pilot):
        await fill(pilot, "todos", "寄合同 @明天")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_talk(box) == values
    added = [todo for todo in box.interactions.todos_of(logged.id) if todo.title == "寄合同"]
    assert [(todo.card_id, todo.due_on) for todo in added] == [(zhang, date(2026, 9, 25))]
    assert box.trail.undo().about == ("寄合同",)
    assert len(box.interactions.todos_of(logged.id)) == 2


@pytest.mark.slow
async def test_hot_keys_are_text_and_nothing_is_asked_without_words(showing, box, zhang) -> None:
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        keys = string.ascii_letters + string.digits + "/?、／？１"
        await fill(pilot, "topic", keys)
        assert app.screen.form.values["topic"] == keys
        assert not app.gone_to
        for _ in keys:
            await pilot.press("backspace")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.answers == [None])


class Ordered(KeysInOrder):
    """The keys of the program, around one form."""

    def __init__(self, form: LogForm) -> None:
        super().__init__()
        self.under_test = form

    def on_mount(self) -> None:
        self.push_screen(self.under_test)


async def test_keys_typed_before_the_form_is_there_go_into_it(background, box, zhang) -> None:
    app = Ordered(LogForm(background, zhang, InteractionValues()))
    async with app.run_test() as pilot:
        type_raw(app, "wx\tzuotian\tq")
        await until(pilot, lambda: app.screen.form and "time" in app.screen.form.texts)
        assert app.screen.form.values["method"] == "wechat"
        assert app.screen.form.texts["day"] == "zuotian"
        assert app.screen.form.texts["time"] == "q"


async def test_words_wait_and_come_back(showing, box, zhang, settled) -> None:
    def make(desk) -> LogForm:
        return LogForm(desk, zhang, InteractionValues())

    async with showing(make) as (app, pilot):
        await fill(pilot, "minutes", f"聊了交期 {HOSTILE}")
        await fill(pilot, "next_on", "没有这一天")
        await until(pilot, lambda: box.drafts.all())
        await pilot.press("escape", "escape")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers)
    [draft] = box.drafts.all()
    assert draft.key.startswith("interaction:form:P")
    assert "聊了交期" in draft.content["line"]
    async with showing(make) as (app, pilot):
        assert any("waiting" in told for told in app.told)
        assert "聊了交期" in app.text()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.form.current == "next_on")
        assert "names no day" in app.text()
        assert box.interactions.count(InteractionQuery()) == 0
        for _ in "没有这一天":
            await pilot.press("backspace")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_talk(box).minutes == f"聊了交期 {HOSTILE}"
    assert box.drafts.all() == []


@pytest.mark.slow
async def test_words_are_thrown_away_only_when_asked_to(showing, box, zhang) -> None:
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        await fill(pilot, "topic", "不要了")
        await until(pilot, lambda: box.drafts.all())
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, LogForm))
        assert app.screen.unsaved
        await until(pilot, lambda: app.screen.form.current == "topic")
        await pilot.press("escape", "escape")
        await choose(pilot, "3")
        await until(pilot, lambda: app.answers == [None])
    assert box.drafts.all() == []
    assert box.interactions.count(InteractionQuery()) == 0


async def test_the_session_ends_and_keeps_the_words(showing, box, zhang) -> None:
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        await fill(pilot, "topic", "线断了")
        await app.screen.keep_words()
    assert box.drafts.all()[0].content["texts"] == {"topic": "线断了"}


async def test_a_line_goes_on_in_the_form(showing, box, zhang, settled) -> None:
    async with showing(lambda desk: LogEntry(desk, zhang)) as (app, pilot):
        type_raw(app, LINE)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.form)
        form = app.screen.form
        assert form.values["words"] == "再降两个点就能定"
        assert form.values["todos"].splitlines()[0] == "送样品 @2026-09-25 !!"
        assert "The customer's promise" in app.text()
        await fill(pilot, "topic", "报价")
        await until(pilot, lambda: [d.key[:16] for d in box.drafts.all()] == ["interaction:form"])
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("y")
        await until(pilot, lambda: app.answers)
    assert app.answers[0].suggested_lifecycle == "likely"
    assert box.cards.row(zhang).lifecycle == "likely"
    assert only_talk(box).topic == "报价"
    assert only_talk(box).minutes == "聊了新报价"
    assert box.todos.count(TodoQuery(side=None)) == 2
    assert box.drafts.all() == []


@pytest.mark.parametrize(("key", "level"), [("y", "likely"), ("n", "target")])
async def test_a_line_asks_for_the_level_as_the_form_does(showing, box, zhang, key, level) -> None:
    async with showing(lambda desk: LogEntry(desk, zhang)) as (app, pilot):
        type_raw(app, "电话 马上要 *5\r")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await until(pilot, lambda: "higher level. Raise 张山" in app.text())
        assert box.interactions.count(InteractionQuery()) == 1
        await pilot.press(key)
        await until(pilot, lambda: app.answers)
    assert box.cards.row(zhang).lifecycle == level


async def test_a_line_shows_its_keys(showing, box, zhang) -> None:
    async with showing(lambda desk: LogEntry(desk, zhang)) as (app, _pilot):
        shown = app.text().replace("│", "").splitlines()
        assert any(
            line.strip() == "Enter Save  F2 Full form  Esc Leave; the words stay" for line in shown
        )


async def test_leaving_the_form_leads_back_to_the_line(showing, box, zhang) -> None:
    async with showing(lambda desk: LogEntry(desk, zhang)) as (app, pilot):
        type_raw(app, "电话 聊了")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.form)
        await fill(pilot, "topic", "x")
        await pilot.press("escape", "escape")
        await choose(pilot, "3")
        await until(pilot, lambda: isinstance(app.screen, LogEntry))
        assert app.screen.query_one(Input).value == "电话 聊了"
        await until(pilot, lambda: [d.content for d in box.drafts.all()] == [{"line": "电话 聊了"}])


@pytest.mark.slow
async def test_words_left_in_the_form_are_offered_by_the_line(showing, box, zhang) -> None:
    def make(desk) -> LogEntry:
        return LogEntry(desk, zhang)

    async with showing(make) as (app, pilot):
        type_raw(app, "电话 聊了交期")
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.form)
        await fill(pilot, "place", "展会")
        await pilot.press("escape", "escape")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers == [None])
    assert len(box.drafts.all()) == 1
    async with showing(make) as (app, pilot):
        await until(pilot, lambda: "wait in the full form" in app.text())
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.form)
        values = app.screen.form.values
        assert (values["place"], values["minutes"]) == ("展会", "聊了交期")
        await pilot.press("escape", "escape")
        await choose(pilot, "2")
        await until(pilot, lambda: app.answers == [None])
    async with showing(make) as (app, pilot):
        type_raw(app, "微信 别的事")
        await pilot.press("ctrl+f")
        await choose(pilot, "2")
        await until(pilot, lambda: isinstance(app.screen, LogForm) and app.screen.form)
        assert app.screen.form.values["minutes"] == "别的事"
        assert "place" not in app.screen.form.values


async def test_both_changes_are_shown_and_one_is_chosen(showing, box, zhang) -> None:
    talk = box.interactions.log(zhang, InteractionValues(topic="原来", place="甲地", mood="好"))
    given = box.interactions.get(talk.id).values

    async with showing(lambda desk: LogForm(desk, zhang, given, talk.id)) as (app, pilot):
        box.interactions.update(
            talk.id, given, replace(given, topic="别人的[/b]", place="乙地", mood="急")
        )
        await fill(pilot, "topic", "我的")
        await fill(pilot, "place", "丙地")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Mine: 原来我的" in app.text())
        assert f"{box.member.name}: 别人的[/b]" in app.text()
        await pilot.press("2")
        await until(pilot, lambda: "甲地丙地" in app.text())
        await pilot.press("1")
        await until(pilot, lambda: app.answers)
    values = box.interactions.get(talk.id).values
    assert (values.topic, values.place, values.mood) == ("别人的[/b]", "甲地丙地", "急")


async def test_a_draft_of_a_talk_that_was_changed_meanwhile_clashes(showing, box, zhang) -> None:
    talk = box.interactions.log(zhang, InteractionValues(topic="原来", place="甲地"))
    given = box.interactions.get(talk.id).values
    async with showing(lambda desk: LogForm(desk, zhang, given, talk.id)) as (app, pilot):
        await fill(pilot, "topic", "我的")
        await app.screen.keep_words()
    box.interactions.update(talk.id, given, replace(given, topic="别人的", place="乙地"))
    newer = box.interactions.get(talk.id).values
    async with showing(lambda desk: LogForm(desk, zhang, newer, talk.id)) as (app, pilot):
        assert "乙地" in app.text()
        await pilot.press("ctrl+s")
        await choose(pilot, "1")
        await until(pilot, lambda: app.answers)
    values = box.interactions.get(talk.id).values
    assert (values.topic, values.place) == ("原来我的", "乙地")


async def test_who_else_took_part_is_offered_and_spelled_out(showing, box, zhang) -> None:
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        await fill(pilot, "others", "zs")
        await until(pilot, lambda: "赵申 P" in app.text())
        await pilot.press("tab")
        assert app.screen.form.values["others"][0].startswith("赵申 P")
        await fill(pilot, "others", "、李雪梅没有这人")
        await pilot.press("tab")
        await until(pilot, lambda: "There is no card" in app.text())
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.form.current == "others")
        assert box.interactions.count(InteractionQuery()) == 0
        for _ in "没有这人":
            await pilot.press("backspace")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.answers)
    [row] = box.interactions.page(InteractionQuery(), 0, 9)
    assert sorted(box.interactions.get(row.id).others.values()) == ["李雪梅", "赵申"]


async def test_a_talk_that_is_gone_closes_its_form(showing, box) -> None:
    async with showing(lambda desk: LogForm(desk, 999, InteractionValues())) as (app, pilot):
        await until(pilot, lambda: app.answers == [None])
        assert any("999" in told for told in app.told)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_the_form_fits_in_both_languages(showing, box, zhang, size) -> None:
    for spoken, title in (("zh", "记联系"), ("en", "Log a talk")):
        language.use(spoken)
        make = lambda desk: LogForm(desk, zhang, InteractionValues())  # noqa: E731
        async with showing(make, size) as (app, pilot):
            assert title in app.text()
            await pilot.press("escape", "escape")
            await until(pilot, lambda: app.answers == [None])


async def test_a_talk_that_is_still_to_come_is_no_talk_yet(showing, box, zhang) -> None:
    async with showing(lambda desk: LogForm(desk, zhang, InteractionValues())) as (app, pilot):
        await fill(pilot, "minutes", "聊了")
        await fill(pilot, "day", "2099-01-01")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "This day is still to come" in app.text())
        assert app.screen.form.current == "day"
        assert not app.answers
        await pilot.press("ctrl+u", *"昨天", "ctrl+s")
        await until(pilot, lambda: app.answers)
    assert only_talk(box).minutes == "聊了"
