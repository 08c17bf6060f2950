"""Family members, and their birthdays."""

from dataclasses import replace
from datetime import date

import pytest

from store.desk import Desk
from store.errors import BadValue, Conflict, NotFound
from store.records.cards import CardRecord
from store.records.occasions import FamilyValues


@pytest.fixture
def zhang(desk: Desk) -> CardRecord:
    return desk.cards.create("person", {"name": "张伟", "birth_solar": "1980-03-15"})


def test_a_family_is_kept(desk: Desk, zhang: CardRecord) -> None:
    wife = FamilyValues(
        "李娜", "妻子", "lunar:1982-08-20", "一中", "教师", "13900001111", note="怕辣"
    )
    daughter = FamilyValues("张小雨", "女儿", "2019-10-09")
    first, second = desk.family.add(zhang.id, wife), desk.family.add(zhang.id, daughter)
    assert (first.values, second.values) == (wife, daughter)
    assert desk.family.of(zhang.id) == [first, second]
    assert desk.family.get(second.id) == second
    assert desk.cards.get(zhang.id).values["birth_solar"] == "1980-03-15"


def test_texts_are_cleaned(desk: Desk, zhang: CardRecord) -> None:
    row = desk.family.add(zhang.id, FamilyValues(" 李\x1b娜\n", "妻子", employer="  "))
    assert row.values == FamilyValues("李娜", "妻子")


def test_who_is_related_needs_no_name(desk: Desk, zhang: CardRecord) -> None:
    assert desk.family.add(zhang.id, FamilyValues("", "女儿")).values.relation == "女儿"
    with pytest.raises(BadValue) as refused:
        desk.family.add(zhang.id, FamilyValues(" "))
    assert refused.value.field == "name"


def test_an_impossible_birthday_writes_nothing(desk: Desk, zhang: CardRecord) -> None:
    with pytest.raises(BadValue) as refused:
        desk.family.add(zhang.id, FamilyValues("李娜", birth="2019-02-30"))
    assert refused.value.field == "birth"
    assert desk.family.of(zhang.id) == []


def test_changed_removed_and_undone(desk: Desk, zhang: CardRecord) -> None:
    row = desk.family.add(zhang.id, FamilyValues("张小雨", "女儿", "2019-10-09"))
    version = desk.cards.get(zhang.id).version
    changed = desk.family.update(
        row.id, row.values, FamilyValues("张小雨", "女儿", "lunar:2019-09-11")
    )
    assert changed.values.birth == "lunar:2019-09-11"
    assert desk.cards.get(zhang.id).version == version + 1
    cleared = desk.family.update(row.id, changed.values, FamilyValues("张小雨", "女儿"))
    assert cleared.values.birth is None
    desk.trail.undo()
    assert desk.family.get(row.id).values.birth == "lunar:2019-09-11"
    desk.family.remove(row.id)
    assert desk.family.of(zhang.id) == []
    assert desk.occasions.coming(366) == [
        row for row in desk.occasions.coming(366) if row.date == date(2027, 3, 15)
    ]
    desk.trail.undo()
    assert desk.family.of(zhang.id) == [changed]


def test_nobody(desk: Desk) -> None:
    for ask in (desk.family.of, desk.family.get, desk.family.remove):
        with pytest.raises(NotFound):
            ask(99)
    with pytest.raises(NotFound):
        desk.family.add(99, FamilyValues("a"))


def test_two_who_change_a_relative_keep_both_words(desk: Desk, zhang: CardRecord) -> None:
    row = desk.family.add(zhang.id, FamilyValues("小雨", "女儿", "2019-10-09", job="学生"))
    desk.family.update(row.id, row.values, replace(row.values, job="老师", birth="2018-10-09"))
    desk.family.update(row.id, row.values, replace(row.values, phone="139"))
    both = replace(row.values, job="老师", birth="2018-10-09", phone="139")
    assert desk.family.get(row.id).values == both
    for mine in (replace(row.values, job="律师"), replace(row.values, birth="2017-10-09")):
        with pytest.raises(Conflict):
            desk.family.update(row.id, row.values, mine)
    desk.family.update(row.id, row.values, replace(row.values, job="老师"))
    assert desk.family.get(row.id).values == both


def test_an_organisation_has_no_family(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华强电子"})
    with pytest.raises(BadValue):
        desk.family.add(house.id, FamilyValues("小雨", "女儿"))
    assert desk.family.of(house.id) == []
