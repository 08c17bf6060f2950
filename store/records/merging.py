"""Two cards of one customer, side by side, and groups of cards that look like one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from store.records.cards import CardRecord

KEEP = "keep"
DROP = "drop"
BOTH = "both"
SIDES = (KEEP, DROP, BOTH)
"""Whose value a merged card gets: of the card that stays, of the one that goes, or of both."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two cards differ.

    A value that is masked for the member is `None` here, and `masked` names its side; which side
    it comes from is then settled without him: `choices` has one entry.
    """

    key: str
    """The field's key; where the declaration has it no more, that of the profile."""
    keep: Any
    drop: Any
    united: Any
    """What both make together; None where there is nothing of the kind."""
    suggested: str
    """One of `SIDES`."""
    choices: tuple[str, ...]
    masked: frozenset[str] = frozenset()
    """Sides whose value the member does not see."""
    place: bool = False
    """Where somebody works: the values are mappings with all that is known of the place."""

    def value(self, side: str) -> Any:
        """What the merged card has with this choice."""
        return {KEEP: self.keep, DROP: self.drop, BOTH: self.united}[side]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two cards side by side, before they are merged."""

    keep: CardRecord
    drop: CardRecord
    differences: tuple[Difference, ...]
    same: int
    """Fields in which they agree."""
    attached: Mapping[str, int]
    """How many records would come along, by their table."""
    new_owner: str = ""
    """Who looks after what goes, where another member does so far."""

    @property
    def versions(self) -> tuple[int, int]:
        """The versions of both, for `Merging.merge`."""
        return self.keep.version, self.drop.version


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did."""

    card_id: int
    number: str
    """Of the card that stayed."""
    name: str
    dropped: str
    """The number that leads to it from now on."""
    moved: Mapping[str, int]
    """How many records came along, by their table."""


class Certainty:
    """How sure it is that two cards are one customer; the greater the surer."""

    NUMBER = 5
    """The same ID number, credit code or own telephone."""
    ACCOUNT = 4
    """The same mail address, WeChat or QQ."""
    NAME = 3
    """The same name at the same organisation; of organisations the same name."""
    SIMILAR = 2
    """Names of organisations that differ in their form, or in characters that sound alike."""
    BIRTHDAY = 1
    """The same name and birthday."""


class LookAlike(NamedTuple):
    """A card of a group, as far as a list shows it."""

    id: int
    number: str
    kind: str
    name: str
    organisation: str
    title: str
    phone: str
    owner: str


class Pair(NamedTuple):
    """Two cards of a group of which something is the same; `reason` is the form key of it."""

    first: int
    second: int
    reason: str
    certainty: int


@dataclass(frozen=True, slots=True)
class Group:
    """Cards that look like one customer, the oldest first, and why."""

    cards: tuple[LookAlike, ...]
    pairs: tuple[Pair, ...]
    """Enough of them to join all cards of the group, the surest first."""

    @property
    def certainty(self) -> int:
        """That of the surest pair."""
        return max(pair.certainty for pair in self.pairs)

    def card(self, card_id: int) -> LookAlike:
        """A card of the group; raises `KeyError` for another one."""
        return {each.id: each for each in self.cards}[card_id]
