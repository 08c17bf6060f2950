"""A whole box goes over into another as JSON: exactly into an empty one, added to another."""

import io
import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.database import open_store
from store.demo import make_demo
from store.desk import Desk
from store.doctor import examine
from store.errors import BadInput, StoreError
from store.exchange import box_reading
from store.models.base import database
from store.models.cards import Affiliation, Card
from store.models.team import Department, Member
from store.records.cards import CardQuery
from store.records.exchange import ImportResult
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.papers import PaperQuery, PaperValues
from store.records.todos import TodoValues
from tests.store.exchange.card_values import CARDS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_export import SLOW, filled


def exported(desk: Desk, what: str = "all", **how: Any) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export(what, "json", stream, **how)
    return stream.getvalue()


def document(desk: Desk, what: str = "all") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(desk, what))
    return found


def taken(desk: Desk, content: bytes, **how: Any) -> ImportResult:
    return desk.exchange.run(desk.exchange.plan(io.BytesIO(content), "box.json", **how))


PLACE = {
    "department_kind": "buying",
    "level": "management",
    "role": "gatekeeper",
    "influence": 4,
    "attitude": "friendly",
    "faction": "王总的人",
    "matters": "元器件",
    "quality": "说话算数",
    "since": date(2020, 3, 1),
    "note": "先找他\n再找王总",
    "position": 3,
}
"""What the place of one person holds."""


@pytest.fixture
def full(box: Desk) -> Desk:
    """A box with something of everything."""
    with box.change("Team set up") as change:
        head = change.insert(Department, {"name": "总公司"})
        sales = change.insert(Department, {"name": "销售一部", "parent_id": head})
        change.update(Member, box.member.id, {"department_id": sales})
        change.insert(Member, {"login": "wang", "name": "王小明", "department_id": sales})
        change.insert(Member, {"login": "idle", "name": "没有卡片的人"})
    house = box.cards.create(
        "organisation", {"name": "华东电子", "credit_code": "91110000600037341L"}
    )
    other = box.cards.create("organisation", {"name": "恒通物流"})
    zhang = box.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": house.number,
            "title": "科员",
            "mobile": [{"value": "13911112345", "label": "公"}, {"value": "13800000000"}],
            "birth_solar": "1985-09-29",
            "birth_lunar": "lunar:1985-08-15",
            "birth_kept": "lunar",
            "further_dates": [{"date": "--05-01", "note": "入职"}],
            "tags": ["老客户"],
            "met_on": "2020-01-31",
            "hobbies": ["钓鱼"],
        },
        extras=[["星座", "天秤"], ["vcard:X-SPOUSE", "李雪"]],
    )
    box.cards.save(zhang.id, zhang.values, {**zhang.values, "organisation": other.number})
    wang = box.store.desk("wang")
    li = wang.cards.create("person", {"name": "李雪", "referrer": "老赵"})
    box.cards.create("person", {"name": "赵申", "referrer": li.number})
    trashed = box.cards.create("person", {"name": "删掉的"})
    box.cards.trash([trashed.id])
    with box.change("Kept from an older form") as change:
        change.update(
            Card,
            li.id,
            {"profile": {"old_key": {"a": [1, None, "x"]}, "gender": "female"}},
        )
        row = Affiliation.get(Affiliation.person == zhang.id, Affiliation.until.is_null())
        change.update(Affiliation, row.id, {"reports_to_id": li.id, **PLACE})
    box.family.add(zhang.id, FamilyValues(name="小雨", relation="女儿", birth="lunar:2015-01-03"))
    logged = box.interactions.log(
        zhang.id,
        InteractionValues(
            method="phone", topic="新报价", others=(li.id,), cost=12_50, next_on=date(2026, 10, 1)
        ),
        [TodoValues(title="送样品", due_on=date(2026, 9, 25), due_time=time(15, 30), tags=("急",))],
    )
    wang.interactions.log(li.id, InteractionValues(minutes="第一行\n第二行"))
    box.occasions.note_greeting(box.occasions.coming(days=3)[0])
    box.todos.done([logged.todos[0]], "送到了")
    box.todos.add(
        TodoValues(title="周报", due_on=date(2026, 9, 28), repeat="FREQ=WEEKLY", important=True)
    )
    call = box.todos.add(TodoValues(title="回他电话", owner="wang", card=li.id, side="theirs"))
    box.interactions.trash([wang.interactions.log(li.id, InteractionValues(topic="误记")).id])
    file = box.papers.bring(house.id, io.BytesIO(b"%PDF-1.4"), "执照.pdf")
    about = PaperValues("basic", "licence", "", date(2025, 3, 1), 2, True, "二号柜", "副本另存")
    box.papers.add(house.id, about, file)
    box.volumes.close("basic", 2025, "二〇二五", "一号柜")
    wang.papers.add(li.id, PaperValues("contract", "text", "合同"))
    box.papers.trash([box.papers.add(house.id, PaperValues("trade", "delivery")).id])
    box.merging.set_apart(li.id, zhang.id)
    box.inspections.inspect(li.id, "approved", {})
    box.inspections.inspect(
        li.id, "sent_back", {"": "再看看\n=下周", "name_card": "电话呢？", "family": "_x000D_"}
    )
    wang.inspections.answer(box.inspections.of_card(li.id)[0].id, "补上了")
    box.inspections.inspect(li.id, "sent_back", {"dates": "生日？"})
    asked = box.remarks.write("wang", "价格行吗？\n=下周", zhang.id, interaction_id=logged.id)
    wang.remarks.answer(asked.id, "行")
    box.remarks.write("wang", "看看这件事", todo_id=call.id, kind="guidance")
    box.remarks.write("wang", "月底开会")
    box.segments.save("重点", CardQuery(lifecycles=("buyer", "loyal"), mine=True, sort="name"))
    wang.segments.save("全部=", CardQuery(), shared=True)
    wang.segments.save("他自己的", CardQuery(text="暗语"))
    box.remarks.done([wang.remarks.write(box.member.login, "收到").id])
    return box


