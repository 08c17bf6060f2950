"""Who else has the card open that is open here: told to the others, asked for, put into words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from screens.base import BaseScreen
from store.errors import StoreError
from store.language import _, listed

if TYPE_CHECKING:
    from textual.screen import Screen

    from store.background import Background
    from store.desk import Desk
    from store.records.presence import Present


class Company:
    """What one session tells of the card that it has open, and what it sees of the others.

    It goes through the reading thread, since the side file is no part of the box. Alone in a box,
    or with no card open, it asks and writes nothing.
    """

    def __init__(self, desk: Background) -> None:
        self.desk = desk
        self._told: tuple[int, bool] | None = None
        """The card that the others know of, and whether it is said to be changed."""
        self._has_company = False
        """Whether somebody else works in this box at all."""
        self._beaten_at = 0.0

    async def look(self, screens: Sequence[Screen[Any]]) -> None:
        """Tell which card is open now, and show who else has it.

        Args:
            screens: those that lie upon each other, the one on top last.
        """
        screen = _attending(screens)
        opened = None if screen is None else screen.attended
        try:
            if opened != self._told:
                await self._tell(opened)
            if screen is None or opened is None or not self._has_company:
                return
            others = await self.desk.read(lambda desk: self._ask(desk, opened[0]))
        except StoreError:
            return
        if screen.is_attached:
            screen.show_company(others)

    async def leave(self) -> None:
        """Tell the others that this session ends."""
        if self._has_company:
            await self.desk.read(lambda desk: desk.presence.leave())

    async def _tell(self, opened: tuple[int, bool] | None) -> None:
        before, self._told = self._told, opened
        if before is not None and self._has_company and (opened is None or opened[0] != before[0]):
            await self.desk.read(lambda desk: desk.presence.leave(before[0]))
        if opened is not None:
            self._has_company = await self.desk.read(lambda desk: desk.presence.arrive(*opened))
            self._beaten_at = time.monotonic()

    def _ask(self, desk: Desk, card: int) -> list[Present]:
        """In the reading thread."""
        from store.presence import BEAT

        if time.monotonic() - self._beaten_at >= BEAT:
            self._beaten_at = time.monotonic()
            desk.presence.beat()
        return desk.presence.others(card)


def _attending(screens: Sequence[Screen[Any]]) -> BaseScreen[Any] | None:
    """The topmost screen on which a card is open."""
    for screen in reversed(screens):
        if isinstance(screen, BaseScreen) and screen.attended is not None:
            return screen
    return None


def in_words(company: Sequence[Present]) -> str:
    """Who else has a card open, in the language spoken now; "" for nobody."""
    editing = [each.name for each in company if each.editing and not each.is_own]
    reading = [each.name for each in company if not each.editing and not each.is_own]
    said = []
    if editing:
        said.append(_("{names} is changing it").format(names=listed(editing)))
    if reading:
        said.append(_("{names} has it open too").format(names=listed(reading)))
    if any(each.is_own for each in company):
        said.append(_("you have it open elsewhere"))
    return _(", ").join(said)
