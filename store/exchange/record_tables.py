"""Talks, to-dos and coming dates as tables, with the labels of their forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from store import labels, rows, talk_search
from store.exchange.chosen import CHUNK, chosen_cards
from store.forms.declaration import Field, load_form
from store.language import N_, _
from store.models.base import database
from store.models.interactions import Interaction
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.occasions import OccasionRow
from store.records.todos import TodoQuery, TodoRow

if TYPE_CHECKING:
    from store.desk import Desk

Table = tuple[Sequence[str], Iterator[Sequence[str]]]
"""Headings and rows."""

_CARD = (N_("Card number"), N_("Name"), N_("Organisation"))
_TALK_BESIDE = frozenset({"todos", "others"})
"""Fields of the talk's form that are no value of the talk itself."""

_DATES = (
    N_("Date"),
    N_("Days to go"),
    *_CARD,
    N_("Who"),
    N_("Relation"),
    N_("Occasion"),
    N_("Note"),
    N_("As it is kept"),
    N_("Age"),
    N_("Nominal age"),
)


def talks(desk: "Desk", query: CardQuery) -> Table:
    """The talks with chosen cards, the oldest first."""
    fields = [field for field in load_form("interaction").fields() if field.key not in _TALK_BESIDE]
    headings = [*map(_, _CARD), _("Member"), *(field.title for field in fields), _("With also")]
    return headings, (
        [
            talk.number,
            talk.name,
            talk.organisation,
            talk.member,
            *(_plain(field, talk.values.get(field.key)) for field in fields),
            _(", ").join(talk.others),
        ]
        for talk in chosen_talks(desk, query)
    )


@dataclass(frozen=True, slots=True)
class Talk:
    """A whole talk as it goes out."""

    id: int
    number: str
    name: str
    organisation: str
    member: str
    at: datetime
    values: dict[str, Any]
    """By the keys of the talk's form; columns as they are stored, `day` and `time` local."""
    others: tuple[str, ...]
    """Names of the further cards that the member sees."""


def chosen_talks(desk: "Desk", query: CardQuery) -> Iterator[Talk]:
    """The talks with chosen cards, the oldest first, a few at a time."""
    chosen = talk_search.select(desk, InteractionQuery())
    cursor = database.execute_sql(
        f"SELECT talk.id, talk.card_id FROM {chosen.source} WHERE {chosen.where} "
        "ORDER BY talk.at, talk.id",
        chosen.parameters,
    )
    cards = chosen_of(desk, query)
    ids = [talk for talk, card in cursor.fetchall() if cards is None or card in cards]
    members = dict(database.execute_sql("SELECT id, name FROM member").fetchall())
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = rows.fetch(Interaction, part)
        named = _named({row["card_id"] for row in found.values()})
        others = _others(desk, part)
        for talk in part:
            row = found[talk]
            at = desk.store.clock.local(datetime.fromisoformat(row["at"]).replace(tzinfo=UTC))
            values = {**row, "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}
            yield Talk(
                talk,
                *named[row["card_id"]],
                members.get(row["member_id"], ""),
                at,
                values,
                tuple(others.get(talk, ())),
            )


def chosen_of(desk: "Desk", query: CardQuery) -> frozenset[int] | None:
    """The cards that a query chooses; None where it chooses nothing and everything counts."""
    return None if query == CardQuery() else frozenset(chosen_cards(desk, query))


def _plain(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.type == "choice":
        value = str(value)
    elif field.type == "yes_no":
        value = bool(value)
    return field.plain(value)


def _named(card_ids: set[int]) -> dict[int, tuple[str, str, str]]:
    """Number, name and organisation of cards."""
    cursor = database.execute_sql(
        "SELECT id, number, name, organisation_name FROM card "
        f"WHERE id IN ({','.join('?' * len(card_ids))})",
        list(card_ids),
    )
    return {row_id: (number, name, house) for row_id, number, name, house in cursor.fetchall()}


def _others(desk: "Desk", talk_ids: Sequence[int]) -> dict[int, list[str]]:
    """The names of the further cards of talks, as far as the member sees them."""
    from store.search import visible_sql

    visible = visible_sql(desk)
    condition, parameters = ("1", []) if visible is None else visible
    cursor = database.execute_sql(
        "SELECT link.interaction_id, card.name FROM interaction_card AS link "
        f"JOIN card ON card.id = link.card_id AND {condition} "
        f"WHERE link.interaction_id IN ({','.join('?' * len(talk_ids))}) ORDER BY link.id",
        [*parameters, *talk_ids],
    )
    found: dict[int, list[str]] = {}
    for talk, name in cursor.fetchall():
        found.setdefault(talk, []).append(name)
    return found


def chosen_todos(desk: "Desk", query: CardQuery) -> Iterator[TodoRow]:
    """To-dos that concern the member, done ones too; of chosen cards where a query chooses."""
    cards = chosen_of(desk, query)
    for row in desk.todos.page(TodoQuery(everyone=True, done=True, side=None), 0, -1):
        if cards is None or row.card_id in cards:
            yield row


def todos(desk: "Desk", query: CardQuery) -> Table:
    """The to-dos, open ones first."""
    fields = [field for field in load_form("todo").fields() if field.key != "card"]
    headings = [*map(_, _CARD[:2]), *(field.title for field in fields), _("Done on")]
    return headings, (_todo_row(desk, row, fields) for row in chosen_todos(desk, query))


def _todo_row(desk: "Desk", row: TodoRow, fields: Sequence[Field]) -> Sequence[str]:
    values = {
        "title": row.title,
        "due_on": row.due_on and row.due_on.isoformat(),
        "due_time": row.due_time and f"{row.due_time:%H:%M}",
        "repeat": row.repeat,
        "important": row.important,
        "urgent": row.urgent,
        "side": row.side,
        "owner": row.owner,
        "tags": list(row.tags) or None,
        "note": row.note,
    }
    done = f"{desk.store.clock.local(row.done_at):%Y-%m-%d %H:%M}" if row.done_at else ""
    return [
        row.card_number or "",
        row.card_name or "",
        *(_plain(field, values.get(field.key)) for field in fields),
        done,
    ]


def chosen_dates(desk: "Desk", query: CardQuery, days: int) -> Iterator[OccasionRow]:
    """The yearly dates of chosen cards that come within so many days."""
    cards = chosen_of(desk, query)
    for row in desk.occasions.coming(days):
        if cards is None or row.card_id in cards:
            yield row


def dates(desk: "Desk", query: CardQuery, days: int) -> Table:
    """The yearly dates that come within so many days."""
    return [_(heading) for heading in _DATES], (
        [
            row.date.isoformat(),
            str(row.days),
            row.number,
            row.name,
            row.organisation,
            row.who,
            row.relation,
            labels.occasion(row.occasion),
            row.note,
            row.stored,
            "" if row.age is None else str(row.age),
            "" if row.nominal_age is None else str(row.nominal_age),
        ]
        for row in chosen_dates(desk, query, days)
    )
