"""Cells that a spreadsheet would take for a formula, made harmless and read back exactly.

A leading apostrophe is the mark that every spreadsheet writes itself. Telephone numbers such as
`+86-10-6655` get it too: a spreadsheet would reckon them out as -12269.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_MARKED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet might reckon with it."""
    return "'" + cell if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """The cell that `harmless` was given; other cells as they are."""
    return cell[1:] if cell.startswith("'") and _MARKED.match(cell) else cell
