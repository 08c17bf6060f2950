"""The terminal grows, shrinks or goes away under somebody's hands."""

import signal
import time
from pathlib import Path

import pytest

from tests.journeys.home import Home
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

SIZES = [(40, 12), (120, 40), (60, 15), (80, 24)]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path, "zh")
    home.run("card", "add", "--name", "张山", "--phone", "13900002345")
    return home


def type_while_resizing(terminal: Terminal, words: str) -> None:
    """Type in four pieces, with another size after each."""
    quarter = len(words) // 4 + 1
    for place, size in enumerate(SIZES):
        terminal.send(words[place * quarter : (place + 1) * quarter])
        terminal.resize(*size)
        terminal.settle(0.1)


@pytest.mark.slow
def test_the_window_is_pulled_while_words_are_typed(home: Home) -> None:
    with home.open() as terminal:
        terminal.send("n1")
        terminal.wait_for("姓名*")
        type_while_resizing(terminal, "诸葛孔明在茅庐")
        terminal.wait_for("诸葛孔明在茅庐")
        terminal.press("ctrl+s")
        terminal.wait_for("P000002")
        terminal.press("l")
        terminal.wait_for("记联系：诸葛")
        type_while_resizing(terminal, "电话 聊了天下三分,他说再想想 *3")
        terminal.wait_for("电话 聊了天下三分,他说再想想 *3")
        terminal.press("enter")
        terminal.wait_for("记好了")
        for digit in "12345":
            terminal.press(f"alt+{digit}")
            for size in SIZES:
                terminal.resize(*size)
                terminal.settle(0.03)
        terminal.resize(80, 24)
        terminal.wait_for("5 生日")
        terminal.press("alt+2")
        terminal.wait_for("2 / 2")
        terminal.press("q")
        assert terminal.wait_for_end() == 0
    assert [card["name"] for card in home.ask("find", "zgkm")] == ["诸葛孔明在茅庐"]
    assert home.ask("brief", "诸葛孔明")["last_interactions"][0]["interest"] == 3


def words_come_back(home: Home, words: str) -> None:
    with home.open() as terminal:
        terminal.wait_for("未保存")
        terminal.press("enter")
        terminal.wait_for(words)


@pytest.mark.parametrize("end", ["hang-up", "SIGHUP", "SIGTERM"])
def test_a_lost_terminal_ends_the_program_and_keeps_the_words(home: Home, end: str) -> None:
    with home.open() as terminal:
        terminal.send("2")
        terminal.wait_for("1 / 1")
        terminal.press("e")
        terminal.wait_for(">名片")
        terminal.send("丰还没说完的话")
        terminal.wait_for("张山丰还没说完的话")
        if end == "hang-up":
            terminal.hang_up()
        else:
            terminal.kill(signal.Signals[end])
        began = time.monotonic()
        terminal.process.wait(timeout=10)
        assert time.monotonic() - began < 5
        assert terminal.process.returncode == 129
    words_come_back(home, "张山丰还没说完的话")


def test_a_line_that_is_cut_off_comes_back(home: Home) -> None:
    with home.open() as terminal:
        terminal.send("t给张山寄样品 @周五")
        terminal.wait_for("给张山寄样品 @周五")
        terminal.hang_up()
        terminal.process.wait(timeout=10)
    words_come_back(home, "给张山寄样品 @周五")
