"""All customers of the sample team together, and the dates that fall around today."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from store.errors import BadValue
from store.lunar import LunarDay
from store.sample.cards import Chooser, NumberBook, SampleCard, firms
from store.sample.people import NameBook, employee, private_customer
from store.sample.showcase import FIRST_TRIED, OWN, showcase
from store.sample.team import MEMBERS

SEED = 20260101

BIRTHDAYS_IN_DAYS = (
    *(-3, -1, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 23, 26, 29),
)
"""Days from today on which somebody has a birthday, solar and lunar in turn."""

LEAP_BIRTHDAYS = (
    *("lunar:1963-04L-12", "lunar:1966-03L-05", "lunar:1971-05L-20", "lunar:1976-08L-25"),
    *("lunar:1979-06L-18", "lunar:1982-04L-10", "lunar:1987-06L-03", "lunar:1995-08L-16"),
)
"""Birthdays in leap months."""

FOUNDED_IN_DAYS = ((3, 10), (12, 20), (26, 30))
"""Days from today on which a firm has existed for so many years."""


def sample_cards(today: date) -> list[SampleCard]:
    """The three hundred customers in the order in which they were entered; firms come first."""
    chooser = Chooser(SEED)
    cards = list(_cards(chooser, today))
    persons = [card for card in cards if card.kind == "person"]
    _set_birthdays(chooser, persons, today)
    _set_foundings([card for card in cards if card.kind == "organisation"], today)
    cards.sort(key=lambda card: (card.entered, card.kind == "person"))
    _set_referrers(chooser, cards)
    return cards


def _cards(chooser: Chooser, today: date) -> Iterator[SampleCard]:
    phones, names = NumberBook(chooser), NameBook(chooser)
    left = {member.login: member.cards for member in MEMBERS}
    for made in showcase(chooser, today, phones, names):
        left[made.owner.login] -= 1
        yield made
    for card, city, persons in firms(chooser, today, phones, left):
        left[card.owner.login] -= persons + 1
        yield card
        for _ in range(persons):
            yield employee(chooser, today, phones, names, card, city)
    for member in MEMBERS:
        for _ in range(left[member.login]):
            yield private_customer(chooser, today, phones, names, member)


def _set_birthdays(chooser: Chooser, persons: Sequence[SampleCard], today: date) -> None:
    """Give birthdays around today to some, and leap-month birthdays to a few.

    Every third of them belongs to a customer of the member at the desk.
    """
    mine = [
        card for card in persons if card.owner is MEMBERS[0] and card.name not in (FIRST_TRIED, OWN)
    ]
    others = [card for card in persons if card.owner is not MEMBERS[0]]
    chosen = iter(chooser.sample(mine, 12))
    elsewhere = iter(chooser.sample(others, 24))
    for place, days in enumerate(BIRTHDAYS_IN_DAYS):
        card = next(chosen if place % 3 == 0 else elsewhere)
        born = chooser.randint(1962, 1997)
        day = today + timedelta(days=days)
        _forget_birthday(card)
        if place % 2:
            card.values["birth_lunar"] = _lunar_birthday(day, born)
        else:
            card.values["birth_solar"] = (
                f"{born}-{day:%m-%d}" if _exists(born, day) else f"--{day:%m-%d}"
            )
    for place, stored in enumerate(LEAP_BIRTHDAYS):
        card = next(chosen if place % 3 == 0 else elsewhere)
        _forget_birthday(card)
        card.values["birth_lunar"] = stored


def _forget_birthday(card: SampleCard) -> None:
    for key in ("birth_solar", "birth_lunar", "birth_kept"):
        card.values.pop(key, None)


def _exists(year: int, day: date) -> bool:
    return (day.month, day.day) != (2, 29) or year % 4 == 0


def _lunar_birthday(day: date, born: int) -> str:
    """The birthday of somebody who celebrates by the lunar calendar on this solar day."""
    lunar = LunarDay.from_solar(day)
    for year in range(born, born + 12):
        try:
            LunarDay(year, lunar.month, lunar.day)
        except BadValue:
            continue
        return f"lunar:{year}-{lunar.month:02d}-{lunar.day:02d}"
    return f"lunar:--{lunar.month:02d}-{lunar.day:02d}"


def _set_foundings(firms_made: Sequence[SampleCard], today: date) -> None:
    for card, (days, years) in zip(firms_made, FOUNDED_IN_DAYS, strict=False):
        day = today + timedelta(days=days)
        card.values["founded"] = f"{day.year - years}-{day.month:02d}-{min(day.day, 28):02d}"


def _set_referrers(chooser: Chooser, cards: Sequence[SampleCard]) -> None:
    """Some were brought by customers who had been there before."""
    for place, card in enumerate(cards):
        before = [
            earlier
            for earlier in cards[:place]
            if earlier.kind == "person"
            and earlier.owner is card.owner
            and earlier.stage in ("buyer", "loyal")
            and earlier.firm is not card.firm
            and earlier.entered < card.entered
        ]
        if card.kind == "person" and before and chooser.chance(22):
            card.introduced_by = chooser.choice(before)
            card.values["source"] = "referral_chain"
