"""Relationships, ways, referrals and clubs from the shell."""

from pathlib import Path

import pytest

from store.database import open_store
from tests.cli.running import Shuke
from tests.store.sales_team import sales_team


@pytest.fixture(autouse=True)
def team(box: Path) -> None:
    store = open_store(box)
    members = sales_team(store)
    for owner, name in (("zhang", "张山"), ("zhang", "李四"), ("south", "王总"), ("zhou", "周某")):
        members.card(owner, name)
    store.close()


ZHANG, BOSS = ("--as", "zhang"), ("--as", "south")


def test_relations_are_noted_listed_and_taken_away(shuke: Shuke) -> None:
    add = ("relation", "add", "张山", "senior", "ls", "--strength", "4", "--note", "师傅")
    row = shuke(*add, "--json", *ZHANG).document
    assert (row["card"], row["kind"], row["other"]) == ("P000001", "senior", "P000002")
    assert shuke(*add, *ZHANG).status == 4
    listed = shuke("relation", "list", "李四", *ZHANG)
    assert "张山 P000001" in listed.out
    (around,) = shuke("relation", "list", "李四", "--around", "--json", *ZHANG).document
    assert (around["group"], around["how"], around["relation"]) == ("above", "senior", row["id"])
    assert "his senior" in shuke("relation", "list", "李四", "--around", *ZHANG).out
    assert shuke("relation", "remove", str(row["id"]), *ZHANG).status == 0
    assert shuke("relation", "list", "李四", *ZHANG).out == "No relationship is noted.\n"
    assert shuke("relation", "remove", "99", *ZHANG).status == 1
    assert shuke("relation", "add", "张山", "senior", "周某", *ZHANG).status == 1
    assert shuke("relation", "add", "张山", "boss", "李四", *ZHANG).status == 2


def test_the_way_to_somebody(shuke: Shuke) -> None:
    shuke("relation", "add", "李四", "friend", "王总", "--strength", "5", *BOSS)
    way = shuke("path", "王总", "--from", "李四", "--json", *BOSS).document
    assert [step["how"] for step in way["steps"]] == ["", "friend"]
    assert not way["from_me"]
    mine = shuke("path", "李四", *BOSS)
    assert "王总" in mine.out
    assert "your own customer" in mine.out
    lost = shuke("path", "张山", *BOSS)
    assert lost.status == 1
    assert "Nobody you know leads to 张山" in lost.err
    assert shuke("path", "王总", *ZHANG).status == 1
    assert shuke("path", "周某", *ZHANG).status == 1


def test_referrals_are_noted_told_and_thanked(shuke: Shuke) -> None:
    row = shuke("referral", "note", "李四", "--by", "张山", "--means", "phone", "--json", *ZHANG)
    number = str(row.document["id"])
    assert shuke("card", "show", "李四", "--json", *ZHANG).document["referrer"] == "P000001"
    assert "张山" in shuke("referral", "list", *ZHANG).out
    shuke("referral", "told", number, "签了", *ZHANG)
    thanked = shuke("referral", "thank", number, "--on", "2026-03-01", "--json", *ZHANG).document
    assert (thanked["result"], thanked["thanked_on"]) == ("签了", "2026-03-01")
    assert shuke("referral", "list", *ZHANG).out == "Everybody was told and thanked.\n"
    (giver,) = shuke("referral", "list", "--givers", "--json", *ZHANG).document
    assert (giver["name"], giver["direct"], giver["amount"]) == ("张山", 1, 0)
    assert "张山" in shuke("referral", "list", "--givers", *ZHANG).out
    chain = shuke("referral", "chain", "张山", "--json", *ZHANG).document
    assert [(link["depth"], link["name"]) for link in chain["links"]] == [(0, "张山"), (1, "李四")]
    assert "   李四" in shuke("referral", "chain", "张山", *ZHANG).out
    assert shuke("referral", "list", "张山", "--json", *ZHANG).document[0]["card"] == "P000002"
    assert shuke("referral", "note", "李四", *ZHANG).status == 4


def test_clubs(shuke: Shuke) -> None:
    club = shuke(
        *("club", "add", "金卡会", "--purpose", "老客户", "--review", "2020-01-01", "--json"),
        *ZHANG,
    ).document
    assert club["due"]
    assert "2 customers put in" in shuke("club", "join", "金卡", "张山", "李四", *ZHANG).out
    shown = shuke("club", "show", str(club["id"]), "--json", *ZHANG).document
    assert [each["name"] for each in shown["members"]] == ["张山", "李四"]
    said = shuke("club", "review", "金卡会", "李四", "drop", "没来过", "--json", *ZHANG).document
    assert (said["verdict"], said["reason"]) == ("drop", "没来过")
    assert shuke("club", "leave", "金卡会", "李四", *ZHANG).status == 0
    assert shuke("club", "leave", "金卡会", "李四", *ZHANG).status == 1
    assert "李四" not in shuke("club", "show", "金卡会", *ZHANG).out
    assert "李四" in shuke("club", "show", "金卡会", "--left", *ZHANG).out
    named = shuke("club", "set", "金卡会", "--name", "银卡会", "--json", *ZHANG).document
    assert (named["name"], named["purpose"]) == ("银卡会", "老客户")
    assert "银卡会" in shuke("club", "list", *ZHANG).out
    assert shuke("club", "list", "--json", "--as", "zhou").document == []
    assert shuke("club", "remove", "银卡会", *ZHANG).status == 0
    assert shuke("club", "list", *ZHANG).out == "There is no club yet.\n"
