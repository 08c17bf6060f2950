"""What the desk takes and returns about clubs of customers."""

from dataclasses import dataclass
from datetime import date

from store.records.relations import Linked

VERDICTS = ("keep", "drop")
"""Whether a customer is worth his place in a club."""


@dataclass(frozen=True, slots=True)
class ClubValues:
    """What is said of a club."""

    name: str = ""
    purpose: str = ""
    review_on: date | None = None
    """When its members are to be looked through."""


@dataclass(frozen=True, slots=True)
class ClubRow:
    """A club, as far as the reader knows of it."""

    id: int
    values: ClubValues
    owner: str
    """The name of the member who looks after it."""
    members: int
    """Present ones of whom the reader sees something."""
    is_due: bool = False
    """Whether its members are to be looked through by now."""
    own: bool = False
    """Whether the reader may change it."""
    version: int = 1
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Brings:
    """What a customer brings to the circle: in the last twelve months, and in those before.

    Purchases count by the year, this one and the last.
    """

    bought: int = 0
    bought_before: int = 0
    """In fen."""
    referrals: int = 0
    referrals_before: int = 0
    talks: int = 0
    talks_before: int = 0

    @property
    def grows(self) -> int:
        """1 where he brings more than before, -1 where less, 0 where as much."""
        pairs = (
            (self.bought, self.bought_before),
            (self.referrals, self.referrals_before),
            (self.talks, self.talks_before),
        )
        now, before = next((pair for pair in pairs if pair[0] != pair[1]), (0, 0))
        return (now > before) - (now < before)


@dataclass(frozen=True, slots=True)
class ClubMemberRow:
    """A customer in a club."""

    id: int
    club_id: int
    card: Linked
    joined_on: date | None
    left_on: date | None
    verdict: str | None
    reason: str
    reviewed_on: date | None
    brings: Brings | None
    """None where the reader does not see the whole card."""
    own: bool = False
    """Whether the reader may change this membership."""
