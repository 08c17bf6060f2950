"""Takes a vCard file apart: cards, and their lines unfolded, still as bytes.

Phones fold lines in the middle of characters and break quoted-printable in its own way, so that
nothing can be decoded before the lines are whole (vCard 2.1, 3.0, 4.0).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from store.errors import BadInput
from store.exchange.text import LIMIT, decode
from store.language import N_

LONGEST_LINE = 4 * 2**20
"""Bytes of one line as it stands in the file; a photograph on one line may have a million."""

LONGEST_CARD = 8 * 2**20
"""Bytes of one card."""

MOST_LINES = 1_000
"""Whole lines of one card."""

_LONG_LINE = N_("Line {line} is longer than {limit} MB; this is no address book.")
_LONG_CARD = N_("The card that begins on line {line} is longer than {limit} MB.")
_MANY_LINES = N_("The card that begins on line {line} has more than {limit} lines.")
_NUL = N_("Line {line} holds NUL bytes: the file is damaged.")
_CUT_OFF = N_("The card that begins on line {line} has no end: the file is cut off.")
_TOO_LARGE = N_("The file is larger than {limit} MB. Split it and read the parts.")
_NO_END = N_("The card that begins on line {line} has no end of its own; look it over.")
_STRAY = N_("Line {line} stands outside of any card and was skipped.")

_BLOCK = 2**20
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_BEGIN = re.compile(rb"BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"END\s*:\s*VCARD\s*", re.IGNORECASE)
_AGENT = re.compile(rb"AGENT\s*[:;]", re.IGNORECASE)
_QUOTED = re.compile(rb"[^:]*[;=]QUOTED-PRINTABLE", re.IGNORECASE)
_BASE64 = re.compile(rb"[^:]*[;=](?:BASE64|B)\s*[;:]", re.IGNORECASE)
_BASE64_TEXT = re.compile(rb"[A-Za-z0-9+/=]+")

RawLine = tuple[int, bytes]
"""The number of a line in the file, from 1, and its bytes without the line end."""


@dataclass(slots=True)
class Block:
    """What stands between BEGIN:VCARD and END:VCARD, and what is wrong about it."""

    number: int
    """The line of BEGIN."""
    lines: list[RawLine] = field(default_factory=list)
    """Whole lines, each with the number at which it begins."""
    warnings: list[BadInput] = field(default_factory=list)


def read_blocks(stream: BinaryIO) -> Iterator[Block]:
    """The cards of a file, one after the other, while they are asked for.

    Raises:
        BadInput: the file is cut off, holds NUL bytes, or a line or card of endless length.
    """
    block: Block | None = None
    stray: list[BadInput] = []
    depth = size = 0
    for number, line in _physical_lines(stream):
        begins = line.startswith((b"B", b"b")) and _BEGIN.fullmatch(line)
        if block is None:
            if begins:
                block, stray, size = Block(number, warnings=stray), [], 0
            elif line.strip():
                stray.append(BadInput(_STRAY, line=number))
        elif begins:
            if block.lines and _AGENT.match(block.lines[-1][1]):
                depth += 1  # version 2.1 puts the whole card of a secretary into AGENT
                continue
            block.warnings.append(BadInput(_NO_END, line=block.number))
            yield _unfolded(block)
            block, size = Block(number), 0
        elif line.startswith((b"E", b"e")) and _END.fullmatch(line):
            if depth:
                depth -= 1
                continue
            yield _unfolded(block)
            block = None
        elif not depth:
            block.lines.append((number, line))
            size += len(line) + 1
            if size > LONGEST_CARD:
                raise BadInput(_LONG_CARD, line=block.number, limit=LONGEST_CARD // 2**20)
    if block is not None:
        raise BadInput(_CUT_OFF, line=block.number)


def _physical_lines(stream: BinaryIO) -> Iterator[RawLine]:
    """The lines as they stand in the file, whatever ends them."""
    stream.seek(0)
    start = stream.read(len(_UTF8_MARK))
    stream.seek(len(_UTF8_MARK) if start == _UTF8_MARK else 0)
    if start.startswith(_WIDE_MARKS):
        stream.seek(0)
        stream = io.BytesIO(decode(stream.read(LIMIT + 1)).encode())
    number = size = 0
    rest = b""
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > LIMIT:
            raise BadInput(_TOO_LARGE, limit=LIMIT // 2**20)
        lines = (rest + block).splitlines(keepends=True)
        # The last one may go on in the next block, if only with the second half of its line end.
        rest = b"" if lines[-1].endswith(b"\n") else lines.pop()
        if len(rest) > LONGEST_LINE:
            raise BadInput(_LONG_LINE, line=number + len(lines) + 1, limit=LONGEST_LINE // 2**20)
        for line in lines:
            number += 1
            if b"\0" in line:
                raise BadInput(_NUL, line=number)
            yield number, line.rstrip(b"\r\n")
    if rest:
        yield number + 1, rest.rstrip(b"\r")


def _unfolded(block: Block) -> Block:
    """The block with each line whole."""
    whole: list[tuple[int, list[bytes]]] = []
    pieces: list[bytes] = []
    for number, line in block.lines:
        if pieces and pieces[-1].endswith(b"=") and _QUOTED.match(pieces[0]):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif pieces and line.startswith((b" ", b"\t")):
            pieces.append(line[1:])
        elif pieces and _BASE64_TEXT.fullmatch(line) and _BASE64.match(pieces[0]):
            pieces.append(line)
        elif line.strip():
            pieces = [line]
            whole.append((number, pieces))
        else:
            pieces = []
    if len(whole) > MOST_LINES:
        raise BadInput(_MANY_LINES, line=block.number, limit=MOST_LINES)
    block.lines = [(number, b"".join(parts)) for number, parts in whole]
    return block
