"""SSH keys of members as the desk gives them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A public key with which a member comes in over SSH."""

    fingerprint: str
    """As `ssh-keygen -l` prints it: `SHA256:` and 43 signs."""
    kind: str
    comment: str
    """What stands behind the key: mostly whose computer it is."""
    login: str
    member: str
    """The member's name."""
    active: bool
    """Whether the member works here; the key of one who left opens nothing."""
    added_at: datetime
    added_by: str
