"""Members and departments as the desk gives them."""

from datetime import datetime
from typing import NamedTuple

ROLES = ("rep", "manager", "director", "service", "custodian", "administrator")
"""Roles of domain.md section 6."""


class MemberRecord(NamedTuple):
    """Somebody who works with the box; `department` is its id."""

    id: int
    login: str
    name: str
    role: str
    department: int | None
    active: bool
    trainee: bool = False
    coach: int | None = None


class OwnPlace(NamedTuple):
    """Where the member himself stands in the team."""

    role: str
    alone: bool
    """Whether nobody else works or ever worked with this box."""
    manages: bool
    """Whether he sets up members, departments and keys."""
    leads: bool
    """Whether somebody works below him, or learns from him."""


class MemberRow(NamedTuple):
    """Somebody who works or worked here, as the list of the team shows him."""

    id: int
    login: str
    name: str
    role: str
    department: int | None
    department_name: str | None
    active: bool
    trainee: bool
    coach: str | None
    """The login of whoever passes the trainee's cards."""
    left_at: datetime | None
    cards: int | None
    """Cards that he owns, without the trash; None where that is not the asker's business."""
    todos: int | None
    """His open to-dos."""
    last_seen: datetime | None
    """When he last changed something or came in."""
