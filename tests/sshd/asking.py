"""Asking the throw-away server as one of its members, and looking at what runs because of it."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.loopback_sshd import LoopbackServer
from store.database import open_store
from tests.journeys.terminal import Terminal

PATIENCE = 10.0
"""Seconds after which nothing of a lost session may be left."""


def ask(
    server: LoopbackServer,
    login: str,
    *words: str,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """Run one command of the program through ssh."""
    return subprocess.run(
        server.ssh(login, *words, options=options),
        input=given,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )


def open_terminal(server: LoopbackServer, login: str = "zhang", **options: Any) -> Terminal:
    """A member's terminal, in which the app opens; wait until it is there with `arrive`."""
    if not server.gives_terminals:
        pytest.skip("an sshd that is not root's gives no terminals")
    words = options.pop("options", ())
    return Terminal(server.ssh(login, options=words), **options)


def arrive(terminal: Terminal) -> Terminal:
    """Wait until the sections are on the screen."""
    terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 "), 60)
    return terminal


def sessions(server: LoopbackServer) -> list[int]:
    """The processes that work for members of this server."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            words = _read(folder / "cmdline").split(b"\0")
            if b"--member" in words and str(server.box).encode() in words:
                found.append(int(folder.name))
    return found


def environment_of(process: int) -> dict[str, str]:
    """The variables that a process was started with."""
    content = _read(Path(f"/proc/{process}/environ")).decode(errors="replace")
    return dict(pair.partition("=")[::2] for pair in content.split("\0") if pair)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the process has ended meanwhile
        return b""


def wait_until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Look until something is so; whether it was in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def none_left(server: LoopbackServer) -> bool:
    """Whether in time no process is left that works for a member."""
    return wait_until(lambda: not sessions(server))


@contextmanager
def box_of(server: LoopbackServer, login: str = "li"):
    """A member's desk on the server's box."""
    store = open_store(server.box)
    try:
        yield store.desk(login)
    finally:
        store.close()
