"""Contact log, quadrants, dates, today, settings: what they show, and what their keys do."""

from datetime import UTC, date, datetime

import pytest

from screens.confirm import Confirm
from screens.contact_log import ContactLog
from screens.dates import Dates
from screens.log_entry import LogEntry
from screens.quadrants import Quadrants
from screens.settings import Settings
from screens.today import Today
from screens.todo_entry import TodoEntry
from store import language
from store.desk import Desk
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoQuery, TodoValues
from tests.screens.typing import until

TODAY = date(2026, 9, 24)


@pytest.fixture
def told(box: Desk) -> Desk:
    """The box, with talks, to-dos and birthdays around today."""
    zhang, zhao = box.cards.find("张山")[0].id, box.cards.find("赵申")[0].id
    box.interactions.log(
        zhang,
        InteractionValues(
            at=datetime(2026, 9, 10, 2, 0, tzinfo=UTC),
            method="phone",
            topic="新报价",
            words="再降两个点就能定",
            interest=4,
            next_on=TODAY,
            next_purpose="回访",
        ),
    )
    box.interactions.log(zhao, InteractionValues(method="visit", minutes="看了样品", interest=2))
    box.todos.add(TodoValues(title="交期答复", important=True, due_on=TODAY, card=zhang))
    box.todos.add(TodoValues(title="整理名片"))
    record = box.cards.get(zhang)
    box.cards.save(zhang, record.values, {**record.values, "birth_lunar": "lunar:1985-08-20"})
    return box


async def test_the_log_lists_talks_and_finds_his_words(showing, told, settled) -> None:
    async with showing(ContactLog) as (app, pilot):
        assert "新报价" in app.text()
        assert app.screen.list.count == 2
        await pilot.press("slash", *"两个点")
        await settled(pilot)
        assert app.screen.list.count == 1
        assert "再降两个点就能定" in app.text()
        await pilot.press("escape", "b")
        assert app.opened == [told.cards.find("张山")[0].id]


async def test_a_talk_is_taken_away_and_brought_back(showing, told, settled) -> None:
    async with showing(ContactLog) as (app, pilot):
        await pilot.press("d")
        await settled(pilot)
        assert app.screen.list.count == 1
        await pilot.press("u")
        await settled(pilot)
        assert app.screen.list.count == 2


async def test_the_board_moves_finishes_and_puts_off(showing, told, settled) -> None:
    async with showing(Quadrants) as (app, pilot):
        assert "交期答复" in app.text()
        assert app.screen.board.quadrant(1).count == 1
        await pilot.press("circumflex_accent")
        await settled(pilot)
        assert [t.title for t in told.todos.board(TodoQuery())[2]] == ["交期答复"]
        assert app.told[-1] == "交期答复: now “Important, not urgent”; u takes back"
        assert app.screen.board.quadrant(2).has_focus
        await pilot.press("exclamation_mark")
        await settled(pilot)
        assert {t.title for t in told.todos.board(TodoQuery())[4]} == {"交期答复", "整理名片"}
        await pilot.press("u")
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert (
            app.told[-1] == "Undone: To-dos moved to another quadrant (交期答复); U does it again"
        )
        assert [t.title for t in told.todos.board(TodoQuery())[1]] == ["交期答复"]
        app.screen.board.quadrant(1).focus()
        await pilot.press("z", "4")
        await settled(pilot)
        [todo] = [t for t in told.todos.page(TodoQuery(), 0, 9) if t.title == "交期答复"]
        assert todo.due_on == date(2026, 10, 1)
        app.screen.board.quadrant(todo.quadrant).focus()
        await pilot.press("x")
        await settled(pilot)
        assert [t.title for t in told.todos.page(TodoQuery(), 0, 9)] == ["整理名片"]


async def test_a_todo_is_put_off_to_a_day_that_is_typed(showing, told, settled) -> None:
    async with showing(Quadrants) as (app, pilot):
        await pilot.press("z", "7")
        await settled(pilot)
        await pilot.press(*"never", "enter")
        await settled(pilot)
        assert "names no day" in app.text()
        await pilot.press(*["backspace"] * 5, *"10-15", "enter")
        await settled(pilot)
        assert app.told[-1] == "1 put off; u takes back"
    [todo] = [t for t in told.todos.page(TodoQuery(), 0, 9) if t.title == "交期答复"]
    assert todo.due_on == date(2026, 10, 15)


async def test_dates_tell_calendar_days_and_age(showing, told, settled) -> None:
    async with showing(Dates) as (app, pilot):
        text = app.text()
        assert "张山" in text
        assert "6 days" in text
        assert "42" in text
        await pilot.press("g")
        await settled(pilot)
        assert told.interactions.count(InteractionQuery()) == 3
        [row] = told.occasions.coming(30)
        assert row.greeted
        await pilot.press("f", "1")
        await settled(pilot)
        assert app.screen.span == 7


async def test_today_tells_what_is_due_and_opens_it(showing, told, settled) -> None:
    async with showing(Today) as (app, pilot):
        text = app.text()
        assert "交期答复" in text
        assert "回访" in text
        await pilot.press("x")
        await settled(pilot)
        assert "交期答复" not in [t.title for t in told.todos.page(TodoQuery(), 0, 9)]
        await pilot.press("down", "b")
        await settled(pilot)


