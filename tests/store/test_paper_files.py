"""Files of papers in backups, after a restore, an undo, an erasure; when the disk is full."""

import errno
import io
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from store import backup_files, backups, doctor, file_store, paper_files
from store.clock import Clock
from store.database import Store, open_store
from store.desk import Desk
from store.errors import StorageTrouble
from store.file_store import beside
from store.records.papers import PaperQuery, PaperRow, PaperValues
from tests.store.paper_samples import PDF, PNG
from tests.store.sales_team import sales_team

LICENCE = PaperValues("basic", "licence")
LONG_AGO = 40 * 86_400


@pytest.fixture
def house(desk: Desk) -> int:
    return desk.cards.create("organisation", {"name": "华东电子"}).id


def filed(desk: Desk, card: int, content: bytes = PDF) -> PaperRow:
    return desk.papers.add(card, LICENCE, desk.papers.bring(card, io.BytesIO(content), "x.pdf"))


def digest_of(paper: PaperRow) -> str:
    assert paper.file is not None
    return paper.file.digest


def digests(box: Path) -> set[str]:
    return {each.digest for each in beside(box).found()}


def check(store: Store, name: str, thorough: bool = True) -> doctor.Check:
    found = doctor.examine(store, thorough=thorough).checks
    return next(each for each in found if each.name == name)


def aged(box: Path, digest: str, seconds: float = LONG_AGO) -> None:
    """Let a file have come long ago."""
    place = beside(box).path_of(digest)
    old = place.stat().st_mtime - seconds
    os.utime(place, (old, old))


# Backups


def test_a_backup_holds_each_file_once(desk: Desk, house: int) -> None:
    store = desk.store
    first = filed(desk, house)
    made = backups.backup(store)
    folder = made.parent / "box.files"
    kept = folder / digest_of(first)[:2] / digest_of(first)
    assert kept.read_bytes() == PDF
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.stat().st_ino != beside(store.path).path_of(digest_of(first)).stat().st_ino
    before = kept.stat()
    second = filed(desk, house, PNG)
    backups.backup(store)
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    copies = backup_files.store_of(made.parent, store.path)
    assert {each.digest for each in copies.found()} == {digest_of(first), digest_of(second)}
    assert check(store, "Backups").ok


def test_a_box_without_files_is_copied_as_ever(desk: Desk, house: int) -> None:
    desk.papers.add(house, LICENCE)
    made = backups.backup(desk.store)
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_a_restore_brings_the_files_on_another_machine(
    desk: Desk, house: int, tmp_path: Path, clock: Clock
) -> None:
    paper = filed(desk, house)
    made = backups.backup(desk.store)
    desk.store.close()
    elsewhere = tmp_path / "elsewhere"
    carried = elsewhere / "carried"
    carried.mkdir(parents=True)
    copy = made.replace(carried / made.name)
    (made.parent / "box.files").replace(carried / "box.files")
    box = elsewhere / "data" / "box.sqlite"
    assert backups.restore(box, copy, clock) is None
    assert paper_files.lacking_in(box) == 0
    store = open_store(box, clock)
    with store.desk().papers.fetch(paper.id) as file:
        assert file.read() == PDF
    assert doctor.examine(store, thorough=True).ok
    store.close()


def test_a_restore_without_the_files_says_what_is_missing(
    desk: Desk, house: int, tmp_path: Path, clock: Clock
) -> None:
    filed(desk, house)
    made = backups.backup(desk.store)
    desk.store.close()
    box = tmp_path / "elsewhere" / "box.sqlite"
    box.parent.mkdir()
    alone = made.replace(box.parent / "copy.sqlite")
    backups.restore(box, alone, clock)
    assert paper_files.lacking_in(box) == 1
    store = open_store(box, clock)
    found = check(store, "Files of papers")
    assert not found.ok
    assert "J" in found.detail
    store.close()


