"""How long a session over SSH takes to begin, and a quick command, on a throw-away server.

.venv/bin/python -m bench.over_ssh
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.loopback_sshd import LoopbackServer, missing
from tests.journeys.terminal import Terminal

ROUNDS = 7


def first_frame(server: LoopbackServer) -> float:
    """Seconds from the start of ssh until the sections are on the screen."""
    with Terminal(server.ssh("zhang")) as terminal:
        terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 "), 60)
        seconds = time.monotonic() - terminal.started
        terminal.settle()
        terminal.press("ctrl+q")
        terminal.wait_for_end(20)
    return seconds


def command(server: LoopbackServer, *words: str) -> tuple[float, float]:
    """Seconds until the first byte of the answer, and until ssh has ended."""
    begun = time.monotonic()
    client = subprocess.Popen(server.ssh("zhang", *words), stdout=subprocess.PIPE)
    assert client.stdout is not None
    client.stdout.read(1)
    answered = time.monotonic() - begun
    client.communicate()
    return answered, time.monotonic() - begun


def main() -> None:
    """Measure, and print the medians."""
    if missing():
        raise SystemExit(missing())
    with TemporaryDirectory() as folder, LoopbackServer(Path(folder)) as server:
        frames = [first_frame(server) for _ in range(ROUNDS)]
        asked = [command(server, "shuke", "find", "zs") for _ in range(ROUNDS)]
        nothing = [command(server, "shuke", "--version") for _ in range(ROUNDS)]
    print(f"first frame over ssh          {median(frames) * 1000:5.0f} ms")
    print(
        f"ssh server shuke find zs      {median(a for a, _ in asked) * 1000:5.0f} ms to the answer"
    )
    print(f"                              {median(e for _, e in asked) * 1000:5.0f} ms to the end")
    print(
        f"ssh server shuke --version    {median(e for _, e in nothing) * 1000:5.0f} ms to the end"
    )


if __name__ == "__main__":
    main()
