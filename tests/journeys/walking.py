"""Walking through the whole program without a terminal, and looking at what it paints."""

from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.segment import Segment
from textual.pilot import Pilot
from textual.screen import Screen

from store import language as speech
from tui.app import ShukeApp
from tui.config import Configuration
from tui.session import Session

TODAY = date(2026, 9, 24)


class Walker:
    """Somebody who goes from screen to screen of the program and notes what goes wrong."""

    def __init__(self, app: ShukeApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot
        self.errors: list[BaseException] = []
        """What went wrong in the background."""
        self.told: list[str] = []
        """What the program said went wrong."""
        app.note = self.errors.append  # type: ignore[method-assign]
        said = app.notify

        def notify(message: str, **options: Any) -> None:
            if options.get("severity") == "error":
                self.told.append(message)
            said(message, **options)

        app.notify = notify  # type: ignore[method-assign]

    async def settle(self) -> None:
        """Wait until no worker runs and everything is painted."""
        for _ in range(200):
            await self.pilot.pause(0.01)
            if all(worker.is_finished for worker in self.app.workers):
                await self.pilot.pause()
                if all(worker.is_finished for worker in self.app.workers):
                    break
        if self.errors:
            raise self.errors[0]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they do."""
        await self.pilot.press(*keys)
        await self.settle()

    async def go_to(self, section: str) -> None:
        """Show a section, with no page on top of it."""
        self.app.go_to(section)
        await self.settle()

    async def open(self, screen: Screen[Any]) -> None:
        """Open a screen on top."""
        await self.app.push_screen(screen)
        await self.settle()

    async def close(self) -> None:
        """Close the screen on top, whatever it would ask."""
        self.app.screen.dismiss(None)
        await self.settle()

    def segments(self) -> Iterator[Segment]:
        """What is painted, as it goes to the terminal."""
        for strip in self.app.screen._compositor.render_strips():
            yield from strip

    def text(self) -> str:
        """What is on the screen, one line under the other."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


@asynccontextmanager
async def walking(
    box: Path,
    language: str = "zh",
    size: tuple[int, int] = (80, 24),
    acting: str | None = None,
) -> AsyncIterator[Walker]:
    """The program on a box, on the day of the tests, in a terminal of a size.

    Args:
        acting: the login of whoever works; the box's usual member where None.
    """
    speech.use(language)
    options = Namespace(database=str(box), demo=False, acting=acting, lang=language, today=TODAY)
    app = ShukeApp(Session(options, Configuration()))
    async with app.run_test(size=size, notifications=True) as pilot:
        walker = Walker(app, pilot)
        await walker.settle()
        yield walker
