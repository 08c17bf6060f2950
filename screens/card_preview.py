"""What a list tells of the card under the cursor, in three lines or in a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from screens.card_rows import SECTIONS, WHOLE, next_step
from store import grade_words, labels
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.cards import CardRow


def preview(card: CardRow, clock: Clock, *, wide: bool) -> Content:
    """A card in short: who, last contact, what is next.

    Args:
        wide: one fact a line, for a column beside the list.
    """
    if card.level < WHOLE:
        told = [*head_lines(card), Content(in_part(card)), Content(card.number)]
        return Content("\n").join(told)
    facts = [(label, text) for label, text in _facts(card, clock) if text]
    if not wide:
        lines = [Content("  ").join([*head_lines(card), Content(card.phone)])]
        lines += [
            Content("  ").join(
                Content.styled(label, "$text-muted") + f" {text}"
                for label, text in facts[start:end]
            )
            for start, end in ((0, 2), (2, 6))
        ]
        return Content("\n").join(lines)
    lines = [*column_head(card), Content("")]
    lines += [Content.styled(label, "$text-muted") + f"  {text}" for label, text in facts]
    return Content("\n").join(lines)


def in_part(card: CardRow) -> str:
    """What is said of a card of which the member gets a part only."""
    told = _("{owner} looks after this customer. You get name, organisation and title.")
    if card.level == SECTIONS:
        told = _("{owner} looks after this customer. Some sections are lent to you.")
    return told.format(owner=card.owner)


def head_lines(card: CardRow) -> list[Content]:
    """Who it is: the name, and what he is where."""
    at = _(", ").join(part for part in (card.title, card.organisation) if part)
    return [Content.styled(card.name, "bold"), *([Content(at)] if at else [])]


def column_head(card: CardRow) -> list[Content]:
    """Who it is, how to call him and what he is to us, for a column beside the list."""
    grades = Content.styled(_grades(card), "$text-muted")
    reach = Content("  ").join([Content(card.phone), grades]) if card.phone else grades
    return [*head_lines(card), reach]


def _grades(card: CardRow) -> str:
    """The level, and the likelihood where it is known."""
    known = [] if card.likelihood == "unclassified" else [card.likelihood]
    level = " ".join([labels.lifecycle(card.lifecycle), *known])
    value = grade_words.value(card)
    more = [
        _("value {grade}").format(grade=value) if value else "",
        _("credit {grade}").format(grade=card.credit_grade) if card.credit_grade else "",
        _("AT RISK") if card.risk else "",
    ]
    return " · ".join([level, *filter(None, more)])


def _facts(card: CardRow, clock: Clock) -> list[tuple[str, str]]:
    today = clock.today()
    seen = clock.local(card.last_contact).date() if card.last_contact else None
    last = labels.aside(f"{seen:%Y-%m-%d}", labels.ago(seen, today)) if seen else "-"
    return [
        (_("Next"), next_step(card, today)[0]),
        (_("Level"), _grades(card)),
        (_("Last contact"), last),
        (_("Complete"), f"{card.completeness}%"),
        (_("Owner"), card.owner),
        (_("Number"), card.number),
    ]
