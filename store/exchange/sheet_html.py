"""A sheet as one HTML page: a form in tables, in a type that leaves it on one page of A4."""

from typing import Any

from store.exchange.page import PageHead, html_page
from store.exchange.sheet import SLOTS, Sheet, Table

SIZES = ((34, "l"), (46, "m"), (58, "s"))
"""Up to how many lines each size of type is used; beyond them the smallest."""


SHORT = 5
"""Up to so many characters, or as one word without Chinese, a text of a row is not broken."""

COLUMNS = 14
"""Columns of a table beside which short texts find room unbroken."""


def html_sheet(head: PageHead, sheet: Sheet) -> str:
    """The page as HTML."""
    size = next((size for most, size in SIZES if sheet.height <= most), "xs")
    groups = [
        {
            "title": group.title,
            "lines": list(group.lines()),
            "tables": list(map(_told, group.tables)),
        }
        for group in sheet.groups
    ]
    told = {"groups": groups, "signed": sheet.signed, "size": size, "slots": SLOTS}
    return html_page("sheet.html", head, told)


def _told(table: Table) -> dict[str, Any]:
    """A table for the template: each text with whether it stands on one line."""
    roomy = len(table.headings) <= COLUMNS
    rows = [[(text, roomy and is_short(text)) for text in row] for row in table.rows]
    return {"title": table.title, "headings": table.headings, "rows": rows}


def is_short(text: str) -> bool:
    """Whether a text is a name, a phone or a day, which nobody wants to read in two lines."""
    return len(text) <= SHORT or (text.isascii() and " " not in text and len(text) <= 3 * SHORT)
