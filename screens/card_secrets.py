"""Looking at a sensitive field of a card that is not one's own; the trail notes who did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.choose import Choose
from store.errors import StoreError
from store.forms.declaration import load_form
from store.language import _

if TYPE_CHECKING:
    from screens.base import BaseScreen


def unmask_field(screen: BaseScreen[Any], card_id: int) -> None:
    """Ask which masked field is wanted, and show it for a while."""

    async def ask() -> None:
        try:
            card = await screen.desk.read(lambda desk: desk.cards.get(card_id))
            if not card.masked:
                screen.tell(_("Nothing is masked on this card"))
                return
            form = load_form(card.kind)
            choices = [(key, form.field(key).title) for key in sorted(card.masked)]
            title = _("Show for ten minutes; it is noted who looked")
            key = await screen.app.push_screen_wait(Choose(title, choices))
            if key is None:
                return
            await screen.desk.write(lambda desk: desk.cards.unmask(card_id, key))
        except StoreError as error:
            screen.report(error)
            return
        screen.reload()

    screen.run_worker(ask(), exit_on_error=False, group="unmask", exclusive=True)
