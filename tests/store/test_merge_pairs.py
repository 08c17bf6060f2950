"""Any two cards with anything attached: a merge loses nothing, and one undo makes two of them."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.models.base import database
from store.models.cards import Affiliation, Card
from store.models.interactions import InteractionCard
from store.models.relations import Club, ClubMember, DistinctPair, Referral, Relationship
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoQuery, TodoValues
from tests.store.test_merging import OWN, content, naming, well, whole_box
from tests.store.use_cases import people

TODAY = date(2026, 9, 24)

customers = people.filter(lambda values: not values.get("referrer", "").startswith("P"))
"""Who brought them stands among the things that hang on them."""

ends = st.sampled_from(["keep", "drop", "third", "fourth"])

THINGS = (
    *("talk", "todo", "family", "remark", "friend", "rival", "referral", "club", "job"),
    *("referrer", "boss", "apart", "talk with"),
)

things = st.lists(st.tuples(st.sampled_from(THINGS), ends, ends), max_size=10)


def hang(desk: Desk, ids: dict[str, int], kind: str, on: str, far: str) -> None:
    """Attach something to a card; what cannot be is left."""
    card, other = ids[on], ids[far]
    if kind == "talk":
        desk.interactions.log(card, InteractionValues(minutes=f"{on}谈"), [TodoValues(f"{on}做")])
    elif kind == "todo":
        desk.todos.add(TodoValues("送样品", card=card))
    elif kind == "family":
        desk.family.add(card, FamilyValues("小雨", "女儿", "2019-09-24", job=far))
    elif kind == "remark":
        desk.remarks.write(desk.member.login, f"{on}留言", card)
    elif card != other:
        _join(desk, ids, kind, card, other)


def _join(desk: Desk, ids: dict[str, int], kind: str, card: int, other: int) -> None:
    pair = {"card_id": card, "other_id": other}
    with desk.change("x", asked=True) as change:
        if kind in ("friend", "rival"):
            if not Relationship.select().where(_same(Relationship, {**pair, "kind": kind})):
                change.insert(Relationship, {**pair, "kind": kind, "strength": ids["third"] % 5})
        elif kind == "referral":
            change.insert(Referral, {"card_id": card, "referrer_id": other})
        elif kind == "club":
            change.insert(ClubMember, {"club_id": ids["club"], "card_id": card})
        elif kind == "job":
            said = {"person_id": card, "organisation_id": ids["house"], "main": False}
            change.insert(Affiliation, {**said, "title": "董事"})
        elif kind == "boss":
            for row in Affiliation.select().where(Affiliation.person == card):
                change.update(Affiliation, row.id, {"reports_to_id": other})
        elif kind == "referrer":
            change.update(Card, card, {"referrer_card_id": other})
        elif kind == "talk with":
            talk = desk.interactions.page(InteractionQuery(card=card), 0, 1)
            if talk:
                said = {"interaction_id": talk[0].id, "card_id": other}
                change.insert(InteractionCard, said)
        elif kind == "apart":
            ordered = dict(zip(("card_id", "other_id"), sorted((card, other)), strict=True))
            if not DistinctPair.select().where(_same(DistinctPair, ordered)):
                change.insert(DistinctPair, ordered)


def _same(table: Any, values: dict[str, Any]) -> Any:
    first, *others = (table._meta.columns[key] == value for key, value in values.items())
    for each in others:
        first &= each
    return first


def reachable(desk: Desk, card: int) -> dict[str, set[int]]:
    """The records that are found from a card."""
    return {
        "talks": {t.id for t in desk.interactions.page(InteractionQuery(card=card), 0, 999)},
        "todos": {
            t.id for t in desk.todos.page(TodoQuery(card=card, everyone=True, side=None), 0, 999)
        },
        "remarks": {each.id for each in desk.remarks.of_card(card)},
    }


def said(entries: list[Any]) -> set[str]:
    """What the entries of a list say, without labels and notes."""
    return {
        str(entry.get("value", entry.get("date"))) if isinstance(entry, dict) else entry
        for entry in entries
    }


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(customers, customers, things)
def test_merge_and_undo(one: dict[str, Any], two: dict[str, Any], hung: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "box.sqlite", Clock(shown_today=TODAY))
        database.execute_sql("PRAGMA synchronous = OFF")
        desk = store.desk()
        try:
            check(desk, one, two, hung)
            well(store)
        finally:
            store.close()


def check(desk: Desk, one: dict[str, Any], two: dict[str, Any], hung: list[Any]) -> None:
    ids = {
        "keep": desk.cards.create("person", one).id,
        "drop": desk.cards.create("person", two).id,
        "third": desk.cards.create("person", {"name": "赵申"}).id,
        "fourth": desk.cards.create("person", {"name": "钱进", "organisation": "华强电子"}).id,
        "house": desk.cards.create("organisation", {"name": "远大软件"}).id,
    }
    with desk.change("x", asked=True) as change:
        ids["club"] = change.insert(Club, {"name": "茶友会", "owner_id": desk.member.id})
    for kind, on, far in hung:
        hang(desk, ids, kind, on, far)
    keep, drop = ids["keep"], ids["drop"]
    before = whole_box()
    records = [desk.cards.get(card) for card in (keep, drop)]
    parts = [reachable(desk, card) for card in (keep, drop)]
    family = {each.values.name for card in (keep, drop) for each in desk.family.of(card)}
    houses = {
        row["organisation_id"]
        for row in content(Affiliation).values()
        if row["person_id"] in (keep, drop)
    }
    desk.merging.merge(keep, drop)

    assert {name for name, _column in naming(drop)} <= OWN
    now = reachable(desk, keep)
    assert now == {key: parts[0][key] | parts[1][key] for key in now}
    assert {each.values.name for each in desk.family.of(keep)} == family
    held = {
        row["organisation_id"] for row in content(Affiliation).values() if row["person_id"] == keep
    }
    assert held == houses
    values = desk.cards.get(keep).values
    for record in records:
        for key, value in record.values.items():
            assert key in values or key in ("referrer", "birth_kept", "title")
            if isinstance(value, list):
                assert said(value) <= said(values[key])
    assert not [row for row in content(Relationship).values() if row["card_id"] == row["other_id"]]
    assert not [row for row in content(Referral).values() if row["card_id"] == row["referrer_id"]]
    assert desk.cards.resolve(records[1].number).id == keep

    undone = desk.trail.undo()
    assert (undone.left, whole_box()) == ((), before)
    desk.trail.redo()
    assert desk.cards.resolve(records[1].number).id == keep
    desk.trail.undo()
    assert whole_box() == before
