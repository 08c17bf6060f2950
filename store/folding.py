"""How text is cut into characters and words, the same way wherever it is searched or compared."""

import re
import unicodedata

HAN = (
    "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ee5f\U0002f800-\U0002fa1f\U00030000-\U000323af"
)
"""The ranges of Chinese characters, for use inside the brackets of a pattern."""

_PIECE = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
_ONE_HAN = re.compile(f"[{HAN}]")
_MARKED = re.compile("[\u00c0-\u1fff]")


def fold(text: str) -> str:
    """The text as it is compared: NFKC, without upper case and, in alphabets, without accents."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not _MARKED.search(folded):
        return folded
    letters = unicodedata.normalize("NFD", folded)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFKC", kept).casefold()


def pieces(folded: str) -> list[str]:
    """The Chinese characters, one each, and the words of folded text, in order."""
    return _PIECE.findall(folded)


def is_han(piece: str) -> bool:
    """Whether a piece is a Chinese character, and not a word of letters and digits."""
    return len(piece) == 1 and _ONE_HAN.match(piece) is not None
