"""From a key to the painted result, and the bytes that go to the terminal."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.starting import COMPILED, HOUSE, shuke
from screens.list_screen import TYPING_PAUSE
from tests.journeys.terminal import Terminal

ENVIRONMENT = {"TEXTUAL_COLOR_SYSTEM": "256", **COMPILED}
BARE = (sys.executable, str(HOUSE / "bench" / "bare_list.py"))


def seconds_to_settle(terminal: Terminal, key: str) -> float:
    """From a key until the last byte that follows it."""
    start = time.monotonic()
    terminal.send(key)
    last = start
    while time.monotonic() - last < 0.4:
        if terminal._pump(0.005):
            last = time.monotonic()
    return last - start


def typed(terminal: Terminal) -> float:
    """The median from a letter in the search line to the painted rows."""
    taken = []
    for _ in range(7):
        for letter in "zhl":
            taken.append(seconds_to_settle(terminal, letter))
        for _letter in "zhl":
            seconds_to_settle(terminal, "\x7f")
    return statistics.median(taken)


def key_figures(box: Path, cards: int) -> Iterator[Figure]:
    """A letter in the search line: the program without its pause against a bare app."""
    with Terminal(BARE, environment=ENVIRONMENT, folder=HOUSE) as terminal:
        terminal.wait_for("Search")
        terminal.settle(0.5)
        bare = typed(terminal)
    with opened(box) as terminal:
        to_search(terminal)
        ours = typed(terminal) - TYPING_PAUSE
    yield Figure(
        f"letter to painted rows, {cards:,} cards (pause of {TYPING_PAUSE * 1000:.0f} ms left out)",
        ours * 1000,
        "ms",
        bare * 1000,
        "bare app",
        "at most 1.5",
        ours / bare <= 1.5,
    )


def opened(box: Path) -> Terminal:
    """The program on a box, in English, at its list of cards."""
    terminal = Terminal(
        shuke("--database", str(box), "--lang", "en"), environment=ENVIRONMENT, folder=HOUSE
    )
    terminal.wait_for("Today")
    terminal.settle(1.0)
    terminal.press("2")
    terminal.wait_for("Search")
    terminal.settle(1.0)
    return terminal


def to_search(terminal: Terminal) -> None:
    """Go to the search line."""
    terminal.press("/")
    terminal.settle(0.5)


def byte_figures(box: Path) -> Iterator[Figure]:
    """What single actions send to a terminal of 80x24 with 256 colours."""
    with opened(box) as terminal:
        down = statistics.median(terminal.bytes_for(lambda: terminal.press("j")) for _ in range(5))
        yield Figure("bytes, a row down", down, "B", limit="at most 700", met=down <= 700)
        to_search(terminal)
        counts = []
        for _ in range(3):
            for letter in "zhl":
                counts.append(terminal.bytes_for(lambda key=letter: terminal.send(key), 0.6))
            for _letter in "zhl":
                terminal.send("\x7f")
                terminal.settle(0.6)
        rows = statistics.median(counts)
        yield Figure(
            "bytes, a letter that changes the rows",
            rows,
            "B",
            limit="at most 3,500",
            met=rows <= 3500,
        )
        terminal.press("escape")
        terminal.settle(0.5)
        form = terminal.bytes_for(lambda: terminal.press("e"), 1.0)
        yield Figure("bytes, opening a form", form, "B", limit="at most 13,000", met=form <= 13_000)
        letters = [terminal.bytes_for(lambda: terminal.send("x")) for _ in range(5)]
        letter = statistics.median(letters)
        yield Figure(
            "bytes, a letter in a form", letter, "B", limit="at most 400", met=letter <= 400
        )
