"""Field type for rows: a small table on a card, such as the schools somebody went to.

A row is a mapping of the columns' keys to their values, with an `id` that it keeps for good; of two
people who edit a card, each is known to have changed this row or that.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from store import language
from store.errors import BadValue
from store.forms import listing
from store.forms.declaration import Field, FieldType, Value, Values
from store.forms.tidy import folded, many_lines, one_line
from store.language import N_, _

ROW_ID = "id"
"""The key of a row's own name."""

MOST_ROWS = 500
"""Rows of one field."""

NO_COLUMN = N_("A row has no column {key}.")

_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_ID_SIGNS = 8
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_WHEN = frozenset({"from", "until", "on", "year"})
"""Columns that say when it was: a row begins with them, whatever their order."""

_COMMAS = ",，"
_THOUSANDS = re.compile(r"(?<![\d\\])\d{1,3}(?:[,，]\d{3})+(?!\d)")
"""A number with commas in it: 8,000 is no 8 and something else."""

_MORE_SAID = re.compile("[:：=,，]")

_ONCE = re.compile(r"\[(?P<key>[A-Za-z_][A-Za-z0-9_]{0,59})\]\s*:\s*(?P<value>.*)", re.DOTALL)
"""What stands in a column that the form had once, by its key."""

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
        # 浙江大学、一中 are two schools, as long as nothing else is said of them.
        between = listing.SEMICOLONS if _MORE_SAID.search(text) else listing.SEMICOLONS + "、"
        rows = [_read_row(field, part, today) for part in listing.split(text, between)]
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
        return with_ids(kept) or None

    def show(self, field: Field, value: object) -> str:
        """Each row on a line of its own, its values one after another."""
        if not isinstance(value, list):
            return str(value)
        return "\n".join(show_row(field, row) for row in rows_of(value))

    def plain(self, field: Field, value: object) -> str:
        """One text with the titles of the columns, without the ids."""
        if not isinstance(value, list):
            return str(value)
        return "; ".join(_plain_row(field, row) for row in rows_of(value))

    def editable(self, field: Field, value: object) -> str:
        """JSON, with the ids: rows are edited one by one, their text is only kept."""
        return json.dumps(rows_of(value), ensure_ascii=False, sort_keys=True)


def with_ids(rows: list[Values]) -> list[Values]:
    """Rows of which each has an id of its own; those without one, or with another's, get one."""
    taken: set[str] = set()
    for row in rows:
        if row.get(ROW_ID) in taken:
            del row[ROW_ID]
        elif ROW_ID in row:
            taken.add(row[ROW_ID])
    for row in rows:
        if ROW_ID not in row:
            row[ROW_ID] = _new_id(row, taken)
    return rows


def show_row(field: Field, row: Mapping[str, Any]) -> str:
    """A row for people, in the language spoken now: `2003–2007 浙江大学, Major: 计算机`.

    When it was comes first, then what the row is about; the other values are named.
    """
    filled = [column for column in field.columns if row.get(column.key) not in (None, "", [])]
    days = [column.show(row[column.key]) for column in filled if column.key in _WHEN]
    if days and "until" in row and "from" not in row:
        days = ["", *days]
    others = [column for column in filled if column.key not in _WHEN]
    beginning = [*(["–".join(days)] if days else []), *(_value(row, one) for one in others[:1])]
    told = [" ".join(beginning)] if beginning else []
    told += [_named_value(row, column) for column in others[1:]]
    told += [_told_once(field, row, key) for key in _gone(field, row)]
    return _(", ").join(told)


def _told_once(field: Field, row: Mapping[str, Any], key: str) -> str:
    """What a row holds in a column that is asked no more, with what that was called."""
    column = next((one for one in field.gone_columns if one.key == key), None)
    title = key if column is None else column.title
    value = _as_json(row[key]) if column is None else _value(row, column)
    return _(": ").join((_("{title} (no longer asked)").format(title=title), value))


def _value(row: Mapping[str, Any], column: Field) -> str:
    return " ".join(column.show(row[column.key]).split())


def _named_value(row: Mapping[str, Any], column: Field) -> str:
    if column.type == "yes_no" and row[column.key] is True:
        return column.title
    return f"{column.title}{_(': ')}{_value(row, column)}"


def rows_of(value: object) -> list[Mapping[str, Any]]:
    """The rows of a value; none of what is no table, as of a field that was a text once."""
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
        elif isinstance(key, str) and _KEY.fullmatch(key):
            # Of a column that the declaration had once: kept, and shown as such.
            text = _kept_once(value, key)
            if text not in (None, "", []):
                kept[key] = text
        else:
            raise BadValue(NO_COLUMN, key=one_line(str(key)[:60]))
    return kept


def _kept_once(value: object, key: str) -> Any:
    """A value of a column that is gone, of any type that a column can have."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return many_lines(value)
    if isinstance(value, list) and all(isinstance(one, (str, Mapping)) for one in value):
        return [_kept_once(one, key) for one in value]
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
        return {str(name): many_lines(text) for name, text in value.items()}
    raise BadValue(NO_COLUMN, key=key)


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
    text = _THOUSANDS.sub(lambda number: listing.escape(number[0], _COMMAS), text)
    for part in listing.split(text, _COMMAS):
        once = _ONCE.fullmatch(part)
        if once is not None and all(once["key"] != column.key for column in field.columns):
            row[once["key"]] = _from_json(listing.unescape(once["value"], _SPECIAL))
            continue
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
    cells = [
        (_heading(field, column, language.current()), column.plain(row[column.key]))
        for column in field.columns
        if row.get(column.key) not in (None, "", [])
    ]
    cells += [(f"[{key}]", _as_json(row[key])) for key in _gone(field, row)]
    return ", ".join(f"{title}: {listing.escape(text, _SPECIAL)}" for title, text in cells)


@lru_cache(maxsize=1000)
def _heading(field: Field, column: Field, spoken: str) -> str:
    """What a value is named by in the language spoken: the title, where that is understood."""
    title = column.title
    parted = any(sign in title for sign in f"{_SPECIAL}\\")
    return title if not parted and _named(field, f"{title}: ")[0] is column else column.key


def _gone(field: Field, row: Mapping[str, Any]) -> list[str]:
    """The keys of what a row holds of columns that the form had once."""
    return sorted(row.keys() - {ROW_ID, *(column.key for column in field.columns)})


def _as_json(value: object) -> str:
    """A text as it is, as long as that is no JSON; anything else as JSON."""
    plain = isinstance(value, str) and _from_json(value) == value
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
