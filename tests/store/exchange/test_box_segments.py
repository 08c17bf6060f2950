"""Saved filters go out with the whole box, one's own and the shared ones, and come back once."""

import io
import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import language
from store.database import Store
from store.desk import Desk
from store.errors import BadInput
from store.models.base import database
from store.records.card_list import LIFECYCLES, SORTS
from store.records.cards import CardQuery
from store.records.exchange import ImportResult
from tests.store.exchange.card_values import TEXTS
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_workbook import sheets
from tests.store.exchange.test_export import SLOW
from tests.store.sales_team import SalesTeam, sales_team

BUYERS = CardQuery(lifecycles=("buyer",), sort="name")


def exported(desk: Desk, form: str = "json", **how: Any) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("all", form, stream, **how)
    return stream.getvalue()


def read_back(desk: Desk, content: Any, name: str = "box.json") -> ImportResult:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    plan = desk.exchange.plan(io.BytesIO(raw), name)
    assert (plan.errors, plan.warnings) == ([], [])
    return desk.exchange.run(plan)


def document(*segments: Any) -> Any:
    return {"format": "shuke-box", "version": 1, "cards": [], "segments": segments}


def kept() -> list[tuple[Any, ...]]:
    """Owner, name and whether it is shared."""
    sql = (
        "SELECT login, segment.name, shared FROM segment "
        "JOIN member ON member.id = owner_id ORDER BY segment.id"
    )
    return list(database.execute_sql(sql).fetchall())


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def test_a_member_takes_out_his_own_and_the_shared_ones(team: SalesTeam) -> None:
    team["zhang"].segments.save("我的", BUYERS)
    team["zhou"].segments.save("大家的", BUYERS, shared=True)
    team["zhou"].segments.save("暗语", CardQuery(text="暗语"))
    found = json.loads(exported(team["zhang"]))["segments"]
    assert [(one["name"], one.get("owner"), one["shared"]) for one in found] == [
        ("我的", None, False),
        ("大家的", "zhou", True),
    ]
    assert found[0]["query"] == {"lifecycles": ["buyer"], "sort": "name"}
    assert json.loads(exported(team["zhang"], query=CardQuery(mine=True)))["segments"] == []
    assert "暗语" not in exported(team["boss"]).decode()


def test_ones_own_are_the_own_ones_of_whoever_reads_them(boxes: Boxes, store: Store) -> None:
    team = sales_team(store)
    team.card("zhang", "张山")
    team["zhang"].segments.save("我的", BUYERS)
    team["zhou"].segments.save("大家的", BUYERS, shared=True)
    before = exported(team["zhang"])
    copy = boxes.new()
    read_back(copy, before)
    assert kept() == [(copy.member.login, "我的", 0), ("zhou", "大家的", 1)]
    assert exported(copy) == before


def test_a_workbook_tells_a_filter_in_words(team: SalesTeam) -> None:
    team["zhang"].segments.save("我的", BUYERS)
    headings, row = sheets(exported(team["zhang"], "xlsx"))["Segments"]
    assert headings[:2] == ["Name", "In words"]
    assert row[1] == "all cards · buyer · by Name"


@pytest.mark.parametrize("login", ["zhang", "south", "boss", "keeper"])
def test_what_is_there_already_does_not_come_twice(team: SalesTeam, login: str) -> None:
    team[login].segments.save("我的", BUYERS)
    team["zhou"].segments.save("大家的", BUYERS, shared=True)
    before, all_of_them = exported(team[login]), kept()
    assert read_back(team[login], before).warnings == ()
    assert kept() == all_of_them
    assert exported(team[login]) == before


def test_another_one_of_the_name_stays_as_it_is(team: SalesTeam) -> None:
    team["zhang"].segments.save("我的", BUYERS)
    before = exported(team["zhang"])
    team["zhang"].segments.save("我的", CardQuery(mine=True))
    (warning,) = read_back(team["zhang"], before).warnings
    assert str(warning.reason).endswith("other ones of these names: 我的.")
    assert team["zhang"].segments.named("我的").query == CardQuery(mine=True)


def test_of_two_with_one_name_that_become_the_readers_the_first_comes(team: SalesTeam) -> None:
    said = [
        {"name": "重点", "owner": "zhang", "query": {"mine": True}},
        {"name": "重点", "owner": "zhou", "query": {}, "shared": True},
        {"name": "大家的", "owner": "zhou", "query": {}, "shared": True},
        {"name": "没有主人", "owner": "nobody", "shared": True},
    ]
    assert len(read_back(team["zhang"], document(*said)).warnings) == 1
    assert kept() == [("zhang", "重点", 0), ("zhang", "大家的", 0), ("zhang", "没有主人", 0)]


