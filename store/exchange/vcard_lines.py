"""One line of a vCard: its name, its parameters and its decoded value."""

import binascii
import re
from dataclasses import dataclass

from store.cleaning import clean_line
from store.errors import BadInput
from store.exchange.vcard_blocks import RawLine
from store.language import N_

_UNREADABLE = N_("Line {line} cannot be read and was skipped: {text}")

_HEAD = re.compile(
    r"(?:[\w-]++\.)?[\w-]++"
    r'(?:;[\w-]++(?:=(?:"[^"]*+"|[^";:,]*+))?+(?:,(?:"[^"]*+"|[^";:,]*+))*+)*+',
    re.ASCII,
)
"""The left side of a line. It stands before vobject's own pattern, which runs for ever over some
sixty characters that are none."""

_NAME = re.compile(r"(?:([\w-]+)\.)?([\w-]+)(?=;)", re.ASCII)
_ANDROID_LABEL = re.compile(r";X-CUSTOM\(CHARSET=([^,]*),ENCODING=QUOTED-PRINTABLE,([^)]*)\)")
_LONGEST_HEAD = 2000
_VALUE = re.compile(rb'(?:[^":]++|"[^"]*")*+:')
_ENCODINGS = {
    "QUOTED-PRINTABLE": "QUOTED-PRINTABLE",
    "BASE64": "b",
    "B": "b",
    "8BIT": "8BIT",
    "7BIT": "7BIT",
}
"""Words of version 2.1 that stand alone and are no TYPE."""

_CHARSETS = {"gbk": "gb18030", "gb2312": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
"""Names under which phones write more than the narrower encoding holds."""


@dataclass(slots=True)
class Line:
    """One line of a card; the value still has its backslashes."""

    number: int
    group: str
    name: str
    """In capitals."""
    params: dict[str, list[str]]
    """Names in capitals. The bare words of version 2.1 stand under TYPE or ENCODING."""
    value: str

    def words(self) -> list[str]:
        """What TYPE says, as it stands there."""
        return [word for value in self.params.get("TYPE", ()) for word in value.split(",") if word]

    def types(self) -> set[str]:
        """What TYPE says, in small letters."""
        return {word.lower() for word in self.words()}

    def param(self, name: str) -> str:
        """The first value of a parameter; "" where it is missing."""
        values = self.params.get(name)
        return values[0] if values else ""


def read_line(raw: RawLine) -> Line:
    """A whole line of a card, decoded.

    Raises:
        BadInput: it is no line of a vCard, or in no known encoding.
    """
    number, octets = raw
    match = _VALUE.match(octets)
    end = match.end() if match else octets.find(b":") + 1
    head = _decoded(octets[: max(end - 1, 0)], "") or ""
    parsed = _parsed(head) if end and len(head) <= _LONGEST_HEAD else None
    if parsed is None:
        raise _unreadable(raw)
    group, name, found = parsed
    line = Line(number, group, name.upper(), _params(found), "")
    value = octets[end:]
    if "QUOTED-PRINTABLE" in line.params.get("ENCODING", ()):
        value = binascii.a2b_qp(value)
        del line.params["ENCODING"]
    charset = line.params.pop("CHARSET", [""])[0]
    text = _decoded(value, charset)
    if text is None:
        raise _unreadable(raw)
    line.value = text
    return line


def _parsed(head: str) -> tuple[str, str, list[list[str]]] | None:
    """Group, name and parameters of the left side of a line; None where it is none."""
    if _HEAD.fullmatch(head):
        from vobject.base import parseLine

        name, found, _value, group = parseLine(head + ":")  # type: ignore[no-untyped-call]
        return group or "", name, found
    match = _NAME.match(head)
    if match is None:
        return None
    # Android writes a label of one's own as a word of Chinese, or in a way of its own.
    custom = _ANDROID_LABEL.search(head)
    if custom:
        label = binascii.a2b_qp(custom[2].encode("ascii", errors="ignore"))
        return match[1] or "", match[2], [["TYPE", _decoded(label, custom[1]) or ""]]
    return match[1] or "", match[2], [part.split("=", 1) for part in head.split(";")[1:]]


def _params(found: list[list[str]]) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {}
    for name, *values in found:
        word = name.upper()
        if values:
            if word == "ENCODING":
                values = [_ENCODINGS.get(value.upper(), value) for value in values]
            params.setdefault(word, []).extend(values)
        elif word in _ENCODINGS:
            params.setdefault("ENCODING", []).append(_ENCODINGS[word])
        else:
            params.setdefault("TYPE", []).append(name)
    return params


def _decoded(octets: bytes, charset: str) -> str | None:
    """The text in the encoding that the line names, else UTF-8, else GB18030; None for neither."""
    if octets.isascii() and not charset:
        return octets.decode("ascii")
    named = _CHARSETS.get(charset.lower(), charset)
    for encoding in (named, "utf-8", "gb18030"):
        try:
            if encoding:
                return octets.decode(encoding)
        except (LookupError, ValueError):
            continue
    return None


def _unreadable(raw: RawLine) -> BadInput:
    number, octets = raw
    text = clean_line(octets[:60].decode("utf-8", errors="replace"))
    return BadInput(_UNREADABLE, line=number, text=text)
