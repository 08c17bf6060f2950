"""A lost terminal ends the program, whatever it does; one of another encoding does no harm."""

import signal
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

HOST = """
import asyncio, os, signal, sys, time
os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
if "ignoring" in sys.argv:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
from textual.app import App
from textual.widgets import Input
from tui.driver import ThinDriver
from tui.session_guard import SessionGuard

class Host(App):
    def compose(self):
        yield Input()
    def on_mount(self):
        SessionGuard(asyncio.get_running_loop(), self.request_end, grace=1.0).install()
    def on_ready(self):
        if "blocked" in sys.argv:
            self.set_timer(0.3, lambda: time.sleep(60))
    def request_end(self):
        open(sys.argv[1], "w").write("asked")
        self.exit(return_code=129)

app = Host(driver_class=ThinDriver)
app.run()
sys.exit(app.return_code)
"""


@pytest.fixture
def start(tmp_path: Path):
    opened = []

    def start_host(*arguments: str) -> tuple[Terminal, Path]:
        asked = tmp_path / "asked"
        terminal = Terminal(
            [sys.executable, "-c", HOST, str(asked), *arguments],
            folder=Path(__file__).parent.parent.parent,
        )
        opened.append(terminal)
        terminal.wait_until(lambda: b"\x1b[?1049h" in terminal.output)
        terminal.settle()
        return terminal, asked

    yield start_host
    for terminal in opened:
        terminal.close()


def status(terminal: Terminal) -> int:
    return terminal.process.wait(timeout=8)


@pytest.mark.parametrize("mode", ["plain", "ignoring"])
def test_a_lost_terminal_ends_the_program(start, mode):
    terminal, asked = start(mode)
    terminal.hang_up()
    assert status(terminal) == 129
    assert asked.read_text() == "asked"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_good_order(start, number):
    terminal, asked = start("plain")
    terminal.kill(number)
    assert terminal.wait_for_end(8) == 129
    assert asked.read_text() == "asked"
    assert b"\x1b[?1049l" in terminal.output


def test_a_program_that_does_not_react_is_ended_by_force(start):
    terminal, asked = start("blocked")
    terminal.settle(0.5)
    terminal.hang_up()
    assert status(terminal) == 129
    assert not asked.exists()


def test_a_terminal_that_sends_gbk_does_no_harm(start):
    terminal, _ = start("plain")
    terminal.send("张三".encode("gbk"))
    terminal.settle()
    terminal.send("abc张")
    terminal.wait_for("abc张")
    assert terminal.process.poll() is None


def test_leaving_the_window_is_not_asked_about(start):
    terminal, _ = start("plain")
    assert b"\x1b[?1004h" not in terminal.output
