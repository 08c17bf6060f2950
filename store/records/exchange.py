"""What the desk takes and returns about import and export: plain values, no tables."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from store.errors import StoreError
from store.records.cards import Duplicate

Policy = Literal["skip", "update", "new"]
"""What becomes of a card of the file that is in the box already."""

POLICIES: tuple[Policy, ...] = ("skip", "update", "new")

Outcome = Literal["new", "update", "skip", "error"]
"""What becomes of a card of the file."""

Cells = tuple[str, ...]

EXPORTS = (
    "cards",
    "interactions",
    "todos",
    "dates",
    "papers",
    "relations",
    "referrals",
    "clubs",
    "trail",
    "all",
)
"""What can be exported."""

FORMATS = ("csv", "xlsx", "vcf", "ics", "json", "html")
"""Formats that are written."""

PAGES = ("briefing", "card", "survey", "network")
"""What can be printed of a card."""

BLANKS = ("card", "survey")
"""Forms that can be printed without a card."""

PAGE_FORMATS = ("html", "text")
"""How a page is printed."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in a row of a file, or worth a look."""

    row: int
    """The row of a table, the line in a vCard file; from 1, as an editor counts."""
    column: str
    """The heading, or the field's label; "" where it is about the whole row."""
    error: StoreError

    @property
    def reason(self) -> str:
        """The sentence, in the language spoken now."""
        return str(self.error)


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column of a table, and what becomes of its cells."""

    heading: str
    target: str
    """A form key or a special target (see `store.exchange.mapping`)."""
    samples: tuple[str, ...]
    """Its first cells that hold anything."""

    @property
    def known(self) -> bool:
        """Whether its cells go into a field, rather than being kept beside the fields or left."""
        return self.target not in ("extra", "leave_out")


@dataclass(slots=True)
class PlannedCard:
    """A card of the file as it would be entered."""

    row: int
    kind: str
    values: dict[str, Any]
    """Checked values by form key."""
    extras: list[list[str]] = field(default_factory=list)
    number: str = ""
    """The number it has in the file, where this program wrote the file."""
    wrong: bool = False
    """Whether it is refused; the reasons are among the plan's errors."""
    duplicate: Duplicate | None = None
    """The card of the box that it may be."""
    twin: int | None = None
    """The row of an earlier card of the same file that it may be."""

    @property
    def name(self) -> str:
        """The card's name."""
        return str(self.values.get("name", ""))

    @property
    def known(self) -> bool:
        """Whether the customer is in the box, or earlier in the file."""
        return self.duplicate is not None or self.twin is not None

    def outcome(self, policy: Policy) -> Outcome:
        """What becomes of it."""
        if self.wrong:
            return "error"
        return policy if self.known else "new"


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is written before `desk.exchange.run`.

    `on_duplicate` may be set to another policy; everything that is counted follows.
    """

    name: str
    """The file's name, without its folder."""
    format: str
    """csv, xlsx, vcf or json."""
    on_duplicate: Policy = "skip"
    path: Path | None = None
    """The file, where it was one; rejected rows are written beside it."""
    columns: tuple[PlannedColumn, ...] = ()
    cards: list[PlannedCard] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    """Why rows are refused."""
    warnings: list[RowError] = field(default_factory=list)
    """What was left out or looks damaged in rows that are taken."""
    rejected_rows: list[tuple[int, Cells]] = field(default_factory=list)
    """The refused rows as they stood, with their numbers."""
    box: Any = None
    """The whole document, where the file is one that `export` wrote as JSON."""

    def count(self, *outcomes: Outcome) -> int:
        """How many cards come to one of these outcomes."""
        return sum(card.outcome(self.on_duplicate) in outcomes for card in self.cards)

    @property
    def read(self) -> int:
        """Cards in the file."""
        return len(self.cards)

    @property
    def new(self) -> int:
        """Cards that would be entered."""
        return self.count("new")

    @property
    def duplicates(self) -> int:
        """Cards whose customer is in the box already, or earlier in the file."""
        return sum(card.known and not card.wrong for card in self.cards)

    @property
    def rejected(self) -> int:
        """Cards that are refused."""
        return self.count("error")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    read: int
    new: int
    updated: int
    skipped: int
    """Duplicates that were left alone, and those that held nothing new."""
    errors: tuple[RowError, ...] = ()
    rejected_file: Path | None = None
    """Where the refused rows are, with the reasons; None where there are none or no place."""
    organisations: int = 0
    """Cards of organisations that were made because somebody works there."""
    warnings: tuple[RowError, ...] = ()
