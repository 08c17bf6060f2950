"""Who works where, from the shell."""

import pytest

from tests.cli.running import Shuke


@pytest.fixture(autouse=True)
def house(shuke: Shuke) -> None:
    assert shuke("card", "add", "--kind", "organisation", "--name", "华东电子").status == 0
    ran = shuke(
        *("people", "add", "O000001", "--name", "王总", "--title", "总经理", "--role", "决策者"),
        *("--influence", "5", "--set", "层级=决策层", "--json"),
    )
    assert (ran.status, ran.err) == (0, "")


def test_people_are_entered_and_listed(shuke: Shuke) -> None:
    ran = shuke(
        *("people", "add", "华东电子", "--name", "张山", "--department", "采购部"),
        *("--attitude", "friendly", "--reports-to", "王总", "--mobile", "13911112345"),
    )
    assert ran.out == "P000002  张山\n"
    boss, zhang = shuke("people", "O000001", "--json").document
    assert (boss["role"], boss["level"], boss["influence"]) == ("decision_maker", "executive", 5)
    assert zhang == {
        **dict.fromkeys(("title", "department_kind", "level", "role", "influence", "faction")),
        **dict.fromkeys(("matters", "quality", "since", "until", "note", "met")),
        "place": 2,
        "number": "P000002",
        "name": "张山",
        "org_department": "采购部",
        "attitude": "friendly",
        "reports_to": "王总",
        "phone": "13911112345",
        "owner": zhang["owner"],
    }
    words = shuke("people", "O000001").words()
    assert "采购部 Friendly 王总 not met yet" in words


def test_the_chart_is_drawn_and_gaps_are_named(shuke: Shuke) -> None:
    shuke("people", "add", "O000001", "--name", "张山", "--reports-to", "王总")
    ran = shuke("people", "chart", "O000001")
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "王总 总经理  [Decision-maker, not met yet]",
        "  张山  [not met yet]",
        "",
    ]
    assert lines[3] == "No decision-maker met yet: 王总."
    document = shuke("people", "chart", "O000001", "--json").document
    assert [(row["name"], row["depth"]) for row in document["chart"]] == [("王总", 0), ("张山", 1)]
    assert document["gaps"][0] == {"key": "not_met", "text": lines[3]}
    assert document["organisation"] == "O000001"


def test_a_place_is_changed(shuke: Shuke) -> None:
    shuke("people", "add", "O000001", "--name", "张山", "--reports-to", "王总")
    ran = shuke("people", "set", "张山", "role=buyer", "上级=", "since=2020-03-01", "--json")
    found = ran.document
    assert (found["role"], found["reports_to"], found["since"]) == ("buyer", None, "2020-03-01")
    assert shuke("people", "set", "王总", "reports_to=王总").status == 4
    assert shuke("people", "set", "王总", "x=y").status == 2
    assert shuke("people", "set", "王总", "role=king").status == 4
    assert shuke("undo").status == 0
    assert shuke("people", "O000001", "--json").document[1]["role"] is None


def test_somebody_leaves_and_his_days_are_corrected(shuke: Shuke) -> None:
    ran = shuke("people", "leave", "王总", "--on", "2026-09-01", "--to", "恒通", "--title", "董事")
    assert ran.out == "P000001  王总\n"
    assert shuke("people", "O000001").out == "Nobody there is known yet.\n"
    assert shuke("people", "O000001", "--past", "--json").document[0]["until"] == "2026-09-01"
    now, before = shuke("people", "history", "王总", "--json").document
    assert (now["organisation"], now["title"], now["main"]) == ("恒通", "董事", True)
    assert (before["organisation"], before["number"]) == ("华东电子", "O000001")
    place = str(before["place"])
    changed = shuke(
        "people", "set", "王总", "until=2026-08-31", "--place", place, "--json"
    ).document
    assert changed["until"] == "2026-08-31"
    assert "2026-08-31" in shuke("people", "history", "王总").words()
    assert shuke("people", "set", "王总", "role=user", "--place", "99").status == 1
    assert shuke("people", "leave", "王总").status == 0
    assert shuke("people", "leave", "王总").status == 1


def test_what_is_no_organisation_is_refused(shuke: Shuke) -> None:
    ran = shuke("people", "王总")
    assert (ran.status, ran.err) == (4, "Only an organisation has people.\n")
    assert shuke("people", "history", "O000001").status == 4
    assert shuke("people", "没有").status == 1
    shuke("card", "add", "--name", "孤身")
    assert shuke("people", "history", "孤身").out == "No organisation is known where he works.\n"
    assert shuke("people", "chart", "O000001", "--json").status == 0
