"""What the desk takes and returns about to-dos."""

from dataclasses import dataclass
from datetime import date, datetime, time

QUADRANTS = (1, 2, 3, 4)
"""1 important and urgent, 2 important, 3 urgent, 4 neither."""


def quadrant(important: bool, urgent: bool) -> int:
    """The quadrant, 1 to 4."""
    return (1 if urgent else 2) if important else (3 if urgent else 4)


@dataclass(frozen=True, slots=True)
class TodoValues:
    """A to-do as it is edited. `repeat` is an RFC 5545 rule without DTSTART."""

    title: str = ""
    note: str | None = None
    important: bool = False
    urgent: bool = False
    due_on: date | None = None
    due_time: time | None = None
    repeat: str | None = None
    card: int | None = None
    side: str = "ours"
    """`ours`, or `theirs` for what the customer promised."""
    owner: str | None = None
    """Login of who does it; None: the member himself."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One to-do. `urgent` and `quadrant` already count the nearness of the due date."""

    id: int
    title: str
    note: str | None
    important: bool
    urgent: bool
    quadrant: int
    due_on: date | None
    due_time: time | None
    days: int | None
    """Days until due; negative when overdue, None without a date."""
    repeat: str | None
    card_id: int | None
    card_number: str | None
    card_name: str | None
    owner: str
    side: str
    done_at: datetime | None
    tags: tuple[str, ...]
    values: TodoValues
    version: int
    asked_by: str | None = None
    """Who gave it to its owner, by name; None where he set it himself."""


@dataclass(frozen=True, slots=True)
class TodoQuery:
    """Which to-dos a list shows; open ones of the member unless said otherwise."""

    text: str = ""
    card: int | None = None
    everyone: bool = False
    done: bool = False
    """Also those done."""
    side: str | None = "ours"
    """None: ours and theirs."""
