"""Two cards of one customer become one from the shell."""

from pathlib import Path

import pytest

from store.database import open_store
from store.records.interactions import InteractionValues
from tests.cli.running import Shuke


@pytest.fixture(autouse=True)
def cards(box: Path) -> None:
    store = open_store(box)
    desk = store.desk()
    number = [{"value": "13911112222", "label": ""}]
    desk.cards.create("person", {"name": "张山", "mobile": number, "city": "上海"})
    second = desk.cards.create("person", {"name": "张 山", "mobile": number, "city": "苏州"})
    desk.interactions.log(second.id, InteractionValues(minutes="报价"))
    desk.cards.create("organisation", {"name": "华东电子有限公司"})
    desk.cards.create("organisation", {"name": "上海华东电子"})
    store.close()


def test_look_alikes_are_listed(shuke: Shuke) -> None:
    groups = shuke("duplicates", "--json").document
    assert [(g["certainty"], g["reason"], [c["number"] for c in g["cards"]]) for g in groups] == [
        (5, "mobile", ["P000001", "P000002"]),
        (2, "name", ["O000001", "O000002"]),
    ]
    lines = shuke("duplicates").out.splitlines()
    assert lines[1].split()[:3] == ["same", "Mobile", "P000001"]
    assert len(shuke("duplicates", "--limit", "1", "--json").document) == 1


def test_two_that_are_not_the_same_are_asked_about_no_more(shuke: Shuke) -> None:
    ran = shuke("duplicates", "--apart", "O000002", "O000001")
    assert ran.out.startswith("O000002 上海华东电子 and O000001 华东电子有限公司 are not the same")
    assert len(shuke("duplicates", "--json").document) == 1
    assert shuke("undo").status == 0
    assert len(shuke("duplicates", "--json").document) == 2


def test_a_merge_is_shown_before_it_is_done(shuke: Shuke) -> None:
    shown = shuke("card", "merge", "P000002", "P000001", "--dry-run", "--json").document
    assert shown["moved"] == {"interaction": 1}
    assert {each["key"]: each["take"] for each in shown["differences"]} == {
        "name": "right",
        "city": "left",
    }
    told = shuke("card", "merge", "P000002", "P000001", "--dry-run", "--take", "City=P000001")
    assert "Comes along: 1 talk" in told.out
    assert [line.split()[-2:] for line in told.out.splitlines() if "city" in line] == [
        ["right", "side"]
    ]
    assert shuke("card", "show", "P000002", "--json").document["number"] == "P000002"


def test_a_card_goes_into_another_and_its_number_leads_there(shuke: Shuke) -> None:
    ran = shuke("card", "merge", "P000002", "P000001", "--take", "city=right")
    assert ran.out.splitlines() == [
        "P000002 is merged into P000001 张山; `shuke undo` takes back.",
        "Came along: 1 talk",
    ]
    shown = shuke("card", "show", "P000002", "--json")
    assert (shown.document["number"], shown.document["city"]) == ("P000001", "上海")
    assert shown.document["merged"] == ["P000002"]
    assert shown.err == "P000002 was merged into P000001.\n"
    found = shuke("find", "P000002", "--json")
    assert ([row["number"] for row in found.document], found.err) == (["P000001"], shown.err)
    assert shuke("log", "P000002", "电话", "聊了").status == 0
    assert shuke("undo").status == 0  # the talk
    assert shuke("undo").status == 0
    assert shuke("card", "show", "P000002", "--json").document["city"] == "苏州"


def test_a_merged_card_comes_out_of_the_trash(shuke: Shuke) -> None:
    shuke("card", "merge", "P000002", "P000001")
    ran = shuke("card", "restore", "P000002")
    assert ran.out == "P000002 张 山 is back.\n"
    assert "stays there" in ran.err
    assert shuke("card", "show", "P000002").err == ""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("P000002", "P000002"), 4),
        (("P000002", "O000001"), 4),
        (("P000002", "P000001", "--take", "city"), 2),
        (("P000002", "P000001", "--take", "city=middle"), 2),
        (("P000002", "P000001", "--take", "city=both"), 4),
        (("P000002", "P000001", "--take", "gender=left"), 4),
        (("P000009", "P000001"), 1),
    ],
)
def test_what_cannot_be_merged(shuke: Shuke, arguments: tuple[str, ...], status: int) -> None:
    ran = shuke("card", "merge", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.count("\n") == 1


def test_similar_names_are_hinted_at(shuke: Shuke) -> None:
    ran = shuke("card", "add", "--kind", "organisation", "--name", "华东电子")
    assert ran.status == 0
    assert ran.err.splitlines() == [
        "Another card is called alike: O000001 华东电子有限公司.",
        "Another card is called alike: O000002 上海华东电子.",
    ]
