"""A program in a pseudo-terminal, read so cheaply that fifty of them fit beside what is measured.

It understands what `tui.thinning` writes and no more: pyte would take more of the machine than the
programs do.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from rich.cells import get_character_cell_size

_TOLD = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
"""What is told to the terminal beside the screen, such as the shape of the mouse."""

_TOKEN = re.compile(r"\x1b\[([<>=?]?)([\d;]*)(\$?[a-zA-Z])|\x1b(.)|([^\x1b\r\n]+)|([\r\n])", re.S)
_CUT_OFF = re.compile(r"\x1b(\[[<>=?]?[\d;]*\$?|\][^\x07\x1b]*\x1b?)?\Z")


class LeanScreen:
    """The characters on a screen."""

    def __init__(self, columns: int, lines: int) -> None:
        self.rows = [[" "] * columns for _ in range(lines)]
        self._columns = columns
        self._y = self._x = 0
        self._top, self._bottom = 0, lines - 1
        self._kept = ""

    def feed(self, text: str) -> None:
        """Take up what a program wrote."""
        text = self._kept + text
        partial = _CUT_OFF.search(text)
        cut = partial.start() if partial else len(text)
        self._kept = text[cut:]
        for private, numbers, final, other, plain, ends in _TOKEN.findall(
            _TOLD.sub("", text[:cut])
        ):
            if plain:
                self._put(plain)
            elif final and not private:
                self._control(numbers, final)
            elif other == "M":
                self._move_down()
            elif ends == "\n":
                self._move_up()
            elif ends:
                self._x = 0

    def _put(self, plain: str) -> None:
        row = self.rows[self._y]
        if plain.isascii():
            row[self._x : self._x + len(plain)] = plain
            self._x += len(plain)
        else:
            for character in plain:
                width = get_character_cell_size(character)
                row[self._x : self._x + width] = [character, ""][:width]
                self._x += width
        del row[self._columns :]

    def _control(self, numbers: str, final: str) -> None:
        first, _, second = numbers.partition(";")
        if final == "H":
            self._y = min(int(first or 1), len(self.rows)) - 1
            self._x = int(second or 1) - 1
        elif final == "G":
            self._x = int(first or 1) - 1
        elif final == "r":
            self._top, self._bottom = int(first or 1) - 1, int(second or len(self.rows)) - 1

    def _move_up(self) -> None:
        if self._y == self._bottom:
            del self.rows[self._top]
            self.rows.insert(self._bottom, [" "] * self._columns)
        else:
            self._y += 1

    def _move_down(self) -> None:
        if self._y == self._top:
            del self.rows[self._bottom]
            self.rows.insert(self._top, [" "] * self._columns)
        else:
            self._y -= 1

    @property
    def text(self) -> str:
        """What is on the screen, one line under the other."""
        return "\n".join("".join(row).rstrip() for row in self.rows)


class LeanTerminal:
    """A program in a pseudo-terminal; made within a running event loop, which reads it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self.screen = LeanScreen(columns, lines)
        self.size = 0
        """Bytes that the program wrote."""
        self._came = asyncio.Event()
        self._master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            list(command),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(terminal)
        asyncio.get_running_loop().add_reader(self._master, self._read)

    def _read(self) -> None:
        try:
            read = os.read(self._master, 1 << 16)
        except OSError:  # what Linux answers when the other end is closed
            read = b""
        if not read:
            asyncio.get_running_loop().remove_reader(self._master)
        self.size += len(read)
        self.screen.feed(read.decode(errors="replace"))
        self._came.set()

    def send(self, text: str) -> float:
        """Type; gives when that was."""
        now = time.monotonic()
        os.write(self._master, text.encode())
        return now

    async def seen(self, condition: Callable[[str], bool], timeout: float, what: str = "") -> float:
        """Wait until the screen fulfils a condition; gives when that was seen.

        Raises:
            TimeoutError: it never does; with the screen.
        """
        end = time.monotonic() + timeout
        while not condition(self.screen.text):
            self._came.clear()
            left = end - time.monotonic()
            if left <= 0 or self.process.poll() is not None:
                raise TimeoutError(f"{what} did not come about:\n{self.screen.text}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._came.wait(), min(left, 1.0))
        return time.monotonic()

    def close(self) -> None:
        """End the program, whatever it is doing, and close the terminal."""
        if self._master < 0:
            return
        with suppress(RuntimeError):
            asyncio.get_running_loop().remove_reader(self._master)
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=10)
        os.close(self._master)
        self._master = -1
