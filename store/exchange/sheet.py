"""A sheet laid out like a paper form: groups of labelled cells, and small tables.

What stands in it is text; `sheet_html` and `sheet_text` put it on paper.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

SLOTS = 4
"""Labelled cells beside each other on A4."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what stands beside it; `span` is how many slots both take."""

    label: str
    text: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the sheet under a heading."""

    title: str
    cells: tuple[Cell, ...] = ()
    tables: tuple[Table, ...] = ()

    def lines(self, slots: int = SLOTS) -> Iterator[tuple[Cell, ...]]:
        """The cells in lines of so many slots; the last one of a line takes what is left."""
        line: list[Cell] = []
        used = 0
        for cell in self.cells:
            span = min(slots, max(1, -(-cell.span * slots // SLOTS)))
            if used + span > slots:
                yield _stretched(line, slots, used)
                line, used = [], 0
            line.append(Cell(cell.label, cell.text, span))
            used += span
        if line:
            yield _stretched(line, slots, used)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of it; `signed` are the lines for hand and date at its foot."""

    groups: tuple[Group, ...]
    signed: tuple[Cell, ...] = field(default=())

    @property
    def height(self) -> int:
        """About how many lines it takes, to choose a type that leaves it on one page."""
        cells = sum(len(list(group.lines())) for group in self.groups)
        tables = sum(len(table.rows) + 1 for group in self.groups for table in group.tables)
        return cells + tables + len(self.groups)


def _stretched(line: Sequence[Cell], slots: int, used: int) -> tuple[Cell, ...]:
    last = line[-1]
    return (*line[:-1], Cell(last.label, last.text, last.span + slots - used))


def spans(length: int, is_long: bool) -> int:
    """The slots of a cell whose text has so many characters.

    Args:
        is_long: it may hold several lines, and has a whole line to itself.
    """
    if is_long or length > 60:
        return SLOTS
    return 2 if length > 14 else 1


def filled(
    rows: Iterable[Sequence[str]], width: int, least: int = 0
) -> tuple[tuple[str, ...], ...]:
    """Rows, with empty ones to write into up to the least number."""
    found = [tuple(row) for row in rows]
    return (*found, *(("",) * width for _place in range(least - len(found))))
