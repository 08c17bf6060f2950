"""What follows from records: search documents, facts, and the columns that lists show.

It is worked out in the transaction that changes the records, and again by `rebuild`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from store import rows
from store.card_document import card_document, card_facts
from store.card_values import load_records
from store.clock import Clock
from store.forms.completeness import percent
from store.forms.declaration import load_form
from store.merged_numbers import merged_numbers
from store.models.base import database
from store.models.cards import Card, CardFact
from store.models.interactions import Interaction
from store.pinyin import sort_key
from store.review import is_key, periods, review_due
from store.rows_known import rows_known
from store.tokens import document

PHONES = ("mobile", "work_phone", "home_phone")
"""Kinds of phone, the first present one is shown in lists."""

LIST_COLUMNS = (
    "sort_key",
    "organisation_name",
    "title",
    "phone",
    "review_due_on",
    "completeness",
)
"""Columns of a card that follow from its content; `work_out_contact` gives three more."""

TALK_WORDS = (
    "minutes",
    "words",
    "purpose",
    "insight",
    "feedback",
    "agreed",
    "services",
    "gifts",
    "verdict",
    "place",
    "next_purpose",
)
"""Columns of a talk that search looks into beside the topic."""

REACHED = (
    "SELECT card_id, max(at) FROM interaction "
    "WHERE trashed_at IS NULL AND reached AND card_id IN ({cards}) GROUP BY card_id"
)
REACHED_WITH_OTHERS = (
    # By the cards, and not by walking all talks in use to see which have further cards.
    "SELECT link.card_id, max(talk.at) FROM interaction_card AS link JOIN interaction AS talk "
    "NOT INDEXED ON talk.id = link.interaction_id WHERE talk.trashed_at IS NULL "
    "AND talk.reached AND link.card_id IN ({cards}) GROUP BY link.card_id"
)

REACHED_THERE = (
    "SELECT link.organisation_id, max(person.last_contact_at) FROM affiliation AS link "
    "JOIN card AS person ON person.id = link.person_id "
    "JOIN card AS house ON house.id = link.organisation_id "
    "WHERE link.organisation_id IN ({cards}) AND link.until IS NULL "
    "AND person.trashed_at IS NULL AND person.owner_id = house.owner_id "
    "AND person.last_contact_at >= coalesce(link.since, '') GROUP BY link.organisation_id"
)
"""When somebody was reached who works at an organisation now, since he came there.

Only people of the same owner count, as in `store.rows_known`: no day tells of others.
"""

CHUNK = 500
"""Cards worked on at a time."""


def touch_cards(card_ids: Collection[int], now: datetime, member: int) -> None:
    """Raise the version of cards that changed and note by whom."""
    for part in _parts(card_ids):
        Card.update(version=Card.version + 1, updated_at=now, updated_by=member).where(
            Card.id.in_(part)
        ).execute()


def refresh(
    cards: Collection[int],
    surroundings: Collection[int],
    interactions: Collection[int],
    clock: Clock,
    advance: Callable[[int], None] = lambda _count: None,
    houses: Collection[int] = (),
    movers: Collection[int] = (),
) -> None:
    """Bring everything derived up to date.

    Args:
        cards: cards whose content changed.
        surroundings: cards whose talks or to-dos changed.
        interactions: interactions that changed.
        advance: told how many cards are done with.
        houses: organisations where somebody came, or left.
        movers: cards that have another owner, or went into the trash or out of it.
    """
    whole = set(cards) | _people_of(cards) if cards else set()
    refresh_cards(whole, clock, advance)
    staffed = set(houses) | _houses_of(movers)
    refresh_completeness(staffed - whole)
    met = set(surroundings) | _partners_in(interactions)
    refresh_contact((met - set(cards)) | staffed | _houses_of(met))
    if interactions:
        refresh_interactions(interactions)


def _parts(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _marks(ids: list[int]) -> str:
    """Placeholders for so many ids."""
    return ",".join([database.param] * len(ids))


def _people_of(cards: Collection[int]) -> set[int]:
    """The people at organisations among these cards: their lists name the organisation."""
    people: set[int] = set()
    for part in _parts(cards):
        found = database.execute_sql(
            f"SELECT person_id FROM affiliation WHERE organisation_id IN ({_marks(part)})", part
        )
        people.update(person for (person,) in found)
    return people


def _houses_of(cards: Collection[int]) -> set[int]:
    """The organisations where the people among these cards work now."""
    houses: set[int] = set()
    for part in _parts(cards):
        found = database.execute_sql(
            "SELECT organisation_id FROM affiliation "
            f"WHERE until IS NULL AND person_id IN ({_marks(part)})",
            part,
        )
        houses.update(house for (house,) in found)
    return houses


def _organisations_in(cards: Collection[int]) -> set[int]:
    """The organisations among these cards."""
    found: set[int] = set()
    for part in _parts(cards):
        asked = f"SELECT id FROM card WHERE kind = 'organisation' AND id IN ({_marks(part)})"
        found.update(house for (house,) in database.execute_sql(asked, part))
    return found


def _partners_in(interactions: Collection[int]) -> set[int]:
    """The further cards that took part in these interactions."""
    partners: set[int] = set()
    for part in _parts(interactions):
        found = database.execute_sql(
            f"SELECT card_id FROM interaction_card WHERE interaction_id IN ({_marks(part)})", part
        )
        partners.update(card for (card,) in found)
    return partners


@dataclass(slots=True)
class WorkedOut:
    """What follows from some cards, as it is written."""

    documents: list[tuple[Any, ...]] = field(default_factory=list)
    """Of each card that is not in the trash: id and search columns."""
    facts: list[tuple[str, str, int]] = field(default_factory=list)
    """Key and value of indexed fields, and the card's id."""
    columns: list[tuple[Any, ...]] = field(default_factory=list)
    """Of each card: the columns of `LIST_COLUMNS`, then its id."""


