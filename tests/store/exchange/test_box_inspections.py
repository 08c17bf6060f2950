"""Verdicts of managers go out with the whole box; they come in where the reader could give them."""

import io
import json
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
from store.forms.declaration import load_form
from store.inspections import LONGEST
from store.models.relations import Inspection
from store.models.team import Member
from store.records.exchange import ImportResult
from tests.store.exchange.card_values import TEXTS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_workbook import sheets
from tests.store.exchange.test_export import SLOW
from tests.store.sales_team import SalesTeam, sales_team


def exported(desk: Desk, form: str = "json") -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("all", form, stream)
    return stream.getvalue()


def read_back(desk: Desk, content: Any, name: str = "box.json") -> ImportResult:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    plan = desk.exchange.plan(io.BytesIO(raw), name)
    assert (plan.errors, plan.warnings) == ([], [])
    return desk.exchange.run(plan)


def document(owner: str, *verdicts: Any) -> Any:
    """A box with one card of somebody's, and what was said of it."""
    card = {"number": "P000777", "kind": "person", "name": "假客户", "owner": owner}
    said = [{"card": "P000777", "at": "2026-01-01T00:00:00Z", **one} for one in verdicts]
    return {"format": "shuke-box", "version": 1, "cards": [card], "inspections": said}


def kept() -> list[tuple[str, str]]:
    """Inspector and verdict of all of them."""
    found = Inspection.select(Inspection, Member).join(Member, on=Inspection.inspector)
    return [(row.inspector.login, row.verdict) for row in found.order_by(Inspection.id)]


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def test_whoever_sees_the_whole_card_takes_its_verdicts_out(team: SalesTeam) -> None:
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    team["south"].inspections.inspect(mine, "sent_back", {"name_card": "电话呢？"})
    team["east"].inspections.inspect(theirs, "approved", {"": "暗语"})
    (own,) = json.loads(exported(team["zhang"]))["inspections"]
    assert (own["inspector"], own["remarks"]) == ("south", {"name_card": "电话呢？"})
    assert "暗语" not in exported(team["zhang"]).decode()
    assert json.loads(exported(team["admin"]))["inspections"] == []
    assert len(json.loads(exported(team["boss"]))["inspections"]) == 2
    assert "inspections" not in json.loads(_cards_only(team["boss"]))
    team["boss"].releases.give("released", login="zhang", reason="协作")
    assert len(json.loads(exported(team["zhang"]))["inspections"]) == 1
    team["boss"].releases.give("whole", login="zhang", reason="协作")
    assert len(json.loads(exported(team["zhang"]))["inspections"]) == 2


def _cards_only(desk: Desk) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("cards", "json", stream)
    return stream.getvalue()


@pytest.mark.parametrize("login", ["zhang", "south"])
def test_nobody_approves_his_own_card_by_a_file(team: SalesTeam, login: str) -> None:
    boss = team["boss"].member.login
    forged = document(login, {"inspector": boss, "verdict": "approved"})
    result = read_back(team[login], forged)
    assert kept() == []
    (warning,) = result.warnings
    assert "stand above the owner" in str(warning.reason)
    assert str(warning.reason).endswith(": 1.")
    waiting = [row.name for row in team["boss"].inspections.to_inspect()]
    assert "假客户" in waiting


def test_a_manager_brings_verdicts_on_cards_of_those_below_in_his_own_name(
    team: SalesTeam,
) -> None:
    boss = team["boss"].member.login
    said = [
        {"inspector": boss, "verdict": "approved"},
        {"inspector": "south", "verdict": "sent_back", "remarks": {"": "重写"}},
        {"inspector": "zhang", "verdict": "approved"},
        {"inspector": "nobody", "verdict": "approved", "answered_by": boss},
    ]
    result = read_back(team["south"], document("zhang", *said))
    assert kept() == [("south", "approved"), ("south", "sent_back"), ("south", "approved")]
    assert len(result.warnings) == 1
    assert {row.answered_by_id for row in Inspection.select()} == {
        None,
        team["south"].member.id,
    }
    team["south"].trail.undo()
    assert kept() == []


@pytest.mark.parametrize("login", ["boss", "keeper"])
def test_whoever_keeps_the_files_brings_verdicts_as_they_were(team: SalesTeam, login: str) -> None:
    said = [
        {"inspector": "south", "verdict": "approved"},
        {"inspector": "east", "verdict": "sent_back", "answered_by": "zhang", "answer": "好"},
    ]
    assert read_back(team[login], document("zhang", *said)).warnings == ()
    assert kept() == [("south", "approved"), ("east", "sent_back")]
    undone = team[login].trail.undo()
    assert (undone.left, kept()) == ((), [])
    assert examine(team.store).ok


