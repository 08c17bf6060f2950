"""An import is one change set: what it writes, how it meets known customers, how it is undone."""

import csv
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.card_values import load_records
from store.clock import Clock
from store.database import open_store
from store.derived import work_out_cards
from store.desk import Desk
from store.doctor import examine
from store.errors import BadInput, NotFound, StorageTrouble
from store.models.base import database
from store.models.team import Member
from store.records.cards import CardQuery, CardRecord
from store.records.exchange import ImportPlan, ImportResult
from store.records.interactions import InteractionValues

Taken = Callable[..., tuple[ImportPlan, ImportResult]]
ROOT = Path(__file__).parents[3]


def cards(desk: Desk, kind: str = "person") -> dict[str, CardRecord]:
    """The cards of a kind by name."""
    rows = desk.cards.page(CardQuery(kind=kind, sort="number"), 0, 1000)
    return {record.name: record for record in load_records([row.id for row in rows]).values()}


def count(table: str) -> int:
    return int(database.execute_sql(f"SELECT count(*) FROM {table}").fetchone()[0])


ADDRESS_BOOK = (
    "姓名,性别,手机,公司,职务,农历生日,阳历生日,爱好,星座\n"
    "张山,男,13911112345; 0571-88881234 (家),华东电子有限公司,采购经理,"
    "八月十五,1985-09-29,钓鱼、书法,天秤\n"
    "李雪,女,13800001111,华东电子有限公司,工程师,闰四月初十,,,\n"
    ",,,恒通物流有限公司,,,,,\n"
)


def test_cards_are_entered_with_all_that_stands_on_them(box: Desk, take: Taken) -> None:
    _plan, result = take(ADDRESS_BOOK, name="通讯录.csv")
    assert (result.read, result.new, result.updated, result.skipped) == (3, 3, 0, 0)
    assert (result.organisations, result.errors, result.rejected_file) == (1, (), None)
    people, houses = cards(box), cards(box, "organisation")
    assert set(houses) == {"华东电子有限公司", "恒通物流有限公司"}
    zhang = people["张山"]
    assert zhang.owner == box.member.name
    assert zhang.values == {
        "name": "张山",
        "gender": "male",
        "organisation": houses["华东电子有限公司"].number,
        "title": "采购经理",
        "mobile": [
            {"value": "13911112345", "label": ""},
            {"value": "0571-88881234", "label": "家"},
        ],
        "lifecycle": "prospect",
        "likelihood": "unclassified",
        "birth_solar": "1985-09-29",
        "birth_lunar": "lunar:--08-15",
        "birth_kept": "solar",
        "hobbies": ["钓鱼", "书法"],
    }
    assert zhang.extras == [["星座", "天秤"]]
    assert people["李雪"].values["birth_lunar"] == "lunar:--04L-10"
    head = database.execute_sql("SELECT origin, summary FROM change_set").fetchall()
    assert head == [("import:通讯录.csv", "Cards imported")]
    assert [row.name for row in box.cards.find("zs2345")] == ["张山"]
    assert examine(box.store).ok


def test_a_lunar_birthday_column_gives_lunar_birthdays(box: Desk, take: Taken) -> None:
    take("姓名,生日\n张山,农历八月十五\n李雪,1988-05-01\n王五,1990年腊月廿三\n")
    people = cards(box)
    assert people["张山"].values["birth_lunar"] == "lunar:--08-15"
    assert people["李雪"].values["birth_solar"] == "1988-05-01"
    assert people["王五"].values["birth_lunar"] == "lunar:1990-12-23"
    coming = box.occasions.coming(days=3)
    assert [(row.name, row.date) for row in coming] == [("张山", date(2026, 9, 25))]


