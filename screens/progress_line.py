"""One line that shows how far a long piece of work has come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from textual.content import Content
from textual.widgets import Static

EVERY = 0.1
"""Seconds between two paintings: a terminal far away gets few bytes."""


class ProgressLine(Static):
    """A bar, the share that is done, and what is done; hidden until something begins."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; padding: 0 1; display: none; }
    """

    def begin(self, what: str) -> Callable[[int, int], None]:
        """Show that something begins; gives what its thread calls with how much is done of what.

        Args:
            what: in the language spoken now.
        """
        self.display = True
        self._show(what, 0)
        loop = asyncio.get_running_loop()
        painted = 0.0
        said = 0

        def tell(done: int, total: int) -> None:
            nonlocal painted, said
            now, percent = time.monotonic(), done * 100 // max(1, total)
            if percent != said and now - painted >= EVERY:
                painted, said = now, percent
                loop.call_soon_threadsafe(self._show, what, percent)

        return tell

    def end(self) -> None:
        """Hide it again."""
        self.display = False

    def _show(self, what: str, percent: int) -> None:
        width = self.size.width or self.screen.size.width
        cells = max(10, min(40, width // 2))
        filled = cells * percent // 100
        self.update(
            Content("[")
            + Content("#" * filled + "-" * (cells - filled))
            + Content(f"] {percent:3} %  {what}")
        )
