"""The first hour of somebody who tries the program on the sample team, as the README tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.clock import Clock
from store.demo import make_demo
from store.models.base import database
from tests.journeys.home import TODAY, Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home where the sample team is at work, around the day of the tests."""
    make_demo(tmp_path / ".local/share/shuke/demo.sqlite", Clock(shown_today=TODAY))
    yield Home(tmp_path, "zh")
    database.close()


def test_find_read_log_plan_and_take_back(home: Home) -> None:
    with home.open("--demo") as terminal:
        terminal.wait_for("王小明")
        terminal.press("/")
        terminal.wait_for("搜索：")
        terminal.send("zs")
        terminal.wait_for("P000")
        terminal.wait_until(lambda: "张山" in terminal.screen_text().splitlines()[3])
        terminal.press("enter")
        terminal.wait_for("未了的承诺")
        terminal.press("pagedown")
        terminal.wait_for("再降两个点就能定")
        terminal.press("l")
        terminal.wait_for("记联系：张山")
        terminal.send("电话 聊了样品,很满意 *5 @三天后 回访")
        terminal.wait_for("2026-09-27")
        terminal.press("enter")
        terminal.wait_for("聊了样品")
        terminal.press("t")
        terminal.wait_for("待办")
        terminal.send("给张山送新样本 @明天 !")
        terminal.wait_for("2026-09-25")
        terminal.press("enter")
        terminal.wait_for("给张山送新样本")
        terminal.press("4")
        terminal.wait_for("重要又紧急 (")
        terminal.wait_for("给张山送新样本")
        terminal.press("5")
        terminal.wait_for("农历八月十四")
        terminal.press("u")
        terminal.wait_for("已撤销")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    brief = home.ask("--demo", "brief", "张山")
    assert brief["last_interactions"][0]["summary"] == "聊了样品,很满意"
    assert brief["last_interactions"][0]["interest"] == 5
    titles = [todo["title"] for todo in home.ask("--demo", "todo", "list")]
    assert titles
    assert "给张山送新样本" not in titles
    assert home.run("--demo", "redo").returncode == 0
    titles = [todo["title"] for todo in home.ask("--demo", "todo", "list")]
    assert "给张山送新样本" in titles
    assert home.ask("--demo", "doctor")["ok"]
    assert not (home.folder / ".local/share/shuke/box.sqlite").exists()