def list_columns(
    kind: str, values: Mapping[str, Any], organisation: str, due: date
) -> tuple[Any, ...]:
    """The columns of `LIST_COLUMNS` that follow from a card's values.

    Args:
        values: with those that stand for rows of their own (`store.rows_known`).
        organisation: the name of the organisation where somebody works.
        due: the day on which the card falls due for revision (`store.review`).
    """
    return (
        sort_key(values.get("name", "")),
        organisation,
        values.get("title", ""),
        _preferred_phone(values),
        due.isoformat(),
        percent(load_form(kind), values),
    )


def work_out_cards(card_ids: list[int], clock: Clock) -> WorkedOut:
    """Search documents, facts, sort keys, completeness and the list columns of a few cards."""
    worked_out = WorkedOut()
    led_here = merged_numbers(card_ids)
    risks, months = _risks(card_ids), periods()
    known = rows_known(card_ids)
    for record in load_records(card_ids).values():
        values = record.values
        house = record.linked.get(values.get("organisation", ""), "")
        updated = clock.local(record.updated_at).date()
        numbers = " ".join([record.number, *led_here.get(record.id, ())])
        risk, chosen = risks[record.id]
        due = review_due(updated, is_key(values.get("importance"), risk), months, chosen)
        asked = {**values, **known.get(record.id, {})}
        worked_out.columns.append((*list_columns(record.kind, asked, house, due), record.id))
        _add_search(
            worked_out,
            (record.kind, record.id, numbers, values, record.extras, house),
            record.trashed,
        )
    return worked_out


def _risks(card_ids: list[int]) -> dict[int, tuple[bool, date | None]]:
    """Whether cards are on the risk list, and the day that was chosen for their revision."""
    cursor = database.execute_sql(
        f"SELECT id, risk, review_on FROM card WHERE id IN ({_marks(card_ids)})", card_ids
    )
    return {
        card: (bool(risk), date.fromisoformat(chosen) if chosen else None)
        for card, risk, chosen in cursor.fetchall()
    }


Searched = tuple[str, int, str, Mapping[str, Any], Sequence[Sequence[str]], str]
"""A card as search takes it: kind, id, number (with those that lead to it), values, extras, and
where somebody works."""


def _add_search(worked_out: WorkedOut, card: Searched, trashed: bool = False) -> None:
    kind, card_id, number, values, extras, house = card
    form = load_form(kind)
    if not trashed:
        document = card_document(form, number, values, extras, house)
        worked_out.documents.append((card_id, *document))
    worked_out.facts.extend((*fact, card_id) for fact in card_facts(form, values))


def enter_cards(cards: Iterable[Searched]) -> None:
    """Write what search finds new cards by."""
    worked_out = WorkedOut()
    for card in cards:
        _add_search(worked_out, card)
    _write_search(worked_out)


def _write_search(worked_out: WorkedOut) -> None:
    cursor = database.cursor()
    cursor.executemany(
        "INSERT INTO search_card(rowid, name, organisation, title, contact, other) "
        "VALUES (?,?,?,?,?,?)",
        worked_out.documents,
    )
    cursor.executemany(
        "INSERT INTO card_fact(key, value, card_id) VALUES (?,?,?)",
        worked_out.facts,
    )


def refresh_cards(
    card_ids: Collection[int],
    clock: Clock,
    advance: Callable[[int], None] = lambda _count: None,
) -> None:
    """Write anew what `work_out_cards` and `work_out_contact` give."""
    for part in _parts(card_ids):
        database.execute_sql(f"DELETE FROM search_card WHERE rowid IN ({_marks(part)})", part)
        CardFact.delete().where(CardFact.card.in_(part)).execute()
        worked_out = work_out_cards(part, clock)
        database.cursor().executemany(
            f"UPDATE card SET {', '.join(f'{name}=?' for name in LIST_COLUMNS)} WHERE id=?",
            worked_out.columns,
        )
        _write_search(worked_out)
        advance(len(part))
    refresh_contact(card_ids)


