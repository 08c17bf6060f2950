"""A box of the first schema becomes one of the second."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.doctor import examine
from store.errors import StorageTrouble
from store.models.base import database
from store.records.interactions import InteractionValues

BACK_TO_ONE = """
DROP INDEX card_id_number; DROP INDEX card_credit_code;
DELETE FROM schema_migration WHERE name LIKE '0002%';
UPDATE card SET last_contact_at = '2026-09-20 08:00:00' WHERE last_contact_at IS NOT NULL;
PRAGMA user_version = 1;
"""


def test_the_last_contact_is_reckoned_anew(tmp_path: Path, clock: Clock) -> None:
    box = tmp_path / "box.sqlite"
    store = open_store(box, clock)
    desk = store.desk()
    zhang = desk.cards.create("person", {"name": "张山", "id_number": "11010519491231002X"}).id
    li = desk.cards.create("person", {"name": "李四"}).id
    wang = desk.cards.create("person", {"name": "王五"}).id
    seen = InteractionValues(at=datetime(2026, 9, 1, tzinfo=UTC), others=(li,))
    missed = InteractionValues(at=datetime(2026, 9, 20, tzinfo=UTC), reached=False, others=(wang,))
    desk.interactions.log(zhang, seen)
    desk.interactions.log(zhang, missed)
    store.close()
    with closing(sqlite3.connect(box)) as connection:
        connection.executescript(BACK_TO_ONE)
        connection.execute(
            "UPDATE card SET last_contact_at = '2026-09-20 00:00:00' WHERE id = ?", [wang]
        )
        connection.commit()
    desk = open_store(box, clock).desk()
    first = datetime(2026, 9, 1, tzinfo=UTC)
    seen_last = {card: desk.cards.row(card).last_contact for card in (zhang, li, wang)}
    assert seen_last == {zhang: first, li: first, wang: None}
    assert examine(desk.store, thorough=True).ok
    desk.store.close()


def test_another_programs_file_is_no_older_box(tmp_path: Path, clock: Clock) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE bookmark (title TEXT)")
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(StorageTrouble, match="not a card box"):
        open_store(other, clock)
    assert not (tmp_path / "backups").exists()


def test_duplicates_are_found_without_a_walk_over_all_cards(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山", "organisation": "华强"})
    asked: list[str] = []
    connection = database.connection()
    connection.set_trace_callback(asked.append)
    values = {"name": "张山", "organisation": "华强", "mobile": "139", "email": "a@b.cn"}
    desk.cards.duplicates("person", {**values, "id_number": "11010519491231002X"})
    desk.cards.duplicates("organisation", {"name": "华强", "credit_code": "91110000600037341L"})
    connection.set_trace_callback(None)
    # The search index, which finds names in any spelling, asks its own tables by their keys.
    of_cards = [each for each in asked if each.startswith("SELECT") and " card " in each]
    assert len(of_cards) >= 6
    for statement in of_cards:
        plan = [row[-1] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")]
        assert not [step for step in plan if step.startswith("SCAN")], statement
        assert not [step for step in plan if "card_trashed_at" in step], statement
