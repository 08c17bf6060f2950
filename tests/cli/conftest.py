"""Runs the command line in this process, in a fresh home, on a box of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import language
from store.database import open_store
from tests.cli.running import Ran, Shuke
from tui import places
from tui.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home in which nobody ever was, with no configuration of the computer's."""
    fresh = tmp_path / "home"
    fresh.mkdir()
    monkeypatch.setenv("HOME", str(fresh))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setattr(places, "SYSTEM_CONFIG", tmp_path / "etc" / "config.toml")
    yield fresh
    language.use("en")


@pytest.fixture
def box(home: Path) -> Path:
    """The box at the usual place, with nothing in it."""
    file = places.box_file()
    open_store(file).close()
    return file


@pytest.fixture
def shuke(capsys: pytest.CaptureFixture[str]) -> Shuke:
    """Runs a command on the day of the tests."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        status = main([*arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run
