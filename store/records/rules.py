"""The team's rules about cards."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Level(NamedTuple):
    """A value grade, and the part of the revenue that its customers bring."""

    grade: str
    percent: int
    """Per cent of the revenue, beside what the grades before it have."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody's cards; settings of the box."""

    review_months: int = 2
    """Months after which a card is looked through again."""
    review_months_key: int = 1
    """The same for key cards and those of the risk list."""
    value_levels: tuple[Level, ...] = (Level("A", 80), Level("B", 15), Level("C", 5))
    """From the best on; the last one takes what is left."""
    pile_days: int = 60
    """Days without a contact after which a card counts as forgotten."""


class Bounds(NamedTuple):
    """From which revenue on a customer has a grade, as it was worked out last."""

    day: date
    bounds: tuple[tuple[str, int], ...]
    """Grade and fen, the best first."""
