"""What goes out of the box as a file: its kinds and formats, who writes it, what is said then."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from store.language import N_, _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from store.desk import Desk
    from store.records.cards import CardQuery
    from store.records.papers import VolumeRow


class Records:
    """Cards, talks, to-dos, dates, or all of it: what the member sees of the box."""

    TITLE: ClassVar[str] = N_("Export")
    WHAT: ClassVar[Mapping[str, str]] = {
        "cards": N_("Cards"),
        "interactions": N_("Contact log"),
        "todos": N_("To-dos"),
        "dates": N_("Dates to come"),
        "papers": N_("Papers"),
        "relations": N_("Relationships"),
        "referrals": N_("Referrals"),
        "clubs": N_("Clubs"),
        "all": N_("Everything"),
    }
    """What can go out; message ids."""
    FORMATS: ClassVar[Mapping[str, str]] = {
        "csv": N_("CSV, for any spreadsheet"),
        "xlsx": N_("Excel (.xlsx)"),
        "vcf": N_("vCard, for phones"),
        "ics": N_("iCalendar, for phones"),
        "json": N_("JSON, exactly, for another box"),
        "html": N_("A register to print (HTML)"),
    }
    """What the formats are for, by the ending of their files; message ids."""
    POSSIBLE: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "cards": ("csv", "xlsx", "vcf", "json", "html"),
        "interactions": ("csv", "xlsx", "json"),
        "todos": ("csv", "xlsx", "ics", "json"),
        "dates": ("csv", "xlsx", "ics", "json"),
        "papers": ("csv", "xlsx", "json"),
        "relations": ("csv", "xlsx", "json"),
        "referrals": ("csv", "xlsx", "json"),
        "clubs": ("csv", "xlsx", "json"),
        "all": ("json", "ics", "vcf"),
    }
    """The formats that can hold it, the usual one first."""
    TEXTS: ClassVar[frozenset[str]] = frozenset({"csv", "vcf", "ics", "json"})
    """Formats that a clipboard can hold."""

    @property
    def title(self) -> str:
        """What the page says above: what is done, in the language spoken now."""
        return _(self.TITLE)

    def file_name(self, what: str, form: str, day: date) -> str:
        """What the file is called unless the member says otherwise."""
        return f"{_(self.WHAT[what])}-{day:%Y-%m-%d}.{form}"

    def plain_name(self, what: str, form: str, day: date) -> str:
        """The same, so that every computer can type it."""
        return f"{what}-{day:%Y-%m-%d}.{form}"

    def to_file(self, desk: Desk, what: str, form: str, path: Path, query: CardQuery | None) -> int:
        """Write a file; gives how many records went out."""
        return desk.exchange.export_file(what, form, path, query)

    def to_stream(
        self, desk: Desk, what: str, form: str, stream: BinaryIO, query: CardQuery | None
    ) -> int:
        """Write into a stream; gives how many records went out."""
        return desk.exchange.export(what, form, stream, query)

    def to_outbox(
        self, desk: Desk, what: str, form: str, name: str, query: CardQuery | None
    ) -> int:
        """Write into the member's outbox; gives how many records went out."""
        return desk.outbox.export(what, form, name, query)

    def told_file(self, count: int, file: str) -> str:
        """What is said when it is in a file."""
        return _("{count} records are in {file}.").format(count=count, file=file)

    def told_outbox(self, count: int, name: str) -> str:
        """What is said when it is in the outbox."""
        return _("{count} records wait in your outbox as {name}.").format(count=count, name=name)

    def told_clipboard(self, count: int) -> str:
        """What is said when it went to the clipboard."""
        return _(
            "{count} records went to the clipboard. If it holds something else, your terminal "
            "does not allow that: x puts them into a file."
        ).format(count=count)


