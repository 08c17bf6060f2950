"""A program whose terminal is gone ends, whatever state it is in."""

import os
import select
import signal
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable

GRACE = 3.0
"""Seconds that the program has for keeping words before it is ended by force."""

LOST = 129
"""The exit status of a session that lost its terminal: 128 and the number of SIGHUP."""


class SessionGuard:
    """Watches the terminal from a thread of its own.

    It sees a hang-up even where SIGHUP is ignored or swallowed by a wrapper, and where the event
    loop waits for a terminal that takes nothing any more: such a process would go on for ever.

    Args:
        loop: the event loop of the program.
        request_end: asks the program to keep what was typed and to end; called on the loop.
        terminal: the file descriptor to watch.
        grace: seconds after which the process ends in any case.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        request_end: Callable[[], object],
        *,
        terminal: int = 0,
        grace: float = GRACE,
    ) -> None:
        self._loop = loop
        self._request_end = request_end
        self._grace = grace
        self._terminal = os.dup(terminal)
        self._heard, self._signal = os.pipe()
        os.set_blocking(self._signal, False)

    def install(self) -> None:
        """Begin to watch; called in the main thread."""
        for number in (signal.SIGHUP, signal.SIGTERM):
            signal.signal(number, self._take_signal)
        threading.Thread(target=self._watch, name="session-guard", daemon=True).start()

    def _take_signal(self, *_: object) -> None:
        os.write(self._signal, b"!")

    def _watch(self) -> None:
        watched = select.poll()
        watched.register(self._terminal, 0)
        watched.register(self._heard, select.POLLIN)
        watched.poll()
        try:
            self._loop.call_soon_threadsafe(self._request_end)
        except RuntimeError:  # the loop is closed already: the program is ending
            pass
        threading.Event().wait(self._grace)
        os._exit(LOST)