def refresh_completeness(card_ids: Collection[int]) -> None:
    """Write anew how complete some cards are, whose rows alone have changed."""
    for part in _parts(card_ids):
        known = rows_known(part)
        database.cursor().executemany(
            "UPDATE card SET completeness=? WHERE id=?",
            [
                (
                    percent(load_form(record.kind), {**record.values, **known.get(card, {})}),
                    card,
                )
                for card, record in load_records(part).items()
            ],
        )


def _preferred_phone(values: Mapping[str, Any]) -> str:
    for kind in PHONES:
        entries = values.get(kind)
        if entries:
            return str(entries[0]["value"] if isinstance(entries, list) else entries)
    return ""


def refresh_contact(card_ids: Collection[int]) -> None:
    """Write anew what `work_out_contact` gives; organisations last, which follow their people."""
    houses = _organisations_in(card_ids)
    for several in (set(card_ids) - houses, houses):
        for part in _parts(several):
            database.cursor().executemany(
                "UPDATE card SET last_contact_at=?, next_on=?, next_step=? WHERE id=?",
                work_out_contact(part),
            )


def work_out_contact(card_ids: list[int]) -> list[tuple[Any, ...]]:
    """When a few cards were last in contact, and what is next; each with its id.

    Only who was reached was in contact; what is next, an attempt says as well. An organisation
    was in contact when somebody who works there was.
    """
    marks = _marks(card_ids)
    planned: dict[int, tuple[str, str | None, str | None]] = {
        card: (at, next_on, purpose)
        for card, at, next_on, purpose in database.execute_sql(
            "SELECT card_id, max(at), next_on, next_purpose FROM interaction "
            f"WHERE trashed_at IS NULL AND card_id IN ({marks}) GROUP BY card_id",
            card_ids,
        )
    }
    reached: dict[int, str] = {}
    for statement in (REACHED, REACHED_WITH_OTHERS, REACHED_THERE):
        for card, at in database.execute_sql(statement.format(cards=marks), card_ids):
            reached[card] = max(at, reached.get(card, ""))
    promised: dict[int, tuple[str | None, str]] = {}
    for card, due, title in database.execute_sql(
        "SELECT card_id, due_on, title FROM todo WHERE done_at IS NULL AND trashed_at IS NULL "
        f"AND side = 'ours' AND card_id IN ({marks}) ORDER BY due_on IS NULL, due_on, id",
        card_ids,
    ):
        promised.setdefault(card, (due, title))
    return [
        (
            reached.get(card),
            *_next_step(planned.get(card), promised.get(card)),
            card,
        )
        for card in card_ids
    ]


def _next_step(
    last: tuple[str, str | None, str | None] | None, promised: tuple[str | None, str] | None
) -> tuple[str | None, str]:
    """The earlier of the next contact that the last talk set and the first open to-do."""
    contact = (last[1], last[2] or "") if last is not None and last[1] else None
    if contact is None:
        return promised or (None, "")
    if promised is not None and (promised[0] or "9999") <= (contact[0] or ""):
        return promised
    return contact


def refresh_interactions(ids: Collection[int]) -> None:
    """Write anew what `work_out_interactions` gives."""
    for part in _parts(ids):
        database.execute_sql(
            f"DELETE FROM search_interaction WHERE rowid IN ({_marks(part)})", part
        )
        database.cursor().executemany(
            "INSERT INTO search_interaction(rowid, topic, words) VALUES (?,?,?)",
            work_out_interactions(part),
        )


def work_out_interactions(ids: list[int]) -> list[tuple[int, str, str]]:
    """The search documents of those of a few interactions that are not in the trash."""
    documents: list[tuple[int, str, str]] = []
    for talk in rows.fetch(Interaction, ids).values():
        if talk["trashed_at"] is None:
            words = " ".join(talk[column] for column in TALK_WORDS if talk[column])
            topic = document(talk["topic"], "name") if talk["topic"] else ""
            documents.append((talk["id"], topic, document(words, "words")))
    return documents


def rebuild(clock: Clock, progress: Callable[[int], None] | None = None) -> None:
    """Work out everything anew, for a box whose search index disagrees with its cards."""
    database.execute_sql("DELETE FROM search_interaction")
    rebuild_cards(clock, progress)
    refresh_interactions([talk for (talk,) in rows.tuples(Interaction.select(Interaction.id))])


def rebuild_cards(clock: Clock, progress: Callable[[int], None] | None = None) -> None:
    """Work out anew what follows from the cards, as after their forms have changed."""
    database.execute_sql("DELETE FROM search_card")
    ids = [card for (card,) in rows.tuples(Card.select(Card.id))]
    done = 0
    for part in _parts(ids):
        refresh_cards(part, clock)
        done += len(part)
        if progress is not None:
            progress(done)
    # Some of their people may have come after them.
    refresh_contact(_organisations_in(ids))
