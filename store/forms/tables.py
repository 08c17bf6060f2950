"""Field type for rows: a small table on a card, such as the schools somebody went to.

A row is a mapping of the columns' keys to their values, with an `id` that it keeps for good; of two
people who edit a card, each is known to have changed this row or that.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from store.errors import BadValue
from store.forms import listing
from store.forms.declaration import Field, FieldType, Value, Values
from store.forms.tidy import folded, one_line
from store.language import N_, _

ROW_ID = "id"
"""The key of a row's own name."""

MOST_ROWS = 500
"""Rows of one field."""

_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_ID_SIGNS = 8
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_COMMAS = ",，"
_NAMED = re.compile(r"(?P<name>[^:：=\\]{1,40})\s*[:：=]\s*(?P<value>.*)", re.DOTALL)
_SPECIAL = _COMMAS + listing.SEMICOLONS


class Rows(FieldType):
    """Rows of a small table, kept as a list of mappings.

    As one text, for a cell of a spreadsheet, rows stand behind semicolons or on lines of their own,
    and a row's values behind commas, each with the title of its column: `School: 浙江大学, Major:
    计算机; School: 一中`. A value without a title belongs to the first column.
    """

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """Rows as one text, or as JSON."""
        if text.lstrip().startswith("["):
            try:
                return self.check(field, json.loads(text))
            except json.JSONDecodeError:
                pass
        rows = [_read_row(field, part, today) for part in listing.split(text, listing.SEMICOLONS)]
        return self.check(field, rows)

    def check(self, field: Field, value: object) -> Value | None:
        """A list of mappings; rows without anything are dropped, those without an id get one."""
        if value in (None, "", []):
            return None
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise BadValue(N_("This should be a list of rows."))
        if len(value) > MOST_ROWS:
            raise BadValue(N_("These are more than {most} rows."), most=MOST_ROWS)
        kept = [row for row in (_checked_row(field, row) for row in value) if row.keys() - {ROW_ID}]
        taken: set[str] = set()
        for row in kept:
            if ROW_ID in row:
                if row[ROW_ID] in taken:
                    del row[ROW_ID]
                else:
                    taken.add(row[ROW_ID])
        for row in kept:
            if ROW_ID not in row:
                row[ROW_ID] = _new_id(row, taken)
        return kept or None

    def show(self, field: Field, value: object) -> str:
        """Each row on a line of its own, its values one after another."""
        return "\n".join(show_row(field, row) for row in _rows(value))

    def plain(self, field: Field, value: object) -> str:
        """One text with the titles of the columns, without the ids."""
        return "; ".join(_plain_row(field, row) for row in _rows(value))

    def editable(self, field: Field, value: object) -> str:
        """JSON, with the ids: rows are edited one by one, their text is only kept."""
        return json.dumps(_rows(value), ensure_ascii=False, sort_keys=True)


def show_row(field: Field, row: Mapping[str, Any]) -> str:
    """A row for people, in the language spoken now: its values, and those of columns now gone."""
    told = [
        column.show(row[column.key])
        for column in field.columns
        if row.get(column.key) not in (None, "", [])
    ]
    known = {ROW_ID, *(column.key for column in field.columns)}
    told += [f"{key}{_(': ')}{row[key]}" for key in sorted(row.keys() - known)]
    return _(", ").join(told)


def _rows(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _checked_row(field: Field, row: Mapping[Any, Any]) -> Values:
    kept: Values = {}
    columns = {column.key: column for column in field.columns}
    for key, value in row.items():
        if key == ROW_ID:
            if isinstance(value, str) and _ID.fullmatch(value):
                kept[ROW_ID] = value
        elif key in columns:
            checked = _in_column(columns[key], value)
            if checked is not None:
                kept[key] = checked
        elif isinstance(key, str) and _KEY.fullmatch(key) and isinstance(value, (str, int)):
            # Of a column that the declaration had once: kept, and shown as such.
            text = value if isinstance(value, int) else one_line(value)
            if text != "":
                kept[key] = text
        else:
            raise BadValue(N_("A row has no column {key}."), key=one_line(str(key)[:60]))
    return kept


def _in_column(column: Field, value: object) -> Value | None:
    try:
        return column.check(value)
    except BadValue as error:
        told = N_("{title}: {reason}")
        raise BadValue(told, title=column, reason=error) from error


def _new_id(row: Mapping[str, Any], taken: set[str]) -> str:
    """An id that follows from what the row holds: the same row entered twice has it both times."""
    content = json.dumps(row, ensure_ascii=False, sort_keys=True)
    for place in range(len(taken) + 1):
        found = hashlib.sha256(f"{place}{content}".encode()).hexdigest()[:_ID_SIGNS]
        if found not in taken:
            break
    taken.add(found)
    return found


def _read_row(field: Field, text: str, today: date | None) -> Values:
    row: Values = {}
    for part in listing.split(text, _COMMAS):
        column, value = _named(field, part)
        if column is None:
            column = next((one for one in field.columns if one.key not in row), None)
        if column is None or column.key in row:
            raise BadValue(N_("“{text}” belongs to no column."), text=one_line(part[:60]))
        try:
            read = column.read(listing.unescape(value, _SPECIAL), today)
        except BadValue as error:
            raise BadValue(N_("{title}: {reason}"), title=column, reason=error) from error
        if read is not None:
            row[column.key] = read
    return row


def _named(field: Field, part: str) -> tuple[Field | None, str]:
    """The column that a part names, and its value; no column where it names none."""
    match = _NAMED.fullmatch(part.strip())
    if match is not None:
        wanted = folded(match["name"])
        for column in field.columns:
            if wanted in (column.key, *(folded(label) for label in column.label.values())):
                return column, match["value"]
    return None, part


def _plain_row(field: Field, row: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{column.title}: {listing.escape(column.plain(row[column.key]), _SPECIAL)}"
        for column in field.columns
        if row.get(column.key) not in (None, "", [])
    )
