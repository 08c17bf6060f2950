"""Root on the server works as the account that the box belongs to."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

pytestmark = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="needs root, who can become another account"
)

NOBODY = 65534
PROGRAM = Path(__file__).parents[2]
LIBRARIES = [place for place in sys.path if place.endswith("-packages")]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that is nobody's, as the page for administrators makes the account's."""
    made = Path(mkdtemp(prefix="shuke-owner-"))
    os.chown(made, NOBODY, NOBODY)
    yield made
    shutil.rmtree(made)


def readable_python() -> str | None:
    """An interpreter of our version that nobody can run: ours may lie in root's own home."""
    asked = "import sys; print(*sys.version_info[:2], end='')"
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            ran = subprocess.run(
                [python, "-c", asked], user=NOBODY, cwd="/", env={}, capture_output=True, text=True
            )
        except OSError:
            continue
        if ran.stdout == f"{sys.version_info[0]} {sys.version_info[1]}":
            return python
    return None


READABLE = readable_python() if os.name == "posix" and os.geteuid() == 0 else None
becomes = pytest.mark.skipif(READABLE is None, reason="no interpreter that everybody can run")


def shuke(*words: str, box: Path, program: Path = PROGRAM) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            READABLE or sys.executable,
            "-m",
            "tui.cli",
            *words,
            "--lang",
            "en",
            "--database",
            str(box),
        ],
        cwd=program,
        env={
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join((str(program), *LIBRARIES)),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@becomes
def test_what_root_begins_belongs_to_the_account(folder: Path):
    box = folder / "box.sqlite"
    begun = shuke("card", "add", "--name", "张山", box=box)
    assert begun.returncode == 0, begun.stderr
    made = shuke("backup", box=box)
    assert made.returncode == 0, made.stderr
    files = list(folder.rglob("*"))
    assert len(files) >= 3
    assert {file.stat().st_uid for file in files} == {NOBODY}


@becomes
def test_a_restored_box_belongs_to_the_account(folder: Path):
    source, box = folder / "source.sqlite", folder / "box.sqlite"
    assert shuke("card", "add", "--name", "张山", box=source).returncode == 0
    restored = shuke("restore", str(source), box=box)
    assert restored.returncode == 0, restored.stderr
    assert box.stat().st_uid == NOBODY
    assert "张山" in shuke("find", "张山", box=box).stdout


def test_where_the_account_cannot_read_the_program_nothing_is_done(folder: Path):
    hidden = Path(mkdtemp(prefix="shuke-hidden-"))
    try:
        for package in ("store", "tui", "widgets"):
            shutil.copytree(
                PROGRAM / package, hidden / package, ignore=shutil.ignore_patterns("__pycache__")
            )
        box = folder / "box.sqlite"
        refused = shuke("card", "add", "--name", "张山", box=box, program=hidden)
        assert refused.returncode == 3
        account = pwd.getpwuid(NOBODY).pw_name
        assert f"belongs to the account {account}" in refused.stderr
        assert not box.exists()
    finally:
        shutil.rmtree(hidden)
