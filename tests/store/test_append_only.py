"""The trail can only be added to: the database itself refuses everything else."""

import sqlite3
from contextlib import closing

import pytest

from store.desk import Desk

BLANK = "before = '', after = '', salt = ''"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM change WHERE id = 1",
        "DELETE FROM change_set WHERE id = 1",
        "UPDATE change_set SET member_id = 1 WHERE id = 1",
        "UPDATE change SET after = '{}' WHERE id = 1",
        "UPDATE change SET before = '', after = '' WHERE id = 1",
        f"UPDATE change SET {BLANK}, card = 99 WHERE id = 1",
        f"UPDATE change SET {BLANK}, digest = 'x' WHERE id = 1",
        f"UPDATE change SET {BLANK}, id = 9999 WHERE id = 1",
        "INSERT OR REPLACE INTO change SELECT * FROM change WHERE id = 1",
        "INSERT OR REPLACE INTO change_set SELECT * FROM change_set WHERE id = 1",
        "REPLACE INTO change (id, change_set_id, 'table', row, before, after, salt, digest) "
        "VALUES (1, 1, 'card', 1, '', '{}', 'x', 'x')",
    ],
)
def test_nothing_is_altered(desk: Desk, statement: str) -> None:
    desk.cards.create("person", {"name": "张山"})
    with (
        closing(sqlite3.connect(desk.store.path)) as other,
        pytest.raises(sqlite3.IntegrityError, match="append only"),
    ):
        other.execute(statement)


def test_an_erasure_may_blank(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山"})
    with closing(sqlite3.connect(desk.store.path)) as other:
        assert other.execute(f"UPDATE change SET {BLANK} WHERE id = 1").rowcount == 1
