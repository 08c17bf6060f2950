"""Papers 档案: what is in the file of a customer, where it lies, or the file itself.

A paper's number tells its class and the year it is filed under. It is given once and never again:
a paper that is moved to another class or year gets a new one. What was closed into a volume
(`store.volumes`) does not change any more.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from store import paper_rows, rows
from store.arguments import NOT_FITTING, Limit, Place, checks_arguments, shortened
from store.changed_values import changed_since
from store.errors import BadInput, BadValue, Conflict, NotFound, StorageTrouble
from store.file_store import FileStore, beside
from store.file_types import ending_of, lies, media_type, short_type
from store.language import N_, _
from store.last_hands import last_hand
from store.lendable import PAPERS
from store.members import box_setting
from store.models.base import database
from store.models.papers import Paper
from store.paper_files import named_here
from store.paper_pages import PageForm
from store.paper_values import checked, columns, file_name, filing_year, series
from store.records.papers import (
    AnyClass,
    CardPapers,
    FileUsage,
    MissingPapers,
    PaperFile,
    PaperQuery,
    PaperRow,
    PaperValues,
    Year,
    missing_of,
)
from store.rights import Right
from store.standing import NO_CARD, standing_of
from store.system_words import reason_of
from store.trouble import explains_trouble
from store.visibility import Level

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NO_PAPER = N_("There is no paper “{number}”.")
NO_FILE = N_("Of {number} only the paper is listed: no file is kept.")
NOT_BROUGHT = N_("This file was not brought here.")
CHANGED_MEANWHILE = N_("{name} changed this paper meanwhile.")
IS_OUT = N_("{number} is lent to {name}: note that it is back first.")
UNREADABLE = N_("{file} cannot be read: {reason}.")
LIES = N_("{name} is really a {type} file: it is kept as what it is.")
LIES_UNKNOWN = N_("{name} is not what its ending says: nobody knows what it is.")

PAPER_ADDED = N_("Paper listed")
PAPER_CHANGED = N_("Paper changed")
FILE_CHANGED = N_("File of a paper changed")
PAPERS_TRASHED = N_("Papers put in the trash")
PAPERS_RESTORED = N_("Papers taken out of the trash")
FILE_FETCHED = N_("File of a paper fetched")

LARGEST_KEY = "papers.largest_mb"
"""The setting of the installation, or of the box, that tells how large a file may be."""

LARGEST_MB = 20
MOST_MB = 1_000

FILE_COLUMNS = ("digest", "file_name", "file_size", "media_type")


@explains_trouble
@checks_arguments
class Papers:
    """The papers of the customers that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._brought: set[str] = set()
        """Digests of the files that were brought to this desk: nobody names another's file."""

    # Looking

    def get(self, paper_id: int) -> PaperRow:
        """One paper, in the trash or not.

        Raises:
            NotFound: there is none that the member sees.
        """
        condition, parameters = paper_rows.scope(self.desk)
        wanted = (f"paper.id = ? AND {condition}", [paper_id, *parameters])
        found = paper_rows.find(self.desk, wanted, "paper.id")
        if not found:
            raise NotFound(NO_PAPER, number=paper_id)
        return found[0]

    def named(self, number: str) -> PaperRow:
        """The paper of a number, in the trash or not.

        Raises:
            NotFound: there is none that the member sees.
        """
        condition, parameters = paper_rows.scope(self.desk)
        wanted = (f"paper.number = ? AND {condition}", [number.strip().upper(), *parameters])
        found = paper_rows.find(self.desk, wanted, "paper.id")
        if not found:
            raise NotFound(NO_PAPER, number=shortened(number))
        return found[0]

    def of_card(self, card_id: int) -> CardPapers:
        """The file of a customer: its papers by class and kind, and what is missing.

        That the papers of a lent card were read is noted in the trail.

        Raises:
            NotFound: the member does not see this card's papers.
        """
        standing = self._check_seen(card_id)
        self.desk.note_reading(card_id, standing)
        wanted = paper_rows.chosen(self.desk, PaperQuery(card=card_id))
        found = paper_rows.find(self.desk, wanted, paper_rows.OF_CARD)
        sql = "SELECT kind, lifecycle FROM card WHERE id = ?"
        kind, lifecycle = database.execute_sql(sql, [card_id]).fetchone()
        held = frozenset(paper.key for paper in found)
        return CardPapers(tuple(found), missing_of(kind, lifecycle, held))

    def may_see(self, card_id: int) -> bool:
        """Whether the member sees the papers of a card."""
        try:
            self._check_seen(card_id)
        except NotFound:
            return False
        return True

    def count(self, query: PaperQuery) -> int:
        """How many papers answer a query."""
        return paper_rows.count(paper_rows.chosen(self.desk, query))

    def page(self, query: PaperQuery, offset: Place = 0, limit: Limit = -1) -> list[PaperRow]:
        """A page of the answer: the newest year first, by class and number; of a card by class and
        kind; of a volume in its order.
        """
        order = paper_rows.OF_BOX if query.card is None else paper_rows.OF_CARD
        if query.volume is not None:
            order = paper_rows.OF_VOLUME
        wanted = paper_rows.chosen(self.desk, query)
        return paper_rows.find(self.desk, wanted, order, offset, limit)

    def years(self) -> list[int]:
        """The years under which the member sees papers, the newest first."""
        condition, parameters = paper_rows.chosen(self.desk, PaperQuery())
        cursor = database.execute_sql(
            f"SELECT DISTINCT substr(paper.number, 2, 4) {paper_rows.LIGHT} WHERE {condition} "
            "ORDER BY 1 DESC",
            parameters,
        )
        return [int(year) for (year,) in cursor.fetchall()]

    def count_missing(self) -> int:
        """How many organisations that have bought lack basic papers or a contract."""
        return paper_rows.count_missing(self.desk)

    def missing(self, offset: Place = 0, limit: Limit = -1) -> list[MissingPapers]:
        """A page of them, by name, with all that each lacks."""
        return paper_rows.missing(self.desk, offset, limit)

    def print_register(
        self, paper_class: AnyClass = "", year: Year | None = None, form: PageForm = "text"
    ) -> bytes:
        """The register 登记表 of a class and year as a file to be printed; the trail notes it."""
        from store.exchange.export_trail import note_export
        from store.paper_pages import as_bytes, register
        from store.records.card_list import CardQuery

        found = self.page(PaperQuery(paper_class=paper_class, year=year))
        page = register(found, self.desk.store.clock, paper_class, year)
        note_export(self.desk, "papers", form, len(found), CardQuery())
        return as_bytes(page, form)

    def usage(self) -> FileUsage:
        """How many papers the member sees, and how much room all files take."""
        named = named_here()
        own = database.execute_sql(
            "SELECT coalesce(sum(file_size), 0) FROM (SELECT DISTINCT digest, file_size "
            "FROM paper WHERE digest IS NOT NULL AND created_by_id = ?)",
            [self.desk.member.id],
        ).fetchone()[0]
        return FileUsage(
            papers=self.count(PaperQuery()),
            files=len(named),
            size=sum(size or 0 for size in named.values()),
            own_size=int(own),
            largest=self.largest,
        )

    # Files

    @property
    def largest(self) -> int:
        """Bytes that a file may have, as the box or the installation says."""
        said = box_setting(LARGEST_KEY) or self.desk.store.defaults.get(LARGEST_KEY)
        limit = said if isinstance(said, int) and 0 < said <= MOST_MB else LARGEST_MB
        return limit * 2**20

    @property
    def _files(self) -> FileStore:
        return beside(self.desk.store.path)

    def bring(self, card_id: int, source: Any, name: str = "") -> PaperFile:
        """Keep a file beside the box, to be put to a paper by `add` or `put_file`.

        What it is, its content tells. It is never run or opened by the program.

        Args:
            card_id: the customer whose paper it is.
            source: a path, or an open file of bytes.
            name: what it is called; the name of the path where nothing is said.

        Raises:
            BadInput: it is empty or too large.
            NotAllowed: the card is not the member's to change.
            NotFound: the member does not see this card's papers.
            StorageTrouble: it cannot be read, or the disk refuses; nothing is kept.
        """
        self._check_seen(card_id)
        self.desk.require(Right.EDIT, [card_id])
        if isinstance(source, Path):
            try:
                if not source.is_file():
                    raise StorageTrouble(UNREADABLE, file=source.name, reason=_("no file"))
                with source.open("rb") as stream:
                    return self._keep(stream, name or source.name)
            except OSError as error:
                reason = reason_of(error)
                raise StorageTrouble(UNREADABLE, file=source.name, reason=reason) from error
        if not callable(getattr(source, "read", None)):
            raise BadValue(NOT_FITTING, field="source")
        return self._keep(source, name)

    def _keep(self, stream: BinaryIO, name: str) -> PaperFile:
        store = self._files
        digest, size = store.keep(stream, self.largest)
        with store.open(digest) as file:
            found = media_type(file)
        self._brought.add(digest)
        return PaperFile(digest, file_name(name), size, found)

    def warning(self, file: PaperFile) -> str:
        """What is odd about a file, in the language spoken; "" for nothing."""
        if not lies(file.name, file.media_type):
            return ""
        known = short_type(file.media_type)
        if not known:
            return _(LIES_UNKNOWN).format(name=file.name)
        return _(LIES).format(name=file.name, type=known)

    def _file_columns(self, file: PaperFile | None, present: str | None = None) -> dict[str, Any]:
        """A file as columns of its paper.

        Raises:
            BadInput: it was not brought to this desk.
        """
        if file is None:
            return dict.fromkeys(FILE_COLUMNS)
        if file.digest not in self._brought and file.digest != present:
            raise BadInput(NOT_BROUGHT)
        size = self._files.size_of(file.digest)
        if size is None:
            raise BadInput(NOT_BROUGHT)
        values = (file.digest, file_name(file.name), size, shortened(file.media_type))
        return dict(zip(FILE_COLUMNS, values, strict=True))

    def fetch(self, paper_id: int) -> BinaryIO:
        """The file of a paper, for reading, its content proved; the trail notes it.

        Raises:
            NotFound: the member sees no such paper, it has no file, or that is gone.
            StorageTrouble: the file was altered.
        """
        paper = self.get(paper_id)
        if paper.file is None:
            raise NotFound(NO_FILE, number=paper.number)
        file = self._files.open(paper.file.digest)
        try:
            self._note_fetching(paper, paper.file)
        except BaseException:
            file.close()
            raise
        return file

    def fetch_into(self, paper_id: int, path: Path) -> Path:
        """Write the file of a paper to a place on this computer; it appears only when it is whole.

        Args:
            path: a file, which is replaced, or a folder, in which it is called as it was.

        Returns:
            Where it is.

        Raises:
            NotFound: as `fetch`.
            StorageTrouble: as `fetch`, or the place cannot be written.
            WrongUsage: the place is one of the box's own files.
        """
        from shutil import copyfileobj

        from store.exchange.export_file import written

        paper = self.get(paper_id)
        if paper.file is None:
            raise NotFound(NO_FILE, number=paper.number)
        target = path / paper.file.name if path.is_dir() else path

        def write(stream: BinaryIO) -> int:
            with self.fetch(paper_id) as file:
                copyfileobj(file, stream)
            return 1

        written(self.desk.store.path, target, write)
        return target

    def _note_fetching(self, paper: PaperRow, file: PaperFile) -> None:
        from store.deeds import EXPORT, READ
        from store.exchange.origin import export_origin
        from store.trouble import READ_ONLY

        form = ending_of(file.name, file.media_type)
        said = {"what": "paper", "format": form, "count": 1, "chosen": True, "paper": paper.number}
        standing = standing_of(self.desk, paper.card_id)
        try:
            with self.desk.change(FILE_FETCHED, origin=export_origin(form)) as change:
                change.note_deed(EXPORT, said, paper.card_id)
                if standing.until is not None:
                    change.note_deed(READ, {"sections": sorted(standing.sections)}, paper.card_id)
        except StorageTrouble as trouble:
            if trouble.message != READ_ONLY:
                raise

    # Writing

    def add(self, card_id: int, values: PaperValues, file: PaperFile | None = None) -> PaperRow:
        """List a paper of a customer.

        Args:
            file: what `bring` gave; None where only the paper is kept.

        Raises:
            BadInput: a value is wrong, or the file was not brought here.
            NotAllowed: the card is not the member's to change.
            NotFound: the member does not see this card's papers.
        """
        clean = checked(values)
        with self.desk.change(PAPER_ADDED) as change:
            self._check_seen(card_id)
            self.desk.require(Right.EDIT, [card_id])
            number = self._next_number(clean)
            row = {**columns(clean), **self._file_columns(file), "number": number}
            paper_id = change.insert(Paper, {**row, "card_id": card_id})
        return self.get(paper_id)

    def _next_number(self, values: PaperValues) -> str:
        """A number that was never given before, of the class and year of a paper."""
        from store.recorder import reserve

        today = self.desk.store.clock.local(self.desk.store.clock.now()).date()
        begins = series(values.paper_class, filing_year(values, today))
        return f"{begins}-{reserve(f'paper:{begins}'):04d}"

    def change(self, paper_id: int, base: PaperValues, values: PaperValues) -> PaperRow:
        """Save what was changed on a paper since it was opened.

        Another class, or a date of another year, gives it a new number.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotAllowed: the card is not the member's to change, or the paper is in a volume.
            NotFound: there is none that the member sees.
        """
        clean = checked(values)
        with self.desk.change(PAPER_CHANGED) as change:
            present = self.get(paper_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "paper", paper_id),
            )
            whole = checked(replace(present.values, **changed))
            set_columns = {key: getattr(whole, key) for key in changed}
            if set_columns:
                if self._is_refiled(present, whole):
                    set_columns["number"] = self._next_number(whole)
                change.update(Paper, paper_id, set_columns)
        return self.get(paper_id)

    def _is_refiled(self, present: PaperRow, values: PaperValues) -> bool:
        """Whether another class or year is meant than the one that the number tells."""
        if present.values.paper_class != values.paper_class:
            return True
        dated = values.dated_on
        moved = dated != present.values.dated_on and dated is not None
        return moved and dated is not None and dated.year != present.year

    def put_file(self, paper_id: int, file: PaperFile | None) -> PaperRow:
        """Put a file to a paper in the place of the one it has, or take it away.

        Args:
            file: what `bring` gave.

        Raises:
            BadInput: the file was not brought here.
            NotAllowed: the card is not the member's to change, or the paper is in a volume.
            NotFound: there is none that the member sees.
        """
        with self.desk.change(FILE_CHANGED) as change:
            present = self.get(paper_id)
            digest = None if present.file is None else present.file.digest
            change.update(Paper, paper_id, self._file_columns(file, digest))
        return self.get(paper_id)

    def trash(self, ids: Sequence[int]) -> int:
        """Put papers into the trash, with their files; gives how many went.

        Raises:
            Conflict: one of them is lent out.
            NotAllowed: one is not the member's to change, or in a volume.
            NotFound: there is none that the member sees.
        """
        return self._set_trashed(ids, PAPERS_TRASHED, True)

    def restore(self, ids: Sequence[int]) -> int:
        """Take papers out of the trash; gives how many came.

        Raises:
            NotAllowed: one is not the member's to change.
            NotFound: there is none that the member sees.
        """
        return self._set_trashed(ids, PAPERS_RESTORED, False)

    def _set_trashed(self, ids: Sequence[int], summary: str, trashed: bool) -> int:
        moved = 0
        with self.desk.change(summary) as change:
            for paper_id in dict.fromkeys(ids):
                paper = self.get(paper_id)
                if paper.trashed == trashed:
                    continue
                if trashed and paper.loan_id is not None:
                    raise Conflict(IS_OUT, number=paper.number, name=paper.borrower)
                moved += self._move(change, paper, trashed)
        return moved

    @staticmethod
    def _move(change: "Recorder", paper: PaperRow, trashed: bool) -> bool:
        return change.update(Paper, paper.id, {"trashed_at": change.now if trashed else None})

    def _check_seen(self, card_id: int) -> Any:
        """Make sure that the member sees the papers of a card; gives what he gets of it."""
        standing = standing_of(self.desk, card_id)
        lent = standing.level is Level.SECTIONS and PAPERS in standing.sections
        if standing.level is not Level.WHOLE and not lent:
            raise NotFound(NO_CARD, text=str(card_id))
        return standing


def find_of_card(card_id: int, number: str) -> rows.Row | None:
    """The stored row of a card's paper by its number, whoever asks; None where there is none."""
    sql = "SELECT id FROM paper WHERE number = ? AND card_id = ? AND trashed_at IS NULL"
    found = database.execute_sql(sql, [number, card_id]).fetchone()
    return None if found is None else rows.fetch(Paper, [found[0]])[found[0]]
