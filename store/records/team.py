"""Members and departments as the desk gives them."""

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
