"""The beginning of a contact line: whom, by which way, and whether he was reached."""

import re
from dataclasses import dataclass

from store.line_names import FindCard, mentioned
from store.method_words import NOT_REACHED, method_after, method_at_the_start, method_of
from store.records.cards import CardRow

_WORD = re.compile(r"[^\s,，:：;；、。“”\"「」『』@＠*＊+＋]+")
_BETWEEN = re.compile(r"[\s,，:：;；、]*")
_LATIN_WORDS = 4
"""Words of a Latin name that are tried together."""


@dataclass(slots=True)
class Head:
    """What the beginning of a contact line says."""

    card: CardRow | None = None
    card_text: str = ""
    """The name as it was written, or the word that should be one."""
    method: str | None = None
    not_reached: str | None = None
    """The words that say so, which are the reason too."""
    end: int = 0
    """Where the words of the talk begin."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def read_head(text: str, find_card: FindCard) -> Head:
    """Card and method in either order, or a card inside the first words (跟张伟打电话聊了)."""
    words = _words(text, 0, 2)
    if not words:
        return Head()
    first, second = words[0], words[1] if len(words) > 1 else None
    method = method_of(first.text)
    if method and second and not method_of(second.text):
        card = find_card(second.text)
        if card is not None:
            return _after(text, Head(card, second.text, method, end=second.end))
    named = _card_at_the_start(text, first, find_card)
    if named is not None:
        card, end = named
        head = Head(card, text[first.start : end], end=end)
        following = _words(text, end, 1)
        if following and (method := method_of(following[0].text)):
            head.method, head.end = method, following[0].end
        return _after(text, head)
    if method:
        return _after(text, Head(None, second.text if second else "", method, end=first.end))
    return _inside(first.text, find_card)


def _words(text: str, at: int, count: int) -> list[_Word]:
    """The next words, as long as nothing but blanks and commas parts them."""
    found: list[_Word] = []
    while len(found) < count:
        match = _WORD.match(text, _after_blanks(text, at))
        if match is None:
            break
        found.append(_Word(match[0], *match.span()))
        at = match.end()
    return found


def _after_blanks(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _card_at_the_start(text: str, first: _Word, find_card: FindCard) -> tuple[CardRow, int] | None:
    """The card that the first words name and where its name ends; Latin names have blanks."""
    several = first.text.isascii()
    for last in reversed(_words(text, first.start, _LATIN_WORDS) if several else [first]):
        card = find_card(text[first.start : last.end])
        if card is not None:
            return card, last.end
    return None


def _after(text: str, head: Head) -> Head:
    """The head with the word that says he was not reached, up to where the words begin."""
    following = _words(text, head.end, 1)
    if following and following[0].text.casefold() in NOT_REACHED:
        head.not_reached, head.end = following[0].text, following[0].end
    head.end = _after_blanks(text, head.end)
    return head


def _inside(word: str, find_card: FindCard) -> Head:
    """A card inside the first word; all of it stays in the words of the talk."""
    mention = mentioned(word, find_card)
    if mention is None:
        return Head(card_text=word, method=method_at_the_start(word))
    method = method_after(word, mention.end) or method_at_the_start(word)
    return Head(mention.card, word[mention.start : mention.end], method)
