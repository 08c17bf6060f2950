"""What the desk takes and returns about the contact log."""

from dataclasses import dataclass, field
from datetime import date, datetime

METHODS = (
    "visit",
    "phone",
    "wechat",
    "email",
    "meeting",
    "meal",
    "gift",
    "event",
    "material",
    "questionnaire",
    "sms",
    "after_sale",
    "other",
)
"""Ways of being in contact (domain.md section 3)."""

FEEDBACKS = ("commitment", "doubt", "objection")
"""Kinds of answer a customer gives."""


@dataclass(frozen=True, slots=True)
class InteractionQuery:
    """Which talks a list shows."""

    text: str = ""
    card: int | None = None
    mine: bool = False
    methods: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One line of the contact log. `summary` is the topic and the beginning of the minutes."""

    id: int
    card_id: int
    number: str
    name: str
    organisation: str
    member: str
    at: datetime
    method: str
    summary: str
    words: str
    interest: int | None
    reached: bool
    next_on: date | None


@dataclass(frozen=True, slots=True)
class InteractionValues:
    """A talk as the full form edits it; None means not said. `at` is aware, `cost` in fen."""

    at: datetime | None = None
    """None: now."""
    method: str = "other"
    length: int | None = None
    """Minutes it took."""
    place: str | None = None
    topic: str | None = None
    purpose: str | None = None
    reached: bool = True
    not_reached_reason: str | None = None
    interest: int | None = None
    minutes: str | None = None
    words: str | None = None
    """The customer's own words."""
    mood: str | None = None
    insight: str | None = None
    feedback_kind: str | None = None
    feedback: str | None = None
    agreed: str | None = None
    services: str | None = None
    cost: int | None = None
    gifts: str | None = None
    verdict: str | None = None
    next_on: date | None = None
    next_method: str | None = None
    next_purpose: str | None = None
    others: tuple[int, ...] = ()
    """Further cards that took part."""


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """A whole talk."""

    id: int
    card_id: int
    number: str
    name: str
    member: str
    version: int
    created_at: datetime
    trashed: bool
    values: InteractionValues
    others: dict[int, str] = field(default_factory=dict)
    """Names of the further cards by id."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What logging a talk brought about."""

    id: int
    card_id: int
    todos: tuple[int, ...] = ()
    suggested_lifecycle: str | None = None
    """The level this talk speaks for, where it is another than the card's."""
