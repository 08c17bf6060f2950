"""What the desk takes and returns about remarks to colleagues."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A word of one member to another.

    What it is about stands here as far as the reader may see it: of a card that is released to
    him its number and name, of one that is closed to him nothing.
    """

    id: int
    kind: str
    """`remark`, or `guidance` of whoever stands above."""
    text: str
    author: str
    author_login: str
    addressee: str
    addressee_login: str
    at: datetime
    done_at: datetime | None
    """When the addressee was done with it; None while it waits on his Today."""
    card_id: int | None
    card_number: str | None
    card_name: str | None
    hidden: bool
    """Whether it is about a card of which the reader sees nothing."""
    interaction_id: int | None
    todo_id: int | None
    about: str
    """The talk or the to-do that is meant, in a few words; empty where none is, or not seen."""
    answers: int | None
    """The remark that this one answers."""
    answered: str
    """Its text."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be addressed."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark as one line says it."""

    to: Colleague | None
    """Whom it addresses; None where nobody or several may be meant."""
    text: str
    """What is said."""
    candidates: tuple[Colleague, ...]
    """Who may be meant by what is written of the name."""
    written: str
    """What is written of the name."""
