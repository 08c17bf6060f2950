"""Lists of cards: which are asked for, and what one line of them holds."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

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

SORTS = (
    *("contact", "name", "lifecycle", "likelihood", "next", "number", "created", "review"),
    *("value", "importance", "credit", "complete", "route"),
)
"""Orders of a card list; `contact` is the most recently seen first, `route` the round of visits."""

Percent = Annotated[int, range(1, 101)]
"""Per cent, from 1 to 100."""


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
    credit_grades: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    ownerships: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    circles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    """Logins of the members who look after them."""
    risk: bool = False
    """Only cards of the risk list."""
    source_centre: bool = False
    """Only people who bring customers (domain.md section 2)."""
    not_seen_days: Days | None = None
    """Only cards without a contact in that many days."""
    complete_below: Percent | None = None
    """Only cards of which less than so many per cent is known."""
    review_due: bool = False
    put_off: bool = False
    """Only cards that are put off, in the walk through the pile, to a day that is still to come."""
    trashed: bool = False
    merged: bool = False
    """Only cards that were merged into others; they lie in the trash."""
    sort: str = "contact"
    reverse: bool = False

    @property
    def in_trash(self) -> bool:
        """Whether the trash is looked into."""
        return self.trashed or self.merged

    @property
    def filters(self) -> "CardQuery":
        """The same filters and text, in the usual order."""
        return replace(self, sort="contact", reverse=False)


def query_as_kept(query: CardQuery) -> dict[str, Any]:
    """What a query says besides the usual, as JSON keeps it."""
    usual = asdict(CardQuery())
    said = {key: value for key, value in asdict(query).items() if value != usual[key]}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}


def query_from(kept: Any) -> CardQuery | None:
    """A query from what was kept; None where it is none.

    What this version does not know is left out.
    """
    from store.arguments import taken_as
    from store.errors import BadValue

    if not isinstance(kept, dict):
        return None
    known = {field.name for field in fields(CardQuery)}
    said: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in kept.items()
        if key in known
    }
    try:
        query: CardQuery = taken_as(CardQuery, CardQuery(**said), "query")
    except BadValue:
        return None
    return query


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
    credit_grade: str | None = None
    credit_limit: int | None = None
    """In fen."""
    risk: bool = False
    route_order: int | None = None
    put_off_until: date | None = None
    house_grade: str | None = None
    """The value grade of the organisation where somebody works, who has none of his own."""
