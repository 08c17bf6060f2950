"""The papers of customers, as the desk takes and gives them: plain values, no tables.

Five classes, each with its kinds in the fixed order of domain.md section 6.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

CLASSES = ("basic", "contract", "debt", "trade", "return")
"""The five classes, in their order."""

OTHER = "other"
REGISTER = "register"
"""A register 登记表: written by the program at any time; a signed one may be kept as a paper."""

KINDS: dict[str, tuple[str, ...]] = {
    "basic": ("licence", "tax_registration", "power_of_attorney", "background_report", OTHER),
    "contract": (REGISTER, "text", OTHER),
    "debt": ("credit_limit", REGISTER, "agreement", "deferral", "plan", "collateral", OTHER),
    "trade": (REGISTER, "delivery", "packing_list", "customs", "inspection", OTHER),
    "return": (REGISTER, "approval", "liability", OTHER),
}
"""The kinds of each class, in their order."""

SORTS = tuple(f"{name}.{kind}" for name, kinds in KINDS.items() for kind in kinds)
"""Class and kind as one value, as forms offer it."""

LETTERS = {"basic": "J", "contract": "H", "debt": "Q", "trade": "Y", "return": "T"}
"""What a paper's number begins with: J2026-0012 is the twelfth basic paper of 2026."""

PaperClass = Annotated[str, CLASSES]
AnyClass = Annotated[str, ("", *CLASSES)]
"""A class; "" for all of them."""

YEARS = range(1900, 2200)
Year = Annotated[int, YEARS]
"""A year that papers are filed under."""

MostPages = Annotated[int, range(1, 100_000)]

PaperKey = tuple[str, str]
"""Class and kind."""

BASIC_WANTED: tuple[PaperKey, ...] = tuple(("basic", kind) for kind in KINDS["basic"][:-1])
"""What the file of an organisation should hold."""

TRADING = frozenset({"buyer", "loyal", "former"})
"""Lifecycles of whoever has bought: there is a contract."""

BOUGHT_WANTED: tuple[PaperKey, ...] = (("contract", "text"),)

FOLLOWS: dict[str, tuple[PaperKey, ...]] = {
    "debt": (("debt", "credit_limit"), ("debt", "agreement")),
    "trade": (("trade", "delivery"),),
    "return": (("return", "approval"), ("return", "liability")),
}
"""What a class should hold as soon as it holds anything."""


def missing_of(card_kind: str, lifecycle: str, held: frozenset[PaperKey]) -> tuple[PaperKey, ...]:
    """What is missing in a customer's file, in the order of the classes.

    Of a person nothing is asked for as long as there is nothing: people have no licence.

    Args:
        held: class and kind of the papers that are there.
    """
    wanted: list[PaperKey] = []
    if card_kind == "organisation":
        wanted += BASIC_WANTED
        if lifecycle in TRADING:
            wanted += BOUGHT_WANTED
    classes = {name for name, _kind in held}
    for name, keys in FOLLOWS.items():
        if name in classes:
            wanted += keys
    return tuple(key for key in wanted if key not in held)


@dataclass(frozen=True, slots=True)
class PaperValues:
    """What is written down of a paper."""

    paper_class: PaperClass = "basic"
    kind: str = OTHER
    title: str = ""
    """May stay empty where the kind says enough."""
    dated_on: date | None = None
    pages: MostPages | None = None
    original: bool = False
    """Whether it is the original, which never leaves the shelf; else a copy."""
    shelf: str = ""
    """Where the paper is; "" where only the file is kept, or nobody said."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file as it is kept beside the box, under the digest of its content."""

    digest: str
    """SHA-256 in hexadecimal."""
    name: str
    """What it was called, cleaned."""
    size: int
    """Bytes."""
    media_type: str
    """By its content: application/pdf, image/png …; application/octet-stream where unknown."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper, with whose it is and where."""

    id: int
    number: str
    card_id: int
    card_number: str
    card_name: str
    values: PaperValues
    file: PaperFile | None
    volume: str
    """The number of the volume it was closed into; "" as long as it is open."""
    volume_id: int | None
    volume_shelf: str
    place: int | None
    """Its place in the volume, from 1."""
    created_at: datetime
    created_by: str
    """The name of who listed it."""
    trashed: bool
    borrower: str = ""
    """Who has the paper just now; "" where it is on its shelf."""
    due_at: datetime | None = None
    """Until when it has to be back."""
    late: bool = False
    loan_id: int | None = None

    @property
    def year(self) -> int:
        """The year it is filed under."""
        return int(self.number[1:5])

    @property
    def whereabouts(self) -> str:
        """Where the paper is: its own shelf place, else that of its volume."""
        return self.values.shelf or self.volume_shelf

    @property
    def key(self) -> PaperKey:
        """Class and kind."""
        return self.values.paper_class, self.values.kind


@dataclass(frozen=True, slots=True)
class PaperQuery:
    """Which papers are wanted; all that the member sees where nothing is said."""

    card: int | None = None
    paper_class: AnyClass = ""
    kind: str = ""
    year: Year | None = None
    """The year they are filed under."""
    volume: int | None = None
    """Those of a volume, in its order."""
    without_place: bool = False
    """Only those of which nobody said where the paper is, and that are no mere files."""
    open: bool = False
    """Only those that are in no volume yet."""
    out: bool = False
    """Only those that somebody has borrowed."""
    text: str = ""
    """A part of number, title, kind, shelf place, file name, note or customer."""
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """The closed papers of one class and one year."""

    id: int
    number: str
    paper_class: str
    year: int
    title: str
    shelf: str
    closed_at: datetime
    closed_by: str
    papers: int
    """Papers in it that the reader sees."""
    pages: int
    """Their pages, as far as they were counted."""


@dataclass(frozen=True, slots=True)
class MissingPapers:
    """A customer whose file lacks something."""

    card_id: int
    card_number: str
    card_name: str
    owner: str
    missing: tuple[PaperKey, ...]


@dataclass(frozen=True, slots=True)
class CardPapers:
    """The file of one customer."""

    papers: tuple[PaperRow, ...]
    """In the order of classes and kinds."""
    missing: tuple[PaperKey, ...]


@dataclass(frozen=True, slots=True)
class FileUsage:
    """How much the files of papers take."""

    papers: int
    """Papers that the member sees."""
    files: int
    """Files of the whole box, each content once."""
    size: int
    """Bytes of them."""
    own_size: int
    """Bytes of those that the member brought."""
    largest: int
    """Bytes that one file may have."""
