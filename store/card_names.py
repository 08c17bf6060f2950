"""Which card a name in a line means."""

import json
from typing import TYPE_CHECKING

from store import search
from store.arguments import shortened
from store.cards import SEVERAL_CARDS
from store.errors import Ambiguous, NotFound
from store.forms.links import card_number
from store.line_names import possible_names
from store.merged_numbers import leading
from store.models.base import database
from store.records.cards import CardQuery, CardRow
from store.standing import NO_CARD

if TYPE_CHECKING:
    from store.desk import Desk

CALLED = (
    "SELECT card.id, card.name, card.short_name, card.number FROM card WHERE {where} AND card.id "
    "IN (SELECT id FROM card WHERE name IN (SELECT value FROM json_each(?)) "
    "UNION SELECT id FROM card WHERE short_name IN (SELECT value FROM json_each(?)) "
    "UNION SELECT id FROM card WHERE number IN (SELECT upper(value) FROM json_each(?)))"
)

FEWEST_DIGITS = 4
"""Digits of a phone number that may stand for a name."""


class NamesIn:
    """The cards that a line names exactly, by name, short name or number; asked for once.

    What several cards are called means none of them; a name goes before a short name.
    """

    def __init__(self, desk: "Desk", line: str) -> None:
        words = {line[start:end] for start, end in possible_names(line)}
        texts = json.dumps(sorted(words))
        chosen = search.select(desk, CardQuery())
        cursor = database.execute_sql(
            CALLED.format(where=chosen.where), [*chosen.parameters, texts, texts, texts]
        )
        by_name: dict[str, list[int]] = {}
        by_short_name: dict[str, list[int]] = {}
        for card_id, name, short_name, number in cursor.fetchall():
            by_name.setdefault(name, []).append(card_id)
            by_name.setdefault(number, []).append(card_id)
            by_short_name.setdefault(short_name, []).append(card_id)
        for number, card_id in leading(
            number for word in words if (number := card_number(word))
        ).items():
            by_name.setdefault(number, [card_id])
        called = by_short_name | by_name
        rows = desk.cards.rows([ids[0] for ids in called.values() if len(ids) == 1])
        self._found = {
            text: rows[ids[0]] for text, ids in called.items() if len(ids) == 1 and ids[0] in rows
        }

    def __call__(self, text: str) -> CardRow | None:
        """The one card of this name."""
        return self._found.get(text) or self._found.get(text.upper())


class NameAtTheStart(NamesIn):
    """As `NamesIn`; the line's first word may also be pinyin, initials or digits of a phone."""

    def __init__(self, desk: "Desk", line: str) -> None:
        super().__init__(desk, line)
        self._desk = desk
        self._line = line.lstrip()

    def __call__(self, text: str) -> CardRow | None:
        """The one card that is meant."""
        known = super().__call__(text)
        if known is not None or " " in text or not self._line.startswith(text):
            return known
        try:
            return card_meant(self._desk, text)
        except NotFound:
            return None


def card_meant(desk: "Desk", text: str) -> CardRow:
    """The one card whose name, short name, number or phone a word means.

    Raises:
        Ambiguous: several fit; its candidates are lines to choose from.
        NotFound: none fits.
    """
    from store.pinyin import matches

    exact = NamesIn(desk, text)(text)
    if exact is not None:
        return exact
    digits = text.isdecimal() and len(text) >= FEWEST_DIGITS
    found = [
        row
        for row in desk.cards.find(text, limit=50)
        if matches(text, row.name) or (digits and text in row.phone)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(NO_CARD, text=shortened(text))
    lines = [f"{row.number}  {row.name}  {row.organisation}".rstrip() for row in found[:10]]
    raise Ambiguous(SEVERAL_CARDS, lines, text=shortened(text))
