"""Remarks of colleagues go out with the whole box, to whom may read them, and come in harmless."""

import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from store import language
from store.database import Store
from store.desk import Desk
from store.doctor import examine
from store.errors import BadInput
from store.forms.tidy import LONGEST_TEXT
from store.models.base import database
from store.models.team import Department
from store.records.exchange import ImportResult
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.store.exchange.card_values import TEXTS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_workbook import sheets
from tests.store.exchange.test_export import SLOW
from tests.store.sales_team import SalesTeam, sales_team


def exported(desk: Desk, form: str = "json", what: str = "all") -> bytes:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream)
    return stream.getvalue()


def told(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported(desk))["remarks"]
    return found


def read_back(desk: Desk, content: Any, name: str = "box.json") -> ImportResult:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    plan = desk.exchange.plan(io.BytesIO(raw), name)
    assert (plan.errors, plan.warnings) == ([], [])
    return desk.exchange.run(plan)


def document(*remarks: Any, logins: Sequence[str] = (), **more: Any) -> Any:
    """A box with one card, and what was said about it."""
    card = {"number": "P000777", "kind": "person", "name": "假客户"}
    members = [{"login": login, "name": login} for login in logins]
    whole = {"format": "shuke-box", "version": 1, "cards": [card], "members": members}
    return {**whole, "remarks": list(remarks), **more}


def kept() -> list[tuple[Any, ...]]:
    """Author, addressee, kind and text of all of them."""
    sql = (
        "SELECT author.login, addressee.login, kind, text FROM remark "
        "JOIN member AS author ON author.id = author_id "
        "JOIN member AS addressee ON addressee.id = addressee_id ORDER BY remark.id"
    )
    return list(database.execute_sql(sql).fetchall())


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def test_whoever_may_read_a_remark_takes_it_out(team: SalesTeam) -> None:
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    team["south"].remarks.write("zhou", "在我这张卡上", mine)
    team["east"].remarks.write(team["boss"].member.login, "东区暗语", theirs)
    team["zhou"].remarks.write("zhang", "别人卡上的话", theirs)
    team["boss"].remarks.write("east", "不关卡片的暗语")
    team["boss"].remarks.write("zhang", "月底开会")
    found = told(team["zhang"])
    assert [(one["text"], one.get("card")) for one in found] == [
        ("在我这张卡上", "P000001"),
    ]
    assert "暗语" not in exported(team["zhang"]).decode()
    assert [one["text"] for one in told(team["boss"])] == [
        *("在我这张卡上", "东区暗语", "别人卡上的话"),
    ]
    assert told(team["admin"]) == []
    assert "remarks" not in json.loads(exported(team["boss"], what="cards"))
    team["boss"].releases.give("released", login="zhang", reason="协作")
    assert told(team["zhang"]) == found


def test_what_a_remark_is_about_goes_along_as_far_as_it_is_told(team: SalesTeam) -> None:
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    boss = team["boss"]
    talk = boss.interactions.log(mine, InteractionValues(topic="报价")).id
    other = boss.interactions.log(theirs, InteractionValues(topic="别的")).id
    todo = boss.todos.add(TodoValues("回话", card=mine, owner="zhang")).id
    first = boss.remarks.write("zhang", "谈得好", interaction_id=talk)
    team["zhang"].remarks.answer(first.id, "谢谢")
    boss.remarks.write("zhang", "快点", todo_id=todo)
    stale = boss.remarks.write("zhang", "这个谈过", interaction_id=talk)
    database.execute_sql(
        "UPDATE remark SET interaction_id = ? WHERE id = ?", [other, stale.id]
    )  # as after a merge
    links = ("card", "interaction", "todo", "answers")
    found = [{key: one[key] for key in links if key in one} for one in told(team["zhang"])]
    assert found == [
        {"card": "P000001", "interaction": 1},
        {"card": "P000001", "interaction": 1, "answers": 1},
        {"card": "P000001", "todo": 1},
        {"card": "P000001"},
    ]
    assert "interaction" not in told(boss)[3]


def test_nobody_is_written_to_in_a_colleagues_name(team: SalesTeam) -> None:
    boss = team["boss"].member.login
    said = [
        {"card": "P000777", "text": "一", "author": boss, "addressee": "zhou"},
        {"card": "P000777", "text": "二", "author": "nobody", "addressee": boss},
        {"card": "P000777", "text": "四", "author": boss, "addressee": "zhang"},
        {"card": "P000777", "text": "五", "author": "zhang", "addressee": "zhou"},
        {"text": "六", "author": "zhang", "addressee": boss, "kind": "guidance"},
        {"text": "七", "author": "zhang", "addressee": "zhang", "kind": "risk"},
        {"text": "八", "author": "stranger", "addressee": boss},
        {"text": "九"},
    ]
    said = [{**one, "card": "P000777"} for one in said]
    read_back(team["zhang"], document(*said, logins=["zhang", "stranger", boss]))
    assert kept() == [
        ("zhang", "zhang", "remark", "一"),
        ("zhang", "zhang", "remark", "二"),
        ("zhang", "zhang", "remark", "四"),
        ("zhang", "zhou", "remark", "五"),
        ("zhang", boss, "remark", "六"),
        ("zhang", "zhang", "risk", "七"),
        ("zhang", "zhang", "remark", "八"),
        ("zhang", "zhang", "remark", "九"),
    ]


