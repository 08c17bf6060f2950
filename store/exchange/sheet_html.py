"""A sheet as one HTML page: a form in tables, in a type that leaves it on one page of A4."""

from store.exchange.page import PageHead, html_page
from store.exchange.sheet import SLOTS, Sheet

SIZES = ((34, "l"), (46, "m"), (58, "s"))
"""Up to how many lines each size of type is used; beyond them the smallest."""


def html_sheet(head: PageHead, sheet: Sheet) -> str:
    """The page as HTML."""
    size = next((size for most, size in SIZES if sheet.height <= most), "xs")
    groups = [
        {"title": group.title, "lines": list(group.lines()), "tables": group.tables}
        for group in sheet.groups
    ]
    told = {"groups": groups, "signed": sheet.signed, "size": size, "slots": SLOTS}
    return html_page("sheet.html", head, told)
