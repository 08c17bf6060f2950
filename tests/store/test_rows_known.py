"""Rows that are records of their own count in the completeness of their card, and follow it."""

import pytest

from store.card_values import load_records
from store.database import Store
from store.desk import Desk
from store.doctor import mend_index
from store.forms.completeness import completeness
from store.forms.declaration import load_form
from store.index_check import differing_cards
from store.models.base import database
from store.records.occasions import FamilyValues
from store.rows_known import rows_known
from tests.store.sales_team import sales_team


def complete(desk: Desk, card: int) -> int:
    """What lists say of a card; it follows from the records."""
    assert differing_cards(desk.store.clock, thorough=True) == 0
    return desk.cards.row(card).completeness


@pytest.fixture
def person(desk: Desk) -> int:
    return desk.cards.create("person", {"name": "张山"}).id


@pytest.fixture
def house(desk: Desk) -> int:
    return desk.cards.create("organisation", {"name": "华东电子"}).id


def test_one_of_the_family_is_enough_and_none_counts_no_more(desk: Desk, person: int) -> None:
    bare = complete(desk, person)
    wife = desk.family.add(person, FamilyValues(name="李娜", relation="妻子"))
    known = complete(desk, person)
    assert known > bare
    desk.family.add(person, FamilyValues(name="张小雨", relation="女儿"))
    assert complete(desk, person) == known
    blanks = {blank.key for blank in desk.briefing.of(person).blanks}
    assert "family" not in blanks
    assert desk.briefing.of(person).completeness == known
    desk.trail.undo()
    desk.family.remove(wife.id)
    assert complete(desk, person) == bare
    desk.trail.undo()
    assert complete(desk, person) == known


def test_a_family_entered_with_the_card_counts_at_once(desk: Desk, person: int) -> None:
    rows = [{"name": "李娜", "relation": "妻子"}]
    other = desk.cards.create("person", {"name": "王总", "family": rows}).id
    assert complete(desk, other) > complete(desk, person)
    desk.cards.save(other, {"family": desk.cards.attached(other)["family"]}, {"family": []})
    assert complete(desk, other) == complete(desk, person)


def test_a_section_of_rows_is_known_by_its_rows() -> None:
    form = load_form("organisation")
    assert completeness(form, {}).sections["people"] == 0
    assert completeness(form, {"people": [{"name": "张山"}]}).sections["people"] == 100
    assert completeness(load_form("person"), {}).sections["family"] == 0
    assert "itinerary" not in completeness(load_form("person"), {}).sections


def test_an_organisation_follows_its_people(desk: Desk, house: int) -> None:
    bare = complete(desk, house)
    zhang = desk.people.add(house, "张山")
    known = complete(desk, house)
    assert known > bare
    desk.cards.trash([zhang.card_id])
    assert complete(desk, house) == bare
    desk.cards.restore([zhang.card_id])
    assert complete(desk, house) == known
    desk.people.leave(zhang.id, to="恒通物流")
    assert complete(desk, house) == bare
    assert complete(desk, desk.cards.find("恒通物流")[0].id) == known
    desk.trail.undo()
    assert complete(desk, house) == known
    desk.people.remove(zhang.id)
    assert complete(desk, house) == bare


def test_somebody_with_a_new_employer_counts_for_it(desk: Desk, house: int) -> None:
    bare = complete(desk, house)
    person = desk.cards.create("person", {"name": "赵申", "organisation": "华东电子"}).id
    known = complete(desk, house)
    assert known > bare
    other = desk.cards.create("person", {"name": "钱多", "organisation": "恒通物流"})
    new_house = desk.cards.find("恒通物流")[0].id
    assert complete(desk, new_house) == known
    held = {"organisation": desk.cards.get(person).values["organisation"]}
    desk.cards.save(person, held, {"organisation": other.values["organisation"]})
    assert complete(desk, house) == bare


def test_merging_and_erasing_somebody_leave_the_figure_right(desk: Desk, house: int) -> None:
    bare = complete(desk, house)
    first = desk.people.add(house, "张山").card_id
    known = complete(desk, house)
    second = desk.cards.create("person", {"name": "张三山"}).id
    desk.merging.merge(first, second)
    assert complete(desk, house) == known
    desk.audit.erase(first, "要求删除")
    assert complete(desk, house) == bare


def test_the_figure_tells_nothing_of_people_whom_a_colleague_keeps(store: Store) -> None:
    team = sales_team(store)
    house = team.card("zhang", "华东电子", "organisation")
    bare = complete(team["zhang"], house)
    with_house = {"organisation": team["zhang"].cards.get(house).number}
    hidden = team["boss"].cards.create("person", {"name": "老板的人", **with_house}).id
    assert complete(team["zhang"], house) == bare
    team["boss"].transfers.hand([hidden], "zhang", "")
    known = complete(team["zhang"], house)
    assert known > bare
    team["boss"].transfers.hand([house], "li", "")
    assert complete(team["li"], house) == bare


def test_a_box_with_older_figures_is_found_and_mended(desk: Desk, person: int) -> None:
    desk.family.add(person, FamilyValues(name="李娜", relation="妻子"))
    known = complete(desk, person)
    database.execute_sql("UPDATE card SET completeness = 1")
    assert differing_cards(desk.store.clock, thorough=True) > 0
    mend_index(desk.store)
    assert complete(desk, person) == known


def test_rows_are_known_of_many_cards_at_once(desk: Desk) -> None:
    people = [desk.cards.create("person", {"name": f"人{n}"}).id for n in range(3)]
    desk.family.add(people[1], FamilyValues(name="李娜"))
    assert rows_known(load_records(people)) == {people[1]: {"family": True}}
