"""A whole box as one workbook: what `box_workbook_reading` reads back.

The first row of each sheet, which is hidden, holds the keys of the columns: whatever a column is
called, and in whichever language, it is known again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any, BinaryIO

from store.exchange.box_cells import written
from store.exchange.box_document import Document, Record
from store.exchange.box_sheets import (
    BESIDE,
    CARD,
    CONTACT,
    COUNTED,
    FURTHER,
    INSIDE,
    MEMBERS_OF_CLUBS,
    NO,
    PROFILE,
    REMARK,
    SHOWN,
    SORT,
    TITLES,
    Sheet,
    declared,
    heading,
    places,
    sections,
)
from store.exchange.chosen import chosen_cards
from store.language import _
from store.query_words import whole_description
from store.records.card_list import query_from
from store.records.cards import CardQuery

if TYPE_CHECKING:
    from store.desk import Desk

Whole = dict[str, list[Record]]
"""The lists of a document."""

_FIRST = {
    "cards": ("number", "kind", "name"),
    MEMBERS_OF_CLUBS: ("club", CARD, f"{SHOWN}name"),
    "segments": ("name", f"{SHOWN}words", "query"),
}
"""The columns that a sheet begins with; others begin with the card."""

_LAST = (
    *("owner", "department", "created_at", "created_by", "updated_at", "updated_by"),
    *("trashed_at", "merged_into"),
)

MOST_APART = 500
"""Columns of fields, or of sections, that no form here has; a sheet holds no more than 16,384."""

Row = dict[str, Any]
"""Values by column."""


def write_workbook(desk: "Desk", stream: BinaryIO, query: CardQuery) -> int:
    """Write chosen cards, and all that belongs to them; gives how many records went out.

    As `box_json.write_box` does: a query that chooses nothing means everything the member sees.
    """
    from store.exchange.xlsx_write import write_sheets

    whole = _document(desk, query)
    made = sheets(whole, desk.store.clock.zone)
    write_sheets(
        stream,
        (
            (_(TITLES[one.key]), [f"{one.key}.{c}" for c in one.columns], one.headings, one.rows)
            for one in made
        ),
    )
    return sum(len(records) for key, records in whole.items() if key not in ("volumes", "members"))


def _document(desk: "Desk", query: CardQuery) -> Whole:
    everything = query == CardQuery()
    ids = list(chosen_cards(desk, query))
    if everything:
        ids += chosen_cards(desk, CardQuery(trashed=True))
    document = Document(desk, sorted(ids))
    # One after the other: each list knows what the ones before it named.
    lists: dict[str, Callable[[], Iterable[Record]]] = {
        "cards": document.cards,
        "interactions": lambda: document.interactions(everything),
        "todos": lambda: document.todos(everything),
        "papers": lambda: document.papers(everything),
        "volumes": document.volumes,
        "relationships": document.relationships,
        "referrals": document.referrals,
        "clubs": lambda: document.clubs(everything),
        "distinct_pairs": document.distinct_pairs,
        "inspections": document.inspections,
        "remarks": document.remarks,
        "segments": lambda: document.segments(everything),
        "members": document.members,
    }
    return {key: list(records()) for key, records in lists.items()}


def sheets(whole: Whole, zone: tzinfo) -> Iterator[Sheet]:
    """The sheets of a document: the cards, and of the others those with rows.

    Args:
        zone: in which moments are shown.
    """
    rows = _rows(whole)
    names = {card["number"]: card["name"] for card in whole["cards"]}
    for key in TITLES:
        if rows[key] or key == "cards":
            yield _sheet(key, rows[key], names, zone)


def _rows(whole: Whole) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {key: [] for key in TITLES}
    for card in whole["cards"]:
        _take_card(rows, card)
    for key in (*BESIDE, "members"):
        for place, record in enumerate(whole[key], start=1):
            rows[key].append({NO: place, **record} if key in COUNTED else record)
    rows["papers"] = [_sorted_paper(paper) for paper in rows["papers"]]
    rows["cards"] = _not_too_wide(rows["cards"], PROFILE, places())
    by_section = [_by_section(inspection) for inspection in rows["inspections"]]
    rows["inspections"] = _not_too_wide(by_section, REMARK, sections())
    rows["segments"] = [_in_words(segment) for segment in rows["segments"]]
    for club in rows["clubs"]:
        inside = club.pop("members", ())
        rows[MEMBERS_OF_CLUBS] += [{"club": club[NO], **member} for member in inside]
    return rows


def _sorted_paper(paper: Record) -> Row:
    """A paper with its class and kind in one, as the form of papers has them."""
    said = {key: value for key, value in paper.items() if key not in ("paper_class", "kind")}
    return {CARD: said.pop(CARD), SORT: f"{paper['paper_class']}.{paper['kind']}", **said}


def _by_section(inspection: Record) -> Row:
    """A verdict with the word on each section in a column of its own."""
    said = {key: value for key, value in inspection.items() if key != "remarks"}
    remarks = inspection.get("remarks", {})
    return said | {REMARK + section: text for section, text in remarks.items()}


def _not_too_wide(rows: list[Row], prefix: str, known: Collection[str]) -> list[Row]:
    """The rows with what would be too many columns in one, by key.

    Args:
        prefix: of the columns that may be too many.
        known: keys that have a column all the same.
    """
    present = dict.fromkeys(column for row in rows for column in row if column.startswith(prefix))
    apart = [column for column in present if column.removeprefix(prefix) not in known]
    beyond = set(apart[MOST_APART:])
    narrower: list[Row] = []
    for row in rows:
        further = {key.removeprefix(prefix): row[key] for key in row if key in beyond}
        kept = {key: value for key, value in row.items() if key not in beyond}
        narrower.append({**kept, FURTHER[prefix]: further} if further else kept)
    return narrower


def _in_words(segment: Record) -> Row:
    """A saved filter with what it says in words, which is not read back."""
    query = query_from(segment.get("query", {})) or CardQuery()
    return {**segment, f"{SHOWN}words": whole_description(query)}


def _take_card(rows: dict[str, list[Row]], card: Record) -> None:
    """A card, and what stands on it, as rows."""
    number, plain = card["number"], {key: card[key] for key in card if key not in INSIDE}
    profile = plain.pop("profile", {})
    row = plain | {PROFILE + key: value for key, value in profile.items()}
    for kind, points in _by_kind(card.get("contacts", ())).items():
        value = _in_one_cell(card["kind"], kind, points)
        if value is None:
            rows["contacts"] += [{CARD: number, **point} for point in points]
        else:
            row[CONTACT + kind] = value
    rows["cards"].append(row)
    for date in card.get("dates", ()):
        rows["dates"].append({CARD: number, NO: len(rows["dates"]) + 1, **date})
    for relative in card.get("family", ()):
        place = len(rows["family"]) + 1
        said = {key: value for key, value in relative.items() if key != "dates"}
        rows["family"].append({CARD: number, NO: place, **said})
        for date in relative.get("dates", ()):
            count = len(rows["dates"]) + 1
            rows["dates"].append({CARD: number, NO: count, "relative": place, **date})
    rows["affiliations"] += [{CARD: number, **place} for place in card.get("affiliations", ())]
    rows["extras"] += [
        {CARD: number, "heading": name, "text": text} for name, text in card.get("extras", ())
    ]


def _by_kind(points: Iterable[Record]) -> Mapping[str, list[Record]]:
    kinds: dict[str, list[Record]] = {}
    for point in points:
        kinds.setdefault(point["kind"], []).append(point)
    return kinds


def _in_one_cell(card_kind: str, kind: str, points: list[Record]) -> Any:
    """What reaches a card as the value of its field; None where the field would not keep it so."""
    field = declared("cards", CONTACT + kind, card_kind)
    in_order = [point.get("position", 0) for point in points] == list(range(len(points)))
    if field is None or not in_order:
        return None
    if not field.several:
        alone = len(points) == 1 and not points[0].get("label")
        return points[0]["value"] if alone else None
    value = [{"value": point["value"], "label": point.get("label", "")} for point in points]
    back = field.read(field.plain(value))
    told = back if isinstance(back, list) else []
    same = [{"label": "", **one} for one in told if isinstance(one, dict)] == value
    return value if same else None


def _sheet(key: str, rows: list[Row], names: Mapping[str, str], zone: tzinfo) -> Sheet:
    present = dict.fromkeys(column for row in rows for column in row)
    columns = _ordered(key, present)
    cells = [_cells(key, columns, row, names, zone) for row in rows]
    return Sheet(key, columns, [heading(key, column) for column in columns], cells)


def _ordered(key: str, present: Iterable[str]) -> list[str]:
    found = set(present)
    first = list(_FIRST.get(key, (CARD, f"{SHOWN}name") if CARD in found else ()))
    order = places()

    def rank(column: str) -> tuple[bool, int]:
        plain = column.removeprefix(PROFILE).removeprefix(CONTACT)
        return column in _LAST, order.get(plain, len(order)) if key == "cards" else 0

    rest = [column for column in present if column not in first]
    return first + sorted(rest, key=rank)


def _cells(
    key: str, columns: list[str], row: Row, names: Mapping[str, str], zone: tzinfo
) -> list[str]:
    kind = row.get("kind") if key == "cards" else None
    cells = []
    for column in columns:
        if column.startswith(SHOWN):
            cells.append(row.get(column) or names.get(row.get(CARD, ""), ""))
        elif row.get(column) in (None, "") and not column.startswith(PROFILE):
            cells.append("")
        else:
            cells.append(written(key, column, row[column], zone, kind) if column in row else "")
    return cells
