"""Readings of Chinese names: pinyin, initials, surnames, characters with several readings.

The tables are plain text files beside this module, read when the first character is looked up.
A character is looked for in the text of the table itself: filling a dictionary with 21,000
characters would take longer than the whole search of a command that needs five of them.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from store.folding import fold, is_han, pieces

LONGEST = 24
"""Letters that are kept of a spelling; what is typed is cut to the same length."""

VARIANTS = 16
"""Spellings kept from one character on, where several characters have several readings."""

LONGEST_NAME = 60
"""Characters of a text that are spelled; what follows is found by its characters only."""

LONGEST_PERSON = 4
"""A name of more characters is no person's, unless it begins with a double surname."""

Readings = tuple[str, ...]


@cache
def _table() -> str:
    return Path(__file__).with_name("pinyin_table.txt").read_text(encoding="utf-8")


@cache
def _kept_by_hand() -> dict[str, dict[str, Readings]]:
    """The sections of the file with further readings: characters to syllables."""
    sections: dict[str, dict[str, Readings]] = {}
    text = Path(__file__).with_name("pinyin_readings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            characters, *syllables = line.split()
            section[characters] = tuple(syllables)
    return sections


@lru_cache(maxsize=8192)
def readings(char: str) -> Readings:
    """The living readings of a character without tones (ü is v), the usual one first.

    Empty for what is no Chinese character, and for those that no table knows.
    """
    several = _kept_by_hand()["characters"].get(char)
    if several is not None:
        return several
    table = _table()
    place = table.find(char) if is_han(char) else -1
    if place < 0:
        return ()
    line = table.rfind("\n", 0, place) + 1
    return (table[line : table.index(" ", line)],)


def keys(parts: Sequence[str]) -> list[str]:
    """What finds a name besides its characters: words, pinyin and initials, each only once.

    Pinyin and initials begin at every character, so that `hq` finds 华强 inside 深圳市华强电子;
    words of letters and digits stand in them as they are. A person is also found by the surname
    in full with the initials of the given name (`zhangsf`). Each is cut to `LONGEST` letters;
    all are meant to be found by their beginnings.

    Args:
        parts: the pieces of the folded name.
    """
    parts = parts[:LONGEST_NAME]
    surname = _surname_length(parts)
    spelled, initials = _units(parts, surname)
    found = [part[:LONGEST] for part, said in zip(parts, spelled, strict=True) if part in said]
    found += _endings(spelled, shortest=1)
    # The initial of the last character alone is the beginning of its pinyin.
    found += _endings(initials, shortest=2)
    if 2 < len(parts) <= LONGEST_PERSON:
        found += _endings([*spelled[:surname], *initials[surname:]], shortest=len(parts))
    return [key for key in dict.fromkeys(found) if key]


def sort_key(name: str) -> str:
    """Where a name stands in a list: by the reading of each character, then by the character.

    `zhang 张 san 三`: so all 张 stand together, before all 章, and 西安 before 先. A surname and
    the polyphones of well-known words have the reading that they have there. Compare by code
    point (SQLite's BINARY).
    """
    folded = fold(name)
    parts = pieces(folded)
    chosen = [several[0] if several else "" for several in map(readings, parts)]
    for place, syllables in _known_words(parts):
        chosen[place : place + len(syllables)] = syllables
    if len(parts) <= LONGEST_PERSON or _surname_length(parts) > 1:
        surname = _surname(parts, _surname_length(parts))
        chosen[: len(surname)] = surname
    spoken = (text for pair in zip(chosen, parts, strict=True) for text in pair if text)
    return " ".join(spoken) or folded


def matches(query: str, text: str) -> bool:
    """Whether every part of a query is in the text as it is, or begins its pinyin or initials.

    For pickers; a blank query matches everything.
    """
    plain, spellings = _prepared(text)
    return all(
        part in plain or any(spelling.startswith(part) for spelling in spellings)
        for part in _parts_of_query(query)
    )


@lru_cache(maxsize=4096)
def _prepared(text: str) -> tuple[str, list[str]]:
    parts = pieces(fold(text))
    return "".join(parts), keys(parts)


@lru_cache(maxsize=64)
def _parts_of_query(query: str) -> list[str]:
    parts: list[str] = []
    for word in fold(query).split():
        characters = ""
        for piece in pieces(word):
            if is_han(piece):
                characters += piece
                continue
            parts.extend(part for part in (characters, piece[:LONGEST]) if part)
            characters = ""
        if characters:
            parts.append(characters)
    return parts


@lru_cache(maxsize=8192)
def _unit(part: str) -> tuple[Readings, Readings]:
    """How a piece is read, and the initials of that; a word is read as it is written."""
    if not is_han(part):
        return (part,), (part,)
    several = readings(part)
    return several, tuple(dict.fromkeys(syllable[0] for syllable in several))


def _units(parts: Sequence[str], surname: int) -> tuple[list[Readings], list[Readings]]:
    """Readings and initials of each piece; those of a surname at the beginning come first."""
    units = [_unit(part) for part in parts]
    spelled = [several for several, _ in units]
    initials = [letters for _, letters in units]
    for place, syllable in enumerate(_surname(parts, surname)):
        spelled[place] = tuple(dict.fromkeys((syllable, *spelled[place])))
        initials[place] = tuple(dict.fromkeys((syllable[0], *initials[place])))
    return spelled, initials


def _surname(parts: Sequence[str], length: int) -> Readings:
    """The syllables of a surname at the beginning that is not read as its characters are."""
    section = "double surnames" if length > 1 else "surnames"
    return _kept_by_hand()[section].get("".join(parts[:length]), ())


def _surname_length(parts: Sequence[str]) -> int:
    if parts and parts[0] in _beginnings_of_double_surnames():
        double = _kept_by_hand()["double surnames"]
        for length in (2, 4):
            if "".join(parts[:length]) in double:
                return length
    return 1


@cache
def _beginnings_of_double_surnames() -> frozenset[str]:
    return frozenset(surname[0] for surname in _kept_by_hand()["double surnames"])


def _known_words(parts: Sequence[str]) -> Iterator[tuple[int, Readings]]:
    """Where words stand whose polyphones have a reading of their own, with that reading."""
    words = _kept_by_hand()["words"]
    for place in range(len(parts) - 1):
        syllables = words.get(parts[place] + parts[place + 1])
        if syllables is not None:
            yield place, syllables


def _endings(units: Sequence[Readings], shortest: int) -> list[str]:
    """The spellings from each unit to the end of the text, where that is `shortest` units or more.

    Of each unit comes first what is spelled with the usual readings only; `VARIANTS` never cuts
    that off.
    """
    if all(len(several) == 1 for several in units):
        return _plain_endings([several[0] for several in units], shortest)
    found: list[str] = []
    endings: Readings = ("",)
    for length, several in enumerate(reversed(units), start=1):
        if len(several) == 1 == len(endings):
            endings = ((several[0] + endings[0])[:LONGEST],)
        elif several:
            longer = [(begin + rest)[:LONGEST] for rest in endings for begin in several]
            endings = tuple(dict.fromkeys(longer))[:VARIANTS]
        if length >= shortest:
            found += endings
    return found


def _plain_endings(syllables: Sequence[str], shortest: int) -> list[str]:
    """`_endings` where each unit is read in one way, as nearly all are."""
    found: list[str] = []
    ending = ""
    for length, syllable in enumerate(reversed(syllables), start=1):
        ending = (syllable + ending)[:LONGEST]
        if length >= shortest:
            found.append(ending)
    return found