def test_nobody_is_done_with_what_he_never_got(team: SalesTeam) -> None:
    boss = team["boss"].member.login
    done = {"card": "P000777", "done_at": "2026-01-02T00:00:00Z"}
    said = [
        {"text": "我早说过", "author": "zhang", "addressee": boss, **done},
        {"text": "他早说过", "author": "zhang", "addressee": "south", **done},
        {"text": "还等着", "author": "zhang", "addressee": boss, "card": "P000777"},
    ]
    read_back(team["zhang"], document(*said))
    assert [(who, to, text) for who, to, _kind, text in kept()] == [
        ("zhang", "zhang", "我早说过"),
        ("zhang", "zhang", "他早说过"),
        ("zhang", boss, "还等着"),
    ]
    team["zhang"].trail.undo()
    read_back(team["south"], document(*said))
    assert [(who, to, text) for who, to, _kind, text in kept()] == [
        ("zhang", "zhang", "我早说过"),
        ("zhang", "south", "他早说过"),
        ("zhang", boss, "还等着"),
    ]
    assert [row.text for row in team["boss"].remarks.open()] == ["还等着"]


def test_a_manager_says_what_those_below_said(team: SalesTeam) -> None:
    said = [
        {"card": "P000777", "text": "一", "author": "zhang", "addressee": "zhou"},
        {"card": "P000777", "text": "二", "author": "south", "addressee": "zhang"},
        {"card": "P000777", "text": "三", "author": "south", "addressee": "zhou"},
    ]
    read_back(team["south"], document(*({**one, "kind": "guidance"} for one in said)))
    assert kept() == [
        ("zhang", "zhou", "remark", "一"),
        ("south", "zhang", "guidance", "二"),
        ("south", "zhou", "remark", "三"),
    ]
    assert team["south"].trail.undo().left == ()
    assert kept() == []


@pytest.mark.parametrize("login", ["boss", "keeper"])
def test_whoever_keeps_the_files_brings_remarks_as_they_were(team: SalesTeam, login: str) -> None:
    moment = {"created_at": "2026-01-01T00:00:00Z", "done_at": "2026-01-02T00:00:00.5Z"}
    said = [
        {"card": "P000777", "text": "一", "author": "zhang", "addressee": "zhou", **moment},
        {"card": "P000777", "text": "二", "author": "zhou", "addressee": "zhang", "answers": 1},
        {"text": "三", "author": "south", "addressee": "east", "kind": "guidance"},
    ]
    said[2]["card"] = "P000777"
    read_back(team[login], document(*said))
    assert kept() == [
        ("zhang", "zhou", "remark", "一"),
        ("zhou", "zhang", "remark", "二"),
        ("south", "east", "guidance", "三"),
    ]
    (answer,) = team["zhang"].remarks.open()
    assert (answer.answered, answer.hidden) == ("一", True)
    undone = team[login].trail.undo()
    assert (undone.left, kept()) == ((), [])
    assert examine(team.store).ok


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ({"text": " "}, "filled in"),
        ({"text": 3}, "text"),
        ({"text": "长" * (LONGEST_TEXT + 1)}, str(LONGEST_TEXT)),
        ({"text": "x", "kind": "shout"}, "shout"),
        ({"text": "x", "card": "P000001"}, "P000001"),
        ({"text": "x", "card": None}, "filled in"),
        ({"text": "x", "interaction": 1}, "no such talk"),
        ({"text": "x", "todo": 0}, "no such to-do"),
        ({"text": "x", "answers": 1}, "no such remark"),
        ({"text": "x", "answers": True}, "whole number"),
        ({"text": "x", "done_at": "soon"}, "moment"),
        ({"text": "x", "created_at": "9999-12-31T23:59:59Z"}, "2199"),
        ({"text": "x", "created_at": "0001-01-01T00:00:00Z"}, "1900"),
        ({"text": "x", "author": ["boss"]}, "text"),
    ],
)
def test_a_wrong_remark_is_refused_with_its_place(boxes: Boxes, remark: Any, said: str) -> None:
    with pytest.raises(BadInput, match=r"remarks\[1\]") as refused:
        read_back(boxes.new(), document({"card": "P000777", **remark}))
    assert said in str(refused.value)


