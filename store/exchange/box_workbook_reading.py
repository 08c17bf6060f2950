"""Reads the workbook of a whole box into the document that the JSON of a box is.

From there on both go the same way. Rows that are wrong are left out, each with its reason; what
stands on a card that is left out goes with it.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from store.cleaning import clean_line
from store.errors import BadInput, BadValue
from store.exchange.box_cells import value_of
from store.exchange.box_reading import Box, read_document
from store.exchange.box_sheets import (
    CARD,
    MEMBERS_OF_CLUBS,
    NO,
    PROFILE,
    REMARK,
    SHOWN,
    SORT,
    TITLES,
)
from store.exchange.box_workbook_records import alone, card_record, inspection_record
from store.exchange.xlsx_table import read_sheets
from store.language import N_
from store.records.exchange import RowError

_NUMBER = "cards.number"
"""The key that the workbook of a box has in its first row, and no other."""

_NO_CARD = N_("There is no card {number} in the file.")
_TWICE = N_("The number {number} is there twice.")
_NOT_OURS = N_("This sheet is none that `export all` wrote: it is left out.")
_NO_ROW = N_("There is no row {number} of that kind in the file.")
_NO_NUMBER = N_("This must be filled in.")
_LINK_LOST = N_("There is no card {number} in the file: the row comes without it.")
_TALK_LOST = N_("There is no talk {number} in the file: the to-do comes without it.")
_ABOUT_LOST = N_("There is no row {number} of that kind before it: the remark comes without it.")
_VOLUME_LOST = N_("There is no volume {number} in the file: the paper comes open.")

_ORDER = {sheet: place for place, sheet in enumerate(TITLES)}

Record = dict[str, Any]


@dataclass(slots=True)
class Row:
    """A row of a sheet, and the record that it says."""

    sheet: str
    title: str
    number: int
    """As a person counts; 1 is the hidden row."""
    cells: tuple[str, ...]
    record: Record
    headings: dict[str, str]
    """By column."""

    def wrong(self, error: BadInput, column: str = "") -> RowError:
        """What is wrong in this row."""
        said = self.headings.get(column, "")
        return RowError(self.number, f"{self.title} {said}".strip(), error)


@dataclass(slots=True)
class Read:
    """What a workbook holds."""

    box: Box = field(default_factory=Box)
    cards: list[Row] = field(default_factory=list)
    """The rows of the cards of the box, in its order."""
    refused: list[tuple[Row, RowError]] = field(default_factory=list)
    """Rows that are left out, each with a reason."""
    warnings: list[RowError] = field(default_factory=list)


def holds_box(stream: BinaryIO) -> bool:
    """Whether a workbook is one that `box_workbook` wrote."""
    stream.seek(0)
    return any(_NUMBER in next(rows, (0, ()))[1] for _title, rows in read_sheets(stream))


def read_workbook(stream: BinaryIO) -> Read:
    """The box in a workbook.

    Raises:
        BadInput: the workbook is damaged.
    """
    stream.seek(0, io.SEEK_SET)
    reading = _Reading()
    for title, rows in read_sheets(stream):
        reading.take_sheet(title, rows)
    reading.put_together()
    return reading.found


class _Reading:
    """Takes rows up, and leaves out what is wrong."""

    def __init__(self) -> None:
        self.found = Read()
        self.rows: dict[str, list[Row]] = {key: [] for key in TITLES}
        self._refused: dict[int, tuple[Row, RowError]] = {}
        """By the id of the row."""
        self._rows_of_cards: dict[str, Row] = {}
        self._sheets_left: list[RowError] = []
        self._warnings: list[RowError] = []

    def refuse(self, row: Row, error: BadInput, column: str = "") -> None:
        """Leave a row out."""
        self._refused[id(row)] = row, row.wrong(error, column)

    def take_sheet(self, title: str, rows: Iterator[tuple[int, list[str]]]) -> None:
        """Take up the rows of a sheet."""
        _number, keys = next(rows, (0, []))
        sheet = next((key.partition(".")[0] for key in keys if key), "")
        if sheet not in TITLES:
            if keys:
                error = BadInput(_NOT_OURS)
                self._sheets_left.append(RowError(0, clean_line(title)[:60], error))
            return
        columns = [key.partition(".")[2] if key.startswith(f"{sheet}.") else "" for key in keys]
        _number, named = next(rows, (0, []))
        headings = {
            column: clean_line(name)[:60] for column, name in zip(columns, named, strict=False)
        }
        for number, cells in rows:
            self._take_row(Row(sheet, title, number, tuple(cells), {}, headings), columns)

    def _take_row(self, row: Row, columns: list[str]) -> None:
        texts: dict[str, str] = {}
        for column, cell in zip(columns, row.cells, strict=False):
            if column and not column.startswith(SHOWN) and cell:
                texts[column] = texts.get(column, "") + cell
        if not texts:
            return
        kind: str | None = None
        for column in sorted(texts, key=lambda column: column != "kind"):
            try:
                value = value_of(row.sheet, column, texts[column], kind)
            except BadValue as error:
                self.refuse(row, error, column)
                self.rows[row.sheet].append(row)
                return
            if row.sheet == "cards" and column == "kind" and isinstance(value, str):
                kind = value
            if value is not None or column.startswith(PROFILE):
                row.record[column] = value
        sort = str(row.record.pop(SORT, "")) if row.sheet == "papers" else ""
        if sort:
            row.record["paper_class"], _dot, row.record["kind"] = sort.partition(".")
        self.rows[row.sheet].append(row)

    def put_together(self) -> None:
        """The box of all rows that are right.

        Raises:
            BadInput: the whole is wrong, though no single row is.
        """
        document = self._assembled()
        try:
            self.found.box = read_document(document)
        except BadInput:
            for row in [row for rows in self.rows.values() for row in rows]:
                self._look_at(row)
            self.found.box = read_document(self._assembled())
        self.found.refused = sorted(
            self._refused.values(), key=lambda pair: (_ORDER[pair[0].sheet], pair[0].number)
        )

    def _look_at(self, row: Row) -> None:
        """Leave a row out that is wrong by itself."""
        if id(row) in self._refused:
            return
        try:
            read_document(alone(row.sheet, row.record))
        except BadInput as error:
            reason = error.values.get("reason")
            place = str(error.values.get("place", ""))
            column = place.rpartition(".")[2]
            if f".{REMARK}" in place:
                column = REMARK + place.partition(f".{REMARK}")[2]
            if column in ("paper_class", "kind") and row.sheet == "papers":
                column = SORT
            self.refuse(row, reason if isinstance(reason, BadInput) else error, column)

    def _right(self, sheet: str) -> Iterator[Row]:
        return (row for row in self.rows[sheet] if id(row) not in self._refused)

    def _assembled(self) -> Record:
        """The document of the rows that are not refused; what names a missing one is, too."""
        self._warnings = []
        cards = self._cards()
        self._on_cards(cards)
        dates = self._dated(cards)
        talks = self._talks(cards, dates)
        todos = self._todos(cards, talks)
        volumes = {str(row.record.get("number")): row.record for row in self._right("volumes")}
        document = {
            "cards": list(cards.values()),
            "interactions": list(talks.values()),
            "todos": list(todos.values()),
            "papers": [self._paper(row, volumes) for row in self._named("papers", cards)],
            "volumes": list(volumes.values()),
            "relationships": [
                row.record for row in self._named("relationships", cards, CARD, "other")
            ],
            "referrals": [row.record for row in self._named("referrals", cards, CARD, "referrer")],
            "clubs": self._clubs(cards),
            "distinct_pairs": [
                row.record for row in self._named("distinct_pairs", cards, CARD, "other")
            ],
            "inspections": [
                inspection_record(row.record) for row in self._named("inspections", cards)
            ],
            "remarks": self._remarks(cards, talks, todos),
            "segments": [row.record for row in self._right("segments")],
            "members": [row.record for row in self._right("members")],
        }
        self.found.cards = [self._rows_of_cards[number] for number in cards]
        self.found.warnings = [*self._sheets_left, *self._warnings]
        return document

    def _cards(self) -> dict[str, Record]:
        """The cards by their numbers, with empty lists of what stands on them."""
        cards: dict[str, Record] = {}
        for row in self._right("cards"):
            number = str(row.record.get("number") or "")
            if not number or number in cards:
                error = BadValue(_TWICE, number=number) if number else BadValue(_NO_NUMBER)
                self.refuse(row, error, "number")
                continue
            cards[number] = card_record(row.record)
            self._rows_of_cards[number] = row
        for number, card in cards.items():
            for link in ("referrer", "merged_into"):
                self._without_lost(self._rows_of_cards[number], card, link, cards)
        return cards

    def _without_lost(
        self, row: Row, record: Record, link: str, known: Collection[str], lost: str = _LINK_LOST
    ) -> None:
        """Take out of a record what it names and is not in the file."""
        name = record.get(link)
        if name is not None and str(name) not in known:
            del record[link]
            error = BadInput(lost, number=str(name)[:40])
            self._warnings.append(row.wrong(error, link))

    def _named(self, sheet: str, cards: Collection[str], *keys: str) -> Iterator[Row]:
        """The rows of a sheet whose cards are in the file; the others are refused."""
        for row in list(self._right(sheet)):
            for key in keys or (CARD,):
                number = row.record.get(key)
                if (number is not None or key == CARD) and str(number) not in cards:
                    error = BadValue(_NO_CARD, number=str(number or "")[:40])
                    self.refuse(row, error, key)
                    break
            else:
                yield row

    def _on_cards(self, cards: dict[str, Record]) -> None:
        """Put ways to reach, places and further facts to their cards."""
        for row in self._named("contacts", cards):
            cards[str(row.record[CARD])]["contacts"].append(dict(row.record))
        for row in self._named("affiliations", cards, CARD, "organisation"):
            place = dict(row.record)
            self._without_lost(row, place, "reports_to", cards)
            cards[str(place[CARD])]["affiliations"].append(place)
        for row in self._named("extras", cards):
            pair = [row.record.get(key) or "" for key in ("heading", "text")]
            cards[str(row.record[CARD])]["extras"].append(pair)

    def _dated(self, cards: dict[str, Record]) -> dict[int, int]:
        """Put families and dates to their cards; the place of each date by its count."""
        family: dict[tuple[str, Any], Record] = {}
        for row in self._named("family", cards):
            number = str(row.record[CARD])
            relative = {**row.record, "dates": []}
            cards[number]["family"].append(relative)
            if NO in relative:
                family[number, str(relative[NO])] = relative
        counts: dict[int, int] = {}
        """The count of a date by the id of its record."""
        for row in self._named("dates", cards):
            number, date = str(row.record[CARD]), dict(row.record)
            date.pop(CARD)
            counted = date.pop(NO, None)
            relative = date.pop("relative", None)
            home = cards[number] if relative is None else family.get((number, str(relative)))
            if home is None:
                self.refuse(row, BadValue(_NO_ROW, number=str(relative)[:40]), "relative")
                continue
            home["dates"].append(date)
            if isinstance(counted, int):
                counts[id(date)] = counted
        ordered = (
            date
            for card in cards.values()
            for home in (card, *card["family"])
            for date in home["dates"]
        )
        return {
            counts[id(date)]: place
            for place, date in enumerate(ordered, start=1)
            if id(date) in counts
        }

    def _talks(self, cards: Collection[str], dates: dict[int, int]) -> dict[Any, Record]:
        """The talks by their counts."""
        talks: dict[Any, Record] = {}
        for row in self._named("interactions", cards):
            talk = dict(row.record)
            counted: Any = talk.pop(NO, None)
            if not isinstance(counted, int) or counted in talks:
                counted = f"row {row.number}"
            others = talk.get("others")
            if isinstance(others, list):
                talk["others"] = [other for other in others if str(other) in cards]
                for other in others:
                    if str(other) not in cards:
                        error = BadInput(_LINK_LOST, number=str(other)[:40])
                        self._warnings.append(row.wrong(error, "others"))
            if isinstance(talk.get("extras"), dict):
                talk["extras"] = _greeting_moved(talk["extras"], dates)
            talks[counted] = talk
        return talks

    def _todos(self, cards: Collection[str], talks: dict[Any, Record]) -> dict[Any, Record]:
        """The to-dos by their counts."""
        todos: dict[Any, Record] = {}
        places = _places(talks)
        for row in list(self._right("todos")):
            todo = dict(row.record)
            number = todo.get(CARD)
            if number is not None and str(number) not in cards:
                self.refuse(row, BadValue(_NO_CARD, number=str(number)[:40]), CARD)
                continue
            self._place(row, todo, "interaction", places, _TALK_LOST)
            counted: Any = todo.pop(NO, None)
            if not isinstance(counted, int) or counted in todos:
                counted = f"row {row.number}"
            todos[counted] = todo
        return todos

    def _remarks(
        self, cards: Collection[str], talks: dict[Any, Record], todos: dict[Any, Record]
    ) -> list[Record]:
        """The remarks in the order of their counts: an answer comes after what it answers."""

        def rank(row: Row) -> tuple[bool, int]:
            counted = row.record.get(NO)
            return (False, counted) if isinstance(counted, int) else (True, row.number)

        before: dict[str, int] = {}
        links = {"interaction": _places(talks), "todo": _places(todos), "answers": before}
        remarks: list[Record] = []
        for row in sorted(self._named("remarks", cards), key=rank):
            remark = dict(row.record)
            for link, places in links.items():
                self._place(row, remark, link, places, _ABOUT_LOST)
            remarks.append(remark)
            if NO in remark:
                before.setdefault(str(remark.pop(NO)), len(remarks))
        return remarks

    def _place(
        self, row: Row, record: Record, link: str, places: Mapping[str, int], lost: str
    ) -> None:
        """Name another row by its place among those that are right, not by its count."""
        self._without_lost(row, record, link, places, lost)
        if link in record:
            record[link] = places[str(record[link])]

    def _paper(self, row: Row, volumes: Collection[str]) -> Record:
        paper = dict(row.record)
        self._without_lost(row, paper, "volume", volumes, _VOLUME_LOST)
        if "volume" not in paper:
            paper.pop("place", None)
        return paper

    def _clubs(self, cards: Collection[str]) -> list[Record]:
        clubs: dict[str, Record] = {}
        for row in self._right("clubs"):
            counted = str(row.record.get(NO) or f"row {row.number}")
            said = {key: value for key, value in row.record.items() if key != NO}
            clubs[counted] = {**said, "members": []}
        for row in self._named(MEMBERS_OF_CLUBS, cards):
            club = clubs.get(str(row.record.get("club")))
            if club is None:
                number = str(row.record.get("club") or "")[:40]
                self.refuse(row, BadValue(_NO_ROW, number=number), "club")
            else:
                said = {key: value for key, value in row.record.items() if key != "club"}
                club["members"].append(said)
        return list(clubs.values())


def _places(counted: Iterable[Any]) -> dict[str, int]:
    """The places of rows among those that are right, by their counts."""
    return {str(one): place for place, one in enumerate(counted, start=1)}


def _greeting_moved(extras: Record, dates: dict[int, int]) -> Record:
    """What is kept beside a talk; a greeting names its date by the place that it has now."""
    greeting = extras.get("greeting")
    if not isinstance(greeting, str):
        return extras
    day, _colon, counted = greeting.partition(":")
    place = dates.get(int(counted)) if counted.isdecimal() and len(counted) < 12 else None
    kept = {key: value for key, value in extras.items() if key != "greeting"}
    return kept if place is None else {**kept, "greeting": f"{day}:{place}"}
