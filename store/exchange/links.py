"""How a card in a file names another card, and which card of the box it then means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store import referral_keeping, rows
from store.forms.links import card_number
from store.forms.tidy import folded
from store.models.cards import Card
from store.recorder import Recorder
from store.records.cards import CardRecord
from store.records.exchange import PlannedCard
from store.rows import tuples

_LINK = re.compile(r"(?P<name>.*\S)\s*\((?P<number>[PO][0-9]{6,})\)", re.DOTALL)


def link_text(name: str, number: str) -> str:
    """How a file names a card so that people read it and an import finds it: 张山 (P000123)."""
    return f"{name} ({number})"


def read_link(text: str) -> tuple[str, str]:
    """Name and number that a text gives for another card; "" for what it does not say."""
    match = _LINK.fullmatch(text)
    if match:
        return match["name"], match["number"]
    number = card_number(text)
    return ("", number) if number else (text, "")


class Links:
    """The cards of a file, by the numbers they have there, and what they are in this box.

    Args:
        cards: every card of the file.
    """

    def __init__(self, cards: Iterable[PlannedCard]) -> None:
        self._ids: dict[str, int] = {}
        self._numbers: dict[str, str] = {}
        self._referred: list[tuple[int, str]] = []
        """Cards that were entered, with the number that their referrer has in the file."""
        self._in_file: set[str] = set()
        for card in cards:
            if card.number:
                self._in_file.add(card.number)
                if card.duplicate is not None:
                    self._ids.setdefault(card.number, card.duplicate.card_id)
                    self._numbers.setdefault(card.number, card.duplicate.number)

    def note(self, cards: Sequence[PlannedCard], ids: Sequence[int]) -> None:
        """Know the cards that were entered, by their ids in this box."""
        entered = dict(zip(ids, cards, strict=True))
        numbered = [row_id for row_id, card in entered.items() if card.number]
        if numbered:
            for row_id, number in tuples(
                Card.select(Card.id, Card.number).where(Card.id.in_(numbered))
            ):
                self._ids[entered[row_id].number] = row_id
                self._numbers[entered[row_id].number] = number
        for row_id, card in entered.items():
            number = read_link(card.values.get("referrer", ""))[1]
            if number in self._in_file:
                self._referred.append((row_id, number))

    def in_this_box(
        self, card: PlannedCard, values: Mapping[str, Any], record: CardRecord | None = None
    ) -> dict[str, Any]:
        """Values of a card whose links hold in this box.

        Args:
            record: the card of the box that they are about, where there is one.
        """
        meant = dict(values)
        if "organisation" in meant:
            name, number = read_link(meant["organisation"])
            present = record.values.get("organisation", "") if record else ""
            if number in self._numbers:
                meant["organisation"] = self._numbers[number]
            elif name and record and folded(record.linked.get(present, "")) == folded(name):
                meant["organisation"] = present
            elif name:
                meant["organisation"] = name
        if "referrer" in meant:
            name, number = read_link(meant["referrer"])
            if number in self._numbers:
                meant["referrer"] = self._numbers[number]
            elif name:
                meant["referrer"] = self._same_in_box(name, number) or name
        return meant

    @staticmethod
    def _same_in_box(name: str, number: str) -> str | None:
        """The number, where it is in this box and means a card of this name."""
        same = (Card.number == number) & (Card.name == name)
        return number if number and Card.select().where(same).exists() else None

    def settle_referrers(self, change: Recorder) -> None:
        """Link the cards that were entered before their referrers."""
        meant = {
            row_id: self._ids[number] for row_id, number in self._referred if number in self._ids
        }
        moved: dict[int, tuple[referral_keeping.Named, referral_keeping.Named]] = {}
        for row_id, row in rows.fetch(Card, meant).items():
            said = (row["referrer_card_id"], row["referrer_name"])
            moved[row_id] = (said, (meant[row_id], None))
            change.update(Card, row_id, {"referrer_card_id": meant[row_id], "referrer_name": None})
        referral_keeping.follow_all(change, moved)