REMARKS = st.lists(
    st.tuples(
        TEXTS.filter(lambda text: bool(text.strip())),
        st.sampled_from(["remark", "guidance", "risk"]),
        st.sampled_from([{}, {"interaction": 1}, {"todo": 1}, {"todo": 2, "interaction": 1}]),
        st.none() | st.integers(1, 5),
        st.none() | st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)),
    ),
    max_size=5,
)
TALK = {"card": "P000777", "at": "2026-01-01T00:00:00Z", "topic": "x"}
TODOS = [{"title": title, "card": "P000777"} for title in "ab"]


@pytest.mark.slow
@given(REMARKS, st.sampled_from(["zh", "en"]))
@settings(SLOW)
def test_any_remarks_come_back(boxes: Boxes, remarks: Any, spoken: str) -> None:
    language.use(spoken)
    said = [
        {
            "text": text,
            "kind": kind,
            "author": "wang",
            "addressee": "boss",
            "card": "P000777",
            **about,
            **({"answers": answers} if answers and answers <= place else {}),
            **({"done_at": f"{done.isoformat()}Z"} if done else {}),
        }
        for place, (text, kind, about, answers, done) in enumerate(remarks)
    ]
    whole = document(*said, logins=["boss", "wang"], interactions=[TALK], todos=TODOS)
    box = boxes.new()
    whole["members"][0] = {"login": box.member.login, "name": "boss"}
    for one in whole["remarks"]:
        one["addressee"] = box.member.login
    read_back(box, whole)
    as_json, as_workbook = exported(box), exported(box, "xlsx")
    assert [one["text"] for one in json.loads(as_json)["remarks"]] == [
        one["text"].strip() for one in said
    ]
    copy = boxes.new()
    read_back(copy, as_json)
    assert exported(copy) == as_json
    read_back(copy, as_json)
    assert len(told(copy)) == len(said)
    other = boxes.new()
    read_back(other, as_workbook, "box.xlsx")
    assert json.loads(exported(other)) == json.loads(as_json)
    assert sheets(exported(other, "xlsx")) == sheets(as_workbook)
    language.use("en")


def test_rows_of_a_workbook_that_were_sorted_find_what_they_answer(boxes: Boxes) -> None:
    said = [
        {"card": "P000777", "text": "一", "interaction": 1},
        {"card": "P000777", "text": "二", "answers": 1, "todo": 2},
        {"card": "P000777", "text": "三", "answers": 2, "todo": 1},
    ]
    box = boxes.new()
    read_back(box, document(*said, interactions=[TALK], todos=TODOS))
    before = json.loads(exported(box))
    book = load_workbook(io.BytesIO(exported(box, "xlsx")))
    book["Remarks"].move_range("A3:AZ3", rows=40)
    book["To-do"].move_range("A3:AZ3", rows=40)
    stream = io.BytesIO()
    book.save(stream)
    copy = boxes.new()
    read_back(copy, stream.getvalue(), "box.xlsx")
    after = json.loads(exported(copy))
    moved = {1: 2, 2: 1}
    assert [todo["title"] for todo in after["todos"]] == ["b", "a"]
    for one in before["remarks"]:
        if "todo" in one:
            one["todo"] = moved[one["todo"]]
    assert after["remarks"] == before["remarks"]


def test_a_remark_whose_talk_is_taken_out_comes_without_it(boxes: Boxes) -> None:
    box = boxes.new()
    read_back(
        box, document({"card": "P000777", "text": "一", "interaction": 1}, interactions=[TALK])
    )
    book = load_workbook(io.BytesIO(exported(box, "xlsx")))
    del book["Contact log"]
    stream = io.BytesIO()
    book.save(stream)
    copy = boxes.new()
    plan = copy.exchange.plan(io.BytesIO(stream.getvalue()), "box.xlsx")
    assert [(one.row, one.column) for one in plan.warnings] == [(3, "Remarks Of talk no.")]
    copy.exchange.run(plan)
    assert [one["text"] for one in told(copy)] == ["一"]


def test_departments_of_another_team_stop_nobody_who_sets_up_none(team: SalesTeam) -> None:
    place = ["别的公司", "销售部"]
    strangers = [{"login": login, "name": login, "department": place} for login in ("a", "b")]
    said = {"card": "P000777", "text": "一", "author": "a", "addressee": "b"}
    read_back(team["zhang"], document(said) | {"members": strangers})
    assert kept() == [("zhang", "zhang", "remark", "一")]
    assert not Department.select().where(Department.name == "别的公司").exists()
