"""The sample team's customers: who they are, before anything is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from store.forms.declaration import load_form
from store.pinyin import sort_key
from store.records.occasions import FamilyValues
from store.sample.names import BRANDS
from store.sample.places import EAST, ELSEWHERE, INDUSTRIES, OWNERSHIPS, SOUTH, City, Industry
from store.sample.profiles import (
    CIRCLES,
    FORMER_REASONS,
    INTRODUCTIONS,
    TAGS,
    TRADE_TERMS,
)
from store.sample.team import MEMBERS, SampleMember

Choice = TypeVar("Choice")

STAGES = {"prospect": 3, "target": 5, "likely": 4, "buyer": 5, "loyal": 3, "former": 1}
"""Lifecycles, and how many of a member's first twenty-one firms are there."""

LIKELIHOODS: dict[str, dict[str, int]] = {
    "prospect": {"F2": 5, "F1": 2, "E": 2, "unclassified": 3},
    "target": {"E": 4, "B": 3, "D": 3, "C": 2, "unclassified": 1},
    "likely": {"A": 5, "B": 5, "C": 1},
    "buyer": {"B": 3, "A": 2, "F1": 1, "unclassified": 3},
    "loyal": {"A": 3, "B": 3, "unclassified": 3},
    "former": {"F1": 4, "C": 1, "F2": 1},
}
"""Likelihoods by lifecycle."""

BEFORE = {
    "target": "prospect",
    "likely": "target",
    "buyer": "likely",
    "loyal": "buyer",
    "former": "buyer",
}
"""The lifecycle a customer had when he was entered; the others began as they are."""

MOBILE_BEGINNINGS = ("139", "138", "137", "136", "135", "158", "159", "182", "186", "177")

PERSONS_PER_FIRM = {1: 4, 2: 5, 3: 3, 4: 2}


@dataclass(slots=True)
class SampleCard:
    """A customer to be entered on one day and looked through again on another."""

    kind: str
    values: dict[str, Any]
    """Everything that is known in the end."""
    owner: SampleMember
    entered: date
    reviewed: date | None
    """None: nothing was added after the card had been entered."""
    industry: Industry
    firm: "SampleCard | None" = None
    introduced_by: "SampleCard | None" = None
    family: list[FamilyValues] = field(default_factory=list)
    id: int = 0
    """The card's id and number, once it is written."""
    number: str = ""

    @property
    def stage(self) -> str:
        """The lifecycle it has now."""
        return str(self.values["lifecycle"])

    @property
    def name(self) -> str:
        """The customer's name."""
        return str(self.values["name"])

    @property
    def firm_name(self) -> str:
        """What the firm is called in talks: its short name; of a private person, his own."""
        firm = self if self.kind == "organisation" else self.firm
        return str(firm.values["short_name"]) if firm is not None else self.name


class Chooser(Random):
    """Random choices from a fixed seed."""

    def weighted(self, weights: dict[Choice, int]) -> Choice:
        """One of the keys, by weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def dealt(self, weights: dict[Choice, int]) -> Iterator[Choice]:
        """The keys without end, each as often as it weighs before they are shuffled again."""
        while True:
            pack = [key for key, weight in weights.items() for _ in range(weight)]
            self.shuffle(pack)
            yield from pack

    def chance(self, per_cent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.randrange(100) < per_cent

    def some(self, among: Sequence[Choice], fewest: int, most: int) -> list[Choice]:
        """Several different ones."""
        return self.sample(list(among), self.randint(fewest, most))


class NumberBook:
    """Telephone numbers that nobody has: the block 0000 is in use nowhere."""

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        self._endings = iter(chooser.sample(range(1000, 10000), 4000))

    def mobile(self) -> list[dict[str, str]]:
        """A mobile number, as the form keeps it."""
        return [_entry(f"{self.chooser.choice(MOBILE_BEGINNINGS)}0000{next(self._endings)}")]

    def fixed(self, city: City) -> list[dict[str, str]]:
        """An office number of a city."""
        return [_entry(f"{city.code}-0000{next(self._endings)}")]


def _entry(value: str, label: str = "") -> dict[str, str]:
    return {"value": value, "label": label}


SIZE = "value_grade"
"""What the size of a firm's purchases is drawn under; its grade follows from them."""


def worded(text: str, card: SampleCard) -> str:
    """A text about a customer with the pronoun that fits: 他, 她, or 对方 for a firm."""
    if card.kind == "organisation":
        return re.sub("他(?!们)", "对方", text)
    return re.sub("他(?!们)", "她", text) if card.values["gender"] == "female" else text


def spelled(name: str) -> str:
    """A name in Latin letters, for addresses."""
    return "".join(sort_key(name).split()[::2])


def entered_and_reviewed(chooser: Chooser, today: date, stage: str) -> tuple[date, date | None]:
    """When a card was entered, and when it was looked through last.

    Most cards are up to date, every seventh is due for its review.
    """
    youngest, oldest = (12, 300) if stage == "prospect" else (90, 900)
    entered = today - timedelta(days=chooser.randrange(youngest, oldest, 6))
    if stage == "prospect" and chooser.chance(35):
        return entered, None
    days = chooser.choice((64, 69, 77) if chooser.chance(14) else (1, 3, 6, 10, 15, 20, 24, 28))
    reviewed = today - timedelta(days=days)
    return entered, reviewed if reviewed > entered else None