def test_an_empty_box_becomes_the_same_box(boxes: Boxes, full: Desk) -> None:
    before = exported(full)
    copy = boxes.new()
    result = taken(copy, before)
    assert (result.new, result.skipped, result.errors) == (6, 0, ())
    assert exported(copy) == before
    assert [check.name for check in examine(copy.store).checks if not check.ok] == [
        "Files of papers"  # JSON does not carry them
    ]
    copy.papers.bring(2, io.BytesIO(b"%PDF-1.4"), "x.pdf")
    assert examine(copy.store).ok
    next_one = PaperValues("basic", "licence", dated_on=date(2025, 1, 1))
    assert copy.papers.add(2, next_one).number == "J2025-0002"
    (zhang,) = copy.cards.find("zs2345")
    assert zhang.number == "P000001"
    assert [row.greeted for row in copy.occasions.coming(days=3)] == [True]
    assert copy.cards.create("person", {"name": "新的"}).number == "P000005"


def test_a_document_says_everything_but_what_follows(full: Desk) -> None:
    found = document(full)
    by_name = {card["name"]: card for card in found["cards"]}
    zhang, li = by_name["张山"], by_name["李雪"]
    assert [place.get("until") for place in zhang["affiliations"]] == ["2026-09-24", None]
    assert zhang["affiliations"][1]["reports_to"] == li["number"]
    assert zhang["affiliations"][1].items() >= {**PLACE, "since": "2020-03-01"}.items()
    assert [day["date"] for day in zhang["dates"] if day["kept"]] == ["lunar:1985-08-15", "--05-01"]
    assert zhang["family"][0]["dates"][0]["date"] == "lunar:2015-01-03"
    assert li["department"] == ["总公司", "销售一部"]
    assert li["profile"] == {"old_key": {"a": [1, None, "x"]}, "gender": "female"}
    assert (li["owner"], li["referrer_name"]) == ("wang", "老赵")
    assert by_name["赵申"]["referrer"] == li["number"]
    assert by_name["删掉的"]["trashed_at"].endswith("Z")
    assert {member["login"] for member in found["members"]} == {full.member.login, "wang"}
    assert [todo.get("interaction") for todo in found["todos"]] == [1, None, None]
    text = json.dumps(found)
    for derived in ("sort_key", "completeness", "normal", "organisation_id", 'version": 2'):
        assert derived not in text


def test_an_import_of_a_box_is_taken_back_by_one_undo(boxes: Boxes, full: Desk) -> None:
    before = exported(full)
    copy = boxes.new()
    empty = exported(copy)
    taken(copy, before)
    undone = copy.trail.undo()
    assert undone.left == ()
    assert exported(copy) == empty
    assert examine(copy.store).ok


