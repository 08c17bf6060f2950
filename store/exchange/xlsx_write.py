"""Excel workbooks: a heading that stays in sight, widths that fit, texts that stay texts."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

Cell = str | int | float | date | None
"""What a cell may hold; a date is shown as 2026-03-15."""

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
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    remaining = iter(rows)
    sample = list(itertools.islice(remaining, _SAMPLE))
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_NO_TITLE.sub(" ", title)[:31])
    sheet.freeze_panes = "A2"
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

    sheet.append([cell(heading, bold=True) for heading in headings])
    count = 0
    for row in itertools.chain(sample, remaining):
        sheet.append([cell(value) for value in row])
        count += 1
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{count + 1}"
    book.save(stream)
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
