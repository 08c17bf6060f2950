"""Records of the document of a box from the cells of a workbook's rows."""

from typing import Any

from store.card_writing import LETTERS
from store.exchange.box_sheets import (
    CARD,
    CONTACT,
    FURTHER,
    INSIDE,
    MEMBERS_OF_CLUBS,
    NO,
    PROFILE,
    REMARK,
)

Record = dict[str, Any]


def card_record(cells: Record) -> Record:
    """A card of the document from the cells of its row."""
    card: Record = {key: [] for key in INSIDE}
    card["profile"] = _with_further(cells, PROFILE)
    for column, value in cells.items():
        if column.startswith(PROFILE) or column == FURTHER[PROFILE]:
            continue
        if column.startswith(CONTACT):
            points = value if isinstance(value, list) else [{"value": value}]
            kind = column.removeprefix(CONTACT)
            card["contacts"] += [
                {"kind": kind, "position": place, **(point if isinstance(point, dict) else {})}
                for place, point in enumerate(points)
            ]
        elif column not in INSIDE:
            card[column] = value
    return card


def inspection_record(cells: Record) -> Record:
    """A verdict of the document from the cells of its row."""
    said = {key: value for key, value in cells.items() if not key.startswith(REMARK)}
    return {**said, "remarks": _with_further(cells, REMARK)}


def _with_further(cells: Record, prefix: str) -> Any:
    """What stands in the columns that begin so, by key, with what one column holds of it; that
    alone where it holds something else, which is refused.
    """
    further = cells.get(FURTHER[prefix], {})
    apart = {
        key.removeprefix(prefix): value for key, value in cells.items() if key.startswith(prefix)
    }
    return {**further, **apart} if isinstance(further, dict) else further


def alone(sheet: str, record: Record) -> Record:
    """A document that holds one record, and of what it names as much as it needs."""
    named = [record.get(key) for key in _NAMING]
    others = record.get("others")
    named += others if isinstance(others, list) else []
    number = record.get("number") if sheet == "cards" else record.get(CARD)
    stubs = {
        str(one): {"number": one, "kind": _kind(one), "name": str(one)}
        for one in named
        if one is not None
    }
    if sheet == "cards":
        card = card_record(record)
        card.pop("referrer", None)
        card.pop("merged_into", None)
        return {"cards": [card]}
    if sheet in INSIDE:
        said = {key: value for key, value in record.items() if key not in (CARD, NO, "relative")}
        if sheet == "extras":
            pair = [record.get(key) or "" for key in ("heading", "text")]
            stubs[str(number)][sheet] = [pair]
        else:
            stubs[str(number)][sheet] = [said]
        return {"cards": list(stubs.values())}
    if sheet == MEMBERS_OF_CLUBS:
        return {"cards": list(stubs.values()), "clubs": [{"name": "x", "members": [record]}]}
    if sheet == "inspections":
        record = inspection_record(record)
    said = {key: value for key, value in record.items() if key not in _BY_PLACE}
    return {"cards": list(stubs.values()), sheet: [said]}


_BY_PLACE = ("interaction", "volume", "todo", "answers")
"""Columns that name a row of another sheet."""

_NAMING = (CARD, "other", "referrer", "organisation", "reports_to")
"""Columns that hold the number of a card."""


def _kind(number: object) -> str:
    return next((k for k, letter in LETTERS.items() if str(number).startswith(letter)), "person")
