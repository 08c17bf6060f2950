"""Loans of cards and papers, as the desk tells of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

LoanDays = Annotated[int, range(1, 366)]
"""Days for which a card is lent, at most a year."""

Pages = Annotated[int, range(1, 100_000)]
"""Pages of a paper."""

STATES = (
    *("asked", "running", "late", "ended"),
    *("refused", "returned", "recalled", "withdrawn"),
)
"""What may have become of a loan; `ended` by itself, `late` for a paper that is still out."""

OPEN = frozenset({"asked", "running", "late"})
"""States in which something is still to come."""


@dataclass(frozen=True, slots=True)
class LoanRow:
    """Somebody sees a card for some days, or has a paper from the shelf."""

    id: int
    card_id: int
    number: str
    """The card's number."""
    name: str
    """Its name, as far as the reader may know it; else ""."""
    card_kind: str
    kind: str
    """`access` or `paper`."""
    borrower: str
    borrower_login: str
    what: str
    """The paper that was lent."""
    pages: int | None
    sections: tuple[str, ...] | None
    """Keys of the sections of the card's form; None for the whole card."""
    reason: str
    state: str
    """One of `STATES`, as it is now by the real clock."""
    asked_at: datetime
    days: int
    """Days that were asked for, or given."""
    handler: str
    """Who decided, or handed the paper out; "" as long as nobody did."""
    approver: str
    """Who approved that a paper leaves the shelf, where it was not the handler."""
    decided_at: datetime | None
    answer: str
    due_at: datetime | None
    """When it ends by itself; of a paper, until when it has to be back."""
    returned_at: datetime | None
    mine: bool
    """Whether the reader is the borrower."""
    decides: bool
    """Whether the reader says whether somebody may see the card."""
    why: str = ""
    """Why it stands on Today: `decide`, `open`, `refused`, `return` or `collect`; else ""."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A time when a lent card was opened."""

    at: datetime
    place: str
    """Key and address of the session; "" where it was none over SSH."""
    sections: tuple[str, ...]
    """The sections that could be read; none for the whole card."""
