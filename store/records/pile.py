"""What the desk returns about the pile of forgotten cards."""

from dataclasses import dataclass

from store.records.card_list import CardRow

REASONS = ("put_off", "review", "unclassified", "unseen")
"""Why a card lies in the pile: the day to which it was put off has come; its revision is overdue;
nobody classified it; nobody met the customer for long."""


@dataclass(frozen=True, slots=True)
class PileCard:
    """A card of the pile."""

    row: CardRow
    reasons: tuple[str, ...]
    """Some of `REASONS`, in their order."""
    mine: bool
    """Whether the member looks after it himself."""
