"""How long it takes to start: `shuke find`, and the first frame of the program."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, medians_of
from tests.journeys.terminal import Terminal

HOUSE = Path(__file__).resolve().parent.parent

PEEWEE = "import sys; sys.modules.update(dict.fromkeys(('psycopg','psycopg2','psycopg2cffi','pymysql','MySQLdb')));import peewee"
"""The floor of `shuke find`: Peewee without a server's driver."""


COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""An empty value takes the variable away: modules are read compiled, as when installed."""


def quiet(*command: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in COMPILED}
    subprocess.run(command, check=False, capture_output=True, cwd=HOUSE, env=environment)


def shuke(*words: str) -> tuple[str, ...]:
    """The program's own command."""
    return (sys.executable, "-m", "tui.cli", *words)


def find_figures(box: Path, cards: int) -> Iterator[Figure]:
    """`shuke find` against a bare import of Peewee."""
    floor, find = medians_of(
        lambda: quiet(sys.executable, "-c", PEEWEE),
        lambda: quiet(*shuke("--database", str(box), "find", "zs")),
        runs=21,
    )
    yield Figure(
        f"shuke find zs, {cards:,} cards",
        find * 1000,
        "ms",
        floor * 1000,
        "import peewee",
        "at most 1.5",
        find / floor <= 1.5,
    )


class Started:
    """A program that was started in a terminal, until it stood still."""

    def __init__(self, command: tuple[str, ...], word: str, environment: dict[str, str]) -> None:
        with Terminal(command, environment=environment, folder=HOUSE) as terminal:
            terminal.wait_for(word, timeout=30)
            self.first_frame = time.monotonic() - terminal.started
            terminal.settle(1.0)
            self.memory = memory_of(terminal.process.pid)
            terminal.press("ctrl+q")
            terminal.settle(0.2, 2)


def memory_of(process: int) -> float:
    """The proportional set size of a process in MB."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024


def program(box: Path) -> tuple[tuple[str, ...], str]:
    """How the program is started on a box, and the word that its first frame shows."""
    return shuke("--database", str(box), "--lang", "en"), "Today"


BARE = (sys.executable, str(HOUSE / "bench" / "bare_app.py"))


def frame_figures(boxes: dict[int, Path]) -> Iterator[Figure]:
    """First frame and memory against a bare Textual app with the same widgets."""
    environment = {
        "TEXTUAL_COLOR_SYSTEM": "256",
        "XDG_STATE_HOME": os.environ.get("TMPDIR", "/tmp"),
    }
    taken: dict[str, list[Started]] = {"bare": []}
    taken.update({str(cards): [] for cards in boxes})
    for _ in range(7):
        taken["bare"].append(Started(BARE, "Today", environment))
        for cards, box in boxes.items():
            taken[str(cards)].append(Started(*program(box), environment))
    frames = {
        name: statistics.median(each.first_frame for each in all_of) * 1000
        for name, all_of in taken.items()
    }
    memory = {
        name: statistics.median(each.memory for each in all_of) for name, all_of in taken.items()
    }
    for cards in boxes:
        name = str(cards)
        yield Figure(
            f"first frame, {cards:,} cards",
            frames[name],
            "ms",
            frames["bare"],
            "bare app",
            "at most 1.25",
            frames[name] / frames["bare"] <= 1.25,
        )
    for cards in boxes:
        name = str(cards)
        yield Figure(
            f"memory of a session, {cards:,} cards",
            memory[name],
            "MB",
            memory["bare"],
            "bare app",
            "at most 1.4",
            memory[name] / memory["bare"] <= 1.4,
        )
    small, large = min(boxes), max(boxes)
    yield Figure(
        f"opening, {large:,} cards",
        frames[str(large)],
        "ms",
        frames[str(small)],
        f"{small:,} cards",
        "less than 2",
        frames[str(large)] / frames[str(small)] < 2,
    )
