"""Cards named in a line: what text may be a name, and which card is meant."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from store.records.cards import CardRow

FindCard = Callable[[str], CardRow | None]
"""The one card of this name, short name or number; None where none or several are called so."""

READ = 80
"""Characters at the beginning of a line in which names are looked for."""

LONGEST = 20
"""Characters of the longest name that is looked for."""

_WORD = re.compile(r"[A-Za-z0-9]+|\S")


class Mention(NamedTuple):
    """A card named in a text, and where."""

    card: CardRow
    start: int
    end: int


def possible_names(text: str) -> Iterator[tuple[int, int]]:
    """Every place in a text where a name may stand: from word to word, or character to character.

    Words of letters and digits are not cut; the shortest name has two characters.
    """
    words = [match.span() for match in _WORD.finditer(text[:READ])]
    for place, (start, _) in enumerate(words):
        for _, end in words[place:]:
            if end - start > LONGEST:
                break
            if end - start > 1:
                yield start, end


def no_card(text: str) -> None:
    """No card, where names are not looked for."""


def only(card: CardRow | None) -> FindCard:
    """The card that a line is written on, by its full name or number; no other one."""
    names = {card.name.casefold(), card.number.casefold()} if card is not None else set()
    return lambda text: card if text.casefold() in names else None


def mentioned(text: str, find_card: FindCard) -> Mention | None:
    """The card that a text names anywhere: a person before an organisation, the longest first."""
    best: Mention | None = None
    for start, end in possible_names(text):
        card = find_card(text[start:end])
        if card is not None:
            mention = Mention(card, start, end)
            if best is None or _rank(mention) > _rank(best):
                best = mention
    return best


def _rank(mention: Mention) -> tuple[bool, int]:
    return mention.card.kind == "person", mention.end - mention.start
