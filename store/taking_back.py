"""Taking back changes of the trail, as far as nothing newer stands on them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from store import labels, rows
from store.card_values import COLUMN_OF, REFERRER_KEY
from store.errors import NotAllowed, NotFound
from store.forms.declaration import load_form
from store.models.base import Table, database
from store.models.tables import TRAILED
from store.models.trail import Change
from store.recorder import Recorder, noted
from store.search import visible_sql

from peewee import ForeignKeyField, IntegrityError  # isort: skip

if TYPE_CHECKING:
    from store.desk import Desk

KEY_OF = {
    **{column: key for key, column in COLUMN_OF.items()},
    "referrer_card_id": REFERRER_KEY,
    "referrer_name": REFERRER_KEY,
}
"""Form keys of columns that have another name."""


def take_back_all(
    desk: "Desk", recorder: Recorder, changes: Iterable[Change], *, trusted: bool = False
) -> Iterator[list[str]]:
    """Take changes back, the newest first; gives for each what had to be left.

    An import writes thousands of records of a table one after the other. As long as nothing
    newer stands on them they go, or come back, a few hundred at a time.

    Args:
        trusted: whether it was asked already if the member may take all of it back, also what
            stands on cards that he does not see.
    """
    for (name, is_new, is_gone), run in groupby(changes, key=_sort_of):
        table = TRAILED[name]
        several = list(run)
        for start in range(0, len(several), rows.CHUNK):
            part = several[start : start + rows.CHUNK]
            settled: set[int] = set()
            if len(part) > 1 and is_new:
                settled = _take_away_many(desk, recorder, table, part, trusted)
            elif len(part) > 1 and is_gone:
                settled = _put_back_many(desk, recorder, table, part, trusted)
            for change in part:
                yield [] if change.id in settled else take_back(desk, recorder, change, trusted)


def _sort_of(change: Change) -> tuple[str, bool, bool]:
    """The table, and whether the change made the record or took it away."""
    return change.table, not change.before, not change.after


def _take_away_many(
    desk: "Desk",
    recorder: Recorder,
    table: type[Table],
    changes: Sequence[Change],
    trusted: bool,
) -> set[int]:
    """Undo new records that nobody changed or named since; gives the changes that are settled."""
    present = rows.fetch(table, [change.row for change in changes])
    held = _held_among(table, list(present))
    unseen = set() if trusted else unseen_cards(desk, changes)
    alone = {
        change.id: present[change.row]
        for change in changes
        if change.row in present
        and change.row not in held
        and change.card not in unseen
        and noted(table, present[change.row]) == json.loads(change.after)
    }
    gone = _allowed(recorder, lambda: recorder.delete_many(table, list(alone.values())))
    return set(alone) if gone else set()


def _put_back_many(
    desk: "Desk",
    recorder: Recorder,
    table: type[Table],
    changes: Sequence[Change],
    trusted: bool,
) -> set[int]:
    """Write records again that were taken away; gives the changes that are settled."""
    present = rows.fetch(table, [change.row for change in changes])
    unseen = set() if trusted else unseen_cards(desk, changes)
    missing = {
        change.id: change
        for change in changes
        if change.row not in present and change.card not in unseen
    }
    befores = [json.loads(change.before) for change in missing.values()]
    back = _allowed(recorder, lambda: recorder.put_back_many(table, befores))
    return set(missing) if back else set()


def unseen_cards(desk: "Desk", changes: Sequence[Change]) -> set[int]:
    """The cards of a few changes that the member does not see; one that is gone hides nothing."""
    visible = visible_sql(desk)
    if visible is None:
        return set()
    cards = sorted({change.card for change in changes if change.card is not None})
    marks = ",".join([database.param] * len(cards))
    cursor = database.execute_sql(
        f"SELECT card.id FROM card WHERE card.id IN ({marks}) AND NOT {visible[0]}",
        [*cards, *visible[1]],
    )
    return {card for (card,) in cursor.fetchall()}


def _held_among(table: type[Table], ids: Sequence[int]) -> set[int]:
    """Those of a few records that other records name."""
    marks = ",".join([database.param] * len(ids))
    held: set[int] = set()
    for name, column in _named_by(table):
        cursor = database.execute_sql(
            f'SELECT {column} FROM "{name}" WHERE {column} IN ({marks})', list(ids)
        )
        held.update(row_id for (row_id,) in cursor.fetchall())
    return held


def take_back(desk: "Desk", recorder: Recorder, change: Change, trusted: bool = False) -> list[str]:
    """Make a record what it was before a change; what had to be left is told in words.

    A field goes back as long as it has the value that the change gave it. Nothing goes back on a
    card that the member does not see any more.
    """
    table = TRAILED[change.table]
    before: dict[str, Any] | None = json.loads(change.before) if change.before else None
    after: dict[str, Any] | None = json.loads(change.after) if change.after else None
    present = rows.fetch(table, [change.row]).get(change.row)
    if not (trusted or _sees(desk, change)):
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
    if change.table == "todo" and present["done_at"] is not None and "done_at" not in after:
        same.pop("owner_id", None)  # what is done stays with whoever did it
    if not _allowed(recorder, lambda: recorder.restore(table, present, same)):
        same = {}
    left = [_told(change, present, key) for key in after if key not in same]
    return list(dict.fromkeys(left))


def _sees(desk: "Desk", change: Change) -> bool:
    """Whether the member sees the card of a change; one that is gone hides nothing.

    A remark is its writer's and its reader's whether they see the card or not, and a request to
    see it is whose it is all the more.
    """
    if change.card is None or change.table in ("remark", "loan") or desk.visible() is None:
        return True
    from store.models.cards import Card

    try:
        desk.cards.check_visible(change.card)
    except NotFound:
        return not rows.fetch(Card, [change.card])
    return True


def _allowed(recorder: Recorder, action: Callable[[], object]) -> bool:
    """Do something; False, and nothing done, where it names records that are gone, or where the
    member has no right to it any more.
    """
    try:
        with recorder.desk.store.savepoint():
            action()
    except (IntegrityError, sqlite3.IntegrityError, NotAllowed):
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
    trashed = {"trashed_at": recorder.now}
    return _allowed(recorder, lambda: recorder.update(table, change.row, trashed))


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
