"""Cards as rows of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from store import grade_words, labels, language
from store.language import N_, _
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.cards import CardQuery, CardRow

NO_RISKS: Mapping[int, str] = {}

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


EXTRA = {
    "risk": Column("risk", N_("Risk"), 16, least=10, share=2, sortable=False),
    "route": Column("route", N_("Route"), 6, align="right"),
    "value": Column("value", N_("Worth"), 6),
    "credit": Column("credit", N_("Credit"), 13, least=10),
    "importance": Column("importance", N_("Importance"), 10, least=4),
    "complete": Column("complete", N_("Known"), 7, align="right"),
    "review": Column("review", N_("Review due"), 10, least=8),
    "put_off": Column("put_off", N_("Put off"), 9, least=8, sortable=False),
    "owner": Column("owner", N_("Owner"), 8, least=6, sortable=False),
}
"""A further column, by what the list is filtered or sorted by."""


def extra_of(query: CardQuery) -> str:
    """The key of the further column that shows what a query is about; "" for none."""
    if query.risk:
        return "risk"
    if query.sort in EXTRA:
        return query.sort
    told = {
        "put_off": query.put_off,
        "value": query.value_grades,
        "credit": query.credit_grades,
        "importance": query.importances,
        "complete": query.complete_below,
        "review": query.review_due,
        "owner": query.owners,
    }
    return next((key for key, is_said in told.items() if is_said), "")


def _in_extra(key: str, card: CardRow, clock: Clock, risks: Mapping[int, str]) -> str:
    """What the further column says of a card."""
    today = clock.today()
    if key == "risk":
        return risks.get(card.id, "")
    if key == "route":
        return "" if card.route_order is None else str(card.route_order)
    if key == "complete":
        return f"{card.completeness}%"
    if key == "owner":
        return card.owner
    day = card.review_due_on if key == "review" else card.put_off_until
    if key in ("review", "put_off"):
        return labels.short_day(day, today) if day else "-"
    words = {"value": grade_words.value, "credit": grade_words.credit}
    return words.get(key, grade_words.importance)(card)


def columns(extra: str = "") -> tuple[Column, ...]:
    """The columns of the card list; their keys are sorts of `store.records.cards.SORTS`.

    Args:
        extra: a further one, a key of `EXTRA`.
    """
    chinese = language.current() == "zh"
    more = (EXTRA[extra],) if extra else ()
    return (
        Column("number", N_("Number"), 7),
        Column("name", N_("Name"), 16, least=10, share=4),
        Column("organisation", N_("Organisation"), 12, least=8, share=2),
        Column("lifecycle", N_("Level"), 6 if chinese else 8),
        Column("likelihood", N_("Likely"), 4 if chinese else 6),
        *more,
        Column("contact", N_("Last contact"), 9 if chinese else 13),
        Column("next", N_("Next step"), 16, least=9, share=4),
    )


SECTIONS, WHOLE = 2, 3
"""The levels of a card of which the member gets lent sections, and of one he gets all of."""

SORT_OF = {"organisation": "name"}
"""Columns that sort by another key than their own."""


def card_row(
    card: CardRow, clock: Clock, extra: str = "", risks: Mapping[int, str] = NO_RISKS
) -> Row:
    """A card as a row: what stands out is a word, and a tone besides.

    Args:
        extra: the further column, a key of `EXTRA`.
        risks: why cards are at risk, by id.
    """
    if card.level < WHOLE:
        about = (card.number, card.name, card.organisation or card.title)
        asked = _("ask {owner}").format(owner=card.owner)
        blank = ("", *([""] if extra else []), "-")
        return Row(str(card.id), (*about, labels.level(card.level), *blank, asked), "muted")
    more = (_in_extra(extra, card, clock, risks),) if extra else ()
    today = clock.today()
    seen = clock.local(card.last_contact).date() if card.last_contact else None
    step, tone = next_step(card, today)
    return Row(
        str(card.id),
        (
            card.number,
            f"! {card.name}" if card.risk else card.name,
            card.organisation or card.title,
            labels.lifecycle(card.lifecycle),
            labels.likelihood(card.likelihood),
            *more,
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
