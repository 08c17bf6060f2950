"""Import and export as a member does them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from store.arguments import taken_as
from store.records.cards import CardQuery
from store.records.exchange import ImportPlan, ImportResult, Policy
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.exchange.planning import Progress

HELD = 8 * 2**20
"""Bytes of an export up to which it is held in memory until the trail knows of it."""


@explains_trouble
class Exchange:
    """What comes into the box from files, and goes out of it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def plan(
        self,
        source: Path | BinaryIO,
        name: str,
        mapping: Mapping[str, str] | None = None,
        on_duplicate: Policy = "skip",
        progress: "Progress | None" = None,
    ) -> ImportPlan:
        """Read a file and say what an import would do; nothing is written.

        Args:
            source: a file, or a stream of bytes.
            name: what the file is called, for sentences and the trail.
            mapping: headings (or `#3` for the third column) to keys or labels of fields; a blank
                leaves the column out.
            on_duplicate: what becomes of customers who are in the box already.
            progress: told how many bytes are read, and of how many.

        Raises:
            BadInput: the file cannot be read; the sentence says why.
            WrongUsage: the mapping names a column or a field that does not exist.
        """
        from store.exchange.planning import plan_import

        return plan_import(self.desk, source, name, mapping, on_duplicate, progress)

    def run(self, plan: ImportPlan, progress: "Progress | None" = None) -> ImportResult:
        """Do what a plan says, in one change set that one undo takes back.

        Args:
            progress: told how many steps are done, and of how many.

        Raises:
            BadInput: nothing in the file was recognised.
            StorageTrouble: the storage failed; nothing was written.
        """
        from store.exchange.importing import run_import

        return run_import(self.desk, plan, progress)

    def export(
        self,
        what: str,
        format: str,
        stream: BinaryIO,
        query: CardQuery | None = None,
        days: int | None = None,
    ) -> int:
        """Write what the member sees into a stream; gives how many records went out.

        The trail notes it (`desk.trail.exports`) before the first byte goes out: whoever hangs up
        in the middle has read the rest.

        Args:
            what: cards, interactions, todos, dates, trail, or all.
            format: csv, xlsx, vcf, ics or json.
            query: which cards; it also chooses whose talks, to-dos and dates.
            days: how far ahead dates are listed; five years in a calendar, else one.

        Raises:
            WrongUsage: this cannot be written in that format.
        """
        from shutil import copyfileobj
        from tempfile import SpooledTemporaryFile

        with SpooledTemporaryFile(HELD) as whole:
            count = self._write(what, format, whole, query, days)
            whole.seek(0)
            copyfileobj(whole, stream)
        return count

    def _write(
        self, what: str, format: str, stream: Any, query: CardQuery | None, days: int | None
    ) -> int:
        """Write an export where nobody reads it yet, and note it."""
        from store.exchange.export_trail import note_export
        from store.exchange.exporting import export

        chosen = taken_as(CardQuery, query or CardQuery(), "query")
        count = export(self.desk, what, format, stream, chosen, days)
        note_export(self.desk, what, format, count, chosen)
        return count

    def export_file(
        self,
        what: str,
        format: str,
        path: Path,
        query: CardQuery | None = None,
        days: int | None = None,
    ) -> int:
        """As `export`, into a file that appears only when it is whole; one that is there goes.

        Raises:
            StorageTrouble: the file cannot be written.
            WrongUsage: this cannot be written in that format, or the file is the box's own.
        """
        from store.exchange.export_file import written

        return written(
            self.desk.store.path,
            path,
            lambda stream: self._write(what, format, stream, query, days),
        )

    def print_card(self, what: str, card_id: int, format: str, stream: BinaryIO) -> None:
        """Write a page of a card into a stream, as much of it as the member gets.

        The trail notes it, with the card, before the first byte goes out.

        Args:
            what: one of `store.records.exchange.PAGES`.
            format: html or text.

        Raises:
            NotFound: the member sees no such card.
            WrongUsage: there is no such page, or no such format.
        """
        stream.write(self._printed(what, card_id, format))

    def print_blank(self, what: str, kind: str, format: str, stream: BinaryIO) -> None:
        """Write a blank form into a stream: nothing of any customer stands in it.

        Args:
            what: one of `store.records.exchange.BLANKS`.
            kind: person or organisation.
            format: html or text.

        Raises:
            WrongUsage: there is no such form, or no such format.
        """
        from store.exchange.printing import blank_of

        stream.write(blank_of(self.desk, what, kind, format))

    def print_blank_file(self, what: str, kind: str, format: str, path: Path) -> None:
        """As `print_blank`, into a file that appears only when it is whole; one that is there goes.

        Raises:
            StorageTrouble: the file cannot be written.
            WrongUsage: also where the file is the box's own.
        """
        from store.exchange.export_file import written
        from store.exchange.printing import blank_of

        page = blank_of(self.desk, what, kind, format)
        written(self.desk.store.path, path, lambda stream: stream.write(page))

    def print_card_file(self, what: str, card_id: int, format: str, path: Path) -> None:
        """As `print_card`, into a file that appears only when it is whole; one that is there goes.

        Raises:
            StorageTrouble: the file cannot be written.
            WrongUsage: also where the file is the box's own.
        """
        from store.exchange.export_file import written

        written(
            self.desk.store.path,
            path,
            lambda stream: stream.write(self._printed(what, card_id, format)),
        )

    def _printed(self, what: str, card_id: int, format: str) -> bytes:
        """A page, noted as gone out."""
        from store.exchange.export_trail import note_page
        from store.exchange.printing import page_of

        page = page_of(self.desk, what, card_id, format)
        note_page(self.desk, what, format, card_id)
        return page
