"""What the desk takes and returns about who brought whom."""

from dataclasses import dataclass
from datetime import date

from store.records.relations import Linked

MEANS = ("in_person", "phone", "letter", "other")
"""By what a customer was introduced."""


@dataclass(frozen=True, slots=True)
class ReferralValues:
    """What is said of a referral besides who brought whom."""

    on: date | None = None
    means: str | None = None
    result: str = ""
    """What became of it, as the referrer is told."""
    reported_on: date | None = None
    """When the referrer was told."""
    thanked_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """Who brought a customer."""

    id: int
    card: Linked
    referrer: Linked | None
    """None where it is only a name, or a card of which the reader sees nothing."""
    referrer_name: str
    """The name, where it is no card."""
    values: ReferralValues
    bought: bool = False
    """Whether the customer has bought."""
    own: bool = False
    """Whether the reader may change it."""
    version: int = 1

    @property
    def waits(self) -> bool:
        """Whether the referrer was not told, or not thanked yet."""
        return self.values.reported_on is None or self.values.thanked_on is None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a chain of referrals has brought, as far as the reader sees its cards."""

    direct: int = 0
    """Customers whom the referrer brought himself."""
    customers: int = 0
    """All who came through him, those through others included."""
    bought: int = 0
    """How many of these have bought."""
    amount: int = 0
    """What they bought, in fen."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who brought customers."""

    card: Linked
    brought: Brought
    last_on: date | None
    waiting: int
    """Referrals of which he was not told, or for which he was not thanked yet."""
    dislikes_introductions: bool = False


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A card in a chain of referrals."""

    card: Linked
    depth: int
    """0 for the one that the chain begins with."""
    on: date | None
    bought: bool
    amount: int
    """What this card has bought, in fen; of a person, with what his organisation bought."""
    again: bool = False
    """Whether it stands in the chain above already, and is not gone on from."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who came through whom."""

    origin: tuple[Linked, ...]
    """Who brought the card, and who brought those, the first of all first."""
    links: tuple[ChainLink, ...]
    """The card and all who came through it, each behind the one who brought it."""
    brought: Brought


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name that a customer gave, in order of worth."""

    id: str
    """The id of its row on the card."""
    name: str
    details: tuple[tuple[str, str], ...]
    """What else the row says: title of the column and text."""
    card: Linked | None
    """The card that was made of it."""
