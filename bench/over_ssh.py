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


def command(server: LoopbackServer, login: str, *words: str) -> tuple[float, float]:
    """Seconds until the first byte of the answer, and until ssh has ended."""
    begun = time.monotonic()
    client = subprocess.Popen(server.ssh(login, *words), stdout=subprocess.PIPE)
    assert client.stdout is not None
    client.stdout.read(1)
    answered = time.monotonic() - begun
    client.communicate()
    return answered, time.monotonic() - begun


def main() -> None:
    """Measure, and print the medians."""
    if missing():
        raise SystemExit(missing())
    with TemporaryDirectory() as name:
        folder = Path(name)
        by_hand = folder / "authorized_keys"
        with LoopbackServer(folder, further=f"AuthorizedKeysFile {by_hand}") as server:
            by_hand.write_text(f'command="echo",restrict,pty {server.new_key("echo")}')
            rounds = [
                (
                    command(server, "echo"),
                    command(server, "zhang", "shuke", "find", "zs"),
                    first_frame(server),
                )
                for _ in range(ROUNDS)
            ]
    floor = median(nothing[1] for nothing, _, _ in rounds)
    for title, seconds in (
        ("ssh server echo", floor),
        ("ssh server shuke find zs, the answer", median(found[0] for _, found, _ in rounds)),
        ("ssh server shuke find zs, the end", median(found[1] for _, found, _ in rounds)),
        ("ssh server, the first frame", median(frame for _, _, frame in rounds)),
    ):
        print(f"{title:40}{seconds * 1000:6.0f} ms{(seconds - floor) * 1000:+6.0f} ms")


if __name__ == "__main__":
    main()
