"""What the desk takes and returns about cards: plain values, no tables.

A search needs only the lists, which stand apart so that it starts sooner.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from store.records.card_list import KINDS, LIFECYCLES, LIKELIHOODS, SORTS, CardQuery, CardRow

__all__ = [
    "KINDS",
    "LIFECYCLES",
    "LIKELIHOODS",
    "SORTS",
    "CardQuery",
    "CardRecord",
    "CardRow",
    "Duplicate",
]


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A whole card as its form declares it.

    `values` maps the form's keys to values (absent means blank); `extras` are properties of an
    imported file that no field takes; `unknown` are values of fields no form declares now.
    """

    id: int
    number: str
    kind: str
    version: int
    owner: str
    created_at: datetime
    updated_at: datetime
    trashed: bool
    values: dict[str, Any]
    extras: list[list[str]] = field(default_factory=list)
    unknown: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    """Names of the cards whose numbers stand in `values`, by number."""
    level: int = 3
    """How much of the card the member gets (`store.visibility.Level`); 3 is all of it."""
    sections: tuple[str, ...] = ()
    """Keys of the sections that are lent to the member, where he does not get all of it."""
    masked: frozenset[str] = frozenset()
    """Keys of sensitive fields that hold something which is masked for the member."""
    own: bool = True
    """Whether he looks after the card, or stands above who does."""
    until: datetime | None = None
    """When a loan ends, by which the member sees the card."""
    merged: tuple[str, ...] = ()
    """Numbers that lead to this card: those of cards that were merged into it."""

    @property
    def name(self) -> str:
        """The card's name."""
        return str(self.values.get("name", ""))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A card that may be the same customer; `reason` is the form key that agrees.

    Of a card that the member does not see nothing is said but whom to ask: no id (0), no number,
    no name, and the `owner`. `weak` tells that only the name is the same, or similar.
    """

    card_id: int
    number: str
    name: str
    reason: str
    owner: str = ""
    weak: bool = False
