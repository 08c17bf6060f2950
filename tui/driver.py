"""The terminal: only changes are written, and a terminal of another encoding does no harm."""

import codecs
from functools import partial
from typing import Any, BinaryIO, TextIO

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from tui.alt_keys import AltKeyParser
from tui.thinning import Thinner

STRANGE = "\ufffd"
"""What stands for bytes that are no UTF-8."""

_SECOND_BYTES = range(0x40, 0x7F)
"""ASCII letters and signs that may be the second half of a character in GBK."""


def _of_another_encoding(error: UnicodeError) -> tuple[str, int]:
    """Read a character of a GBK terminal as a strange one, whole: its second half is no key."""
    assert isinstance(error, UnicodeDecodeError)
    after = error.object[error.end : error.end + 1]
    return STRANGE, error.end + (after != b"" and after[0] in _SECOND_BYTES)


codecs.register_error("shuke.terminal", _of_another_encoding)

# A GBK terminal sends bytes that are no UTF-8; the input thread would die of the first one.
linux_driver.getincrementaldecoder = lambda encoding: partial(  # type: ignore[attr-defined]
    codecs.getincrementaldecoder(encoding), errors="shuke.terminal"
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


class RestrictedDriver(ThinDriver):
    """Of a session over SSH: no files, no pages, no sleep."""

    @property
    def can_suspend(self) -> bool:
        """Whether the program can be put to sleep: it would go on living without its member."""
        return False

    def _sigtstp_application(self, *_arguments: Any) -> None:
        """Stay awake."""

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open no pages."""

    def deliver_binary(self, binary: BinaryIO | TextIO, **_options: Any) -> None:
        """Write no files."""
        binary.close()
