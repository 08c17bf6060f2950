"""What screens do about two cards of one customer: choose, compare, merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from store.errors import StoreError

if TYPE_CHECKING:
    from screens.base import BaseScreen


def merge_card(screen: BaseScreen[Any], card_id: int) -> None:
    """Ask which card is the same customer as one, and merge the two."""

    def picked(other: int | None) -> None:
        if other is not None:
            merge_pair(screen, card_id, other, lambda _kept: None)

    async def ask() -> None:
        from screens.merge_pick import PickTwin

        try:
            row = await screen.desk.read(lambda desk: desk.cards.row(card_id))
        except StoreError as error:
            screen.report(error)
            return
        await screen.app.push_screen(PickTwin(screen.desk, card_id, row.kind, row.name), picked)

    screen.run_worker(ask(), exit_on_error=False, group="open", exclusive=True)


def merge_pair(
    screen: BaseScreen[Any], first: int, second: int, then: Callable[[int], None]
) -> None:
    """Compare two cards, the older one as the one that stays, and merge them.

    Args:
        then: told the id of the card that stayed.
    """
    from screens.merge import MergeCards

    def merged(card_id: int | None) -> None:
        if card_id is not None:
            then(card_id)

    keep, drop = sorted((first, second))
    screen.app.push_screen(MergeCards(screen.desk, keep, drop), merged)


def merge_marked(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Merge the two marked cards of a list."""
    first, second = card_ids

    def then(_card: int) -> None:
        screen.forget_marks()
        screen.reload()

    merge_pair(screen, first, second, then)


def find_duplicates(screen: BaseScreen[Any]) -> None:
    """Look through the whole box for cards of one customer."""
    from screens.duplicates import Duplicates

    screen.app.push_screen(Duplicates(screen.desk))
