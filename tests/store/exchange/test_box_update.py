"""A whole box that was worked on outside brings what it says into the cards that are known."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from openpyxl import load_workbook

from store.database import Store
from store.desk import Desk
from store.doctor import examine
from store.records.exchange import ImportResult
from store.records.occasions import FamilyValues
from tests.store.exchange.card_values import CARDS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_json import full
from tests.store.exchange.test_export import SLOW, filled
from tests.store.sales_team import sales_team

__all__ = ["full"]


def exported(desk: Desk, form: str = "json") -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("all", form, stream)
    return stream.getvalue()


def brought(desk: Desk, content: bytes, name: str = "box.json") -> ImportResult:
    return desk.exchange.run(desk.exchange.plan(io.BytesIO(content), name, on_duplicate="update"))


def edited(content: bytes, cells: dict[tuple[str, str, str], Any]) -> bytes:
    """A workbook with other cells: by sheet, the name in the row, and the key of the column."""
    book = load_workbook(io.BytesIO(content))
    for (title, name, key), value in cells.items():
        sheet = book[title]
        keys = [str(cell.value).partition(".")[2] for cell in sheet[1]]
        named = keys.index("name" if "name" in keys else "~name") + 1
        row = next(
            row for row in range(3, sheet.max_row + 1) if sheet.cell(row, named).value == name
        )
        sheet.cell(row, keys.index(key) + 1).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_box_that_says_the_same_changes_nothing(full: Desk, form: str) -> None:
    before, content = exported(full), exported(full, form)
    result = brought(full, content, f"box.{form}")
    assert (result.new, result.updated, result.skipped) == (0, 0, 6)
    assert exported(full) == before


@given(CARDS)
@SLOW
def test_any_box_that_says_the_same_changes_nothing(boxes: Boxes, cards: list[Any]) -> None:
    # What stands twice beside the fields of a card stands there once after any import into it.
    box = filled(
        boxes.new(), [(kind, said, list(dict.fromkeys(more))) for kind, said, more in cards]
    )
    before = exported(box)
    result = brought(box, before)
    assert (result.new, result.updated) == (0, 0)
    assert exported(box) == before


def test_a_workbook_that_was_worked_on_comes_back_into_the_cards(full: Desk) -> None:
    house = full.cards.find("华东电子")[0].id
    values = full.cards.get(house).values
    full.cards.save(house, values, {**values, "city": "上海"})
    content = edited(
        exported(full, "xlsx"),
        {
            ("Cards", "张山", "contact.mobile"): "13711112222 (公); 13800000000",
            ("Cards", "张山", "profile.hobbies"): "钓鱼、象棋",
            ("Cards", "张山", "tags"): None,
            ("Cards", "李雪", "lifecycle"): None,
            ("Cards", "赵申", "referrer"): full.cards.find("张山")[0].number,
            ("Cards", "华东电子", "city"): "杭州",
        },
    )
    li = full.cards.find("李雪")[0].id
    full.cards.save(
        li, full.cards.get(li).values, {**full.cards.get(li).values, "lifecycle": "buyer"}
    )
    result = brought(full, content, "box.xlsx")
    assert (result.new, result.updated, result.errors) == (0, 3, ())
    zhang = full.cards.get(full.cards.find("张山")[0].id)
    assert [one["value"] for one in zhang.values["mobile"]] == ["13711112222", "13800000000"]
    assert (zhang.values["hobbies"], zhang.values["tags"]) == (["钓鱼", "象棋"], ["老客户"])
    assert zhang.linked[zhang.values["organisation"]] == "恒通物流"
    assert full.cards.get(li).values["lifecycle"] == "buyer"
    assert full.cards.get(full.cards.find("赵申")[0].id).values["referrer"] == zhang.number
    assert full.cards.get(house).values["city"] == "杭州"
    assert examine(full.store).ok
    before = exported(full)
    full.trail.undo()
    assert exported(full) != before
    assert "13711112222" not in exported(full).decode()


def test_the_place_of_work_and_the_family_follow(full: Desk) -> None:
    document = json.loads(exported(full))
    zhang = next(card for card in document["cards"] if card["name"] == "张山")
    east = next(card for card in document["cards"] if card["name"] == "华东电子")
    zhang["affiliations"][1] |= {"organisation": east["number"], "title": "科长"}
    son = {"name": "小明", "relation": "儿子", "dates": [{"kind": "birth", "date": "2018-01-02"}]}
    zhang["family"].append(son)
    zhang["extras"].append(["血型", "O"])
    zhang["dates"][0]["date"] = "1985-09-28"
    assert brought(full, json.dumps(document).encode()).updated == 1
    card = full.cards.get(full.cards.find("张山")[0].id)
    assert (card.linked[card.values["organisation"]], card.values["title"]) == ("华东电子", "科长")
    assert card.values["birth_solar"] == "1985-09-28"
    assert [row.values.name for row in full.family.of(card.id)] == ["小雨", "小明"]
    assert full.family.of(card.id)[1].values.birth == "2018-01-02"
    assert ["血型", "O"] in [list(pair) for pair in card.extras]
    again = json.loads(exported(full))
    assert brought(full, json.dumps(again).encode()).updated == 0


def test_talks_and_to_dos_of_known_customers_do_not_come_again(full: Desk) -> None:
    before = json.loads(exported(full))
    changed = json.loads(exported(full))
    changed["cards"][0]["city"] = "宁波"
    brought(full, json.dumps(changed).encode())
    after = json.loads(exported(full))
    for key in ("interactions", "todos", "papers", "remarks", "inspections", "segments"):
        assert after[key] == before[key], key


def test_another_box_gets_what_is_new_and_what_is_known_is_united(boxes: Boxes, box: Desk) -> None:
    phone = {"value": "13911112345", "label": ""}
    box.cards.create("organisation", {"name": "新东家"})
    house = box.cards.find("新东家")[0].number
    box.cards.create(
        "person",
        {"name": "张山", "mobile": [phone], "organisation": house, "hobbies": ["象棋"]},
    )
    said = exported(box)
    other = boxes.new()
    known = other.cards.create(
        "person",
        {"name": "张山", "mobile": [phone, {"value": "13800000000"}], "hobbies": ["钓鱼"]},
    ).id
    result = brought(other, said)
    assert (result.new, result.updated) == (1, 1)
    card = other.cards.get(known)
    assert card.linked[card.values["organisation"]] == "新东家"
    assert card.values["hobbies"] == ["象棋", "钓鱼"]
    assert [one["value"] for one in card.values["mobile"]] == ["13911112345", "13800000000"]
    assert examine(other.store).ok


def test_whoever_only_reads_a_card_changes_nothing_of_it(store: Store) -> None:
    team = sales_team(store)
    theirs = team.card("zhou", "周某", city="上海")
    own = team.card("zhang", "张山", city="上海")
    team["boss"].releases.give("whole", login="zhang", reason="协作")
    content = exported(team["zhang"]).replace("上海".encode(), "北京".encode())
    result = brought(team["zhang"], content)
    assert (result.new, result.updated, result.skipped) == (0, 1, 1)
    assert team["boss"].cards.get(theirs).values["city"] == "上海"
    assert team["boss"].cards.get(own).values["city"] == "北京"


def test_a_value_grade_that_was_worked_out_is_not_pinned_by_it(box: Desk) -> None:
    card = box.cards.create("person", {"name": "张山"}).id
    content = exported(box)
    document = json.loads(content)
    document["cards"][0] |= {"value_grade": "A", "value_pinned": False, "city": "上海"}
    brought(box, json.dumps(document).encode())
    assert box.cards.get(card).values.get("value_grade") is None
    document["cards"][0]["value_pinned"] = True
    brought(box, json.dumps(document).encode())
    assert box.cards.get(card).values["value_grade"] == "A"


def test_cards_in_the_trash_stay_there(box: Desk) -> None:
    card = box.cards.create("person", {"name": "张山", "city": "上海"}).id
    box.family.add(card, FamilyValues(name="小雨"))
    box.cards.trash([card])
    content = exported(box).replace("上海".encode(), "北京".encode())
    before = exported(box)
    assert brought(box, content).updated == 0
    assert exported(box) == before
