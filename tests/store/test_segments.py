"""Segments: saved filters, a member's own or shared; each finds what its reader sees."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.query_words import described, whole_description
from store.records.card_list import LIFECYCLES, SORTS, CardQuery, query_as_kept, query_from
from tests.store.sales_team import sales_team

EAST_A = CardQuery(regions=("华东",), likelihoods=("A",), text="电子", sort="route")


def test_a_shared_filter_is_never_too_much_for_a_colleague(store: Store) -> None:
    team = sales_team(store)
    with pytest.raises(BadValue, match="200"):
        team["zhang"].segments.save("x", CardQuery(tags=("好",) * 2000), shared=True)
    most = CardQuery(text="字" * 500, tags=tuple(str(count) for count in range(200)))
    team["zhang"].segments.save("x", most, shared=True)
    assert [row.count for row in team["boss"].segments.all(counted=True)] == [0]


def test_a_segment_keeps_its_filter(desk: Desk) -> None:
    saved = desk.segments.save(" 华东  A ", EAST_A)
    assert saved.name == "华东 A"
    assert desk.segments.named("华东 A").query == EAST_A
    changed = desk.segments.save("华东 A", CardQuery(mine=True))
    assert changed.id == saved.id
    assert desk.segments.get(saved.id).query == CardQuery(mine=True)
    desk.trail.undo()
    assert desk.segments.get(saved.id).query == EAST_A


def test_it_is_renamed_shared_removed_and_brought_back(desk: Desk) -> None:
    saved = desk.segments.save("华东", EAST_A)
    desk.segments.save("华南", CardQuery())
    with pytest.raises(BadValue, match="华南"):
        desk.segments.rename(saved.id, "华南")
    assert desk.segments.rename(saved.id, "东").name == "东"
    assert desk.segments.share(saved.id).shared
    desk.segments.remove(saved.id)
    assert [row.name for row in desk.segments.all()] == ["华南"]
    undone = desk.trail.undo()
    assert undone.about == ("东",)
    assert [row.name for row in desk.segments.all()] == ["东", "华南"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 41])
def test_a_name_that_is_none(desk: Desk, name: str) -> None:
    with pytest.raises(BadValue):
        desk.segments.save(name, CardQuery())


def test_the_team_has_what_is_shared_and_finds_its_own_cards(store: Store) -> None:
    team = sales_team(store)
    team.card("zhang", lifecycle="target")
    team.card("zhou", "李四", lifecycle="target")
    team["zhang"].segments.save("自己的", CardQuery(mine=True))
    shared = team["zhang"].segments.save("目标", CardQuery(lifecycles=("target",)), shared=True)
    assert [(row.name, row.count) for row in team["zhou"].segments.all(counted=True)] == [
        ("目标", 1)
    ]
    assert [row.name for row in team["zhang"].segments.all()] == ["目标", "自己的"]
    with pytest.raises(NotFound):
        team["zhou"].segments.named("自己的")
    for change in (
        lambda desk: desk.segments.rename(shared.id, "x"),
        lambda desk: desk.segments.share(shared.id, False),
        lambda desk: desk.segments.remove(shared.id),
    ):
        with pytest.raises(NotAllowed):
            change(team["zhou"])
    assert team["south"].segments.get(shared.id).mine
    team["zhou"].segments.save("目标", CardQuery(text="李"))
    assert team["zhou"].segments.named("目标").query == CardQuery(text="李")
    assert team["zhang"].segments.named("目标").id == shared.id


def test_what_another_version_kept_is_read_as_far_as_it_is_known(desk: Desk) -> None:
    saved = desk.segments.save("旧", CardQuery(tags=("老乡",)))
    for kept, wanted in (
        ({"tags": ["老乡"], "unheard_of": 1}, CardQuery(tags=("老乡",))),
        ({"tags": 7}, CardQuery()),
        (7, CardQuery()),
    ):
        database.execute_sql("UPDATE segment SET query = ?", [json.dumps(kept)])
        assert desk.segments.get(saved.id).query == wanted


words = st.lists(st.text("东南AB", min_size=1, max_size=3), max_size=2, unique=True).map(tuple)


@given(
    st.builds(
        CardQuery,
        text=st.text(max_size=5),
        mine=st.booleans(),
        kind=st.sampled_from([None, "person"]),
        lifecycles=st.lists(st.sampled_from(LIFECYCLES), unique=True, max_size=3).map(tuple),
        cities=words,
        owners=words,
        risk=st.booleans(),
        complete_below=st.none() | st.integers(1, 100),
        merged=st.booleans(),
        sort=st.sampled_from(SORTS),
        reverse=st.booleans(),
    )
)
def test_a_query_comes_back_from_json_and_says_what_it_is(query: CardQuery) -> None:
    assert query_from(json.loads(json.dumps(query_as_kept(query)))) == query
    assert all(described(query))
    assert whole_description(query)


def test_each_filter_finds_its_cards(desk: Desk) -> None:
    grades = {"importance": "key", "credit_grade": "B", "value_grade": "A", "category": "agent"}
    house = desk.cards.create(
        "organisation",
        {"name": "华强", **grades, "ownership": "private", "city": "深圳", "circle": "校友"},
    ).id
    desk.cards.create("person", {"name": "张山"})
    with desk.change("x") as change:
        from store.models.cards import Card

        change.update(Card, house, {"risk": True, "put_off_until": "2026-12-01"})
    for query in (
        CardQuery(importances=("key",)),
        CardQuery(credit_grades=("A", "B")),
        CardQuery(value_grades=("A",)),
        CardQuery(categories=("agent",)),
        CardQuery(ownerships=("private",)),
        CardQuery(cities=("深圳",)),
        CardQuery(circles=("校友",)),
        CardQuery(risk=True),
        CardQuery(put_off=True),
        CardQuery(owners=(desk.member.login,), kind="organisation"),
    ):
        assert [row.name for row in desk.cards.page(query, 0, 9)] == ["华强"], query
        assert desk.cards.count(query) == 1
        assert desk.cards.ids(query) == [house]
    assert desk.cards.count(CardQuery(owners=("nobody",))) == 0
    assert desk.cards.count(CardQuery(complete_below=100)) == 2
    assert desk.cards.count(CardQuery(complete_below=1)) == 0
    assert desk.cards.count(CardQuery(merged=True)) == 0
    assert desk.cards.count(CardQuery(source_centre=True)) == 0


def test_the_round_of_visits_sorts_by_its_order(desk: Desk) -> None:
    for name, place in (("甲", 3), ("乙", 1), ("丙", None), ("丁", 2)):
        desk.cards.create("person", {"name": name, "route_order": place})
    names = [row.name for row in desk.cards.page(CardQuery(sort="route"), 0, 9)]
    assert names == ["乙", "丁", "甲", "丙"]
    for sort in SORTS:
        forward = desk.cards.page(CardQuery(sort=sort), 0, 9)
        assert len(forward) == len(desk.cards.page(CardQuery(sort=sort, reverse=True), 0, 9)) == 4
