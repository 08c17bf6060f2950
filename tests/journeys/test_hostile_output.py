"""Texts that try to harm reach no terminal: what commands write, and what the program paints."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store import language
from tests.journeys.home import Home
from tests.journeys.hostile import make_hostile_box
from tui.cli import main

HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What no line of a command may have: commands to the terminal, marks that turn the writing."""

OWN = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\]22;[a-z]+\x07|[\r\n]")
"""What the program itself sends: control sequences (ECMA-48, 5.4), the shape of the pointer."""


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile") / "box.sqlite"
    make_hostile_box(made)
    return made


@pytest.fixture
def run(
    box: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., str]:
    """Runs a command on the box; gives what it wrote."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))

    def run(*arguments: str, status: int = 0) -> str:
        options = ["--database", str(box), "--today", "2026-09-24", "--lang", "zh"]
        assert main([*arguments, *options]) == status
        written = capsys.readouterr()
        assert not HARMFUL.search(written.err), repr(written.err)
        return written.out

    yield run
    language.use("en")


READING = [
    ["find", "P"],
    *(["brief", f"P{number:06}"] for number in range(1, 19)),
    *(["card", "show", f"P{number:06}"] for number in range(1, 19)),
    *(["card", "show", f"O{number:06}"] for number in range(1, 36, 2)),
    ["todo", "list", "--all"],
    ["dates", "--days", "366"],
    ["today"],
]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_commands_write_them_without_harm(run: Callable[..., str], command: list[str]) -> None:
    assert not HARMFUL.search(run(*command))
    document = run(*command, "--json")
    assert not HARMFUL.search(document)
    json.loads(document)


@pytest.mark.parametrize(
    "arguments",
    [
        ["find", "\udcff张"],
        ["brief", "\udcff"],
        ["card", "show", "\udcff"],
        ["log", "\udcff", "x"],
        ["--as", "\udcff", "find", "x"],
        ["dates", "--from", "\udcff"],
    ],
)
def test_bytes_that_are_no_text_are_refused_in_a_sentence(
    run: Callable[..., str], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    main([*arguments, "--lang", "en"])
    said = capsys.readouterr().err
    assert "inside the program" not in said
    assert said.strip()
    assert not HARMFUL.search(said)


@pytest.mark.slow
def test_the_program_in_a_terminal_paints_them_without_harm(box: Path, tmp_path: Path) -> None:
    with Home(tmp_path, "zh", box).open(columns=120, lines=40) as terminal:
        terminal.wait_for("点我")
        for keys in ("2", "j" * 9, "\r", "\t", "\t", "\t", "\x1b", "3", "jjj", "4", "5", "/点"):
            terminal.send(keys)
            terminal.settle(0.2)
        terminal.wait_for("点我")
        for keys in ("\x1b", "e", "\x1b", "\x1b", "\x11"):
            terminal.send(keys)
            terminal.settle(0.2)
        assert terminal.wait_for_end() == 0
        painted = OWN.sub("", terminal.output.decode("utf-8"))
        assert "@click=app.hostile" in painted
        harm = HARMFUL.search(painted)
        assert harm is None, repr(painted[max(0, harm.start() - 40) : harm.end() + 40])
