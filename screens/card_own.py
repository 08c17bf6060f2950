"""Which card is the member's own: it shows what he has in common with his customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.errors import StoreError
from store.language import _

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk


def switch_own_card(screen: BaseScreen[Any], card_id: int) -> None:
    """Say that a card is the member's own; once more says that it is not."""

    def switch(desk: Desk) -> bool:
        own = desk.own_card.row()
        if own is not None and own.id == card_id:
            desk.own_card.forget()
            return False
        desk.own_card.set(card_id)
        return True

    async def work() -> None:
        try:
            is_own = await screen.desk.write(switch)
        except StoreError as error:
            screen.report(error)
            return
        told = _("This is your own card: briefings tell what you share with a customer")
        screen.tell(told if is_own else _("This is your own card no more"))
        screen.reload()

    screen.run_worker(work(), exit_on_error=False, group="own", exclusive=True)
