"""One-line entries from the shell."""

import pytest

from tests.cli.running import Shuke

TODO = ["id", "title", "important", "urgent", "quadrant", "due", "card", "owner", "done"]
DAY = ("--today", "2026-09-24")


@pytest.fixture(autouse=True)
def zhang(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张伟", "--phone", "13911112345")


def test_log(shuke: Shuke) -> None:
    ran = shuke("log", "张伟", "电话", "聊了新报价", "*4", "@三天后", "回访", *DAY)
    assert ran.status == 0
    assert ran.out.startswith("Logged with 张伟 (P000001).\n")
    assert "2026-09-27" in ran.out


def test_log_json(shuke: Shuke) -> None:
    ran = shuke("log", "zw", "dh 聊了新报价 +送样品 @明天", "--json", *DAY)
    assert ran.document == {"id": 1}
    (todo,) = shuke("todo", "list", "--json", *DAY).document
    assert todo["title"] == "送样品"
    assert todo["card"] == "P000001"
    assert todo["due"] == "2026-09-25"


def test_log_with_nobody(shuke: Shuke) -> None:
    assert shuke("log", "李四", "电话").status == 1
    assert shuke("log", "张伟").status == 2


def test_todo(shuke: Shuke) -> None:
    (todo,) = shuke("todo", "add", "给张伟送样品", "@明天 15:30", "!", "--json", *DAY).document
    assert list(todo) == TODO
    assert todo == {
        "id": 1,
        "title": "给张伟送样品",
        "important": True,
        "urgent": True,
        "quadrant": 1,
        "due": "2026-09-25T15:30",
        "card": "P000001",
        "owner": todo["owner"],
        "done": False,
    }
    shuke("todo", "add", "整理名片", *DAY)
    rows = shuke("todo", "list", "--json", *DAY).document
    assert [row["title"] for row in rows] == ["给张伟送样品", "整理名片"]
    shown = shuke("todo", "list", *DAY).words()
    assert "1 !^ 1 2026-09-25 15:30 tomorrow 给张伟送样品 张伟" in shown
    (done,) = shuke("todo", "done", "1", "--json", *DAY).document
    assert done["done"] is True
    assert [row["id"] for row in shuke("todo", "list", "--json", *DAY).document] == [2]
    assert len(shuke("todo", "list", "--all", "--json", *DAY).document) == 2
    assert shuke("todo", "done", "2").out == "Done: 整理名片\n"
    assert shuke("todo", "list").out == "Nothing to do.\n"


def test_todos_that_are_none(shuke: Shuke) -> None:
    assert shuke("todo", "done", "7").status == 1
    assert shuke("todo", "done", "x").status == 2
    assert shuke("todo", "add").status == 2
    assert shuke("todo", "add", " ").status == 4
    assert shuke("todo", "list", "--json").document == []


def test_undo_takes_back_a_todo(shuke: Shuke) -> None:
    shuke("todo", "add", "整理名片")
    assert shuke("undo").status == 0
    assert shuke("todo", "list", "--json").document == []