def test_another_box_takes_the_cards_under_new_numbers(boxes: Boxes, full: Desk) -> None:
    before = exported(full)
    other = boxes.new()
    for name in ("一", "二", "三"):
        other.cards.create("person", {"name": name})
    result = taken(other, before)
    assert (result.new, result.skipped) == (6, 0)
    zhang = other.cards.get(other.cards.find("zs2345")[0].id)
    assert zhang.number == "P000004"
    assert zhang.linked[zhang.values["organisation"]] == "恒通物流"
    rows = other.interactions.page(InteractionQuery(card=zhang.id), 0, 9)
    (talk,) = [row for row in rows if row.summary == "新报价"]
    assert list(other.interactions.get(talk.id).others.values()) == ["李雪"]
    assert [row.greeted for row in other.occasions.coming(days=3)] == [True]
    other.papers.bring(4, io.BytesIO(b"%PDF-1.4"))
    assert examine(other.store).ok


def test_a_box_that_is_added_twice_is_there_once(boxes: Boxes, full: Desk) -> None:
    before = exported(full)
    other = boxes.new()
    other.cards.create("person", {"name": "一"})
    taken(other, before)
    once = exported(other)
    plan = other.exchange.plan(io.BytesIO(before), "box.json")
    known = {card.name for card in plan.cards if card.known}
    assert known >= {"张山", "华东电子", "恒通物流"}
    taken(other, before)
    assert len(document(other)["cards"]) == len(json.loads(once)["cards"]) + 6 - len(known)


def test_members_of_a_file_get_no_rights(boxes: Boxes, full: Desk) -> None:
    content = exported(full).replace(b'"login": "wang"', b'"login": "wang", "role": "director"')
    copy = boxes.new()
    taken(copy, content)
    rows = database.execute_sql("SELECT login, role, active FROM member ORDER BY id").fetchall()
    assert rows == [(copy.member.login, "director", 1), ("wang", "rep", 0)]
    assert copy.store.desk().member.login == copy.member.login


def test_the_only_member_of_a_file_is_who_reads_it(boxes: Boxes, box: Desk) -> None:
    box.cards.create("person", {"name": "张山"})
    login = box.member.login
    content = exported(box).replace(f'"{login}"'.encode(), '"旧电脑"'.encode())
    copy = boxes.new()
    taken(copy, content)
    assert exported(copy) == content
    other = boxes.new()
    other.cards.create("person", {"name": "一"})
    taken(other, content)
    assert {card["owner"] for card in document(other)["cards"]} == {login}


def test_chosen_cards_go_out_with_the_names_of_others(boxes: Boxes, full: Desk) -> None:
    stream = io.BytesIO()
    full.exchange.export("cards", "json", stream, CardQuery(text="zs2345"))
    found = json.loads(stream.getvalue())
    assert [card["name"] for card in found["cards"]] == ["张山"]
    assert "interactions" not in found
    assert [place["organisation_name"] for place in found["cards"][0]["affiliations"]] == [
        "华东电子",
        "恒通物流",
    ]
    other = boxes.new()
    result = taken(other, stream.getvalue())
    assert (result.new, result.organisations) == (1, 2)
    assert len(other.cards.find("恒通")) == 2


@pytest.mark.slow
def test_the_sample_team_goes_over_exactly(boxes: Boxes, tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    make_demo(path, boxes.clock)
    before = exported(open_store(path, boxes.clock).desk())
    copy = boxes.new()
    taken(copy, before)
    assert exported(copy) == before
    # What is in the files of papers does not go with the document (docs/files.md).
    wrong = [check.name for check in examine(copy.store).checks if not check.ok]
    assert wrong == ["Files of papers"]


@given(CARDS)
@SLOW
def test_any_cards_go_over_exactly(boxes: Boxes, cards: list[Any]) -> None:
    before = exported(filled(boxes.new(), cards))
    copy = boxes.new()
    taken(copy, before)
    assert exported(copy) == before


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("\ud800\0\u202e"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "Infinity"])
def test_a_number_that_is_none_is_refused(box: Desk, number: str) -> None:
    content = SAMPLE.replace('"profile": {', f'"profile": {{"height": {number}, ', 1)
    assert number in content
    with pytest.raises(BadInput, match=number):
        taken(box, content.encode())


