"""Files of a member on the server, as the desk gives them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ShelvedFile:
    """A file in a member's outbox or inbox."""

    name: str
    size: int
    """Bytes."""
    at: datetime
    """When it was put there."""
