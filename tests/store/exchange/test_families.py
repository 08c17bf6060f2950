"""The family of a person goes out with the card in tables and vCards, and comes back."""

import io
from typing import Any

import pytest

from store import language
from store.desk import Desk
from store.models.cards import FamilyMember, Occasion
from store.records.occasions import FamilyValues
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_export import exported, table, taken

WIFE = FamilyValues("李雪; 李", "妻子", "1986-03-08", "一中, 语文组", "老师", "13900001111")
CHILD = FamilyValues("小雨", "女儿", "lunar:2015-01-03", interests="钢琴、画画", note="=怕狗")


@pytest.fixture
def married(box: Desk) -> Desk:
    """A box with a person who has a family."""
    zhang = box.cards.create("person", {"name": "张山", "mobile": [{"value": "13911112345"}]})
    box.cards.create("person", {"name": "赵申"})
    for one in (WIFE, CHILD):
        box.family.add(zhang.id, one)
    return box


def family_of(desk: Desk, name: str) -> list[FamilyValues]:
    (card,) = desk.cards.find(name)
    return [row.values for row in desk.family.of(card.id)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_a_family_comes_back(boxes: Boxes, married: Desk, form: str, spoken: str) -> None:
    language.use(spoken)
    content = exported(married, "cards", form)
    copy = boxes.new()
    taken(copy, content, f"cards.{form}")
    assert family_of(copy, "张山") == [WIFE, CHILD]
    assert family_of(copy, "赵申") == []
    if form != "xlsx":
        assert exported(copy, "cards", form) == content
    copy.trail.undo()
    assert (FamilyMember.select().count(), Occasion.select().count()) == (0, 0)


def test_a_table_without_a_family_has_no_column_for_it(box: Desk) -> None:
    box.cards.create("person", {"name": "张山"})
    assert "Family members" not in table(box, "cards")[0]


def test_a_known_customer_gets_who_is_missing(married: Desk) -> None:
    told = "Name: 小雨, Relation: 女儿; Name: 大宝, Relation: 儿子"
    text = f'Name,Mobile,Family members\n张山,13911112345,"{told}"\n'
    for times in (1, 0):
        plan = married.exchange.plan(io.BytesIO(text.encode()), "a.csv", on_duplicate="update")
        assert plan.errors == []
        assert married.exchange.run(plan).updated == times
    found: list[Any] = [(one.name, one.relation) for one in family_of(married, "张山")]
    assert found == [("李雪; 李", "妻子"), ("小雨", "女儿"), ("大宝", "儿子")]
    assert family_of(married, "张山")[1] == CHILD


@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
def test_a_name_with_a_blank_in_it_comes_back(boxes: Boxes, box: Desk, form: str) -> None:
    box.cards.create("person", {"name": "单 雪梅"})
    content = exported(box, "cards", form)
    copy = boxes.new()
    taken(copy, content, f"cards.{form}")
    assert [row.name for row in copy.cards.find("雪梅")] == ["单 雪梅"]
