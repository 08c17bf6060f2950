"""What the trail tells: changes, and what an undo did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after a change, whole, by the flat keys of the trail."""

    table: str
    before: Mapping[str, Any] | None
    """None for a record that is new."""
    after: Mapping[str, Any] | None
    """None for a record that was taken away."""

    @property
    def keys(self) -> list[str]:
        """The keys whose values differ, in the order of the record."""
        before, after = self.before or {}, self.after or {}
        both = dict.fromkeys([*before, *after])
        return [key for key in both if before.get(key) != after.get(key)]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change set as far as it concerns a card; the newest comes first."""

    change_set: int
    at: datetime
    member: str
    origin: str
    summary: str
    records: tuple[RecordChange, ...]
    again: bool = False
    """Whether it took an undo back: what had been undone was done again."""


@dataclass(frozen=True, slots=True)
class ExportEntry:
    """What a member took out of the box as a file."""

    at: datetime
    member: str
    what: str
    """cards, interactions, todos, dates, or all."""
    format: str
    """csv, xlsx, vcf, ics or json."""
    count: int
    """Records that went out."""
    chosen: bool
    """Whether only some cards were chosen."""
    paper: str = ""
    """The number of the paper whose file went out."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or a redo did."""

    summary: str
    """What was done or taken back; a message id."""
    reverted: int
    left: tuple[str, ...] = ()
    """What had changed since, and was left."""
    about: tuple[str, ...] = ()
    """The first few names of the to-dos and cards that it was about."""