def test_what_follows_is_the_same_as_when_it_is_worked_out_anew(box: Desk, take: Taken) -> None:
    for sample in sorted((ROOT / "tests" / "samples").glob("[a-z]*")):
        stream = io.BytesIO(sample.read_bytes())
        box.exchange.run(box.exchange.plan(stream, sample.name, on_duplicate="new"))
    ids = [row_id for (row_id,) in database.execute_sql("SELECT id FROM card").fetchall()]
    worked_out = work_out_cards(ids, box.store.clock)
    assert sorted(worked_out.documents) == sorted(
        database.execute_sql(
            "SELECT rowid, name, organisation, title, contact, other FROM search_card"
        ).fetchall()
    )
    assert sorted(worked_out.facts) == sorted(
        database.execute_sql("SELECT key, value, card_id FROM card_fact").fetchall()
    )
    assert sorted(worked_out.columns) == sorted(
        database.execute_sql(
            "SELECT sort_key, organisation_name, title, phone, review_due_on, completeness, id "
            "FROM card"
        ).fetchall()
    )
    assert examine(box.store).ok


def test_one_undo_takes_the_whole_import_back(box: Desk, take: Taken) -> None:
    take(ADDRESS_BOOK)
    undone = box.trail.undo()
    assert (undone.summary, undone.left) == ("Cards imported", ())
    for table in ("card", "contact_point", "affiliation", "occasion", "card_fact", "search_card"):
        assert count(table) == 0, table
    with pytest.raises(NotFound):
        box.trail.undo()
    box.trail.redo()
    assert set(cards(box)) == {"张山", "李雪"}
    assert examine(box.store).ok


def test_a_rep_takes_his_import_back_as_far_as_nobody_went_on(box: Desk) -> None:
    with box.change("Member added") as change:
        change.insert(Member, {"login": "wang", "name": "王小明", "role": "rep"})
    rep = box.store.desk("wang")
    content = "姓名,手机,公司\n" + "".join(f"客户{n},138{n:08},公司{n % 9}\n" for n in range(700))
    rep.exchange.run(rep.exchange.plan(io.BytesIO(content.encode()), "book.csv"))
    (kept,) = rep.cards.find("13800000007")
    rep.cards.save(kept.id, rep.cards.get(kept.id).values, {"name": "改过的", "city": "杭州"})
    talked = rep.cards.find("13800000008")[0].id
    rep.interactions.log(talked, InteractionValues(topic="聊过"))
    head = database.execute_sql("SELECT id FROM change_set WHERE origin LIKE 'import:%'").fetchone()
    rep.trail.revert(head[0])
    assert [row.name for row in rep.cards.page(CardQuery(sort="number"), 0, 9)] == []
    trashed = rep.cards.page(CardQuery(trashed=True, sort="number"), 0, 9)
    assert {row.id for row in trashed} >= {kept.id, talked}
    assert examine(box.store).ok


def test_an_organisation_of_the_box_is_used_again(box: Desk, take: Taken) -> None:
    house = box.cards.create("organisation", {"name": "华东电子有限公司", "short_name": "华东"})
    _plan, result = take("姓名,公司\n张山,华东\n李雪,华东电子有限公司\n王五,新的公司\n")
    assert result.organisations == 1
    people = cards(box)
    assert people["张山"].values["organisation"] == house.number
    assert people["李雪"].values["organisation"] == house.number


def test_organisations_of_the_file_come_before_their_people(box: Desk, take: Taken) -> None:
    _plan, result = take("姓名,公司,城市\n张山,华东电子有限公司,\n,华东电子有限公司,杭州\n")
    assert (result.new, result.organisations) == (2, 0)
    assert cards(box, "organisation")["华东电子有限公司"].values["city"] == "杭州"


def test_a_referrer_of_the_same_file_is_linked(box: Desk, take: Taken) -> None:
    box.cards.create("person", {"name": "别人"})
    take("编号,姓名,介绍人\nP000001,张山,李雪 (P000002)\nP000002,李雪,\nP000003,王五,老赵\n")
    people = cards(box)
    assert people["张山"].values["referrer"] == people["李雪"].number
    assert people["王五"].values["referrer"] == "老赵"
    assert box.trail.undo().left == ()


# Known customers


