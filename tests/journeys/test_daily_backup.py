"""The first opening of a day leaves a copy of the box."""

from pathlib import Path

import pytest

from store.backups import copies_of
from store.box_file import sound_facts
from tests.journeys.killing import HOUSE, reopened, shuke
from tests.journeys.terminal import Terminal


def opened(box: Path, folder: Path) -> Terminal:
    environment = {"HOME": str(folder), "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
    terminal = Terminal(shuke(box), environment=environment, folder=HOUSE)
    terminal.wait_for("2 Cards", 60)
    return terminal


@pytest.mark.slow
def test_opening_the_program_copies_the_box_once_a_day(tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    with reopened(box) as desk:
        desk.cards.create("person", {"name": "张山"})
    with opened(box, tmp_path) as terminal:
        terminal.wait_until(lambda: bool(copies_of(box)), 30)
    assert sound_facts(copies_of(box)[0].file).cards == 1
    with opened(box, tmp_path) as terminal:
        terminal.settle(3, 4)
    assert len(copies_of(box)) == 1


@pytest.mark.slow
def test_a_backup_that_fails_is_said_and_the_work_goes_on(tmp_path: Path) -> None:
    box = tmp_path / "box.sqlite"
    with reopened(box):
        (tmp_path / "backups").touch()
    with opened(box, tmp_path) as terminal:
        terminal.wait_for("could not be backed up", 30)
        terminal.press("2")
        terminal.wait_for("Search:", 30)
