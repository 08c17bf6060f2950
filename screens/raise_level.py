"""After a talk: the level of the customer that it speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.confirm import Confirm
from store import labels
from store.errors import StoreError
from store.language import _

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.records.interactions import Logged


async def offer_level(screen: BaseScreen[Any], logged: Logged) -> None:
    """Ask whether the card is to have the level that the talk speaks for, and set it.

    Must be called in a worker of the screen.
    """
    card, level = logged.card_id, logged.suggested_lifecycle
    if level is None:
        return
    try:
        row = await screen.desk.read(lambda desk: desk.cards.row(card))
        question = _("This talk speaks for a higher level. Raise {name} from {old} to {new}?")
        question = question.format(
            name=row.name, old=labels.lifecycle(row.lifecycle), new=labels.lifecycle(level)
        )
        if await screen.app.push_screen_wait(Confirm(screen.desk, question)):
            await screen.desk.write(
                lambda desk: desk.cards.set_values([card], {"lifecycle": level})
            )
    except StoreError as error:
        screen.report(error)
