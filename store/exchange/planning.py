"""What an import would do: reads the file, maps, checks, finds duplicates; writes nothing."""

import io
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from store.card_writing import NO_ORGANISATION, known_organisations
from store.errors import BadInput, BadValue, StorageTrouble
from store.exchange.checking import Checker
from store.exchange.columns import read_drafts
from store.exchange.csv_table import read_csv
from store.exchange.drafts import CardDraft
from store.exchange.file_kind import FileKind, kind_of
from store.exchange.headings import Column
from store.exchange.mapping import headings_by_key, map_columns
from store.exchange.matching import mark_duplicates
from store.exchange.tables import Table, TableRow
from store.exchange.text import LIMIT
from store.forms.links import card_number
from store.language import N_
from store.records.exchange import ImportPlan, PlannedCard, PlannedColumn, Policy, RowError
from store.system_words import reason_of

if TYPE_CHECKING:
    from store.desk import Desk

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

SAMPLES = 3
"""Cells of a column that the preview shows."""

_EVERY = 200
"""Cards between two tellings of the progress."""

_NO_FILE = N_("The file {name} cannot be opened: {reason}.")
_NOT_READ = N_("The file {name} could not be read to its end: {reason}.")
_TOO_LARGE = N_("The file is larger than {limit} MB. Split it and read the parts.")


def plan_import(
    desk: "Desk",
    source: Path | BinaryIO,
    name: str,
    mapping: Mapping[str, str] | None,
    on_duplicate: Policy,
    progress: Progress | None,
) -> ImportPlan:
    """As `Exchange.plan`."""
    path = source if isinstance(source, Path) else None
    with _opened(source, name) as stream:
        kind = kind_of(stream)
        plan = ImportPlan(name, str(kind), on_duplicate, path)
        if kind == FileKind.JSON:
            from store.exchange.box_planning import plan_box

            return plan_box(desk, plan, stream)
        if kind == FileKind.XLSX:
            from store.exchange.box_workbook_reading import holds_box

            if holds_box(stream):
                from store.exchange.box_planning import plan_workbook

                return plan_workbook(desk, plan, stream)
            stream.seek(0)
        try:
            reading = _Reading(desk, plan, stream, progress)
            if kind == FileKind.VCARD:
                reading.take_vcards()
            else:
                reading.take_table(kind, mapping)
        except OSError as error:
            raise BadInput(_NOT_READ, name=name, reason=reason_of(error)) from error
    mark_duplicates(desk, plan.cards)
    return plan


@contextmanager
def _opened(source: Path | BinaryIO, name: str) -> Iterator[BinaryIO]:
    """A stream that can be read twice; what cannot, such as a pipe, is copied first."""
    if isinstance(source, Path):
        try:
            file = source.open("rb")
        except OSError as error:
            raise BadInput(_NO_FILE, name=name, reason=reason_of(error)) from error
        with file:
            yield file
    elif source.seekable():
        yield io.BufferedReader(_Lent(source))
    else:
        with tempfile.TemporaryFile() as copy:
            try:
                shutil.copyfileobj(_Limited(source), copy)
            except OSError as error:
                raise StorageTrouble(_NOT_READ, name=name, reason=reason_of(error)) from error
            copy.seek(0)
            yield copy


