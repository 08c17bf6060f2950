"""Fifty people at once: the real program in so many terminals, on one box, as a team works.

`python -m bench.load` prints the figures; `--people`, `--seconds`, `--idle` make it shorter. What
the people see is measured outside the program: from the key that saves to the acknowledgment on
the screen.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import pwd
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.desks import timed_saves
from bench.figures import Figure, table
from bench.lean_terminal import LeanTerminal
from bench.salesperson import Salesperson, Seen
from bench.starting import BARE, HOUSE, memory_of
from bench.team_box import CARDS, PEOPLE, Colleague, team_box

STORM = 20
"""Sessions that start within two seconds."""

SETTLED = 8.0
"""Seconds after the last first frame until nothing is left to do."""

LOOK = """
import re, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
asked = ("SELECT coalesce(topic, '') || coalesce(minutes, '') FROM interaction",
         "SELECT title FROM todo", "SELECT coalesce(short_name, '') FROM card")
for sql in asked:
    for (text,) in connection.execute(sql):
        for mark in re.findall("[LTN]m[0-9]+x[0-9]+x", text):
            print(mark)
"""
"""Another program, which knows nothing of ours, looks for the words."""


@dataclass
class Run:
    """What was measured."""

    people: int
    seen: Seen = field(default_factory=Seen)
    first_frames: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    """MB of each session, all of them open and nobody typing."""
    memory_after: list[float] = field(default_factory=list)
    """The same after the work."""
    bare: list[float] = field(default_factory=list)
    """MB of each of as many bare apps."""
    idle: list[float] = field(default_factory=list)
    """Percent of a core that each session takes while nobody types."""
    busy: float = 0.0
    """Percent of a core that a session takes during the work, in the middle."""
    largest_wal: int = 0
    late: list[float] = field(default_factory=list)
    """Seconds by which this program itself was late, which count as the programs'."""
    lost: list[str] = field(default_factory=list)
    """Acknowledged, and not in the box."""
    exits: list[int] = field(default_factory=list)
    examined: str = ""
    """What `doctor` says against the box; empty where it is well."""
    logged: str = ""
    """What the programs wrote into their log of unexpected errors."""
    in_store: list[float] = field(default_factory=list)
    """Seconds of a save at a desk, so many desks in as many processes."""
    load: str = ""


async def work(run: Run, team: Sequence[Colleague], home: Path, box: Path, wanted: Wanted) -> None:
    """Have everybody come, wait, work and leave."""
    chance = random.Random(4)
    people: list[Salesperson] = []
    try:
        for place, who in enumerate(team):
            terminal = session(box, who.login, home)
            mine = random.Random(chance.random())
            people.append(Salesperson(who, terminal, run.seen, mine, wanted.pace))
            await asyncio.sleep(2 / STORM)
            if place == min(STORM, len(team)) - 1:
                run.first_frames = list(await asyncio.gather(*(each.come() for each in people)))
            elif place >= STORM:
                await people[-1].come()
        await asyncio.sleep(SETTLED)
        run.idle = await idle(people, wanted.idle)
        run.memory = [memory_of(each.terminal.process.pid) for each in people]
        stagger = wanted.pace * len(people) / 4
        await asyncio.gather(*(each.begin(chance.uniform(0, stagger)) for each in people))
        before = {each: cpu_of(each) for each in people}
        begun = time.monotonic()
        watching = asyncio.create_task(watch(run, box))
        await asyncio.gather(*(each.work(begun + wanted.seconds) for each in people))
        watching.cancel()
        took = time.monotonic() - begun
        spent = [cpu_of(each) - before[each] for each in people]
        run.busy = statistics.median(spent) / took * 100
        run.load = " ".join(f"{each:.2f}" for each in os.getloadavg())
        await asyncio.sleep(2)
        run.memory_after = [memory_of(each.terminal.process.pid) for each in people]
        for each in people:
            each.terminal.send("\x11")
        run.exits = [await ended(each.terminal) for each in people]
    finally:
        for each in people:
            each.terminal.close()


@dataclass(frozen=True)
class Wanted:
    """How long it goes on."""

    seconds: float
    idle: float
    pace: float


def session(box: Path, login: str, home: Path) -> LeanTerminal:
    """The program as sshd starts it for a member."""
    entry = [sys.executable, "-I", "-X", "utf8", "-m", "tui.ssh_session"]
    command = [*entry, "--member", login, "--database", str(box)]
    return LeanTerminal(command, environment=variables(home), folder=HOUSE)


def variables(home: Path) -> dict[str, str]:
    """The environment of a session on the server."""
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TEXTUAL_COLOR_SYSTEM": "256",
    }


async def idle(people: Sequence[Salesperson], seconds: float) -> list[float]:
    """The percent of a core that each takes while nobody types."""
    before = [cpu_of(each) for each in people]
    begun = time.monotonic()
    await asyncio.sleep(seconds)
    took = time.monotonic() - begun
    return [(cpu_of(each) - old) / took * 100 for each, old in zip(people, before, strict=True)]


def cpu_of(person: Salesperson) -> float:
    """The seconds of the processor that a session has taken so far."""
    stat = Path(f"/proc/{person.terminal.process.pid}/stat").read_text()
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def watch(run: Run, box: Path) -> None:
    """Look how large the write-ahead log becomes, and how late this program is itself."""
    wal = Path(f"{box}-wal")
    while True:
        before = time.monotonic()
        await asyncio.sleep(0.1)
        run.late.append(time.monotonic() - before - 0.1)
        if wal.exists():
            run.largest_wal = max(run.largest_wal, wal.stat().st_size)


