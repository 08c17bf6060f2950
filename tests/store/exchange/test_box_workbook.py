"""A whole box goes over into another as a workbook, a sheet for each kind of record."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from store import language
from store.database import open_store
from store.demo import make_demo
from store.desk import Desk
from store.exchange.xlsx_table import read_sheets
from store.models.base import database
from store.models.cards import Card
from store.models.team import Member
from store.records.cards import CardQuery
from store.records.clubs import ClubValues
from store.records.referrals import ReferralValues
from tests.store.exchange.card_values import CARDS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_json import exported as as_json
from tests.store.exchange.test_box_json import full
from tests.store.exchange.test_export import SLOW, filled

__all__ = ["full"]


def exported(desk: Desk, **how: Any) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("all", "xlsx", stream, **how)
    return stream.getvalue()


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The rows of each sheet, by its title; the hidden one is left out."""
    found = read_sheets(io.BytesIO(content))
    return {title: [cells for _number, cells in rows][1:] for title, rows in found}


def planned(desk: Desk, content: bytes, **how: Any) -> Any:
    return desk.exchange.plan(io.BytesIO(content), "box.xlsx", **how)


def sorted_contacts(content: bytes) -> dict[str, Any]:
    """The JSON document; ways to reach somebody have no order from kind to kind."""
    document: dict[str, Any] = json.loads(content)
    for card in document["cards"]:
        card.get("contacts", []).sort(key=lambda point: (point["kind"], point["position"]))
    return document


