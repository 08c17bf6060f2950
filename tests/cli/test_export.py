"""Exporting from the shell."""

import io
import json
import sys
from pathlib import Path
from zipfile import is_zipfile

import pytest

from tests.cli.running import Shuke
from tui import places
from tui.cli import main


@pytest.fixture(autouse=True)
def zhang(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三", "--phone", "13911112345")
    shuke("card", "set", "张三", "birth_lunar=八月十五")


def exported(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> bytes:
    """What `export` writes to standard output."""
    written = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(written, write_through=True))
        assert main(["export", *arguments]) == 0
        return written.getvalue()


def test_csv_to_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    content = exported(monkeypatch, "cards")
    assert content.startswith("\ufeff".encode())
    assert "张三" in content.decode("utf-8-sig")
    assert exported(monkeypatch, "cards", "--format", "csv", "-o", "-") == content


def test_vcard_and_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert exported(monkeypatch, "cards", "--format", "vcf").startswith(b"BEGIN:VCARD")
    assert exported(monkeypatch, "dates", "--format", "ics").startswith(b"BEGIN:VCALENDAR")


def test_the_ending_of_a_file_tells_the_format(shuke: Shuke, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    ran = shuke("export", "cards", "-o", str(book))
    assert (ran.status, ran.out, ran.err) == (0, "", "1 exported.\n")
    assert is_zipfile(book)
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def test_a_whole_box_goes_out_and_comes_in(shuke: Shuke, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    assert shuke("export", "all", "-o", str(file)).status == 0
    content = file.read_bytes()
    assert shuke("export", "all", "-o", str(file.with_suffix(""))).status == 0
    assert file.with_suffix("").read_bytes() == content
    assert json.loads(file.read_text(encoding="utf-8"))
    other = str(tmp_path / "other.sqlite")
    assert shuke("import", str(file), "--yes", "--database", other).status == 0
    assert shuke("find", "张三", "--database", other).status == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["deals"], 2),
        ([], 2),
        (["cards", "--format", "pdf"], 2),
        (["cards", "--format", "ics"], 2),
        (["todos", "--format", "html"], 2),
        (["all", "--format", "csv"], 2),
        (["cards", "-o", "/nowhere/at/all/book.csv"], 6),
    ],
)
def test_what_cannot_be_exported(shuke: Shuke, arguments: list[str], status: int) -> None:
    ran = shuke("export", *arguments)
    assert ran.status == status
    assert ran.err.count("\n") == 1
    assert "inside the program" not in ran.err


def test_a_terminal_gets_no_workbook(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ran = shuke("export", "cards", "--format", "xlsx")
    assert ran.status == 2
    assert ran.err.startswith("These are bytes")


@pytest.mark.parametrize("name", ["box.sqlite", "box.sqlite-wal", "BOX.drafts.sqlite"])
def test_the_box_is_not_written_over(shuke: Shuke, name: str) -> None:
    box = places.box_file()
    before = box.read_bytes()
    ran = shuke("export", "cards", "-o", str(box.with_name(name)))
    assert ran.status == 2
    assert (
        ran.err == f"{box.with_name(name)} belongs to the card box itself: choose another name.\n"
    )
    assert box.read_bytes() == before


def test_what_is_called_like_the_box_is_anybodys(shuke: Shuke) -> None:
    beside = places.box_file().with_name("box.json")
    assert shuke("export", "cards", "-o", str(beside)).status == 0
    assert beside.read_text(encoding="utf-8").startswith("{")


def test_the_files_of_the_box_are_its_own(shuke: Shuke) -> None:
    folder = places.box_file().with_name("box.files")
    folder.mkdir(exist_ok=True)
    assert shuke("export", "cards", "-o", str(folder / "a.csv")).status == 2
    assert not (folder / "a.csv").exists()


def test_an_export_that_fails_leaves_the_old_file(
    shuke: Shuke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    book = tmp_path / "book.csv"
    book.write_text("old")
    monkeypatch.setattr("store.exchange.exporting.export", fail)
    ran = shuke("export", "cards", "-o", str(book))
    assert ran.status == 6
    assert "the disk is full" in ran.err
    assert book.read_text() == "old"
    assert list(tmp_path.glob("*.unfinished")) == []
