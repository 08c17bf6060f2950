"""Talks, to-dos and coming dates as JSON for scripts; keys as the command line gives them."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from store.exchange.record_tables import chosen_dates, chosen_talks, chosen_todos
from store.records.cards import CardQuery
from store.records.todos import TodoRow
from store.talk_values import COLUMNS

if TYPE_CHECKING:
    from store.desk import Desk


def write(stream: BinaryIO, records: Iterable[Mapping[str, Any]]) -> int:
    """Write a list, one record a line; gives how many."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=True)
    count = 0
    text.write("[")
    for record in records:
        text.write(",\n" if count else "\n")
        text.write(json.dumps(record, ensure_ascii=False))
        count += 1
    text.write("\n]\n")
    text.detach()
    return count


def talks(desk: "Desk", query: CardQuery) -> Iterator[Mapping[str, Any]]:
    """The talks with chosen cards; what was not said is left out."""
    for talk in chosen_talks(desk, query):
        said = {key: talk.values[key] for key in COLUMNS if talk.values[key] is not None}
        yield {
            "id": talk.id,
            "card": talk.number,
            "name": talk.name,
            "member": talk.member,
            "at": talk.at.isoformat(),
            **said,
            "others": list(talk.others),
        }


def todos(desk: "Desk", query: CardQuery) -> Iterator[Mapping[str, Any]]:
    """The to-dos that concern the member, done ones too."""
    for row in chosen_todos(desk, query):
        yield {
            "id": row.id,
            "title": row.title,
            "note": row.note,
            "important": row.important,
            "urgent": row.urgent,
            "quadrant": row.quadrant,
            "due": _due(row),
            "repeat": row.repeat,
            "card": row.card_number,
            "name": row.card_name,
            "side": row.side,
            "owner": row.owner,
            "tags": list(row.tags),
            "done": row.done_at is not None,
            "done_at": row.done_at and desk.store.clock.local(row.done_at).isoformat(),
        }


def _due(row: TodoRow) -> str | None:
    """The day, with the time where one was said."""
    if row.due_on is None:
        return None
    return row.due_on.isoformat() + (f"T{row.due_time:%H:%M}" if row.due_time else "")


def dates(desk: "Desk", query: CardQuery, days: int) -> Iterator[Mapping[str, Any]]:
    """The yearly dates that come within so many days."""
    for row in chosen_dates(desk, query, days):
        yield {
            "card": row.number,
            "name": row.name,
            "who": row.who,
            "occasion": row.occasion,
            "note": row.note,
            "stored": row.stored,
            "date": row.date.isoformat(),
            "days": row.days,
            "age": row.age,
            "nominal_age": row.nominal_age,
        }
