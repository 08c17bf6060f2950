"""What is a key outside of fields is text inside, also with the input method left on."""

from collections.abc import Iterator

import pytest

from tests.journeys.home import Home
from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

HOT_KEYS = "qnelbtusfmadxzgjkGD?/15"
FULL_WIDTH = "ｑｎ／、？１２。Ｇ"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    home = Home(tmp_path_factory.mktemp("home"), "zh")
    assert home.run("card", "add", "--name", "张山", "--phone", "13900002345").returncode == 0
    with home.open() as terminal:
        yield terminal


@pytest.fixture(autouse=True)
def back_to_the_cards(terminal: Terminal) -> Iterator[None]:
    terminal.press("alt+2")
    terminal.wait_for("1 / 1")
    yield
    for _ in range(3):
        terminal.press("escape")
        terminal.settle(0.15)
    assert terminal.process.poll() is None


FIELDS = {
    "search": ["/"],
    "talk": ["l"],
    "to-do": ["t"],
    "palette": ["ctrl+p"],
    "tag": ["a", "6"],
    "name": ["n", "1"],
}
"""The keys that lead from the list of cards into a text field."""


@pytest.mark.parametrize("field", FIELDS)
def test_hot_keys_are_text_in_a_field(terminal: Terminal, field: str) -> None:
    terminal.press(*FIELDS[field])
    terminal.send(HOT_KEYS + FULL_WIDTH)
    terminal.wait_for(HOT_KEYS + FULL_WIDTH)
    terminal.press("ctrl+u")
    terminal.wait_until(lambda: HOT_KEYS not in terminal.screen_text())


def test_full_width_keys_are_keys_outside_of_fields(terminal: Terminal) -> None:
    for search in "／、":
        terminal.send(f"{search}ｚｓ")
        terminal.wait_for("搜索： ｚｓ")
        terminal.wait_for("1 / 1")
        terminal.press("ctrl+u", "escape")
        terminal.wait_for("搜索：  ")
    terminal.send("？")
    terminal.wait_for("这里的按键")
    terminal.send("？")
    terminal.wait_for("张山")
    for digit, title in ("１", "农历八月"), ("４", "重要又紧急"), ("５", "30 天"), ("２", "1 / 1"):
        terminal.send(digit)
        terminal.wait_for(title)
    terminal.send("ｂ")
    terminal.wait_for("手机 13900002345")
    terminal.send("ｌ电话 聊了／、？１。＊4")
    terminal.wait_for("电话 聊了／、？１。＊4")
    terminal.wait_for("兴趣 4")
    terminal.press("ctrl+u")
