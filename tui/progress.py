"""A bar on standard error for what takes long; nothing where nobody looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from tui.output import terminal_width
from widgets.cell_width import padded, tidy, width_of

FULL, EMPTY = "#", "."
"""What the bar is made of: one cell each in every terminal."""

WIDEST = 40
"""Cells of the bar at most."""


class Progress(Protocol):
    """Told how much is done, and of how much."""

    def __call__(self, done: int, whole: int) -> None:
        """Take note of it."""


@contextmanager
def progress_bar(title: str) -> Iterator[Progress | None]:
    """A bar that is gone when the work is done; None where standard error is no terminal."""
    width = terminal_width(sys.stderr)
    if width is None or width < 30:
        yield None
        return
    bar = _Bar(tidy(title), width)
    try:
        yield bar
    finally:
        bar.wipe()


class _Bar:
    """Draws a line anew when another per cent is done."""

    def __init__(self, title: str, width: int) -> None:
        self._title = title
        self._width = width
        self._shown = -1

    def __call__(self, done: int, whole: int) -> None:
        percent = min(100, done * 100 // whole) if whole > 0 else 0
        if percent == self._shown:
            return
        self._shown = percent
        room = min(WIDEST, self._width - width_of(self._title) - 10)
        filled = max(0, room) * percent // 100
        bar = FULL * filled + EMPTY * (max(0, room) - filled)
        line = padded(f"{self._title} {bar} {percent:3} %", self._width - 1)
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line as if nothing had stood there."""
        if self._shown >= 0:
            sys.stderr.write("\r" + " " * (self._width - 1) + "\r")
            sys.stderr.flush()
