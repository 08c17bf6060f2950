"""What goes out: readable, harmless, only what the member sees, and the same when it comes back."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from store import language
from store.card_writing import CardWriter
from store.desk import Desk
from store.doctor import examine
from store.errors import NotFound, StoreError, WrongUsage
from store.exchange.xlsx_table import read_xlsx
from store.models.base import database
from store.models.team import Member
from store.records.cards import CardQuery
from store.records.exchange import EXPORTS, FORMATS
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.store.exchange.card_values import CARDS
from tests.store.exchange.conftest import Boxes

SLOW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def exported(desk: Desk, what: str, form: str, **how: Any) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream, **how)
    return stream.getvalue()


def table(desk: Desk, what: str, **how: Any) -> list[dict[str, str]]:
    """The rows of an exported CSV by heading."""
    text = exported(desk, what, "csv", **how).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def taken(desk: Desk, content: bytes, name: str) -> None:
    """Import everything, whoever it may be."""
    plan = desk.exchange.plan(io.BytesIO(content), name, on_duplicate="new")
    assert [error.reason for error in plan.errors] == []
    desk.exchange.run(plan)


def filled(desk: Desk, cards: list[Any]) -> Desk:
    """A desk with these cards in its box."""
    with desk.change("Cards entered") as change:
        writer = CardWriter(desk, change)
        for kind, values, extras in cards:
            clean = [[name, text.strip()] for name, text in extras if text.strip()]
            writer.enter(kind, [(values, clean)])
    return desk


@pytest.fixture
def team(box: Desk) -> Desk:
    """A box with a few cards, talks and to-dos."""
    zhang = box.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": "华东电子",
            "mobile": [{"value": "13911112345", "label": "家"}],
            "birth_lunar": "lunar:1985-08-15",
            "lifecycle": "buyer",
            "tags": ["老客户", "a,b"],
        },
        extras=[["星座", "天秤"], ["手机", "不是号码"], ["vcard:X-SPOUSE", "李雪"]],
    )
    box.cards.create("person", {"name": "李雪", "referrer": zhang.number})
    values = InteractionValues(method="phone", topic="新报价", words="=1+1", interest=4)
    box.interactions.log(zhang.id, values, [TodoValues(title="送样品", due_on=date(2026, 9, 25))])
    box.todos.add(TodoValues(title="整理名片", important=True))
    return box


def test_a_table_has_the_labels_of_the_form(team: Desk) -> None:
    rows = {row["Name"]: row for row in table(team, "cards")}
    assert rows["张山"] == {
        "Card number": "P000001",
        "Kind": "Person",
        "Name": "张山",
        "Organisation": "华东电子",
        "Title": "",
        "Mobile": "13911112345 (家)",
        "Lifecycle": "Buyer",
        "Likelihood": "Unclassified",
        "Referrer": "",
        "Tags": "老客户, a\\,b",
        "Lunar birthday": "lunar:1985-08-15",
        "星座": "天秤",
        "kept: 手机": "不是号码",
        "vcard:X-SPOUSE": "李雪",
    }
    assert rows["李雪"]["Referrer"] == "张山 (P000001)"
    assert rows["华东电子"]["Kind"] == "Organisation"
    language.use("zh")
    assert {"姓名", "单位", "手机", "客户分级"} <= set(table(team, "cards")[0])


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf", "json"])
def test_cards_come_back_as_they_went(boxes: Boxes, team: Desk, form: str, spoken: str) -> None:
    language.use(spoken)
    before = exported(team, "cards", form)
    other = boxes.new()
    taken(other, before, f"cards.{form}")
    assert comparable(exported(other, "cards", form), form) == comparable(before, form)
    rows = other.cards.page(CardQuery(), 0, 10)
    people = {row.name: other.cards.get(row.id) for row in rows}
    zhang = people["张山"]
    assert people["李雪"].values["referrer"] == zhang.number
    assert zhang.values["birth_lunar"] == "lunar:1985-08-15"
    assert ["手机", "不是号码"] in zhang.extras


def comparable(content: bytes, form: str) -> Any:
    """What a file says, without when it was written."""
    if form != "xlsx":
        return content
    found = read_xlsx(io.BytesIO(content))
    return [found.headings, [row.cells for row in found.rows]]


@given(CARDS, st.sampled_from(["csv", "xlsx", "vcf", "json"]), st.sampled_from(["zh", "en"]))
@SLOW
def test_any_cards_come_back_as_they_went(
    boxes: Boxes, cards: list[Any], form: str, spoken: str
) -> None:
    language.use(spoken)
    before = exported(filled(boxes.new(), cards), "cards", form)
    other = boxes.new()
    taken(other, before, f"cards.{form}")
    assert comparable(exported(other, "cards", form), form) == comparable(before, form)


def test_no_cell_can_become_a_formula(team: Desk) -> None:
    assert table(team, "interactions")[0]["His own words"] == "'=1+1"
    stream = io.BytesIO(exported(team, "interactions", "xlsx"))
    cells = [cell for row in read_xlsx(stream).rows for cell in row.cells]
    assert "=1+1" in cells


def test_talks_and_todos_have_the_labels_of_their_forms(team: Desk) -> None:
    (talk,) = table(team, "interactions")
    assert (talk["Name"], talk["How"], talk["Topic"]) == ("张山", "Phone", "新报价")
    assert (talk["Organisation"], talk["Member"]) == ("华东电子", team.member.name)
    todos = {row["What"]: row for row in table(team, "todos")}
    assert (todos["送样品"]["Name"], todos["送样品"]["Due"]) == ("张山", "2026-09-25")
    assert todos["整理名片"]["Important"] == "Yes"


def test_dates_are_listed_and_put_into_a_calendar_year_by_year(team: Desk) -> None:
    (row,) = table(team, "dates", days=30)
    assert (row["Date"], row["Name"], row["As it is kept"]) == (
        "2026-09-25",
        "张山",
        "lunar:1985-08-15",
    )
    content = exported(team, "dates", "ics", days=400)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [event["dtstart"].dt for event in events] == [date(2026, 9, 25), date(2027, 9, 15)]
    assert "张山" in str(events[0]["summary"])
    assert "· age 40 · nominal age 42" in str(events[0]["description"])
    assert exported(team, "dates", "ics", days=400).count(b"UID") == 2
    assert {str(event["uid"]) for event in events} == {
        str(event["uid"])
        for event in Calendar.from_ical(exported(team, "dates", "ics", days=400)).walk("VEVENT")
    }


def test_open_todos_go_into_the_calendar(team: Desk) -> None:
    content = exported(team, "todos", "ics")
    tasks = Calendar.from_ical(content).walk("VTODO")
    assert {str(task["summary"]) for task in tasks} == {"送样品", "整理名片"}
    both = Calendar.from_ical(exported(team, "all", "ics")).walk()
    assert {part.name for part in both} >= {"VEVENT", "VTODO"}


@pytest.mark.parametrize("what", ["interactions", "todos", "dates"])
def test_json_for_scripts_is_a_list(team: Desk, what: str) -> None:
    found = json.loads(exported(team, what, "json"))
    assert found
    assert all(isinstance(record, dict) for record in found)


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_pair_is_written_or_refused_in_a_sentence(team: Desk, what: str, form: str) -> None:
    refused = ""
    try:
        exported(team, what, form)
    except WrongUsage as error:
        refused = str(error)
    assert refused.endswith(".") or not refused


@pytest.mark.parametrize(("what", "form"), [("todos", "html"), ("deals", "csv"), ("cards", "doc")])
def test_what_cannot_be_written_yet_is_said(team: Desk, what: str, form: str) -> None:
    with pytest.raises(WrongUsage):
        exported(team, what, form)


def test_an_empty_box_gives_files_with_headings_only(box: Desk) -> None:
    assert table(box, "cards") == []
    assert exported(box, "cards", "csv").decode("utf-8-sig").startswith('"Card number","Kind"')
    for what, form in (("cards", "xlsx"), ("cards", "vcf"), ("all", "json"), ("all", "ics")):
        exported(box, what, form)


def test_a_query_chooses_cards_and_what_stands_on_them(team: Desk) -> None:
    query = CardQuery(text="lixue")
    assert [row["Name"] for row in table(team, "cards", query=query)] == ["李雪"]
    assert table(team, "interactions", query=query) == []
    assert table(team, "todos", query=query) == []
    assert table(team, "dates", query=query) == []
    document = json.loads(exported(team, "all", "json", query=query))
    assert [card["name"] for card in document["cards"]] == ["李雪"]
    assert document["cards"][0]["referrer_name"] == "张山"
    assert (document["interactions"], document["todos"]) == ([], [])


def test_cards_in_the_trash_stay_there(team: Desk) -> None:
    team.cards.trash([row.id for row in team.cards.find("lixue")])
    assert "李雪" not in {row["Name"] for row in table(team, "cards")}


def test_a_rep_exports_his_own_cards_only(team: Desk) -> None:
    with team.change("Member added") as change:
        change.insert(Member, {"login": "wang", "name": "王小明", "role": "rep"})
    rep = team.store.desk("wang")
    rep.cards.create("person", {"name": "赵申"})
    for what in ("cards", "interactions", "todos", "dates", "all"):
        for form in FORMATS:
            try:
                content = comparable(exported(rep, what, form), form)
            except StoreError:
                continue
            assert "张山" not in str(content if form == "xlsx" else content.decode()), (what, form)
    assert [row["Name"] for row in table(rep, "cards")] == ["赵申"]


def test_two_houses_of_one_name_keep_their_people(boxes: Boxes, box: Desk) -> None:
    for city in ("杭州", "上海"):
        house = box.cards.create("organisation", {"name": "华东电子", "city": city})
        box.cards.create("person", {"name": f"{city}人", "organisation": house.number})
    content = exported(box, "cards", "csv")
    other = boxes.new()
    taken(other, content, "cards.csv")
    assert exported(other, "cards", "csv") == content
    assert "华东电子 (O000002)" in content.decode()


def test_more_things_kept_than_a_table_has_columns_stand_in_one(boxes: Boxes, box: Desk) -> None:
    extras = [[f"事项{number}", f"内容{number}"] for number in range(700)]
    box.cards.create("person", {"name": "张山"}, extras=extras)
    (row,) = table(box, "cards")
    assert len(row) <= 500
    assert "事项699: 内容699" in row["Further things kept"]
    content = exported(box, "cards", "csv")
    other = boxes.new()
    taken(other, content, "cards.csv")
    assert table(other, "cards") == [row]


def test_the_trail_notes_what_went_out(box: Desk) -> None:
    box.cards.create("person", {"name": "张三"})
    box.cards.create("person", {"name": "李四"})
    exported(box, "cards", "csv")
    exported(box, "cards", "vcf", query=CardQuery(text="李四"))
    noted = [(entry.what, entry.format, entry.count, entry.chosen) for entry in box.trail.exports()]
    assert noted == [("cards", "vcf", 1, True), ("cards", "csv", 2, False)]
    assert box.trail.exports()[0].member == box.member.name
    assert examine(box.store).ok


def test_undo_and_redo_pass_exports_by(box: Desk) -> None:
    box.cards.create("person", {"name": "张三"})
    exported(box, "cards", "csv")
    assert box.trail.undo().reverted
    assert box.cards.count(CardQuery()) == 0
    exported(box, "cards", "csv")
    assert box.trail.redo().reverted
    assert box.cards.count(CardQuery()) == 1
    newest = database.execute_sql("SELECT id FROM change_set WHERE origin = 'export:csv'")
    with pytest.raises(NotFound):
        box.trail.revert(newest.fetchone()[0])


def test_a_member_is_told_his_own_exports_only(box: Desk) -> None:
    exported(box, "cards", "csv")
    with box.change("Member entered") as change:
        change.insert(
            Member,
            {"login": "wang", "name": "王五", "role": "rep", "created_at": box.store.clock.now()},
        )
    colleague = box.store.desk("wang")
    assert colleague.trail.exports() == []
    exported(colleague, "todos", "json")
    assert [entry.member for entry in colleague.trail.exports()] == ["王五"]
    assert len(box.trail.exports()) == 2


def test_a_box_that_nobody_can_write_to_is_exported_all_the_same(box: Desk) -> None:
    box.cards.create("person", {"name": "张三"})
    database.execute_sql("PRAGMA query_only = 1")
    assert "张三" in exported(box, "cards", "csv").decode()
    database.execute_sql("PRAGMA query_only = 0")
    assert box.trail.exports() == []
