"""`shuke remark`: told, listed, answered, done with."""

from pathlib import Path

import pytest

from store.database import open_store
from store.models.team import Member
from tests.cli.running import Shuke
from tui.command_table import split


@pytest.fixture(autouse=True)
def team(box: Path, shuke: Shuke) -> None:
    """A director and a rep, and a card of the director's."""
    store = open_store(box)
    desk = store.desk()
    desk.settings.set_for_box("usual_login", desk.member.login)
    with desk.change("x", asked=True) as change:
        change.insert(Member, {"login": "lina", "name": "李娜", "created_at": change.now})
    store.close()
    shuke("card", "add", "--name", "张伟", "--phone", "13911112345")


def test_told_answered_and_done(shuke: Shuke) -> None:
    told = shuke("remark", "张伟", "@lina", "带上样品", "再去", "--json").document
    assert (told["to"], told["text"], told["card"]) == ("lina", "带上样品 再去", "P000001")
    (waiting,) = shuke("remark", "list", "--json", "--as", "lina").document
    assert (waiting["id"], waiting["card"], waiting["name"]) == (told["id"], None, None)
    today = shuke("today", "--json", "--as", "lina").document
    assert today["remarks"] == [waiting]
    assert "带上样品 再去" in shuke("today", "--as", "lina").words()
    assert shuke("remark", "answer", "1", "好的", "--as", "lina").status == 0
    (answer,) = shuke("remark", "list", "--json").document
    assert (answer["answers"], answer["text"], answer["card"]) == (1, "好的", "P000001")
    assert shuke("brief", "张伟", "--json").document["remarks"] == [answer]
    assert shuke("remark", "done", str(answer["id"])).out == "Done: 好的\n"
    assert shuke("remark", "list").out == "Nothing told.\n"
    assert len(shuke("remark", "list", "--sent", "--json").document) == 1


def test_without_a_card_and_by_pinyin(shuke: Shuke) -> None:
    assert shuke("remark", "-", "@ln", "开会").out == "Told 李娜.\n"
    (waiting,) = shuke("remark", "list", "--json", "--as", "lina").document
    assert (waiting["text"], waiting["card"]) == ("开会", None)


def test_refusals(shuke: Shuke) -> None:
    assert shuke("remark", "-", "@nobody", "开会").status == 1
    assert shuke("remark", "李四", "@lina", "开会").status == 1
    assert shuke("remark", "张伟", "@lina", "开会", "--as", "lina").status == 1
    assert shuke("remark", "-", "@lina").status == 2
    shuke("remark", "-", "@lina", "开会")
    assert shuke("remark", "done", "1").status == 3
    assert shuke("remark", "answer", "7", "好").status == 1


def test_words_of_a_command_go_as_far_as_they_are_one() -> None:
    assert split(["remark", "list", "--json"]) == ("remark list", ["--json"])
    assert split(["remark", "张伟", "list"]) == ("remark", ["张伟", "list"])
    assert split(["remark", "--", "list"]) == ("remark", ["--", "list"])