class _Lent(io.RawIOBase):
    """Somebody else's stream: readers may close this one, and the stream stays open."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """It can be read twice."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._source.seek(offset, whence)

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer."""
        block = self._source.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


class _Limited:
    """A stream that does not go on for ever."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._left = LIMIT

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            BadInput: there are too many.
        """
        block = self._source.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise BadInput(_TOO_LARGE, limit=LIMIT // 2**20)
        return block


class _Reading:
    """Takes the cards of a file up into a plan."""

    def __init__(
        self, desk: "Desk", plan: ImportPlan, stream: BinaryIO, progress: Progress | None
    ) -> None:
        self.desk = desk
        self.plan = plan
        self.stream = stream
        self.today = desk.store.clock.today()
        self.progress = progress
        self.size = stream.seek(0, io.SEEK_END)
        self.furthest = 0
        self.at_numbers: list[tuple[PlannedCard, tuple[str, ...]]] = []
        """Cards whose organisation is given by its number, with their cells."""
        stream.seek(0)

    def take_vcards(self) -> None:
        """The cards of a vCard file."""
        from store.exchange.vcard_read import read_vcards

        checker = Checker({}, self.today, texts=False)
        notes: list[BadInput] = []
        for draft in read_vcards(self.stream, notes):
            self._take(checker, draft, ())
        self.refuse_unknown_organisations(checker.headings)
        self.plan.warnings += [RowError(0, "", note) for note in notes]

    def take_table(self, kind: FileKind, mapping: Mapping[str, str] | None) -> None:
        """The rows of a CSV file or a workbook."""
        if kind == FileKind.XLSX:
            from store.exchange.xlsx_table import read_xlsx

            table = read_xlsx(self.stream)
        else:
            table = read_csv(self.stream)
        columns = map_columns(table.headings, mapping)
        checker = Checker(headings_by_key(columns), self.today, texts=True)
        watched = _Watched(table, columns)
        for draft in read_drafts(Table(table.headings, watched), columns):
            self._take(checker, draft, watched.present.cells)
        self.refuse_unknown_organisations(checker.headings)
        self.plan.columns = watched.columns()

    def _take(self, checker: Checker, draft: CardDraft, cells: tuple[str, ...]) -> None:
        card, wrong, warnings = checker.check(draft)
        self.plan.cards.append(card)
        self.plan.errors += wrong
        self.plan.warnings += warnings
        if wrong:
            self.plan.rejected_rows.append((draft.row, cells))
        elif card_number(card.values.get("organisation", "")):
            self.at_numbers.append((card, cells))
        if self.progress is not None and len(self.plan.cards) % _EVERY == 0:
            self.furthest = max(self.furthest, min(self.stream.tell(), self.size))
            self.progress(self.furthest, self.size)

    def refuse_unknown_organisations(self, headings: Mapping[str, str]) -> None:
        """Refuse cards at a number that no organisation has: no card may be called O000045."""
        numbers = {card.number for card in self.plan.cards if not card.wrong}
        wanted = {card.values["organisation"] for card, _cells in self.at_numbers} - numbers
        missing = wanted - known_organisations(self.desk, wanted).keys()
        for card, cells in self.at_numbers:
            number = card.values["organisation"]
            if number in missing:
                error = BadValue(NO_ORGANISATION, field="organisation", number=number)
                card.wrong = True
                heading = headings.get("organisation", "")
                self.plan.errors.append(RowError(card.row, heading, error))
                self.plan.rejected_rows.append((card.row, cells))
        if missing:
            self.plan.errors.sort(key=lambda error: error.row)
            self.plan.rejected_rows.sort()


class _Watched:
    """The rows of a table on their way: the present one, and samples of each column."""

    def __init__(self, table: Table, columns: list[Column]) -> None:
        self._table = table
        self._mapped = columns
        self._samples: list[list[str]] = [[] for _ in columns]
        self._wanting = set(range(len(columns)))
        self.present = TableRow(0, ())

    def __iter__(self) -> Iterator[TableRow]:
        for row in self._table.rows:
            self.present = row
            if self._wanting:
                self._sample(row)
            yield row

    def _sample(self, row: TableRow) -> None:
        for place in [place for place in self._wanting if place < len(row.cells)]:
            if row.cells[place]:
                self._samples[place].append(row.cells[place])
                if len(self._samples[place]) == SAMPLES:
                    self._wanting.discard(place)

    def columns(self) -> tuple[PlannedColumn, ...]:
        """The columns with what was seen of them."""
        return tuple(
            PlannedColumn(heading, column.target, tuple(samples))
            for heading, column, samples in zip(
                self._table.headings, self._mapped, self._samples, strict=True
            )
        )
