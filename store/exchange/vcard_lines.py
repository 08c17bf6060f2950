"""One line of a vCard: its name, its parameters and its decoded value."""

import binascii
import re
from dataclasses import dataclass
from functools import lru_cache

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
_QUOTED_HEAD = re.compile(rb'((?:[^":]++|"[^"]*")*+):')
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
    head, colon, value = octets.partition(b":")
    if b'"' in head:
        # A parameter in quotation marks may hold a colon itself.
        match = _QUOTED_HEAD.match(octets)
        head = match[1] if match else head
        value = octets[len(head) + 1 :]
    parsed = _parsed(head) if colon and len(head) <= _LONGEST_HEAD else None
    if parsed is None:
        raise _unreadable(raw)
    line = Line(number, parsed.group, parsed.name, dict(parsed.params), "")
    if parsed.quoted:
        value = binascii.a2b_qp(value)
    text = _decoded(value, parsed.charset)
    if text is None:
        raise _unreadable(raw)
    line.value = text
    return line


def is_head(text: str) -> bool:
    """Whether a text may stand on the left side of a line."""
    return len(text) <= _LONGEST_HEAD and "\n" not in text and _HEAD.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class _Head:
    """The left side of a line."""

    group: str
    name: str
    params: dict[str, list[str]]
    charset: str
    quoted: bool
    """Whether the value is quoted-printable."""


# A file of ten thousand cards has a few dozen different left sides.
@lru_cache(maxsize=2000)
def _parsed(octets: bytes) -> _Head | None:
    """The left side of a line; None where it is none."""
    head = _decoded(octets, "") or ""
    found = _by_grammar(head) if _HEAD.fullmatch(head) else _by_custom(head)
    if found is None:
        return None
    group, name, listed = found
    params = _params(listed)
    quoted = "QUOTED-PRINTABLE" in params.get("ENCODING", ())
    if quoted:
        del params["ENCODING"]
    charset = params.pop("CHARSET", [""])[0]
    return _Head(group, name.upper(), params, charset, quoted)


def _by_grammar(head: str) -> tuple[str, str, list[list[str]]]:
    """Group, name and parameters of a left side that is as it should be."""
    from vobject.base import parseLine

    name, found, _value, group = parseLine(head + ":")  # type: ignore[no-untyped-call]
    return group or "", name, found


def _by_custom(head: str) -> tuple[str, str, list[list[str]]] | None:
    """The same of one with a label of somebody's own, as Android writes it in Chinese."""
    match = _NAME.match(head)
    if match is None:
        return None
    group, name = match[1] or "", match[2]
    custom = _ANDROID_LABEL.search(head)
    if custom:
        label = binascii.a2b_qp(custom[2].encode("ascii", errors="ignore"))
        return group, name, [["TYPE", _decoded(label, custom[1]) or ""]]
    return group, name, [part.split("=", 1) for part in head.split(";")[1:]]


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
