"""Registers 登记表 and tables of contents 卷内目录 of papers, to be printed: text, HTML or CSV."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from store.file_types import short_type
from store.language import N_, _, current
from store.paper_words import class_title, kind_title, original, whole_title
from store.records.papers import PaperRow, VolumeRow

if TYPE_CHECKING:
    from store.clock import Clock

REGISTER = (
    N_("No."),
    N_("Number"),
    N_("Customer"),
    N_("Kind"),
    N_("Paper title"),
    N_("Date"),
    N_("Pages"),
    N_("Original"),
    N_("Where"),
    N_("File"),
    N_("Note"),
)
"""The headings of a register; message ids."""

CONTENTS = (
    N_("Place"),
    N_("Number"),
    N_("Customer"),
    N_("Paper title"),
    N_("Date"),
    N_("Pages"),
    N_("Original"),
    N_("Note"),
)
"""The headings of a table of contents; message ids."""

FORMS = ("text", "html", "csv")
"""What pages are written as."""

PageForm = Annotated[str, FORMS]

TO_THE_RIGHT = frozenset({N_("No."), N_("Place"), N_("Pages")})

GAP = "  "


@dataclass(frozen=True, slots=True)
class Page:
    """A table with what stands above and below it, in the language in which it was made."""

    title: str
    above: tuple[tuple[str, str], ...]
    """Labels and values, as on a label."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: str
    right: frozenset[int]
    """The columns whose cells stand at the right."""


def _page(
    title: str,
    above: Iterable[tuple[str, str]],
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    below: str,
) -> Page:
    return Page(
        title,
        tuple(above),
        tuple(map(_, headings)),
        tuple(map(tuple, rows)),
        below,
        frozenset(place for place, name in enumerate(headings) if name in TO_THE_RIGHT),
    )


def where(paper: PaperRow) -> str:
    """Where a paper is, as a list shows it: its shelf place, or its volume and place there."""
    in_volume = f"{paper.volume} {paper.place}" if paper.volume else ""
    return " ".join(part for part in (in_volume, paper.whereabouts) if part)


def state(paper: PaperRow) -> str:
    """Where a paper is, or who has it."""
    if paper.borrower:
        text = N_("LATE: {name} has it") if paper.late else N_("{name} has it")
        return _(text).format(name=paper.borrower)
    return where(paper)


def register_cells(paper: PaperRow, place: int) -> tuple[str, ...]:
    """A paper as a row of a register."""
    values, file = paper.values, paper.file
    return (
        str(place),
        paper.number,
        f"{paper.card_number} {paper.card_name}",
        kind_title(values.kind),
        values.title,
        "" if values.dated_on is None else values.dated_on.isoformat(),
        "" if values.pages is None else str(values.pages),
        original(values.original),
        where(paper),
        "" if file is None else (short_type(file.media_type) or file.name),
        " ".join(values.note.split()),
    )


def register(
    papers: Sequence[PaperRow], clock: "Clock", paper_class: str = "", year: int | None = None
) -> Page:
    """The register of a class and year; "" and None for all."""
    name = class_title(paper_class) if paper_class else _("Papers")
    said = N_("Register: {name}") if year is None else N_("Register {year}: {name}")
    title = _(said).format(name=name, year=year)
    if not paper_class and year is None:
        title = _("Register of papers")
    rows = (register_cells(paper, place) for place, paper in enumerate(papers, start=1))
    return _page(title, (), REGISTER, rows, _summed(papers, clock))


def contents(volume: VolumeRow, papers: Sequence[PaperRow], clock: "Clock") -> Page:
    """The table of contents of a volume, with what its label says."""
    rows = (
        (
            str(paper.place or ""),
            paper.number,
            f"{paper.card_number} {paper.card_name}",
            whole_title(paper.values),
            "" if paper.values.dated_on is None else paper.values.dated_on.isoformat(),
            "" if paper.values.pages is None else str(paper.values.pages),
            original(paper.values.original),
            " ".join(paper.values.note.split()),
        )
        for paper in papers
    )
    title = _("Table of contents {number}").format(number=volume.number)
    return _page(title, label(volume, clock), CONTENTS, rows, _summed(papers, clock))


