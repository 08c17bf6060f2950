"""The store's door for text: what could harm a terminal or hide from a reader stays outside."""

import re

_HALVES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_HARMFUL = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # Cc but newline and tab: ESC moves cursors
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: a name reads backwards
    "\u200b\u2060\ufeff"  # width nothing, mean nothing, and part words that search should join
    "\ufffe\uffff"  # no characters at all; a workbook with one cannot be opened
    "\ud800-\udfff"  # Cs: half a pair, which no file can hold
    "]"
)
"""What is dropped. The joiners U+200C and U+200D stay: some scripts and emoji need them."""


def clean_text(text: str) -> str:
    r"""Text of several lines as it is stored: `\n` between lines, tabs kept, ends stripped.

    Control characters, lone surrogates and marks that turn the writing direction are dropped.
    Cleaning what is clean changes nothing.
    """
    if text.isprintable():  # nearly every text, and four times as fast
        return text.strip()
    return _HARMFUL.sub("", _LINE_ENDS.sub("\n", text)).strip()


def without_halves(text: str) -> str:
    """The text without lone surrogates, for what is sought or shown and need not be clean."""
    return text if text.isascii() else _HALVES.sub("", text)


def clean_line(text: str) -> str:
    """Text of one line as it is stored: as `clean_text`, line ends and tabs turned to spaces."""
    return clean_text(text).replace("\n", " ").replace("\t", " ")