@pytest.fixture
def zhang(box: Desk) -> CardRecord:
    """A customer who is in the box already."""
    return box.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "title": "科员",
            "mobile": [{"value": "13911112345", "label": "公"}, {"value": "13800000000"}],
            "hobbies": ["钓鱼"],
            "note": "老同学",
            "city": "杭州",
        },
        extras=[["星座", "天秤"]],
    )


SAID_AGAIN = (
    "姓名,公司,职务,手机,爱好,备注,城市,血型\n张山,华东电子,经理,+86 13911112345,书法,爱喝茶,,A\n"
)


def test_known_customers_are_left_alone_unless_wanted(
    box: Desk, take: Taken, zhang: CardRecord
) -> None:
    before = count("change_set")
    _plan, result = take(SAID_AGAIN)
    assert (result.new, result.updated, result.skipped) == (0, 0, 1)
    assert box.cards.get(zhang.id) == zhang
    assert count("change_set") == before


def test_what_a_file_says_more_is_added_and_nothing_is_erased(
    box: Desk, take: Taken, zhang: CardRecord
) -> None:
    _plan, result = take(SAID_AGAIN, on_duplicate="update")
    assert (result.new, result.updated, result.skipped) == (0, 1, 0)
    now = box.cards.get(zhang.id)
    assert now.values == {
        **zhang.values,
        "title": "经理",
        "mobile": [
            {"value": "+86 13911112345", "label": "公"},
            {"value": "13800000000", "label": ""},
        ],
        "hobbies": ["书法", "钓鱼"],
        "note": "老同学\n爱喝茶",
    }
    assert now.extras == [["星座", "天秤"], ["血型", "A"]]
    assert box.trail.undo().left == ()
    undone = box.cards.get(zhang.id)
    assert (undone.values, undone.extras) == (zhang.values, zhang.extras)


def test_a_file_that_says_nothing_new_changes_nothing(
    box: Desk, take: Taken, zhang: CardRecord
) -> None:
    before = count("change_set")
    _plan, result = take("姓名,手机,公司\n张山,13911112345,华东电子\n", on_duplicate="update")
    assert (result.updated, result.skipped) == (0, 1)
    assert count("change_set") == before
    assert box.cards.get(zhang.id).version == zhang.version


def test_another_name_stays_as_a_nickname(box: Desk, take: Taken, zhang: CardRecord) -> None:
    take("姓名,手机\n张珊,13911112345\n", on_duplicate="update")
    values = box.cards.get(zhang.id).values
    assert (values["name"], values["nickname"]) == ("张珊", "张山")


def test_an_edited_row_of_an_exported_file_replaces(
    box: Desk, take: Taken, zhang: CardRecord
) -> None:
    take(
        f"编号,姓名,手机,爱好,备注,城市\n{zhang.number},张山,13800000000,书法,爱喝茶,\n",
        on_duplicate="update",
    )
    values = box.cards.get(zhang.id).values
    assert values["mobile"] == [{"value": "13800000000", "label": ""}]
    assert (values["hobbies"], values["note"], values["city"]) == (["书法"], "爱喝茶", "杭州")


def test_known_customers_can_be_entered_anew(box: Desk, take: Taken, zhang: CardRecord) -> None:
    _plan, result = take(SAID_AGAIN, on_duplicate="new")
    assert (result.new, result.skipped) == (1, 0)
    assert len(box.cards.find("张山")) == 2


def test_rows_of_one_customer_in_a_file_become_one_card(box: Desk, take: Taken) -> None:
    content = "姓名,手机,邮箱\n张山,13911112345,\n张山,13911112345,z@a.example\n张,,z@a.example\n"
    _plan, result = take(content, on_duplicate="update")
    assert (result.new, result.updated, result.skipped) == (1, 2, 0)
    (zhang,) = box.cards.find("13911112345")
    assert box.cards.get(zhang.id).values["email"] == [{"value": "z@a.example", "label": ""}]
    _plan, result = take(content)
    assert (result.new, result.skipped) == (0, 3)


# Refused rows


