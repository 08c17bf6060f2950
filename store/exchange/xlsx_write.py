"""Excel workbooks: a heading that stays in sight, widths that fit, texts that stay texts."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

Cell = str | int | float | date | None
"""What a cell may hold; a date is shown as 2026-03-15."""

KeyedSheet = tuple[str, Sequence[str], Sequence[str], Sequence[Sequence[str]]]
"""Title, keys, headings and rows of a sheet."""

LONGEST = 32_767
"""Characters that a cell can hold; the rest is cut off, and three dots say so."""

_SAMPLE = 200
_NARROWEST, _WIDEST = 6, 40
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_DATE_FORMAT = "yyyy-mm-dd"


def write_xlsx(
    stream: BinaryIO,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    title: str = "shuke",
) -> int:
    """Write a table as a workbook with one sheet; answers how many rows stand below the headings.

    Texts are stored as texts whatever they look like: telephone numbers keep their zeros and
    plus signs, and none is a formula, not even after somebody edited its cell.

    Args:
        stream: takes the bytes.
        headings: the first row.
        rows: read once, as they are written; nothing is kept in memory.
        title: the name of the sheet, of which 31 characters show.
    """
    # Imported here because it takes a fifth of a second.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = _add_sheet(book, title, headings, rows)
    book.save(stream)
    return count


def write_sheets(stream: BinaryIO, sheets: Iterable[KeyedSheet]) -> None:
    """Write a workbook of several sheets, each with a hidden row of keys above its headings.

    A text that is too long for a cell goes on in further columns of the same key.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, keys, headings, rows in sheets:
        times = _cells_needed(len(keys), rows)
        wide = [key for key, count in zip(keys, times, strict=True) for _ in range(count)]
        named = [name for name, count in zip(headings, times, strict=True) for _ in range(count)]
        _add_sheet(book, title, named, (_spread(row, times) for row in rows), wide)
    book.save(stream)


def _cells_needed(width: int, rows: Iterable[Sequence[str]]) -> list[int]:
    times = [1] * width
    for row in rows:
        for place, text in enumerate(row):
            if len(text) > LONGEST:
                times[place] = max(times[place], -(-len(text) // LONGEST))
    return times


def _spread(row: Sequence[str], times: Sequence[int]) -> list[str | None]:
    return [
        text[start * LONGEST : (start + 1) * LONGEST] or None
        for text, count in zip(row, times, strict=True)
        for start in range(count)
    ]


def _add_sheet(
    book: Any,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    keys: Sequence[str] = (),
) -> int:
    """Write a sheet; answers how many rows stand below the headings.

    Args:
        keys: a hidden row above the headings; none where there are no keys.
    """
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    remaining = iter(rows)
    sample = list(itertools.islice(remaining, _SAMPLE))
    sheet: Any = book.create_sheet(_NO_TITLE.sub(" ", title)[:31])
    top = 2 if keys else 1
    sheet.freeze_panes = f"A{top + 1}"
    if keys:
        sheet.row_dimensions[1].hidden = True
    for number, width in enumerate(_widths([headings, *sample]), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def cell(value: Any, bold: bool = False) -> Any:
        plain = isinstance(value, str) and not value.startswith(("=", "#"))
        if value is None or (plain and not bold and len(str(value)) <= LONGEST):
            return value
        made: Any = WriteOnlyCell(sheet, _cut(value) if isinstance(value, str) else value)
        if isinstance(value, str):
            made.data_type = "s"
            made.quotePrefix = not plain
        elif isinstance(value, date):
            made.number_format = _DATE_FORMAT
        if bold:
            made.font = Font(bold=True)
        return made

    if keys:
        sheet.append([cell(key) for key in keys])
    sheet.append([cell(heading, bold=True) for heading in headings])
    count = 0
    for row in itertools.chain(sample, remaining):
        sheet.append([cell(value) for value in row])
        count += 1
    if headings:
        last = get_column_letter(len(headings))
        sheet.auto_filter.ref = f"A{top}:{last}{count + top}"
    return count


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """Widths of the columns in characters, so that most cells of these rows are seen whole."""
    for column in itertools.zip_longest(*rows):
        widest = max((_width(value) for value in column if value is not None), default=0)
        yield min(max(widest + 2, _NARROWEST), _WIDEST)


def _width(value: Cell) -> int:
    lines = str(value).split("\n")[:3]
    wide = (unicodedata.east_asian_width(char) in "WF" for line in lines for char in line[:_WIDEST])
    return max(map(len, lines)) + sum(wide)
