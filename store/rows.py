"""Rows as the database stores them, by column name: what the trail keeps and undo puts back."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from store.json_text import read_json
from store.models.base import Table, compact_json, database

from peewee import (  # isort: skip
    BooleanField,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

Row = dict[str, Any]
"""Column name to stored value."""

CHUNK = 500
"""Rows named in one statement: SQLite takes 32,766 parameters, old ones 999."""


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a Peewee query as plain tuples, of no type its stubs could know."""
    return list(query.tuples())


@cache
def json_columns(table: type[Table]) -> frozenset[str]:
    """The columns of a table that hold JSON."""
    return frozenset(
        name for name, field in table._meta.columns.items() if isinstance(field, JSONField)
    )


@cache
def _plain(table: type[Table]) -> Mapping[str, type | None]:
    """The type whose values a column stores as they are; None for a column that converts."""
    kinds = {
        TextField: str,
        IntegerField: int,
        ForeignKeyField: int,
        BooleanField: bool,
        DateField: str,
    }
    return {
        name: next((plain for kind, plain in kinds.items() if isinstance(field, kind)), None)
        for name, field in table._meta.columns.items()
    }


@cache
def _blank(table: type[Table]) -> Row:
    """A row of a table with nothing but its defaults, as they are stored."""
    row: Row = {}
    for name, field in table._meta.columns.items():
        default = field.default
        row[name] = default() if callable(default) else default
    return stored(table, row)


def stored(table: type[Table], values: Mapping[str, Any]) -> Row:
    """Values for columns as the database stores them; JSON as canonical text.

    Raises:
        KeyError: the table has no such column.
    """
    plain = _plain(table)
    return {
        name: value
        if value is None or type(value) is plain[name]
        else _converted(table._meta.columns[name], value)
        for name, value in values.items()
    }


def _converted(field: Any, value: Any) -> Any:
    if isinstance(field, JSONField):
        return compact_json(value)
    plain = field.db_value(value)
    return str(plain) if hasattr(plain, "isoformat") else plain


def new_row(table: type[Table], values: Mapping[str, Any]) -> Row:
    """A whole new row: the values given, the defaults for the rest."""
    return _blank(table) | stored(table, values)


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
                if row[column] is not None:
                    row[column] = bool(row[column])
            found[row["id"]] = row
    return found


def children(
    table: type[Table], column: str, ids: Iterable[int], condition: str = "1", order: str = "id"
) -> dict[int, list[Row]]:
    """The stored rows that name one of these ids in a column, by that id.

    Args:
        condition: SQL that they must meet as well.
        order: SQL that they are sorted by.
    """
    wanted = list(dict.fromkeys(ids))
    name = table._meta.table_name
    found: dict[int, list[Row]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(
            f'SELECT * FROM "{name}" WHERE {column} IN ({marks}) AND {condition} ORDER BY {order}',
            part,
        )
        columns = [column[0] for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(columns, values, strict=True))
            found.setdefault(row[column], []).append(row)
    return found


def insert(table: type[Table], rows: Sequence[Row]) -> None:
    """Write whole rows, ids included."""
    if rows:
        columns = tuple(rows[0])
        insert_tuples(table, columns, map(itemgetter(*columns), rows))


def insert_tuples(
    table: type[Table], columns: Sequence[str], values: Iterable[tuple[Any, ...]]
) -> None:
    """Write rows given as the values of these columns."""
    names = ",".join(f'"{column}"' for column in columns)
    marks = ",".join([database.param] * len(columns))
    statement = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'
    database.cursor().executemany(statement, values)


def update(table: type[Table], row_id: int, values: Row) -> None:
    """Set columns of one row."""
    pairs = ",".join(f'"{column}"={database.param}' for column in values)
    database.execute_sql(
        f'UPDATE "{table._meta.table_name}" SET {pairs} WHERE id={database.param}',
        [*values.values(), row_id],
    )


def delete(table: type[Table], row_id: int) -> None:
    """Take one row away."""
    delete_many(table, [row_id])


def delete_many(table: type[Table], ids: Sequence[int]) -> None:
    """Take rows away, at most `CHUNK` of them."""
    marks = ",".join([database.param] * len(ids))
    database.execute_sql(f'DELETE FROM "{table._meta.table_name}" WHERE id IN ({marks})', ids)


def flat(
    table: type[Table], row: Mapping[str, Any], contents: Mapping[str, Any] | None = None
) -> Row:
    """A stored row with the keys of JSON objects as columns of their own: `profile.hobbies`.

    Args:
        contents: what stands in columns of JSON, where it is at hand, by column.
    """
    wide = dict(row)
    for name in json_columns(table).intersection(row):
        if wide[name] is None:
            continue
        given = contents.get(name) if contents else None
        content = read_json(wide[name]) if given is None else given
        if isinstance(content, dict):
            del wide[name]
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
            objects[column] = dict(read_json(text)) if text else {}
        if value is None:
            objects[column].pop(key, None)
        else:
            objects[column][key] = value
    columns.update({column: compact_json(content) for column, content in objects.items()})
    return columns