@pytest.fixture
def tied(full: Desk) -> Desk:
    """A box with something of everything, ties included."""
    zhang = full.cards.find("张山")[0].id
    li = full.cards.find("李雪")[0].id
    full.relations.add(zhang, li, "schoolmate", 4, "同班\n同桌")
    full.referrals.note(zhang, li, "", ReferralValues(means="in_person", result="成了"))
    club = full.clubs.make(ClubValues("西湖茶会", "喝茶"))
    full.clubs.join(club.id, [zhang, li])
    return full


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_an_empty_box_becomes_the_same_box(
    boxes: Boxes, tied: Desk, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = sorted_contacts(as_json(tied))
    language.use(spoken)
    before = exported(tied)
    copy = boxes.new()
    language.use("en" if spoken == "zh" else "zh")
    plan = planned(copy, before)
    assert (plan.errors, plan.warnings, plan.new) == ([], [], 6)
    copy.exchange.run(plan)
    language.use(spoken)
    assert sheets(exported(copy)) == sheets(before)
    assert sorted_contacts(as_json(copy)) == document


def test_each_kind_of_record_has_a_sheet(tied: Desk) -> None:
    found = sheets(exported(tied))
    assert list(found) == [
        *("Cards", "Yearly dates", "Family", "Places at organisations", "Other facts"),
        *("Contact log", "To-do", "Papers", "Volumes", "Relationships", "Referrals", "Clubs"),
        *("Members of clubs", "Not the same customer", "Inspections", "Remarks"),
        *("Segments", "Members"),
    ]
    headings, first, *_rest = found["Places at organisations"]
    said = dict(zip(headings, first, strict=False))
    assert (said["Name"], said["Title"]) == ("张山", "科员")
    assert "JSON: " not in {cell[:6] for cell in found["Cards"][1]}
    book = load_workbook(io.BytesIO(exported(tied)))
    assert all(sheet.row_dimensions[1].hidden for sheet in book)


TABLES = (
    *("interaction", "todo", "relationship", "referral", "club", "paper", "occasion"),
    *("distinct_pair", "inspection", "remark", "segment"),
)


def test_one_undo_takes_a_workbook_back(boxes: Boxes, tied: Desk) -> None:
    content = exported(tied)
    copy = boxes.new()
    copy.exchange.run(planned(copy, content))
    copy.trail.undo()
    assert Card.select().count() == 0
    for table in TABLES:
        assert database.execute_sql(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_what_is_there_already_is_skipped_with_all_that_stands_on_it(tied: Desk) -> None:
    content = exported(tied)
    talks = database.execute_sql("SELECT count(*) FROM interaction").fetchone()
    plan = planned(tied, content)
    assert plan.duplicates == 6
    result = tied.exchange.run(plan)
    assert (result.new, result.skipped) == (0, 6)
    assert database.execute_sql("SELECT count(*) FROM interaction").fetchone() == talks


def test_chosen_cards_only(tied: Desk) -> None:
    found = sheets(exported(tied, query=CardQuery(text="zs2345")))
    assert [row[2] for row in found["Cards"][1:]] == ["张山"]
    assert "Volumes" not in found


def test_a_rep_gets_his_own_only(tied: Desk) -> None:
    with tied.change("Role") as change:
        wang = Member.get(Member.login == "wang").id
        change.update(Member, wang, {"role": "rep"})
    rep = tied.store.desk("wang")
    assert "张山" not in str(sheets(exported(rep)))
    assert "李雪" in str(sheets(exported(rep)))


def _edited(content: bytes, edits: dict[str, dict[tuple[int, str], Any]]) -> bytes:
    """The workbook with other cells: by title, row and the key of the column."""
    book = load_workbook(io.BytesIO(content))
    for title, cells in edits.items():
        keys = [str(cell.value).partition(".")[2] for cell in book[title][1]]
        for (row, key), value in cells.items():
            book[title].cell(row, keys.index(key) + 1).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_wrong_rows_are_left_out_with_reasons(boxes: Boxes, tied: Desk, tmp_path: Path) -> None:
    content = _edited(
        exported(tied),
        {
            "Places at organisations": {
                (3, "attitude"): "whatever",
                (4, "organisation"): "O999999",
            },
            "Contact log": {(3, "at"): "soon", (4, "card"): "P000777"},
            "Yearly dates": {(3, "date"): "1985-02-30"},
            "Family": {(3, "card"): None},
            "Relationships": {(3, "kind"): None},
            "To-do": {(3, "interaction"): 99},
            "Papers": {(3, "pages"): -1},
            "Members of clubs": {(3, "club"): 7},
            "Not the same customer": {(3, "other"): "P000777"},
            "Inspections": {(3, "verdict"): "maybe", (4, "remarks.name_card"): "长" * 2001},
            "Remarks": {(3, "text"): None, (6, "kind"): "shout"},
            "Segments": {(3, "query"): "anything"},
            "Cards": {(8, "lifecycle"): "nonsense"},
        },
    )
    copy = boxes.new()
    path = tmp_path / "box.xlsx"
    path.write_bytes(content)
    plan = copy.exchange.plan(path, "box.xlsx")
    assert [(error.row, error.column) for error in plan.errors] == [
        (8, "Cards Lifecycle"),
        (3, "Yearly dates Date"),
        (6, "Yearly dates Of the family: no."),
        (3, "Family Card number"),
        (3, "Places at organisations Attitude"),
        (4, "Places at organisations Organisation’s number"),
        (3, "Contact log When"),
        (4, "Contact log Card number"),
        (3, "Papers Pages"),
        (3, "Relationships Who that is to him"),
        (3, "Members of clubs Club no."),
        (3, "Not the same customer The other’s number"),
        (3, "Inspections Verdict"),
        (4, "Inspections Name card"),
        (3, "Remarks Text"),
        (6, "Remarks Kind"),
        (3, "Segments Filter"),
    ]
    assert (plan.read, plan.new, plan.rejected) == (6, 5, 1)
    result = copy.exchange.run(plan)
    assert (result.new, len(result.errors)) == (5, 17)
    assert result.rejected_file is not None
    told = list(csv.reader(io.StringIO(result.rejected_file.read_text("utf-8-sig"))))
    assert told[0][:2] == ["Sheet", "Row"]
    assert len(told) == 18
    assert sorted_contacts(as_json(copy))["relationships"] == []


def test_rows_that_were_sorted_and_added_by_hand(boxes: Boxes, tied: Desk) -> None:
    book = load_workbook(io.BytesIO(exported(tied)))
    book["Contact log"].move_range("A3:AZ3", rows=40)
    book["To-do"].move_range("A4:AZ4", rows=40)
    del book["Members of clubs"]
    notes = book.create_sheet("Notes", 0)
    notes["A1"] = "mine"
    stream = io.BytesIO()
    book.save(stream)
    copy = boxes.new()
    plan = planned(copy, stream.getvalue())
    assert plan.errors == []
    assert [(one.column, one.row) for one in plan.warnings] == [("Notes", 0)]
    copy.exchange.run(plan)
    before, after = (json.loads(as_json(desk)) for desk in (tied, copy))
    topics = [Counter(talk.get("topic") for talk in box["interactions"]) for box in (before, after)]
    assert topics[0] == topics[1]
    for club in before["clubs"]:
        club.pop("members", None)
    assert after["clubs"] == before["clubs"]
    logged = [talk for talk in after["interactions"] if talk.get("topic") == "新报价"]
    sample = next(todo for todo in after["todos"] if todo["title"] == "送样品")
    assert after["interactions"][sample["interaction"] - 1] == logged[0]


def test_a_text_too_long_for_a_cell_comes_whole(boxes: Boxes, box: Desk) -> None:
    text = "长 " * 40_000 + "完"
    box.cards.create("person", {"name": "张山", "note": "x"}, extras=[["照片", text]])
    before = exported(box)
    copy = boxes.new()
    copy.exchange.run(planned(copy, before))
    assert json.loads(as_json(copy))["cards"][0]["extras"] == [["照片", text]]


@given(CARDS, st.sampled_from(["zh", "en"]))
@settings(SLOW, max_examples=10)
def test_any_small_box_comes_back(boxes: Boxes, cards: Any, spoken: str) -> None:
    language.use(spoken)
    box = filled(boxes.new(), cards)
    before, document = exported(box), sorted_contacts(as_json(box))
    copy = boxes.new()
    plan = planned(copy, before)
    assert plan.errors == []
    copy.exchange.run(plan)
    assert sheets(exported(copy)) == sheets(before)
    told = sorted_contacts(as_json(copy))
    assert [card["name"] for card in told["cards"]] == [c["name"] for c in document["cards"]]
    language.use("en")


@pytest.mark.slow
def test_the_sample_comes_back(boxes: Boxes, tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    make_demo(path, boxes.clock)
    sample = open_store(path, boxes.clock).desk()
    before, document = exported(sample), sorted_contacts(as_json(sample))
    copy = boxes.new()
    plan = planned(copy, before)
    assert (plan.errors, plan.warnings) == ([], [])
    copy.exchange.run(plan)
    assert sorted_contacts(as_json(copy)) == document
    assert sheets(exported(copy)) == sheets(before)
