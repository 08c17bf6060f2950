"""Papers and volumes as rows, as far as a member sees them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from store import visibility
from store.forms.tidy import narrow
from store.lendable import PAPERS
from store.models.base import database
from store.models.papers import Paper, Volume
from store.paper_values import file_name
from store.paper_words import CLASS_TITLES, KIND_TITLES, class_title, kind_title
from store.records.papers import (
    BASIC_WANTED,
    BOUGHT_WANTED,
    CLASSES,
    KINDS,
    LETTERS,
    TRADING,
    MissingPapers,
    PaperFile,
    PaperKey,
    PaperQuery,
    PaperRow,
    PaperValues,
    VolumeRow,
    missing_of,
)
from store.rows import CHUNK
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = (
    "paper.id, paper.number, paper.card_id, card.number, card.name, paper.paper_class, "
    "paper.kind, paper.title, paper.dated_on, paper.pages, paper.original, paper.shelf, "
    "paper.note, paper.digest, paper.file_name, paper.file_size, paper.media_type, "
    "volume.number, paper.volume_id, volume.shelf, paper.place, paper.created_at, creator.name, "
    "paper.trashed_at, loan.id, borrower.name, loan.due_at"
)

SOURCE = (
    "FROM paper JOIN card ON card.id = paper.card_id "
    "JOIN member AS creator ON creator.id = paper.created_by_id "
    "LEFT JOIN volume ON volume.id = paper.volume_id "
    "LEFT JOIN loan ON loan.id = (SELECT max(out.id) FROM loan AS out "
    "WHERE out.paper_id = paper.id AND out.kind = 'paper' AND out.status = 'lent') "
    "LEFT JOIN member AS borrower ON borrower.id = loan.member_id"
)


LIGHT = "FROM paper JOIN card ON card.id = paper.card_id"
"""What choosing and counting need, unless volumes or loans are asked about."""


def source_for(where: str) -> str:
    """Where papers are chosen from by a condition: the less is joined the quicker."""
    return SOURCE if "volume." in where or "loan." in where else LIGHT


def _order(column: str, values: Sequence[str]) -> str:
    """SQL that sorts by the place of a value in a list; values are the program's own."""
    cases = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(values))
    return f"CASE {column} {cases} ELSE {len(values)} END"


BY_CLASS = _order("paper.paper_class", CLASSES)
BY_KIND = _order(
    "paper.paper_class || '.' || paper.kind",
    [f"{name}.{kind}" for name, kinds in KINDS.items() for kind in kinds],
)

OF_CARD = f"{BY_KIND}, paper.dated_on IS NULL, paper.dated_on, paper.number"
OF_BOX = f"substr(paper.number, 2, 4) DESC, {BY_CLASS}, paper.number"
OF_VOLUME = "paper.place, paper.number"

Condition = tuple[str, list[Any]]


def scope(desk: "Desk") -> Condition:
    """The condition on `card` under which a member sees its papers.

    They come with the whole card; where sections are lent, only with the section of papers.
    """
    visible = visible_sql(desk)
    if visible is None:
        return "1", []
    condition, parameters = visible
    lent = sorted(visibility.lent_with(desk.member, PAPERS, desk.store.clock.now()))
    if lent:
        marks = ",".join("?" * len(lent))
        return f"({condition} OR card.id IN ({marks}))", [*parameters, *lent]
    return condition, list(parameters)


