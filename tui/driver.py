"""The terminal: only changes are written, and a terminal of another encoding does no harm."""

import codecs
from functools import partial
from typing import Any

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.alt_keys import AltKeyParser
from tui.thinning import Thinner

# A GBK terminal sends bytes that are no UTF-8; the input thread would die of the first one.
linux_driver.getincrementaldecoder = lambda encoding: partial(  # type: ignore[attr-defined]
    codecs.getincrementaldecoder(encoding), errors="replace"
)

linux_driver.XTermParser = AltKeyParser  # type: ignore[misc]

REPORT_FOCUS = "\x1b[?1004h"
"""Asks the terminal to tell when its window is left: Textual then leaves the text field, too."""


class ThinDriver(LinuxDriver):
    """Writes of each frame what is not on the terminal yet."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._thinner = Thinner()
        self._drawn_size: object = None

    def forget(self) -> None:
        """Write the next frame whole: what the terminal shows is not known."""
        self._thinner.forget()

    def write(self, data: str) -> None:
        """Write what changes the terminal."""
        if data == REPORT_FOCUS:
            return
        size = self._app.size
        if size != self._drawn_size or "\x1b[?1049" in data:
            self._drawn_size = size
            self.forget()
        if thin := self._thinner.thin(data):
            super().write(thin)
