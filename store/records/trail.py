"""What the trail tells: changes, and what an undo did."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, from and to; `table` and `key` name it."""

    table: str
    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change set as far as it concerns a card; the newest comes first."""

    change_set: int
    at: datetime
    member: str
    origin: str
    summary: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or a redo did; `left` names what had changed since and was left."""

    summary: str
    reverted: int
    left: tuple[str, ...] = ()
