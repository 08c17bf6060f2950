"""Finds the line of a team's file in which an entry stands, for the sentence that refuses it."""

import re
from collections.abc import Iterator

Place = tuple[str | int, ...]

_HEADER = re.compile(r"\s*\[(?P<array>\[)?\s*(?P<names>[A-Za-z0-9_.\s'\"-]+?)\s*\]\]?\s*(#.*)?")
_LONG = ("'''", '"""')


def line_of(text: str, place: Place, name: str = "", near: str = "") -> int | None:
    """The line, from 1, that is to be looked at; None where there is none.

    Args:
        text: a whole file that is well-formed TOML.
        place: the entry: `("sections", 0, "fields", 2)` is the third field of the first section.
        name: the attribute that is wrong.
        near: the key of the entry, to look for where it is written as an inline table.
    """
    lines = text.splitlines()
    blocks = list(_blocks(lines))
    for number, (found, start) in enumerate(blocks):
        if found == place:
            end = blocks[number + 1][1] if number + 1 < len(blocks) else len(lines)
            for attribute in (name, "key", "field"):
                for at in range(start, end):
                    if attribute and _sets(lines[at], attribute):
                        return at + 1
            return start + 1
    wanted = str(place[0]) if place else ""
    for at, line in enumerate(lines):
        if near and re.search(rf"\b(key|field)\s*=\s*['\"]{re.escape(near)}['\"]", line):
            return at + 1
    for at, line in enumerate(lines):
        header = _HEADER.fullmatch(line)
        if wanted and (_sets(line, wanted) or (header and _names(header)[0] == wanted)):
            return at + 1
    return None


def _sets(line: str, name: str) -> bool:
    return re.match(rf"\s*['\"]?{re.escape(name)}['\"]?\s*[=.]", line) is not None


def _names(header: "re.Match[str]") -> list[str]:
    return [name.strip().strip("'\"") for name in header["names"].split(".")]


def _blocks(lines: list[str]) -> Iterator[tuple[Place, int]]:
    """Each entry of an array of tables, and the index of the line with its heading."""
    last: dict[tuple[str, ...], Place] = {}
    open_with = ""
    for at, line in enumerate(lines):
        if not open_with and (header := _HEADER.fullmatch(line)) is not None:
            names = tuple(_names(header))
            parent = last.get(names[:-1], ())
            before = last.get(names)
            same = before is not None and before[:-1] == (*parent, names[-1])
            number = int(before[-1]) + 1 if same and before is not None else 0
            last[names] = (*parent, names[-1], number)
            yield last[names], at
            continue
        open_with = _open_after(line, open_with)


def _open_after(line: str, open_with: str) -> str:
    """The quotes of a text of many lines that is open behind a line."""
    at = 0
    while at < len(line):
        if open_with:
            end = line.find(open_with, at)
            if end < 0:
                return open_with
            at, open_with = end + 3, ""
            continue
        if line[at] == "#":
            return ""
        if line[at : at + 3] in _LONG:
            open_with = line[at : at + 3]
            at += 3
        elif line[at] in "'\"":
            end = line.find(line[at], at + 1)
            at = len(line) if end < 0 else end + 1
        else:
            at += 1
    return open_with
