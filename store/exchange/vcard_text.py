"""How text stands in a vCard: escaped, in parts, folded (RFC 2426, RFC 6350)."""

import re
from functools import cache

LINE_OCTETS = 75
"""Octets of a line without its end; longer ones are folded."""

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TO_ESCAPE = re.compile(r"[\\,;\n]")


def escape(text: str) -> str:
    r"""A text as a value or a part of one: `\` before backslash, comma, semicolon; `\n`."""
    return _TO_ESCAPE.sub(lambda m: "\\n" if m[0] == "\n" else "\\" + m[0], text)


def unescape(value: str) -> str:
    """The text that `escape` was given; other backslashes drop out, as in version 2.1."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def parts(value: str, separator: str = ";") -> list[str]:
    """The parts of a structured value or a list, unescaped; at least one."""
    if "\\" not in value:
        return value.split(separator)
    found = [""]
    for token in _tokens(separator).findall(value):
        if token == separator:
            found.append("")
        else:
            found[-1] += token
    return [unescape(part) for part in found]


@cache
def _tokens(separator: str) -> re.Pattern[str]:
    return re.compile(rf"\\.|[^\\{separator}]+|{separator}|\\", re.DOTALL)


def fold(line: str) -> bytes:
    """A line for the file: folded at 75 octets, never inside a character, with its CRLF."""
    raw = line.encode("utf-8")
    if len(raw) <= LINE_OCTETS:
        return raw + b"\r\n"
    pieces = []
    start, room = 0, LINE_OCTETS
    while len(raw) - start > room:
        end = start + room
        while raw[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(raw[start:end])
        start, room = end, LINE_OCTETS - 1
    pieces.append(raw[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
