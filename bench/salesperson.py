"""What a salesperson does at the program every few seconds, and what he sees of it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bench.lean_terminal import LeanTerminal
from bench.team_box import Colleague

PATIENCE = 30.0
"""Seconds after which something did not come about."""

ENTRY = "Leave; the words stay"
"""Stands below a line that is typed into."""

TABS = "Briefing  Whole"


@dataclass
class Seen:
    """What all of them saw."""

    saves: list[float] = field(default_factory=list)
    """Seconds from the key that saves to the acknowledgment, of each."""
    first_saves: list[float] = field(default_factory=list)
    """The same of the first of each kind in a session, for which the program is read still."""
    openings: list[float] = field(default_factory=list)
    """Seconds from Enter in the search line to the briefing."""
    searches: list[float] = field(default_factory=list)
    """Seconds from the last digit to the row that it finds."""
    said: list[str] = field(default_factory=list)
    """The words that were acknowledged as saved, each of them only once in the world."""
    troubles: list[str] = field(default_factory=list)
    """What did not come about, with the screen."""


class Salesperson:
    """Somebody of the team with the program open, at the list of his cards."""

    def __init__(
        self, who: Colleague, terminal: LeanTerminal, seen: Seen, chance: random.Random, pace: float
    ) -> None:
        """Make one.

        Args:
            who: of the team.
            terminal: where the program runs.
            seen: notes what he sees.
            chance: decides what he does.
            pace: seconds that he thinks between two steps, about.
        """
        self.who = who
        self.terminal = terminal
        self.seen = seen
        self.chance = chance
        self.pace = pace
        self.count = 0
        self.done: set[Callable[[], Awaitable[None]]] = set()
        """What he has done before."""

    async def come(self) -> float:
        """Wait for the program's first frame; gives the seconds it took."""
        seen = await self.wait(lambda text: text.startswith(" 1 "), "first frame")
        return seen - self.terminal.started

    async def begin(self, pause: float) -> None:
        """After a pause do each thing once."""
        try:
            await asyncio.sleep(pause)
            self.terminal.send("2")
            await self.wait(lambda text: "Search:" in text and " / " in text, "list of cards")
            await self.visit(self.log, self.note, self.change)
        except TimeoutError as error:
            self.seen.troubles.append(f"{self.who.login}: {error}")

    async def work(self, until: float) -> None:
        """Go on until a time of the monotonic clock; what fails is noted."""
        try:
            await asyncio.sleep(self.chance.uniform(0, 2 * self.pace))
            while time.monotonic() < until:
                wanted = self.chance.choice((1, 1, 2))
                kinds = (self.log, self.note, self.change)
                await self.visit(*self.chance.choices(kinds, (4, 3, 3), k=wanted))
        except TimeoutError as error:
            self.seen.troubles.append(f"{self.who.login}: {error}")

    async def wait(self, condition: Callable[[str], bool], what: str) -> float:
        """Wait for something on the screen."""
        return await self.terminal.seen(condition, PATIENCE, what)

    async def think(self) -> None:
        """Do nothing for a moment."""
        await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.pace)

    async def type(self, words: str) -> None:
        """Type as one does with an input method: some characters at once, then a moment."""
        for place in range(0, len(words), 4):
            self.terminal.send(words[place : place + 4])
            await asyncio.sleep(self.chance.uniform(0.15, 0.6))

    async def visit(self, *deeds: Callable[[], Awaitable[None]]) -> None:
        """Find a customer, read his briefing, write something, and go back to the list."""
        shown = self.terminal.screen.text
        phone = self.chance.choice([each for each in self.who.phones if each not in shown])
        self.terminal.send("/")
        await asyncio.sleep(0.3)
        typed = self.terminal.send(phone[-8:])
        found = await self.wait(lambda text: phone in _body(text), "search")
        self.seen.searches.append(found - typed)
        await self.think()
        entered = self.terminal.send("\r")
        opened = await self.wait(lambda text: TABS in text and phone in text, "briefing")
        self.seen.openings.append(opened - entered)
        for deed in deeds:
            await self.think()
            await deed()
            self.done.add(deed)
        await self.think()
        self.terminal.send("\x1b")
        await self.wait(lambda text: "Search:" in text, "back to the list")
        await asyncio.sleep(0.2)

    def mark(self, letter: str) -> str:
        """Words that nobody else types."""
        self.count += 1
        return f"{letter}{self.who.login}x{self.count}x"

    async def log(self) -> None:
        """Log a talk in one line."""
        self.terminal.send("l")
        await self.wait(lambda text: ENTRY in text, "line of a talk")
        mark = self.mark("L")
        await self.type(f"电话 聊了新报价,担心交期 {mark}")
        await self.save(self.log, "\r", mark, lambda text: ENTRY not in text and "Logged" in text)

    async def note(self) -> None:
        """Note a to-do in one line."""
        self.terminal.send("t")
        await self.wait(lambda text: ENTRY in text, "line of a to-do")
        mark = self.mark("T")
        await self.type(f"送样品 {mark} @明天")
        await self.save(self.note, "\r", mark, lambda text: ENTRY not in text and "Noted" in text)

    async def change(self) -> None:
        """Change how the customer likes to be called, in the editor."""
        self.terminal.send("e")
        await self.wait(lambda text: ">Name card" in text and "Nickname" in text, "editor")
        mark = self.mark("N")
        self.terminal.send("\t\t")
        await asyncio.sleep(0.3)
        await self.type(mark)
        await self.save(
            self.change, "\x13", mark, lambda text: TABS in text and "Card saved" in text
        )

    async def save(
        self,
        deed: Callable[[], Awaitable[None]],
        key: str,
        mark: str,
        acknowledged: Callable[[str], bool],
    ) -> None:
        """Press the key that saves, and note when it is said and shown that it is saved."""
        await asyncio.sleep(0.3)
        pressed = self.terminal.send(key)
        seen = await self.wait(acknowledged, f"saving {mark}")
        saves = self.seen.saves if deed in self.done else self.seen.first_saves
        saves.append(seen - pressed)
        self.seen.said.append(mark)


def _body(text: str) -> str:
    return text.partition("\n")[2].partition("\n")[2]