def test_what_a_restore_replaces_keeps_its_files(desk: Desk, house: int, clock: Clock) -> None:
    first = filed(desk, house)
    made = backups.backup(desk.store)
    second = filed(desk, house, PNG)
    beside(desk.store.path).path_of(digest_of(first)).write_bytes(b"altered")
    desk.store.close()
    kept = backups.restore(desk.store.path, made, clock)
    assert kept is not None
    assert beside(desk.store.path).is_sound(digest_of(first))
    assert digest_of(second) in digests(kept)
    replaced = open_store(kept, clock)
    replaced.desk().papers.fetch(second.id).close()
    replaced.close()


def test_a_named_copy_has_its_files_beside_it(desk: Desk, house: int, tmp_path: Path) -> None:
    paper = filed(desk, house)
    target = tmp_path / "stick" / "monday.sqlite"
    backups.backup(desk.store, target)
    assert digests(target) == {digest_of(paper)}
    assert target.with_name("monday.files").is_dir()


def test_a_copy_of_a_box_that_lost_a_file_is_made_and_says_so(desk: Desk, house: int) -> None:
    paper, other = filed(desk, house), filed(desk, house, PNG)
    beside(desk.store.path).path_of(digest_of(paper)).unlink()
    with pytest.raises(StorageTrouble, match=r"missing or damaged \(1\)"):
        backups.daily_backup(desk.store)
    (copy,) = backups.copies_of(desk.store.path)
    copies = backup_files.store_of(copy.file.parent, desk.store.path)
    assert {each.digest for each in copies.found()} == {digest_of(other)}
    assert backups.daily_backup(desk.store) is None  # the day has its copy


def test_files_go_with_the_last_copy_that_names_them(desk: Desk, house: int) -> None:
    store = desk.store
    paper = filed(desk, house)
    made = backups.backup(store)
    copy = made.rename(made.with_name("box-20260101-093000-000000000000.sqlite"))
    copies = backup_files.store_of(copy.parent, store.path)
    desk.trail.undo()
    backups.backup(store)
    backups.weed(store.path)
    assert [each.digest for each in copies.found()] == [digest_of(paper)]
    old = copies.path_of(digest_of(paper)).stat().st_mtime - LONG_AGO
    os.utime(copies.path_of(digest_of(paper)), (old, old))
    backups.weed(store.path)
    assert [each.digest for each in copies.found()] == [digest_of(paper)]
    copy.unlink()
    backups.weed(store.path)
    assert list(copies.found()) == []


def test_an_unreadable_copy_keeps_every_file(desk: Desk, house: int) -> None:
    filed(desk, house)
    copy = backups.backup(desk.store)
    copies = backup_files.store_of(copy.parent, desk.store.path)
    (kept,) = copies.found()
    os.utime(copies.path_of(kept.digest), (0, 0))
    copy.write_bytes(b"no box" * 1000)
    backups.weed(desk.store.path)
    assert [each.digest for each in copies.found()] == [kept.digest]


