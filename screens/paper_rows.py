"""Papers, volumes and what is missing, as rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from screens.file_list import size_text
from store import paper_words
from store.file_types import short_type
from store.language import N_, _, ngettext
from store.paper_pages import state
from store.records.papers import CLASSES, CardPapers, MissingPapers, PaperRow, VolumeRow
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock

OF_CARD = (
    Column("group", "", 9, least=4, sortable=False),
    Column("number", N_("Number"), 10, sortable=False),
    Column("what", N_("What paper"), 24, least=10, share=2, sortable=False),
    Column("date", N_("Date"), 10, sortable=False),
    Column("file", N_("File"), 5, least=4, sortable=False),
    Column("where", N_("Where"), 16, least=8, share=1, sortable=False),
)
"""The columns of a customer's papers."""

OF_BOX = (
    Column("number", N_("Number"), 10, sortable=False),
    Column("card", N_("Customer"), 16, least=8, share=2, sortable=False),
    Column("what", N_("What paper"), 20, least=8, share=2, sortable=False),
    Column("date", N_("Date"), 10, sortable=False),
    Column("file", N_("File"), 5, least=4, sortable=False),
    Column("where", N_("Where"), 14, least=6, share=1, sortable=False),
)
"""The columns of all papers."""

VOLUMES = (
    Column("number", N_("Volume"), 10, sortable=False),
    Column("class", N_("Class"), 14, least=6, share=1, sortable=False),
    Column("title", N_("Volume title"), 18, least=6, share=2, sortable=False),
    Column("papers", N_("Papers"), 6, align="right", sortable=False),
    Column("pages", N_("Pages"), 6, align="right", sortable=False),
    Column("shelf", N_("Shelf place"), 14, least=6, share=1, sortable=False),
)

MISSING = (
    Column("number", N_("Number"), 8, sortable=False),
    Column("card", N_("Customer"), 18, least=8, share=1, sortable=False),
    Column("owner", N_("Owner"), 8, least=6, sortable=False),
    Column("missing", N_("Missing"), 30, least=10, share=2, sortable=False),
)

LACKS = "missing"
"""How the key of a row begins that stands for a paper that is missing."""


def tone(paper: PaperRow) -> str:
    """The colour of a paper's row; the words in it say why."""
    if paper.late:
        return "error"
    return "warning" if paper.borrower else ""


def type_of(paper: PaperRow) -> str:
    """What its file is, in a word; a dash where there is none."""
    if paper.file is None:
        return "-"
    return short_type(paper.file.media_type) or _("yes")


def card_rows(found: CardPapers) -> list[Row]:
    """A customer's papers by class, what is missing among them."""
    rows: list[Row] = []
    for name in CLASSES:
        within: list[Row] = [
            Row(str(paper.id), ("", *_cells(paper)), tone(paper))
            for paper in found.papers
            if paper.values.paper_class == name
        ]
        within += [
            Row(
                f"{LACKS}:{paper_class}.{kind}",
                ("", _("missing"), paper_words.kind_title(kind), "", "", ""),
                "muted",
            )
            for paper_class, kind in found.missing
            if paper_class == name
        ]
        rows += _with_title(within, paper_words.class_short(name))
    return rows


def _with_title(rows: Sequence[Row], title: str) -> Iterable[Row]:
    for place, row in enumerate(rows):
        yield Row(row.key, (title if place == 0 else "", *row.cells[1:]), row.tone)


def _cells(paper: PaperRow) -> tuple[str, ...]:
    values = paper.values
    return (
        paper.number,
        paper_words.whole_title(values),
        "" if values.dated_on is None else f"{values.dated_on:%Y-%m-%d}",
        type_of(paper),
        state(paper),
    )


def box_row(paper: PaperRow) -> Row:
    """A paper among all of them."""
    number, what, date, file, place = _cells(paper)
    return Row(str(paper.id), (number, paper.card_name, what, date, file, place), tone(paper))


def volume_row(volume: VolumeRow) -> Row:
    """A volume."""
    return Row(
        str(volume.id),
        (
            volume.number,
            paper_words.class_title(volume.paper_class),
            volume.title,
            str(volume.papers),
            str(volume.pages or ""),
            volume.shelf,
        ),
    )


def missing_row(lacking: MissingPapers) -> Row:
    """A customer whose file lacks something."""
    words = paper_words.missing_words(lacking.missing)
    cells = (lacking.card_number, lacking.card_name, lacking.owner, words)
    return Row(str(lacking.card_id), cells)


def about_paper(paper: PaperRow, clock: Clock, warning: str = "") -> Content:
    """All that is known of a paper, in a few lines.

    Args:
        warning: what is odd about its file.
    """
    values, file = paper.values, paper.file
    facts = [
        paper_words.class_title(values.paper_class),
        paper_words.original(values.original),
        ngettext("{count} page", "{count} pages", values.pages).format(count=values.pages)
        if values.pages
        else "",
        state(paper) or _("nobody noted where it is"),
    ]
    lines = [
        Content.styled(f"{paper.number} {paper_words.whole_title(values)}", "bold"),
        Content("  ".join(fact for fact in facts if fact)),
    ]
    if file is not None:
        told = f"{file.name}  {short_type(file.media_type)}  {size_text(file.size)}"
        line = Content(told)
        lines.append(line + Content.styled(f"  {warning}", "$text-warning") if warning else line)
    if values.note:
        lines.append(Content(" ".join(values.note.split())))
    listed = _("Listed by {name} on {day}").format(
        name=paper.created_by, day=f"{clock.local(paper.created_at):%Y-%m-%d}"
    )
    lines.append(Content.styled(listed, "$text-muted"))
    return Content("\n").join(lines)


def about_missing(lacking: MissingPapers) -> Content:
    """All that a customer's file lacks."""
    head = Content.styled(f"{lacking.card_number} {lacking.card_name}", "bold")
    words = _("Missing: {kinds}").format(kinds=paper_words.missing_words(lacking.missing))
    return Content("\n").join([head, Content(words)])


def about_volume(volume: VolumeRow, clock: Clock) -> Content:
    """What the label of a volume says."""
    from store.paper_pages import label

    lines = [Content(_(": ").join((name, value))) for name, value in label(volume, clock)]
    half = -(-len(lines) // 2)
    pairs = [lines[:half], lines[half:]]
    return Content("\n").join(Content("  ").join(part) for part in pairs if part)
