"""A table out of a file, whatever the file was: headings and rows of text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.cleaning import clean_line, clean_text
from store.errors import BadInput
from store.language import N_

MOST_COLUMNS = 500
"""Outlook writes 92 columns, Google up to 200; more is no address book."""

_TITLE_ROWS = 10
"""How far down the headings may stand: above them are a title and blank rows."""

_TOO_WIDE = N_("The file has {count} columns; at most {limit} can be read.")
_EMPTY = N_("The file holds no rows.")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a person counts in the file (1 is the top), and its cells, cleaned.

    The cells may be fewer or more than the headings.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and rows of a file. Rows are read as they are asked for, once, in order.

    Reading rows may raise `BadInput` at any row: the file is damaged from there on.
    """

    headings: tuple[str, ...]
    rows: Iterable[TableRow]


def table_of(rows: Iterator[tuple[int, Sequence[str]]]) -> Table:
    """The table in numbered raw rows: cleaned, blank rows and a title above the headings left out.

    Raises:
        BadInput: there are no rows, or too many columns.
    """
    numbered = _tidy(rows)
    waiting: list[TableRow] = []
    for row in numbered:
        waiting.append(row)
        if _filled(row) > 1 or len(waiting) == _TITLE_ROWS:
            break
    if not waiting:
        raise BadInput(_EMPTY)
    at = next((index for index, row in enumerate(waiting) if _filled(row) > 1), 0)
    headings = tuple(clean_line(cell) for cell in waiting[at].cells)
    return Table(headings, _following(waiting[at + 1 :], numbered))


def _following(first: Iterable[TableRow], rest: Iterator[TableRow]) -> Iterator[TableRow]:
    yield from first
    yield from rest


def _tidy(rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[TableRow]:
    for number, raw in rows:
        if "".join(raw).isprintable():  # nearly every row, and three times as fast
            cells = [cell.strip() for cell in raw]
        else:
            cells = [clean_text(cell) for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise BadInput(_TOO_WIDE, count=len(cells), limit=MOST_COLUMNS)
        if cells:
            yield TableRow(number, tuple(cells))


def _filled(row: TableRow) -> int:
    return sum(1 for cell in row.cells if cell)
