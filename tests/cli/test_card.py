"""Cards entered and changed from the shell."""

import re
import sqlite3
from contextlib import closing

import pytest

from store.database import open_store
from store.errors import Conflict
from tests.cli.running import Shuke
from tui import places


def test_add_and_show(shuke: Shuke) -> None:
    ran = shuke(
        "card", "add", "--name", "欧阳震华", "--phone", "139 1111 2345, 010-88889999",
        "--set", "lifecycle=成交客户", "--set", "阴历生日=闰四月初十",
        "--set", "organisation=华东电子", "--set", "income=12万", "--set", "tags=老乡、球友",
    )  # fmt: skip
    assert (ran.status, ran.out, ran.err) == (0, "P000001\n", "")
    card = shuke("card", "show", "oyzh", "--json").document
    assert card["number"] == "P000001"
    assert card["kind"] == "person"
    assert card["trashed"] is False
    assert card["name"] == "欧阳震华"
    assert card["mobile"] == [{"value": "139 1111 2345", "label": ""}]
    assert card["work_phone"] == [{"value": "010-88889999", "label": ""}]
    assert card["lifecycle"] == "buyer"
    assert card["birth_lunar"] == "lunar:--04L-10"
    assert card["organisation"] == "O000001"
    assert card["tags"] == ["老乡", "球友"]
    shown = shuke("card", "show", "P000001").words()
    assert "Organisation 华东电子 (O000001)" in shown
    assert "Lifecycle Buyer" in shown


def test_add_an_organisation(shuke: Shuke) -> None:
    ran = shuke("card", "add", "--kind", "organisation", "--name", "华东电子", "--phone",
                "021-66668888", "--json")  # fmt: skip
    assert ran.document == {"number": "O000001"}
    card = shuke("card", "show", "O000001", "--json").document
    assert card["work_phone"][0]["value"] == "021-66668888"


def test_the_same_customer_is_named_and_entered(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三", "--phone", "13911112345")
    ran = shuke("card", "add", "--name", "张山", "--phone", "+86 139-1111-2345")
    assert (ran.status, ran.out) == (0, "P000002\n")
    assert ran.err == "May be the same customer as P000001 张三 (same Mobile).\n"


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--name", ""], 4, "Name must be filled in."),
        (["--name", "张三", "--phone", "12"], 4, "Mobile: “12” is not a phone number."),
        (["--name", "张三", "--set", "tilte=x"], 2,
         "There is no field “tilte”; did you mean title (Title)?"),
        (["--name", "张三", "--set", "办公电化=x"], 2,
         "There is no field “办公电化”; did you mean work_phone (Work phone)?"),
        (["--name", "张三", "--set", "生日=1980-1-1"], 2,
         "There is no field “生日”; did you mean birth_solar (Solar birthday), "
         "birth_lunar (Lunar birthday)?"),
        (["--name", "张三", "--set", "qqqqqqqq=x"], 2, "There is no field “qqqqqqqq”."),
        (["--name", "张三", "--set", "bogus=x"], 2, "There is no field “bogus”."),
        (["--name", "张三", "--set", "title"], 2,
         "“title” should be KEY=VALUE, such as title=manager."),
        (["--name", "张三", "--set", "gender=第三"], 4, "Gender: “第三” is none of: "),
        (["--name", "张三", "--set", "birth_lunar=1978年七月三十一"], 4, "Lunar birthday: "),
        ([], 2, "the following arguments are required: --name"),
    ],
)  # fmt: skip
def test_what_cannot_be_entered(
    shuke: Shuke, arguments: list[str], status: int, sentence: str
) -> None:
    ran = shuke("card", "add", *arguments)
    assert ran.status == status
    assert ran.err.startswith(sentence)
    assert shuke("find", "张三").status == 1


