"""Copies of the box, and its examination, from the shell."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.running import Shuke
from tui import places
from tui.cli import main


@pytest.fixture
def zhang(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")


@pytest.mark.usefixtures("zhang")
def test_backup_and_restore(shuke: Shuke, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    assert shuke("backup", str(copy)).out == f"The box is copied to {copy}.\n"
    shuke("card", "add", "--name", "李四")
    ran = shuke("restore", str(copy), "--json")
    assert ran.status == 0
    (check,) = ran.document["checks"]
    assert ran.document["ok"] is True
    assert (check["name"], check["ok"]) == ("restore", True)
    assert Path(check["detail"]).exists()
    assert shuke("find", "李四").status == 1
    assert shuke("find", "李四", "--database", check["detail"]).status == 0


@pytest.mark.usefixtures("zhang")
def test_backup_into_its_own_folder(shuke: Shuke) -> None:
    ran = shuke("backup", "--json")
    (check,) = ran.document["checks"]
    assert Path(check["detail"]).parent == places.data_folder() / "backups"


@pytest.mark.usefixtures("zhang")
def test_through_the_standard_streams(
    shuke: Shuke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(written, write_through=True))
        assert main(["backup", "-"]) == 0
        content = written.getvalue()
    assert content.startswith(b"SQLite format 3\x00")
    shuke("card", "trash", "张三")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    ran = shuke("restore", "-")
    assert ran.status == 0
    assert "What it replaces is kept in" in ran.out
    assert shuke("find", "张三").status == 0


@pytest.mark.usefixtures("zhang")
def test_nothing_is_overwritten(shuke: Shuke, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("words")
    ran = shuke("backup", str(precious))
    assert ran.status == 6
    assert precious.read_text() == "words"


def test_no_folder_is_made_for_a_copy(shuke: Shuke, box: Path, tmp_path: Path) -> None:
    ran = shuke("backup", str(tmp_path / "unplugged" / "copy.sqlite"))
    assert (ran.status, ran.err) == (
        6,
        f"There is no folder {tmp_path / 'unplugged'}: is the path right?\n",
    )
    assert not (tmp_path / "unplugged").exists()


def test_standard_input_is_called_so(
    shuke: Shuke, box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuke("backup", str(tmp_path / "copy.sqlite"))
    for content, said in (
        (b"Dear customer", "standard input is not a card box."),
        ((tmp_path / "copy.sqlite").read_bytes(), "The box is now standard input as it was saved."),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        ran = shuke("restore", "-")
        assert said in ran.out + ran.err


@pytest.mark.usefixtures("zhang")
def test_doctor_tells_backups_from_before_a_restore_apart(shuke: Shuke, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.sqlite")
    assert "There is no backup yet." in shuke("doctor").out
    shuke("backup")
    shuke("backup", copy)
    assert shuke("restore", copy).status == 0
    assert "There is no backup since the box was put back." in shuke("doctor").out


@pytest.mark.usefixtures("zhang")
def test_restore_refuses_what_is_no_box(shuke: Shuke, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear customer")
    for file in (letter, tmp_path / "none", places.box_file()):
        ran = shuke("restore", str(file))
        assert ran.status == 6
        assert ran.err.count("\n") == 1
    assert shuke("find", "张三").status == 0


@pytest.mark.usefixtures("zhang")
def test_doctor(shuke: Shuke) -> None:
    ran = shuke("doctor", "--json")
    assert ran.status == 0
    assert ran.document["ok"] is True
    assert all(list(check) == ["name", "ok", "detail"] for check in ran.document["checks"])
    assert "The box is sound." in shuke("doctor", "--mend", "--thorough").out


@pytest.mark.usefixtures("zhang")
def test_doctor_on_a_damaged_box(shuke: Shuke) -> None:
    shuke("backup")
    box = places.box_file()
    content = bytearray(box.read_bytes())
    content[100:4000] = b"\xff" * 3900
    box.write_bytes(content)
    ran = shuke("doctor")
    assert ran.status == 6
    assert "WRONG" in ran.out
    assert "shuke restore" in ran.out
    assert shuke("doctor", "--json").document["ok"] is False


@pytest.mark.parametrize("command", ["doctor", "backup"])
def test_no_box_is_made_to_be_examined(shuke: Shuke, command: str) -> None:
    ran = shuke(command)
    assert ran.status == 1
    assert ran.err == f"There is no card box {places.box_file()} yet; `shuke` makes one.\n"
    assert not places.box_file().exists()