async def ended(terminal: LeanTerminal) -> int:
    """Wait until a program has ended by itself; gives its exit status."""
    for _ in range(300):
        if terminal.process.poll() is not None:
            break
        await asyncio.sleep(0.1)
    return -1 if terminal.process.poll() is None else terminal.process.returncode


async def bare_memory(count: int, home: Path) -> list[float]:
    """MB of each of so many bare apps that are open at once."""
    terminals = []
    try:
        for _ in range(count):
            terminals.append(LeanTerminal(BARE, environment=variables(home), folder=HOUSE))
            await asyncio.sleep(0.25)
        for each in terminals:
            await each.seen(lambda text: "Today" in text, 60)
        await asyncio.sleep(2)
        return [memory_of(each.process.pid) for each in terminals]
    finally:
        for each in terminals:
            each.close()


def measured(people: int, cards: int, wanted: Wanted, *, compare: bool = True) -> Run:
    """One run on a new copy of the team's box.

    Args:
        people: of the team; each has a session.
        cards: in the box.
        wanted: how long it goes on.
        compare: whether the bare apps and the desks are measured as well.
    """
    run = Run(people)
    log = Path(pwd.getpwuid(os.getuid()).pw_dir) / ".local/state/shuke/log/shuke.log"
    noted = len(log.read_text()) if log.exists() else 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        box = home / "team" / "box.sqlite"
        box.parent.mkdir(mode=0o700)
        team = team_box(people, cards, box)
        subprocess.run([sys.executable, "-m", "compileall", "-q", "."], cwd=HOUSE, check=False)
        asyncio.run(work(run, team, home, box, wanted))
        look = [sys.executable, "-c", LOOK, str(box)]
        found = subprocess.run(look, capture_output=True, text=True, check=True).stdout.split()
        run.lost = sorted(set(run.seen.said) - set(found))
        doctor = [sys.executable, "-m", "tui.cli", "--database", str(box), "--lang", "en"]
        examined = subprocess.run(
            [*doctor, "--as", team[0].login, "doctor"],
            capture_output=True,
            text=True,
            check=False,
            cwd=HOUSE,
            env=variables(home),
        )
        run.examined = examined.stdout + examined.stderr if examined.returncode else ""
        run.logged = log.read_text()[noted:] if log.exists() else ""
        if compare:
            run.bare = asyncio.run(bare_memory(people, home))
            run.in_store = timed_saves(box, [who.login for who in team], min(20.0, wanted.seconds))
    return run


def at(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def figures(run: Run) -> list[Figure]:
    """The table of a run."""
    seen, who = run.seen, f"{run.people} sessions"
    found = [
        Figure(f"{who}: saves acknowledged", len(seen.said), "", limit="none lost",
               met=not (run.lost or seen.troubles or run.logged or run.examined)),
        Figure("the first save of each kind, p50", at(seen.first_saves, 50) * 1000, "ms"),
        Figure("the first save of each kind, p99", at(seen.first_saves, 99) * 1000, "ms"),
        Figure("a save as it is seen, p50", at(seen.saves, 50) * 1000, "ms"),
        Figure("a save as it is seen, p99", at(seen.saves, 99) * 1000, "ms",
               limit="less than 200", met=at(seen.saves, 99) < 0.2),
        Figure("a search as it is seen, p50", at(seen.searches, 50) * 1000, "ms"),
        Figure("a search as it is seen, p99", at(seen.searches, 99) * 1000, "ms"),
        Figure("a briefing as it is seen, p50", at(seen.openings, 50) * 1000, "ms"),
        Figure("a briefing as it is seen, p99", at(seen.openings, 99) * 1000, "ms"),
        Figure("processor of a session at work", run.busy, "%"),
        Figure("the measuring program is late, p99", at(run.late, 99) * 1000, "ms"),
        Figure("largest write-ahead log", run.largest_wal / 2**20, "MB", limit="less than 16",
               met=run.largest_wal < 2**24),
        Figure(f"first frame, {min(STORM, run.people)} starts in 2 s, slowest",
               max(run.first_frames), "s"),
        Figure("processor of an idle session", statistics.median(run.idle), "%",
               limit="less than 0.2", met=statistics.median(run.idle) < 0.2),
        Figure("processor of an idle session, most", max(run.idle), "%"),
       ]  # fmt: skip
    if run.bare:
        bare = statistics.median(run.bare)
        for when, memory in (("idle", run.memory), ("after the work", run.memory_after)):
            value = statistics.median(memory)
            found.append(
                Figure(
                    f"memory of a session, {when}",
                    value,
                    "MB",
                    bare,
                    "bare app",
                    "at most 1.4",
                    value / bare <= 1.4,
                )
            )
    if run.in_store:
        found.append(
            Figure(f"a save at {run.people} desks, p50", at(run.in_store, 50) * 1000, "ms")
        )
        found.append(
            Figure(
                f"a save at {run.people} desks, p99",
                at(run.in_store, 99) * 1000,
                "ms",
                limit="less than 200",
                met=at(run.in_store, 99) < 0.2,
            )
        )
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--cards", type=int, default=CARDS)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--idle", type=float, default=60.0, help="seconds nobody types")
    parser.add_argument("--pace", type=float, default=2.0, help="seconds between two steps")
    parser.add_argument("--alone", action="store_true", help="without what it is compared with")
    wanted = parser.parse_args()
    before = " ".join(f"{each:.2f}" for each in os.getloadavg())
    times = Wanted(wanted.seconds, wanted.idle, wanted.pace)
    run = measured(wanted.people, wanted.cards, times, compare=not wanted.alone)
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load before {before}, after the work {run.load}\n"
    )
    print(table(figures(run)))
    for trouble in run.seen.troubles:
        print(trouble)
    print(*run.lost, run.examined, run.logged, f"exits {sorted(set(run.exits))}", sep="\n")


if __name__ == "__main__":
    main()
