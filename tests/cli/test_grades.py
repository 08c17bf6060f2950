"""Grades, segments, the pile and the risk list by commands."""

import pytest

from tests.cli.running import Shuke

LISTED = [
    *("number", "name", "kind", "organisation", "title", "phone", "owner"),
    *("lifecycle", "likelihood", "value_grade", "house_grade", "importance"),
    *("credit_grade", "credit_limit", "risk", "route_order", "last_contact"),
    *("next_on", "review_due_on", "put_off_until", "completeness"),
]


@pytest.fixture
def cards(shuke: Shuke) -> tuple[str, str, str]:
    """An organisation that bought, a person there, a stranger; gives their numbers."""
    house = [
        *("card", "add", "--name", "华东电子", "--kind", "organisation", "--json"),
        *("--set", "lifecycle=buyer", "--set", "region=华东", "--set", "credit_grade=B"),
        *("--set", "credit_limit=30万", "--set", "circle=校友"),
    ]
    numbers = [shuke(*house).document["number"]]
    numbers.append(
        shuke("card", "add", "--name", "张山", "--set", "organisation=华东电子",
              "--set", "importance=key", "--set", "route_order=2", "--json").document["number"]
    )  # fmt: skip
    numbers.append(shuke("card", "add", "--name", "李雪梅", "--json").document["number"])
    year = shuke("today", "--json")
    assert year.status == 0
    return tuple(numbers)  # type: ignore[return-value]


def test_cards_by_filters(shuke: Shuke, cards: tuple[str, str, str]) -> None:
    house, person, stranger = cards
    for options, found in (
        (["--region", "华东"], [house]),
        (["--lifecycle", "成交", "--credit", "A,B"], [house]),
        (["--importance", "key"], [person]),
        (["--kind", "person", "--sort", "route"], [person, stranger]),
        (["--circle", "校友，同乡"], [house]),
        (["--text", "雪梅", "--mine"], [stranger]),
        (["--complete-below", "99", "--not-seen", "1", "--kind", "organisation"], [house]),
    ):
        ran = shuke("cards", *options, "--json")
        assert [card["number"] for card in ran.document] == found, options
    assert list(ran.document[0]) == [*LISTED, "risks"]
    assert "B ¥300,000" in shuke("cards", "--region", "华东").out
    assert "2" in shuke("cards", "--sort", "route").out.splitlines()[1]
    assert shuke("cards", "--limit", "1").err == "2 more: --limit shows them.\n"


def test_cards_that_nobody_has_and_values_that_are_none(shuke: Shuke, cards: object) -> None:
    assert shuke("cards", "--risk").status == 1
    ran = shuke("cards", "--likelihood", "Z")
    assert (ran.status, "choose of A, B" in ran.err) == (2, True)
    assert shuke("cards", "--segment", "无").status == 1
    assert shuke("cards", "--sort", "wind").status == 2


def test_the_risk_list_says_why(shuke: Shuke, cards: tuple[str, str, str]) -> None:
    shuke("card", "set", cards[0], "risk=yes", "risk_reasons=arrears", "risk_note=两个月没付")
    ran = shuke("cards", "--risk")
    assert "Arrears, 两个月没付" in ran.out
    (card,) = shuke("cards", "--risk", "--json").document
    assert (card["risk"], card["risks"]) == (True, "Arrears, 两个月没付")


