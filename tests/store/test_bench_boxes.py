"""The boxes that are measured are boxes like others, however fast they are made."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bench import boxes, writing
from store.clock import Clock
from store.database import open_store
from store.doctor import examine
from store.records.interactions import InteractionQuery


def test_a_box_to_measure_with_is_sound(tmp_path: Path) -> None:
    boxes.fill(tmp_path / "box.sqlite", 40)
    store = open_store(tmp_path / "box.sqlite", Clock())
    try:
        found = examine(store, thorough=True)
        assert found.ok, [check for check in found.checks if not check.ok]
        desk = store.desk()
        talks = 40 * boxes.TALKS
        assert desk.interactions.count(InteractionQuery()) == talks
        assert 0 < desk.interactions.count(InteractionQuery(text="报价")) < talks
        desk.trail.undo()
        assert desk.interactions.count(InteractionQuery()) == 0
    finally:
        store.close()


def test_plain_statements_write_what_an_import_wrote(tmp_path: Path) -> None:
    source, box, copy = (tmp_path / name for name in ("b.csv", "box.sqlite", "copy.sqlite"))
    writing.write_csv(source, 20)
    store = open_store(box, Clock())
    desk = store.desk()
    desk.exchange.run(desk.exchange.plan(source, source.name))
    rows = writing.row_count()
    store.close()
    assert writing.plain_seconds(box, copy) > 0
    store = open_store(copy, Clock())
    try:
        assert rows - writing.row_count() == counters(box) - 1
    finally:
        store.close()


def counters(box: Path) -> int:
    """How many counters an import left; a new box has the one of its member."""
    with closing(sqlite3.connect(box)) as connection:
        return int(connection.execute("SELECT count(*) FROM counter").fetchone()[0])
