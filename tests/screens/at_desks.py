"""Screens shown at the desk of one member of a team."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from store.background import Background
from store.database import Store
from tests.screens.conftest import Host, settle

At = Callable[..., AbstractAsyncContextManager[tuple[Host, Pilot[None]]]]
"""Shows a screen for a login."""


async def until(pilot: Pilot[Any], shown: str) -> None:
    """Wait until a text is on the screen: where a worker asks in windows, it ends only with them.

    Raises:
        AssertionError: it does not come.
    """
    host = pilot.app
    assert isinstance(host, Host)
    for _ in range(150):
        await pilot.pause(0.02)
        if shown in host.text():
            return
    raise AssertionError(f"{shown} does not come:\n{host.text()}")


def at_desks(store: Store) -> At:
    """A function that shows a screen at the desk of whom it is told."""

    @asynccontextmanager
    async def show(
        login: str, make: Callable[[Background], Screen[Any]], size: tuple[int, int] = (80, 24)
    ) -> AsyncIterator[tuple[Host, Pilot[None]]]:
        threads = Background(str(store.path), login, store.clock, lambda: store)
        app = Host(threads, make(threads))
        try:
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                yield app, pilot
        finally:
            threads.close()

    return show
