import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from store import backups
from store.box_file import sound_facts
from store.clock import Clock
from store.database import SCHEMA, Store, open_store
from store.desk import Desk
from store.errors import StorageTrouble
from store.models.trail import ChangeSet
from tests.store import damage

MORNING = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)
"""Half past nine in the morning in China."""


@pytest.fixture
def filled(desk: Desk) -> Store:
    for name in ("张山", "李雪梅", "赵申"):
        desk.cards.create("person", {"name": name})
    return desk.store


def names_in(box: Path) -> set[str]:
    with closing(sqlite3.connect(box)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM card")}


def names_through_program(box: Path) -> set[str]:
    store = open_store(box, Clock())
    found = {row.name for row in store.desk().cards.find("", 50)} | {
        row.name for name in ("张山", "李雪梅", "赵申") for row in store.desk().cards.find(name)
    }
    store.close()
    return found


def test_a_copy_is_named_by_time_and_newest_hash(filled: Store) -> None:
    with time_machine.travel(MORNING, tick=False):
        copy = backups.backup(filled)
    newest = ChangeSet.select(ChangeSet.hash).order_by(ChangeSet.id.desc()).scalar()
    assert copy == filled.path.parent / "backups" / f"box-20260924-093000-{newest[:12]}.sqlite"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert names_in(copy) == {"张山", "李雪梅", "赵申"}
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_new_box_can_be_copied(store: Store) -> None:
    copy = backups.backup(store)
    assert copy.stem.endswith("-000000000000")
    assert backups.copies_of(store.path)[0].newest_hash == ""


@pytest.mark.slow
def test_what_is_not_committed_is_left_out(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE card SET name = 'half done'")
        copy = backups.backup(filled)
    assert names_in(copy) == {"张山", "李雪梅", "赵申"}


def test_a_named_file_is_never_overwritten(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "mine.sqlite"
    assert backups.backup(filled, target) == target
    assert sound_facts(target).cards == 3
    before = target.read_bytes()
    with pytest.raises(StorageTrouble, match="already"):
        backups.backup(filled, target)
    with pytest.raises(StorageTrouble, match="already"):
        backups.backup(filled, filled.path)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["mine.sqlite"]


def test_a_folder_gets_the_usual_name(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    assert backups.backup(filled, folder).parent == folder


COPIER = """
import sys
from store.backups import daily_backup
from store.database import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
daily_backup(store)
"""


def test_many_who_come_at_once_make_one_copy(filled: Store) -> None:
    command = [sys.executable, "-c", COPIER, str(filled.path)]
    pipe = subprocess.PIPE
    programs = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(6)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    assert [program.communicate()[1] for program in programs] == [""] * 6
    folder = backups.folder_of(filled.path)
    assert [file.name for file in folder.iterdir()] == [
        copy.file.name for copy in backups.copies_of(filled.path)
    ]
    assert len(backups.copies_of(filled.path)) == 1


def test_one_copy_a_day(filled: Store) -> None:
    with time_machine.travel(MORNING, tick=False) as traveller:
        assert backups.daily_backup(filled) is not None
        assert backups.daily_backup(filled) is None
        traveller.shift(timedelta(hours=14, minutes=29))
        assert backups.daily_backup(filled) is None
        traveller.shift(timedelta(minutes=1))
        assert backups.daily_backup(filled) is not None
    assert len(backups.copies_of(filled.path)) == 2


def test_seven_days_and_four_weeks_are_kept(store: Store) -> None:
    folder = backups.folder_of(store.path)
    folder.mkdir()
    first = datetime(2026, 7, 1, 9)
    for day in range(60):
        stamp = f"{first + timedelta(days=day):%Y%m%d-%H%M%S}"
        (folder / f"box-{stamp}-0123456789ab.sqlite").touch()
        (folder / f"box-{stamp[:-1]}5-0123456789ab.sqlite").touch()
    (folder / "box-20260701-000000-0123456789ab-before-1.sqlite").touch()
    (folder / "other-20260101-000000-0123456789ab.sqlite").touch()
    (folder / "my own copy.sqlite").touch()
    backups.weed(store.path)
    kept = [copy.made_at for copy in backups.copies_of(store.path) if not copy.before_migration]
    assert [moment.date().isoformat() for moment in kept] == [
        "2026-08-29",
        "2026-08-28",
        "2026-08-27",
        "2026-08-26",
        "2026-08-25",
        "2026-08-24",
        "2026-08-23",
        "2026-08-16",
        "2026-08-09",
    ]
    assert {moment.second for moment in kept} == {5}
    left = {path.name for path in folder.iterdir()}
    assert {"other-20260101-000000-0123456789ab.sqlite", "my own copy.sqlite"} <= left
    assert "box-20260701-000000-0123456789ab-before-1.sqlite" in left


def test_after_a_long_leave_the_old_copies_are_still_there(filled: Store) -> None:
    with time_machine.travel(MORNING, tick=False) as traveller:
        for _ in range(8):
            backups.daily_backup(filled)
            traveller.shift(timedelta(days=1))
        traveller.shift(timedelta(days=200))
        backups.daily_backup(filled)
    assert len(backups.copies_of(filled.path)) == 7


def test_left_overs_of_a_dead_program_are_weeded(filled: Store) -> None:
    folder = backups.folder_of(filled.path)
    folder.mkdir()
    old, young = (folder / f"box-20260101-000000.{pid}.unfinished" for pid in (1, 2))
    old.touch()
    young.touch()
    os.utime(old, (0, 0))
    backups.daily_backup(filled)
    assert not old.exists()
    assert young.exists()


def test_a_damaged_box_is_not_copied_and_drives_no_good_copy_out(filled: Store) -> None:
    with time_machine.travel(MORNING, tick=False) as traveller:
        good = backups.daily_backup(filled)
        filled.close()
        damage.fold_journal(filled.path)
        damage.overwrite(filled.path, damage.root_page(filled.path, "card"))
        for _ in range(10):
            traveller.shift(timedelta(days=1))
            with pytest.raises(StorageTrouble):
                backups.daily_backup(filled)
    assert [copy.file for copy in backups.copies_of(filled.path)] == [good]
    assert good is not None
    assert [path.name for path in good.parent.iterdir()] == [good.name]


def test_the_last_three_copies_before_a_migration_are_kept(store: Store) -> None:
    folder = backups.folder_of(store.path)
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"box-202609{day:02}-090000-0123456789ab.sqlite").touch()
    for schema in range(1, 6):
        (folder / f"box-2026080{schema}-000000-0123456789ab-before-{schema}.sqlite").touch()
    backups.weed(store.path)
    kept = [copy.file.name for copy in backups.copies_of(store.path) if copy.before_migration]
    assert [name[-len("5.sqlite") :] for name in kept] == ["5.sqlite", "4.sqlite", "3.sqlite"]


def test_a_copy_before_a_migration_is_told_apart(filled: Store) -> None:
    copy = backups.backup_before_migration(filled)
    assert copy.stem.endswith(f"-before-{SCHEMA}")
    assert backups.copies_of(filled.path)[0].before_migration


def test_a_box_of_an_older_schema_is_copied_before_it_changes(filled: Store) -> None:
    filled.close()
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("PRAGMA user_version = -1")
    open_store(filled.path, Clock()).close()
    assert [copy.before_migration for copy in backups.copies_of(filled.path)] == [True]
    assert sound_facts(filled.path).schema == SCHEMA


FULL_DISK = """
import resource, signal, sys
from store.backups import backup
from store.database import open_store
from store.errors import StorageTrouble
store = open_store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
try:
    backup(store)
except StorageTrouble as error:
    print("refused:", error)
"""


def test_a_full_disk_leaves_no_half_copy(filled: Store) -> None:
    filled.close()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(filled.path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("refused: "), done
    assert list(backups.folder_of(filled.path).iterdir()) == []


def test_a_file_where_the_folder_should_be_is_said(filled: Store) -> None:
    backups.folder_of(filled.path).touch()
    with pytest.raises(StorageTrouble, match="cannot be written"):
        backups.backup(filled)


def test_restore_puts_the_copy_in_place_and_keeps_what_was_there(
    filled: Store, clock: Clock
) -> None:
    copy = backups.backup(filled)
    filled.desk().cards.create("person", {"name": "后来的人"})
    filled.close()
    kept = backups.restore(filled.path, copy, clock)
    assert kept is not None
    assert names_through_program(filled.path) == {"张山", "李雪梅", "赵申"}
    assert names_in(kept) == {"张山", "李雪梅", "赵申", "后来的人"}
    assert kept.name.startswith("box.replaced-")
    assert sound_facts(copy).cards == 3
    backups.restore(filled.path, kept, clock)
    assert names_in(filled.path) == {"张山", "李雪梅", "赵申", "后来的人"}


def test_restore_keeps_what_only_the_log_of_a_killed_program_held(
    filled: Store, clock: Clock
) -> None:
    copy = backups.backup(filled)
    script = (
        "import os, sys\nfrom store.database import open_store\n"
        "open_store(sys.argv[1]).desk().cards.create('person', {'name': '后来的人'})\n"
        "os.kill(os.getpid(), 9)"
    )
    filled.close()
    subprocess.run([sys.executable, "-c", script, str(filled.path)], check=False)
    assert Path(f"{filled.path}-wal").stat().st_size
    kept = backups.restore(filled.path, copy, clock)
    assert kept is not None
    alone = kept.with_name("alone.sqlite")
    alone.write_bytes(kept.read_bytes())
    assert "后来的人" in names_in(alone)
    assert not Path(f"{filled.path}-wal").exists()


def test_restore_refuses_while_the_box_is_open(filled: Store, clock: Clock) -> None:
    copy = backups.backup(filled)
    filled.desk().cards.create("person", {"name": "后来的人"})
    with pytest.raises(StorageTrouble, match="open elsewhere"):
        backups.restore(filled.path, copy, clock)
    assert "后来的人" in names_in(filled.path)
    left = {path.name for path in filled.path.parent.iterdir()}
    assert not any("replaced" in name or "unfinished" in name for name in left)


@pytest.mark.parametrize("kind", ["text", "empty", "other", "cut", "garbled", "missing", "itself"])
def test_restore_takes_nothing_but_a_sound_box(
    filled: Store, clock: Clock, tmp_path: Path, kind: str
) -> None:
    copy = backups.backup(filled)
    filled.close()
    bad = tmp_path / "bad.sqlite"
    match kind:
        case "text":
            bad.write_text("姓名,手机\n张山,139\n" * 1000)
        case "empty":
            bad.touch()
        case "other":
            with closing(sqlite3.connect(bad)) as connection:
                connection.execute("CREATE TABLE card (name)")
        case "cut":
            bad.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        case "garbled":
            bad.write_bytes(copy.read_bytes())
            damage.overwrite(bad, damage.root_page(bad, "member"))
        case "itself":
            bad = filled.path
    before = filled.path.read_bytes()
    with pytest.raises(StorageTrouble):
        backups.restore(filled.path, bad, clock)
    assert filled.path.read_bytes() == before
    left = {path.name for path in tmp_path.iterdir()}
    assert not any("replaced" in name or "unfinished" in name for name in left)


def test_restore_refuses_a_box_of_a_newer_program(filled: Store, clock: Clock) -> None:
    copy = backups.backup(filled)
    filled.close()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(StorageTrouble, match="newer"):
        backups.restore(filled.path, copy, clock)


@pytest.mark.parametrize("kind", ["text", "empty", "cut", "garbled", "missing"])
def test_restore_works_when_the_box_is_beyond_repair(
    filled: Store, clock: Clock, kind: str
) -> None:
    copy = backups.backup(filled)
    filled.close()
    box = filled.path
    damage.fold_journal(box)
    match kind:
        case "text":
            box.write_text("x" * 5000)
        case "empty":
            damage.cut_off(box, 0)
        case "cut":
            damage.cut_off(box, 10_000)
        case "garbled":
            damage.overwrite(box, 0)
            Path(f"{box}-wal").write_bytes(b"left behind")
        case "missing":
            box.unlink()
    before = box.read_bytes() if box.exists() else None
    kept = backups.restore(box, copy, clock)
    assert (kept.read_bytes() if kept is not None else None) == before
    assert names_through_program(box) == {"张山", "李雪梅", "赵申"}
    assert sound_facts(box).cards == 3


def test_numbers_go_on_after_restoring(filled: Store, clock: Clock) -> None:
    copy = backups.backup(filled)
    filled.close()
    backups.restore(filled.path, copy, clock)
    store = open_store(filled.path, clock)
    assert store.desk().cards.create("person", {"name": "新人"}).number == "P000004"
    store.desk().settings.set("theme", "dark")
    assert store.desk().settings.get("restored")["from"] == copy.name
    store.close()
