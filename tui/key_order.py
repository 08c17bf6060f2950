"""Keys one after the other, however many come at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from time import monotonic

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from screens.base import BaseScreen

PATIENCE = 0.3
"""Seconds after which a key is taken for handled, whatever became of its widget."""


PAUSE = 0.01
"""Seconds between two looks at whether the screen that keys wait for is there."""


class KeysInOrder(App[int]):
    """An app that handles a key wholly before it looks at the next one.

    Over a slow line several keys come in one piece. Textual gives all of them to the widget that
    has the focus then, although the first may move the focus: of `/zs` the letters would be lost.
    """

    _under_way = False
    _paused = False
    _since = 0.0
    _waiting: deque[events.Event]

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait until the one before it has been handled."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if self._under_way:
            self._waiting.append(event)
            self.set_timer(PATIENCE, self._go_on)
            return
        self._under_way, self._waiting = True, deque([event])
        await self._next()

    @property
    def arriving(self) -> bool:
        """Whether keys wait, because a screen is on its way."""
        screen = self.screen
        return not screen.is_mounted or (isinstance(screen, BaseScreen) and screen.is_arriving)

    async def _handle(self, event: events.Event) -> None:
        self._since = monotonic()
        target = self.focused or self.screen
        await super().on_event(event)
        self._follow([*target.ancestors_with_self[:-1], self])

    def _follow(self, way: Sequence[MessagePump]) -> None:
        """Go the way of the event, behind it: to the widget, up to the screen, to the app."""
        for place, pump in enumerate(way):
            rest = way[place + 1 :]
            if rest and pump.is_running and pump.call_later(self._follow, rest):
                return
        self.call_later(self._next)

    async def _go_on(self) -> None:
        """Go on where the widget that had the key went away with it."""
        if self._under_way and monotonic() - self._since >= PATIENCE:
            await self._next()

    async def _next(self) -> None:
        """Handle the next key that waits."""
        if not self._waiting:
            self._under_way = False
        elif not self.arriving:
            await self._handle(self._waiting.popleft())
        elif not self._paused:
            self._paused = True
            self.set_timer(PAUSE, self._end_pause)

    async def _end_pause(self) -> None:
        self._paused = False
        await self._next()
