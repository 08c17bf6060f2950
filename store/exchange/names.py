"""Names of persons, put together from their parts and taken apart again."""

import re

_HAN = "㐀-䶿一-鿿豈-龎\U00020000-\U0003ffff〇々·"
_ALL_HAN = re.compile(f"[{_HAN}]+")
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")

_DOUBLE_SURNAME = re.compile(
    "欧阳|歐陽|上官|司马|司馬|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|轩辕|端木"
    "|百里|南宫|东郭|独孤|钟离|闻人|申屠|太史|澹台|公冶|宗政|濮阳|淳于|单于|呼延|万俟|赫连|拓跋"
)
_WESTERN = re.compile(f"[^{_HAN}]+ [^\\W\\d_{_HAN}][\\w'’.-]+")
"""A first name or more, and a family name behind them."""

_LONGEST_PERSON = 4


def is_han(text: str) -> bool:
    """Whether a text is written in Chinese characters only."""
    return _ALL_HAN.fullmatch(text) is not None


def compose(family: str, given: str, middle: str = "") -> str:
    """A name from its parts: 张伟 (family first, no blank), John Q. Smith."""
    core = [family, middle, given] if is_han(family + middle + given) else [given, middle, family]
    return ("" if is_han("".join(core)) else " ").join(part for part in core if part)


def split(name: str) -> tuple[str, str]:
    """Family and given name; where that is not plain, the whole name as the given one.

    `compose(*split(name)) == name` for every name without blanks at its ends.
    """
    family, given = "", name
    if is_han(name) and 2 <= len(name) <= _LONGEST_PERSON and "·" not in name:
        double = len(name) > 2 and _DOUBLE_SURNAME.match(name)
        family, given = (name[:2], name[2:]) if double else (name[:1], name[1:])
        if len(given) > 2:
            family, given = "", name
    elif _WESTERN.fullmatch(name):
        given, _, family = name.rpartition(" ")
    return (family, given) if compose(family, given) == name else ("", name)


def same_parts(one: str, other: str) -> bool:
    """Whether two spellings of a name differ in order, blanks and commas only."""
    return sorted(_letters(one)) == sorted(_letters(other))


def tidy(name: str) -> str:
    """A name with single blanks, and none between Chinese characters: 张 伟 becomes 张伟."""
    return _BESIDE_HAN.sub("", " ".join(name.split()))


def _letters(name: str) -> str:
    return re.sub(r"[\s,，]", "", name).casefold()
