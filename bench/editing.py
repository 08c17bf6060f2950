"""The form of a card: how long it takes to open when everything is filled in, and to type in it."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.full_card import ROWS, full_values
from bench.painting import ENVIRONMENT, seconds_to_settle
from bench.starting import HOUSE, shuke
from store.clock import Clock
from store.database import open_store
from tests.journeys.terminal import Terminal

BARE = (sys.executable, str(HOUSE / "bench" / "bare_input.py"))
ROUNDS = 15
"""How often each form is opened."""

LETTERS = "abcdefghij"
BURST = 20
BETWEEN = 0.1
"""Seconds between two letters of somebody who types fast."""


def make_box(box: Path) -> None:
    """A box with a card of which only the name is known, and one of which all is."""
    store = open_store(box, Clock())
    try:
        desk = store.desk()
        desk.cards.create("person", {"name": "空白"})
        desk.cards.create("person", full_values("person"))
    finally:
        store.close()


def opened(box: Path, name: str) -> Terminal:
    """The program at its list, with one card in it."""
    terminal = Terminal(
        shuke("--database", str(box), "--lang", "en"), environment=ENVIRONMENT, folder=HOUSE
    )
    terminal.wait_for("Today")
    terminal.settle(1.0)
    terminal.press("2")
    terminal.wait_for("Search")
    terminal.press("/")
    terminal.send(name)
    terminal.wait_for("1 / ")
    terminal.settle(0.5)
    terminal.press("escape")
    terminal.settle(0.5)
    return terminal


def seconds_to_open(terminal: Terminal) -> float:
    """From the key to the first field on the screen; the form is closed again."""
    start = time.monotonic()
    terminal.send("e")
    terminal.wait_for(">Name card")
    taken = time.monotonic() - start
    terminal.settle(0.4)
    leave(terminal)
    return taken


def leave(terminal: Terminal) -> None:
    """Leave the form for the list, throwing away what was typed."""
    terminal.press("escape")
    terminal.settle(0.2)
    terminal.press("escape")
    terminal.settle(0.3)
    if "Throw them away" in terminal.screen_text():
        terminal.send("3")
    terminal.wait_for("Search")
    terminal.settle(0.3)


def painted(terminal: Terminal, letter: str) -> float:
    """The seconds from a letter to the last byte that follows; it is taken out again."""
    taken = seconds_to_settle(terminal, letter)
    seconds_to_settle(terminal, "\x7f")
    return taken


def worked(terminal: Terminal) -> float:
    """The seconds of the processor that a letter takes, of twenty typed at a fair speed.

    What waits for a pause in typing, a draft for instance, counts as well.
    """
    before = processor_of(terminal.process.pid)
    for place in range(BURST):
        terminal.send(LETTERS[place % len(LETTERS)])
        terminal.settle(BETWEEN, BETWEEN)
    taken = processor_of(terminal.process.pid) - before
    for _ in range(BURST):
        terminal.send("\x7f")
        terminal.settle(BETWEEN / 4, BETWEEN / 4)
    terminal.settle(0.5)
    return taken / BURST


def processor_of(process: int) -> float:
    """The seconds of the processor that a process has had, all its threads together."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def to_field(terminal: Terminal, keys: str) -> None:
    """Open the form and go to a field in it."""
    terminal.send("e")
    terminal.wait_for(">Name card")
    terminal.settle(0.5)
    for key in keys.split():
        terminal.press(key)
        terminal.settle(0.2)
    terminal.settle(0.5)


PLACES = (
    ("a letter in a field of the full card", "down down"),
    ("a letter in a field that the box is asked about", ""),
    ("a letter in a column of a row", "pagedown " * 8 + "down enter tab"),
)
"""Where letters are typed, and the keys that lead there from the first field."""


def figures() -> Iterator[Figure]:
    """Both measures, each against its floor, taken in turns."""
    with TemporaryDirectory() as folder:
        box = Path(folder, "box.sqlite")
        make_box(box)
        with opened(box, "空白") as empty, opened(box, "张三丰") as full:
            taken: dict[str, list[float]] = {"empty": [], "full": []}
            for turn in range(ROUNDS + 1):
                for name, terminal in (("empty", empty), ("full", full)):
                    seconds = seconds_to_open(terminal)
                    if turn:
                        taken[name].append(seconds)
            floor, value = (statistics.median(taken[name]) for name in ("empty", "full"))
            yield Figure(
                f"opening a card with every field filled, {ROWS} rows",
                value * 1000,
                "ms",
                floor * 1000,
                "empty card",
                "at most 2",
                value / floor <= 2,
            )
        with Terminal(BARE, environment=ENVIRONMENT, folder=HOUSE) as bare:
            bare.wait_for("Name")
            bare.settle(0.5)
            for what, keys in PLACES:
                with opened(box, "张三丰") as terminal:
                    to_field(terminal, keys)
                    yield _against(bare, terminal, f"{what}, to the painted letter", painted_both)
                    yield _against(bare, terminal, f"{what}, processor", worked_both)


Pairs = list[tuple[float, float]]


def painted_both(bare: Terminal, terminal: Terminal) -> Pairs:
    """What letters take in both programs, in turns."""
    return [(painted(bare, letter), painted(terminal, letter)) for letter in LETTERS * 6]


def worked_both(bare: Terminal, terminal: Terminal) -> Pairs:
    """The processor's time for a letter in both programs, in turns."""
    return [(worked(bare), worked(terminal)) for _ in range(7)]


def _against(
    bare: Terminal, terminal: Terminal, what: str, measure: Callable[[Terminal, Terminal], Pairs]
) -> Figure:
    floor, value = (statistics.median(each) for each in zip(*measure(bare, terminal), strict=True))
    ratio = value / floor
    return Figure(
        what, value * 1000, "ms", floor * 1000, "plain Input", "no more, within 20 %", ratio <= 1.2
    )
