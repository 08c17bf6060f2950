"""What the quick commands load, and the real program as a shell starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import main

ROOT = Path(__file__).parent.parent.parent
RUN = "import sys; from tui.cli import main; status = main(sys.argv[1:])\n"
SCREEN = {"textual", "rich"}
SLOW = {"openpyxl", "vobject", "icalendar", "jinja2", "charset_normalizer", "platformdirs"}

QUICK = [
    ("find", "zs"),
    ("find", "zs", "--json"),
    ("brief", "张山"),
    ("log", "张山", "电话 聊了报价 @明天 回访 +送样品"),
    ("todo", "add", "送样品 @明天"),
    ("todo", "list"),
    ("todo", "done", "1"),
    ("dates",),
    ("today",),
    ("--version",),
    ("find", "--help"),
]


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment of a shell at home, with this program on the path."""
    return {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8"}


def run(
    environment: dict[str, str], code: str, *arguments: str, **options: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        **options,  # type: ignore[call-overload]
    )


def shuke(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(environment, RUN + "sys.exit(status)", *arguments)


def modules(environment: dict[str, str], *arguments: str) -> set[str]:
    """Everything that a command has loaded at its end."""
    code = RUN + "assert status == 0, status; print(*sys.modules)"
    ran = run(environment, code, *arguments)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", QUICK, ids=" ".join)
def test_quick_commands_load_no_screen(
    environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    main(["card", "add", "--name", "张山", "--set", "birth_lunar=八月十五"])
    main(["todo", "add", "整理名片"])
    loaded = {name.partition(".")[0] for name in modules(environment, *arguments)}
    assert loaded & (SCREEN | SLOW) == set()


def test_a_search_loads_only_what_it_needs(environment: dict[str, str]) -> None:
    main(["card", "add", "--name", "张山"])
    loaded = modules(environment, "find", "zs")
    unwanted = {
        "tomllib",
        "zoneinfo",
        "shutil",
        "tempfile",
        "getpass",
        "asyncio",
        "dateutil",
        "store.forms.declaration",
        "store.models.cards",
        "store.recorder",
        "store.lunar",
        "store.moments",
        "tui.config_keys",
    }
    assert loaded & unwanted == set()


def test_the_real_program(environment: dict[str, str], home: Path) -> None:
    added = shuke(environment, "card", "add", "--name", "张山")
    assert (added.returncode, added.stdout, added.stderr) == (0, "P000001\n", "")
    found = shuke(environment, "find", "zs")
    assert (found.returncode, found.stderr) == (0, "")
    assert "张山" in found.stdout
    assert shuke(environment, "find", "li").returncode == 1
    assert sorted(path.name for path in home.iterdir()) == [".local"]


def test_alone_it_asks_for_a_terminal(environment: dict[str, str], home: Path) -> None:
    ran = run(environment, RUN + "sys.exit(status)", stdin=subprocess.DEVNULL)  # type: ignore[arg-type]
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("`shuke` needs a terminal")
    assert ran.stderr.count("\n") == 1
    assert list(home.iterdir()) == []


def test_a_reader_that_goes_away(environment: dict[str, str]) -> None:
    for number in range(3):
        main(["card", "add", "--name", f"张{number}"])
    command = [sys.executable, "-c", RUN + "sys.exit(status)", "find", "z", "--json"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_in_the_c_locale(environment: dict[str, str]) -> None:
    plain = {**environment, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    main(["card", "add", "--name", "张山"])
    for arguments in (("find", "zs"), ("find", "zs", "--json"), ("--help",), ("find", "no")):
        assert "Traceback" not in shuke(plain, *arguments).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("command", ["find zs", "find zs --json", "export cards", "--help"])
def test_a_full_disk_under_the_output(environment: dict[str, str], command: str) -> None:
    shuke(environment, "card", "add", "--name", "张山")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "tui.cli", *command.split()],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ran.returncode == 6
    assert ran.stderr.splitlines()[-1] == (
        "What was asked for cannot be written out: the disk is full."
    )


def test_closed_streams(environment: dict[str, str]) -> None:
    shuke(environment, "card", "add", "--name", "张山")
    command = f"{sys.executable} -m tui.cli"
    for closed, status in (("find zs >&-", 0), ("find zs <&-", 0), ("find x 2>&-", 1)):
        ran = subprocess.run(["sh", "-c", f"{command} {closed}"], env=environment, check=False)
        assert ran.returncode == status
