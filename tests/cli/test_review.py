"""`shuke review`: inspected, sent back, answered, looked through."""

from pathlib import Path

import pytest

from store.database import open_store
from store.models.team import Member
from tests.cli.running import Shuke


@pytest.fixture(autouse=True)
def team(box: Path, shuke: Shuke) -> None:
    """A director and a rep, and a card of the rep's."""
    store = open_store(box)
    desk = store.desk()
    desk.settings.set_for_box("usual_login", desk.member.login)
    with desk.change("x", asked=True) as change:
        change.insert(Member, {"login": "lina", "name": "李娜", "created_at": change.now})
    store.close()
    shuke("card", "add", "--name", "张伟", "--as", "lina")


def test_sent_back_answered_and_looked_through(shuke: Shuke) -> None:
    waiting = shuke("review", "list", "--json").document
    assert [row["card"] for row in waiting["to_inspect"]] == ["P000001"]
    refused = shuke("review", "inspect", "张伟", "--send-back")
    assert (refused.status, "Say what is to be done" in refused.err) == (4, True)
    sent = shuke(
        *("review", "inspect", "张伟", "--send-back", "--text", "再问问"),
        *("--section", "名片=缺手机", "--json"),
    ).document
    assert sent["remarks"] == {"": "再问问", "name_card": "缺手机"}
    today = shuke("today", "--json", "--as", "lina").document
    assert [row["id"] for row in today["inspections"]] == [sent["id"]]
    assert "缺手机" in shuke("review", "list", "--as", "lina").out
    answered = shuke("review", "answer", str(sent["id"]), "补了", "--as", "lina", "--json").document
    assert (answered["answer"], answered["answered_by"]) == ("补了", "李娜")
    assert shuke("review", "list", "--json").document["sent_back"] == []
    assert "1 card looked" in shuke("review", "done", "P000001", "--as", "lina").out
    assert "Approved: P000001" in shuke("review", "inspect", "P000001").out


def test_what_is_no_section_is_said(shuke: Shuke) -> None:
    assert shuke("review", "inspect", "张伟", "--section", "x=y").status == 2
    assert shuke("review", "inspect", "张伟", "--section", "xy").status == 2
    assert shuke("review", "inspect", "张伟", "--as", "lina").status == 3
