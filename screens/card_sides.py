"""The sides of a card that are widgets of their own: one line each.

To add one, write `class PapersSide(CardSide)` in a module of its own, with its keys as `BINDINGS`
of the widget, and put its line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from textual.widget import Widget

from store.language import N_

if TYPE_CHECKING:
    from screens.briefing import Briefing
    from store.background import Background


class Side(NamedTuple):
    """A side of a card, as its tab names it."""

    key: str
    title: str
    """A message id."""
    module: str
    widget: str
    kinds: tuple[str, ...] = ("person", "organisation")
    """The kinds of card that have it."""


SIDES: tuple[Side, ...] = (
    Side("people", N_("People"), "screens.people_side", "PeopleSide", ("organisation",)),
    Side("relations", N_("Relations"), "screens.relations_side", "RelationsSide"),
    Side("papers", N_("Papers"), "screens.papers_side", "PapersSide"),
)
"""In the order of their tabs, behind talks and to-dos."""


class CardSide(Widget):
    """A side of a card: reads what it shows in `load`, and has keys of its own.

    It has the cursor, or something in it, while it is shown. A card of which the member gets only
    a part does not have it.
    """

    DEFAULT_CSS = """
    CardSide { height: 1fr; width: 1fr; }
    """

    def __init__(self, page: Briefing) -> None:
        super().__init__()
        self.page = page
        """The card's page: `page.card` is the id, `page.row_of_card` the row, once it is read."""

    @property
    def desk(self) -> Background:
        """As of every screen."""
        return self.page.desk

    async def load(self) -> None:
        """Read anew what is shown; errors of the store are reported by the page."""
        raise NotImplementedError

    def take_cursor(self) -> None:
        """Give the cursor to what takes the keys."""
        self.query("RowList, TextPane, *").first().focus()

    def row_card(self) -> int | None:
        """The card that the entry under the cursor is about; None for the card of the page."""
        return None


def side(key: str) -> Side | None:
    """The side of a key; None for those that the page shows itself."""
    return next((each for each in SIDES if each.key == key), None)


def made(key: str, page: Briefing) -> CardSide:
    """A new widget for a side; raises `KeyError` where there is none."""
    found = {each.key: each for each in SIDES}[key]
    widget: CardSide = getattr(import_module(found.module), found.widget)(page)
    widget.id = f"side-{key}"
    return widget
