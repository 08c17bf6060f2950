"""Keys one after the other, however many come at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from time import monotonic

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from screens.base import BaseScreen

STILL = 0.15
"""Seconds between two looks at whether a key is still on its way."""

LONGEST = 5.0
"""Seconds after which a key waits no longer, so that one can leave whatever goes wrong."""

MOST_LETTERS = 20
"""Letters that are typed one after the other before it is waited for what they lead to."""

PAUSE = 0.01
"""Seconds between two looks at whether the screen that keys wait for is there."""


class KeysInOrder(App[int]):
    """An app that handles a key wholly before it looks at the next one.

    Over a slow line several keys come in one piece. Textual gives all of them to the widget that
    has the focus then, although the first may move the focus: of `/zs` the letters would be lost.
    """

    _under_way = False
    _turn = 0
    """Counts the keys that were handled; a key that was given up does not lead on to the next."""
    _steps = 0
    """Counts the steps of the keys on their way."""
    _is_watched = False
    _is_paused = False
    _paused_since = 0.0
    _waiting: deque[events.Event]
    _typed_into: Widget | None = None
    """The field that got letters which nobody has waited for."""
    _letters = 0
    """How many."""
    _reached: Screen[object] | None = None
    """The screen on which everything was done that was under way before the next key."""

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait until the one before it has been handled."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way:
            self._waiting.append(event)
            self._watch()
        else:
            self._under_way, self._waiting = True, deque([event])
            await self._next()

    @property
    def arriving(self) -> bool:
        """Whether keys wait, because a screen is on its way."""
        screen = self.screen
        return not screen.is_mounted or (isinstance(screen, BaseScreen) and screen.is_arriving)

    async def _next(self) -> None:
        """Handle the next key that waits, and letters behind it."""
        while True:
            if not self.is_running or not self._screen_stack:
                return  # the program is ending: no key has anywhere to go
            if not self._waiting:
                self._under_way = False
                return
            if self.arriving and not self._has_paused_long:
                self._paused_since = self._paused_since or monotonic()
                self._is_paused = True
                self.set_timer(PAUSE, self._end_pause)
                return
            if self.screen is not self._reached and self._reach(self.screen):
                return
            self._paused_since = 0.0
            if await self._handle(self._waiting.popleft()):
                return

    def _reach(self, screen: Screen[object]) -> bool:
        """Go on behind what a screen does on coming; False where it does nothing any more.

        It takes the focus then, or the answer of the window that was on top of it.
        """
        self._reached = screen
        return screen.is_running and screen.call_later(self._follow, [self], self._turn)

    @property
    def _has_paused_long(self) -> bool:
        return self._paused_since > 0 and monotonic() - self._paused_since > LONGEST

    async def _end_pause(self) -> None:
        self._is_paused = False
        await self._next()

    async def _handle(self, event: events.Event) -> bool:
        """Handle a key; whether it leads on to the next one by itself, later.

        Letters stay in order in the field that they are typed into. Only another key has to wait
        until the field has told of them.
        """
        target = self.focused or self.screen
        is_text = isinstance(event, events.Key) and target.check_consume_key(
            event.key, event.character
        )
        if is_text and self._typed_into in (target, None) and not self._is_flooded:
            self._typed_into = target
            self._letters += 1
            await super().on_event(event)
            return False
        typed_into, self._typed_into = self._typed_into, None
        self._letters = 0
        self._turn += 1
        if typed_into is not None:
            self._waiting.appendleft(event)
            self._follow(self._way_from(typed_into), self._turn)
            return True
        way = self._way_from(target)
        await super().on_event(event)
        # Twice: what a key is bound to runs at its end, and what that posts goes the way again.
        # A letter ends in its field.
        self._follow(way if is_text else [*way, *way], self._turn)
        return True

    @property
    def _is_flooded(self) -> bool:
        """Whether more comes than one types: then each letter waits for the one before it."""
        return self._letters >= MOST_LETTERS or self.message_queue_size > 0

    def _way_from(self, target: Widget) -> list[MessagePump]:
        return [*target.ancestors_with_self[:-1], self]

    def _follow(self, way: Sequence[MessagePump], turn: int) -> None:
        """Go the way of the event, behind it: to the widget, up to the screen, to the app."""
        self._steps += 1
        for place, pump in enumerate(way):
            rest = way[place + 1 :]
            if rest and pump.is_running and pump.call_later(self._follow, rest, turn):
                return
        self.call_later(self._end_turn, turn)

    async def _end_turn(self, turn: int) -> None:
        if turn == self._turn:
            await self._next()

    def _watch(self) -> None:
        """See to it that the keys go on where the widget that had one went away with it."""
        if not self._is_watched:
            self._is_watched = True
            self.set_timer(STILL, partial(self._look, self._steps, False))

    async def _look(self, steps: int, was_still: bool) -> None:
        """Give a key up that has not come on since the last look but one.

        One look is not enough: whatever kept the program busy may have kept the key, too.
        """
        is_still = steps == self._steps and not self._is_paused
        if self._under_way and is_still and was_still:
            self._turn += 1
            is_still = False
            await self._next()
        self._is_watched = self._under_way
        if self._is_watched:
            self.set_timer(STILL, partial(self._look, self._steps, is_still))
