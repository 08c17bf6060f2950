"""What the desk returns about who has a card open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a card open in another session."""

    name: str
    editing: bool
    """Whether its form is open."""
    is_own: bool
    """Whether it is the member himself, in another session."""
