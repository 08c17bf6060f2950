"""Members and departments as the desk gives them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

ROLES = ("rep", "manager", "director", "service", "custodian", "administrator")
"""Roles of domain.md section 6."""

MERITS = ("praise", "reprimand", "qualified")
"""What is noted of a member: 奖, 惩, and that he passed as a trainee."""

WORK_KINDS = ("talk", "talk_changed", "card", "changed", "trashed", "todo", "done", "todo_changed")
"""What a member can have done, as the work view tells it."""

UNTOUCHED = 60
"""Days without a contact after which a card counts as untouched."""


@dataclass(frozen=True, slots=True)
class MemberValues:
    """What is said of a member."""

    login: str
    name: str
    role: Annotated[str, ROLES] = "rep"
    department: int | None = None
    trainee: bool = False
    coach: str | None = None
    """The login of whoever looks through a trainee's cards."""


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

    login: str
    role: str
    alone: bool
    """Whether the box is a personal one: nobody else works with it, or ever did."""
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
    keys: int | None
    """SSH keys with which he comes in; None where that is not the asker's business."""

    @property
    def values(self) -> MemberValues:
        """What is said of him, as it is edited."""
        return MemberValues(
            self.login, self.name, self.role, self.department, self.trainee, self.coach
        )


class DepartmentRow(NamedTuple):
    """A department as the tree shows it."""

    id: int
    name: str
    parent: int | None
    path: str
    """Its name behind those of the departments above it, with / between."""
    depth: int
    """0 at the top."""
    members: int
    """Members who work in it itself."""
    cards: int
    """Cards of it itself that the reader may count, without the trash."""


class Merit(NamedTuple):
    """Praise, reprimand or a qualification, as it was noted for a member."""

    at: datetime
    kind: str
    """One of `MERITS`."""
    words: str
    by: str
    """The name of whoever noted it."""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """What a member did in a time, and what waits for him now."""

    login: str
    name: str
    role: str
    trainee: bool
    new_cards: int
    """Cards that he entered in this time."""
    talks: int
    """Talks that he had in this time."""
    done: int
    """To-dos of his that were done in this time."""
    overdue: int
    """To-dos of his that are overdue now."""
    untouched: int
    """Cards of his without a contact for `UNTOUCHED` days."""
    reviews: int
    """Cards of his that are due to be looked through."""
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """One thing that a member did, as the trail tells it; the newest comes first."""

    change_set: int
    at: datetime
    kind: str
    """One of `WORK_KINDS`."""
    name: str
    """The card's name; the title of a to-do without a card."""
    words: str
    """What was talked about, or to be done."""
    card: int | None
    interaction: int | None = None
    todo: int | None = None