def cities_of(member: SampleMember) -> tuple[City, ...]:
    """Where a member's customers are."""
    if member.department == "华东业务部":
        return EAST
    if member.department == "华南业务部":
        return SOUTH
    return (EAST[0], EAST[5], EAST[6], SOUTH[0], SOUTH[1], *ELSEWHERE)


def firms(
    chooser: Chooser, today: date, book: NumberBook, left: dict[str, int]
) -> Iterator[tuple[SampleCard, City, int]]:
    """Firms for each member in turn: the card, its city, how many people of it we know.

    Args:
        left: by login, how many cards are still wanted; every ninth is left for others.
    """
    brands = iter(BRANDS)
    for member in MEMBERS:
        spare = member.cards // 9
        stages = chooser.dealt(STAGES)
        while left[member.login] > spare + 1:
            persons = min(chooser.weighted(PERSONS_PER_FIRM), left[member.login] - spare - 1)
            city = chooser.choice(cities_of(member))
            industry = chooser.choice(INDUSTRIES)
            kind = chooser.choice(industry.kinds)
            made = firm(chooser, today, book, member, city, next(brands), kind, next(stages))
            yield made, city, persons


def firm(
    chooser: Chooser,
    today: date,
    book: NumberBook,
    owner: SampleMember,
    city: City,
    brand: str,
    kind: str,
    stage: str,
) -> SampleCard:
    """One firm with what is known of it; its name is made of city, brand and kind."""
    industry = next(trade for trade in INDUSTRIES if kind in trade.kinds)
    ownership, ending = chooser.weighted({(own, end): n for own, end, n in OWNERSHIPS})
    entered, reviewed = entered_and_reviewed(chooser, today, stage)
    domain = f"{spelled(brand)}.example"
    values: dict[str, Any] = {
        "name": f"{city.name}{brand}{kind}{ending}",
        "short_name": f"{brand}{kind}",
        "work_phone": book.fixed(city),
        "email": [_entry(f"sales@{domain}")],
        "website": [_entry(f"www.{domain}")],
        "work_address": f"{city.name}市{chooser.choice(city.streets)}{chooser.randint(2, 998)}号",
        "postcode": city.postcode,
        "ownership": ownership,
        "founded": founded(chooser),
        "introduction": chooser.choice(INTRODUCTIONS).format(city=city.name, makes=industry.makes),
        "products": industry.makes,
        "employees": chooser.choice((18, 35, 60, 85, 120, 180, 260, 400, 650, 1200)),
        "registered_capital": chooser.choice((100, 300, 500, 1000, 2000, 5000)) * 1_000_000,
        "turnover": chooser.choice((800, 1500, 3000, 6000, 12000, 35000)) * 1_000_000,
        "premises": chooser.choice(("owned", "owned", "rented")),
        **classification(chooser, stage, city, industry),
    }
    size = values.pop(SIZE, None)
    if size is not None:
        values["purchases"] = purchases(industry.products, size, brand, today)
    if stage in ("buyer", "loyal"):
        values["first_trade_on"] = str(entered + timedelta(days=chooser.randint(20, 60)))
    if industry.dealer:
        values["category"] = chooser.choice(("agent", "first_tier", "second_tier", "key_retailer"))
    return SampleCard("organisation", values, owner, entered, reviewed, industry)


def purchases(products: Sequence[str], size: str, brand: str, today: date) -> list[dict[str, Any]]:
    """What a firm bought in this year and the last two: large firms, A, the most of it."""
    # From the name, so that nothing else that is drawn here changes.
    drawn = sum(map(ord, brand))
    product, wavering = products[drawn % len(products)], 70 + drawn % 60
    whole = {"A": 180, "B": 36, "C": 8}[size] * wavering * 1_000_000 // 100
    rows = [
        {
            "year": year,
            "product": product,
            "amount": whole * (100 - 9 * (today.year - year)) // 100,
        }
        for year in range(today.year - 2, today.year + 1)
    ]
    return load_form("organisation").field("purchases").check(rows)  # type: ignore[return-value]


def founded(chooser: Chooser) -> str:
    """The day of founding, as the form keeps it."""
    return str(date(chooser.randint(1988, 2021), chooser.randint(1, 12), chooser.randint(1, 28)))


def classification(chooser: Chooser, stage: str, city: City, industry: Industry) -> dict[str, Any]:
    """How a customer is classified."""
    values: dict[str, Any] = {
        "lifecycle": stage,
        "likelihood": chooser.weighted(LIKELIHOODS[stage]),
        "importance": chooser.weighted({"ordinary": 6, "key": 3, "special": 1}),
        "industry": industry.name,
        "region": city.region,
        "city": city.name,
        "category": "end_user",
    }
    if stage in ("buyer", "loyal"):
        values[SIZE] = chooser.weighted({"A": 2, "B": 3, "C": 5})
        values["credit_grade"] = chooser.weighted({"A": 4, "B": 4, "C": 2, "D": 1})
        values["credit_limit"] = chooser.choice((5, 10, 20, 30, 50)) * 1_000_000
        values["trade_terms"] = chooser.choice(TRADE_TERMS)
    if stage == "former":
        values["former_reason"] = chooser.choice(FORMER_REASONS)
    if chooser.chance(45):
        values["tags"] = chooser.some(TAGS, 1, 2)
    if chooser.chance(20):
        values["circle"] = chooser.choice(CIRCLES)
    return values
