"""Cards that go from member to member, as the desk tells of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """What was handed over."""

    to: str
    """The name of the member who looks after it now."""
    cards: int
    """Cards that have another owner now, people of organisations among them."""
    people: int = 0
    """Those of them that came along as people of an organisation."""
    todos: int = 0
    """Open to-dos that went along."""


@dataclass(frozen=True, slots=True)
class TransferEntry:
    """One transfer of the past, as far as the cards went from one member to one other."""

    change_set: int
    at: datetime
    by: str
    """The name of who handed them over."""
    giver: str
    """The name of the old owner."""
    receiver: str
    reason: str
    numbers: tuple[str, ...]
    """The numbers of the cards."""
    names: tuple[str, ...]
    """The names of those of them that the member sees."""
    todos: int
    undone: bool = False
    """Whether it was taken back."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A member who could look after some cards, and what speaks for him."""

    login: str
    name: str
    department: str
    """The department's name; "" where he is in none."""
    cards: int
    """Customers that he looks after now."""
    key_cards: int
    """Those of them that are key customers."""
    city: str = ""
    """The city of most of the cards, where he has customers there."""
    city_cards: int = 0
    region: str = ""
    region_cards: int = 0
    industry: str = ""
    industry_cards: int = 0
    same_department: bool = False
    trainee: bool = False

    @property
    def points(self) -> int:
        """How much speaks for him; of equals whoever has fewer key customers comes first."""
        return (
            3 * bool(self.city_cards)
            + 2 * bool(self.region_cards)
            + 2 * self.same_department
            + bool(self.industry_cards)
            - self.trainee
        )
