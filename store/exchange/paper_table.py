"""Papers as a table, and as objects for scripts; files by name and digest, not their content."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store.exchange.record_tables import Table, chosen_of
from store.language import _
from store.paper_pages import REGISTER, register_cells
from store.records.cards import CardQuery
from store.records.papers import PaperQuery, PaperRow, VolumeRow

if TYPE_CHECKING:
    from store.clock import Clock
    from store.desk import Desk


def chosen_papers(desk: "Desk", query: CardQuery) -> Iterator[PaperRow]:
    """The papers that the member sees, not those in the trash; of chosen cards where a query
    chooses.
    """
    cards = chosen_of(desk, query)
    for paper in desk.papers.page(PaperQuery()):
        if cards is None or paper.card_id in cards:
            yield paper


def table(desk: "Desk", query: CardQuery) -> Table:
    """The papers as headings and rows, as in a register."""
    rows = enumerate(chosen_papers(desk, query), start=1)
    return [_(name) for name in REGISTER], (register_cells(paper, place) for place, paper in rows)


def shapes(desk: "Desk", query: CardQuery) -> Iterator[Mapping[str, Any]]:
    """The papers as objects."""
    return (shape(paper, desk.store.clock) for paper in chosen_papers(desk, query))


def shape(paper: PaperRow, clock: "Clock") -> dict[str, Any]:
    """A paper as one object."""
    values, file = paper.values, paper.file
    return {
        "number": paper.number,
        "card": paper.card_number,
        "name": paper.card_name,
        "class": values.paper_class,
        "kind": values.kind,
        "title": values.title,
        "date": values.dated_on and values.dated_on.isoformat(),
        "year": paper.year,
        "pages": values.pages,
        "original": values.original,
        "shelf": values.shelf,
        "note": values.note,
        "file": file
        and {
            "name": file.name,
            "size": file.size,
            "type": file.media_type,
            "digest": file.digest,
        },
        "volume": paper.volume or None,
        "place": paper.place,
        "listed_at": clock.local(paper.created_at).isoformat(timespec="seconds"),
        "listed_by": paper.created_by,
        "trashed": paper.trashed,
        "borrower": paper.borrower or None,
        "due": paper.due_at and clock.local(paper.due_at).isoformat(timespec="seconds"),
    }


def volume_shape(volume: VolumeRow, clock: "Clock") -> dict[str, Any]:
    """A volume as one object."""
    return {
        "number": volume.number,
        "class": volume.paper_class,
        "year": volume.year,
        "title": volume.title,
        "shelf": volume.shelf,
        "closed_at": clock.local(volume.closed_at).isoformat(timespec="seconds"),
        "closed_by": volume.closed_by,
        "papers": volume.papers,
        "pages": volume.pages,
    }
