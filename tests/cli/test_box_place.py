"""Where no box is: nothing is made by looking, and a box that is begun is named."""

from pathlib import Path

import pytest

from store.database import open_store
from store.models.base import database
from tests.cli.running import Shuke
from tests.journeys.home import HOUSE, Home
from tests.journeys.terminal import Terminal
from tui import places

READING = (
    *(["find", "zs"], ["brief", "zs"], ["card", "show", "zs"], ["todo", "list"], ["dates"]),
    *(["today"], ["export", "cards"], ["doctor"], ["backup"], ["undo"], ["redo"]),
)
CHANGING = (
    *(["card", "set", "zs", "title=x"], ["card", "trash", "zs"], ["card", "restore", "zs"]),
    *(["log", "zs", "called"], ["todo", "done", "1"]),
)


@pytest.mark.parametrize("command", [*READING, *CHANGING], ids=" ".join)
def test_a_mistyped_path_makes_nothing(shuke: Shuke, tmp_path: Path, command: list[str]) -> None:
    file = tmp_path / "mistyped.sqlite"
    ran = shuke(*command, "--database", str(file))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"There is no card box {file}: is the path right?")
    assert ran.err.count("\n") == 1
    assert not file.exists()


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_nor_does_the_usual_place(shuke: Shuke, command: list[str]) -> None:
    ran = shuke(*command)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"There is no card box {places.box_file()} yet; `shuke` makes one.\n"
    assert not places.data_folder().exists()


def test_a_box_that_is_begun_at_a_named_place_is_named(
    shuke: Shuke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "new.sqlite"
    ran = shuke("card", "add", "--name", "张三", "--database", str(file))
    assert (ran.status, ran.out) == (0, "P000001\n")
    assert ran.err == f"A new card box was begun: {file}.\n"
    ran = shuke("todo", "add", "write", "--database", str(file))
    assert (ran.status, ran.err) == (0, "")
    monkeypatch.setenv("SHUKE_DATABASE", str(tmp_path / "configured.sqlite"))
    assert "configured.sqlite" in shuke("todo", "add", "write").err


def test_a_look_at_an_import_begins_no_named_box(shuke: Shuke, tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text("name\nZhang San\n", encoding="utf-8")
    file = tmp_path / "new.sqlite"
    assert shuke("import", str(book), "--dry-run", "--database", str(file)).status == 1
    assert not file.exists()
    assert shuke("import", str(book), "--yes", "--database", str(file)).status == 0


def test_the_usual_box_is_begun_without_a_word(shuke: Shuke) -> None:
    ran = shuke("card", "add", "--name", "张三")
    assert (ran.status, ran.err) == (0, "")
    assert places.box_file().exists()


@pytest.mark.parametrize("command", [["find", "x"], ["card", "add", "--name", "x"]])
@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("gone/box.sqlite", "There is no folder {home}/gone: is the path right?"),
        ("", "{home} is a folder, not a card box."),
        ("letter.txt", "This file is not a card box."),
        ("letter.txt/box.sqlite", "There is no folder {home}/letter.txt: is the path right?"),
        ("x" * 300, "{home}/{place} cannot be reached: the name is too long."),
    ],
)
def test_places_where_no_box_can_be(
    shuke: Shuke, home: Path, command: list[str], place: str, sentence: str
) -> None:
    (home / "letter.txt").write_text("Dear customer, " * 100, encoding="utf-8")
    ran = shuke(*command, "--database", str(home / place))
    assert (ran.status, ran.out) == (6, "")
    assert ran.err == sentence.format(home=home, place=place) + "\n"
    assert [file.name for file in home.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("url", ["postgresql://host/box", "~nobody-of-this-name/box.sqlite"])
def test_urls_that_name_no_file(shuke: Shuke, url: str) -> None:
    ran = shuke("find", "x", "--database", url)
    assert (ran.status, ran.err) == (
        6,
        f"“{url}” is no place for a box that this program knows.\n",
    )


@pytest.mark.parametrize("command", [["find", "x"], ["card", "add", "--name", "x"], ["doctor"]])
def test_a_box_of_a_newer_program(shuke: Shuke, box: Path, command: list[str]) -> None:
    open_store(box)
    database.execute_sql("PRAGMA user_version = 99")
    database.close()
    before = box.read_bytes()
    ran = shuke(*command)
    assert (ran.status, ran.out) == (6, "")
    assert ran.err == "This box was written by a newer 熟客. Please update the program.\n"
    assert box.read_bytes() == before


def test_nothing_is_left_beside_a_box_that_is_refused(shuke: Shuke, box: Path) -> None:
    open_store(box)
    database.execute_sql("PRAGMA user_version = 99")
    database.close()
    assert shuke("find", "x").status == 6
    assert [file.name for file in box.parent.iterdir()] == [box.name]


@pytest.mark.parametrize(("answer", "status"), [("n", 1), ("", 1), ("y", 0)])
def test_the_app_asks_before_it_begins_a_named_box(
    tmp_path: Path, answer: str, status: int
) -> None:
    file = tmp_path / "new.sqlite"
    home = Home(tmp_path, "en", file)
    with Terminal(home.command(), environment=home.environment, folder=HOUSE) as terminal:
        terminal.wait_for("Begin a new one there? [y/N]")
        assert not file.exists()
        terminal.send(f"{answer}\r")
        if status == 0:
            terminal.wait_until(lambda: terminal.screen_text().startswith(" 1 "), 60)
            terminal.press("ctrl+q")
        assert terminal.wait_for_end() == status
    assert file.exists() == (status == 0)


def test_the_app_begins_nothing_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    home = Home(tmp_path, "en", tmp_path / "gone" / "box.sqlite")
    with Terminal(home.command(), environment=home.environment, folder=HOUSE) as terminal:
        assert terminal.wait_for_end() == 6
        assert "There is no folder" in terminal.screen_text()
    assert not (tmp_path / "gone").exists()


def test_a_configured_member_who_left_is_told_with_the_way_out(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuke("card", "add", "--name", "张山")
    monkeypatch.setenv("SHUKE_MEMBER", "gone")
    refused = shuke("find", "张山")
    assert refused.status == 1
    assert "“gone”" in refused.err
    assert "--as LOGIN" in refused.err
    assert "configuration" not in shuke("find", "张山", "--as", "nobody").err
