"""What goes over the line: few bytes for a key, none for nothing."""

import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

HOST = """
import os
for name, value in (("DISABLE_KITTY_KEY", "1"), ("COLOR_SYSTEM", "256"), ("ANIMATIONS", "none")):
    os.environ["TEXTUAL_" + name] = value
from textual.app import App
from textual.theme import BUILTIN_THEMES
from tui.driver import ThinDriver
from tui.themes import THEMES
from widgets.columns import Column
from widgets.key_footer import KeyFooter
from widgets.row_list import RowList
from widgets.row_pages import PAGE, Row
from widgets.text_input import LineInput

BUILTIN_THEMES.update({theme.name: theme for theme in THEMES})
COLUMNS = (("Number", 8), ("Name", 10), ("Organisation", 24), ("Stage", 6), ("Seen", 10))
NAMES = "张山 赵申 郑爽 李雪梅 欧阳锋 王小明 孙悟空 诸葛亮".split()
PLACES = "华东电子有限公司 恒通物流 远大软件 深圳市华强电子 天龙八部书店".split()

class Host(App):
    BINDINGS = [("e", "edit", "编辑"), ("n", "new", "新建"), ("question_mark", "help", "帮助")]
    def __init__(self):
        super().__init__(driver_class=ThinDriver)
        self.theme = "dark"
        self.step = 1
    def compose(self):
        yield LineInput()
        yield RowList([Column(title, title, width, share=1) for title, width in COLUMNS])
        yield KeyFooter()
    def on_mount(self):
        self.show(100_000)
        self.query_one(RowList).focus()
    def rows(self, page):
        return [
            Row(str(i), (
                f"P{i * self.step:06}", NAMES[i * self.step % 8], PLACES[i * self.step % 5],
                "成交", f"{i * self.step % 90} 天前",
            ))
            for i in range(page * PAGE, page * PAGE + PAGE)
        ]
    def show(self, count):
        self.query_one(RowList).set_source(count, pages={0: self.rows(0)})
    def on_row_list_page_wanted(self, message):
        message.row_list.put_page(message.page, self.rows(message.page), message.edition)
    def on_input_changed(self, event):
        if event.value.startswith("z"):
            self.step += 7
            self.show(50_000)

Host().run()
"""


@pytest.fixture(scope="module")
def terminal():
    with Terminal(
        [sys.executable, "-c", HOST], folder=Path(__file__).parent.parent.parent
    ) as opened:
        opened.wait_for("P000000")
        opened.settle(0.5)
        yield opened


def test_a_row_down(terminal):
    assert 0 < terminal.bytes_for(lambda: terminal.press("down")) <= 700


def test_a_row_down_at_the_edge(terminal):
    terminal.press("home", "pagedown")
    assert 0 < terminal.bytes_for(lambda: terminal.press("down")) <= 700
    assert 0 < terminal.bytes_for(lambda: terminal.press("down")) <= 700


def test_a_letter_in_a_field(terminal):
    terminal.press("shift+tab")
    terminal.bytes_for(lambda: terminal.send("a"))
    assert 0 < terminal.bytes_for(lambda: terminal.send("b")) <= 400
    assert 0 < terminal.bytes_for(lambda: terminal.send("张")) <= 400
    terminal.press("ctrl+u", "tab")


def test_a_letter_that_changes_all_rows(terminal):
    terminal.press("home", "shift+tab")
    assert 0 < terminal.bytes_for(lambda: terminal.send("z")) <= 3500
    terminal.press("ctrl+u", "tab")


def test_doing_nothing(terminal):
    assert terminal.bytes_for(lambda: None, quiet=1.5) == 0


def test_the_picture_is_whole_after_all_that(terminal):
    terminal.press("home")
    terminal.settle()
    shown = terminal.screen_text()
    terminal.resize(90, 24)
    terminal.settle()
    terminal.resize(80, 24)
    terminal.settle()
    assert terminal.screen_text() == shown
