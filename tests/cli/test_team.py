"""`shuke member`, `shuke department`: a team is set up from the shell."""

from pathlib import Path

import pytest

from tests.cli.running import Shuke


@pytest.fixture
def team(box: Path, shuke: Shuke) -> Shuke:
    """A director, who opened the box, and a team of two departments."""
    for arguments in (
        ("department", "add", "总部"),
        ("department", "add", "华东", "--under", "总部"),
        ("department", "add", "华南", "--under", "总部"),
        ("member", "add", "lijing", "--name", "李静", "--role", "manager", "--department", "华东"),
        ("member", "add", "zhanglei", "--name", "张磊", "--department", "总部/华东"),
        ("member", "add", "zhouting", "--name", "周婷", "--coach", "zhanglei"),
    ):
        ran = shuke(*arguments)
        assert (ran.status, ran.err) == (0, ""), arguments
    return shuke


def test_a_team_is_listed(team: Shuke) -> None:
    rows = {row["login"]: row for row in team("member", "list", "--json").document}
    assert rows["zhanglei"] | {"last_seen": None} == {
        "login": "zhanglei",
        "name": "张磊",
        "role": "rep",
        "department": "华东",
        "active": True,
        "trainee": False,
        "coach": None,
        "cards": 0,
        "todos": 0,
        "keys": 0,
        "last_seen": None,
        "left_at": None,
    }
    assert (rows["zhouting"]["trainee"], rows["zhouting"]["coach"]) == (True, "zhanglei")
    assert "lijing 李静 manager 华东 0 0 0" in team("member", "list").words()
    assert "trainee of zhanglei" in team("member", "list").out
    shown = team("member", "list", "--json", "--as", "zhanglei").document
    assert [row["cards"] for row in shown if row["login"] == "lijing"] == [None]


def test_a_member_is_changed_by_labels_of_both_languages(team: Shuke) -> None:
    ran = team("member", "set", "zhanglei", "name=张雷", "角色=部门经理", "department=华南")
    assert (ran.status, ran.words()) == (0, "张雷 (zhanglei): changed.")
    document = team("member", "set", "zhanglei", "部门=", "--json").document
    assert (document["role"], document["department"]) == ("manager", None)
    assert team("member", "set", "zhouting", "trainee=no", "--json").document["coach"] is None
    coached = team("member", "set", "zhouting", "coach=李静", "--json").document
    assert (coached["trainee"], coached["coach"]) == (True, "lijing")
    assert team("member", "set", "zhanglei", "role=").status == 0
    for settings in (["role=king"], ["department=西南"], ["login=张"], ["name="]):
        assert team("member", "set", "zhanglei", *settings).status in (1, 4), settings
    assert team("member", "set", "zhanglei", "nonsense=1").status == 2
    assert team("member", "set", "nobody", "name=x").status == 1


def test_a_leaver_hands_over(team: Shuke) -> None:
    team("card", "add", "--name", "赵申", "--as", "zhanglei")
    team("todo", "add", "送样品", "--as", "zhanglei")
    refused = team("member", "leave", "zhanglei")
    assert refused.status == 4
    assert "cards: 1, to-dos: 1" in refused.err
    ran = team("member", "leave", "zhanglei", "--to", "lijing", "--reason", "跳槽")
    assert ran.status == 0
    assert "李静 takes over: cards 1, to-dos 1." in ran.words()
    assert team("today", "--as", "zhanglei").status == 1
    assert team("find", "赵申", "--json", "--as", "lijing").document[0]["owner"] == "李静"
    rows = team("member", "list", "--all", "--json").document
    assert [row["login"] for row in rows if not row["active"]] == ["zhanglei"]
    assert team("undo").status == 0
    assert team("find", "赵申", "--json", "--as", "zhanglei").document[0]["owner"] == "张磊"
    team("member", "leave", "zhanglei", "--to", "lijing")
    assert team("member", "back", "zhanglei").status == 0
    assert team("today", "--as", "zhanglei").status in (0, 1)


def test_only_who_may_sets_up_the_team(team: Shuke) -> None:
    for arguments in (
        ("member", "add", "x", "--name", "x"),
        ("member", "set", "zhanglei", "role=director"),
        ("member", "leave", "zhanglei", "--to", "lijing"),
        ("member", "back", "zhanglei"),
        ("department", "add", "x"),
        ("department", "rename", "华东", "x"),
        ("department", "move", "华东", "--top"),
        ("department", "remove", "华南"),
    ):
        ran = team(*arguments, "--as", "lijing")
        assert (ran.status, ran.out) == (3, ""), arguments


def test_a_trainee_passes(team: Shuke) -> None:
    assert team("member", "pass", "zhouting", "--as", "lijing").status == 3
    ran = team("member", "pass", "zhouting", "卡片填得好", "--as", "zhanglei")
    assert ran.words() == "周婷 (zhouting) is no trainee any more."
    assert team("member", "pass", "zhouting").status == 4
    assert team("member", "note", "zhanglei", "praise", "当月第一").status == 0
    assert team("member", "note", "zhanglei", "gold", "x").status == 2


def test_work_is_told(team: Shuke) -> None:
    team("card", "add", "--name", "赵申", "--as", "zhanglei")
    team("log", "赵申", "电话 聊了报价", "--as", "zhanglei")
    rows = {row["login"]: row for row in team("member", "work", "--json").document}
    assert (rows["zhanglei"]["new_cards"], rows["zhanglei"]["talks"]) == (1, 1)
    assert [*rows][-1] not in ("zhanglei", "lijing")
    assert "张磊 1 1 0 0 0 0" in team("member", "work", "--days", "1").words()
    entries = team("member", "work", "zhanglei", "--json", "--as", "lijing").document
    assert [(entry["kind"], entry["name"]) for entry in entries] == [
        ("talk", "赵申"),
        ("card", "赵申"),
    ]
    assert "talk logged 赵申" in team("member", "work", "zhanglei").words()
    assert team("member", "work", "zhanglei", "--as", "zhouting").status == 3
    assert team("member", "work", "lijing").status == 1
    assert team("member", "work", "--days", "99999").status == 4
    assert team("member", "work", "--days", "0").status == 2


def test_departments_are_a_tree(team: Shuke) -> None:
    assert [row["path"] for row in team("department", "list", "--json").document] == [
        "总部",
        "总部/华东",
        "总部/华南",
    ]
    assert team("department", "list").out.splitlines()[2] == "  华东      2        0"
    assert team("department", "rename", "华南", "华南大区").words() == "总部/华南大区"
    assert team("department", "move", "华南大区", "--under", "华东").words() == "总部/华东/华南大区"
    assert team("department", "move", "华南大区", "--top").words() == "华南大区"
    assert team("department", "move", "华南大区").status == 2
    assert team("department", "move", "总部", "--under", "华东").status == 4
    assert team("department", "remove", "华东").status == 4
    assert team("department", "remove", "华南大区").status == 0
    assert team("undo").status == 0
    assert len(team("department", "list", "--json").document) == 3


def test_an_empty_box_has_no_departments(box: Path, shuke: Shuke) -> None:
    assert shuke("department", "list").words() == "There are no departments yet."