def test_a_segment_is_saved_shown_exported_and_removed(
    shuke: Shuke, cards: tuple[str, str, str]
) -> None:
    saved = shuke("segment", "save", "华东", "客户", "--region", "华东", "--shared", "--json")
    assert saved.document == {
        "name": "华东 客户",
        "owner": saved.document["owner"],
        "shared": True,
        "query": {"regions": ["华东"]},
        "count": 1,
    }
    assert shuke("segment", "list", "--json").document == [saved.document]
    assert "all cards · 华东" in shuke("segment", "list").out
    shown = shuke("segment", "show", "华东 客户")
    assert cards[0] in shown.out
    assert [c["number"] for c in shuke("cards", "--segment", "华东 客户", "--json").document] == [
        cards[0]
    ]
    out = shuke("export", "cards", "--format", "csv", "--segment", "华东 客户")
    assert "华东电子" in out.out
    assert "李雪梅" not in out.out
    assert shuke("segment", "save", "x", "--own", "--shared").status == 2
    assert shuke("segment", "remove", "华东 客户").status == 0
    assert shuke("segment", "list").status == 1
    assert shuke("undo").status == 0
    assert shuke("segment", "show", "华东 客户", "--json").status == 0


def test_the_pile_says_why_each_card_lies_there(shuke: Shuke, cards: tuple[str, str, str]) -> None:
    ran = shuke("pile", "--mine", "--json")
    assert [card["number"] for card in ran.document] == [cards[1], cards[2]]
    assert ran.document[0]["reasons"] == ["unclassified"]
    assert list(ran.document[0]) == [*LISTED, "reasons", "mine"]
    assert "unclassified" in shuke("pile").out
    shuke("card", "set", cards[1], "likelihood=A")
    shuke("card", "set", cards[2], "likelihood=F1")
    assert shuke("pile").status == 1


def test_transitions_of_a_card_and_of_all(shuke: Shuke, cards: tuple[str, str, str]) -> None:
    shuke("card", "set", cards[1], "lifecycle=target")
    shuke("card", "set", cards[1], "lifecycle=likely")
    shuke("card", "set", cards[2], "lifecycle=target")
    shuke("undo")
    told = shuke("card", "transitions", cards[1], "--json").document
    assert [(each["from"], each["to"], each["undone"]) for each in told] == [
        ("target", "likely", False),
        ("prospect", "target", False),
    ]
    assert "target" in shuke("card", "transitions", cards[1]).out
    assert "(undone)" in shuke("card", "transitions", cards[2]).out
    whole = shuke("transitions", "--json").document
    assert whole["moves"] == [
        {"field": "lifecycle", "from": "target", "to": "likely", "cards": 1},
        {"field": "lifecycle", "from": "prospect", "to": "target", "cards": 1},
    ]
    some = shuke("transitions", "--field", "lifecycle", "--became", "likely", "--list", "--json")
    assert [each["card"] for each in some.document] == [cards[1]]
    assert shuke("transitions", "--was", "target").status == 2
    assert shuke("transitions", "--from", "2026-02-01", "--until", "2026-01-01").status == 2
    assert shuke("transitions", "--from", "2020-01-01", "--until", "2020-12-31").status == 1


def test_value_grades_follow_from_purchases(shuke: Shuke, cards: tuple[str, str, str]) -> None:
    assert "No card has a value grade" in shuke("grade").out
    this_year = shuke("transitions", "--json").document["until"][:4]
    shuke("card", "set", cards[0], f"purchases=年份: {this_year}, 金额: 50万")
    assert shuke("grade", "--json").document == {"A": 1}
    (house,) = shuke("cards", "--value", "A", "--json").document
    assert house["number"] == cards[0]
    people = shuke("cards", "--importance", "key", "--json").document
    assert [(each["value_grade"], each["house_grade"]) for each in people] == [(None, "A")]


def test_rules_are_shown_and_changed(shuke: Shuke, box: object) -> None:
    assert "(review_months) 2" in shuke("rules").words()
    ran = shuke("rules", "review_months=3", "value_levels=A 70, B", "--json")
    assert ran.document == {
        "review_months": 3,
        "review_months_key": 1,
        "value_levels": [["A", 70], ["B", 30]],
        "pile_days": 60,
    }
    assert shuke("rules", "review_months").status == 2
    wrong = shuke("rules", "value_levels=Z")
    assert (wrong.status, "A 80, B 15" in wrong.err) == (4, True)
