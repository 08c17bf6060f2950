"""The briefing of a card as a page of paper: HTML or text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.briefing_lines import facts, parts
from store.exchange.page import head_of, html_page
from store.exchange.text_page import indented, pairs, text_page
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk
    from store.records.briefing import Briefing


def briefing_page(desk: "Desk", card_id: int, form: str) -> str:
    """The page, as much of it as the member gets of the card.

    Args:
        form: html or text.

    Raises:
        NotFound: the member sees no such card.
    """
    briefing, clock = desk.briefing.of(card_id), desk.store.clock
    card = briefing.card
    beside = _(", ").join(part for part in (card.title, card.organisation) if part)
    head = head_of(
        desk, _("Briefing for a visit"), name=card.name, beside=beside, number=card.number
    )
    if form == "text":
        return text_page(head, _lines(briefing, clock))
    told = {
        "facts": facts(briefing, clock, full=True),
        "parts": parts(briefing, clock, full=True),
    }
    return html_page("briefing.html", head, told)


def _lines(briefing: "Briefing", clock: "Clock") -> Iterator[str]:
    for group in facts(briefing, clock, full=True):
        yield from pairs(group)
    for part in parts(briefing, clock, full=True):
        yield ""
        yield part.title
        for line in part.lines:
            yield from indented(line.text, 4 if line.deeper else 2)
