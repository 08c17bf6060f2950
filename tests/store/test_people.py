"""The people at an organisation: places, who reports to whom, and what becomes of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.desk import Desk
from store.errors import BadValue, Conflict, NotFound
from store.records.interactions import InteractionValues
from store.records.people import LEFT, PersonRow, PlaceValues

BLANK = PlaceValues()


@pytest.fixture
def house(desk: Desk) -> int:
    return desk.cards.create("organisation", {"name": "华东电子"}).id


def add(desk: Desk, house: int, name: str, head: PersonRow | None = None, **said: Any) -> PersonRow:
    above = None if head is None else head.card_id
    return desk.people.add(house, name, PlaceValues(reports_to=above, **said))


def drawn(desk: Desk, house: int) -> list[str]:
    return [f"{'-' * row.depth}{row.person.name}" for row in desk.people.chart(house)]


def keys(desk: Desk, card: int) -> list[str]:
    return [gap.key for gap in desk.people.gaps(card)]


def test_somebody_new_gets_a_card_with_his_place(desk: Desk, house: int) -> None:
    values = PlaceValues(
        title="采购经理",
        org_department="采购部",
        department_kind="buying",
        level="management",
        role="buyer",
        influence=4,
        attitude="friendly",
        faction="王总的人",
        matters="元器件",
        quality="说话算数",
        since=date(2020, 3, 1),
        note="先找他",
    )
    row = desk.people.add(house, " 张\x1b山\n", values, "139 1111 2345")
    assert (row.name, row.values, row.phone) == ("张山", values, "139 1111 2345")
    card = desk.cards.get(row.card_id)
    assert card.values["title"] == "采购经理"
    assert desk.cards.row(row.card_id).organisation == "华东电子"
    assert desk.people.of(house) == [row]
    desk.trail.undo()
    assert desk.people.of(house) == []
    assert desk.cards.find("张山") == []


def test_an_existing_card_joins_with_a_further_place(desk: Desk, house: int) -> None:
    zhang = desk.cards.create("person", {"name": "张山", "organisation": "恒通物流"})
    row = desk.people.add(house, f"张山 {zhang.number} 恒通物流", PlaceValues(title="顾问"))
    assert row.card_id == zhang.id
    assert not row.main
    assert desk.cards.row(zhang.id).organisation == "恒通物流"
    with pytest.raises(BadValue, match="works here already"):
        desk.people.add(house, zhang.number)
    assert [each.name for each in desk.people.history(zhang.id)] == ["恒通物流", "华东电子"]


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("", BLANK, "name"),
        ("P999999", BLANK, "name"),
        ("李四", PlaceValues(role="king"), "role"),
        ("李四", PlaceValues(influence=6), "influence"),
        ("李四", PlaceValues(since=date(2999, 1, 1)), "since"),
        ("李四", PlaceValues(since=date(2020, 1, 2), until=date(2020, 1, 1)), "until"),
        ("李四", PlaceValues(reports_to=12345), "reports_to"),
    ],
)
def test_what_is_wrong_enters_nobody(
    desk: Desk, house: int, name: str, values: PlaceValues, field: str
) -> None:
    with pytest.raises(BadValue) as refused:
        desk.people.add(house, name, values)
    assert refused.value.field == field
    assert desk.people.of(house, past=True) == []
    assert desk.cards.find("李四") == []


def test_an_organisation_has_people_and_a_person_has_employers(desk: Desk, house: int) -> None:
    person = add(desk, house, "张山")
    with pytest.raises(BadValue):
        desk.people.of(person.card_id)
    with pytest.raises(BadValue):
        desk.people.history(house)
    with pytest.raises(NotFound):
        desk.people.of(999)
    with pytest.raises(BadValue, match="华东电子"):
        desk.people.add(house, "O000001")


def test_nobody_stands_above_himself(desk: Desk, house: int) -> None:
    wang = add(desk, house, "王总")
    li = add(desk, house, "李强", wang)
    zhao = add(desk, house, "赵敏", li)
    for head in (wang, zhao):
        with pytest.raises(BadValue, match="王总 would stand above himself") as refused:
            desk.people.update(wang.id, wang.values, replace(wang.values, reports_to=head.card_id))
        assert refused.value.field == "reports_to"
    stranger = desk.cards.create("person", {"name": "路人"})
    with pytest.raises(BadValue, match="does not work here"):
        desk.people.update(li.id, li.values, replace(li.values, reports_to=stranger.id))
    assert drawn(desk, house) == ["王总", "-李强", "--赵敏"]


def test_the_chart_goes_by_level_and_entry(desk: Desk, house: int) -> None:
    worker = add(desk, house, "工人", level="operator")
    boss = add(desk, house, "老总", level="executive")
    unknown = add(desk, house, "某人")
    chief = add(desk, house, "科长", boss, level="management")
    clerk = add(desk, house, "科员", chief)
    second = add(desk, house, "副科长", boss, level="management")
    assert drawn(desk, house) == ["老总", "-科长", "--科员", "-副科长", "工人", "某人"]
    below = {row.person.name: row.below for row in desk.people.chart(house)}
    assert below == {"老总": 3, "科长": 1, "科员": 0, "副科长": 0, "工人": 0, "某人": 0}
    assert {worker.id, unknown.id, clerk.id, second.id}.isdisjoint({boss.id})


def test_who_reports_to_somebody_who_left_stands_at_the_top(desk: Desk, house: int) -> None:
    wang = add(desk, house, "王总")
    li = add(desk, house, "李强", wang)
    desk.people.leave(wang.id, date(2026, 9, 1))
    present = desk.people.get(li.id)
    assert (present.head, present.above) == ("王总", LEFT)
    assert drawn(desk, house) == ["李强"]
    # That he left is no hindrance to other changes.
    kept = desk.people.update(li.id, present.values, replace(present.values, role="user"))
    assert kept.values.reports_to == wang.card_id


def test_two_change_different_things_of_a_place(desk: Desk, house: int) -> None:
    row = add(desk, house, "张山")
    desk.people.update(row.id, row.values, replace(row.values, attitude="opposed"))
    kept = desk.people.update(row.id, row.values, replace(row.values, role="buyer"))
    assert (kept.values.attitude, kept.values.role) == ("opposed", "buyer")
    with pytest.raises(Conflict) as refused:
        desk.people.update(row.id, row.values, replace(row.values, attitude="friendly"))
    assert refused.value.fields == {"attitude": ("opposed", "friendly")}


def test_whoever_changes_his_employer_keeps_his_history(desk: Desk, house: int) -> None:
    row = add(desk, house, "张山", title="采购经理", role="buyer")
    new = desk.people.leave(row.id, date(2026, 6, 30), "恒通物流", "总监")
    assert desk.people.of(house) == []
    assert [each.name for each in desk.people.of(house, past=True)] == ["张山"]
    assert desk.cards.row(row.card_id).organisation == "恒通物流"
    assert desk.cards.get(row.card_id).values["title"] == "总监"
    # Back again: a new period; the old one stays as it was.
    desk.people.leave(new.id, date(2026, 9, 1), "华东电子", "副总")
    history = desk.people.history(row.card_id)
    assert [(each.name, each.title, each.since, each.until) for each in history] == [
        ("华东电子", "副总", date(2026, 9, 1), None),
        ("恒通物流", "总监", date(2026, 6, 30), date(2026, 9, 1)),
        ("华东电子", "采购经理", None, date(2026, 6, 30)),
    ]
    with pytest.raises(BadValue, match="has left there already"):
        desk.people.leave(row.id)
    desk.trail.undo()
    assert desk.cards.row(row.card_id).organisation == "恒通物流"


def test_the_form_of_the_person_keeps_all_periods(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山", "organisation": "甲", "title": "经理"})
    for name in ("乙", "甲"):
        card = desk.cards.save(card.id, card.values, {**card.values, "organisation": name})
    history = desk.people.history(card.id)
    assert [(each.name, each.until is None) for each in history] == [
        ("甲", True),
        ("乙", False),
        ("甲", False),
    ]
    # A wrong day is corrected afterwards.
    wrong = desk.people.get(history[2].id)
    right = replace(wrong.values, since=date(2019, 1, 1), until=date(2024, 5, 6))
    assert desk.people.update(wrong.id, wrong.values, right).values == right
    assert desk.cards.get(card.id).values["organisation"] == history[0].number
    # He never left: the period goes on beside the other one.
    again = desk.people.update(wrong.id, right, replace(right, until=None))
    assert not again.main


def test_a_further_place_becomes_the_main_one(desk: Desk, house: int) -> None:
    card = desk.cards.create("person", {"name": "张山", "organisation": "恒通物流"})
    place = desk.people.add(house, card.number, PlaceValues(title="顾问", role="influencer"))
    number = desk.cards.row(house).number
    card = desk.cards.get(card.id)
    desk.cards.save(card.id, card.values, {**card.values, "organisation": number, "title": "总监"})
    now, before = desk.people.history(card.id)
    assert (now.id, now.main, now.title, now.values.role) == (place.id, True, "总监", "influencer")
    assert before.name == "恒通物流"


def test_a_place_entered_by_mistake_goes(desk: Desk, house: int) -> None:
    row = add(desk, house, "张山")
    desk.people.remove(row.id)
    assert desk.people.of(house, past=True) == []
    assert desk.cards.row(row.card_id).name == "张山"
    desk.trail.undo()
    assert desk.people.of(house) == [row]


def test_gaps_name_what_is_missing(desk: Desk, house: int) -> None:
    assert keys(desk, house) == ["nobody"]
    boss = add(desk, house, "王总", role="decision_maker", attitude="opposed", level="executive")
    keeper = add(desk, house, "秘书", boss, role="gatekeeper", attitude="neutral")
    add(desk, house, "张三")
    told = {gap.key: gap.sentence for gap in desk.people.gaps(house)}
    assert list(told) == [
        *("not_met", "opposed", "gatekeeper", "no_supporter", "no_buyer", "no_user", "no_head"),
    ]
    assert "王总" in told["not_met"]
    assert "秘书" in told["gatekeeper"]
    assert "张三" in told["no_head"]
    assert keys(desk, keeper.card_id) == list(told)
    desk.interactions.log(boss.card_id, InteractionValues(minutes="见到了"))
    desk.people.update(boss.id, boss.values, replace(boss.values, attitude="supporter"))
    assert keys(desk, house) == ["no_buyer", "no_user", "no_head"]
    desk.people.update(boss.id, desk.people.get(boss.id).values, replace(BLANK, role="buyer"))
    assert keys(desk, house)[0] == "no_decision_maker"


def test_an_attempt_is_no_meeting(desk: Desk, house: int) -> None:
    boss = add(desk, house, "王总", role="decision_maker")
    desk.interactions.log(boss.card_id, InteractionValues(reached=False))
    assert desk.people.get(boss.id).met_at is None
    assert "not_met" in keys(desk, house)


# The rows of the organisation's form


def save(desk: Desk, house: int, base: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    with desk.change("Card changed") as change:
        desk.people.save_rows(change, house, base, rows)


def test_rows_enter_three_people_and_who_reports_to_whom(desk: Desk, house: int) -> None:
    rows = [
        {"id": "a1", "name": "张山", "title": "采购经理", "reports_to": "王总", "influence": 3},
        {"id": "b2", "name": "王总", "role": "decision_maker", "mobile": "139 1111 2345"},
        {"id": "c3", "name": "李娜", "reports_to": "张山", "since": "2020-01-01"},
    ]
    save(desk, house, [], rows)
    assert drawn(desk, house) == ["王总", "-张山", "--李娜"]
    stored = desk.people.rows_for_form(house)
    assert [{**row, "id": ""} for row in stored] == [{**row, "id": ""} for row in rows]
    desk.trail.undo()
    assert desk.people.of(house) == []


def test_rows_change_the_card_and_the_place(desk: Desk, house: int) -> None:
    row = desk.people.add(house, "张山", PlaceValues(title="经理"), "13911112345")
    card = desk.cards.get(row.card_id)
    numbers = [*card.values["mobile"], {"value": "13811112345", "label": "私人"}]
    desk.cards.save(row.card_id, card.values, {**card.values, "mobile": numbers})
    base = desk.people.rows_for_form(house)
    mine = {**base[0], "name": "张珊", "title": "总监", "mobile": "137 1111 2345", "influence": 5}
    save(desk, house, base, [mine])
    values = desk.cards.get(row.card_id).values
    assert (values["name"], values["title"]) == ("张珊", "总监")
    assert [each["value"] for each in values["mobile"]] == ["137 1111 2345", "13811112345"]
    assert desk.people.get(row.id).values.influence == 5
    base = desk.people.rows_for_form(house)
    save(desk, house, base, [{k: v for k, v in base[0].items() if k not in ("mobile", "title")}])
    values = desk.cards.get(row.card_id).values
    assert [each["value"] for each in values["mobile"]] == ["13811112345"]
    assert "title" not in values


def test_a_row_that_is_gone_left_today(desk: Desk, house: int) -> None:
    row = add(desk, house, "张山")
    save(desk, house, desk.people.rows_for_form(house), [])
    assert desk.people.of(house) == []
    assert desk.people.get(row.id).values.until == date(2026, 9, 24)


def test_two_forms_of_one_organisation(desk: Desk, house: int) -> None:
    zhang, li = add(desk, house, "张山"), add(desk, house, "李强")
    base = desk.people.rows_for_form(house)
    theirs = [{**base[0], "attitude": "opposed"}, base[1], {"id": "n1", "name": "王总"}]
    save(desk, house, base, theirs)
    mine = [{**base[0], "role": "buyer"}, {**base[1], "reports_to": "张山"}]
    save(desk, house, base, mine)
    values = desk.people.get(zhang.id).values
    assert (values.attitude, values.role) == ("opposed", "buyer")
    assert desk.people.get(li.id).values.reports_to == zhang.card_id
    assert len(desk.people.of(house)) == 3
    with pytest.raises(Conflict) as refused:
        save(desk, house, base, [{**base[0], "attitude": "friendly"}, base[1]])
    assert set(refused.value.fields) == {"people"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"name": "李强", "reports_to": "没有"}, "李强: Nobody called “没有” works here."),
        ({"name": "李强", "reports_to": "王总"}, "李强: Several people called “王总” work here"),
        ({"name": "李强", "attitude": "x"}, "李强: "),
        ({"name": "李强", "x": "y"}, "李强: A row has no column x."),
        ({"title": "经理"}, "Somebody at an organisation needs a name."),
        ({"name": "李强", "mobile": "电话"}, "李强: "),
    ],
)
def test_a_wrong_row_saves_nothing(
    desk: Desk, house: int, row: dict[str, Any], reason: str
) -> None:
    add(desk, house, "王总")
    add(desk, house, "王总")
    base = desk.people.rows_for_form(house)
    with pytest.raises(BadValue) as refused:
        save(desk, house, base, [{"id": "n1", "name": "新人"}, *base, {"id": "n2", **row}])
    assert refused.value.field == "people"
    assert str(refused.value).startswith(reason)
    assert desk.people.rows_for_form(house) == base


def test_heads_of_the_same_name_are_told_by_number(desk: Desk, house: int) -> None:
    first, second = add(desk, house, "王总"), add(desk, house, "王总")
    add(desk, house, "李强", second)
    row = desk.people.rows_for_form(house)[2]
    assert row["reports_to"] == f"王总 {second.number}"
    base = desk.people.rows_for_form(house)
    save(desk, house, base, [*base[:2], {**row, "reports_to": first.number}])
    assert desk.people.rows_for_form(house)[2]["reports_to"] == f"王总 {first.number}"


def test_a_head_is_named_by_a_part_that_fits_one_alone(desk: Desk, house: int) -> None:
    boss, aide = add(desk, house, "李科长"), add(desk, house, "王厂长")
    assert desk.people.head(house, "李") == desk.people.head(house, "lkz") == boss.card_id
    assert desk.people.head(house, "王厂长") == aide.card_id
    for text in ("长", "赵", "", " ", "\0"):
        with pytest.raises(BadValue):
            desk.people.head(house, text)
    alone = desk.cards.create("organisation", {"name": "一个人的厂"}).id
    add(desk, alone, "陈七")
    for text in ("", " ", "\0"):
        with pytest.raises(BadValue):
            desk.people.head(alone, text)


def test_rows_name_a_head_by_a_part_as_well(desk: Desk) -> None:
    people = [{"name": "李科长"}, {"name": "小陈", "reports_to": "李"}]
    house = desk.cards.create("organisation", {"name": "东海阀门", "people": people}).id
    found = {row.name: row for row in desk.people.of(house)}
    assert found["小陈"].values.reports_to == found["李科长"].card_id
