"""Does what is derived still follow from the records?"""

from collections.abc import Callable, Iterator
from typing import Any

from store import derived
from store.clock import Clock
from store.models.base import database

INDEXES = {"search_card": "card", "search_interaction": "interaction"}
"""The search tables and the tables whose rows they find."""

SAMPLE = 2000
"""So many cards and talks are compared word by word, evenly spread over the box."""


Advance = Callable[[int, int], None]
"""Told how much is compared, and of how much."""


def _tell_nobody(_done: int, _whole: int) -> None:
    """Nobody watches."""


def inner_trouble() -> dict[str, str]:
    """What the search tables themselves complain of, by name; writes nothing.

    Raises:
        DatabaseError: the box cannot be written just now; the check needs a write lock.
    """
    from peewee import DatabaseError

    complaints = {}
    for name in INDEXES:
        try:
            with database.atomic():
                database.execute_sql(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")
        except DatabaseError as error:
            if "malformed" not in str(error):
                raise
            complaints[name] = str(error)
    return complaints


def missing() -> int:
    """Records that search does not find."""
    return sum(
        _number(
            f"SELECT count(*) FROM {table} WHERE trashed_at IS NULL "
            f"AND id NOT IN (SELECT rowid FROM {index})"
        )
        for index, table in INDEXES.items()
    )


def superfluous() -> int:
    """Documents of search without a record, or of one in the trash."""
    return sum(
        _number(
            f"SELECT count(*) FROM {index} WHERE rowid NOT IN "
            f"(SELECT id FROM {table} WHERE trashed_at IS NULL)"
        )
        for index, table in INDEXES.items()
    )


def differing_documents(clock: Clock, thorough: bool, advance: Advance = _tell_nobody) -> int:
    """Compared records whose search document says something else than they do."""
    count = 0
    for part in _samples("card", thorough, advance):
        wanted = {row[0]: row[1:] for row in derived.work_out_cards(part, clock).documents}
        count += _differing(wanted, "search_card", "name, organisation, title, contact, other")
    for part in _samples("interaction", thorough, advance):
        talks = {row[0]: row[1:] for row in derived.work_out_interactions(part)}
        count += _differing(talks, "search_interaction", "topic, words")
    return count


def differing_cards(clock: Clock, thorough: bool, advance: Advance = _tell_nobody) -> int:
    """Compared cards whose facts or list columns do not follow from the rest."""
    content = ", ".join(derived.LIST_COLUMNS)
    different: set[int] = set()
    for part in _samples("card", thorough, advance):
        worked_out = derived.work_out_cards(part, clock)
        marks = ",".join("?" * len(part))
        present = database.execute_sql(
            f"SELECT {content}, id FROM card WHERE id IN ({marks})", part
        )
        different |= _only_in_one(worked_out.columns, present)
        present = database.execute_sql(
            f"SELECT last_contact_at, next_on, next_step, id FROM card WHERE id IN ({marks})", part
        )
        different |= _only_in_one(derived.work_out_contact(part), present)
        present = database.execute_sql(
            f"SELECT key, value, card_id FROM card_fact WHERE card_id IN ({marks})", part
        )
        different |= _only_in_one(worked_out.facts, present)
    return len(different)


def _only_in_one(wanted: Any, present: Any) -> set[int]:
    """The ids, standing last, of rows that are not in both."""
    return {row[-1] for row in {tuple(row) for row in wanted} ^ {tuple(row) for row in present}}


def _differing(wanted: dict[int, tuple[Any, ...]], index: str, columns: str) -> int:
    """Documents that are there and say something else."""
    ids = list(wanted)
    cursor = database.execute_sql(
        f"SELECT rowid, {columns} FROM {index} WHERE rowid IN ({','.join('?' * len(ids))})", ids
    )
    return sum(wanted[row[0]] != tuple(row[1:]) for row in cursor)


def _samples(table: str, thorough: bool, advance: Advance) -> Iterator[list[int]]:
    ids = [row_id for (row_id,) in database.execute_sql(f"SELECT id FROM {table} ORDER BY id")]
    step = 1 if thorough else max(1, len(ids) // SAMPLE)
    chosen = ids[::step]
    for start in range(0, len(chosen), derived.CHUNK):
        advance(start, len(chosen))
        yield chosen[start : start + derived.CHUNK]


def _number(sql: str) -> int:
    return int(database.execute_sql(sql).fetchone()[0])
