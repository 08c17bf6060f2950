"""Killing programs at a bad moment, and looking at what they leave."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from store import doctor
from store.clock import Clock
from store.database import open_store
from store.desk import Desk

HOUSE = Path(__file__).parent.parent.parent

TODAY = date(2026, 9, 24)


@contextmanager
def reopened(box: Path) -> Iterator[Desk]:
    """The box as the next start of the program finds it; it has to be well."""
    store = open_store(box, Clock(shown_today=TODAY))
    try:
        examination = doctor.examine(store, thorough=True)
        assert examination.ok, [check for check in examination.checks if not check.ok]
        yield store.desk()
    finally:
        store.close()


def run_and_kill(command: Sequence[str], chance: random.Random, longest: float) -> list[str]:
    """Start a program that says on a line of its own what it has done, and kill it.

    Args:
        longest: it is killed at most so many seconds after its first line.

    Returns:
        The lines it has written whole.
    """
    program = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOUSE)
    assert program.stdout is not None
    try:
        first = program.stdout.readline()
        time.sleep(chance.uniform(0, longest))
    finally:
        program.kill()
    rest, _ = program.communicate(timeout=30)
    said = (first + rest).decode()
    return said[: said.rfind("\n") + 1].splitlines()


def run_and_kill_after(command: Sequence[str], seconds: float) -> int | None:
    """Start a program and kill it after a while; gives its exit status if it ended before."""
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=HOUSE
    )
    try:
        program.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate(timeout=30)
        return None
    return program.returncode


def shuke(box: Path, *arguments: str) -> list[str]:
    """The command line of the real program on a box."""
    start = [sys.executable, "-m", "tui.cli", "--database", str(box)]
    return [*start, "--lang", "en", "--today", str(TODAY), *arguments]
