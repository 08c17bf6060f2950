"""The briefing and the day's agenda, as plain values; `asdict` gives the JSON of interface.md."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from store.records.cards import CardRow
from store.records.inspections import InspectionRow
from store.records.loans import LoanRow
from store.records.occasions import OccasionRow
from store.records.remarks import RemarkRow
from store.records.todos import TodoRow


@dataclass(frozen=True, slots=True)
class Talk:
    """A past talk in short: `words` are the customer's own."""

    id: int
    at: datetime
    member: str
    method: str
    summary: str
    words: str
    interest: int | None
    feedback: str
    who: str = ""
    """Of an organisation: with whom of its people; empty for the card itself."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now: what is set, and what the stage advises."""

    on: date | None
    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty field worth asking about today."""

    key: str
    label: str
    help: str


@dataclass(frozen=True, slots=True)
class Trip:
    """A row of a customer's itinerary: where he is, from when until when."""

    card_id: int
    number: str
    name: str
    organisation: str
    owner: str
    mine: bool
    """Whether the member looks after him."""
    starts: date | None
    """None where only its end is known."""
    ends: date
    city: str
    hotel: str
    flight: str
    purpose: str


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A row of the news about a customer; `kind` as it is shown."""

    card_id: int
    number: str
    name: str
    owner: str
    mine: bool
    """Whether the member looks after him."""
    on: date | None
    kind: str
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class Review:
    """How the card itself stands: when it is due to be looked through, what was said of it."""

    due_on: date | None
    verdict: str = ""
    """approved, sent_back, or "" where nobody has inspected it."""
    by: str = ""
    at: datetime | None = None
    remarks: tuple[str, ...] = ()
    """The inspector's words, with the section they are about; while the owner has not answered."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything known about one customer on one screen (domain.md section 1.5)."""

    card: CardRow
    identity: dict[str, str]
    """Label to text: how to call him, phones, addresses, ages, as they are shown."""
    how_met: str
    last_interactions: tuple[Talk, ...]
    promises: tuple[TodoRow, ...]
    """Open ones on both sides; `side` tells whose."""
    next_step: NextStep
    dates: tuple[OccasionRow, ...]
    likes: tuple[str, ...]
    taboos: tuple[str, ...]
    common_ground: tuple[str, ...]
    money: tuple[str, ...]
    competitors: tuple[str, ...]
    blanks: tuple[Blank, ...]
    completeness: int
    people: tuple[CardRow, ...] = ()
    """Of an organisation: who works there, who decides first."""
    parts: dict[int, str] = field(default_factory=dict)
    """What part each of them has in a decision and how he stands towards us, by the card's id."""
    remarks: tuple[RemarkRow, ...] = ()
    """Words of colleagues about it that wait for somebody, the newest first."""
    stage: dict[str, str] = field(default_factory=dict)
    """Label to text: the level and the grades."""
    review: Review = Review(None)
    itinerary: tuple[Trip, ...] = ()
    """Where he is now, and where he goes next."""
    needs: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    """What is missing in the chain of decision of an organisation."""
    news: tuple[NewsItem, ...] = ()
    """The newest first; of a person, that of his organisation."""
    dealer_check: str = ""
    """The last visit to a dealer; of a person, to his organisation."""
    own_card: str | None = None
    """The number of the card that the member keeps of himself."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is due today (interface.md `shuke today`)."""

    todos: tuple[TodoRow, ...]
    """Due today or overdue."""
    followups: tuple[CardRow, ...]
    """Cards whose next contact is due today or overdue."""
    dates: tuple[OccasionRow, ...]
    reviews: tuple[CardRow, ...]
    remarks: tuple[RemarkRow, ...] = ()
    """Words of colleagues that wait for the member."""
    inspections: tuple[InspectionRow, ...] = ()
    """The member's cards that were sent back and wait for his answer."""
    payments: tuple[dict[str, Any], ...] = ()
    trips: tuple[Trip, ...] = ()
    """Customers who travel this week or the next; the member's own first."""
    news: tuple[NewsItem, ...] = ()
    """What happened to customers in the last days; the member's own first."""
    loans: tuple[LoanRow, ...] = ()
    """What was asked of the member, what he borrowed, what is late; each with `why`."""
    pile: int = 0
    """How many of his own cards lie in the pile of forgotten ones, where they are many."""
