"""What is done once nothing was typed for a moment."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.timer import Timer
from textual.widget import Widget

NEARLY = 0.005
"""Seconds that a timer may be early."""


class Pause:
    """Does something once a while has passed since it was asked for last.

    Asking costs next to nothing, so that it can be done at every letter: a worker or a timer for
    each takes longer than the letter itself.
    """

    def __init__(self, widget: Widget, seconds: float, then: Callable[[], object]) -> None:
        """Make a pause.

        Args:
            widget: whose timer it is: when it goes, nothing is done any more.
            seconds: the while.
            then: what is done, in the event loop.
        """
        self._widget = widget
        self._seconds = seconds
        self._then = then
        self._due = 0.0
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Do it after the while, and not before that."""
        self._due = monotonic() + self._seconds
        if self._timer is None:
            self._timer = self._widget.set_timer(self._seconds, self._look)

    def _look(self) -> None:
        left = self._due - monotonic()
        if left > NEARLY:
            self._timer = self._widget.set_timer(left, self._look)
        else:
            self._timer = None
            self._then()
