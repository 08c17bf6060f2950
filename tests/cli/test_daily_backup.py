"""Backups on a server where no app is open, and the way back on another machine."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store import backups
from store.backups import copies_of
from store.clock import Clock
from store.database import open_store
from tests.cli.running import Shuke
from tests.store.sales_team import sales_team
from tui import places


@pytest.fixture
def shared(box: Path) -> Path:
    """The box of a team, in which a card was erased."""
    store = open_store(box, Clock())
    team = sales_team(store)
    for name in ("张山", "李雪梅"):
        team.card("zhang", name, city="深圳")
    gone = team.card("zhou", "赵申")
    team["admin"].audit.erase(gone, "客户要求")
    store.close()
    return box


def test_one_copy_a_day_without_a_word(shuke: Shuke, shared: Path) -> None:
    for _time in range(2):
        ran = shuke("backup", "--daily")
        assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert len(copies_of(shared)) == 1
    told = shuke("doctor", "--as", "zhang").out
    assert "made by shuke backup --daily, and sound." in told


def test_old_copies_go(shuke: Shuke, shared: Path) -> None:
    folder = backups.folder_of(shared)
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"{shared.stem}-202501{day:02d}-010000-{'0' * 12}.sqlite").write_bytes(b"")
    assert shuke("backup", "--daily").status == 0
    assert len(copies_of(shared)) < 14


def test_what_goes_wrong_is_said(shuke: Shuke, shared: Path) -> None:
    backups.folder_of(shared).write_text("a file stands in the way")
    ran = shuke("backup", "--daily")
    assert ran.status == 6
    assert ran.err.count("\n") == 1
    assert shuke("backup", "--daily", "copy.sqlite").status == 2


def test_a_copy_that_leaves_the_box_is_noted(shuke: Shuke, shared: Path, tmp_path: Path) -> None:
    assert shuke("backup", str(tmp_path / "a.sqlite"), "--as", "zhang").status == 0
    assert shuke("backup", str(tmp_path / "b.sqlite")).status == 0  # by nobody in particular
    (entry,) = shuke("audit", "--kind", "export", "--json", "--as", "zhang").document
    fields = {field["field"]: field["to"] for field in entry["records"][0]["fields"]}
    assert (fields["What"], fields["Format"]) == ("a copy of the whole box", "sqlite")


def test_two_at_once_make_one(shared: Path) -> None:
    command = [sys.executable, "-m", "tui.cli", "backup", "--daily", "--database", str(shared)]
    running = [subprocess.Popen(command) for _session in range(4)]
    assert [each.wait(timeout=60) for each in running] == [0, 0, 0, 0]
    assert len(copies_of(shared)) == 1
    assert len(list(backups.folder_of(shared).iterdir())) == 1


class Machine:
    """Another machine: a home in which nobody ever was."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def shuke(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command there."""
        kept = {"PATH", "PYTHONPATH", "VIRTUAL_ENV"}
        environment = {key: value for key, value in os.environ.items() if key in kept}
        environment |= {"HOME": str(self.home), "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "tui.cli", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_restored_on_another_machine(shuke: Shuke, shared: Path, tmp_path: Path) -> None:
    """The rehearsal: server A burns down, its copy comes to an empty machine."""
    assert shuke("backup", "--daily").status == 0
    (copy,) = copies_of(shared)
    sent = tmp_path / "sent" / copy.file.name
    sent.parent.mkdir()
    shutil.copy(copy.file, sent)
    shutil.rmtree(places.data_folder())
    home = tmp_path / "elsewhere"
    home.mkdir()
    there = Machine(home)
    box = str(home / "crm" / "team.sqlite")

    restored = there.shuke("restore", str(sent), "--database", box)
    assert (restored.returncode, restored.stderr) == (0, "")
    examined = json.loads(there.shuke("doctor", "--thorough", "--json", "--database", box).stdout)
    assert examined["ok"] is True, examined
    trail = next(check for check in examined["checks"] if check["name"] == "Trail")
    assert "Erased for good: P000003." in trail["detail"]

    def as_zhang(*words: str) -> str:
        ran = there.shuke(*words, "--database", box, "--as", "zhang")
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    assert "张山" in as_zhang("find", "张山")
    members = there.shuke("member", "list", "--json", "--database", box, "--as", "admin")
    assert "zhou" in members.stdout
    before = json.loads(as_zhang("audit", "--json"))
    assert {entry["member"] for entry in before} == {"zhang"}
    # Work goes on, and the chain with it: numbers are not given out twice, doctor stays content.
    assert as_zhang("card", "add", "--name", "新客").strip() == "P000004"
    assert len(json.loads(as_zhang("audit", "--json"))) == len(before) + 1
    assert there.shuke("backup", "--daily", "--database", box).returncode == 0
    again = json.loads(there.shuke("doctor", "--thorough", "--json", "--database", box).stdout)
    assert again["ok"] is True


@contextmanager
def working_session(box: Path) -> Iterator[None]:
    """Somebody in another process who has the box open."""
    code = (
        "import sys; from store.clock import Clock; from store.database import open_store\n"
        "store = open_store(sys.argv[1], Clock()); store.desk('zhang').cards.find('张山')\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(box)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        assert running.stdout.readline() == "open\n"
        yield
        running.stdin.close()


def test_no_restoring_under_the_feet_of_a_session(
    shuke: Shuke, shared: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    shuke("backup", str(copy), "--as", "zhang")
    with working_session(shared):
        ran = shuke("restore", str(copy))
        assert ran.status == 6
        assert ran.err == (
            "The box is open elsewhere: end every 熟客 that uses it and try again.\n"
        )
    assert shuke("restore", str(copy)).status == 0
