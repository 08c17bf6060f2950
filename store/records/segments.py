"""What the desk takes and returns about segments."""

from dataclasses import dataclass
from datetime import datetime

from store.records.card_list import CardQuery


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A saved filter of cards with a name (domain.md section 1.1)."""

    id: int
    name: str
    query: CardQuery
    owner: str
    owner_login: str
    shared: bool
    """Whether the whole team has it; else it is the owner's own."""
    mine: bool
    """Whether the reader may change it."""
    updated_at: datetime
    count: int | None = None
    """How many of the reader's cards it finds; None where that was not asked."""
