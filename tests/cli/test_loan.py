"""Loans from the shell."""

from pathlib import Path

import pytest

from store.database import open_store
from tests.cli.running import Shuke
from tests.store.sales_team import sales_team


@pytest.fixture(autouse=True)
def team(box: Path) -> None:
    store = open_store(box)
    members = sales_team(store)
    members.card("zhang", "张山", hobbies=["钓鱼"])
    store.close()


ZHOU, SOUTH, KEEPER = (("--as", login) for login in ("zhou", "south", "keeper"))


def test_a_card_is_asked_for_lent_read_and_returned(shuke: Shuke) -> None:
    ran = shuke("loan", "ask", "P000001", "--days", "2", "--reason", "联合拜访", *ZHOU)
    assert ran.out.startswith("Request 1: ")
    assert all(name in ran.out for name in ("南经理", "吴芳"))
    assert "东经理" not in ran.out
    assert shuke("card", "show", "P000001", *ZHOU).status == 1
    listed = shuke("loan", "list", "--json", *SOUTH).document
    (request,) = listed["requests"]
    assert listed["mine"] == listed["lent"] == []
    assert (request["card"], request["borrower"], request["days"]) == ("P000001", "周婷", 2)
    (due,) = shuke("today", "--json", *SOUTH).document["loans"]
    assert due["why"] == "decide"
    assert "asks to see it for 2 days (whole card): 联合拜访" in shuke("today", *SOUTH).words()
    given = shuke("loan", "approve", "1", "--sections", "Personal，name_card", "--json", *SOUTH)
    assert given.document["sections"] == ["name_card", "personal"]
    assert shuke("card", "show", "P000001", *ZHOU).status == 0
    assert "open to you until" in shuke("today", *ZHOU).words()
    (loan,) = shuke("loan", "list", "P000001", "--json", *SOUTH).document
    assert len(loan["reads"]) == 1
    assert "1: read" in shuke("loan", "list", "P000001", *SOUTH).out
    assert "returned" in shuke("loan", "return", "1", *ZHOU).out
    assert shuke("card", "show", "P000001", *ZHOU).status == 1
    assert shuke("loan", "return", "1", *ZHOU).status == 5


def test_refused_and_taken_back(shuke: Shuke) -> None:
    shuke("loan", "ask", "P000001", "--sections", "Name card", *ZHOU)
    assert "refused" in shuke("loan", "refuse", "1", "--reason", "先问张磊", *KEEPER).out
    assert "refused by 吴芳: 先问张磊" in shuke("today", *ZHOU).words()
    shuke("loan", "ask", "P000001", *ZHOU)
    assert shuke("loan", "approve", "2", "--whole", "--days", "1", *KEEPER).status == 0
    assert "taken back early" in shuke("loan", "recall", "2", *SOUTH).out
    shown = shuke("loan", "list", *ZHOU)
    assert "Mine" in shown.out
    assert "refused" in shown.out


def test_papers(shuke: Shuke) -> None:
    lend = ("loan", "paper", "P000001", "--to", "zhou", "--due", "2099-01-01", *KEEPER)
    assert shuke(*lend, "--what", "营业执照原件").status == 4
    ran = shuke(*lend, "--what", "合同", "--pages", "12")
    assert "合同, 12 pages" in ran.out
    assert "until 2099-01-01" in ran.words()
    (mine,) = shuke("loan", "list", "--json", *ZHOU).document["mine"]
    assert (mine["kind"], mine["what"], mine["pages"], mine["state"]) == (
        "paper",
        "合同",
        12,
        "running",
    )
    assert shuke("loan", "return", "1", *ZHOU).status == 3
    shuke("loan", "recall", "1", *KEEPER)
    assert "LATE since" in shuke("loan", "list", *ZHOU).out
    assert "bring back 合同, 12 pages to 吴芳: late since" in shuke("today", *ZHOU).words()
    assert "ask for it" in shuke("today", *KEEPER).words()
    assert shuke("loan", "return", "1", *KEEPER).status == 0
    assert "Nothing is lent" in shuke("loan", "list", "P000001", "--as", "li").out


def test_refusals(shuke: Shuke) -> None:
    assert shuke("loan", "list", *ZHOU).out == "Nothing is lent, and nobody asks.\n"
    assert shuke("loan", "ask", "P000009", *ZHOU).status == 1
    assert shuke("loan", "ask", "张山", *ZHOU).status == 1
    wrong = shuke("loan", "ask", "P000001", "--sections", "x", *ZHOU)
    assert wrong.status == 4
    assert "Name card" in wrong.err
    assert shuke("loan", "ask", "P000001", "--days", "400", *ZHOU).status == 4
    shuke("loan", "ask", "P000001", *ZHOU)
    assert shuke("loan", "approve", "1", *ZHOU).status == 3
    assert shuke("loan", "approve", "1", "--as", "li").status == 1
    both = ("--whole", "--sections", "name_card")
    assert shuke("loan", "approve", "1", *both, *SOUTH).status == 2
    assert shuke("loan", "refuse", "7", *SOUTH).status == 1
