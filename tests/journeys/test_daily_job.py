"""A salesperson's day with the real program: enter, find, read, log, plan, greet."""

from pathlib import Path

import pytest

from tests.journeys.home import Home
from tests.journeys.terminal import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, "zh")


def row_with(terminal: Terminal, text: str) -> str:
    """The first row of the screen with a text in it; empty if there is none."""
    return next((line for line in terminal.screen_text().splitlines() if text in line), "")


@pytest.mark.slow
def test_a_day_in_chinese(home: Home) -> None:
    with home.open() as terminal:
        terminal.wait_for("还没有客户")
        enter_a_card(terminal)
        find_it_by_two_letters(terminal)
        log_a_talk(terminal)
        move_and_finish_and_undo(terminal)
        see_the_birthday(terminal)
        terminal.press("1")
        terminal.wait_for("农历八月十四")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    the_shell_forms_see_all_of_it(home)
    the_day_of_the_next_contact(home.folder)


def enter_a_card(terminal: Terminal) -> None:
    terminal.press("n")
    terminal.wait_for("个人")
    terminal.press("1")
    terminal.wait_for("姓名*")
    terminal.send("张山")
    terminal.press("enter")
    terminal.send("13900002345")
    terminal.press("ctrl+s")
    terminal.wait_for("P000001")
    terminal.wait_for("手机 13900002345")
    terminal.press("e")
    terminal.wait_for(">名片")
    terminal.press("pagedown", "pagedown", "pagedown", "pagedown")
    terminal.wait_for(">重要日期")
    terminal.press("down")
    terminal.send("85年八月十五")
    terminal.press("enter")
    terminal.wait_for("2026-09-25 周五")
    terminal.press("ctrl+s")
    terminal.wait_for("明天")
    terminal.press("escape")
    terminal.wait_for("今日")


def find_it_by_two_letters(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.wait_for("搜索：")
    terminal.send("zs")
    terminal.wait_for("1 / 1")
    terminal.press("enter")
    terminal.wait_for("还是生客")
    assert "P000001" in terminal.screen_text().splitlines()[0]
    assert "虚岁 42" in terminal.screen_text().replace("\n", "")


def log_a_talk(terminal: Terminal) -> None:
    terminal.press("l")
    terminal.wait_for("记联系：张山")
    terminal.send("电话 聊了新报价,担心交期 *3 @三天后 回访 +送样品 @明天")
    terminal.wait_for("2026-09-27")
    terminal.wait_for("送样品 · 2026-09-25")
    terminal.press("enter")
    terminal.wait_for("我方要做 明天 送样品")
    terminal.wait_for("聊了新报价")
    assert "兴趣 3" in terminal.screen_text()


def move_and_finish_and_undo(terminal: Terminal) -> None:
    terminal.press("4")
    terminal.wait_for("紧急不重要 (1)")
    terminal.press("!")
    terminal.wait_for("重要又紧急 (1)")
    terminal.press("up")
    terminal.send("^")
    terminal.wait_for("重要不紧急 (1)")
    terminal.press("right", "x")
    terminal.wait_for("重要不紧急 (0)")
    terminal.press("u")
    terminal.wait_for("重要不紧急 (1)")
    assert "送样品" in row_with(terminal, "明天")


def see_the_birthday(terminal: Terminal) -> None:
    terminal.press("5")
    terminal.wait_for("农历八月十五")
    row = row_with(terminal, "农历八月十五").split()
    assert row[:4] == ["09-25", "周五", "明天", "张山"]
    assert "虚岁 42" in row_with(terminal, "农历八月十五")


def the_shell_forms_see_all_of_it(home: Home) -> None:
    (found,) = home.ask("find", "zs")
    assert (found["number"], found["phone"]) == ("P000001", "13900002345")
    brief = home.ask("brief", "张山")
    assert brief["last_interactions"][0]["summary"] == "聊了新报价,担心交期"
    assert [promise["title"] for promise in brief["promises"]] == ["送样品"]
    (todo,) = home.ask("todo", "list")
    assert (todo["title"], todo["quadrant"], todo["due"]) == ("送样品", 2, "2026-09-25")
    (birthday,) = home.ask("dates")
    assert birthday["stored"] == "lunar:1985-08-15"
    assert (birthday["date"], birthday["days"], birthday["nominal_age"]) == ("2026-09-25", 1, 42)


def the_day_of_the_next_contact(folder: Path) -> None:
    later = Home(folder, "zh", today="2026-09-27")
    with later.open() as terminal:
        terminal.wait_for("回访")
        row = row_with(terminal, "回访").split()
        assert row[:3] == ["联系", "今天", "张山"]
        terminal.wait_for("逾期 2 天")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.slow
def test_a_day_typed_ahead_in_english(tmp_path: Path) -> None:
    """Every job in one piece, as a slow line delivers what a quick hand types."""
    home = Home(tmp_path, "en")
    with home.open() as terminal:
        terminal.send("n1Zhang Shan\r13900002345\x13")
        terminal.wait_for("P000001")
        terminal.wait_for("Card entered")
        terminal.send("\x1b")
        terminal.wait_for("1 Today")
        terminal.send("/zhan\rlphone spoke about the quote *3 @in 3 days call +send samples @fri\r")
        terminal.wait_for("Logged")
        terminal.wait_for("spoke about the quote")
        terminal.send("t!! write the offer @tomorrow\r")
        terminal.wait_for("Noted")
        terminal.send("\x1b4")
        terminal.wait_for("Important and urgent (1)")
        terminal.send("/send")
        terminal.wait_for("Search: send")
        terminal.send("\x1b\x1bq")
        assert terminal.wait_for_end() == 0
    assert [card["number"] for card in home.ask("find", "zhang")] == ["P000001"]
    todos = {todo["title"]: todo["quadrant"] for todo in home.ask("todo", "list")}
    assert todos == {"send samples": 3, "write the offer": 1}
    assert len(home.ask("brief", "P000001")["last_interactions"]) == 1
