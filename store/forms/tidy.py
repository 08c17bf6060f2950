"""Text as a form keeps it: clean, composed, single blanks, and not too long."""

import unicodedata

from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.language import N_

LONGEST_LINE = 500
"""Characters of a one-line text."""

LONGEST_TEXT = 50_000
"""Characters of a text of many lines."""

_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x3002: ".",
}


def one_line(text: str, longest: int = LONGEST_LINE) -> str:
    """The text on one line, with single blanks; raises `BadValue` when it is too long."""
    composed = unicodedata.normalize("NFC", clean_line(text))
    return short_enough(" ".join(composed.split()), longest)


def many_lines(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text with its lines, blanks at their ends gone; raises `BadValue` when it is too long."""
    lines = unicodedata.normalize("NFC", clean_text(text)).split("\n")
    return short_enough("\n".join(line.rstrip() for line in lines).strip(), longest)


def narrow(text: str) -> str:
    """One line in compatibility form (NFKC): full-width letters, digits and signs become ASCII."""
    return " ".join(unicodedata.normalize("NFKC", clean_line(text)).split())


def half_width(text: str) -> str:
    """Full-width ASCII and the Chinese full stop as ASCII; everything else as it is."""
    return text.translate(_HALF_WIDTH)


def folded(text: str) -> str:
    """The form in which two spellings of one word are equal: NFKC, small letters, no blanks."""
    return "".join(narrow(text).casefold().split())


def short_enough(text: str, longest: int, field: str = "") -> str:
    """The text as it is; raises `BadValue` when it is longer than so many characters."""
    if len(text) > longest:
        raise BadValue(
            N_("This is longer than {longest} characters."), field=field, longest=longest
        )
    return text
