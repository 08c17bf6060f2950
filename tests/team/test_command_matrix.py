"""Every shell command, tried with one customer by every role, as `test_rights_matrix.py` does.

A command that is not in the table fails here: whoever adds one says who may use it.
"""

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from store import language
from store.clock import Clock
from store.database import open_store
from tests.team.attempts import TEAM_FORMS
from tests.team.command_attempts import BY_HAND, COMMANDS
from tests.team.team_box import WHO, make_team, told
from tui import places
from tui.cli import main
from tui.command_table import COMMANDS as LISTED

TABLE = Path(__file__).with_name("command_matrix.txt")
"""A line for each attempt: for each of `WHO` the exit status, and how much was told."""

Run = Callable[[str, str], str]
"""Gives the outcome of an attempt by a member."""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    language.use("en")
    file = tmp_path_factory.mktemp("team") / "box.sqlite"
    store = open_store(file, Clock(shown_today=date(2026, 9, 24)))
    make_team(store)
    store.close()
    return file


@pytest.fixture
def run(box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(places, "SYSTEM_CONFIG", tmp_path / "none.toml")
    book = tmp_path / "book.csv"
    book.write_text("姓名\n新客户\n", "utf-8")

    def attempt(name: str, login: str) -> str:
        return outcome(box, tmp_path, book, name, login)

    yield attempt
    language.use("en")


def outcome(box: Path, folder: Path, book: Path, name: str, login: str) -> str:
    """The exit status of a command, and how much its output tells; the box stays as it was."""
    copy = folder / "copy.sqlite"
    shutil.copy(box, copy)
    for ending in ("-wal", "-shm"):
        Path(f"{copy}{ending}").unlink(missing_ok=True)
    shutil.rmtree(folder / "copy.files", ignore_errors=True)
    shutil.copytree(box.with_name("box.files"), folder / "copy.files")
    command = command_of(name)
    forms = folder / "forms.toml"
    forms.write_text(TEAM_FORMS, "utf-8")
    places_of = {"FILE": str(book), "FORMS": str(forms)}
    places_of["NOWHERE"] = str(folder / "nowhere.sqlite")
    arguments = [places_of.get(word, word) for word in COMMANDS[name]]
    everywhere = ["--as", login, "--database", str(copy), "--lang", "en", "--today", "2026-09-24"]
    status, out = ran([*command.split(), *everywhere, *arguments])
    # What a member types himself tells him nothing.
    for typed in arguments:
        out = out.replace(typed, "")
    return f"{status}{'-' if command in BY_HAND else told(out)}"


def command_of(name: str) -> str:
    """The command that an attempt is one of."""
    return max((command for command in LISTED if f"{name} ".startswith(f"{command} ")), key=len)


def ran(arguments: list[str]) -> tuple[int, str]:
    """Run the command line in this process; gives the exit status and all that was written."""
    before = sys.stdin, sys.stdout, sys.stderr
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
    sys.stdin = io.TextIOWrapper(io.BytesIO(b"x"), encoding="utf-8")
    sys.stdout = sys.stderr = stream
    try:
        status = main(arguments)
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    stream.flush()
    return status, written.getvalue().decode("utf-8", "replace")


def expected() -> dict[str, list[str]]:
    """The table as it is written down."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {
        name: cells.split()
        for line in lines
        for name, cells in [re.split(r"  +", line, maxsplit=1)]
    }


QUICK = ("owner", "partly", "stranger")
"""Those of whom a change is tried at once; every one of them is tried with the slow tests."""


@pytest.mark.parametrize(
    "login",
    [pytest.param(each, marks=() if each in QUICK else pytest.mark.slow) for each in WHO],
)
def test_who_gets_how_much_by_which_command(run: Run, login: str) -> None:
    place = list(WHO).index(login)
    found = {name: run(name, login) for name in COMMANDS}
    assert found == {name: cells[place] for name, cells in expected().items()}


def test_every_command_is_in_the_table() -> None:
    assert {command_of(name) for name in expected()} == set(LISTED)
