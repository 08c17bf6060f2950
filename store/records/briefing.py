"""The briefing and the day's agenda, as plain values; `asdict` gives the JSON of interface.md."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from store.records.cards import CardRow
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
class Briefing:
    """Everything known about one customer on one screen (domain.md section 1.5)."""

    card: CardRow
    identity: dict[str, str]
    """Label to text: phones, addresses, ages, grades, as they are shown."""
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
    """Of an organisation: who works there."""
    remarks: tuple[RemarkRow, ...] = ()
    """Words of colleagues about it that wait for somebody, the newest first."""


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
    payments: tuple[dict[str, Any], ...] = ()
    loans: tuple[LoanRow, ...] = ()
    """What was asked of the member, what he borrowed, what is late; each with `why`."""
