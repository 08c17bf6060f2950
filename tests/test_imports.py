"""What importing loads: the quick paths stay quick, and the house's floors apart.

A contract of import-linter passes where a package's `__init__` drags things in, so these look at
`sys.modules` of a fresh process.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SCREEN = {"textual", "rich"}
DATABASE = {"peewee", "playhouse"}
DRIVERS = {"psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb"}
SLOW = {"openpyxl", "vobject", "icalendar", "pypinyin", "jinja2", "charset_normalizer"}

REPEATS = {"dateutil"}

OPEN_A_BOX = """
from pathlib import Path
from tempfile import TemporaryDirectory
from store.database import open_store
with TemporaryDirectory() as folder:
    store = open_store(Path(folder, "box.sqlite"))
    desk = store.desk()
    desk.cards.create("person", {"name": "张三"})
    store.close()
"""


def modules_of(layer: str) -> list[str]:
    """Every module of a layer, by its dotted name."""
    paths = sorted((ROOT / layer).rglob("*.py"))
    names = [path.relative_to(ROOT).with_suffix("").parts for path in paths]
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in names]


def loaded(code: str, *extra_path: Path) -> set[str]:
    """The top-level packages that a fresh process has loaded after some code."""
    path = [str(ROOT), *map(str, extra_path)]
    program = f"import sys; sys.path[:0] = {path!r}\n{code}\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr
    return {name.partition(".")[0] for name in ran.stdout.splitlines()[-1].split()}


def need(module: str) -> None:
    """Skip where a module is not there."""
    if find_spec(module) is None:
        pytest.skip(f"there is no {module}")


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("store.forms", DATABASE | SCREEN),
        ("store.forms.declaration", DATABASE | SCREEN | SLOW),
        ("store.lunar", DATABASE | SCREEN | SLOW),
        ("store.language", DATABASE | SCREEN | SLOW),
        ("store.tokens", DATABASE | SCREEN | SLOW),
        ("store.database", DRIVERS | SCREEN | SLOW),
        ("store.desk", DRIVERS | SCREEN | SLOW),
        ("store.interactions", DRIVERS | SCREEN | SLOW | REPEATS),
        ("store.todos", DRIVERS | SCREEN | SLOW | REPEATS),
        ("store.occasions", DRIVERS | SCREEN | SLOW | REPEATS),
        ("store.today", DRIVERS | SCREEN | SLOW | REPEATS),
        ("store.one_line", DATABASE | SCREEN | SLOW | REPEATS),
        ("tui.cli", DATABASE | SCREEN | SLOW),
        ("tui.app", DATABASE | SLOW),
    ],
)
def test_module_loads_nothing_it_does_not_need(module: str, unwanted: set[str]) -> None:
    need(module)
    assert loaded(f"import {module}") & unwanted == set()


@pytest.mark.parametrize("layer", ["screens", "widgets"])
def test_screens_and_widgets_know_no_database(layer: str) -> None:
    code = "\n".join(f"import {name}" for name in modules_of(layer))
    assert loaded(code) & (DATABASE | DRIVERS) == set()


def test_the_store_knows_no_screen() -> None:
    names = [name for name in modules_of("store") if ".migrations." not in name]
    assert loaded("\n".join(f"import {name}" for name in names)) & SCREEN == set()


def test_a_box_in_a_file_needs_no_server_driver(tmp_path: Path) -> None:
    """With drivers that are installed: stand-ins which fail as soon as somebody imports them."""
    for driver in DRIVERS:
        (tmp_path / f"{driver}.py").write_text(f"raise RuntimeError('{driver} was imported')")
    assert "peewee" in loaded(OPEN_A_BOX, tmp_path)


def test_stand_ins_are_found(tmp_path: Path) -> None:
    """The test above can fail: without care Peewee imports what it finds."""
    (tmp_path / "psycopg2.py").write_text("extensions = None")
    assert "psycopg2" in loaded("import peewee", tmp_path)


def test_packages_are_empty() -> None:
    for layer in ("tui", "screens", "widgets", "store"):
        for path in (ROOT / layer).rglob("__init__.py"):
            assert path.read_text() == "", path


def test_contracts_are_kept() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [command, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken" in ran.stdout
