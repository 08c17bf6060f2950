"""Pairs that were found not to be the same customer go out with the whole box and come back."""

import io
import json
from typing import Any

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadInput
from store.models.relations import DistinctPair
from tests.store.exchange.conftest import Boxes
from tests.store.sales_team import sales_team


def exported(desk: Desk) -> Any:
    stream = io.BytesIO()
    desk.exchange.export("all", "json", stream)
    return json.loads(stream.getvalue())


def read_back(desk: Desk, document: Any) -> None:
    desk.exchange.run(desk.exchange.plan(io.BytesIO(json.dumps(document).encode()), "box.json"))


def pairs() -> list[tuple[int, int]]:
    return [(row.card_id, row.other_id) for row in DistinctPair.select()]


def person(number: int, name: str, **more: Any) -> dict[str, Any]:
    return {"number": f"P{number:06d}", "kind": "person", "name": name, **more}


def document(*cards: Any, apart: Any) -> dict[str, Any]:
    return {"format": "shuke-box", "version": 1, "cards": list(cards), "distinct_pairs": apart}


def test_the_finder_of_duplicates_knows_them_again(boxes: Boxes, box: Desk) -> None:
    phone = [{"value": "13911112345"}]
    ids = [box.cards.create("person", {"name": "张山", "mobile": phone}).id for _ in "ab"]
    assert len(box.merging.groups()) == 1
    box.merging.set_apart(*ids)
    before = exported(box)
    assert [(one["card"], one["other"]) for one in before["distinct_pairs"]] == [
        ("P000001", "P000002")
    ]
    copy = boxes.new()
    read_back(copy, before)
    assert copy.merging.groups() == []
    assert exported(copy) == before
    read_back(copy, before)
    assert pairs() == [(1, 2)]
    copy.trail.undo()
    assert pairs() == []


def test_nobody_takes_out_a_pair_of_which_he_sees_one(store: Store) -> None:
    team = sales_team(store)
    mine, theirs, third = team.card("zhang"), team.card("zhou"), team.card("zhang", "李四")
    team["boss"].merging.set_apart(mine, theirs)
    team["boss"].merging.set_apart(mine, third)
    found = exported(team["zhang"])["distinct_pairs"]
    assert [(one["card"], one["other"]) for one in found] == [("P000001", "P000003")]
    assert exported(team["admin"])["distinct_pairs"] == []


def test_a_pair_with_a_card_that_is_only_read_is_not_noted(store: Store) -> None:
    team = sales_team(store)
    phone = [{"kind": "mobile", "value": "13911112345", "position": 0}]
    team.card("li", "李四", mobile=[{"value": "13911112345"}])
    team["boss"].releases.give("whole", login="zhang", reason="帮忙")
    own = team.card("zhang", "自己", mobile=[{"value": "13911119999"}])
    desk = team["zhang"]
    cards = [
        person(7, "新人"),
        person(8, "李四", contacts=phone),
        person(9, "自己", contacts=[{**phone[0], "value": "13911119999"}]),
    ]
    apart = [
        {"card": "P000007", "other": "P000008"},
        {"card": "P000009", "other": "P000007"},
        {"card": "P000007", "other": "P000009"},
        {"card": "P000008", "other": "P000009"},
    ]
    read_back(desk, document(*cards, apart=apart))
    new = desk.cards.find("新人")[0].id
    assert pairs() == [(own, new)]


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ({"card": "P000001"}, "other"),
        ({"card": "P000001", "other": "P000001"}, "one and the same"),
        ({"card": "P000001", "other": "P000009"}, "P000009"),
        ({"card": "P000001", "other": ["x"]}, "text"),
        ({"card": "P000001", "other": "P000002", "created_at": "soon"}, "moment"),
        ("x", "object"),
    ],
)
def test_a_wrong_pair_is_refused_with_its_place(boxes: Boxes, pair: Any, told: str) -> None:
    wrong = document(person(1, "张山"), person(2, "李四"), apart=[pair])
    with pytest.raises(BadInput, match=r"distinct_pairs\[1\]") as refused:
        read_back(boxes.new(), wrong)
    assert told in str(refused.value)
