"""However the trail is altered behind the program's back, doctor notices.

Whoever can write the file can drop the triggers and put them back; what he cannot do is make the
chain of hashes agree, nor the hash in a backup's name.
"""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from store import backups, doctor
from store.append_only import APPEND_ONLY
from store.clock import Clock
from store.database import Store, open_store
from store.recorder import earlier_digest, set_hash
from tests.store.sales_team import sales_team

TEXTS = st.sampled_from(["", "{}", '{"name":"李四"}', "x", "0" * 64])
NUMBERS = st.integers(0, 60)
COLUMNS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "change": {
        "change_set_id": NUMBERS,
        '"table"': st.sampled_from(["card", "todo", "erase", "login"]),
        "row": NUMBERS,
        "card": st.none() | NUMBERS,
        "before": TEXTS,
        "after": TEXTS,
        "salt": TEXTS,
        "digest": TEXTS,
    },
    "change_set": {
        "member_id": NUMBERS,
        "origin": TEXTS,
        "at": st.sampled_from(["2020-01-01 00:00:00", ""]),
        "summary": TEXTS,
        "undoes_id": st.none() | NUMBERS,
        "previous_hash": TEXTS,
        "hash": TEXTS,
        "place": TEXTS,
    },
}


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box of a team in which a card was erased; a backup lies beside it."""
    file = tmp_path_factory.mktemp("trail") / "box.sqlite"
    store = open_store(file, Clock())
    team = sales_team(store)
    for number in range(4):
        card = team.card("zhang", f"客户{number}", city="深圳")
        team["zhang"].cards.tag([card], "展会")
    team["zhang"].trail.undo()
    team["admin"].audit.erase(card, "客户要求")
    backups.backup(store)
    store.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return file


@pytest.fixture
def copy(box: Path, tmp_path: Path) -> Store:
    """The box, to be altered again and again."""
    folder = tmp_path / "backups"
    folder.mkdir()
    for each in (box.parent / "backups").iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    return Store(tmp_path / "box.sqlite", Clock())


@st.composite
def tamperings(draw: st.DrawFn) -> list[tuple[str, list[Any]]]:
    """A few statements of somebody who can write the file."""
    made: list[tuple[str, list[Any]]] = []
    for _time in range(draw(st.integers(1, 3))):
        table = draw(st.sampled_from(["change", "change_set"]))
        number = draw(st.integers(1, 30))
        kind = draw(st.sampled_from(["alter", "blank", "delete", "cut", "swap"]))
        if kind == "alter":
            column = draw(st.sampled_from(sorted(COLUMNS[table])))
            value = draw(COLUMNS[table][column])
            made.append((f"UPDATE {table} SET {column} = ? WHERE id = ?", [value, number]))
        elif kind == "blank":
            sql = "UPDATE change SET before = '', after = '', salt = '' WHERE id >= ? AND id < ?"
            made.append((sql, [number, number + draw(st.integers(1, 4))]))
        elif kind == "delete":
            made.append((f"DELETE FROM {table} WHERE id = ?", [number]))
        elif kind == "cut":
            made.append(("DELETE FROM change WHERE change_set_id > ?", [number]))
            made.append(("DELETE FROM change_set WHERE id > ?", [number]))
            newest = "UPDATE counter SET value = (SELECT max(id) FROM change_set) WHERE name = ?"
            made.append((newest, ["change_set"]))
        else:
            other = draw(st.integers(1, 30))
            made.append((f"UPDATE {table} SET id = -1 WHERE id = ?", [number]))
            made.append((f"UPDATE {table} SET id = ? WHERE id = ?", [number, other]))
            made.append((f"UPDATE {table} SET id = ? WHERE id = -1", [other]))
    return made


def trail_of(connection: sqlite3.Connection) -> list[list[tuple[Any, ...]]]:
    """What the trail tells; of the ids of changes only their order within a change set counts."""
    changes = (
        'SELECT change_set_id, "table", row, card, before, after, salt, digest FROM change '
        "ORDER BY change_set_id, id"
    )
    heads = "SELECT * FROM change_set ORDER BY id"
    return [connection.execute(sql).fetchall() for sql in (heads, changes)]


def covered(connection: sqlite3.Connection, before: list[list[tuple[Any, ...]]]) -> bool:
    """Whether only what an erasure blanked was altered: its digest is all that is left of it."""
    heads, changes = trail_of(connection)
    if heads != before[0] or len(changes) != len(before[1]):
        return False
    pairs = [pair for pair in zip(before[1], changes, strict=True) if pair[0] != pair[1]]
    # change_set, table, row, card, before, after, salt, digest
    return all(old[6] == "" == new[6] and old[7] == new[7] for old, new in pairs)


@pytest.mark.slow
def test_doctor_notices(copy: Store, box: Path) -> None:
    @settings(max_examples=80, suppress_health_check=list(HealthCheck), database=None)
    @given(made=tamperings())
    def tamper(made: list[tuple[str, list[Any]]]) -> None:
        copy.path.write_bytes(box.read_bytes())
        with closing(sqlite3.connect(copy.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = off")
            before = trail_of(connection)
            for trigger in APPEND_ONLY:
                connection.execute(f"DROP TRIGGER {trigger}")
            try:
                for sql, parameters in made:
                    connection.execute(sql, parameters)
            except sqlite3.IntegrityError:
                assume(False)
            for statement in APPEND_ONLY.values():
                connection.execute(statement)
            assume(trail_of(connection) != before and not covered(connection, before))
        store = open_store(copy.path, Clock())
        try:
            wrong = {check.name for check in doctor.examine(store).checks if not check.ok}
        finally:
            store.close()
        assert wrong & {"Trail", "Backups", "References"}

    tamper()


def test_as_it_was_written_nothing_is_wrong(copy: Store, box: Path) -> None:
    copy.path.write_bytes(box.read_bytes())
    store = open_store(copy.path, Clock())
    assert [check for check in doctor.examine(store).checks if not check.ok] == []
    store.close()


def test_a_chain_from_before_cards_were_hashed_holds(copy: Store, box: Path) -> None:
    """Boxes of schema 2: the digests of their changes say nothing of the card."""
    copy.path.write_bytes(box.read_bytes())
    columns = ("id", "member_id", "origin", "at", "summary", "undoes_id", "place")
    with closing(sqlite3.connect(copy.path)) as connection, connection:
        for trigger in APPEND_ONLY:
            connection.execute(f"DROP TRIGGER {trigger}")
        previous = ""
        sql = f"SELECT {', '.join(columns)} FROM change_set ORDER BY id"
        for values in connection.execute(sql).fetchall():
            head = {**dict(zip(columns, values, strict=True)), "previous_hash": previous}
            digests = sha256()
            sql = (
                'SELECT id, salt, "table", row, before, after, digest FROM change '
                "WHERE change_set_id = ? ORDER BY id"
            )
            for number, salt, *written, digest in connection.execute(sql, [head["id"]]).fetchall():
                earlier = earlier_digest(salt, *written) if salt else digest
                sql = "UPDATE change SET digest = ? WHERE id = ?"
                connection.execute(sql, [earlier, number])
                digests.update(earlier.encode())
            head["hash"] = set_hash(head, digests.hexdigest())
            sql = "UPDATE change_set SET previous_hash = ?, hash = ? WHERE id = ?"
            connection.execute(sql, [previous, head["hash"], head["id"]])
            previous = head["hash"]
        for statement in APPEND_ONLY.values():
            connection.execute(statement)
    store = open_store(copy.path, Clock())
    trail = next(check for check in doctor.examine(store).checks if check.name == "Trail")
    assert trail.ok, trail.detail
    store.desk("zhang").cards.create("person", {"name": "新客"})
    trail = next(check for check in doctor.examine(store).checks if check.name == "Trail")
    assert trail.ok, trail.detail
    store.close()
