"""The sides of a card that are text: how each is read and written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.content import Content

from screens.briefing_text import briefing_text
from screens.card_preview import in_part
from screens.card_rows import WHOLE
from screens.card_text import card_text, whole_card
from screens.history_text import history_text

if TYPE_CHECKING:
    from screens.card_page import CardPage
    from store.records.cards import CardRow

ROOMY = 32
"""Lines of the screen from which paragraphs of the briefing have a blank line between them."""

MOVES = 20
"""Changes of grade that the history tells."""

Reader = Callable[["CardPage", "CardRow", int], Awaitable[Content]]
"""Reads a side of a card, for lines of so many cells."""


async def read_briefing(page: CardPage, row: CardRow, width: int) -> Content:
    """The briefing; of a card that is seen in part, after a word that it is."""
    briefing = await page.desk.read(lambda desk: desk.briefing.of(row.id))
    roomy = page.size.height >= ROOMY
    text = briefing_text(briefing, page.desk.clock, width, roomy=roomy)
    if row.level == WHOLE:
        return text
    told = Content.styled(in_part(row), "$text-warning")
    return Content("\n\n").join(part for part in (told, text) if part)


async def read_whole(page: CardPage, row: CardRow, width: int) -> Content:
    """All that the card holds, by section, and where a person works and worked."""
    is_person = row.kind == "person" and row.level == WHOLE
    record, employers = await page.desk.read(
        lambda desk: (
            whole_card(desk, row.id),
            desk.people.history(row.id) if is_person else [],
        )
    )
    return card_text(record, width, employers)


async def read_history(page: CardPage, row: CardRow, width: int) -> Content:
    """Who changed what, and when."""
    entries, moves = await page.desk.read(
        lambda desk: (desk.trail.history(row.id), desk.grades.transitions(row.id, MOVES))
    )
    return history_text(entries, row.kind, page.desk.clock, moves)


TEXTS: dict[str, Reader] = {
    "briefing": read_briefing,
    "whole": read_whole,
    "history": read_history,
}
"""By the key of their tab."""
