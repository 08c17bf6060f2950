"""Keys that come in one piece: each is handled where the one before it has led."""

import asyncio

import pytest
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.alt_keys import AltKeyParser, AltKeys
from tui.key_order import KeysInOrder
from widgets.text_input import LineInput


class Ask(ModalScreen[str]):
    """A window with a line, whose Enter closes it after a while."""

    BINDINGS = [Binding("escape", "dismiss('')")]

    AUTO_FOCUS = "LineInput"

    def compose(self):
        yield LineInput()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await asyncio.sleep(0.05)
        self.dismiss(event.value)


class Host(AltKeys, KeysInOrder):
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("slash", "search"),
        Binding("a", "ask"),
        Binding("r", "remove"),
        Binding("w", "wait"),
        Binding("escape", "leave"),
        Binding("x", "hear('x')"),
    ]

    def __init__(self):
        super().__init__()
        self.heard = []

    def compose(self):
        yield LineInput()

    def action_search(self):
        self.query_one(LineInput).focus()

    def action_leave(self):
        self.set_focus(None)

    def action_ask(self):
        self.push_screen(Ask(), self.heard.append)

    async def action_remove(self):
        await self.query_one(LineInput).remove()

    async def action_wait(self):
        await asyncio.sleep(0.4)

    def action_hear(self, what):
        self.heard.append(what)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        self.set_focus(None)
        self.heard.append(event.value)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("xx", ["x", "x"]),
        ("/xaw", []),
        ("/abc\rx", ["abc", "x"]),
        ("/abc\x1bx/d\rx", ["x", "abcd", "x"]),
        ("axax\rx", ["xax", "x"]),
        ("ax\x1bx", ["", "x"]),
        ("axy\rxaz\rx", ["xy", "x", "z", "x"]),
        ("w/xx\rx", ["xx", "x"]),
        ("rxx", ["x", "x"]),
    ],
)
async def test_keys_in_one_piece(typed, heard):
    app = Host()
    async with app.run_test() as pilot:
        for event in AltKeyParser().feed(typed):
            app._driver.send_message(event)
        for _ in range(100):
            await pilot.pause(0.02)
            if len(app.heard) >= len(heard) and not app._under_way:
                break
        assert app.heard == heard


async def test_nothing_runs_when_no_key_waits():
    app = Host()
    async with app.run_test() as pilot:
        await pilot.press(*"xxx")
        await pilot.pause(0.4)
        assert not app._under_way
        assert not app._is_watched


async def test_a_key_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr("tui.key_order.LONGEST", 0.2)
    monkeypatch.setattr(KeysInOrder, "arriving", True)
    app = Host()
    async with app.run_test() as pilot:
        for event in AltKeyParser().feed("xx"):
            app._driver.send_message(event)
        for _ in range(100):
            await pilot.pause(0.02)
            if app.heard == ["x", "x"]:
                break
        assert app.heard == ["x", "x"]


class Telling(Host):
    """What the line tells takes a while, and changes what the next key means."""

    def on_mount(self) -> None:
        self.told = 0

    async def on_input_changed(self, event: Input.Changed) -> None:
        await asyncio.sleep(0.002)
        self.told += 1

    def action_hear(self, what):
        self.heard.append(self.told)


async def test_another_key_waits_until_all_letters_are_told_of():
    app = Telling()
    async with app.run_test() as pilot:
        for event in AltKeyParser().feed("/" + "b" * 100 + "\x1bx"):
            app._driver.send_message(event)
        for _ in range(200):
            await pilot.pause(0.02)
            if app.heard:
                break
        assert app.heard == [100]


@pytest.mark.slow
async def test_thousands_of_letters_arrive():
    app = Host()
    async with app.run_test() as pilot:
        for event in AltKeyParser().feed("/" + "ab" * 1500 + "\r"):
            app._driver.send_message(event)
        for _ in range(300):
            await pilot.pause(0.05)
            if app.heard:
                break
        assert app.heard == ["ab" * 1500]
