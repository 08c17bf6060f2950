"""A command over SSH ends when nobody hears its answer any more, whatever it is doing."""

import os
import select
import signal
import threading
from collections.abc import Sequence

GRACE = 5.0
"""Seconds that the command has for finishing what it writes into the box."""

LOST = 129
"""The exit status of a command whose terminal or connection is gone."""

OUTPUTS = (1, 2)
"""Standard output and error."""


KILLING = (signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP)
"""What a terminal sends when its line is lost, and for two keys."""


def outlive_terminal(signals: Sequence[signal.Signals] = KILLING) -> None:
    """Do not die of the terminal: who read half of an answer and hung up was here all the same,
    and the trail is still to be told. What is written meets a closed line, and the guard stays.
    """
    for each in signals:
        signal.signal(each, signal.SIG_IGN)


def guard_output(outputs: Sequence[int] = OUTPUTS, grace: float = GRACE) -> None:
    """Watch from a thread of its own until the process ends.

    Without a terminal nothing is sent to a command whose connection is lost; it would notice at
    its next line of output, if there is one.
    """
    watched = select.poll()
    for descriptor in outputs:
        watched.register(os.dup(descriptor), 0)  # errors and hang-ups are always told

    def watch() -> None:
        watched.poll()
        threading.Event().wait(grace)
        os._exit(LOST)

    threading.Thread(target=watch, name="output-guard", daemon=True).start()
