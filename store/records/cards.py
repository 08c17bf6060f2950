"""What the desk takes and returns about cards: plain values, no tables."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

KINDS = ("person", "organisation")
"""The kinds of card, as stored."""

LIFECYCLES = ("prospect", "target", "likely", "buyer", "loyal", "former")
"""客户五级分类 and the former customer, in their order."""

LIKELIHOODS = ("A", "B", "C", "D", "E", "F1", "F2", "unclassified")
"""成交可能分级, best first, and the pile that is not classified yet."""

SORTS = ("contact", "name", "lifecycle", "likelihood", "next", "number", "created", "review")
"""Orders of a card list; `contact` is the most recently seen first."""


@dataclass(frozen=True, slots=True)
class CardQuery:
    """Which cards a list shows. Empty tuples and None filter nothing."""

    text: str = ""
    mine: bool = False
    kind: str | None = None
    lifecycles: tuple[str, ...] = ()
    likelihoods: tuple[str, ...] = ()
    value_grades: tuple[str, ...] = ()
    importances: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    not_seen_days: int | None = None
    """Only cards without a contact in that many days."""
    review_due: bool = False
    trashed: bool = False
    sort: str = "contact"
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class CardRow:
    """One line of a card list."""

    id: int
    number: str
    kind: str
    name: str
    organisation: str
    title: str
    phone: str
    owner: str
    lifecycle: str
    likelihood: str
    value_grade: str | None
    importance: str | None
    last_contact: datetime | None
    next_on: date | None
    next_step: str
    review_due_on: date | None
    completeness: int


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

    @property
    def name(self) -> str:
        """The card's name."""
        return str(self.values.get("name", ""))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A card that may be the same customer; `reason` is the form key that agrees."""

    card_id: int
    number: str
    name: str
    reason: str