def test_an_erasure_while_the_copy_is_made_is_no_trouble(
    desk: Desk, house: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(desk, house)
    real = backup_files.bring_along
    done: list[bool] = []

    def erased_first(*arguments: object) -> list[str]:
        if not done:
            done.append(True)
            desk.audit.erase(house, "客户要求")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(backup_files, "bring_along", erased_first)
    made = backups.backup(desk.store)
    assert paper_files.named_in(made) == {}


def test_an_archive_of_box_and_files(desk: Desk, house: int, tmp_path: Path, clock: Clock) -> None:
    paper = filed(desk, house)
    box = desk.store.path
    copy = backups.backup(desk.store)
    archive = tmp_path / "whole.tar"
    with archive.open("wb") as output:
        assert backup_files.write_archive(copy, beside(box), output) == 0
    desk.store.close()
    fresh = tmp_path / "fresh" / "box.sqlite"
    backups.restore(fresh, archive, clock)
    assert digests(fresh) == {digest_of(paper)}
    assert sorted(each.name for each in fresh.parent.iterdir()) == ["box.files", "box.sqlite"]


def test_an_archive_leads_nowhere_else(
    desk: Desk, house: int, tmp_path: Path, clock: Clock
) -> None:
    paper = filed(desk, house)
    box = desk.store.path
    copy = backups.backup(desk.store)
    archive = tmp_path / "evil.tar"
    name = f"box.files/{digest_of(paper)[:2]}/{digest_of(paper)}"
    with tarfile.open(archive, "w") as made:
        made.add(copy, "box.sqlite")
        for called, content in (("../../evil", b"x"), (name, b"not what it is called")):
            member = tarfile.TarInfo(called)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo(f"box.files/aa/{'a' * 64}")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    desk.store.close()
    fresh = tmp_path / "a" / "b" / "box.sqlite"
    backups.restore(fresh, archive, clock)
    assert not (tmp_path / "evil").exists()
    assert not (tmp_path / "a" / "evil").exists()
    # The sound file of the box that lay nearby is not this machine's to know of.
    assert digests(fresh) == set()
    assert box.exists()


def test_a_cut_off_archive_changes_nothing(
    desk: Desk, house: int, tmp_path: Path, clock: Clock
) -> None:
    filed(desk, house)
    copy = backups.backup(desk.store)
    whole = io.BytesIO()
    backup_files.write_archive(copy, beside(desk.store.path), whole)
    archive = tmp_path / "cut.tar"
    archive.write_bytes(whole.getvalue()[: copy.stat().st_size // 2])
    desk.store.close()
    fresh = tmp_path / "fresh" / "box.sqlite"
    with pytest.raises(StorageTrouble, match="damaged"):
        backups.restore(fresh, archive, clock)
    assert list(fresh.parent.iterdir()) == []


# Undo, orphans, erasure


def test_an_undone_paper_keeps_its_file_for_a_redo(desk: Desk, house: int) -> None:
    paper = filed(desk, house)
    desk.trail.undo()
    aged(desk.store.path, digest_of(paper))
    doctor.mend(desk.store)
    desk.trail.redo()
    with desk.papers.fetch(paper.id) as file:
        assert file.read() == PDF


def test_what_nobody_names_goes_after_a_while(desk: Desk, house: int) -> None:
    box = desk.store.path
    orphan = desk.papers.bring(house, io.BytesIO(PNG), "x.png").digest
    paper = filed(desk, house)
    doctor.mend(desk.store)
    assert digests(box) == {orphan, digest_of(paper)}
    aged(box, orphan)
    aged(box, digest_of(paper))
    left = beside(box).folder / "1-x.unfinished"
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    found = check(desk.store, "Files of papers")
    assert found.ok
    assert "No paper names 1" in found.detail
    assert digests(box) == {orphan, digest_of(paper)}  # looking changes nothing
    doctor.mend(desk.store)
    assert digests(box) == {digest_of(paper)}
    assert not left.exists()
    assert check(desk.store, "Files of papers").detail == "Files: 1 (0.0 MB), all of them whole."


def test_a_file_that_is_brought_again_is_young_again(desk: Desk, house: int) -> None:
    orphan = desk.papers.bring(house, io.BytesIO(PNG), "x.png").digest
    aged(desk.store.path, orphan)
    desk.papers.bring(house, io.BytesIO(PNG), "x.png")
    doctor.mend(desk.store)
    assert digests(desk.store.path) == {orphan}


def test_what_is_lost_or_altered_is_found_and_mended(desk: Desk, house: int) -> None:
    lost, altered, whole = (filed(desk, house, PDF + bytes([each])) for each in range(3))
    files = beside(desk.store.path)
    backups.backup(desk.store)
    files.path_of(digest_of(lost)).unlink()
    files.path_of(digest_of(altered)).write_bytes(PDF + b"\7")
    found = check(desk.store, "Files of papers", thorough=False)
    assert not found.ok
    assert lost.number in found.detail
    assert altered.number in found.detail
    assert whole.number not in found.detail
    doctor.mend(desk.store)
    assert doctor.examine(desk.store, thorough=True).ok


def test_a_backup_that_lost_a_file_is_a_finding(desk: Desk, house: int) -> None:
    paper = filed(desk, house)
    made = backups.backup(desk.store)
    copies = backup_files.store_of(made.parent, desk.store.path)
    copies.path_of(digest_of(paper)).unlink()
    found = check(desk.store, "Backups")
    assert not found.ok
    assert "lacks files of papers (1)" in found.detail
    backups.backup(desk.store)
    assert check(desk.store, "Backups").ok


def test_an_erasure_takes_the_files_that_no_other_paper_has(store: Store) -> None:
    team = sales_team(store)
    card, other = team.card("zhang", "要走的客户"), team.card("zhang", "留下的客户")
    desk = team["zhang"]
    only, both = filed(desk, card, b"%PDF only"), filed(desk, card)
    filed(desk, other)
    replaced = desk.papers.put_file(
        only.id, desk.papers.bring(card, io.BytesIO(b"%PDF newer"), "y.pdf")
    )
    team["keeper"].volumes.close("basic", only.year)
    undone = filed(desk, card, b"%PDF undone")
    desk.trail.undo()
    assert len(digests(store.path)) == 4
    team["admin"].audit.erase(card, "客户书面要求")
    assert digests(store.path) == {digest_of(both)}
    assert {digest_of(only), digest_of(replaced), digest_of(undone)} & digests(store.path) == set()
    assert doctor.examine(store, thorough=True).ok
    with closing(sqlite3.connect(store.path)) as connection:
        told = connection.execute("SELECT group_concat(before || after) FROM change").fetchone()[0]
    assert digest_of(only) not in told
    assert digest_of(both) in told
    assert team["boss"].papers.count(PaperQuery()) == 1


def test_files_of_an_erasure_that_was_cut_off_go_with_mending(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    paper = filed(team["zhang"], card)
    monkeypatch.setattr("store.erasure.drop_unnamed", lambda *_arguments: 0)
    team["admin"].audit.erase(card, "客户书面要求")
    aged(store.path, digest_of(paper))
    assert digests(store.path) == {digest_of(paper)}
    doctor.mend(store)
    assert digests(store.path) == set()


# Trouble


def test_a_full_disk_is_a_sentence(desk: Desk, house: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = filed(desk, house)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(file_store.os, "fsync", full)
    with pytest.raises(StorageTrouble, match="disk is full"):
        desk.papers.bring(house, io.BytesIO(PNG), "x.png")
    monkeypatch.undo()
    assert digests(desk.store.path) == {digest_of(kept)}
    assert list(beside(desk.store.path).folder.glob("*.unfinished")) == []
    assert filed(desk, house, PNG).number.endswith("0002")


def test_a_backup_on_a_full_disk_leaves_no_copy(
    desk: Desk, house: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed(desk, house)
    real = file_store.FileStore.keep

    def full(store: file_store.FileStore, source: io.BytesIO, largest: int) -> file_store.Kept:
        if "backups" in str(store.folder):
            raise StorageTrouble(file_store.FULL)
        return real(store, source, largest)

    monkeypatch.setattr(file_store.FileStore, "keep", full)
    with pytest.raises(StorageTrouble, match="disk is full"):
        backups.backup(desk.store)
    assert list(backups.folder_of(desk.store.path).iterdir()) == []
    monkeypatch.undo()
    assert backups.backup(desk.store).exists()


def test_a_folder_that_cannot_be_written_is_a_sentence(desk: Desk, house: int) -> None:
    beside(desk.store.path).folder.write_text("a file stands in the way")
    with pytest.raises(StorageTrouble, match="cannot be kept"):
        desk.papers.bring(house, io.BytesIO(PNG), "x.png")
    assert desk.papers.add(house, LICENCE).file is None


def test_a_wrong_digest_names_no_file(tmp_path: Path) -> None:
    store = file_store.FileStore(tmp_path)
    for wrong in ("", "x", "../../etc/passwd", "A" * 64, "a" * 63):
        assert store.size_of(wrong) is None
        assert not store.is_sound(wrong)


def test_a_copy_before_a_migration_is_told_from_old_boxes(desk: Desk, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE card (id INTEGER)")
    assert paper_files.named_in(old) == {}


def test_the_trail_keeps_files_for_some_weeks_only(desk: Desk, house: int) -> None:
    paper = filed(desk, house)
    desk.trail.undo()
    now = desk.store.clock.now()
    assert paper_files.named_by_trail(now) == {digest_of(paper)}
    assert paper_files.named_by_trail(now + timedelta(days=31)) == set()
    assert isinstance(now, datetime)
    assert date.min < now.date()
