import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from store.desk import Desk
from store.draft_file import INSERT, DraftFile, drafts_beside
from store.drafts import Drafts
from store.errors import StorageTrouble
from store.records.team import MemberRecord

WORDS = {"name": "张山", "minutes": "再降两个点就能定"}


@pytest.fixture
def drafts(desk: Desk) -> Iterator[Drafts]:
    yield desk.drafts
    desk.drafts.close()


@pytest.fixture
def file(desk: Desk) -> Path:
    return drafts_beside(desk.store.path)


def moved_aside(file: Path) -> list[Path]:
    return sorted(file.parent.glob("*.broken-*.sqlite"))


def test_a_draft_is_kept_until_it_is_dropped(desk: Desk, drafts: Drafts) -> None:
    assert drafts.get("todo:new") is None
    drafts.keep("todo:new", {"text": "送样品"})
    drafts.keep("todo:new", {"text": "送样品 @明天"})
    kept = Drafts(desk).get("todo:new")
    assert kept is not None
    assert kept.content == {"text": "送样品 @明天"}
    assert kept.kept_at.tzinfo is not None
    drafts.drop("todo:new")
    assert Drafts(desk).get("todo:new") is None


def test_all_lists_the_newest_first(drafts: Drafts) -> None:
    for key in ("card:P000001", "card:new:person", "interaction:new:P000001"):
        drafts.keep(key, WORDS)
    drafts.keep("card:P000001", WORDS)
    assert [draft.key for draft in drafts.all()] == [
        "card:P000001",
        "interaction:new:P000001",
        "card:new:person",
    ]


def test_members_see_their_own_drafts_only(desk: Desk, drafts: Drafts) -> None:
    drafts.keep("todo:new", WORDS)
    other = Desk(desk.store, MemberRecord(99, "li", "李雪梅", "rep", None, True))
    assert other.drafts.all() == []
    other.drafts.drop("todo:new")
    assert drafts.get("todo:new") is not None
    other.drafts.close()


def test_looking_makes_no_file(drafts: Drafts, file: Path) -> None:
    assert drafts.all() == []
    drafts.drop("todo:new")
    assert not file.exists()


def test_drafts_wake_no_other_session(desk: Desk, drafts: Drafts, file: Path) -> None:
    before = desk.store.data_version()
    drafts.keep("todo:new", WORDS)
    assert desk.store.data_version() == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_any_thread_may_keep_drafts(drafts: Drafts) -> None:
    def type_words(place: int) -> None:
        for count in range(20):
            drafts.keep(f"card:P{place:06d}", {"name": f"{place} {count}"})

    threads = [threading.Thread(target=type_words, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {draft.content["name"] for draft in drafts.all()} == {f"{n} 19" for n in range(4)}


def _fill(drafts: Drafts, count: int = 60) -> None:
    for place in range(count):
        drafts.keep(f"card:P{place:06d}", {"name": "张山" * 100, "place": place})
    drafts.close()


def test_a_file_that_is_no_database_is_moved_aside(drafts: Drafts, file: Path) -> None:
    file.write_bytes(b"not a database" * 500)
    assert drafts.all() == []
    drafts.keep("todo:new", WORDS)
    assert drafts.get("todo:new") is not None
    assert [path.read_bytes()[:14] for path in moved_aside(file)] == [b"not a database"]


def test_a_damaged_file_begins_anew_with_what_can_be_read(drafts: Drafts, file: Path) -> None:
    _fill(drafts, 200)
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(size // 2 // 4096 * 4096)
        raw.write(b"\xff" * 4096)
    left = {draft.content["place"] for draft in drafts.all()}
    assert left
    assert left < set(range(200))
    drafts.keep("todo:new", WORDS)
    drafts.close()
    assert {draft.key for draft in drafts.all()} == {
        "todo:new",
        *(f"card:P{place:06d}" for place in left),
    }
    assert len(moved_aside(file)) == 1


@pytest.mark.parametrize("length", [0, 1, 50, 4096, 10_000])
def test_a_cut_off_file_does_not_stop_the_program(drafts: Drafts, file: Path, length: int) -> None:
    _fill(drafts)
    os.truncate(file, length)
    drafts.all()
    drafts.keep("todo:new", WORDS)
    assert drafts.get("todo:new") is not None


def test_garbled_words_are_left_out(drafts: Drafts, file: Path) -> None:
    drafts.keep("todo:new", WORDS)
    drafts.keep("card:P000001", WORDS)
    drafts.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "UPDATE draft SET content = CAST(X'7B22FFFE' AS TEXT) WHERE key = 'todo:new'"
        )
    assert [draft.key for draft in drafts.all()] == ["card:P000001"]


def test_a_file_of_another_program_is_moved_aside(drafts: Drafts, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE draft (something TEXT)")
    drafts.keep("todo:new", WORDS)
    assert drafts.get("todo:new") is not None
    assert len(moved_aside(file)) == 1


def test_a_file_that_was_deleted_meanwhile_is_made_again(drafts: Drafts, file: Path) -> None:
    drafts.keep("todo:new", WORDS)
    file.unlink()
    drafts.keep("card:new:person", WORDS)
    assert [draft.key for draft in drafts.all()] == ["card:new:person"]


def test_a_folder_in_its_place_is_said_and_nothing_else(drafts: Drafts, file: Path) -> None:
    file.mkdir()
    with pytest.raises(StorageTrouble, match="cannot be kept safe"):
        drafts.keep("todo:new", WORDS)


def test_a_busy_file_is_said(drafts: Drafts, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.draft_file.DraftFile.WAIT", 0.05)
    drafts.keep("todo:new", WORDS)
    drafts.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="locked"):
            drafts.keep("todo:new", {"text": "x"})
    drafts.keep("todo:new", {"text": "x"})
    assert moved_aside(file) == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from store import language
from store.draft_file import INSERT, DraftFile
from store.errors import StorageTrouble
language.use("en")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = DraftFile(Path(sys.argv[1]))
file.write(INSERT, ("zhang", "todo:new", "{}", "2026-09-24T08:00:00+00:00"))
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    for place in range(50):
        file.write(INSERT, ("zhang", str(place), "x" * 4000, "2026-09-24T08:00:00+00:00"))
except StorageTrouble as error:
    print("refused:", error)
print("still there:", file.ask("SELECT key FROM draft WHERE key = 'todo:new'"))
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no file size limit here")
def test_a_full_disk_is_said_and_keeps_what_was_kept(file: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(file)], capture_output=True, text=True, check=True
    )
    assert "refused: What is being typed cannot be kept safe" in answer.stdout
    assert "still there: [('todo:new',)]" in answer.stdout


def test_drafts_from_before_they_went_by_ids_are_found(desk: Desk) -> None:
    file = DraftFile(drafts_beside(desk.store.path))
    file.write(
        INSERT, (desk.member.login, "todo:new", '{"text": "送"}', "2026-09-24T08:00:00+00:00")
    )
    assert desk.drafts.all() == []
    file.go_by_ids({desk.member.login: desk.member.id, "nobody": 7})
    assert [draft.content for draft in desk.drafts.all()] == [{"text": "送"}]
