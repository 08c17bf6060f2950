"""The cells of the workbook that holds a whole box: values as texts that read back exactly.

A value is written as people write it wherever that is read back as the same value, and as JSON
behind a mark where it is not.
"""

import json
import re
from datetime import UTC, datetime, tzinfo
from typing import Any

from store.errors import BadValue
from store.exchange.box_document import MOMENTS
from store.exchange.box_sheets import LISTS, declared
from store.language import N_

MARK = "JSON: "
"""How a cell begins that holds a value as JSON."""

BETWEEN = "、"
"""What stands between the texts of a list."""

_NO_JSON = N_("What stands behind “JSON:” is no JSON.")

_NOT_FOR_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-Fa-f]{4}_")
"""Signs that a workbook cannot hold, and what Excel takes for one of them."""


def written(sheet: str, column: str, value: Any, zone: tzinfo, kind: str | None = None) -> str:
    """A value of the document as the text of a cell.

    Args:
        zone: in which moments are shown.
        kind: of the card, on the sheet of the cards.
    """
    text = _as_people_do(sheet, column, value, zone, kind)
    if text is not None and text and not _NOT_FOR_XML.search(text):
        try:
            back = value_of(sheet, column, text, kind)
        except BadValue:
            back = None
        if column in MOMENTS or _same(back, value):
            return text
    as_json = json.dumps(value, ensure_ascii=False)
    return MARK + (json.dumps(value) if _NOT_FOR_XML.search(as_json) else as_json)


def _as_people_do(
    sheet: str, column: str, value: Any, zone: tzinfo, kind: str | None
) -> str | None:
    if column in MOMENTS and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
        return local.isoformat(sep=" ")
    field = declared(sheet, column, kind)
    if field is not None:
        choice = field.type == "choice" and isinstance(value, int)
        return field.plain(str(value) if choice else value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return BETWEEN.join(value)
    return value if isinstance(value, str) else None


def value_of(sheet: str, column: str, text: str, kind: str | None = None) -> Any:
    """The value that the text of a cell says; None for a blank.

    Raises:
        BadValue: it cannot be understood.
    """
    if text.startswith(MARK):
        try:
            return json.loads(text.removeprefix(MARK))
        except (ValueError, RecursionError) as error:
            raise BadValue(_NO_JSON) from error
    if not text:
        return None
    field = declared(sheet, column, kind)
    if field is not None and column not in MOMENTS:
        value = field.read(text)
        counts = field.type == "choice" and isinstance(value, str) and value.isdecimal()
        return int(str(value)) if counts and column in ("interest", "strength") else value
    if column in LISTS:
        return [part for part in (one.strip() for one in text.split(BETWEEN)) if part]
    return text


def _same(back: Any, value: Any) -> bool:
    """Whether a value came back; rows may get other ids."""
    if isinstance(value, list) and isinstance(back, list) and len(back) == len(value):
        pairs = zip(back, value, strict=True)
        return all(_without_id(one) == _without_id(other) for one, other in pairs)
    return type(back) is type(value) and bool(back == value)


def _without_id(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    # A way to reach somebody has a blank label or none.
    return {key: one for key, one in row.items() if key != "id" and one != ""}
