import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store import backups, doctor
from store.append_only import APPEND_ONLY
from store.clock import Clock
from store.database import Store, open_store
from store.draft_file import drafts_beside
from store.errors import StorageTrouble
from store.models.base import database
from store.records.doctor import Examination
from tests.store import damage


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box with thirty cards, from which every test gets a copy."""
    store = open_store(tmp_path_factory.mktemp("pattern") / "box.sqlite", Clock())
    desk = store.desk()
    for place in range(30):
        values = {
            "name": f"张山{place}",
            "organisation": "华东电子" if place % 2 else "恒通物流",
            "mobile": [{"value": f"139000012{place:02d}", "label": ""}],
            "tags": ["展会", f"第{place}批"],
            "native_place": "绍兴",
        }
        desk.cards.create("person", values)
    desk.cards.trash([desk.cards.find("张山7")[0].id])
    desk.trail.undo()
    store.close()
    damage.fold_journal(store.path)
    return store.path


@pytest.fixture
def filled(pattern: Path, tmp_path: Path, clock: Clock) -> Iterator[Store]:
    box = tmp_path / "box.sqlite"
    box.write_bytes(pattern.read_bytes())
    store = open_store(box, clock)
    yield store
    store.close()


def wrong(examination: Examination) -> dict[str, str]:
    return {check.name: check.detail for check in examination.checks if not check.ok}


def alter(box: Path, *statements: str) -> None:
    """Change a box behind the program's back."""
    with closing(sqlite3.connect(box)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'"):
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        for trigger in APPEND_ONLY.values():
            connection.execute(trigger)


def test_a_box_in_use_is_well(filled: Store) -> None:
    filled.desk().drafts.keep("todo:new", {"text": "送样品"})
    filled.desk().settings.set("theme", "dark")
    backups.backup(filled)
    examination = doctor.examine(filled, thorough=True)
    assert wrong(examination) == {}
    assert examination.ok
    assert len(examination.checks) == 11
    (drafts,) = (check for check in examination.checks if check.name == doctor.DRAFTS)
    assert "1 drafts" in drafts.detail
    filled.desk().drafts.close()


def test_an_examination_tells_how_far_it_is(filled: Store) -> None:
    told: list[tuple[int, int]] = []
    doctor.examine(filled, thorough=True, progress=lambda done, whole: told.append((done, whole)))
    done = [part for part, _whole in told]
    assert done == sorted(done)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert {whole for _part, whole in told} == {told[-1][1]}


def test_a_new_box_is_well(store: Store) -> None:
    assert wrong(doctor.examine(store)) == {}


def test_an_examination_changes_nothing_and_stops_nobody(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as other:
        before = other.execute("PRAGMA data_version").fetchone()
        dump = list(other.iterdump())
        doctor.examine(filled)
        assert other.execute("PRAGMA data_version").fetchone() == before
        assert list(other.iterdump()) == dump


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DELETE FROM search_card WHERE rowid = 3", "Search"),
        (
            "INSERT INTO search_card(rowid, name, organisation, title, contact, other) "
            "VALUES (999, 'x', '', '', '', '')",
            "Search",
        ),
        ("UPDATE search_card SET name = 'x' WHERE rowid = 3", "Search"),
        ("UPDATE card SET name = '李四' WHERE id = 3", "Search"),
        ("UPDATE card SET phone = '1' WHERE id = 3", "Card lists"),
        ("UPDATE card SET next_step = '送样品' WHERE id = 3", "Card lists"),
        ("DELETE FROM card_fact WHERE card_id = 5", "Card lists"),
        ("UPDATE card_fact SET value = '杭州' WHERE key = 'native_place'", "Card lists"),
        ("DELETE FROM card WHERE id = 1", "References"),
        ("DELETE FROM schema_migration", "Schema"),
        ("UPDATE counter SET value = 5 WHERE name = 'card'", "Numbers"),
        ("UPDATE counter SET value = 5 WHERE name = 'number:P'", "Numbers"),
        ("UPDATE change SET after = replace(after, '张山3', '张三')", "Trail"),
        ("UPDATE change SET digest = 'x' WHERE id = 9", "Trail"),
        ("UPDATE change_set SET at = '2020-01-01 00:00:00' WHERE id = 4", "Trail"),
        ("DELETE FROM change WHERE change_set_id = 4", "Trail"),
    ],
)
def test_what_disagrees_is_named(filled: Store, statement: str, where: str) -> None:
    alter(filled.path, statement)
    assert where in wrong(doctor.examine(filled))


def test_a_change_set_that_was_taken_out_is_missed(filled: Store) -> None:
    alter(
        filled.path,
        "DELETE FROM change WHERE change_set_id = 5",
        "DELETE FROM change_set WHERE id = 5",
    )
    assert wrong(doctor.examine(filled)).keys() == {"Trail"}


def test_an_end_that_was_cut_off_is_missed(filled: Store) -> None:
    cut = (
        "DELETE FROM change WHERE change_set_id > 20",
        "UPDATE change_set SET undoes_id = NULL",
        "DELETE FROM change_set WHERE id > 20",
    )
    backups.backup(filled)
    alter(filled.path, *cut)
    found = wrong(doctor.examine(filled))
    assert "newest change sets are missing" in found["Trail"]
    alter(filled.path, "UPDATE counter SET value = 20 WHERE name = 'change_set'")
    found = wrong(doctor.examine(filled))
    assert "Trail" not in found
    assert "changes were taken out" in found["Backups"]