class PaperPages(Records):
    """The register of papers, or the table of contents of a volume."""

    TITLE = N_("Print")
    WHAT: ClassVar[Mapping[str, str]] = {
        "register": N_("Register of papers"),
        "contents": N_("Table of contents, with the label"),
    }
    FORMATS: ClassVar[Mapping[str, str]] = {
        "html": N_("A page to look at and to print (HTML)"),
        "txt": N_("Plain text"),
        "csv": N_("CSV, for any spreadsheet"),
    }
    POSSIBLE: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys(
        ("register", "contents"), ("html", "txt", "csv")
    )
    TEXTS: ClassVar[frozenset[str]] = frozenset({"html", "txt", "csv"})

    def __init__(
        self, paper_class: str = "", year: int | None = None, volume: VolumeRow | None = None
    ) -> None:
        self.paper_class = paper_class
        self.year = year
        self.volume = volume
        what = "register" if volume is None else "contents"
        self.WHAT = {what: type(self).WHAT[what]}  # type: ignore[misc]

    def file_name(self, what: str, form: str, day: date) -> str:
        """What the file is called unless the member says otherwise."""
        return f"{_(self.WHAT[what])}-{self._about(day)}.{form}"

    def plain_name(self, what: str, form: str, day: date) -> str:
        """The same, so that every computer can type it."""
        return f"{what}-{self._about(day)}.{form}"

    def _about(self, day: date) -> str:
        if self.volume is not None:
            return self.volume.number
        parts = (self.paper_class, str(self.year or ""), str(day))
        return "-".join(part for part in parts if part)

    def _page(self, desk: Desk, form: str) -> bytes:
        kind = "text" if form == "txt" else form
        if self.volume is not None:
            return desk.volumes.print_contents(self.volume.id, kind)
        return desk.papers.print_register(self.paper_class, self.year, kind)

    def to_file(self, desk: Desk, what: str, form: str, path: Path, query: CardQuery | None) -> int:
        """Write a file; one page goes out."""
        from store.exchange.export_file import written

        content = self._page(desk, form)
        written(desk.store.path, path, lambda stream: stream.write(content))
        return 1

    def to_stream(
        self, desk: Desk, what: str, form: str, stream: BinaryIO, query: CardQuery | None
    ) -> int:
        """Write into a stream; one page goes out."""
        stream.write(self._page(desk, form))
        return 1

    def to_outbox(
        self, desk: Desk, what: str, form: str, name: str, query: CardQuery | None
    ) -> int:
        """Write into the member's outbox; one page goes out."""
        desk.outbox.put(name, BytesIO(self._page(desk, form)))
        return 1

    def told_file(self, count: int, file: str) -> str:
        """What is said when it is in a file."""
        return _("The page is in {file}.").format(file=file)

    def told_outbox(self, count: int, name: str) -> str:
        """What is said when it is in the outbox."""
        return _("The page waits in your outbox as {name}.").format(name=name)

    def told_clipboard(self, count: int) -> str:
        """What is said when it went to the clipboard."""
        return _(
            "The page went to the clipboard. If it holds something else, your terminal does not "
            "allow that: x puts it into a file."
        )


class CardPages(Records):
    """One card as a page of paper."""

    TITLE = N_("Print")
    WHAT: ClassVar[Mapping[str, str]] = {
        "briefing": N_("Briefing"),
        "card": N_("Customer card, as on paper"),
        "survey": N_("Customer survey, to fill in by hand"),
        "network": N_("Contact network"),
    }
    FORMATS: ClassVar[Mapping[str, str]] = {
        "html": N_("A page to look at and to print (HTML)"),
        "txt": N_("Plain text"),
    }
    POSSIBLE: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys(WHAT, ("html", "txt"))
    TEXTS: ClassVar[frozenset[str]] = frozenset({"html", "txt"})
    PRINTED: ClassVar[Mapping[str, str]] = {"html": "html", "txt": "text"}
    """How the store calls the formats."""

    def __init__(self, card_id: int, number: str, name: str) -> None:
        self.card_id = card_id
        self.number = number
        self.name = name

    @property
    def title(self) -> str:
        """Whose card is printed."""
        return f"{_(self.TITLE)}  {self.number}  {self.name}"

    def file_name(self, what: str, form: str, day: date) -> str:
        """What the file is called unless the member says otherwise."""
        return f"{_(self.WHAT[what])}-{self.number}-{self.name[:20]}.{form}"

    def plain_name(self, what: str, form: str, day: date) -> str:
        """The same, so that every computer can type it."""
        return f"{what}-{self.number}.{form}"

    def to_file(self, desk: Desk, what: str, form: str, path: Path, query: CardQuery | None) -> int:
        """Write a file; one page goes out."""
        desk.exchange.print_card_file(what, self.card_id, self.PRINTED[form], path)
        return 1

    def to_stream(
        self, desk: Desk, what: str, form: str, stream: BinaryIO, query: CardQuery | None
    ) -> int:
        """Write into a stream; one page goes out."""
        desk.exchange.print_card(what, self.card_id, self.PRINTED[form], stream)
        return 1

    def to_outbox(
        self, desk: Desk, what: str, form: str, name: str, query: CardQuery | None
    ) -> int:
        """Write into the member's outbox; one page goes out."""
        desk.outbox.print_card(what, self.card_id, self.PRINTED[form], name)
        return 1

    def told_file(self, count: int, file: str) -> str:
        """What is said when it is in a file."""
        return _("The page is in {file}.").format(file=file)

    def told_outbox(self, count: int, name: str) -> str:
        """What is said when it is in the outbox."""
        return _("The page waits in your outbox as {name}.").format(name=name)

    def told_clipboard(self, count: int) -> str:
        """What is said when it went to the clipboard."""
        return _(
            "The page went to the clipboard. If it holds something else, your terminal does not "
            "allow that: x puts it into a file."
        )