def test_a_known_card_gets_no_verdicts_twice(team: SalesTeam) -> None:
    mine = team.card("zhang", "张山")
    team["south"].inspections.inspect(mine, "approved", {"": "好"})
    before = exported(team["boss"])
    read_back(team["boss"], before)
    assert exported(team["boss"]) == before


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        ({"verdict": "maybe"}, "maybe"),
        ({}, "verdict"),
        ({"verdict": "approved", "at": None}, "filled in"),
        ({"verdict": "approved", "at": "soon"}, "moment"),
        ({"verdict": "approved", "card": "P000001"}, "P000001"),
        ({"verdict": "approved", "remarks": ["x"]}, "object"),
        ({"verdict": "approved", "remarks": {"": 3}}, "text"),
        ({"verdict": "approved", "remarks": {"name_card": "长" * (LONGEST + 1)}}, "2000"),
        ({"verdict": "approved", "remarks": {"长" * 501: "x"}}, "500"),
        ({"verdict": "approved", "answer": "长" * (LONGEST + 1)}, "2000"),
        ({"verdict": "approved", "inspector": 3}, "text"),
    ],
)
def test_a_wrong_verdict_is_refused_with_its_place(boxes: Boxes, verdict: Any, told: str) -> None:
    with pytest.raises(BadInput, match=r"inspections\[1\]") as refused:
        read_back(boxes.new(), document("x", verdict))
    assert told in str(refused.value)


SECTIONS = ["", *(section.key for section in load_form("person").sections), "gone.x", "~"]
WORDS = st.dictionaries(st.sampled_from(SECTIONS), TEXTS, max_size=3)
VERDICTS = st.lists(st.tuples(st.sampled_from(["approved", "sent_back"]), WORDS, TEXTS), max_size=4)


@pytest.mark.slow
@given(VERDICTS, st.sampled_from(["zh", "en"]))
@settings(SLOW)
def test_any_verdicts_come_back(boxes: Boxes, verdicts: Any, spoken: str) -> None:
    language.use(spoken)
    said = [
        {
            "verdict": verdict,
            "remarks": words,
            "answer": answer,
            "inspector": "boss",
            **({"answered_at": "2026-02-01T00:00:00.000001Z"} if answer else {}),
        }
        for verdict, words, answer in verdicts
    ]
    whole = document("wang", *said)
    whole["members"] = [{"login": login, "name": login} for login in ("boss", "wang")]
    box = boxes.new()
    read_back(box, whole)
    as_json, as_workbook = exported(box), exported(box, "xlsx")
    assert len(json.loads(as_json)["inspections"]) == len(verdicts)
    copy = boxes.new()
    read_back(copy, as_json)
    assert exported(copy) == as_json
    other = boxes.new()
    read_back(other, as_workbook, "box.xlsx")
    assert json.loads(exported(other)) == json.loads(as_json)
    assert sheets(exported(other, "xlsx")) == sheets(as_workbook)
    language.use("en")


@pytest.mark.slow
@pytest.mark.parametrize("where", ["inspections", "cards"])
def test_more_sections_or_fields_than_a_sheet_has_columns_go_out_and_come_back(
    boxes: Boxes, where: str
) -> None:
    said = {f"k{count}": "好" for count in range(20_000)} | {"name_card": "电话呢？", "": "整张"}
    whole = document("boss", {"verdict": "approved", "remarks": said})
    if where == "cards":
        whole = document("boss") | {"inspections": []}
        whole["cards"][0]["profile"] = {**said, "ethnicity": "汉族"}
    box = boxes.new()
    read_back(box, whole)
    wide = exported(box, "xlsx")
    copy = boxes.new()
    read_back(copy, wide, "box.xlsx")
    assert json.loads(exported(copy)) == json.loads(exported(box))
    assert max(len(row) for rows in sheets(wide).values() for row in rows) < 1000


@pytest.mark.parametrize(("sheet", "column"), [("cards", "profile"), ("inspections", "remarks")])
@pytest.mark.parametrize("text", ["字", "JSON:[1]", "JSON:7", "JSON:{"])
def test_what_is_further_and_holds_something_else_leaves_its_row_out(
    boxes: Boxes, sheet: str, column: str, text: str
) -> None:
    box = boxes.new()
    read_back(box, document("boss", {"verdict": "approved", "remarks": {"": "好", "a": "b"}}))
    book = load_workbook(io.BytesIO(exported(box, "xlsx")))
    (page,) = (each for each in book.worksheets if str(each["A1"].value).startswith(f"{sheet}."))
    width = page.max_column + 1
    page.cell(1, width, f"{sheet}.{column}")
    page.cell(3, width, text)
    stream = io.BytesIO()
    book.save(stream)
    plan = boxes.new().exchange.plan(io.BytesIO(stream.getvalue()), "box.xlsx")
    assert plan.errors[0].row == 3


@pytest.mark.parametrize("login", ["zhang", "south", "keeper"])
def test_nobody_has_his_own_cards_approved_by_a_file(team: SalesTeam, login: str) -> None:
    boss = team["boss"].member.login
    for inspector in (boss, login, "nobody"):
        read_back(team[login], document(login, {"verdict": "approved", "inspector": inspector}))
        assert kept() == []
        team[login].trail.undo()
