"""A sheet as plain text: a form drawn with lines, 80 cells wide."""

from collections.abc import Iterator, Sequence

from store.exchange.page import PageHead
from store.exchange.sheet import Cell, Group, Sheet, Table
from store.exchange.text_page import WIDTH, cells, padded, text_page, wrapped

SLOTS = 2
"""Labelled cells on a line."""

LABEL, WIDEST_LABEL = 12, 16
"""Cells of a label; a longer one is broken. A long word gets a few more."""


def text_sheet(head: PageHead, sheet: Sheet) -> str:
    """The page as text."""
    return text_page(head, _lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    for group in sheet.groups:
        yield from _group(group)
    if sheet.signed:
        yield from _grid([(cell.label, cell.text, 1) for cell in sheet.signed], "")


def _group(group: Group) -> Iterator[str]:
    if group.cells or group.title:
        told = [(cell.label, cell.text, cell.span) for line in group.lines(SLOTS) for cell in line]
        yield from _grid(told, group.title)
    for table in group.tables:
        yield from _table(table)
    yield ""


def _grid(told: Sequence[tuple[str, str, int]], title: str) -> Iterator[str]:
    if title:
        yield title
    if not told:
        return
    group = Group("", tuple(Cell(label, text, span * 2) for label, text, span in told))
    words = [word for label, _text, _span in told for word in label.split() if word[0].isascii()]
    room = min(WIDEST_LABEL, max([LABEL, *map(cells, words)]))
    yield _rule(_widths((Cell(""), Cell("")), room))
    for line in group.lines(SLOTS):
        widths = _widths(line, room)
        texts = [part for cell in line for part in (cell.label, cell.text)]
        yield from _row(texts, widths)
        yield _rule(widths)


def _widths(line: Sequence[Cell], label: int) -> list[int]:
    """The cells of each column between the lines: label, text, label, text."""
    if len(line) == 1:
        return [label, WIDTH - label - 3]
    half = (WIDTH - 5 - 2 * label) // 2
    return [label, half, label, WIDTH - 5 - 2 * label - half]


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield table.title
    widths = _table_widths(table)
    yield _rule(widths)
    for row in (table.headings, *table.rows):
        yield from _row(row, widths)
        yield _rule(widths)


def _table_widths(table: Table) -> list[int]:
    """Each column as wide as it needs, all together as wide as the page."""
    count = len(table.headings)
    room = WIDTH - 1 - count
    needs = [
        max(4, *(max(map(cells, row[place].split("\n"))) for row in (table.headings, *table.rows)))
        for place in range(count)
    ]
    total = sum(needs)
    if total <= room:
        needs[-1] += room - total
        return needs
    least = max(2, min(6, room // count))
    shared = [max(least, need * room // total) for need in needs]
    while sum(shared) > room:
        widest = shared.index(max(shared))
        shared[widest] -= 1
    shared[-1] += room - sum(shared)
    return shared


def _row(texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    broken = [
        [piece for part in text.split("\n") for piece in wrapped(part, max(2, width))]
        for text, width in zip(texts, widths, strict=True)
    ]
    for place in range(max(map(len, broken))):
        parts = [
            padded(pieces[place] if place < len(pieces) else "", width)
            for pieces, width in zip(broken, widths, strict=True)
        ]
        yield f"|{'|'.join(parts)}|"


def _rule(widths: Sequence[int]) -> str:
    return f"+{'+'.join('-' * width for width in widths)}+"
