"""Two members with the real program on one file: they see each other, and nothing typed is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.clock import Clock
from store.database import open_store
from store.models.team import Department, Member
from tests.journeys.home import TODAY, Home
from tests.journeys.terminal import Terminal

REP, MANAGER = "lina", "chen"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A box with a department: its manager 陈强, and 李娜, who looks after 张山."""
    box = tmp_path / "team.sqlite"
    store = open_store(box, Clock(shown_today=TODAY))
    desk = store.desk()
    desk.settings.set_for_box("usual_login", desk.member.login)
    with desk.change("x", asked=True) as change:
        place = change.insert(Department, {"name": "华南"})
        for login, name, role in ((REP, "李娜", "rep"), (MANAGER, "陈强", "manager")):
            whose = {"login": login, "name": name, "role": role, "department_id": place}
            change.insert(Member, {**whose, "created_at": change.now})
    rep = store.desk(REP)
    rep.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "mobile": [{"value": "13900002345", "label": ""}],
        },
    )
    rep.cards.create("person", {"name": "赵申"})
    store.close()
    return Home(tmp_path, "zh", box)


@pytest.fixture
def both(home: Home) -> Iterator[tuple[Terminal, Terminal]]:
    """The rep's terminal and the manager's."""
    with home.open("--as", REP) as rep, home.open("--as", MANAGER) as manager:
        yield rep, manager


def open_card(terminal: Terminal, name: str) -> None:
    terminal.press("/")
    terminal.wait_for("搜索")
    terminal.send(name)
    terminal.wait_for("1 / 3")
    terminal.press("enter")
    terminal.wait_for("速览  全卡")


def meanwhile(terminal: Terminal, text: str) -> None:
    """Wait for what comes without a key, within two looks of the program."""
    terminal.wait_for(text, 20)


@pytest.mark.slow
def test_two_edit_one_card(home: Home, both: tuple[Terminal, Terminal]) -> None:
    rep, manager = both
    open_card(rep, "张山")
    open_card(manager, "张山")
    meanwhile(rep, "陈强 也在看这张卡")
    for terminal in both:
        terminal.press("e")
        terminal.wait_for(">名片")
    meanwhile(rep, "陈强 正在修改")
    meanwhile(manager, "李娜 正在修改")
    rep.press("down")
    rep.send("; 13700002222")
    rep.press("down")
    rep.send("山哥")
    manager.press("down")
    manager.send("; 13800001111")
    manager.press("down")
    manager.send("老张")
    manager.press("down", "down", "down")
    manager.send("采购部")
    manager.settle()
    rep.press("ctrl+s")
    rep.wait_for("速览  全卡")
    meanwhile(manager, "李娜 刚改了 手机、昵称")
    assert "老张" in manager.screen_text()
    manager.press("ctrl+s")
    manager.wait_for("李娜：山哥")
    assert "我写的：老张" in manager.screen_text()
    assert "13700002222" not in manager.screen_text()
    manager.press("1")
    manager.wait_for("速览  全卡")
    meanwhile(rep, "13700002222; 13800001111")
    assert "老张" in rep.screen_text()
    values = home.ask("card", "show", "张山", "--as", REP)
    assert [phone["value"] for phone in values["mobile"]] == [
        "13900002345",
        "13700002222",
        "13800001111",
    ]
    assert (values["nickname"], values["org_department"]) == ("老张", "采购部")


@pytest.mark.slow
def test_a_word_to_a_colleague_appears_on_his_screen(
    home: Home, both: tuple[Terminal, Terminal]
) -> None:
    rep, manager = both
    open_card(manager, "张山")
    manager.press("@")
    manager.wait_for("就 张山 给同事留言")
    manager.send("ln")
    manager.wait_for("给 李娜 lina")
    manager.press("tab")
    manager.wait_for("@李娜")
    manager.send("带上样品")
    manager.press("enter")
    manager.wait_for("已留言给 李娜")
    meanwhile(rep, "[张山] 带上样品")
    rep.press("a")
    rep.wait_for("回复 陈强（关于 张山）")
    rep.send("好的")
    rep.wait_for("好的")
    rep.press("enter")
    rep.wait_for("已留言给 陈强")
    rep.wait_until(lambda: "带上样品" not in rep.screen_text())
    meanwhile(manager, "李娜 致 陈强")
    assert home.ask("remark", "list", "--as", REP) == []
    (answer,) = home.ask("remark", "list", "--as", MANAGER)
    assert (answer["text"], answer["card"]) == ("好的", "P000001")