def test_a_document_that_is_too_large_is_refused_before_it_is_read(
    box: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box_reading, "LIMIT", 2**20)
    with pytest.raises(BadInput, match=r"1 MB.*shuke backup"):
        taken(box, b'{"format": "shuke-box"' + b" " * 2**20)


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_document_with_anything_anywhere_is_taken_or_refused(
    boxes: Boxes, data: st.DataObject
) -> None:
    found = json.loads(SAMPLE)
    place: Any = found
    for _step in range(data.draw(st.integers(1, 4))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(VALUES)
            break
        place = place[key]
    copy = boxes.new()
    refused: StoreError | None = None
    try:
        taken(copy, json.dumps(found).encode())
    except StoreError as error:
        refused = error
    assert refused is None or (isinstance(refused, BadInput) and str(refused))
    assert examine(copy.store).ok
    exported(copy)


SAMPLE = json.dumps(
    {
        "format": "shuke-box",
        "version": 1,
        "cards": [
            {"number": "O000001", "kind": "organisation", "name": "华东电子"},
            {
                "number": "P000001",
                "kind": "person",
                "name": "张山",
                "lifecycle": "buyer",
                "tags": ["a"],
                "profile": {"gender": "male", "old": [1]},
                "extras": [["x", "y"]],
                "contacts": [{"kind": "mobile", "value": "13911112345", "position": 0}],
                "dates": [{"kind": "birth", "date": "lunar:1985-08-15", "kept": True}],
                "affiliations": [{"organisation": "O000001", "main": True}],
                "family": [{"name": "小雨", "dates": [{"kind": "birth", "date": "--01-03"}]}],
            },
        ],
        "interactions": [
            {
                "card": "P000001",
                "member": "root",
                "at": "2026-01-01T00:00:00Z",
                "method": "phone",
                "extras": {"greeting": "2026-09-25:1"},
                "others": ["O000001"],
            }
        ],
        "todos": [{"title": "x", "card": "P000001", "interaction": 1, "due_time": "15:30"}],
        "distinct_pairs": [{"card": "O000001", "other": "P000001", "created_by": "root"}],
        "inspections": [
            {
                "card": "P000001",
                "inspector": "root",
                "at": "2026-01-01T00:00:00Z",
                "verdict": "sent_back",
                "remarks": {"": "x", "dates": "y"},
                "answer": "z",
                "answered_by": "root",
                "answered_at": "2026-01-02T00:00:00Z",
            }
        ],
        "remarks": [
            {
                "card": "P000001",
                "text": "x",
                "author": "root",
                "addressee": "root",
                "kind": "guidance",
                "interaction": 1,
                "todo": 1,
                "created_at": "2026-01-01T00:00:00Z",
            },
            {"card": "P000001", "text": "y", "author": "root", "answers": 1},
        ],
        "segments": [{"name": "x", "query": {"tags": ["a"], "mine": True}, "owner": "root"}],
        "members": [{"login": "root", "name": "root", "department": ["a", "b"]}],
    }
)


def test_papers_are_added_with_numbers_of_their_own(boxes: Boxes, full: Desk) -> None:
    before = exported(full)
    other = boxes.new()
    house = other.cards.create("organisation", {"name": "别家"})
    taken_already = PaperValues("basic", "licence", dated_on=date(2025, 1, 1))
    other.papers.add(house.id, taken_already)
    taken(other, before)
    found = {paper.number: paper for paper in other.papers.page(PaperQuery())}
    paper = found["J2025-0002"]
    assert (paper.values.shelf, paper.volume, paper.place) == ("二号柜", "J2025-V1", 1)
    assert paper.file is not None
    assert paper.file.name == "执照.pdf"
    (gone,) = other.papers.page(PaperQuery(trashed=True))
    assert gone.values.kind == "delivery"


def test_papers_of_chosen_cards_only(full: Desk) -> None:
    found = json.loads(exported(full, query=CardQuery(text="李雪")))
    assert [paper["number"][0] for paper in found["papers"]] == ["H"]
    assert found["volumes"] == []
    assert "papers" not in document(full, "cards")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"number": "X1"}, "number"),
        ({"number": "H2025-0001"}, "number"),
        ({"kind": "text"}, "kind"),
        ({"digest": "../../etc/passwd"}, "digest"),
        ({"card": "P999999"}, "card"),
        ({"volume": "J1999-V1"}, "volume"),
        ({"pages": -1}, "pages"),
        ({"paper_class": "secret"}, "paper_class"),
    ],
)
def test_a_wrong_paper_is_refused(
    boxes: Boxes, full: Desk, change: dict[str, Any], place: str
) -> None:
    whole = document(full)
    paper = next(each for each in whole["papers"] if each["number"].startswith("J"))
    paper.update(change)
    with pytest.raises(BadInput, match=rf"papers\[\d\].*{place}"):
        taken(boxes.new(), json.dumps(whole).encode())
