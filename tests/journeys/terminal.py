"""A terminal for tests: the real program in a pseudo-terminal, its screen read by pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte
from rich.cells import cell_len

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{f"alt+{digit}": f"\x1b{digit}" for digit in "123456789"},
}
"""What a terminal sends for keys that are not one character."""

_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?]?[\d;]*\$[a-z]|\x1b\[[<>=][\d;]*[a-z]")
"""Questions and modes that pyte would print."""

_CUT_OFF = re.compile(rb"\x1b(\[[<>=?]?[\d;]*\$?)?\Z")
"""A sequence whose rest is still to come."""


class Terminal:
    """A program in a pseudo-terminal of its own.

    Args:
        command: the program and its arguments.
        columns: the width of the screen in cells.
        lines: the height of the screen.
        environment: variables to add to the usual ones; an empty value takes one away.
        folder: where the program starts.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.output = bytearray()
        """Everything the program has written."""
        self._stream = pyte.ByteStream(self.screen)
        self._kept = b""
        self._master, terminal = pty.openpty()
        self._set_size(columns, lines)
        variables = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        variables.pop("COLORTERM", None)
        variables.pop("NO_COLOR", None)
        variables.update(environment or {})
        self.started = time.monotonic()
        """When the program was started, on the monotonic clock."""
        self.process = subprocess.Popen(
            list(command),
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={key: value for key, value in variables.items() if value},
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _set_size(self, columns: int, lines: int) -> None:
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, as when its window is pulled."""
        self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def send(self, text: str | bytes) -> None:
        """Type text, or send bytes as they are."""
        os.write(self._master, text.encode() if isinstance(text, str) else text)

    def press(self, *keys: str) -> None:
        """Press keys by name, as `KEYS` has them; others are typed as they are."""
        for key in keys:
            self.send(KEYS.get(key, key))

    def _pump(self, seconds: float) -> int:
        """Read what comes within so many seconds; returns the number of bytes."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return 0
        try:
            read = os.read(self._master, 1 << 16)
        except OSError:  # what Linux answers when the other end is closed
            read = b""
        self.output += read
        known = _UNKNOWN_TO_PYTE.sub(b"", self._kept + read)
        partial = _CUT_OFF.search(known)
        cut = partial.start() if partial else len(known)
        self._kept = known[cut:]
        self._stream.feed(known[:cut])
        return len(read)

    def settle(self, quiet: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until nothing has come for `quiet` seconds."""
        end = time.monotonic() + timeout
        last = time.monotonic()
        while time.monotonic() - last < quiet and time.monotonic() < end:
            if self._pump(0.02):
                last = time.monotonic()
            elif self.process.poll() is not None:
                return

    def wait_until(self, condition: Callable[[], bool], timeout: float = 15.0) -> None:
        """Read until a condition holds; raises `TimeoutError` with the screen if it never does."""
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"It did not come about:\n{self.screen_text()}")
            if not self._pump(0.02) and self.process.poll() is not None and not condition():
                self._pump(0.1)
                if not condition():
                    raise TimeoutError(f"The program has ended:\n{self.screen_text()}")

    def wait_for(self, text: str, timeout: float = 15.0) -> None:
        """Wait until a text is on the screen; raises `TimeoutError` with the screen if not."""
        self.wait_until(lambda: text in self.screen_text(), timeout)

    def wait_for_end(self, timeout: float = 15.0) -> int:
        """Wait until the program has ended; returns its exit status."""
        end = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError(f"The program runs on:\n{self.screen_text()}")
            self._pump(0.02)
        while self._pump(0.05):
            pass
        return self.process.returncode

    def bytes_for(self, action: Callable[[], object], quiet: float = 0.3) -> int:
        """How many bytes come to the terminal because of an action."""
        self.settle(quiet)
        before = len(self.output)
        action()
        self.settle(quiet)
        return len(self.output) - before

    def screen_text(self) -> str:
        """What is on the screen, one line under the other, without spaces at their ends."""
        rows = range(self.screen.lines)
        return "\n".join(self._line(row).rstrip() for row in rows)

    def _line(self, row: int) -> str:
        """A row of the screen; the half that is left of a wide character is a blank.

        pyte's own `display` fails on such halves.
        """
        shown = ""
        for column in range(self.screen.columns):
            if cell_len(shown) <= column:
                shown += self.screen.buffer[row][column].data or " "
        return shown

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def close(self) -> None:
        """End the program, whatever it is doing, and close the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=10)
        self.hang_up()
