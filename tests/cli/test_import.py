"""Importing from the shell: preview, consent, the file of standard input."""

import io
import sys
from pathlib import Path

import pytest

from store.backups import copies_of
from tests.cli.running import Shuke
from tui import places
from tui.cli import main

BOOK = "姓名,手机,阴历生日,公司,怪列\n张三,13911112345,八月十五,华东电子,x\n李四,12,,,\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "book.csv"
    file.write_text(BOOK, encoding="utf-8")
    return file


def test_preview_and_import(shuke: Shuke, book: Path) -> None:
    ran = shuke("import", str(book), "--yes")
    assert ran.status == 0
    words = ran.words()
    assert "阴历生日 Lunar birthday 八月十五" in words
    assert "怪列 Kept beside the fields x" in words
    assert "row 3 手机 “12” is not a phone number." in words
    assert "2 cards: 1 new, 0 known already, 1 refused." in words
    assert "1 entered, 0 filled up, 0 left as they were." in words
    rejected = book.with_name("book.rejected.csv")
    assert str(rejected) in ran.err
    assert "李四" in rejected.read_text(encoding="utf-8-sig")
    assert shuke("find", "张三").status == 0
    assert shuke("undo").out == "Taken back: Cards imported (华东电子, 张三)\n"
    assert shuke("find", "张三").status == 1


def test_json(shuke: Shuke, book: Path) -> None:
    expected = {
        "read": 2,
        "new": 1,
        "updated": 0,
        "skipped": 0,
        "errors": [{"row": 3, "column": "手机", "reason": "“12” is not a phone number."}],
    }
    assert shuke("import", str(book), "--dry-run", "--json").document == expected
    assert shuke("find", "张三").status == 1
    assert shuke("import", str(book), "--yes", "--json").document == expected
    again = {**expected, "new": 0, "skipped": 1}
    assert shuke("import", str(book), "--yes", "--json").document == again


def test_nothing_is_written_where_nobody_can_be_asked(shuke: Shuke, book: Path) -> None:
    ran = shuke("import", str(book))
    assert ran.status == 2
    assert "1 new" in ran.out
    assert ran.err == (
        "Nothing was written: say --yes to import, since nobody can be asked here.\n"
    )
    assert shuke("find", "张三").status == 1


def test_what_changed_nothing_is_not_offered_back(shuke: Shuke, book: Path) -> None:
    assert "`shuke undo` takes it all back." in shuke("import", str(book), "--yes").out
    ran = shuke("import", str(book), "--yes")
    assert "0 entered, 0 filled up, 1 left as they were." in ran.out
    assert "shuke undo" not in ran.out


@pytest.mark.parametrize(
    ("answer", "found"), [("y\n", 0), ("是\n", 0), ("\n", 1), ("n\n", 1), ("", 1)]
)
def test_the_question(
    shuke: Shuke, book: Path, monkeypatch: pytest.MonkeyPatch, answer: str, found: int
) -> None:
    terminal = io.StringIO(answer)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    ran = shuke("import", str(book))
    assert ran.status == 0
    assert "Import 1 new and 0 known cards? [y/N]" in ran.out
    assert ("Nothing was imported." in ran.out) == bool(found)
    assert shuke("find", "张三").status == found


def test_standard_input(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOOK.encode("gb18030"))))
    assert shuke("import", "-").status == 2
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BOOK.encode("gb18030"))))
    assert shuke("import", "-", "--yes", "--json").document["new"] == 1
    assert shuke("find", "张三").status == 0


def test_columns_named_by_hand(shuke: Shuke, book: Path) -> None:
    ran = shuke("import", str(book), "--map", "怪列=备注", "--map", "#4=", "--yes")
    assert ran.status == 0
    card = shuke("card", "show", "张三", "--json").document
    assert card["note"] == "x"
    assert "organisation" not in card


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("怪列", "“怪列” should be COLUMN=KEY, such as 客户=name."),
        ("无列=name", "The file has no column"),
        ("怪列=qqqq", "There is no field"),
    ],
)
def test_columns_that_are_none(shuke: Shuke, book: Path, text: str, sentence: str) -> None:
    ran = shuke("import", str(book), "--map", text, "--yes")
    assert ran.status == 2
    assert ran.err.startswith(sentence)


@pytest.mark.parametrize(("policy", "updated", "new"), [("update", 1, 0), ("new", 0, 1)])
def test_what_becomes_of_those_who_are_there(
    shuke: Shuke, book: Path, policy: str, updated: int, new: int
) -> None:
    shuke("card", "add", "--name", "张三", "--phone", "13911112345")
    ran = shuke("import", str(book), "--on-duplicate", policy, "--yes", "--json")
    assert (ran.document["updated"], ran.document["new"]) == (updated, new)
    preview = shuke("import", str(book), "--dry-run").words()
    assert "row 2 张三 = P000001 张三" in preview


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"PK\x03\x04 cut off", b"BEGIN:VCARD\nVERSION:3.0\nFN:x"]
)
def test_files_that_cannot_be_read(shuke: Shuke, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad"
    file.write_bytes(content)
    ran = shuke("import", str(file), "--yes")
    assert ran.status == 4
    assert ran.err.count("\n") == 1
    assert "inside the program" not in ran.err


def test_a_file_that_is_not_there(shuke: Shuke, tmp_path: Path) -> None:
    ran = shuke("import", str(tmp_path / "none.csv"), "--yes")
    assert ran.status == 4
    assert ran.err.startswith("The file none.csv cannot be opened")


def test_a_file_without_one_good_row(shuke: Shuke, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("姓名,手机\n张三,12\n", encoding="utf-8")
    assert shuke("import", str(file), "--yes").status == 4
    assert shuke("find", "张三").status == 1


def test_the_box_is_copied_first(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(book), "--yes"]) == 0
    assert len(copies_of(places.box_file())) == 1


def test_hostile_cells_reach_no_terminal(shuke: Shuke, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("姓名,\x1b[2J怪\n[/b]张\u202e三\x1b[31m,\x07x\n", encoding="utf-8")
    ran = shuke("import", str(file), "--yes")
    assert all(line.isprintable() for line in (ran.out + ran.err).split("\n"))


def test_the_bar_is_wiped(capsys: pytest.CaptureFixture[str]) -> None:
    from tui.progress import _Bar

    bar = _Bar("读取", 60)
    for done in range(0, 101, 10):
        bar(done, 100)
    bar(100, 100)
    bar.wipe()
    drawn = capsys.readouterr().err
    assert drawn.count("\r") == 11 + 2
    assert "100 %" in drawn
    assert drawn.endswith("\r")
    assert all(len(line) <= 60 for line in drawn.split("\r"))
