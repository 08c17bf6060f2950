"""A full disk, and a box that may only be read: a sentence, and the words stay."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from store.backups import copies_of
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from tests.journeys.killing import HOUSE, reopened, shuke
from tests.journeys.terminal import Terminal

SIZE = "8m"
"""Of the disk; a new box and its first copy take a tenth of it."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(place)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def opened(box: Path, folder: Path, before: Sequence[str] = ()) -> Terminal:
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
    terminal = Terminal([*before, *shuke(box)], environment=environment, folder=HOUSE, columns=100)
    terminal.wait_for("2 Cards", 60)
    return terminal


def fill(disk: Path) -> Path:
    """Take all the room that is left; gives the file that holds it."""
    filler = disk / "film"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def shown(terminal: Terminal) -> str:
    """The screen as running text, without the breaks of lines."""
    return " ".join(terminal.screen_text().split())


@pytest.mark.slow
def test_a_full_disk_is_said_and_the_words_are_saved_when_there_is_room(
    disk: Path, tmp_path: Path
) -> None:
    box = disk / "box.sqlite"
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "customer"})
    with opened(box, tmp_path) as terminal:
        terminal.wait_until(lambda: bool(copies_of(box)), 30)
        terminal.press("2")
        terminal.wait_for("n New", 30)
        terminal.press("n")
        terminal.wait_for("New card", 30)
        terminal.press("1")
        terminal.wait_for("Name*", 30)
        terminal.send("Zhang Shan")
        terminal.wait_for("Zhang Shan")
        filler = fill(disk)
        terminal.press("tab")
        terminal.send("13900002345")
        terminal.press("ctrl+s")
        terminal.wait_until(lambda: "disk is full" in shown(terminal), 30)
        assert "Zhang Shan" in terminal.screen_text()
        assert "13900002345" in terminal.screen_text()
        assert "Card entered" not in terminal.screen_text()
        filler.unlink()
        terminal.press("ctrl+s")
        terminal.wait_for("Card entered", 30)

        terminal.wait_for("l Log")
        terminal.press("l")
        terminal.wait_for("Log a talk")
        filler = fill(disk)
        terminal.send("phone asked for a quote +send samples")
        terminal.wait_for("asked for a quote")
        terminal.press("enter")
        terminal.wait_until(lambda: "disk is full" in shown(terminal), 30)
        assert "phone asked for a quote" in terminal.screen_text()
        assert "Logged" not in terminal.screen_text()
        filler.unlink()
        terminal.press("enter")
        terminal.wait_for("Logged", 30)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with reopened(box) as desk:
        names = {row.name for row in desk.cards.page(CardQuery(), 0, -1)}
        assert names == {"customer", "Zhang Shan"}
        assert desk.interactions.count(InteractionQuery(text="quote")) == 1
        assert desk.todos.count(TodoQuery()) == 1
        assert desk.drafts.all() == []
        desk.drafts.close()


def test_the_shell_says_that_the_disk_is_full(disk: Path) -> None:
    box = disk / "box.sqlite"
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "customer"})
    filler = fill(disk)
    new = ("card", "add", "--name", "Zhang Shan")
    for words in (new, ("log", "customer", "phone"), ("backup",)):
        done = subprocess.run(shuke(box, *words), capture_output=True, text=True, check=False)
        assert done.returncode == 6, (words, done.stderr)
        assert "disk is full" in done.stderr or "No space left" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
    filler.unlink()
    done = subprocess.run(shuke(box, *new), capture_output=True, check=False)
    assert done.returncode == 0
    with reopened(box) as desk:
        assert desk.cards.count(CardQuery()) == 2
        assert desk.interactions.count(InteractionQuery()) == 0
    assert copies_of(box) == []
    assert not list(disk.rglob("*.unfinished*"))


def bound_by_rights() -> list[str]:
    """What comes before a command so that files which may only be read bind it, too."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everything, and there is no setpriv")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def test_a_box_that_may_only_be_read_is_said_and_the_words_are_offered_again(
    tmp_path: Path,
) -> None:
    before = bound_by_rights()
    box = tmp_path / "team" / "box.sqlite"
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "customer"})
    was = box.read_bytes()
    box.chmod(0o400)
    with opened(box, tmp_path, before) as terminal:
        terminal.press("2")
        terminal.wait_for("customer", 30)
        terminal.press("t")
        terminal.wait_for("To-do")
        terminal.send("send samples")
        terminal.wait_for("send samples")
        terminal.press("enter")
        terminal.wait_until(lambda: "read-only" in shown(terminal), 30)
        assert "send samples" in terminal.screen_text()
        assert "Noted" not in terminal.screen_text()
        terminal.press("ctrl+q")
        terminal.settle(1, 5)
    assert box.read_bytes() == was
    for file in box.parent.glob("box.sqlite*"):  # SQLite's own files are as the box was
        file.chmod(0o600)
    with opened(box, tmp_path, before) as terminal:
        terminal.wait_for("send samples", 30)
        terminal.press("enter")
        terminal.wait_for("not saved last time", 30)
        terminal.press("enter")
        terminal.wait_for("Noted", 30)
    with reopened(box) as desk:
        assert [row.title for row in desk.todos.page(TodoQuery(), 0, 9)] == ["send samples"]
        desk.drafts.close()


def test_a_folder_that_may_only_be_read_is_said(tmp_path: Path) -> None:
    before = bound_by_rights()
    box = tmp_path / "team" / "box.sqlite"
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "customer"})
    box.chmod(0o400)
    box.parent.chmod(0o500)
    try:
        for words in (("find", "customer"), ("card", "add", "--name", "Zhang Shan"), ("backup",)):
            command = [*before, *shuke(box, *words)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 6, (words, done.stdout, done.stderr)
            assert len(done.stderr.splitlines()) == 1, done.stderr
            assert "Traceback" not in done.stderr
    finally:
        box.parent.chmod(0o700)
        box.chmod(0o600)
    with reopened(box) as desk:
        assert desk.cards.count(CardQuery()) == 1
