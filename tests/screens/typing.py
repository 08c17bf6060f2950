"""What a hand does in a form: raw keys as a terminal sends them, and waiting for what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.pilot import Pilot

from screens.choose import Choose
from screens.form_screen import FormScreen


def type_raw(app: App[Any], text: str) -> None:
    """Send an app what a terminal sends; `pilot.press` sends keys without their characters."""
    for event in XTermParser().feed(text):
        app._driver.process_message(event)


async def until(pilot: Pilot[Any], condition: Callable[[], object]) -> None:
    """Wait until something holds, at most some seconds."""
    for _ in range(300):
        if condition():
            return
        await pilot.pause(0.02)
    assert condition(), getattr(pilot.app, "text", str)()


async def fill(pilot: Pilot[Any], key: str, text: str) -> None:
    """Go to a field and type into it, behind what stands there."""
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    await until(pilot, lambda: screen.form is not None)
    assert screen.form is not None
    await screen.form.go_to(key)
    type_raw(pilot.app, text)
    await pilot.pause()
    await pilot.pause()


async def choose(pilot: Pilot[Any], letter: str) -> None:
    """Wait for a list to choose from, and choose."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Choose) and pilot.app.screen.is_current)
    await pilot.press(letter)