def test_they_come_as_their_owners_where_the_reader_stands_above(team: SalesTeam) -> None:
    said = [
        {"name": "一", "owner": "zhang", "shared": True},
        {"name": "二", "owner": "zhou", "shared": True},
    ]
    read_back(team["south"], document(*said))
    assert kept() == [("zhang", "一", 1), ("south", "二", 0)]
    assert team["south"].trail.undo().left == ()
    read_back(team["boss"], document(*said))
    assert kept() == [("zhang", "一", 1), ("zhou", "二", 1)]
    assert team["boss"].trail.undo().left == ()
    read_back(team["keeper"], document(*said))
    assert kept() == [("keeper", "一", 1), ("keeper", "二", 1)]
    assert team["keeper"].trail.undo().left == ()
    assert kept() == []


@pytest.mark.parametrize(
    ("segment", "said"),
    [
        ({}, "filled in"),
        ({"name": "长" * 41}, "40"),
        ({"name": "x", "query": [1]}, "object"),
        ({"name": "x", "query": {"sort": "anything"}}, "no order"),
        ({"name": "x", "query": {"lifecycles": [1]}}, "no filter"),
        ({"name": "x", "query": {"not_seen_days": -1}}, "no filter"),
        ({"name": "x", "query": {"mine": 3}}, "no filter"),
        ({"name": "x", "query": {"text": "长" * 501}}, "500 characters"),
        ({"name": "x", "query": {"tags": ["好"] * 201}}, "200 values"),
        ({"name": "x", "shared": "yes"}, "true or false"),
        ({"name": "x", "updated_at": "soon"}, "moment"),
    ],
)
def test_a_wrong_filter_is_refused_with_its_place(boxes: Boxes, segment: Any, said: str) -> None:
    with pytest.raises(BadInput, match=r"segments\[1\]") as refused:
        read_back(boxes.new(), document(segment))
    assert said in str(refused.value)


def test_what_this_version_does_not_know_of_a_filter_is_left_out(boxes: Boxes) -> None:
    box = boxes.new()
    read_back(box, document({"name": "x", "query": {"mine": True, "colour": "red"}}))
    assert box.segments.named("x").query == CardQuery(mine=True)


NAMES = TEXTS.filter(lambda text: bool(" ".join(text.split())))
QUERIES = st.builds(
    CardQuery,
    text=TEXTS,
    mine=st.booleans(),
    lifecycles=st.lists(st.sampled_from(LIFECYCLES), max_size=3).map(tuple),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    not_seen_days=st.none() | st.integers(0, 36_500),
    complete_below=st.none() | st.integers(1, 100),
    sort=st.sampled_from(SORTS),
    reverse=st.booleans(),
)


@pytest.mark.slow
@given(
    st.lists(st.tuples(NAMES, QUERIES, st.booleans()), max_size=4), st.sampled_from(["zh", "en"])
)
@settings(SLOW)
def test_any_filters_come_back(boxes: Boxes, filters: Any, spoken: str) -> None:
    language.use(spoken)
    box = boxes.new()
    for name, query, shared in filters:
        box.segments.save(name, query, shared)
    as_json, as_workbook = exported(box), exported(box, "xlsx")
    copy = boxes.new()
    read_back(copy, as_json)
    assert exported(copy) == as_json
    assert read_back(copy, as_json).warnings == ()
    assert exported(copy) == as_json
    other = boxes.new()
    read_back(other, as_workbook, "box.xlsx")
    assert json.loads(exported(other)) == json.loads(as_json)
    assert sheets(exported(other, "xlsx")) == sheets(as_workbook)
    language.use("en")


def test_every_filter_of_a_query_goes_along(boxes: Boxes) -> None:
    samples: dict[str, Any] = {
        "kind": "person",
        "not_seen_days": 30,
        "complete_below": 50,
        "sort": "route",
        "text": "张",
    }
    said = {
        field.name: samples.get(
            field.name, True if field.type is bool or field.type == "bool" else ("a", "b")
        )
        for field in fields(CardQuery)
    }
    box = boxes.new()
    box.segments.save("x", CardQuery(**said))
    copy_of = exported(box)
    copy = boxes.new()
    read_back(copy, copy_of)
    assert copy.segments.named("x").query == CardQuery(**said)
