"""What the desk takes and returns about who is linked to whom."""

from dataclasses import dataclass
from datetime import date, datetime

KINDS = (
    *("colleague", "senior", "junior", "townsman", "schoolmate", "friend", "relative"),
    *("customer", "supplier", "club_fellow", "rival", "other"),
)
"""What one card can be to another (domain.md section 2)."""

INVERSE = {"senior": "junior", "junior": "senior", "customer": "supplier", "supplier": "customer"}
"""The same said from the other side, where that is not the same word."""

STRENGTHS = range(1, 6)
"""From 1, they have met, to 5, they would do anything for each other."""

UNREACHABLE = "rival"
"""Who is a rival leads to nobody."""


def inverse(kind: str) -> str:
    """What the other card is to the first, where that one is this to the other."""
    return INVERSE.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Linked:
    """A card as its name stands beside another one, as far as the reader may see it."""

    id: int
    number: str
    name: str
    kind: str
    organisation: str = ""
    title: str = ""
    whole: bool = True
    """Whether the reader sees the whole card; else name, organisation and title are all he gets."""


@dataclass(frozen=True, slots=True)
class RelationValues:
    """What is said of a relationship: `card` is the `kind` of `other`."""

    kind: str = "other"
    strength: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relationship, as it was entered."""

    id: int
    card: Linked
    other: Linked
    values: RelationValues
    version: int = 1
    own: bool = False
    """Whether the reader may change it."""

    def seen_from(self, card_id: int) -> tuple[Linked, str]:
        """The card at the other end, and what it is to this one."""
        if card_id == self.card.id:
            return self.other, inverse(self.values.kind)
        return self.card, self.values.kind


@dataclass(frozen=True, slots=True)
class Tie:
    """A card that is linked to the one in the middle, and how."""

    card: Linked
    how: str
    """What it is to the one in the middle: a kind of relationship, or one of
    `store.relation_words.HOWS`."""
    group: str
    """One of `GROUPS`."""
    strength: int | None = None
    detail: str = ""
    """The club, the school, the place, the job."""
    note: str = ""
    table: str = ""
    """The table of the record that says so; "" where it follows from what both cards say."""
    row: int = 0
    """The id of that record."""
    since: date | None = None
    own: bool = False
    """Whether the reader may change that record."""


GROUPS = ("above", "below", "ties", "work", "referred_by", "brought", "clubs", "alike")
"""In the order in which they are shown, the weakest last."""


@dataclass(frozen=True, slots=True)
class Around:
    """Everybody who is linked to a card, as far as the reader sees them."""

    card: Linked
    ties: tuple[Tie, ...]
    more: tuple[tuple[str, int], ...] = ()
    """By group, how many further cards that the reader sees were left out."""
    dislikes_introductions: bool = False

    def of(self, group: str) -> tuple[Tie, ...]:
        """The ties of a group."""
        return tuple(tie for tie in self.ties if tie.group == group)


@dataclass(frozen=True, slots=True)
class Step:
    """A card on the way to another one, and what it is to the one before."""

    card: Linked
    how: str
    """As of a `Tie`; of the first card `self`, `own_customer`, or "" where the way begins with
    another card."""
    strength: int | None = None
    detail: str = ""
    last_contact: datetime | None = None
    """When a customer of the reader's own, with whom the way begins, was reached last."""
    dislikes_introductions: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """The way from one card to another; without steps where none was found."""

    goal: Linked
    steps: tuple[Step, ...]
    mine: bool
    """Whether it begins with the reader."""
