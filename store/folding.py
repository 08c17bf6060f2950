"""How text is cut into characters and words, the same way wherever it is searched or compared."""

import re
import unicodedata
from functools import cache

HAN = (
    "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0002ee5f\U0002f800-\U0002fa1f\U00030000-\U000323af"
)
"""The ranges of Chinese characters, for use inside the brackets of a pattern."""

_RANGES = tuple((part[0], part[-1]) for part in re.findall(r".-.|.", HAN))
"""The first and the last character of each range of `HAN`."""

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
    return _piece().findall(folded)


@cache
def _piece() -> re.Pattern[str]:
    # Reading these ranges takes re 8 ms, which a command that only asks would wait for.
    return re.compile(f"[{HAN}]|[^\\W_{HAN}]+")


def runs(folded: str) -> list[str]:
    """The runs of Chinese characters, and the words of folded text, in order."""
    found: list[str] = []
    before: bool | None = None
    for letter in folded:
        kind = True if is_han(letter) else False if letter.isalnum() else None
        if kind is None:
            pass
        elif kind == before:
            found[-1] += letter
        else:
            found.append(letter)
        before = kind
    return found


def is_han(piece: str) -> bool:
    """Whether a piece is a Chinese character, and not a word of letters and digits."""
    return len(piece) == 1 and (
        "一" <= piece <= "鿿"
        or (piece > "〆" and any(first <= piece <= last for first, last in _RANGES))
    )
