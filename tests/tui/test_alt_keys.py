"""Alt and a key, and Esc and a key in one piece, as terminals send them."""

import time

import pytest
from textual.binding import Binding
from textual.drivers import linux_driver

from tui import driver
from tui.alt_keys import AltKey, AltKeyParser, AltKeys
from tui.key_order import KeysInOrder
from widgets.text_input import LineInput


def read(text: str) -> list[tuple[str, str | None]]:
    """The keys that a piece from the terminal is."""
    parser = AltKeyParser()
    keys = list(parser.feed(text))
    time.sleep(0.11)
    keys += list(parser.tick())
    return [(key.key, key.character) for key in keys]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b4", [("alt+4", None)]),
        ("\x1bl", [("alt+l", None)]),
        ("\x1bD", [("alt+shift+d", None)]),
        ("\x1b/zs", [("alt+slash", None), ("z", "z"), ("s", "s")]),
        ("\x1b张", [("alt+张", None)]),
        ("\x1b[A", [("up", None)]),
        ("\x1bOP", [("f1", None)]),
        ("\x1bf", [("ctrl+right", None)]),
        ("\x1b\x7f", [("ctrl+w", None)]),
        ("\x1b\r", [("enter", "\r")]),
        ("\x1b\x1b", [("escape", "\x1b"), ("escape", "\x1b")]),
        ("\x1b", [("escape", "\x1b")]),
        ("4", [("4", "4")]),
    ],
)
def test_what_a_terminal_sends(sent, keys):
    assert read(sent) == keys


def test_a_long_burst_behind_an_escape_stays_what_it_is():
    assert read("\x1b" + "电" * 40) == [("alt+电", None)] + [("电", "电")] * 39


def test_the_terminal_is_read_that_way():
    assert linux_driver.XTermParser is AltKeyParser
    assert driver.AltKeyParser is AltKeyParser


class Host(AltKeys, KeysInOrder):
    BINDINGS = [
        Binding("escape", "leave"),
        Binding("l", "hear('l')"),
        Binding("slash", "hear('/')"),
        Binding("4", "hear('4')"),
        Binding("alt+2", "hear('alt+2')", priority=True),
        Binding("alt+m", "hear('alt+m')"),
    ]

    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield LineInput()

    def action_leave(self):
        self.set_focus(None)

    def action_hear(self, key):
        self.heard.append(key)


async def send(app, pilot, text):
    for event in AltKeyParser().feed(text):
        app._driver.send_message(event)
    for _ in range(5):
        await pilot.pause(0.01)


@pytest.mark.parametrize(
    ("sent", "heard", "value"),
    [
        ("\x1bl", ["l"], ""),
        ("ab\x1bl", ["l"], "ab"),
        ("ab\x1b/4", ["/", "4"], "ab"),
        ("ab\x1b4c", [], "abc"),
        ("ab\x1b2c", ["alt+2"], "abc"),
        ("ab\x1bmc", ["alt+m"], "abc"),
    ],
)
async def test_alt_where_it_is_bound_else_two_keys(sent, heard, value):
    app = Host()
    async with app.run_test() as pilot:
        app.query_one(LineInput).focus()
        await pilot.pause()
        await send(app, pilot, sent)
        assert app.heard == heard
        assert app.query_one(LineInput).value == value


def test_a_copy_of_alt_is_a_key():
    assert AltKey("l").copy().key == "alt+l"
