"""Volumes 案卷: the papers of a class and a year, closed; what is in one does not change any more.

The custodian, a manager or the director closes them, each what he may change: a manager the papers
of his department's customers. What comes later of a year goes into a further volume.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import paper_rows
from store.arguments import checks_arguments, shortened
from store.deeds import REOPEN
from store.errors import BadValue, NotFound
from store.language import N_
from store.models.papers import Paper, Volume
from store.paper_pages import PageForm
from store.paper_values import NO_CLASS, series, shelf_place
from store.records.papers import (
    CLASSES,
    AnyClass,
    PaperClass,
    PaperQuery,
    PaperRow,
    VolumeRow,
    Year,
)
from store.rights import Right, allowed_among, require_closing
from store.rows import CHUNK
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

NO_VOLUME = N_("There is no volume “{number}”.")
NOTHING_TO_CLOSE = N_("There is no open paper of this class and year that is yours to close.")
NOT_AMONG = N_("One of these papers is not open, or of another class or year.")
NO_REASON = N_("Say why the volume is opened again.")

VOLUME_CLOSED = N_("Volume closed")
VOLUME_REOPENED = N_("Volume opened again")
VOLUME_SHELVED = N_("Volume put on another shelf")


@explains_trouble
@checks_arguments
class Volumes:
    """The closed papers."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def all(self, paper_class: AnyClass = "", year: Year | None = None) -> list[VolumeRow]:
        """The volumes of which the member sees anything, the newest year first."""
        where, parameters = ["1"], []
        if paper_class:
            where.append("volume.paper_class = ?")
            parameters.append(paper_class)
        if year is not None:
            where.append("volume.year = ?")
            parameters.append(str(year))
        return paper_rows.volumes(self.desk, " AND ".join(where), parameters)

    def get(self, volume_id: int) -> VolumeRow:
        """One volume.

        Raises:
            NotFound: there is none of which the member sees anything.
        """
        found = paper_rows.volumes(self.desk, "volume.id = ?", [volume_id])
        if not found:
            raise NotFound(NO_VOLUME, number=volume_id)
        return found[0]

    def named(self, number: str) -> VolumeRow:
        """The volume of a number.

        Raises:
            NotFound: there is none of which the member sees anything.
        """
        found = paper_rows.volumes(self.desk, "volume.number = ?", [number.strip().upper()])
        if not found:
            raise NotFound(NO_VOLUME, number=shortened(number))
        return found[0]

    def contents(self, volume_id: int) -> list[PaperRow]:
        """The papers of a volume that the member sees, in their order.

        Raises:
            NotFound: there is none of which he sees anything.
        """
        self.get(volume_id)
        return self.desk.papers.page(PaperQuery(volume=volume_id))

    def print_contents(self, volume_id: int, form: PageForm = "text") -> bytes:
        """The table of contents 卷内目录 of a volume, with its label, as a file to be printed.

        The trail notes it.

        Raises:
            NotFound: there is none of which the member sees anything.
        """
        from store.exchange.export_trail import note_export
        from store.paper_pages import as_bytes, contents
        from store.records.card_list import CardQuery

        volume, found = self.get(volume_id), self.contents(volume_id)
        note_export(self.desk, "papers", form, len(found), CardQuery())
        return as_bytes(contents(volume, found, self.desk.store.clock), form)

    def to_close(self, paper_class: PaperClass, year: Year) -> list[PaperRow]:
        """The papers that closing a class and year would take."""
        query = PaperQuery(paper_class=paper_class, year=year, open=True)
        found = self.desk.papers.page(query)
        cards = list(dict.fromkeys(paper.card_id for paper in found))
        allowed: set[int] = set()
        for start in range(0, len(cards), CHUNK):
            allowed.update(allowed_among(self.desk, Right.EDIT, cards[start : start + CHUNK]))
        return [paper for paper in found if paper.card_id in allowed]

    def close(
        self,
        paper_class: PaperClass,
        year: Year,
        title: str = "",
        shelf: str = "",
        papers: Sequence[int] | None = None,
    ) -> VolumeRow:
        """Close the open papers of a class and year into a volume; each gets its place in it.

        Args:
            shelf: where the volume is put.
            papers: only these; None for all that are the member's to close.

        Raises:
            BadValue: there is nothing to close, or one of the papers is not among them.
            NotAllowed: the member closes no volumes.
        """
        if paper_class not in CLASSES:
            raise BadValue(NO_CLASS, field="paper_class", text="", known=", ".join(CLASSES))
        from store.paper_values import volume_title
        from store.recorder import reserve

        named, place = volume_title(title), shelf_place(shelf)
        with self.desk.change(VOLUME_CLOSED) as change:
            require_closing(self.desk.member)
            found = self.to_close(paper_class, year)
            if papers is not None:
                wanted = set(papers)
                if wanted - {paper.id for paper in found}:
                    raise BadValue(NOT_AMONG, field="papers")
                found = [paper for paper in found if paper.id in wanted]
            if not found:
                raise BadValue(NOTHING_TO_CLOSE, field="year")
            begins = series(paper_class, year)
            volume_id = change.insert(
                Volume,
                {
                    "paper_class": paper_class,
                    "year": year,
                    "number": f"{begins}-V{reserve(f'volume:{begins}')}",
                    "title": named,
                    "shelf": place,
                    "closed_at": change.now,
                    "closed_by_id": self.desk.member.id,
                },
            )
            for position, paper in enumerate(sorted(found, key=_by_number), start=1):
                change.update(Paper, paper.id, {"volume_id": volume_id, "place": position})
        return self.get(volume_id)

    def shelve(self, volume_id: int, shelf: str) -> VolumeRow:
        """Say where a volume is.

        Raises:
            NotAllowed: the member closes no volumes, or papers in it are not his to change.
            NotFound: there is none of which he sees anything.
        """
        place = shelf_place(shelf)
        with self.desk.change(VOLUME_SHELVED) as change:
            self.get(volume_id)
            change.update(Volume, volume_id, {"shelf": place})
        return self.get(volume_id)

    def reopen(self, volume_id: int, reason: str) -> int:
        """Open a volume again: its papers can be changed, and its number is not given again.

        Args:
            reason: what the trail says of why.

        Returns:
            How many papers are open again.

        Raises:
            BadValue: there is no reason.
            NotAllowed: the member closes no volumes, or papers in it are not his to change.
            NotFound: there is none of which he sees anything.
        """
        from store import rows
        from store.paper_values import reason_line

        said = reason_line(reason)
        if not said:
            raise BadValue(NO_REASON, field="reason")
        with self.desk.change(VOLUME_REOPENED) as change:
            require_closing(self.desk.member)
            volume = self.get(volume_id)
            found = rows.children(Paper, "volume_id", [volume_id]).get(volume_id, ())
            within = [row["id"] for row in found]
            for paper_id in within:
                change.update(Paper, paper_id, {"volume_id": None, "place": None})
            change.delete(Volume, volume_id)
            deed = {"volume": volume.number, "reason": said, "count": len(within)}
            change.note_deed(REOPEN, deed, row=volume_id)
        return len(within)


def _by_number(paper: PaperRow) -> tuple[int, str]:
    """Numbers of more than four digits come after the others."""
    return len(paper.number), paper.number
