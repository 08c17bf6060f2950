"""Killed while papers come in or go into a backup: what was acknowledged is there, and whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import backup_files, backups, doctor
from store.box_file import sound_facts
from store.clock import Clock
from store.database import open_store
from store.file_store import beside
from store.paper_files import named_in
from store.records.papers import PaperQuery, PaperValues
from tests.journeys.killing import TODAY, reopened, run_and_kill, run_and_kill_after, shuke

FILER = """
import io, os, sys
from store.clock import Clock
from store.database import open_store
from store.records.papers import PaperValues

desk = open_store(sys.argv[1], Clock()).desk()
card = desk.cards.find("华东电子")[0].id
turn = 0
while True:
    content = os.urandom(16) * 20_000
    file = desk.papers.bring(card, io.BytesIO(b"%PDF-1.4" + content), "x.pdf")
    paper = desk.papers.add(card, PaperValues("basic", "licence"), file)
    os.write(1, f"{paper.number} {file.digest}\\n".encode())
    turn += 1
    if turn % 3 == 0:
        desk.trail.undo()
        os.write(1, f"undone {paper.number}\\n".encode())
"""


def filled(box: Path, papers: int = 0) -> None:
    """A box with one organisation, and papers with files of 300 kB."""
    store = open_store(box, Clock(shown_today=TODAY))
    desk = store.desk()
    card = desk.cards.create("organisation", {"name": "华东电子"}).id
    for place in range(papers):
        file = box.with_name("scan.pdf")
        file.write_bytes(b"%PDF-1.4" + bytes([place]) * 300_000)
        desk.papers.add(card, PaperValues("basic", "licence"), desk.papers.bring(card, file))
    store.close()


def file_and_kill(folder: Path, rounds: int, chance: random.Random) -> None:
    box = folder / "box.sqlite"
    filled(box)
    acknowledged: dict[str, str] = {}
    for _ in range(rounds):
        said = run_and_kill([sys.executable, "-c", FILER, str(box)], chance, 0.4)
        assert said, "the program did not start"
        for line in said:
            first, second = line.split(" ")
            if first == "undone":
                acknowledged.pop(second, None)
            else:
                acknowledged[first] = second
        with reopened(box) as desk:
            papers = {paper.number: paper for paper in desk.papers.page(PaperQuery())}
            # The last one may have been undone without a word about it.
            missing = acknowledged.keys() - papers.keys()
            assert len(missing) <= 1, missing
            for number in missing:
                del acknowledged[number]
            for number, digest in acknowledged.items():
                with desk.papers.fetch(papers[number].id) as file:
                    assert file.read(8) == b"%PDF-1.4"
                kept = papers[number].file
                assert kept is not None
                assert kept.digest == digest
            doctor.mend(desk.store)


def test_papers_that_were_acknowledged_outlive_a_kill(tmp_path: Path) -> None:
    file_and_kill(tmp_path, 2, random.Random(1))


@pytest.mark.slow
def test_papers_outlive_many_kills(tmp_path: Path) -> None:
    file_and_kill(tmp_path, 25, random.Random(2))


def back_up_and_kill(folder: Path, rounds: int, chance: random.Random) -> None:
    box = folder / "box.sqlite"
    filled(box, papers=12)
    begun = time.monotonic()
    subprocess.run(shuke(box, "backup"), check=True, capture_output=True)
    length = time.monotonic() - begun
    copies = backup_files.store_of(backups.folder_of(box), box)
    for _ in range(rounds):
        for each in copies.found():
            copies.drop(each.digest)
        for copy in backups.copies_of(box):
            copy.file.unlink()
        ended = run_and_kill_after(shuke(box, "backup"), chance.uniform(0.5, 1.0) * length)
        assert ended in (None, 0)
        for copy in backups.copies_of(box):
            assert sound_facts(copy.file).cards == 1
            named = named_in(copy.file)
            assert len(named) == 12
            assert all(copies.is_sound(digest) for digest in named), "a copy without its files"
        assert all(copies.is_sound(each.digest) for each in copies.found())
        with reopened(box):
            pass


def test_a_copy_appears_with_all_its_files_or_not_at_all(tmp_path: Path) -> None:
    back_up_and_kill(tmp_path, 2, random.Random(3))


@pytest.mark.slow
def test_copies_are_whole_however_often_they_are_killed(tmp_path: Path) -> None:
    back_up_and_kill(tmp_path, 25, random.Random(4))


def restore_and_kill(folder: Path, rounds: int, chance: random.Random) -> None:
    box = folder / "box.sqlite"
    filled(box, papers=12)
    subprocess.run(shuke(box, "backup"), check=True, capture_output=True)
    (copy,) = backups.copies_of(box)
    begun = time.monotonic()
    subprocess.run(shuke(box, "restore", str(copy.file)), check=True, capture_output=True)
    length = time.monotonic() - begun
    for _ in range(rounds):
        files = beside(box)
        for each in list(files.found())[::2]:
            files.drop(each.digest)
        moment = chance.uniform(0.5, 1.0) * length
        run_and_kill_after(shuke(box, "restore", str(copy.file)), moment)
        again = subprocess.run(shuke(box, "restore", str(copy.file)), capture_output=True)
        assert again.returncode == 0, again.stderr
        with reopened(box) as desk:
            assert desk.papers.count(PaperQuery()) == 12


def test_a_killed_restore_is_begun_again(tmp_path: Path) -> None:
    restore_and_kill(tmp_path, 1, random.Random(5))


@pytest.mark.slow
def test_restores_come_to_an_end_however_often_they_are_killed(tmp_path: Path) -> None:
    restore_and_kill(tmp_path, 15, random.Random(6))
