"""Cards handed over from the shell."""

from pathlib import Path

import pytest

from store.database import open_store
from tests.cli.running import Shuke
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture(autouse=True)
def team(box: Path) -> None:
    store = open_store(box)
    members: SalesTeam = sales_team(store)
    members.card("zhang", "张山", city="深圳")
    members.card("zhang", "华东电子", "organisation")
    members.card("zhang", "赵申", organisation="华东电子")
    store.close()


def test_cards_are_handed_over_and_back(shuke: Shuke) -> None:
    as_south = ("--as", "south")
    ran = shuke(
        "card", "transfer", "P000001", "华东电子", "--to", "li", "--reason", "换区", *as_south
    )
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Handed to 李静 (cards: 2, to-dos: 0); `shuke undo` takes back.\n"
    assert shuke("card", "show", "P000001", "--as", "zhang").status == 1
    (entry,) = shuke("card", "transfers", "--json", *as_south).document
    assert entry.pop("at")
    assert entry == {
        "by": "南经理",
        "from": "张磊",
        "to": "李静",
        "reason": "换区",
        "cards": ["P000001", "O000001"],
        "todos": 0,
        "undone": False,
    }
    assert shuke("undo", *as_south).status == 0
    assert shuke("card", "show", "P000001", "--as", "zhang").status == 0
    listed = shuke("card", "transfers", "张山", *as_south)
    assert "taken back" in listed.words()


def test_people_and_whole_boxes(shuke: Shuke) -> None:
    ran = shuke("card", "transfer", "O000001", "--people", "--to", "li", "--as", "south", "--json")
    assert ran.document == {"cards": 2, "people": 1, "todos": 0}
    ran = shuke("card", "transfer", "--all-of", "zhang", "--to", "li", "--as", "keeper", "--json")
    assert ran.document == {"cards": 1, "people": 0, "todos": 0}


def test_suggestions(shuke: Shuke) -> None:
    found = shuke("card", "transfer", "P000001", "--suggest", "--json", "--as", "south").document
    assert [each["login"] for each in found] == ["south", "li"]
    assert found[0]["reasons"] == "same department"
    assert "same department" in shuke("card", "transfer", "张山", "--suggest", "--as", "south").out


def test_refusals(shuke: Shuke) -> None:
    assert shuke("card", "transfer", "P000001", "--to", "li", "--as", "zhang").status == 3
    assert shuke("card", "transfer", "P000001", "--to", "zhou", "--as", "zhou").status == 1
    assert shuke("card", "transfer", "P000001", "--to", "service", "--as", "south").status == 4
    assert shuke("card", "transfer", "P000001", "--to", "nobody", "--as", "south").status == 1
    for wrong in (
        ("--to", "li"),
        ("P000001",),
        ("P000001", "--all-of", "zhang", "--to", "li"),
        ("--all-of", "zhang", "--suggest"),
    ):
        assert shuke("card", "transfer", *wrong, "--as", "south").status == 2
    assert shuke("card", "transfers", "--as", "li").out == "No card was handed over.\n"
