"""Inspecting a card and looking one through, from any screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from screens.card_actions import do
from store.language import _, ngettext

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk


def may_do(desk: Desk, card_id: int) -> frozenset[str]:
    """What the member may do with a card: his rights, and whether he gives a verdict on it."""
    rights = desk.cards.may(card_id)
    if not desk.cards.rows([card_id]) or not desk.inspections.may_inspect(card_id):
        return rights
    return rights | {"inspect"}


def inspect_card(screen: BaseScreen[Any], card_id: int) -> None:
    """Give a verdict on a card."""
    from screens.inspection_form import InspectionForm

    screen.app.push_screen(InspectionForm(screen.desk, card_id))


def look_through(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Note that cards were looked through: they fall due again after the usual time."""
    if not card_ids:
        return

    def told(count: int) -> str:
        words = ngettext(
            "{count} card looked through; u takes back",
            "{count} cards looked through; u takes back",
            count,
        )
        return words.format(count=count) if count else _("Not due before that anyway")

    do(screen, lambda desk: desk.inspections.look_through(card_ids), told, is_last=True)
