"""The briefing, the coming dates and the day from the shell."""

from pathlib import Path

import pytest

from tests.cli.running import Shuke

DAY = ("--today", "2026-09-24")
BRIEFING = [
    "card",
    "how_met",
    "last_interactions",
    "promises",
    "next_step",
    "dates",
    "likes",
    "taboos",
    "common_ground",
    "money",
    "competitors",
    "blanks",
    "remarks",
    *("stage", "review", "itinerary", "needs", "gaps", "news", "dealer_check", "own_card"),
]
AGENDA = [
    "todos",
    "followups",
    "dates",
    "reviews",
    "remarks",
    "payments",
    "pile",
    "loans",
    "trips",
    "news",
    "inspections",
]
DATE = ["card", "name", "who", "occasion", "stored", "date", "days", "age", "nominal_age"]


@pytest.fixture(autouse=True)
def zhang(shuke: Shuke) -> None:
    shuke(
        "card", "add", "--name", "张伟", "--phone", "13911112345", "--set", "title=采购经理",
        "--set", "birth_lunar=1985年八月十五", "--set", "organisation=华东电子",
    )  # fmt: skip


def test_dates(shuke: Shuke) -> None:
    (row,) = shuke("dates", "--json", *DAY).document
    assert list(row) == DATE
    assert row == {
        "card": "P000001",
        "name": "张伟",
        "who": "",
        "occasion": "birth",
        "stored": "lunar:1985-08-15",
        "date": "2026-09-25",
        "days": 1,
        "age": row["age"],
        "nominal_age": 42,
    }
    assert "2026-09-25 tomorrow 张伟 华东电子 birthday" in shuke("dates", *DAY).words()


def test_the_span_of_dates(shuke: Shuke) -> None:
    assert shuke("dates", "--days", "1", "--json", *DAY).document == []
    ran = shuke("dates", "--days", "1", *DAY)
    assert (ran.status, ran.out) == (0, "No dates in these days.\n")
    ran = shuke("dates", "--from", "2027-09-15", "--days", "1", "--json", *DAY)
    assert [row["date"] for row in ran.document] == ["2027-09-15"]
    assert shuke("dates", "--days", "100000").status == 4
    assert shuke("dates", "--days", "-1").status == 2


def test_brief(shuke: Shuke) -> None:
    shuke("log", "张伟", "电话 聊了新报价 *4 @周三 回访 +送样品 @明天", *DAY)
    briefing = shuke("brief", "zw", "--json", *DAY).document
    assert list(briefing) == BRIEFING
    assert briefing["card"]["number"] == "P000001"
    assert {"label": "Mobile", "text": "13911112345"} in briefing["card"]["identity"]
    assert briefing["last_interactions"][0]["method"] == "phone"
    assert briefing["last_interactions"][0]["interest"] == 4
    assert [todo["title"] for todo in briefing["promises"]] == ["送样品"]
    assert briefing["next_step"]["on"] == "2026-09-25"
    assert briefing["next_step"]["what"] == "送样品"
    assert briefing["dates"][0]["date"] == "2026-09-25"
    shown = shuke("brief", "张伟", *DAY)
    assert shown.status == 0
    words = shown.words()
    assert words.startswith("P000001 张伟 采购经理, 华东电子")
    assert "13911112345" in words
    assert "we owe him 2026-09-25 (tomorrow) 送样品" in words
    assert "phone interest 4" in words
    assert "2026-09-25 Fri birthday" in words


def test_brief_of_an_organisation(shuke: Shuke) -> None:
    briefing = shuke("brief", "O000001", "--json", *DAY).document
    assert [person["name"] for person in briefing["card"]["people"]] == ["张伟"]
    assert "People 张伟 采购经理" in shuke("brief", "华东电子", *DAY).words()


def test_brief_of_nobody(shuke: Shuke) -> None:
    assert shuke("brief", "李四").status == 1


def test_today(shuke: Shuke) -> None:
    shuke("log", "张伟", "电话 聊了新报价 @明天 回访", *DAY)
    shuke("todo", "add", "送样品 @今天", *DAY)
    agenda = shuke("today", "--json", "--today", "2026-09-25").document
    assert list(agenda) == AGENDA
    assert [todo["title"] for todo in agenda["todos"]] == ["送样品"]
    assert [card["number"] for card in agenda["followups"]] == ["P000001"]
    assert [row["name"] for row in agenda["dates"]] == ["张伟"]
    shown = shuke("today", "--today", "2026-09-25").out
    assert shown.index("Coming dates") < shown.index("To-dos") < shown.index("To be contacted")


def test_a_day_without_anything(shuke: Shuke) -> None:
    ran = shuke("today", "--today", "2026-03-01")
    assert (ran.status, ran.out) == (0, "Nothing is due today.\n")


def test_a_page(shuke: Shuke, tmp_path: Path) -> None:
    page = shuke("brief", "张伟", "--format", "html", *DAY).out
    assert page.startswith("<!DOCTYPE html>")
    assert "华东电子" in page
    text = shuke("brief", "张伟", "--format", "text", "-o", "-", *DAY).out
    assert text.startswith("Briefing for a visit\nP000001  张伟  采购经理, 华东电子\n")
    file = tmp_path / "zw.html"
    ran = shuke("brief", "张伟", "-o", str(file), *DAY)
    assert (ran.status, ran.out) == (0, "")
    assert file.read_text("utf-8") == page
    assert shuke("brief", "张伟", "--json", "-o", "-").status == 2
    assert shuke("brief", "张伟", "--format", "pdf").status == 2
