"""Search documents and queries for FTS5 with the tokenizer unicode61 (architecture.md, Search).

A document is tokens with blanks between them, each of them one token for unicode61 too: a Chinese
character, or a word of letters and digits. Documents and queries go through the same `fold`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal

from store.folding import fold, is_han, pieces, runs
from store.pinyin import LONGEST, keys

Kind = Literal["name", "words", "phone", "email"]

SHORTEST_ENDING = 3
"""Digits at the end of a phone number that still find it."""

MOST_DIGITS = 64
"""Digits of one phone number that are taken."""

MOST_PARTS = 16
"""Parts of a query that are looked for: SQLite refuses an expression that is too deep."""

_LETTERS_OR_DIGITS = re.compile("[0-9]+|[^0-9]+")
_BETWEEN_NUMBERS = re.compile("[,;/|\n\r、]+")
_NO_DIGITS = re.compile("[^0-9]+")
_COUNTRY = re.compile(r"\+\s*86")
_MOBILE = re.compile("1[3-9]")
_MOBILE_AFTER_COUNTRY = re.compile("86(1[3-9][0-9]{9})")
_MOBILE_BEGUN = re.compile("86(1[3-9][0-9]{3,9})")


def document(text: str, kind: Kind) -> str:
    """What a text is found by, as tokens with a blank between them; "" where nothing is.

    Args:
        text: as it was typed.
        kind: `name`: characters, words, and pinyin and initials from every character on;
            `words`: characters and words only, for longer texts; `phone`: the digits from each
            place to the end, without the country code of China; `email`: the parts around `@`
            and dots, and these parts written together.
    """
    return " ".join(_DOCUMENTS[kind](text))


def match_query(text: str) -> str | None:
    """The FTS5 expression that finds what somebody typed; None when nothing can be looked for.

    All parts are required. A run of characters is a phrase, a run of letters and digits the
    beginning of a token; `zhang三` is both. Safe for any text, and ready to be put in brackets.
    """
    native = unicodedata.normalize("NFKC", text)
    words = runs(fold(_COUNTRY.sub(" ", native)))
    with_v = runs(fold(_COUNTRY.sub(" ", native).replace("ü", "v").replace("Ü", "v")))
    parts = dict.fromkeys(map(_part, words, with_v))
    return " AND ".join(list(parts)[:MOST_PARTS]) or None


def name_answers(name: str, text: str) -> bool:
    """Whether a name by itself answers a query, as the index with nothing but it would."""
    tokens = f" {document(name, 'name')} "
    native = unicodedata.normalize("NFKC", text)
    return all(_is_in(tokens, run) for run in runs(fold(native)))


def _is_in(tokens: str, run: str) -> bool:
    """Whether one required part is in a document: a phrase, or the beginning of a token."""
    if is_han(run[0]):
        return f" {' '.join(run[:LONGEST])} " in tokens
    parts = _LETTERS_OR_DIGITS.findall(run[:LONGEST])
    return f" {run[:LONGEST]}" in tokens or all(f" {part}" in tokens for part in parts)


def _words(text: str) -> list[str]:
    return [piece[:LONGEST] for piece in pieces(fold(text))]


@lru_cache(maxsize=2048)
def _name(text: str) -> tuple[str, ...]:
    parts = pieces(fold(text))
    tokens = [part[:LONGEST] for part in parts]
    there = set(tokens)
    tokens += [key for key in keys(parts) if key not in there]
    return tuple(tokens)


def _phone(text: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for number in _BETWEEN_NUMBERS.split(fold(text)):
        digits = _national(number)[:MOST_DIGITS]
        if digits:
            starts = range(max(1, len(digits) - SHORTEST_ENDING + 1))
            found.update(dict.fromkeys([digits[start : start + LONGEST] for start in starts]))
    return found


def _national(number: str) -> str:
    """The digits as they are dialled inside China: an area code begins with 0."""
    digits = _NO_DIGITS.sub("", number)
    mobile = _MOBILE_AFTER_COUNTRY.fullmatch(digits)
    if mobile:
        return mobile[1]
    if digits.startswith("0086"):
        digits = digits[4:]
    elif _COUNTRY.match(number.lstrip(" (")):
        digits = digits[2:]
    else:
        return digits
    return digits if digits.startswith("0") or _MOBILE.match(digits) else f"0{digits}"


def _email(text: str) -> dict[str, None]:
    folded = fold(text)
    words = pieces(folded)
    tokens = dict.fromkeys([word[:LONGEST] for word in words])
    for mixed in words:
        if not mixed.isalpha():
            parts = _LETTERS_OR_DIGITS.findall(mixed)
            tokens.update(dict.fromkeys([part[:LONGEST] for part in parts]))
    tokens["".join(pieces(folded.partition("@")[0]))[:LONGEST]] = None
    tokens["".join(words)[:LONGEST]] = None
    tokens.pop("", None)
    return tokens


_DOCUMENTS: dict[Kind, Callable[[str], Iterable[str]]] = {
    "name": _name,
    "words": _words,
    "phone": _phone,
    "email": _email,
}


def _part(run: str, with_v: str) -> str:
    """One required part: a phrase of characters, or a beginning in any way it may be meant."""
    if is_han(run[0]):
        return f'"{" ".join(run[:LONGEST])}"'
    ways = list(dict.fromkeys([_beginning(run), _beginning(with_v), *_other_ways(run)]))
    return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def _beginning(word: str) -> str:
    return f'"{word[:LONGEST]}"*'


def _other_ways(word: str) -> Iterator[str]:
    """A number without its country code; letters and digits apart, as in `zs2345`."""
    mobile = _MOBILE_BEGUN.fullmatch(word)
    if mobile:
        yield _beginning(mobile[1])
    elif word.startswith("0086") and word.isdecimal() and len(word) > 4:
        yield _beginning(word[4:])
    parts = _LETTERS_OR_DIGITS.findall(word[:LONGEST])
    if len(parts) > 1:
        yield f"({' AND '.join(map(_beginning, parts[:MOST_PARTS]))})"
