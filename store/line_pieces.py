"""A line cut into signs and text, without a gap: what no sign is, is text (interface.md).

Signs count in both widths, and only where nobody would write them for another reason: `@` before
a date, `*4` and `#tag` and `+` where a word begins, `!` and `^` alone or at the end.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from store.chinese_numbers import half_width
from store.moments import Moment, find_moment, find_repeat

READ = 2000
"""Characters in which signs are looked for; a line is shorter, and pasted text is text."""

_DATE_LENGTH = 60
"""Characters of the longest date with its time and repeat."""

QUOTES = {"“": "”", "„": "”", "”": "”", "「": "」", "『": "』", '"': '"', "＂": "＂"}
"""Opening to closing; input methods sometimes open with the closing mark."""

_INTEREST = re.compile(r"\*([1-5])(?![\w.%*×/-])")
_TODO = re.compile(r"\+(?![\s0-9+@#*!^])(?=.)")
_TAG = re.compile(r"#(?![0-9]+(?:\W|$))([^\s#@!*+^,.;:?\"“”「」『』，。；：？！＃＠＊＋＾]+)")
_MARKS = re.compile(r"(?:(!{1,2})|(\^))(?![!^])")
_REPEAT = re.compile(r"每|隔|天天|every\b", re.IGNORECASE)
_NEXT_SIGN = re.compile(r"\s*(?:$|[@#+*!^])")
_FIGURE = re.compile(r"[\w*×)]", re.ASCII)
_INSIDE_A_WORD = re.compile(r"[A-Za-z0-9_.]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line; the pieces of a line cover it."""

    kind: str
    """text, quote, interest, moment, repeat, todo, marks, tag."""
    text: str
    """What stands in the line."""
    value: str = ""
    """What a quote, interest, tag or mark says."""
    moment: Moment | None = None
    """Of a moment or a repeat."""
    alone: bool = False
    """Whether a blank or nothing stands before it."""


def pieces(text: str, today: date) -> list[Piece]:
    """The pieces of a line, in order; together they are the line."""
    folded = half_width(text)
    found: list[Piece] = []
    begun = at = 0
    while at < min(len(text), READ):
        piece = _sign_at(text, folded, at, today, at == begun)
        if piece is None:
            at += 1
            continue
        if begun < at:
            found.append(Piece("text", text[begun:at]))
        found.append(piece)
        begun = at = at + len(piece.text)
    if begun < len(text):
        found.append(Piece("text", text[begun:]))
    return found


def _sign_at(text: str, folded: str, at: int, today: date, after_sign: bool) -> Piece | None:
    reader = _READERS.get(text[at]) or _READERS.get(folded[at])
    if reader is None:
        return None
    before = folded[at - 1] if at else " "
    alone = before.isspace() or after_sign
    return reader(text, folded, at, today, alone)


def _quote(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    if folded[at] == '"' and at and folded[at - 1].isdigit():
        return None  # inches
    closing = text.find(QUOTES[text[at]], at + 1, READ)
    if closing < 0 or not text[at + 1 : closing].strip():
        return None
    return Piece("quote", text[at : closing + 1], text[at + 1 : closing].strip(), alone=alone)


def _moment(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    if at and not alone and _INSIDE_A_WORD.match(folded[at - 1]):
        return None
    moment = find_moment(text[at : at + _DATE_LENGTH], today, marked_only=True)
    if moment is None or moment.start or not moment.end:
        return None
    return Piece("moment", text[at : at + moment.end], moment=moment, alone=alone)


def _interest(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    match = _INTEREST.match(folded, at)
    if match is None or not (alone or _FIGURE.match(folded[at - 1]) is None):
        return None
    return Piece("interest", text[at : match.end()], match[1], alone=alone)


def _todo(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    if _TODO.match(folded, at) is None or not (alone or _punctuation(folded[at - 1])):
        return None
    return Piece("todo", text[at], alone=alone)


def _tag(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    match = _TAG.match(folded, at)
    if match is None or not alone:
        return None
    return Piece("tag", text[at : match.end()], text[match.start(1) : match.end()], alone=alone)


def _marks(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    """`!`, `!!` or `^`: alone, at the beginning of the line, or at the end of what it marks."""
    match = _MARKS.match(folded, at)
    if match is None or (at and folded[at - 1] in "!^" and not alone):
        return None
    followed = _NEXT_SIGN.match(folded, match.end()) is not None
    blank_after = folded[match.end() : match.end() + 1].isspace()
    if not (followed or not folded[:at].strip() or (alone and blank_after)):
        return None
    return Piece("marks", text[at : match.end()], match[0], alone=alone)


def _repeat(text: str, folded: str, at: int, today: date, alone: bool) -> Piece | None:
    if not (alone or _punctuation(folded[at - 1])) or _REPEAT.match(folded, at) is None:
        return None
    moment = find_repeat(text[at : at + _DATE_LENGTH], today)
    if moment is None or moment.start or not moment.end:
        return None
    return Piece("repeat", text[at : at + moment.end], moment=moment, alone=alone)


def _punctuation(character: str) -> bool:
    return character in ",.;:!?)]，。；：！？、）】”」』…"


_Reader = Callable[[str, str, int, date, bool], Piece | None]

_READERS: dict[str, _Reader] = {
    **dict.fromkeys(QUOTES, _quote),
    **dict.fromkeys("每隔天eE", _repeat),
    "@": _moment,
    "*": _interest,
    "+": _todo,
    "#": _tag,
    "!": _marks,
    "^": _marks,
}