def label(volume: VolumeRow, clock: "Clock") -> tuple[tuple[str, str], ...]:
    """What the label on a volume's back says: pairs of what and value."""
    pairs = (
        (_("Volume"), volume.number),
        (_("Class"), class_title(volume.paper_class)),
        (_("Year"), str(volume.year)),
        (_("Volume title"), volume.title),
        (_("Papers"), str(volume.papers)),
        (_("Pages"), str(volume.pages) if volume.pages else ""),
        (_("Shelf place"), volume.shelf),
        (_("Closed by"), f"{volume.closed_by} {clock.local(volume.closed_at):%Y-%m-%d}"),
    )
    return tuple((name, value) for name, value in pairs if value)


def _summed(papers: Sequence[PaperRow], clock: "Clock") -> str:
    pages = sum(paper.values.pages or 0 for paper in papers)
    said = _("{count} papers, {pages} pages; written on {day}")
    return said.format(count=len(papers), pages=pages, day=clock.today())


# In text


def as_text(page: Page, *, alone: bool = True) -> str:
    """A page as plain text, columns aligned as a terminal or a fixed font shows them.

    Args:
        alone: with title and what stands above and below.
    """
    lines: list[str] = []
    if alone:
        lines += [page.title, ""]
        widest = max((_cells(name) for name, _value in page.above), default=0)
        lines += [f"{_padded(name, widest)}{GAP}{value}" for name, value in page.above]
        lines += [""] if page.above else []
    table = (page.headings, *page.rows)
    widths = [max(map(_cells, column)) for column in zip(*table, strict=True)]
    for cells in table:
        shown = (
            _padded(cell, width, right=place in page.right)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        lines.append(GAP.join(shown).rstrip())
    if alone:
        lines += ["", page.below]
    return "\n".join(lines) + "\n"


def _cells(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide


def _padded(text: str, width: int, right: bool = False) -> str:
    room = " " * max(0, width - _cells(text))
    return room + text if right else text + room


def as_bytes(page: Page, form: str) -> bytes:
    """A page as a file.

    Args:
        form: text, html or csv.
    """
    if form == "csv":
        from io import BytesIO

        from store.exchange.csv_write import write_csv

        stream = BytesIO()
        write_csv(stream, page.headings, page.rows)
        return stream.getvalue()
    return (as_html(page) if form == "html" else as_text(page)).encode()


# In HTML

STYLE = """
@page { size: A4 landscape; margin: 15mm; }
body { font: 11pt "Songti SC", "SimSun", "Noto Serif CJK SC", serif; color: #000; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 4mm; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 4mm; margin: 0 0 4mm;
     border: 1px solid #000; padding: 3mm; width: max-content; min-width: 60mm; }
dt { color: #444; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #000; padding: 1mm 2mm; text-align: left; vertical-align: top; }
th { background: #eee; } td.n { text-align: right; white-space: nowrap; }
td.w { white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
p { margin: 3mm 0 0; }
"""


UNBROKEN = 12
"""Characters of a number or a day."""


def as_html(page: Page) -> str:
    """A page as HTML of its own, which a browser prints; it loads nothing."""
    say = html.escape
    above = "".join(f"<dt>{say(name)}</dt><dd>{say(value)}</dd>" for name, value in page.above)
    head = "".join(f"<th>{say(name)}</th>" for name in page.headings)
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td{_mark(cell, place in page.right)}>{say(cell)}</td>"
            for place, cell in enumerate(cells)
        )
        + "</tr>"
        for cells in page.rows
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{say(page.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{say(page.title)}</h1>\n{f'<dl>{above}</dl>' if above else ''}\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"
        f"<p>{say(page.below)}</p>\n</body>\n</html>\n"
    )


def _mark(cell: str, to_the_right: bool) -> str:
    """How a cell is set: numbers to the right; numbers of papers and days are not broken."""
    if to_the_right:
        return ' class="n"'
    return ' class="w"' if cell.isascii() and " " not in cell and len(cell) <= UNBROKEN else ""
