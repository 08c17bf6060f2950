"""An empty app around one screen, on a real box."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from store.background import Background
from store.clock import Clock
from store.desk import Desk
from tui.themes import THEMES


class Host(App[None]):
    """Stands for the program around the screen under test; notes what it is asked for."""

    member_name = "王小明"

    def __init__(self, desk: Background, screen: Screen[Any]) -> None:
        super().__init__()
        self.desk = desk
        self.under_test = screen
        self.opened: list[int] = []
        self.gone_to: list[tuple[str, str]] = []
        self.answers: list[object] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.animation_level = "none"

    def on_mount(self) -> None:
        self.push_screen(self.under_test, self.answers.append)

    def open_card(self, card_id: int) -> None:
        self.opened.append(card_id)

    def go_to(self, section: str, wish: str = "") -> None:
        self.gone_to.append((section, wish))

    def use_language(self, language: str) -> None:
        self.gone_to.append(("language", language))

    def use_theme(self, theme: str) -> None:
        self.theme = theme

    @property
    def told(self) -> list[str]:
        """What the program said."""
        return [str(each.message) for each in self._notifications]

    def text(self) -> str:
        """What is on the screen, line by line."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


Showing = Callable[..., AbstractAsyncContextManager[tuple[Host, Pilot[None]]]]


@pytest.fixture
def background(desk: Desk, clock: Clock) -> Iterator[Background]:
    """The box of the test, for screens: threads of its own."""
    threads = Background(str(desk.store.path), None, clock, lambda: desk.store)
    yield threads
    threads.close()


@pytest.fixture
def showing(background: Background) -> Showing:
    """Shows a screen made from the desk, in a terminal of a size."""

    @asynccontextmanager
    async def show(
        make: Callable[[Background], Screen[Any]], size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[tuple[Host, Pilot[None]]]:
        app = Host(background, make(background))
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield app, pilot

    return show


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and nothing waits to be painted."""
    for _ in range(60):
        await pilot.pause(0.02)
        if not any(not worker.is_finished for worker in pilot.app.workers):
            await pilot.pause()
            if not any(not worker.is_finished for worker in pilot.app.workers):
                return
    raise AssertionError("the workers do not come to an end")


@pytest.fixture
def box(desk: Desk, tmp_path: Path) -> Desk:
    """A box with two persons at one organisation, and a third person."""
    desk.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "title": "采购经理",
            "mobile": [{"value": "13900002345", "label": ""}],
            "lifecycle": "target",
        },
    )
    desk.cards.create("person", {"name": "赵申", "organisation": "华东电子"})
    desk.cards.create("person", {"name": "李雪梅"})
    return desk


@pytest.fixture
def settled() -> Callable[[Pilot[None]], Any]:
    """Waits until a screen has come to rest: `await settled(pilot)`."""
    return settle
