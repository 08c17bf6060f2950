"""What is handed out: the wheel and the source archive, and the program installed from the wheel.

The packages that the program needs are those of the environment that runs the tests, so that
nothing is fetched.
"""

import ast
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

import pytest

from tests.journeys.terminal import Terminal

pytestmark = pytest.mark.slow

HOUSE = Path(__file__).parent.parent
PACKAGES = ("tui", "screens", "widgets", "store")
TOOLS = ("build", "hatchling")

NEEDED = (
    "store/locale/zh/LC_MESSAGES/shuke.mo",
    "store/pinyin_table.txt",
    "store/pinyin_readings.txt",
    "store/exchange/heading_words.toml",
    *(f"store/forms/{form.name}" for form in (HOUSE / "store/forms").glob("*.toml")),
    *(f"store/migrations/{step.name}" for step in (HOUSE / "store/migrations").glob("*.py")),
)
"""Files without which the installed program would fail, in Chinese or at all."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    missing = [tool for tool in TOOLS if find_spec(tool) is None]
    if missing:
        pytest.skip(f"nothing can be built without {' and '.join(missing)}: install .[dev]")
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(HOUSE))
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> dict[str, bytes]:
    """The files of the wheel, by name."""
    (archive,) = built.glob("*.whl")
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def sources(built: Path) -> dict[str, bytes]:
    """The files of the source archive, by name, without the folder that holds them all."""
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        return {
            str(PurePosixPath(*PurePosixPath(member.name).parts[1:])): read.read()
            for member in opened.getmembers()
            if (read := opened.extractfile(member)) is not None
        }


@pytest.fixture(scope="module")
def shuke(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from the wheel into an environment with nothing of its own."""
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = environment / "bin" / "python"
    (archive,) = built.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    run(*pip, "install", "-q", "--no-deps", "--no-index", str(archive))
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return environment / "bin" / "shuke"


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    """The variables of somebody who was never here; nothing leads back into the house."""
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "zh_CN.UTF-8"}


def run(*command: str, environment: Mapping[str, str] | None = None) -> str:
    """What a command writes; it must be able to do it."""
    ran = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    assert ran.returncode == 0, f"{' '.join(command)}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def test_the_wheel_holds_the_program_and_nothing_else(wheel: dict[str, bytes]) -> None:
    (information,) = {name.split("/")[0] for name in wheel} - {*PACKAGES}
    assert information.endswith(".dist-info")
    assert {*NEEDED} <= wheel.keys()
    written = {str(file.relative_to(HOUSE)) for file in program_files()}
    assert written <= wheel.keys()
    assert {PurePosixPath(name).suffix for name in wheel if "dist-info" not in name} == {
        *(".py", ".toml", ".txt", ".mo", ".html")
    }
    shipped = wheel["store/locale/zh/LC_MESSAGES/shuke.mo"]
    assert shipped == (HOUSE / "store/locale/zh/LC_MESSAGES/shuke.mo").read_bytes()


def test_the_source_archive_is_enough_to_work_on_it(sources: dict[str, bytes]) -> None:
    assert {*NEEDED} <= sources.keys()
    for name in ("README.md", "README.zh.md", "LICENSE", "Makefile", "constraints.txt"):
        assert sources[name] == (HOUSE / name).read_bytes()
    assert {"tests/all.py", "tests/samples/iphone.vcf", "docs/commands.md", ".ci/run"} <= (
        sources.keys()
    )
    rubbish = ("__pycache__", ".sqlite", ".venv", "_cache", ".hypothesis", "egg-info")
    assert [name for name in sources if any(part in name for part in rubbish)] == []


def test_neither_tells_of_this_computer(wheel: dict[str, bytes], sources: dict[str, bytes]) -> None:
    for name, content in (*wheel.items(), *sources.items()):
        for place in (str(HOUSE), sys.prefix):
            assert place.encode() not in content, name


def test_every_package_that_is_imported_is_asked_for() -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        name.split(">")[0].lower().replace("_", "-") for name in settings["project"]["dependencies"]
    }
    owners = metadata.packages_distributions()
    for file in program_files():
        for module in imported(file):
            if module not in sys.stdlib_module_names and module not in PACKAGES:
                names = {name.lower().replace("_", "-") for name in owners[module]}
                assert names & asked, f"{file}: {module}"


def program_files() -> Iterator[Path]:
    """The source files of the program."""
    for package in PACKAGES:
        yield from (HOUSE / package).rglob("*.py")


def imported(file: Path) -> Iterator[str]:
    """The top-level modules that a source file imports anywhere."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_what_was_installed_answers_in_chinese(shuke: Path, home: Mapping[str, str]) -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"] in run(str(shuke), "--version", environment=home)
    assert "按姓名、拼音" in run(str(shuke), "--help", environment=home)
    found = run(str(shuke), "--demo", "find", "zs", environment=home)
    assert "张山" in found
    page = run(str(shuke), "--demo", "brief", "张山", "--format", "html", environment=home)
    assert page.startswith("<!DOCTYPE html>")


def test_what_was_installed_opens_in_chinese(shuke: Path, home: Mapping[str, str]) -> None:
    folder = Path(home["HOME"])
    gone = dict.fromkeys(("PYTHONPATH", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), "")
    with Terminal([str(shuke), "--demo"], environment={**gone, **home}, folder=folder) as terminal:
        terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 今日"), 60)
        terminal.press("/")
        terminal.wait_for("搜索")
        terminal.send("张山")
        terminal.wait_for("1 / 309")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
