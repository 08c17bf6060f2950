"""Tables from Excel workbooks (.xlsx, also as WPS writes them)."""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from store.errors import BadInput
from store.exchange.tables import Table, table_of
from store.exchange.xlsx_cells import CHINESE_DATE_FORMATS, cell_text
from store.exchange.xlsx_guard import check_workbook
from store.language import N_

LAST_ROW = 1_048_576
"""Rows that a sheet can have."""

_DAMAGED = N_("The workbook is damaged and cannot be read. Open it, save it anew and try again.")
_NO_CONTENT = N_("The workbook holds no rows.")

_TROUBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl and what it stands on raise for a file with a changed byte somewhere."""

_MERGED = re.compile(
    rb"<(?:[a-z]+:)?mergeCell\s[^>]{0,200}?"
    rb"ref=[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"
)
"""First column, first row and last row of a merged cell, in the XML of a sheet."""

_BLOCK = 2**18
_LONGEST_TAG = 300


def read_xlsx(stream: BinaryIO) -> Table:
    """The table on the first visible sheet that holds anything; rows come while asked for.

    Formulas count as their last result. A cell merged over several rows counts in each of them.

    Args:
        stream: a file that can be read twice (`seek`); it is read until the last row was asked for.

    Raises:
        BadInput: no .xlsx, a password, a zip bomb, damaged, no rows, or too wide. Some of it shows
            only while the rows are read.
    """
    check_workbook(stream)
    # Imported here because it takes a fifth of a second.
    from openpyxl import load_workbook

    stream.seek(0)
    # What it warns of (a style, a rule it does not know) is not about the customers, and standard
    # error is the screen.
    warnings.filterwarnings("ignore", module="openpyxl")
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        _know_chinese_dates(book)
        for sheet in _by_visibility(book):
            rows = _rows(sheet)
            first = next(rows, None)
            if first is not None:
                return table_of(_guarded(_with_first(first, rows)))
    except _TROUBLES as error:
        raise BadInput(_DAMAGED) from error
    raise BadInput(_NO_CONTENT)


def read_sheets(stream: BinaryIO) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """The sheets with their titles, those that a person sees first, each with its numbered rows.

    Cells are as they stand, not cleaned. Read the rows of one sheet before those of the next.

    Raises:
        BadInput: as `read_xlsx`.
    """
    check_workbook(stream)
    from openpyxl import load_workbook

    stream.seek(0)
    warnings.filterwarnings("ignore", module="openpyxl")
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        _know_chinese_dates(book)
        for sheet in _by_visibility(book):
            yield str(sheet.title), _guarded(_rows(sheet))
    except _TROUBLES as error:
        raise BadInput(_DAMAGED) from error


def _with_first(
    first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest


def _guarded(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from rows
    except _TROUBLES as error:
        raise BadInput(_DAMAGED) from error


def _know_chinese_dates(book: Any) -> None:
    for number, style in enumerate(book._cell_styles):
        if style.numFmtId in CHINESE_DATE_FORMATS:
            book._date_formats.add(number)


def _by_visibility(book: Any) -> list[Any]:
    """The sheets with cells, those that a person sees first."""
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    return sorted(sheets, key=lambda sheet: sheet.sheet_state != "visible")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that hold anything, with their numbers."""
    merged = _merged_downwards(sheet)
    held: dict[int, tuple[int, str]] = {}
    # Programs write a size that is not true; without one every row is read.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > LAST_ROW:
            raise BadInput(_DAMAGED)
        texts = [_text(cell) for cell in row]
        for column, (last, text) in list(held.items()):
            if number > last:
                del held[column]
            elif column < len(texts) and not texts[column]:
                texts[column] = text
        for column, last in merged.get(number, ()):
            if column < len(texts):
                held[column] = last, texts[column]
        if any(texts):
            yield number, texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    return value if isinstance(value, str) else cell_text(value, _format(cell))


def _format(cell: Any) -> str:
    chinese = CHINESE_DATE_FORMATS.get(cell.style_array.numFmtId)
    return chinese or cell.number_format or ""


def _merged_downwards(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """First row of merged cells to their (column from 0, last row); openpyxl does not tell them."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, int]]] = {}
    with sheet._get_source() as source:
        rest = b""
        while block := source.read(_BLOCK):
            rest += block
            end = 0
            for match in _MERGED.finditer(rest):
                end = match.end()
                first, last = int(match[2]), int(match[3])
                if last > first:
                    column = column_index_from_string(match[1].decode()) - 1
                    found.setdefault(first, []).append((column, last))
            rest = rest[max(end, len(rest) - _LONGEST_TAG) :]
    return found
