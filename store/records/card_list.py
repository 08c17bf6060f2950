"""Lists of cards: which are asked for, and what one line of them holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, NamedTuple

Days = Annotated[int, range(36_501)]
"""Days of at most a hundred years."""

KINDS = ("person", "organisation")
"""The kinds of card, as stored."""

Kind = Annotated[str, ("person", "organisation")]
"""One of `KINDS`."""

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
    not_seen_days: Days | None = None
    """Only cards without a contact in that many days."""
    review_due: bool = False
    trashed: bool = False
    sort: str = "contact"
    reverse: bool = False


class CardRow(NamedTuple):
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
    level: int = 3
    """How much of the card the member gets (`store.visibility.Level`); 3 is all of it."""
