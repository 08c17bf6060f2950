"""Relationships, referrals and clubs go out with the whole box and come back the same."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.clock import Clock
from store.database import Store, open_store
from store.desk import Desk
from store.errors import BadInput
from store.models.relations import Referral
from store.records.clubs import ClubValues
from store.records.referrals import ReferralValues
from tests.store.sales_team import sales_team


def exported(desk: Desk, what: str = "all", form: str = "json") -> Any:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream)
    text = stream.getvalue().decode("utf-8-sig")
    return json.loads(text) if form == "json" else text


def read_back(desk: Desk, document: Any, policy: str = "skip") -> None:
    stream = io.BytesIO(json.dumps(document, ensure_ascii=False).encode())
    plan = desk.exchange.plan(stream, "box.json")
    plan.on_duplicate = policy
    desk.exchange.run(plan)


@pytest.fixture
def full(desk: Desk) -> Desk:
    zhang = desk.cards.create("person", {"name": "张山"}).id
    li = desk.cards.create("person", {"name": "李四", "referrer": "P000001"}).id
    wang = desk.cards.create("person", {"name": "王五", "referrer": "老陈"}).id
    desk.relations.add(zhang, li, "senior", 4, "同一个师傅\n第二行")
    desk.relations.add(wang, zhang, "rival")
    said = ReferralValues(date(2026, 1, 5), "phone", "签了", date(2026, 2, 1), None, "饭局")
    desk.referrals.note(wang, zhang, values=said)
    club = desk.clubs.make(ClubValues("金卡会", "老客户", date(2026, 12, 1))).id
    desk.clubs.join(club, [zhang, li], date(2026, 3, 1))
    first, second = desk.clubs.members(club)
    desk.clubs.review(first.id, "drop", "两年没下单")
    desk.clubs.leave([second.id], date(2026, 9, 1))
    desk.clubs.trash([desk.clubs.make(ClubValues("旧会")).id])
    return desk


def test_out_and_in_and_out_is_the_same(full: Desk, tmp_path: Path, clock: Clock) -> None:
    before = exported(full)
    assert [len(before[key]) for key in ("relationships", "referrals", "clubs")] == [2, 3, 2]
    full.store.close()
    other = open_store(tmp_path / "other.sqlite", clock)
    desk = other.desk()
    read_back(desk, before)
    after = exported(desk)
    for key in ("relationships", "referrals", "clubs", "cards"):
        assert after[key] == before[key], key
    desk.trail.undo()
    assert exported(desk)["relationships"] == []
    other.close()


def test_an_older_document_has_its_referrers_on_the_cards(
    full: Desk, tmp_path: Path, clock: Clock
) -> None:
    document = exported(full)
    for key in ("relationships", "referrals", "clubs"):
        del document[key]
    full.store.close()
    other = open_store(tmp_path / "other.sqlite", clock)
    desk = other.desk()
    read_back(desk, document)
    assert [(row.referrer_id, row.referrer_name) for row in Referral.select()] == [
        (1, None),
        (None, "老陈"),
    ]
    other.close()


def test_cards_that_are_here_before_are_linked_once(full: Desk) -> None:
    document = exported(full)
    document["cards"].append({"number": "P000099", "kind": "person", "name": "新人"})
    document["relationships"].append({"card": "P000099", "other": "P000001", "kind": "friend"})
    document["clubs"][0]["members"].append({"card": "P000099", "joined_on": "2026-05-01"})
    document["members"] = []
    count = len(exported(full)["relationships"])
    values = full.cards.get(1).values
    full.cards.save(1, values, {**values, "mobile": [{"value": "13911112222"}]})
    document["cards"][0]["contacts"] = [{"kind": "mobile", "value": "13911112222"}]
    for place, phone in ((1, "13911113333"), (2, "13911114444")):
        card = full.cards.get(place + 1).values
        full.cards.save(place + 1, card, {**card, "mobile": [{"value": phone}]})
        document["cards"][place]["contacts"] = [{"kind": "mobile", "value": phone}]
    read_back(full, document)
    assert len(exported(full)["relationships"]) == count + 1
    assert [club.values.name for club in full.clubs.all()] == ["金卡会"]
    names = {row.card.name for row in full.clubs.members(full.clubs.all()[0].id)}
    assert "新人" in names


def test_two_cards_of_the_file_that_are_one_here_are_joined_once(desk: Desk) -> None:
    phone = {"kind": "mobile", "value": "13911112345", "position": 0}
    known = desk.cards.create("person", {"name": "老王", "mobile": [{"value": phone["value"]}]}).id
    cards = [
        {"number": "P000001", "kind": "person", "name": "新人"},
        {"number": "P000002", "kind": "person", "name": "老王", "contacts": [phone]},
        {"number": "P000003", "kind": "person", "name": "王总", "contacts": [phone]},
    ]
    both = ("P000002", "P000003")
    talk = {"card": "P000001", "at": "2026-01-01T00:00:00Z", "others": [*both, "P000001"]}
    document = {
        "format": "shuke-box",
        "version": 1,
        "cards": cards,
        "interactions": [talk],
        "relationships": [{"card": "P000001", "other": one, "kind": "friend"} for one in both],
        "referrals": [{"card": "P000001", "referrer": one} for one in both],
    }
    read_back(desk, document)
    after = exported(desk)
    new = desk.cards.find("新人")[0]
    assert [(one["card"], one["other"]) for one in after["relationships"]] == [
        (new.number, "P000001")
    ]
    assert [one["referrer"] for one in after["referrals"]] == ["P000001"]
    assert [one["others"] for one in after["interactions"]] == [["P000001"]]
    assert known == 1


@pytest.mark.parametrize(
    ("key", "record", "told"),
    [
        ("relationships", {"card": "P000009", "other": "P000001", "kind": "friend"}, "P000009"),
        ("relationships", {"card": "P000001", "other": "P000001", "kind": "friend"}, "himself"),
        ("relationships", {"card": "P000001", "other": "P000002", "kind": "x"}, "kind"),
        (
            "relationships",
            {"card": "P000001", "other": "P000002", "kind": "friend", "strength": 9},
            "1 to 5",
        ),
        ("referrals", {"card": "P000001"}, "Say who"),
        ("referrals", {"card": "P000001", "referrer_name": "x", "means": "鸽子"}, "means"),
        ("clubs", {"name": ""}, "name"),
        ("clubs", {"name": "x", "members": [{"card": "P000001", "verdict": "nie"}]}, "verdict"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    full: Desk, key: str, record: dict[str, Any], told: str
) -> None:
    document = exported(full)
    document[key].append(record)
    with pytest.raises(BadInput) as refused:
        read_back(full, document)
    assert told in str(refused.value)
    assert f"{key}[{len(document[key])}]" in str(refused.value)


def test_nobody_takes_out_more_than_he_sees(store: Store) -> None:
    team = sales_team(store)
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    third = team.card("zhang", "李四")
    boss = team["boss"]
    boss.relations.add(mine, theirs, "friend", 3, "暗语")
    boss.relations.add(mine, third, "friend", 3, "牌友")
    boss.referrals.note(third, theirs)
    club = boss.clubs.make(ClubValues("金卡会")).id
    boss.clubs.join(club, [mine, theirs])
    zhang = team["zhang"]
    document = exported(zhang)
    assert [each["note"] for each in document["relationships"]] == ["牌友"]
    assert [each["card"] for each in document["clubs"][0]["members"]] == ["P000001"]
    for what in ("relations", "referrals", "clubs"):
        for form in ("csv", "json"):
            text = str(exported(zhang, what, form))
            assert "周某" not in text
            assert "暗语" not in text
    assert "牌友" in exported(zhang, "relations", "csv")
    assert "张山" in exported(zhang, "clubs", "csv")
    admin = exported(team["admin"])
    assert (admin["relationships"], admin["referrals"], admin["clubs"]) == ([], [], [])
