"""Rows that two people changed at once: in which row and column they contradict each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from store.forms.tables import ROW_ID

Row = Mapping[str, Any]
Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class RowClash:
    """One thing that both changed, and not alike."""

    row: str
    """The id of the row."""
    column: str
    """The key of the column; "" where one took the row away and the other changed it."""
    mine: Row | None
    """The whole row on each side; None where it was taken away."""
    theirs: Row | None


def row_clashes(
    base: Sequence[Row] | None, mine: Sequence[Row] | None, theirs: Sequence[Row] | None
) -> list[RowClash]:
    """Where two sides contradict each other, by the order of the rows before.

    Args:
        base: the rows from which both began.
        mine: the rows of one side.
        theirs: the rows of the other side.
    """
    before, here, there = (_by_id(rows) for rows in (base, mine, theirs))
    found: list[RowClash] = []
    for row_id in dict.fromkeys([*before, *here]):
        was, one, other = before.get(row_id), here.get(row_id), there.get(row_id)
        if one == other or was in (one, other):
            continue
        if one is None or other is None:
            found.append(RowClash(row_id, "", one, other))
            continue
        for key in dict.fromkeys([*one, *other, *(was or {})]):
            values = one.get(key), other.get(key)
            if values[0] != values[1] and (was or {}).get(key) not in values:
                found.append(RowClash(row_id, key, one, other))
    return found


def settle(
    base: Sequence[Row] | None, mine: Sequence[Row] | None, clash: RowClash, side: Side
) -> tuple[list[Row], list[Row]]:
    """The rows before and those of one side, so that they contradict the others no more there.

    What one side chose to keep counts as changed after the other side wrote, and what it gave up
    as never changed.
    """
    before, here = list(base or ()), list(mine or ())
    if side == "mine":
        return _with(before, clash, clash.theirs), here
    return before, _with(here, clash, clash.theirs)


def _with(rows: Sequence[Row], clash: RowClash, theirs: Row | None) -> list[Row]:
    """Rows with that of the other side, or its column, in its place."""
    known = {row.get(ROW_ID) for row in rows}
    found: list[Row] = []
    for row in rows:
        if row.get(ROW_ID) != clash.row:
            found.append(row)
        elif theirs is not None and not clash.column:
            found.append(theirs)
        elif theirs is not None:
            changed = {**row, clash.column: theirs.get(clash.column)}
            found.append({key: value for key, value in changed.items() if value is not None})
    if clash.row not in known and theirs is not None:
        found.append(theirs)
    return found


def _by_id(rows: Sequence[Row] | None) -> dict[str, Row]:
    return {row[ROW_ID]: row for row in rows or () if ROW_ID in row}
