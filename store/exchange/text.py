"""Text files as phones and office programs write them, opened without guessing.

A byte order mark decides; without one it is UTF-8 where every byte is right UTF-8, and GB18030
(which holds GBK and GB2312) where not. Nothing is read with replacement characters.
"""

import codecs
import contextlib
import io
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from store.errors import BadInput
from store.language import N_

LIMIT = 256 * 2**20
"""Bytes of the largest text file that is read."""

_BLOCK = 2**20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32 stands first, since its mark begins with that of UTF-16."""

_COMMON_SHARE = 0.5
"""Real Chinese has nearly all its characters in GB2312; other bytes read so, hardly any."""

_UNKNOWN = N_("The text is neither UTF-8 nor GB18030. Save the file as UTF-8 and try again.")
_CUT_OFF = N_("The file is cut off in the middle of a character. Get it again, whole.")
_NUL = N_("The file holds NUL bytes, so it is not a text file or is damaged.")
_TOO_LARGE = N_("The file is larger than {limit} MB. Split it and read the parts.")


def open_text(stream: BinaryIO, limit: int = LIMIT) -> TextIO:
    """A text file of a known encoding, from its start, with its line ends as they are.

    Args:
        stream: a file that can be read twice (`seek`).
        limit: the most bytes it may have.

    Raises:
        BadInput: too large, cut off inside a character, NUL bytes, or no encoding fits.
    """
    encoding = encoding_of(stream, limit)
    stream.seek(0)
    return _Borrowing(stream, encoding=encoding, newline="")


class _Borrowing(io.TextIOWrapper):
    """Text from a stream that belongs to somebody else, who may want to read it once more."""

    def close(self) -> None:
        """Let go of the stream without closing it."""
        with contextlib.suppress(ValueError):  # it is let go of already
            self.detach()


def decode(raw: bytes, limit: int = LIMIT) -> str:
    """The text of these bytes, by the rule of `open_text`, without a byte order mark."""
    return open_text(io.BytesIO(raw), limit).read().removeprefix("\ufeff")


def encoding_of(stream: BinaryIO, limit: int = LIMIT) -> str:
    """The codec that reads the whole stream without an error; raises BadInput like `open_text`."""
    stream.seek(0)
    start = stream.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            found = _read_through(stream, encoding, limit)
            return _whole(found, encoding)
    found = _read_through(stream, "utf-8", limit)
    if found is not None and (found.beyond_ascii or not found.cut_off):
        return _whole(found, "utf-8")
    found = _read_through(stream, "gb18030", limit)
    if found is not None and not _looks_chinese(found):
        found = None
    return _whole(found, "gb18030")


@dataclass(slots=True)
class _Found:
    """What reading a stream in one encoding showed."""

    sample: str
    """The text of the first block."""
    beyond_ascii: bool
    cut_off: bool
    """Whether the last character lacks bytes."""


def _whole(found: _Found | None, encoding: str) -> str:
    if found is None:
        raise BadInput(_UNKNOWN)
    if found.cut_off:
        raise BadInput(_CUT_OFF)
    return encoding


def _read_through(stream: BinaryIO, encoding: str, limit: int) -> _Found | None:
    """Read all of the stream strictly; None where some bytes mean nothing in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    size = 0
    found = _Found("", beyond_ascii=False, cut_off=False)
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > limit:
            raise BadInput(_TOO_LARGE, limit=limit // 2**20)
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError:
            return None
        if "\0" in text:
            raise BadInput(_NUL)
        found.sample = found.sample or text
        found.beyond_ascii = found.beyond_ascii or not text.isascii()
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        found.cut_off = True
    return found


def _looks_chinese(found: _Found) -> bool:
    """Whether text that GB18030 could read was meant so."""
    beyond = [char for char in found.sample if char > "\x7f"]
    common = len("".join(beyond).encode("gb2312", errors="ignore")) // 2
    return common >= (len(beyond) + found.cut_off) * _COMMON_SHARE
