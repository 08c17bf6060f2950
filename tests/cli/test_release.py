"""Releases from the shell."""

from pathlib import Path

import pytest

from store.database import open_store
from tests.cli.running import Shuke
from tests.store.sales_team import sales_team


@pytest.fixture(autouse=True)
def team(box: Path) -> None:
    store = open_store(box)
    members = sales_team(store)
    members.card("zhang", "张山", mobile=[{"value": "13900001111"}])
    store.close()


SOUTH, ZHOU = ("--as", "south"), ("--as", "zhou")


def test_cards_are_released_and_taken_back(shuke: Shuke) -> None:
    assert shuke("find", "张山", *ZHOU).status == 1
    ran = shuke("release", "give", "--department", "华南", "--role", "rep", "--json", *SOUTH)
    assert ran.document["level"] == "released"
    assert ran.document["to_review"]
    assert shuke("find", "张山", *ZHOU).status == 0
    listed = shuke("release", "list", *SOUTH)
    assert "name, organisation and title" in listed.out
    assert "review: no end since" in listed.words()
    taken = shuke("release", "take-back", "1", *SOUTH)
    assert "taken back" in taken.out
    assert shuke("find", "张山", *ZHOU).status == 1
    assert shuke("release", "list", *SOUTH).out == "Nothing is released.\n"
    (ended,) = shuke("release", "list", "--all", "--json", *SOUTH).document
    assert ended["state"] == "taken_back"
    assert shuke("release", "take-back", "1", *SOUTH).status == 5


def test_to_one_member_until_a_day(shuke: Shuke) -> None:
    ran = shuke(
        *("release", "give", "--department", "华南", "--to", "service", "--whole"),
        *("--until", "2099-01-01", "--reason", "售后", *SOUTH),
    )
    assert "孙丽" in ran.out
    assert "until 2099-01-01" in ran.out
    assert shuke("card", "show", "P000001", "--as", "service").status == 0


def test_refusals(shuke: Shuke) -> None:
    give = ("release", "give")
    assert shuke(*give, "--role", "rep", *SOUTH).status == 2
    assert shuke(*give, "--everywhere", "--department", "华南", "--role", "rep", *SOUTH).status == 2
    assert shuke(*give, "--everywhere", "--role", "rep", *SOUTH).status == 3
    assert shuke(*give, "--department", "华东", "--role", "rep", *SOUTH).status == 3
    assert shuke(*give, "--department", "华南", *SOUTH).status == 4
    assert shuke(*give, "--department", "没有", "--role", "rep", *SOUTH).status == 1
    assert shuke("release", "take-back", "9", *SOUTH).status == 1
