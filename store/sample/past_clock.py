"""The clock of the sample team's past."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from store.clock import Clock


@dataclass(slots=True)
class PastClock(Clock):
    """A clock that is set to the moments of the sample team's past, one after the other."""

    moment: datetime = field(default=datetime(2000, 1, 1, tzinfo=UTC))

    def now(self) -> datetime:
        """The moment it is set to."""
        return self.moment
