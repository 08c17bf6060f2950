"""`shuke audit`: the trail from the shell."""

from pathlib import Path

import pytest

from tests.cli.running import Shuke


@pytest.fixture(autouse=True)
def zhang(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三", "--phone", "13900001234")
    shuke("card", "set", "张三", "city=深圳")
    shuke("todo", "add", "整理名片")


def test_as_a_table(shuke: Shuke) -> None:
    ran = shuke("audit")
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert lines[0].split()[:3] == ["When", "Who", "Kind"]
    assert "整理名片" in lines[1]
    assert "P000001 张三" in lines[2]
    assert "City 深圳" in lines[2]
    assert "shell" in lines[2]
    assert len(lines) == 4


def test_as_json(shuke: Shuke) -> None:
    todo, changed, entered = shuke("audit", "--json").document
    assert (todo["kind"], todo["summary"], todo["origin"]) == ("change", "To-do added", "shell")
    (record,) = changed["records"]
    assert record["number"] == "P000001"
    assert {"field": "City", "from": "", "to": "深圳"} in record["fields"]
    assert entered["at"][:4].isdigit()
    assert entered["at"][-6:] == "+08:00"


def test_filters(shuke: Shuke) -> None:
    def count(*words: str) -> int:
        return len(shuke("audit", "--json", *words).document)

    assert count("--card", "张三") == 2
    assert count("--card", "P000001", "--field", "city") == 1
    assert count("--kind", "login") == 0
    assert count("--limit", "1") == 1
    assert count("--from", "2020-01-01", "--to", "2020-12-31") == 0
    assert count("--from", "2020-01-01") == 3
    assert count("--table", "todo") == 1
    assert count("--text", "名片") == 1
    assert count("--place", "shell") == 3


def test_what_is_not_there(shuke: Shuke) -> None:
    assert shuke("audit", "--kind", "login").status == 1
    assert shuke("audit", "--kind", "x").status == 2
    assert shuke("audit", "--card", "李四").status == 1
    assert shuke("audit", "--member", "nobody").err == "There is no member “nobody” here.\n"


def test_a_refused_command_stands_in_it(shuke: Shuke, box: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(box)) as other, other:
        other.execute(
            "INSERT INTO member (id, login, name, role, active, created_at) "
            "VALUES (9, 'service', '孙丽', 'service', 1, '2026-01-01 00:00:00')"
        )
    ran = shuke("card", "add", "--name", "李四", "--as", "service")
    assert ran.status == 3
    (entry,) = shuke("audit", "--json", "--as", "service").document
    assert entry["kind"] == "refused"
    told = " ".join(field["to"] for field in entry["records"][0]["fields"])
    assert told == "Card (cards.create) Your role enters no cards."