def test_refused_rows_are_kept_in_a_file_with_the_reasons(box: Desk, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("姓名,手机,备注\n张山,1391111234,=1+1\n李雪,13800001111,\n", "utf-8")
    result = box.exchange.run(box.exchange.plan(path, path.name))
    assert (result.new, len(result.errors)) == (1, 1)
    assert result.rejected_file == tmp_path / "book.rejected.csv"
    with result.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["姓名", "手机", "备注", "Reason it was rejected"]
    assert rows[1][:3] == ["张山", "1391111234", "'=1+1"]
    assert "11 digits" in rows[1][3]

    mended = result.rejected_file.read_text("utf-8-sig").replace("1391111234", "13911112345")
    result.rejected_file.write_text(mended.replace("李雪", "x"), "utf-8-sig")
    again = box.exchange.run(box.exchange.plan(result.rejected_file, result.rejected_file.name))
    assert (again.new, again.errors) == (1, ())
    zhang = cards(box)["张山"]
    assert (zhang.values["note"], zhang.extras) == ("=1+1", [])


def test_an_earlier_file_of_refused_rows_is_never_overwritten(box: Desk, tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("姓名,手机\n张山,1391111234\n", "utf-8")
    plan = box.exchange.plan(path, path.name)
    names = [str(box.exchange.run(plan).rejected_file) for _time in range(3)]
    assert [Path(name).name for name in names] == [
        "book.rejected.csv",
        "book.rejected-2.csv",
        "book.rejected-3.csv",
    ]


def test_a_folder_that_takes_no_file_does_not_stop_the_import(
    box: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.csv"
    path.write_text("姓名,手机\n张山,1391111234\n李雪,13800001111\n", "utf-8")
    plan = box.exchange.plan(path, path.name)

    def refuse(*_args: Any, **_more: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    result = box.exchange.run(plan)
    assert (result.new, result.rejected_file) == (1, None)
    assert "you may not do that there" in result.warnings[0].reason


def test_a_table_without_known_headings_writes_nothing(box: Desk, take: Taken) -> None:
    with pytest.raises(BadInput, match="No heading"):
        take("一,二\n三,四\n")
    assert count("card") == 0


# Failures


def test_a_failing_storage_writes_nothing(
    box: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.csv"
    path.write_text("姓名,手机\n张山,13911112345\n李雪,1380000111\n", "utf-8")
    plan = box.exchange.plan(path, path.name)

    def full(_recorder: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("store.recorder.write_chain", full)
    with pytest.raises(StorageTrouble):
        box.exchange.run(plan)
    assert (count("card"), count("change_set"), count("search_card")) == (0, 0, 0)
    assert sorted(tmp_path.glob("*.csv")) == [path]
    monkeypatch.undo()
    assert box.exchange.run(plan).new == 1


def test_progress_of_writing_runs_to_its_end(box: Desk) -> None:
    content = "姓名,公司\n" + "".join(f"客户{n},公司{n % 50}\n" for n in range(1200))
    plan = box.exchange.plan(io.BytesIO(content.encode()), "book.csv")
    told: list[tuple[int, int]] = []
    box.exchange.run(plan, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1][0] == told[-1][1]


IMPORTING = """
import sys
from pathlib import Path
from store.database import open_store
desk = open_store(sys.argv[1]).desk()
plan = desk.exchange.plan(Path(sys.argv[2]), "book.csv")
print("planned", flush=True)
desk.exchange.run(plan, lambda done, total: print(done, flush=True))
"""


def test_a_killed_import_leaves_nothing_behind(tmp_path: Path, empty_box: Path) -> None:
    path = tmp_path / "book.csv"
    rows = "".join(f"客户{n},公司{n % 99},138{n:08}\n" for n in range(3000))
    path.write_text("姓名,公司,手机\n" + rows, "utf-8")
    box = tmp_path / "box.sqlite"
    box.write_bytes(empty_box.read_bytes())
    program = subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(box), str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "planned\n"
    program.stdout.readline()
    time.sleep(0.05)
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    store = open_store(box, Clock())
    assert (count("card"), count("change_set")) == (0, 0)
    assert examine(store).ok
    store.close()