def chosen(desk: "Desk", query: PaperQuery) -> Condition:
    """The condition on papers that a query means, with what the member sees."""
    condition, parameters = scope(desk)
    parts = [condition, f"paper.trashed_at IS {'NOT ' if query.trashed else ''}NULL"]
    if query.card is None and query.volume is None:
        parts.append("card.trashed_at IS NULL")
    elif query.card is not None:
        parts.append("paper.card_id = ?")
        parameters.append(query.card)
    for column, value in (
        ("paper.paper_class", query.paper_class),
        ("paper.kind", query.kind),
        ("paper.volume_id", query.volume),
        ("substr(paper.number, 2, 4)", None if query.year is None else str(query.year)),
    ):
        if value not in (None, ""):
            parts.append(f"{column} = ?")
            parameters.append(value)
    if query.without_place:
        parts.append(
            "paper.shelf = '' AND coalesce(volume.shelf, '') = '' AND paper.digest IS NULL"
        )
    if query.open:
        parts.append("paper.volume_id IS NULL")
    if query.out:
        parts.append("loan.id IS NOT NULL")
    for word in narrow(query.text).split():
        part, given = _mentions(word)
        parts.append(part)
        parameters.extend(given)
    return " AND ".join(parts), parameters


def _mentions(word: str) -> Condition:
    """Where a word stands in what a paper says of itself."""
    fields = (
        *("paper.number", "paper.title", "paper.shelf", "paper.note", "paper.file_name"),
        *("card.name", "card.number", "volume.number"),
    )
    small = word.casefold()
    parts = [f"instr(lower(coalesce({field}, '')), ?) > 0" for field in fields]
    parameters: list[Any] = [small] * len(fields)
    for column, titles, told in (
        ("paper.kind", KIND_TITLES, kind_title),
        ("paper.paper_class", CLASS_TITLES, class_title),
    ):
        meant = [key for key in titles if small in told(key).casefold()]
        if meant:
            parts.append(f"{column} IN ({','.join('?' * len(meant))})")
            parameters.extend(meant)
    return f"({' OR '.join(parts)})", parameters


