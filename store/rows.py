"""Rows as the database stores them, by column name: what the trail keeps and undo puts back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.models.base import Table, compact_json, database

from peewee import BooleanField, JSONField  # isort: skip

Row = dict[str, Any]
"""Column name to stored value."""

CHUNK = 500
"""Rows named in one statement: SQLite takes 32,766 parameters, old ones 999."""


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a Peewee query as plain tuples, of no type its stubs could know."""
    return list(query.tuples())


def json_columns(table: type[Table]) -> tuple[str, ...]:
    """The columns of a table that hold JSON."""
    return tuple(
        name for name, field in table._meta.columns.items() if isinstance(field, JSONField)
    )


def stored(table: type[Table], values: Mapping[str, Any]) -> Row:
    """Values for columns as the database stores them; JSON as canonical text.

    Raises:
        KeyError: the table has no such column.
    """
    columns = table._meta.columns
    row: Row = {}
    for name, value in values.items():
        field = columns[name]
        if isinstance(field, JSONField):
            row[name] = None if value is None else compact_json(value)
        else:
            plain = field.db_value(value)
            row[name] = str(plain) if hasattr(plain, "isoformat") else plain
    return row


def new_row(table: type[Table], values: Mapping[str, Any]) -> Row:
    """A whole new row: the values given, the defaults for the rest."""
    row: Row = {}
    for name, field in table._meta.columns.items():
        default = field.default
        row[name] = default() if callable(default) else default
    return stored(table, row | dict(values))


def fetch(table: type[Table], ids: Iterable[int]) -> dict[int, Row]:
    """The stored rows with these ids; ids that do not exist are missing in the answer."""
    wanted = list(dict.fromkeys(ids))
    name = table._meta.table_name
    switches = [
        column for column, field in table._meta.columns.items() if isinstance(field, BooleanField)
    ]
    found: dict[int, Row] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(f'SELECT * FROM "{name}" WHERE id IN ({marks})', part)
        columns = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            for column in switches:
                row[column] = bool(row[column])
            found[row["id"]] = row
    return found


def insert(table: type[Table], rows: Sequence[Row]) -> None:
    """Write whole rows, ids included."""
    if not rows:
        return
    columns = list(rows[0])
    names = ",".join(f'"{column}"' for column in columns)
    marks = ",".join([database.param] * len(columns))
    statement = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'
    database.cursor().executemany(statement, [[row[column] for column in columns] for row in rows])


def update(table: type[Table], row_id: int, values: Row) -> None:
    """Set columns of one row."""
    pairs = ",".join(f'"{column}"={database.param}' for column in values)
    database.execute_sql(
        f'UPDATE "{table._meta.table_name}" SET {pairs} WHERE id={database.param}',
        [*values.values(), row_id],
    )


def delete(table: type[Table], row_id: int) -> None:
    """Take one row away."""
    database.execute_sql(
        f'DELETE FROM "{table._meta.table_name}" WHERE id={database.param}', [row_id]
    )


def flat(table: type[Table], row: Mapping[str, Any]) -> Row:
    """A stored row with the keys of JSON objects as columns of their own: `profile.hobbies`."""
    wide: Row = {}
    special = json_columns(table)
    for name, value in row.items():
        content = json.loads(value) if name in special and value is not None else value
        if isinstance(content, dict):
            wide.update({f"{name}.{key}": entry for key, entry in content.items()})
        else:
            wide[name] = content
    return wide


def folded(table: type[Table], present: Row, wide: Mapping[str, Any]) -> Row:
    """The stored columns that result when flat keys are set on a present row; None takes away."""
    special = json_columns(table)
    columns: Row = {}
    objects: dict[str, dict[str, Any]] = {}
    for name, value in wide.items():
        column, dot, key = name.partition(".")
        if not dot:
            columns[name] = compact_json(value) if name in special and value is not None else value
            continue
        if column not in objects:
            text = present.get(column)
            objects[column] = dict(json.loads(text)) if text else {}
        if value is None:
            objects[column].pop(key, None)
        else:
            objects[column][key] = value
    columns.update({column: compact_json(content) for column, content in objects.items()})
    return columns
