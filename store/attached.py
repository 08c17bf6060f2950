"""Rows of a card's form that are records of their own: a person's family, an organisation's people.

They are no values of the card. The form shows them among its fields, and they are written in the
change set of the card. A row's `id` is that of its record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from store.card_values import load_records
from store.errors import BadValue
from store.family_writing import FamilyWriter
from store.forms.declaration import ATTACHED, Field, Form, load_form
from store.forms.tables import ROW_ID
from store.records.occasions import FamilyRow, FamilyValues
from store.standing import standing_of
from store.visibility import Level

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

Row = Mapping[str, Any]


def attached_fields(kind: str) -> Mapping[str, Field]:
    """The fields of a form whose rows are records of their own, by key."""
    return _attached_fields(load_form(kind))


@lru_cache(maxsize=8)
def _attached_fields(form: Form) -> Mapping[str, Field]:
    return {field.key: field for field in form.fields() if field.source in ATTACHED}


def rows_of(desk: "Desk", card_id: int, keys: Iterable[str] | None = None) -> dict[str, Any]:
    """Such rows of a card, by the key of their field; what is blank is missing.

    A card of which the member does not get all has none.

    Args:
        keys: fields that are asked for; None for all.

    Raises:
        NotFound: the member sees no such card.
    """
    if standing_of(desk, card_id).level is not Level.WHOLE:
        return {}
    kind = load_records([card_id])[card_id].kind
    found: dict[str, Any] = {}
    for key, field in attached_fields(kind).items():
        if keys is None or key in keys:
            rows = _read(desk, field, card_id)
            if rows:
                found[key] = rows
    return found


def _read(desk: "Desk", field: Field, card_id: int) -> Any:
    if field.source == "people":
        rows = desk.people.rows_for_form(card_id)
    else:
        rows = [_family_row(row) for row in desk.family.of(card_id)]
    known = {ROW_ID, *(column.key for column in field.columns)}
    return [{key: value for key, value in row.items() if key in known} for row in rows]


def _family_row(row: FamilyRow) -> dict[str, Any]:
    said = ((field.name, getattr(row.values, field.name)) for field in fields(FamilyValues))
    return {ROW_ID: str(row.id), **{key: value for key, value in said if value}}


def write(
    desk: "Desk", change: "Recorder", kind: str, card_id: int, wanted: Mapping[str, Any]
) -> None:
    """Make such rows of a card be these, within a change set.

    Columns that the form does not have, and rows that the member does not see, stay as they are.

    Args:
        wanted: checked rows by the key of their field; None or nothing for no row.

    Raises:
        BadValue: a row is wrong; its `field` is that of the form.
        NotAllowed: a record is not the member's to change.
        NotFound: the member sees no such card.
    """
    for key, rows in wanted.items():
        field = attached_fields(kind)[key]
        present = _read(desk, field, card_id)
        merged = _over_present(field, present, rows or [])
        try:
            if field.source == "people":
                desk.people.save_rows(change, card_id, present, merged)
            else:
                _write_family(desk, change, card_id, merged)
        except BadValue as error:
            error.field = key
            raise


def _over_present(field: Field, present: Sequence[Row], wanted: Sequence[Row]) -> list[Row]:
    """The rows to be written: a column that means the same as before stays as it stands.

    What stands in a record may be more than its column says: a note of several lines, say. A row
    without its id that says what another one said is that one.
    """
    before = {row[ROW_ID]: row for row in present}
    kept_ids = {row.get(ROW_ID) for row in wanted}
    gone = [row for row in present if row[ROW_ID] not in kept_ids]
    found: list[Row] = []
    for row in wanted:
        held = before.get(row.get(ROW_ID, "")) or _taken_out(gone, row)
        if held is None:
            found.append(_content(row))
            continue
        kept = {**row, ROW_ID: held[ROW_ID]}
        for column in field.columns:
            value = held.get(column.key)
            if value is not None and _normal(column, value) == row.get(column.key):
                kept[column.key] = value
        found.append(kept)
    return found


def _taken_out(rows: list[Row], wanted: Row) -> Row | None:
    """The row of some that says the same as one that is wanted; it is among them no more."""
    for row in rows:
        if _content(row) == _content(wanted):
            rows.remove(row)
            return row
    return None


def _content(row: Row) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != ROW_ID}


def _normal(column: Field, value: Any) -> Any:
    try:
        return column.check(value)
    except BadValue:
        return value


def _write_family(desk: "Desk", change: "Recorder", card_id: int, wanted: Sequence[Row]) -> None:
    """Make a person's family be these rows, in their order."""
    writer = FamilyWriter(desk, change)
    left = {str(row.id): row for row in desk.family.of(card_id)}
    columns = {column.key for field in _of_family() for column in field.columns}
    order: list[int] = []
    for row in wanted:
        held = left.pop(row.get(ROW_ID, ""), None)
        said: dict[str, Any] = {key: row.get(key) for key in columns}
        said["name"] = said.get("name") or ""
        if held is None:
            order.append(writer.enter(card_id, FamilyValues(**said)))
        else:
            order.append(held.id)
            writer.rewrite(held, replace(held.values, **said))
    for gone in left.values():
        writer.erase(gone)
    writer.arrange(card_id, order)


def _of_family() -> Iterable[Field]:
    return (field for field in attached_fields("person").values() if field.source == "family")