def test_a_blank_that_no_erasure_made_is_noticed(filled: Store) -> None:
    alter(filled.path, "UPDATE change SET before = '', after = '', salt = '' WHERE card = 3")
    assert "no erasure says so" in wrong(doctor.examine(filled))["Trail"]


def test_an_erasure_leaves_the_chain_whole(filled: Store) -> None:
    filled.desk().audit.erase(3, "客户要求")
    assert wrong(doctor.examine(filled, thorough=True)) == {}


@pytest.mark.parametrize("trigger", APPEND_ONLY)
def test_a_trail_that_is_not_protected_is_mended(filled: Store, trigger: str) -> None:
    with closing(sqlite3.connect(filled.path)) as connection, connection:
        connection.execute(f"DROP TRIGGER {trigger}")
    assert "not protected" in wrong(doctor.examine(filled))["Trail"]
    doctor.mend_index(filled)
    assert wrong(doctor.examine(filled)) == {}


def test_an_older_backup_put_back_is_no_cut_off_trail(filled: Store, clock: Clock) -> None:
    first = backups.backup(filled)
    filled.desk().cards.create("person", {"name": "后来的人"})
    backups.backup(filled)
    filled.close()
    backups.restore(filled.path, first, clock)
    store = open_store(filled.path, clock)
    assert wrong(doctor.examine(store)) == {}
    store.close()


def test_a_damaged_backup_is_named(filled: Store) -> None:
    copy = backups.backup(filled)
    damage.overwrite(copy, damage.root_page(copy, "card"))
    assert "damaged" in wrong(doctor.examine(filled))["Backups"]


@pytest.mark.parametrize("how", ["text", "cut"])
def test_a_damaged_file_of_drafts_is_named(filled: Store, how: str) -> None:
    drafts = filled.desk().drafts
    drafts.keep("todo:new", {"text": "送样品" * 2000})
    drafts.close()
    file = drafts_beside(filled.path)
    if how == "text":
        file.write_text("no database" * 1000)
    else:
        damage.cut_off(file, 9000)
    assert wrong(doctor.examine(filled)).keys() == {"Drafts"}


@pytest.mark.parametrize("table", ["card", "change", "interaction", "card_number"])
def test_garbled_pages_are_found(filled: Store, clock: Clock, table: str) -> None:
    copy = backups.backup(filled)
    filled.close()
    damage.fold_journal(filled.path)
    damage.overwrite(filled.path, damage.root_page(filled.path, table))
    store = open_store(filled.path, clock)
    examination = doctor.examine(store)
    assert "damaged" in wrong(examination)["File"]
    assert str(copy) in examination.checks[-1].detail
    store.close()


def test_a_damaged_search_index_is_found_and_mended(filled: Store) -> None:
    alter(filled.path, "DELETE FROM search_card_data WHERE id > 10")
    assert "Search" in wrong(doctor.examine(filled))
    doctor.mend_index(filled)
    assert wrong(doctor.examine(filled, thorough=True)) == {}
    assert len(filled.desk().cards.find("zs", 50)) == 30


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_card",
        "UPDATE card SET sort_key = '', phone = '', organisation_name = '', completeness = 0",
        "DELETE FROM card_fact",
    ],
)
def test_mending_makes_everything_derived_anew(filled: Store, statement: str) -> None:
    alter(filled.path, statement)
    trail = database.execute_sql("SELECT max(hash) FROM change_set").fetchone()
    doctor.mend_index(filled)
    assert wrong(doctor.examine(filled, thorough=True)) == {}
    assert database.execute_sql("SELECT max(hash) FROM change_set").fetchone() == trail


def test_mending_that_fails_changes_nothing(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_clock: Clock) -> None:
        raise StorageTrouble("the disk refuses")

    monkeypatch.setattr("store.derived.rebuild", broken)
    with pytest.raises(StorageTrouble):
        doctor.mend_index(filled)
    monkeypatch.undo()
    assert wrong(doctor.examine(filled)) == {}


@pytest.mark.parametrize("how", ["header", "cut", "text", "empty"])
def test_a_box_that_cannot_be_opened_is_examined_as_a_file(
    filled: Store, clock: Clock, how: str
) -> None:
    copy = backups.backup(filled)
    box = filled.path
    filled.close()
    damage.fold_journal(box)
    match how:
        case "header":
            damage.overwrite(box, 0)
        case "cut":
            damage.cut_off(box, 8192)
        case "text":
            box.write_text("x" * 9000)
        case "empty":
            damage.cut_off(box, 0)
    if how != "empty":
        with pytest.raises(StorageTrouble):
            open_store(box, clock).desk().cards.find("zs")
    examination = doctor.examine_file(box)
    assert [check.ok for check in examination.checks] == [False, True]
    assert str(copy) in examination.checks[1].detail


def test_without_a_sound_backup_that_is_said(filled: Store) -> None:
    copy = backups.backup(filled)
    filled.close()
    damage.cut_off(copy, 5000)
    damage.cut_off(filled.path, 5000)
    examination = doctor.examine_file(filled.path)
    assert [check.ok for check in examination.checks] == [False, False]


def test_a_whole_file_needs_no_way_out(filled: Store) -> None:
    assert doctor.examine_file(filled.path).ok