def find(
    desk: "Desk", wanted: Condition, order: str, offset: int = 0, limit: int = -1
) -> list[PaperRow]:
    """The papers that meet a condition."""
    where, parameters = wanted
    chosen_ids = (
        f"SELECT paper.id {source_for(where)} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    )
    cursor = database.execute_sql(
        f"SELECT {COLUMNS} {SOURCE} WHERE paper.id IN ({chosen_ids}) ORDER BY {order}",
        [*parameters, limit, offset],
    )
    now = desk.store.clock.now()
    return [_row(values, now) for values in cursor.fetchall()]


def count(wanted: Condition) -> int:
    """How many papers meet a condition."""
    where, parameters = wanted
    found = database.execute_sql(f"SELECT count(*) {source_for(where)} WHERE {where}", parameters)
    return int(found.fetchone()[0])


def _row(values: tuple[Any, ...], now: datetime) -> PaperRow:
    row_id, number, card_id, card_number, card_name, *said = values
    paper_class, kind, title, dated_on, pages, original, shelf, note, *rest = said
    digest, name, size, media_type, volume, volume_id, volume_shelf, place, *times = rest
    created_at, creator, trashed_at, loan, borrower, due_at = times
    due = None if due_at is None else _moment(due_at)
    file = None if digest is None else (digest, file_name(name or ""), size or 0, media_type or "")
    return PaperRow(
        id=row_id,
        number=number,
        card_id=card_id,
        card_number=card_number,
        card_name=card_name,
        values=PaperValues(
            paper_class,
            kind,
            title,
            None if dated_on is None else date.fromisoformat(str(dated_on)),
            pages,
            bool(original),
            shelf,
            note,
        ),
        file=None if file is None else PaperFile(*file),
        volume=volume or "",
        volume_id=volume_id,
        volume_shelf=volume_shelf or "",
        place=place,
        created_at=_moment(created_at),
        created_by=creator,
        trashed=trashed_at is not None,
        borrower=borrower or "",
        due_at=due,
        late=due is not None and due <= now,
        loan_id=loan,
    )


def _moment(text: str) -> datetime:
    moment: datetime = Paper.created_at.python_value(text)
    return moment


VOLUMES = (
    "SELECT volume.id, volume.number, volume.paper_class, volume.year, volume.title, "
    "volume.shelf, volume.closed_at, member.name, count(seen.id), coalesce(sum(seen.pages), 0) "
    "FROM volume JOIN member ON member.id = volume.closed_by_id LEFT JOIN ("
    "SELECT paper.id, paper.pages, paper.volume_id FROM paper "
    "JOIN card ON card.id = paper.card_id WHERE paper.volume_id IS NOT NULL AND {scope}"
    ") AS seen ON seen.volume_id = volume.id WHERE {where} GROUP BY volume.id {having} "
    "ORDER BY volume.year DESC, {order}, volume.id"
)


def volumes(desk: "Desk", where: str = "1", parameters: Sequence[Any] = ()) -> list[VolumeRow]:
    """The volumes that meet a condition and of which the member sees anything."""
    condition, given = scope(desk)
    sees_all = desk.visible() is None
    sql = VOLUMES.format(
        scope=condition,
        where=where,
        having="" if sees_all else "HAVING count(seen.id) > 0",
        order=_order("volume.paper_class", CLASSES),
    )
    cursor = database.execute_sql(sql, [*given, *parameters])
    return [_volume(values) for values in cursor.fetchall()]


def _volume(values: tuple[Any, ...]) -> VolumeRow:
    row_id, number, paper_class, year, title, shelf, closed_at, closed_by, papers, pages = values
    at: datetime = Volume.closed_at.python_value(closed_at)
    return VolumeRow(row_id, number, paper_class, year, title, shelf, at, closed_by, papers, pages)


def held_keys(card_ids: Sequence[int]) -> dict[int, set[PaperKey]]:
    """Class and kind of the papers of some cards."""
    found: dict[int, set[PaperKey]] = {}
    for start in range(0, len(card_ids), CHUNK):
        part = list(card_ids[start : start + CHUNK])
        cursor = database.execute_sql(
            "SELECT DISTINCT card_id, paper_class, kind FROM paper "
            f"WHERE trashed_at IS NULL AND card_id IN ({','.join('?' * len(part))})",
            part,
        )
        for card_id, paper_class, kind in cursor.fetchall():
            found.setdefault(card_id, set()).add((paper_class, kind))
    return found


_HAS = (
    "EXISTS (SELECT 1 FROM paper WHERE paper.card_id = card.id AND paper.trashed_at IS NULL "
    "AND paper.paper_class = '{}' AND paper.kind = '{}')"
)

LACKING = " OR ".join(f"NOT {_HAS.format(*key)}" for key in (*BASIC_WANTED, *BOUGHT_WANTED))
"""Of an organisation that has bought."""

CUSTOMERS = (
    "FROM card JOIN member ON member.id = card.owner_id WHERE card.trashed_at IS NULL "
    "AND card.kind = 'organisation' AND card.lifecycle IN ({}) AND ({}) AND {}"
)


def _customers(desk: "Desk") -> Condition:
    visible = visible_sql(desk)
    condition, parameters = ("1", []) if visible is None else visible
    marks = ",".join("?" * len(TRADING))
    return CUSTOMERS.format(marks, LACKING, condition), [*sorted(TRADING), *parameters]


def count_missing(desk: "Desk") -> int:
    """How many organisations that have bought lack something in their file."""
    source, parameters = _customers(desk)
    return int(database.execute_sql(f"SELECT count(*) {source}", parameters).fetchone()[0])


def missing(desk: "Desk", offset: int, limit: int) -> list[MissingPapers]:
    """A page of them, by name, each with what it lacks."""
    source, parameters = _customers(desk)
    cursor = database.execute_sql(
        f"SELECT card.id, card.number, card.name, member.name, card.lifecycle {source} "
        "ORDER BY card.sort_key, card.id LIMIT ? OFFSET ?",
        [*parameters, limit, offset],
    )
    found = cursor.fetchall()
    held = held_keys([row[0] for row in found])
    return [
        MissingPapers(
            card_id,
            number,
            name,
            owner,
            missing_of("organisation", lifecycle, frozenset(held.get(card_id, ()))),
        )
        for card_id, number, name, owner, lifecycle in found
    ]


def class_of(number: str) -> str:
    """The class that a number tells."""
    return next(name for name, letter in LETTERS.items() if letter == number[0])
