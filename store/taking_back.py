"""Taking back one change of the trail, as far as nothing newer stands on it."""

import json
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from store import labels, rows
from store.card_values import COLUMN_OF, REFERRER_KEY
from store.errors import NotFound
from store.forms.declaration import load_form
from store.models.base import Table, database
from store.models.tables import TRAILED
from store.models.trail import Change
from store.recorder import Recorder, noted

from peewee import ForeignKeyField, IntegrityError  # isort: skip

if TYPE_CHECKING:
    from store.desk import Desk

KEY_OF = {
    **{column: key for key, column in COLUMN_OF.items()},
    "referrer_card_id": REFERRER_KEY,
    "referrer_name": REFERRER_KEY,
}
"""Form keys of columns that have another name."""


def take_back(desk: "Desk", recorder: Recorder, change: Change) -> list[str]:
    """Make a record what it was before a change; what had to be left is told in words.

    A field goes back as long as it has the value that the change gave it. Nothing goes back on a
    card that the member does not see any more.
    """
    table = TRAILED[change.table]
    before: dict[str, Any] | None = json.loads(change.before) if change.before else None
    after: dict[str, Any] | None = json.loads(change.after) if change.after else None
    present = rows.fetch(table, [change.row]).get(change.row)
    if not _sees(desk, change):
        return [labels.table(change.table)]
    if before is None:
        gone = present is None or _take_away(recorder, change, present, after)
        return [] if gone else [_told(change, present)]
    if after is None:
        back = present is None and _allowed(recorder, lambda: recorder.put_back(table, before))
        return [] if back else [_told(change, present)]
    if present is None:
        return [_told(change, present)]
    wide = rows.flat(table, present)
    same = {key: before.get(key) for key in after if wide.get(key) == after[key]}
    if not _allowed(recorder, lambda: recorder.restore(table, present, same)):
        same = {}
    left = [_told(change, present, key) for key in after if key not in same]
    return list(dict.fromkeys(left))


def _sees(desk: "Desk", change: Change) -> bool:
    """Whether the member sees the card of a change; one that is gone hides nothing."""
    if change.card is None or desk.visible() is None:
        return True
    from store.models.cards import Card

    try:
        desk.cards.check_visible(change.card)
    except NotFound:
        return not rows.fetch(Card, [change.card])
    return True


def _allowed(recorder: Recorder, action: Callable[[], object]) -> bool:
    """Do something; False, and nothing done, where it names records that are gone."""
    try:
        with recorder.desk.store.savepoint():
            action()
    except (IntegrityError, sqlite3.IntegrityError):
        return False
    return True


def _take_away(
    recorder: Recorder, change: Change, present: rows.Row, after: dict[str, Any] | None
) -> bool:
    """Undo a new record: away with it, or into the trash where others hold on to it."""
    table = TRAILED[change.table]
    if noted(table, present) == after and not _held(table, change.row):
        return _allowed(recorder, lambda: recorder.delete(table, change.row))
    if present.get("trashed_at", "") is not None:
        return False
    return recorder.update(table, change.row, {"trashed_at": recorder.now})


def _held(table: type[Table], row_id: int) -> bool:
    """Whether other records name this one."""
    columns = _named_by(table)
    if not columns:
        return False
    mark = database.param
    named = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{name}" WHERE {column} = {mark})' for name, column in columns
    )
    return bool(database.execute_sql(f"SELECT {named}", [row_id] * len(columns)).fetchone()[0])


@cache
def _named_by(table: type[Table]) -> tuple[tuple[str, str], ...]:
    """Tables and columns that name records of a table."""
    return tuple(
        (name, column)
        for name, other in TRAILED.items()
        for column, field in other._meta.columns.items()
        if isinstance(field, ForeignKeyField) and field.rel_model is table
    )


def _told(change: Change, present: rows.Row | None, column: str = "") -> str:
    """What an undo left as it is, in words: the card's field, or the kind of record."""
    title = labels.table(change.table)
    if change.table != "card" or present is None:
        return title
    form = load_form(present["kind"])
    plain = column.removeprefix("profile.")
    key = plain if plain in form else KEY_OF.get(plain, "")
    return f"{present['name']}: {form.field(key).title if key in form else title}"