@pytest.mark.slow
def test_words_being_typed_stay_while_others_write(
    home: Home, both: tuple[Terminal, Terminal]
) -> None:
    rep, manager = both
    rep.press("2")
    rep.wait_for("赵申")
    rep.press("/")
    rep.send("张")
    rep.wait_for("1 / 3")
    manager.press("2")
    manager.wait_for("赵申")
    manager.press("l")
    manager.wait_for("记联系：赵申")
    manager.send("电话 聊了")
    home.run("card", "add", "--name", "张新来", "--as", REP)
    meanwhile(rep, "2 / 4")
    assert "张新来" in rep.screen_text()
    meanwhile(manager, "张新来")
    assert "电话 聊了" in manager.screen_text()
    manager.send("报价")
    manager.wait_for("电话 聊了报价")
    rep.send("新")
    rep.wait_for("1 / 4")
    assert rep.screen_text().count("张新") >= 2  # in the search line, and in the list


@pytest.mark.slow
def test_a_card_that_is_taken_away_closes(home: Home) -> None:
    with home.open("--as", REP) as rep:
        open_card(rep, "赵申")
        home.run("card", "trash", "赵申", "--as", MANAGER)
        meanwhile(rep, "陈强 把“赵申”这张卡放进了回收站")
        rep.wait_for("搜索")


@pytest.mark.slow
def test_a_killed_session_vanishes(both: tuple[Terminal, Terminal]) -> None:
    rep, manager = both
    open_card(rep, "张山")
    open_card(manager, "张山")
    meanwhile(manager, "李娜 也在看这张卡")
    rep.kill()
    begin = time.monotonic()
    manager.wait_until(lambda: "李娜 也在看这张卡" not in manager.screen_text(), 45)
    assert time.monotonic() - begin < 40


def to_section(terminal: Terminal, title: str) -> None:
    """Go on to a section of the form."""
    for _ in range(30):
        if f">{title}" in terminal.screen_text():
            return
        terminal.press("pagedown")
        terminal.settle(0.3)
    raise AssertionError(terminal.screen_text())


@pytest.mark.slow
def test_two_edit_rows_and_fields_of_one_card(home: Home, both: tuple[Terminal, Terminal]) -> None:
    """Other fields, rows and columns of one row are kept; the same column is asked about."""
    rep, manager = both
    school = '[{"school": "浙江大学"}]'
    wife = '[{"name": "李红", "relation": "妻子"}]'
    home.run("card", "set", "张山", f"education={school}", f"family={wife}", "--as", REP)
    for terminal in both:
        open_card(terminal, "张山")
        terminal.press("e")
        terminal.wait_for(">名片")
        terminal.settle()
    # The rep: a field of the profile, a column of the school, another school, the wife's job.
    to_section(rep, "相关信息")
    rep.send("杭州")
    to_section(rep, "教育")
    rep.press("up", "enter", "tab")
    rep.send("物理")
    rep.settle()
    rep.press("escape")
    rep.settle(0.5)
    rep.press("tab")
    rep.send("杭州一中")
    rep.settle()
    to_section(rep, "家庭")
    rep.press("up", "enter", "tab", "tab", "tab", "tab")
    rep.send("教师")
    rep.settle()
    # The manager: another field, the same column of the school, a school, the wife's phone.
    to_section(manager, "教育")
    manager.press("up", "enter", "tab")
    manager.send("化学")
    manager.press("tab")
    manager.send("硕士")
    manager.press("enter")
    manager.settle()
    manager.press("escape")
    manager.settle(0.5)
    manager.press("tab")
    manager.send("杭州二中")
    manager.settle()
    to_section(manager, "家庭")
    manager.press("up", "enter", *["tab"] * 5)
    manager.send("13900001111")
    manager.settle()
    rep.press("ctrl+s")
    rep.wait_for("速览  全卡")
    meanwhile(manager, "李娜 刚改了")
    manager.press("ctrl+s")
    manager.wait_for("李娜 刚改了“浙江大学")
    assert "专业" in manager.screen_text()
    assert "李娜：物理" in manager.screen_text()
    assert "我写的：化学" in manager.screen_text()
    manager.press("1")
    manager.wait_for("速览  全卡")
    shown = home.ask("card", "show", "张山", "--as", REP)
    rows = [{k: v for k, v in row.items() if k != "id"} for row in shown["education"]]
    assert rows == [
        {"school": "浙江大学", "major": "化学", "degree": "master"},
        {"school": "杭州一中"},
        {"school": "杭州二中"},
    ]
    assert shown["native_place"] == "杭州"
    store = open_store(home.folder / "team.sqlite", Clock(shown_today=TODAY))
    try:
        card = store.desk(REP).cards.find("张山")[0].id
        (family,) = store.desk(REP).cards.attached(card)["family"]
    finally:
        store.close()
    assert {key: family.get(key) for key in ("name", "relation", "job", "phone")} == {
        "name": "李红",
        "relation": "妻子",
        "job": "教师",
        "phone": "13900001111",
    }
