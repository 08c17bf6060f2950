"""What the desk returns about grades: how they changed."""

from dataclasses import dataclass
from datetime import datetime

GRADED = ("lifecycle", "likelihood", "value_grade", "credit_grade", "owner")
"""What is kept with when, who, from what, to what (domain.md section 1.1)."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of a grade, or of who looks after a card."""

    at: datetime
    member: str
    """Who changed it."""
    origin: str
    """What with; `grade` where it was worked out."""
    card_id: int
    number: str
    name: str
    field: str
    """One of `GRADED`."""
    before: str
    """The value as it is kept, of an owner his name; "" for none."""
    after: str
    stands: bool
    """Whether nobody took it back, and it takes nothing back itself."""


@dataclass(frozen=True, slots=True)
class Move:
    """How many cards went from one value to another in a time."""

    field: str
    before: str
    after: str
    cards: int
    """Different cards."""
