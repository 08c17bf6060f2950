"""What the desk takes and returns about inspections: a manager's verdict on a card."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from store.language import N_

APPROVED, SENT_BACK = "approved", "sent_back"

VERDICTS = (APPROVED, SENT_BACK)
"""As stored."""

WHOLE_CARD = ""
"""The section of a remark that is about the whole card."""

NO_INSPECTING = N_("Only those who stand above the owner, or coach him, inspect his cards.")


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """A verdict on a card that the reader sees whole."""

    id: int
    card_id: int
    number: str
    name: str
    organisation: str
    owner: str
    inspector: str
    at: datetime
    verdict: str
    """One of `VERDICTS`."""
    remarks: Mapping[str, str]
    """What was said, by the key of the form's section; `WHOLE_CARD` for all of it."""
    titles: Mapping[str, str]
    """The titles of those sections, in the language spoken now."""
    answer: str
    answered_by: str
    answered_at: datetime | None
    """None while a card that was sent back waits for its owner."""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.verdict == SENT_BACK and self.answered_at is None


@dataclass(frozen=True, slots=True)
class Uninspected:
    """A card of somebody below that was entered or changed since it was inspected last."""

    card_id: int
    number: str
    name: str
    organisation: str
    owner: str
    trainee: bool
    """Whether its owner still learns."""
    updated_at: datetime
    completeness: int
