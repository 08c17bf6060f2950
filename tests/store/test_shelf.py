"""A member's outbox and inbox: his files, by name, for a while, and nothing else of the disk."""

import io
import os
import time
from pathlib import Path

import pytest

from store import shelf
from store.database import Store
from store.desk import Desk
from store.errors import BadInput, Conflict, NotFound, StorageTrouble, WrongUsage
from store.language import N_
from store.models.team import Member


def put(desk: Desk, name: str, content: bytes = b"x") -> Path:
    desk.inbox.put(name, io.BytesIO(content))
    return desk.inbox.path_of(name)


def names(desk: Desk) -> set[str]:
    return {file.name for file in desk.inbox.list()}


def test_what_was_put_is_there_for_its_member_alone(desk: Desk, store: Store):
    with desk.change(N_("Sample team set up")) as change:
        change.insert(Member, {"login": "zhang", "name": "张磊"})
    zhang = store.desk("zhang")
    path = put(desk, "客户 1.csv", b"1,2\n")
    assert path.read_bytes() == b"1,2\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    assert [(file.name, file.size) for file in desk.inbox.list()] == [("客户 1.csv", 4)]
    assert zhang.inbox.list() == ()
    assert desk.outbox.list() == ()
    with pytest.raises(NotFound):
        zhang.inbox.path_of("客户 1.csv")
    with pytest.raises(NotFound):
        zhang.inbox.drop("客户 1.csv")
    desk.inbox.drop("客户 1.csv")
    assert desk.inbox.list() == ()


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", ".", "..", "../box.sqlite", "/etc/passwd", "a/b", "a\\b", ".hidden", "-rf"),
        *("a\0b", "a\nb", "a\x1bb", "长" * 61, "\u202egpj.exe", "a.unfinished"),
    ],
)
def test_a_name_leads_nowhere_else(desk: Desk, name: str):
    with pytest.raises(BadInput):
        desk.inbox.put(name, io.BytesIO(b"x"))
    with pytest.raises(BadInput):
        desk.outbox.export("cards", "csv", name)
    with pytest.raises(NotFound):
        desk.inbox.path_of(name)
    assert not (desk.store.path.parent / "inbox").exists()


def test_links_and_what_is_being_written_are_no_files_here(desk: Desk, tmp_path: Path):
    folder = put(desk, "a.csv").parent
    (folder / "link.csv").symlink_to(tmp_path / "box.sqlite")
    (folder / "b.csv.17.unfinished").write_bytes(b"x")
    (folder / "folder").mkdir()
    assert names(desk) == {"a.csv"}
    with pytest.raises(NotFound):
        desk.inbox.path_of("link.csv")


def test_a_file_that_is_too_large_is_refused_and_nothing_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shelf, "LARGEST", 1000)
    put(desk, "a.csv", b"old")
    with pytest.raises(BadInput, match="larger"):
        put(desk, "a.csv", b"x" * 1001)
    assert desk.inbox.path_of("a.csv").read_bytes() == b"old"
    assert [file.name for file in desk.inbox.folder.iterdir()] == ["a.csv"]
    for number in range(30):
        desk.cards.create("person", {"name": f"张{number}"})
    with pytest.raises(BadInput, match="larger"):
        desk.outbox.export("cards", "csv", "cards.csv")
    assert list(desk.outbox.folder.iterdir()) == []


def test_the_old_makes_room_for_the_new(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shelf, "MOST", 3)
    monkeypatch.setattr(shelf, "LARGEST_ALL", 100)
    for age, name in enumerate(["d", "c", "b", "a"]):
        path = put(desk, name)
        os.utime(path, (time.time() - 1000 + age, time.time() - 1000 + age))
    assert names(desk) == {"a", "b", "c"}
    os.utime(desk.inbox.path_of("a"), (0, 0))
    put(desk, "new", b"x" * 90)
    assert names(desk) == {"new", "b", "c"}
    put(desk, "new", b"x" * 99)
    assert names(desk) == {"new", "b"}
    put(desk, "whole", b"x" * 100)
    assert names(desk) == {"whole"}


def test_files_of_members_who_never_come_again_go_too(desk: Desk, store: Store):
    other = desk.inbox.folder.with_name("li")
    put(desk, "a.csv")
    other.mkdir()
    for name, age in (("old.csv", 8), ("new.csv", 6)):
        (other / name).write_bytes(b"x")
        os.utime(other / name, (time.time() - age * 86_400,) * 2)
    put(desk, "b.csv")
    assert [file.name for file in other.iterdir()] == ["new.csv"]


def test_one_file_at_a_time_comes_in_so_that_many_do_not_fill_the_disk(desk: Desk):
    class Meanwhile(io.BytesIO):
        """Another upload begins before this one is there."""

        def read(self, size: int | None = -1, /) -> bytes:
            block = super().read(size)
            if block:
                with pytest.raises(Conflict):
                    put(desk, "b.csv")
            return block

    desk.inbox.put("a.csv", Meanwhile(b"x" * 10))
    assert [file.name for file in desk.inbox.folder.iterdir()] == ["a.csv"]
    put(desk, "b.csv")
    assert names(desk) == {"a.csv", "b.csv"}


def test_what_a_program_left_that_died_is_written_over(desk: Desk):
    put(desk, "a.csv")
    (desk.inbox.folder / shelf.UNFINISHED).write_bytes(b"x" * 10)
    put(desk, "b.csv")
    assert {file.name for file in desk.inbox.folder.iterdir()} == {"a.csv", "b.csv"}


def test_an_export_waits_in_the_outbox_and_the_trail_knows(desk: Desk):
    desk.cards.create("person", {"name": "张山"})
    assert desk.outbox.export("cards", "csv", "cards.csv") == 1
    path = desk.outbox.path_of("cards.csv")
    assert "张山" in path.read_text("utf-8-sig")
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(desk.trail.exports()) == 1
    with pytest.raises(WrongUsage):
        desk.outbox.export("cards", "ics", "cards.ics")
    assert [file.name for file in desk.outbox.list()] == ["cards.csv"]


def test_rows_that_were_refused_are_taken_over(desk: Desk):
    refused = put(desk, "book.rejected.csv", b"1")
    desk.outbox.take(refused)
    assert names(desk) == set()
    assert desk.outbox.path_of("book.rejected.csv").read_bytes() == b"1"


def test_a_disk_that_refuses_is_told_in_a_sentence(desk: Desk):
    (desk.store.path.parent / "inbox").write_bytes(b"in the way")
    with pytest.raises(StorageTrouble):
        put(desk, "a.csv")


def test_a_login_that_is_anothers_now_brings_no_files_and_no_drafts(store: Store, desk: Desk):
    put(desk, "a.csv")
    desk.drafts.keep("todo:new", {"text": "送样品"})
    login = desk.member.login
    Member.update(login="renamed").where(Member.id == desk.member.id).execute()
    Member.insert(id=9, login=login, name="x", created_at=store.clock.now()).execute()
    other, same = store.desk(login), store.desk("renamed")
    assert (names(other), other.drafts.all()) == (set(), [])
    assert names(same) == {"a.csv"}
    assert [draft.key for draft in same.drafts.all()] == ["todo:new"]
