"""Cards as rows of a list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from store import labels, language
from store.language import N_, _
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.cards import CardRow


NO_CARDS = N_("No cards yet: n enters the first one, Ctrl+P and “import” an address book")
"""What a box without cards says; a message id."""

NONE_TO_SEE = {
    "service": N_("No customers are released to you yet: a manager does that, or ask in 8, Loans"),
    "administrator": N_("An administrator sees no customers; members and keys are in 8"),
}
"""What it says to those who enter no cards, by their role; message ids."""

NONE_FOUND = N_("Nothing found")


def no_cards(role: str) -> str:
    """What a list without cards says to a member of a role; a message id."""
    return NONE_TO_SEE.get(role, NO_CARDS)


def columns() -> tuple[Column, ...]:
    """The columns of the card list; their keys are sorts of `store.records.cards.SORTS`."""
    chinese = language.current() == "zh"
    return (
        Column("number", N_("Number"), 7),
        Column("name", N_("Name"), 14, least=10, share=3),
        Column("organisation", N_("Organisation"), 14, least=10, share=3),
        Column("lifecycle", N_("Level"), 6 if chinese else 8),
        Column("likelihood", N_("Likely"), 4 if chinese else 6),
        Column("contact", N_("Last contact"), 9 if chinese else 13),
        Column("next", N_("Next step"), 16, least=9, share=4),
    )


SECTIONS, WHOLE = 2, 3
"""The levels of a card of which the member gets lent sections, and of one he gets all of."""

SORT_OF = {"organisation": "name"}
"""Columns that sort by another key than their own."""


def card_row(card: CardRow, clock: Clock) -> Row:
    """A card as a row: what stands out is a word, and a tone besides."""
    if card.level < WHOLE:
        about = (card.number, card.name, card.organisation or card.title)
        asked = _("ask {owner}").format(owner=card.owner)
        return Row(str(card.id), (*about, labels.level(card.level), "", "-", asked), "muted")
    today = clock.today()
    seen = clock.local(card.last_contact).date() if card.last_contact else None
    step, tone = next_step(card, today)
    return Row(
        str(card.id),
        (
            card.number,
            card.name,
            card.organisation or card.title,
            labels.lifecycle(card.lifecycle),
            labels.likelihood(card.likelihood),
            labels.ago(seen, today) if seen else "-",
            step,
        ),
        tone,
    )


def next_step(card: CardRow, today: date) -> tuple[str, str]:
    """What is next on a card, and the tone it is shown in."""
    if card.next_on is not None:
        late = card.next_on < today
        day = labels.short_day(card.next_on, today)
        what = card.next_step or _("next contact")
        return f"{day} {what}", "warning" if late else ""
    if card.next_step:
        return card.next_step, ""
    if card.review_due_on is not None and card.review_due_on <= today:
        return _("due for review"), ""
    return "-", ""