async def test_today_shows_the_keys_that_are_for_the_row(showing, told, settled) -> None:
    async with showing(Today) as (app, pilot):
        for row, keys in (
            ("To do", "Enter Open  x Done  z Postpone  / Search"),
            ("Contact", "Enter Open  / Search  l Log"),
            ("Date", "Enter Open  g Greeted  / Search"),
        ):
            shown = app.text().splitlines()
            assert any(line.startswith(f" {row}") for line in shown)
            assert shown[-1].startswith(f" {keys}")
            await pilot.press("down")
            await settled(pilot)
        await pilot.press("home", "g")
        await settled(pilot)
        assert app.screen.list.cursor == 0
        assert told.interactions.count(InteractionQuery()) == 2


async def test_words_that_wait_are_offered_and_taken_up(showing, told, settled) -> None:
    card = told.cards.find("张山")[0]
    async with showing(lambda desk: LogEntry(desk, card.id)) as (app, pilot):
        await pilot.press(*"dianhua wen jia")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
    assert [draft.content["line"] for draft in told.drafts.all()] == ["dianhua wen jia"]
    async with showing(Today) as (app, pilot):
        row = next(line for line in app.text().splitlines() if "dianhua" in line)
        assert row.split()[:1] == ["Unsaved"]
        assert "张山" in row
        assert "a talk: dianhua wen jia" in row
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.query_one("#line").value == "dianhua wen jia"
        assert "Log a talk with 张山 (not saved last time)" in app.text()
        await pilot.press("enter")
        await settled(pilot)
    assert told.drafts.all() == []
    assert told.interactions.count(InteractionQuery(card=card.id)) == 2


async def test_a_line_shows_what_it_says_and_is_logged(showing, told, settled) -> None:
    async with showing(lambda desk: LogEntry(desk, None)) as (app, pilot):
        for character in "赵申 电话 担心交期 *4 @明天 回访 +送样品":
            await pilot.press(character if character != " " else "space")
        await settled(pilot)
        assert "赵申" in app.text()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await pilot.press("n")
        await settled(pilot)
    newest = told.interactions.page(InteractionQuery(), 0, 1)[0]
    assert (newest.name, newest.method, newest.interest) == ("赵申", "phone", 4)
    assert newest.next_on == date(2026, 9, 25)
    assert "送样品" in [t.title for t in told.todos.page(TodoQuery(), 0, 9)]


async def test_a_very_long_name_leaves_room_for_the_line_and_the_todo(
    showing, box, settled
) -> None:
    card = box.cards.create("person", {"name": "超长姓名的客户" * 40})
    async with showing(lambda desk: LogEntry(desk, card.id), (40, 12)) as (app, pilot):
        await pilot.press(*"dianhua")
        await settled(pilot)
        assert "dianhua" in app.text()
        assert "Enter Save" in app.text()
    box.todos.add(TodoValues(title="催款", card=card.id))
    async with showing(Quadrants, (40, 12)) as (app, pilot):
        app.screen.board.quadrant(4).focus()
        await settled(pilot)
        assert "催款" in app.text()
    box.todos.add(TodoValues(title="报价", card=card.id, due_on=TODAY))
    async with showing(Today, (40, 12)) as (app, pilot):
        assert "报价" in app.text()


async def test_a_line_without_a_card_shows_a_name_first(showing, box) -> None:
    async with showing(lambda desk: LogEntry(desk, None)) as (app, _pilot):
        assert "Zhang Wei phone asked" in app.text()


async def test_a_todo_from_a_quadrant_goes_there(showing, told, settled) -> None:
    async with showing(lambda desk: TodoEntry(desk, None, 3)) as (_app, pilot):
        await pilot.press(*"call", "enter")
        await settled(pilot)
    assert [t.title for t in told.todos.board(TodoQuery())[3]] == ["call"]


async def test_settings_are_kept_and_followed(showing, told, settled) -> None:
    async with showing(Settings) as (app, pilot):
        await pilot.press("enter", "1")
        await settled(pilot)
        assert ("language", "zh") in app.gone_to
        assert told.settings.get("language") == "zh"
        await pilot.press(*["down"] * 6, "enter", "2")
        await settled(pilot)
    assert told.settings.get("policy.feb29") == "mar1"


async def test_every_screen_follows_another_language(showing, told, settled) -> None:
    for make, word in (
        (Today, "待办"),
        (ContactLog, "搜索"),
        (Quadrants, "重要"),
        (Dates, "农历"),
        (Settings, "配色"),
    ):
        language.use("en")
        async with showing(make) as (app, pilot):
            assert word not in app.text()
            language.use("zh")
            app.screen.relabel()
            app.screen.refresh(layout=True)
            await settled(pilot)
            assert word in app.text(), make


async def test_a_box_without_cards_says_how_to_begin(showing, desk, settled) -> None:
    async with showing(Today) as (app, pilot):
        assert "No cards yet" in app.text()
    desk.cards.create("person", {"name": "张三"})
    async with showing(Today) as (app, pilot):
        await settled(pilot)
        assert "Nothing due today" in app.text()
