"""Tables from CSV files of any program: the separator is found out."""

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO

from store.errors import BadInput
from store.exchange.formulas import as_written
from store.exchange.tables import Table, table_of
from store.exchange.text import open_text
from store.language import N_

LONGEST_LINE = 1_000_000
"""Characters of one line, and of one cell over several lines."""

SEPARATORS = ",\t;"
"""Signs that may part the cells; the first wins where several do equally well."""

_SAMPLE_LINES = 40
_DECLARED = re.compile(f"sep=([{SEPARATORS}])", re.IGNORECASE)
"""The line with which Excel says what parts the cells."""

_LONG_LINE = N_("Line {line} is longer than {limit} characters; this is no address book.")
_LONG_CELL = N_(
    "A cell that begins on line {line} is longer than {limit} characters: "
    "a closing quotation mark may be missing."
)
_OPEN_QUOTE = N_(
    "A quotation mark on line {line} is never closed: the file is cut off, or a mark is missing."
)


def read_csv(stream: BinaryIO) -> Table:
    """The table in a CSV file; its rows are read while they are asked for.

    Args:
        stream: a file that can be read twice (`seek`); it is read until the last row was asked for.

    Raises:
        BadInput: no text, no rows, too wide, a line too long, or a quotation mark left open. Some
            of it shows only while the rows are read.
    """
    return table_of(_rows(open_text(stream)))


def _rows(text: TextIO) -> Iterator[tuple[int, list[str]]]:
    lines = _bearable_lines(text)
    sample = list(itertools.islice(lines, _SAMPLE_LINES))
    separator, skipped = _separator(sample)
    source = _Counted(itertools.chain(sample[skipped:], lines), skipped)
    # The limit is the whole process's; every reader of CSV here is this one.
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(source, delimiter=separator)
    while True:
        first = source.count + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise BadInput(_LONG_CELL, line=first, limit=LONGEST_LINE) from error
        if row is None:
            return
        if source.ended:
            # A reader that asks for another line after the last one is inside quotation marks.
            raise BadInput(_OPEN_QUOTE, line=first)
        yield first, [as_written(cell) for cell in row] if "'" in "".join(row) else row


def _bearable_lines(text: TextIO) -> Iterator[str]:
    """The lines of a text without its byte order mark, each of bearable length."""
    for number in itertools.count(1):
        line = text.readline(LONGEST_LINE + 1)
        if not line:
            return
        if len(line) > LONGEST_LINE:
            raise BadInput(_LONG_LINE, line=number, limit=LONGEST_LINE)
        yield line.lstrip("\ufeff") if number == 1 else line


class _Counted:
    """Lines that know how many of them were taken, and whether that was all."""

    def __init__(self, lines: Iterable[str], taken: int) -> None:
        self._lines = lines
        self.count = taken
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.count += 1
            yield line
        self.ended = True


def _separator(sample: list[str]) -> tuple[str, int]:
    """What parts the cells of these first lines, and how many lines only say so (`sep=;`)."""
    declared = _DECLARED.fullmatch(sample[0].strip("\r\n")) if sample else None
    if declared:
        return declared[1], 1
    records = list(_records(sample))
    return max(SEPARATORS, key=lambda sign: _use(sign, records)), 0


def _records(sample: list[str]) -> Iterator[str]:
    """The records in these lines, without what stands in quotation marks."""
    inside = False
    outside = ""
    for line in sample:
        for index, part in enumerate(line.split('"')):
            if index:
                inside = not inside
            if not inside:
                outside += part
        if not inside:
            yield outside
            outside = ""
    yield outside


def _use(sign: str, records: list[str]) -> tuple[int, int]:
    """In how many records the sign stands (headings hold only the true one), and how often."""
    counts = [record.count(sign) for record in records]
    return sum(1 for count in counts if count), max(counts, default=0)