def test_set(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三", "--set", "title=采购员", "--set", "note=旧")
    ran = shuke("card", "set", "张三", "职务=采购经理", "note=", "mobile=13911112345 (家)")
    assert (ran.status, ran.out) == (0, "P000001 张三: changed.\n")
    card = shuke("card", "show", "张三", "--json").document
    assert card["title"] == "采购经理"
    assert "note" not in card
    assert card["mobile"] == [{"value": "13911112345", "label": "家"}]
    assert (
        shuke("card", "set", "张三", "title=采购经理").out == "P000001 张三: nothing to change.\n"
    )
    assert shuke("card", "set", "张三", "title=x", "--json").document == {"number": "P000001"}


def test_fields_by_any_of_their_names(shuke: Shuke) -> None:
    for name in ("birth_lunar", "阴历生日", "Lunar birthday", "农历生日", "lunarbirthday"):
        shuke("card", "add", "--name", "张三")
        assert shuke("card", "set", "张三", f"{name}=八月十五").status == 0
        card = shuke("card", "show", "张三", "--json").document
        assert card["birth_lunar"] == "lunar:--08-15"
        shuke("card", "trash", "张三")
    assert (
        shuke("card", "add", "--name", "李四", "--set", "姓名=王五", "--set", "公司=某厂").status
        == 0
    )
    assert shuke("card", "show", "李四", "--json").document["organisation"] == "O000001"


def test_days_in_words_are_reckoned_from_the_shown_day(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")
    assert shuke("card", "set", "张三", "met_on=昨天", "--today", "2026-03-01").status == 0
    assert shuke("card", "show", "张三", "--json").document["met_on"] == "2026-02-28"


def test_a_wrong_setting_changes_nothing(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")
    assert shuke("card", "set", "张三", "title=经理", "mobile=12").status == 4
    assert "title" not in shuke("card", "show", "张三", "--json").document


def test_changed_by_somebody_else_meanwhile(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.cards import Cards

    def conflict(*_: object, **__: object) -> None:
        raise Conflict("{name} changed {titles} meanwhile.", name="李娜", titles="Title")

    shuke("card", "add", "--name", "张三")
    monkeypatch.setattr(Cards, "save", conflict)
    ran = shuke("card", "set", "张三", "title=x")
    assert (ran.status, ran.err) == (5, "李娜 changed Title meanwhile.\n")


def test_trash_and_restore(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")
    assert shuke("card", "trash", "张三").out == "P000001 张三 is in the trash.\n"
    assert shuke("find", "张三").status == 1
    assert shuke("card", "show", "P000001", "--json").document["trashed"] is True
    assert shuke("card", "restore", "张三").out == "P000001 张三 is back.\n"
    assert shuke("find", "张三").status == 0
    assert shuke("card", "trash", "P000001", "--json").document == {"number": "P000001"}
    assert shuke("card", "restore", "p000001").status == 0


def test_a_text_that_fits_several_does_nothing(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三丰")
    shuke("card", "add", "--name", "张三立")
    ran = shuke("card", "trash", "张三")
    assert ran.status == 1
    assert ran.out == ""
    sentence, *candidates = ran.err.splitlines()
    assert sentence.startswith("Several cards fit “张三”")
    assert sorted(candidates) == ["  P000001  张三丰", "  P000002  张三立"]
    assert shuke("find", "张三", "--json").document.__len__() == 2
    for number in ("P000001", "P000002"):
        shuke("card", "trash", number)
    assert shuke("card", "restore", "张三").err.startswith("Several cards fit “张三”")


def test_undo_and_redo(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")
    assert shuke("undo").out == "Taken back: Card entered (张三)\n"
    assert shuke("find", "张三").status == 1
    assert shuke("redo").out == "Done again: Card entered (张三)\n"
    assert shuke("find", "张三").status == 0
    assert shuke("undo").status == 0
    assert (shuke("undo").status, shuke("undo").err) == (1, "There is nothing to undo.\n")


def test_changes_are_noted_as_made_from_the_shell(shuke: Shuke) -> None:
    shuke("card", "add", "--name", "张三")
    store = open_store(places.box_file())
    (entry,) = store.desk().trail.history(1)
    store.close()
    assert entry.origin == "shell"


def test_a_box_that_somebody_holds(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    shuke("card", "add", "--name", "张三")
    monkeypatch.setattr("store.database.PatientDatabase", impatient)
    with closing(sqlite3.connect(places.box_file())) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = shuke("card", "add", "--name", "李四")
    assert ran.status == 6
    assert ran.err.startswith("The box is busy")


def impatient(*arguments: object, **options: object) -> object:
    from peewee import SqliteDatabase

    return SqliteDatabase(*arguments, **{**options, "timeout": 0.05})


def test_rows_are_shown_a_line_each_and_told_as_json(shuke: Shuke) -> None:
    shuke(
        *("card", "add", "--name", "张山", "--set", "Family members=李慧，称呼：妻子；张小雨"),
        *("--set", "education=浙江大学，major：计算机；一中", "--set", "note=甲"),
    )
    told = shuke("card", "show", "张山").out
    assert re.search(r"Schools attended  浙江大学, Major: 计算机\n +一中\n", told)
    assert re.search(r"Family members +李慧, Relation: 妻子\n +张小雨\n", told)
    document = shuke("card", "show", "张山", "--json").document
    assert [row["school"] for row in document["education"]] == ["浙江大学", "一中"]
    assert [row["name"] for row in document["family"]] == ["李慧", "张小雨"]
    assert shuke("card", "set", "张山", "family=李慧，称呼：妻子").status == 0
    (wife,) = shuke("card", "show", "张山", "--json").document["family"]
    assert wife == document["family"][0]
    assert "nothing to change" in shuke("card", "set", "张山", "family=李慧，称呼：妻子").out
    shuke("undo")
    assert shuke("card", "show", "张山", "--json").document["family"] == document["family"]
    assert shuke("card", "set", "张山", "education=").status == 0
    assert "education" not in shuke("card", "show", "张山", "--json").document
    shuke("undo")
    assert len(shuke("card", "show", "张山", "--json").document["education"]) == 2
