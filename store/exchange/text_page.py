"""Printed pages as plain text, in lines of so many cells: a Chinese character takes two."""

import re
from collections.abc import Iterable, Iterator
from unicodedata import category, east_asian_width

from store.exchange.page import PageHead

WIDTH = 80
"""Cells of a line: what a printer puts on A4 in a type that can be read."""

RULE = "-"

_WORD = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][，。；：！？、）」』》】”’,.;:!?)]*\s*"
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+\s*"
    r"|\s+"
)
"""A Chinese character, or a word of letters, each with the marks and blanks that follow it."""


def text_page(head: PageHead, body: Iterable[str]) -> str:
    """A page: its head, lines that are broken already, its foot."""
    title = "  ".join(part for part in (head.number, head.name, head.beside) if part)
    top = [head.kind, *wrapped(title, WIDTH), RULE * WIDTH]
    foot = [RULE * WIDTH, *wrapped(head.footer, WIDTH)]
    return "\n".join([*top, *body, *foot]) + "\n"


def indented(text: str, indent: int) -> Iterator[str]:
    """A text in lines of a page, each with so many blanks before it; more from the second on."""
    pieces = wrapped(text, WIDTH - indent)
    if len(pieces) > 1:
        pieces = wrapped(text, WIDTH - indent - 2)
    for place, piece in enumerate(pieces):
        yield " " * (indent + (2 if place else 0)) + piece


def pairs(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Labels with their texts, as many on a line as have room."""
    line = ""
    for label, text in told:
        pair = f"{plain(label)} {plain(text)}"
        joined = f"{line}   {pair}" if line else pair
        if line and cells(joined) > WIDTH:
            yield from indented(line, 0)
            joined = pair
        line = joined
    if line:
        yield from indented(line, 0)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` cells, broken at blanks and between characters."""
    lines: list[str] = []
    line, used = "", 0
    for word in _WORD.findall(plain(text)):
        wide = cells(word.rstrip())
        if line and wide and used + wide > width:
            lines.append(line.rstrip())
            line, used = "", 0
        while cells(word.rstrip()) > width:
            first = _beginning(word, width)
            lines.append(first)
            word = word[len(first) :]
        line += word
        used += cells(word)
    return [*lines, line.rstrip()] if line.rstrip() or not lines else lines


def cells(text: str) -> int:
    """The number of cells of a text."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def padded(text: str, width: int) -> str:
    """A text with blanks behind it, in at least `width` cells."""
    return text + " " * (width - cells(text))


def plain(text: str) -> str:
    """A text on one line, with nothing in it that moves a cursor or turns the direction."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else " " if character.isspace() else ""
        for character in text
    )


def _cells(character: str) -> int:
    if character.isascii():
        return 1
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") else 1


def _beginning(text: str, width: int) -> str:
    """As much of a text as fits into so many cells, one character at least."""
    for place, character in enumerate(text):
        width -= _cells(character)
        if width < 0:
            return text[: place or 1]
    return text
