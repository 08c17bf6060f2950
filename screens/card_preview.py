"""What a list tells of the card under the cursor, in three lines or in a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from screens.card_rows import next_step
from store import labels
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.cards import CardRow


def preview(card: CardRow, clock: Clock, *, wide: bool) -> Content:
    """A card in short: who, last contact, what is next.

    Args:
        wide: one fact a line, for a column beside the list.
    """
    facts = [(label, text) for label, text in _facts(card, clock) if text]
    head = Content.styled(card.name, "bold")
    at = ", ".join(part for part in (card.title, card.organisation) if part)
    if not wide:
        lines = [Content("  ").join([head, Content(at), Content(card.phone)])]
        lines += [
            Content("  ").join(
                Content.styled(label, "$text-muted") + f" {text}"
                for label, text in facts[start:end]
            )
            for start, end in ((0, 2), (2, 6))
        ]
        return Content("\n").join(lines)
    lines = [head, *(Content(text) for text in (at, card.phone) if text), Content("")]
    lines += [Content.styled(label, "$text-muted") + f"  {text}" for label, text in facts]
    return Content("\n").join(lines)


def _facts(card: CardRow, clock: Clock) -> list[tuple[str, str]]:
    today = clock.today()
    seen = clock.local(card.last_contact).date() if card.last_contact else None
    grades = [labels.lifecycle(card.lifecycle)]
    if card.likelihood != "unclassified":
        grades.append(card.likelihood)
    return [
        (_("Next"), next_step(card, today)[0]),
        (_("Level"), " ".join(grades)),
        (_("Last contact"), f"{seen:%Y-%m-%d}, {labels.ago(seen, today)}" if seen else "-"),
        (_("Complete"), f"{card.completeness}%"),
        (_("Owner"), card.owner),
        (_("Number"), card.number),
    ]
