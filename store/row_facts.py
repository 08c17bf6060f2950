"""Cards of which a row of a small table has a day in a span, by the facts that index it."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from store.json_text import read_json
from store.models.base import database
from store.search import visible_sql
from store.standing import foreign, sensitive_keys

if TYPE_CHECKING:
    from store.desk import Desk

Rows = list[Mapping[str, Any]]


class Holder(NamedTuple):
    """A card with the rows of one of its fields."""

    id: int
    number: str
    kind: str
    name: str
    organisation: str
    owner: str
    mine: bool
    rows: Rows


def holders(
    desk: "Desk",
    field: str,
    columns: tuple[str, ...],
    first: date,
    last: date,
    *,
    newest: bool,
    limit: int,
) -> list[Holder]:
    """The cards that the member sees with a row in a span of days, his own first.

    Args:
        field: a field of rows in the card's profile.
        columns: its indexed columns that hold a day; one of them in the span is enough.
        newest: the latest day first, else the earliest.
    """
    keys = [f"{field}.{column}" for column in columns]
    found = _holding(desk, keys, first, last, "max" if newest else "min")
    found.sort(key=lambda each: (each[1], each[0]), reverse=newest)
    found.sort(key=lambda each: not each[2])
    mine = {card_id: is_mine for card_id, _day, is_mine in found[:limit]}
    marks = ",".join("?" * len(mine))
    cursor = database.execute_sql(
        "SELECT card.id, card.number, card.kind, card.name, card.organisation_name, member.name, "
        "json_extract(card.profile, ?) FROM card JOIN member ON member.id = card.owner_id "
        f"WHERE card.id IN ({marks})",
        [f"$.{field}", *mine],
    )
    by_id = {
        card_id: Holder._make(
            [card_id, *about, mine[card_id], rows_in(read_json(rows) if rows else None)]
        )
        for card_id, *about, rows in cursor.fetchall()
    }
    held = [by_id[card_id] for card_id in mine]
    secret = [holder.id for holder in held if field in sensitive_keys(holder.kind)]
    hidden = foreign(desk, secret)
    return [holder for holder in held if holder.id not in hidden]


def _holding(
    desk: "Desk", keys: list[str], first: date, last: date, which: str
) -> list[tuple[int, str, bool]]:
    """The cards with a fact of these keys in a span: id, the min or max of such days, whether
    they are the member's.
    """
    condition = "card.trashed_at IS NULL"
    parameters: list[Any] = [desk.member.id, *keys, first.isoformat(), last.isoformat()]
    visible = visible_sql(desk)
    if visible is not None:
        condition += f" AND {visible[0]}"
        parameters.extend(visible[1])
    cursor = database.execute_sql(
        f"SELECT card.id, {which}(fact.value), card.owner_id = ? "
        "FROM card_fact AS fact CROSS JOIN card ON card.id = fact.card_id "
        f"WHERE fact.key IN ({','.join('?' * len(keys))}) AND fact.value >= ? "
        f"AND fact.value <= ? AND {condition} GROUP BY card.id",
        parameters,
    )
    return [(card_id, day, bool(mine)) for card_id, day, mine in cursor.fetchall()]


def rows_in(value: Any) -> Rows:
    """The rows of a value; what is no row is left out."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def day_in(row: Mapping[str, Any], column: str) -> date | None:
    """The day in a column of a row; None for a blank, or for what is no day."""
    try:
        return date.fromisoformat(str(row.get(column)))
    except ValueError:
        return None


def text_in(row: Mapping[str, Any], column: str) -> str:
    """The text in a column of a row, on one line; "" for a blank."""
    value = row.get(column)
    return "" if value is None else " ".join(str(value).split())
