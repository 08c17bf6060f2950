"""What follows from records: search documents, facts, and the columns that lists show.

It is worked out in the transaction that changes the records, and again by `rebuild`.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from store import rows
from store.clock import Clock
from store.models.base import database
from store.models.cards import Affiliation, Card, CardFact
from store.models.interactions import Interaction

PHONES = ("mobile", "work_phone", "home_phone")
"""Kinds of phone, the first present one is shown in lists."""

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
) -> None:
    """Bring everything derived up to date.

    Args:
        cards: cards whose content changed.
        surroundings: cards whose talks or to-dos changed.
        interactions: interactions that changed.
    """
    if cards:
        refresh_cards(set(cards) | _people_of(cards), clock)
    refresh_contact(set(surroundings) - set(cards))
    if interactions:
        refresh_interactions(interactions)


def _parts(ids: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _people_of(cards: Collection[int]) -> set[int]:
    """The people at organisations among these cards: their lists name the organisation."""
    people: set[int] = set()
    for part in _parts(cards):
        query = Affiliation.select(Affiliation.person).where(Affiliation.organisation.in_(part))
        people.update(person for (person,) in rows.tuples(query))
    return people


def refresh_cards(card_ids: Collection[int], clock: Clock) -> None:
    """Search documents, facts, sort keys, completeness and the list columns of cards."""
    from store.card_document import card_document, card_facts
    from store.card_values import load_records
    from store.forms.completeness import completeness
    from store.forms.declaration import load_form
    from store.pinyin import sort_key
    from store.review import review_due

    for part in _parts(card_ids):
        database.execute_sql(
            f"DELETE FROM search_card WHERE rowid IN ({','.join('?' * len(part))})", part
        )
        CardFact.delete().where(CardFact.card.in_(part)).execute()
        documents: list[tuple[Any, ...]] = []
        facts: list[dict[str, Any]] = []
        columns: list[tuple[Any, ...]] = []
        for record in load_records(part).values():
            values = record.values
            organisation = record.linked.get(values.get("organisation", ""), "")
            form = load_form(record.kind)
            columns.append(
                (
                    sort_key(record.name),
                    organisation,
                    values.get("title", ""),
                    _preferred_phone(values),
                    review_due(
                        clock.local(record.updated_at).date(), values.get("importance")
                    ).isoformat(),
                    completeness(form, values).percent,
                    record.id,
                )
            )
            if not record.trashed:
                documents.append((record.id, *card_document(form, record, organisation)))
            facts.extend(card_facts(form, record))
        cursor = database.cursor()
        cursor.executemany(
            "UPDATE card SET sort_key=?, organisation_name=?, title=?, phone=?, review_due_on=?, "
            "completeness=? WHERE id=?",
            columns,
        )
        cursor.executemany(
            "INSERT INTO search_card(rowid, name, organisation, title, contact, other) "
            "VALUES (?,?,?,?,?,?)",
            documents,
        )
        cursor.executemany(
            "INSERT INTO card_fact(card_id, key, value) VALUES (:card_id, :key, :value)", facts
        )
    refresh_contact(card_ids)


def _preferred_phone(values: dict[str, Any]) -> str:
    for kind in PHONES:
        entries = values.get(kind)
        if entries:
            return str(entries[0]["value"] if isinstance(entries, list) else entries)
    return ""


def refresh_contact(card_ids: Collection[int]) -> None:
    """When a card was last in contact, and what is next."""
    for part in _parts(card_ids):
        marks = ",".join("?" * len(part))
        last: dict[int, tuple[str, str | None, str | None]] = {
            card: (at, next_on, purpose)
            for card, at, next_on, purpose in database.execute_sql(
                "SELECT card_id, max(at), next_on, next_purpose FROM interaction "
                f"WHERE trashed_at IS NULL AND card_id IN ({marks}) GROUP BY card_id",
                part,
            )
        }
        for card, at in database.execute_sql(
            "SELECT link.card_id, max(talk.at) FROM interaction_card AS link "
            "JOIN interaction AS talk ON talk.id = link.interaction_id "
            f"WHERE talk.trashed_at IS NULL AND link.card_id IN ({marks}) GROUP BY link.card_id",
            part,
        ):
            known = last.get(card)
            if known is None or at > known[0]:
                last[card] = (at, *(known[1:] if known else (None, None)))
        promised: dict[int, tuple[str | None, str]] = {}
        for card, due, title in database.execute_sql(
            "SELECT card_id, due_on, title FROM todo WHERE done_at IS NULL AND trashed_at IS NULL "
            f"AND side = 'ours' AND card_id IN ({marks}) ORDER BY due_on IS NULL, due_on, id",
            part,
        ):
            promised.setdefault(card, (due, title))
        database.cursor().executemany(
            "UPDATE card SET last_contact_at=?, next_on=?, next_step=? WHERE id=?",
            [
                (
                    last[card][0] if card in last else None,
                    *_next_step(last.get(card), promised.get(card)),
                    card,
                )
                for card in part
            ],
        )


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
    """The search documents of interactions."""
    from store.tokens import document

    for part in _parts(ids):
        database.execute_sql(
            f"DELETE FROM search_interaction WHERE rowid IN ({','.join('?' * len(part))})", part
        )
        fresh = []
        query = Interaction.select().where(
            Interaction.id.in_(part) & Interaction.trashed_at.is_null()
        )
        for talk in query:
            words = (
                talk.minutes,
                talk.words,
                talk.purpose,
                talk.insight,
                talk.feedback,
                talk.agreed,
                talk.services,
                talk.gifts,
                talk.verdict,
                talk.place,
                talk.next_purpose,
            )
            topic = document(talk.topic, "name") if talk.topic else ""
            fresh.append((talk.id, topic, document(" ".join(w for w in words if w), "words")))
        database.cursor().executemany(
            "INSERT INTO search_interaction(rowid, topic, words) VALUES (?,?,?)", fresh
        )


def rebuild(clock: Clock, progress: Callable[[int], None] | None = None) -> None:
    """Work out everything anew, for a box whose search index disagrees with its cards."""
    database.execute_sql("DELETE FROM search_card")
    database.execute_sql("DELETE FROM search_interaction")
    ids = [card for (card,) in rows.tuples(Card.select(Card.id))]
    done = 0
    for part in _parts(ids):
        refresh_cards(part, clock)
        done += len(part)
        if progress is not None:
            progress(done)
    refresh_interactions([talk for (talk,) in rows.tuples(Interaction.select(Interaction.id))])
