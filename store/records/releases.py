"""Releases of cards to a role or a member, as the desk tells of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

RELEASED_TO = ("rep", "manager", "service")
"""Roles that get something released; the others see all cards already, or none by their role."""

ReleasedTo = Annotated[str, ("rep", "manager", "service")]
"""One of `RELEASED_TO`."""

ReleaseLevel = Annotated[str, ("released", "whole")]
"""`released`: name, organisation and title; `whole`: the whole card, what is sensitive masked."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """What a role, or one member, gets of a department's cards that are not his own."""

    id: int
    department: int | None
    """None for the cards of all departments."""
    department_name: str
    """"" for all departments."""
    role: str
    """"" where it is given to one member."""
    member: str
    """His name; "" where it is given to a role."""
    login: str
    level: str
    reason: str
    given_by: str
    given_at: datetime
    ends_at: datetime | None
    taken_back_at: datetime | None
    state: str
    """`running`, `ended` or `taken_back`, by the real clock."""
    to_review: bool
    """Whether it runs without an end, so that somebody has to ask now and then whether it should
    (定期回收)."""
    takes_back: bool
    """Whether the reader may take it back."""
