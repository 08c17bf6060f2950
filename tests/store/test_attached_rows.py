"""Rows of a card that are records of their own: the family, the people of an organisation."""

from collections.abc import Iterator

import pytest

from store.attached import attached_fields
from store.desk import Desk
from store.errors import BadValue, Conflict, NotFound
from store.records.cards import CardRecord
from store.records.occasions import FamilyValues
from tests.screens.pair import Pair, pair_of

WIFE = {"name": "李红", "relation": "妻子", "birth": "lunar:1982-08-20"}
SON = {"relation": "儿子", "name": "张小山", "birth": "2010-05-01"}


@pytest.fixture
def pair(desk: Desk, clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


@pytest.fixture
def zhang(desk: Desk) -> CardRecord:
    return desk.cards.create("person", {"name": "张伟", "family": [WIFE, SON]})


def family_of(desk: Desk, card: int) -> list[dict[str, str]]:
    return [
        {key: value for key, value in row.items() if key != "id"}
        for row in desk.cards.attached(card).get("family", [])
    ]


def rows_of(desk: Desk, card: int, key: str = "family") -> list[dict[str, str]]:
    return [dict(row) for row in desk.cards.attached(card).get(key, [])]


def save(desk: Desk, card: int, base, rows, key: str = "family", **more) -> None:
    values = desk.cards.get(card).values
    desk.cards.save(card, {**values, key: base}, {**values, key: rows, **more})


def test_a_card_is_entered_with_its_family_and_all_of_it_is_taken_back(
    desk: Desk, zhang: CardRecord
) -> None:
    assert "family" not in zhang.values
    assert family_of(desk, zhang.id) == [WIFE, SON]
    wife = desk.family.of(zhang.id)[0]
    assert wife.values == FamilyValues("李红", "妻子", "lunar:1982-08-20")
    assert {row.who for row in desk.occasions.coming(days=366)} == {"李红", "张小山"}
    desk.trail.undo()
    with pytest.raises(NotFound):
        desk.cards.get(zhang.id)
    assert not list(desk.occasions.coming(days=366))


def test_one_save_changes_adds_and_takes_away(desk: Desk, zhang: CardRecord) -> None:
    base = rows_of(desk, zhang.id)
    new = {"name": "张小雨", "relation": "女儿"}
    save(desk, zhang.id, base, [{**base[0], "birth": "1982-10-07"}, new], nickname="老张")
    assert family_of(desk, zhang.id) == [{**WIFE, "birth": "1982-10-07"}, new]
    assert desk.cards.get(zhang.id).values["nickname"] == "老张"
    assert rows_of(desk, zhang.id)[0]["id"] == base[0]["id"]
    desk.trail.undo()
    assert rows_of(desk, zhang.id) == base
    assert "nickname" not in desk.cards.get(zhang.id).values
    desk.trail.redo()
    assert family_of(desk, zhang.id)[1] == new


def test_what_nobody_touched_stays(desk: Desk, zhang: CardRecord) -> None:
    wife = desk.family.of(zhang.id)[0]
    note = "怕辣\n爱花"
    desk.family.update(wife.id, wife.values, FamilyValues(**{**WIFE, "note": note}))
    base = rows_of(desk, zhang.id)
    save(desk, zhang.id, base, [{**base[0], "job": "教师"}, base[1]])
    assert desk.family.get(wife.id).values.note == note
    values = desk.cards.get(zhang.id).values
    count = len(desk.trail.history(zhang.id))
    desk.cards.save(zhang.id, {**values, "family": base}, {**values, "family": base})
    assert len(desk.trail.history(zhang.id)) == count


def test_their_order_is_kept(desk: Desk, zhang: CardRecord) -> None:
    base = rows_of(desk, zhang.id)
    save(desk, zhang.id, base, [base[1], base[0]])
    assert family_of(desk, zhang.id) == [SON, WIFE]
    save(desk, zhang.id, [base[1], base[0]], [base[1], {"relation": "女儿"}, base[0]])
    assert [row["relation"] for row in family_of(desk, zhang.id)] == ["儿子", "女儿", "妻子"]


def test_a_wrong_row_saves_nothing(desk: Desk, zhang: CardRecord) -> None:
    base = rows_of(desk, zhang.id)
    with pytest.raises(BadValue) as refused:
        save(desk, zhang.id, base, [*base, {"job": "教师"}], nickname="老张")
    assert refused.value.field == "family"
    assert rows_of(desk, zhang.id) == base
    assert "nickname" not in desk.cards.get(zhang.id).values
    with pytest.raises(BadValue):
        desk.cards.create("person", {"name": "王五", "family": [{"job": "教师"}]})
    assert not desk.cards.find("王五")


def test_two_change_different_rows_and_different_columns_of_one(pair: Pair) -> None:
    save(pair.rep, pair.card, [], [WIFE, SON])
    base = rows_of(pair.rep, pair.card)
    save(pair.rep, pair.card, base, [{**base[0], "job": "教师"}, base[1], {"relation": "父亲"}])
    save(
        pair.director,
        pair.card,
        base,
        [{**base[0], "employer": "一中"}, {**base[1], "name": "张大山"}, {"relation": "母亲"}],
        nickname="老张",
    )
    assert family_of(pair.rep, pair.card) == [
        {**WIFE, "job": "教师", "employer": "一中"},
        {**SON, "name": "张大山"},
        {"relation": "父亲"},
        {"relation": "母亲"},
    ]


def test_the_same_column_of_one_row_names_who_changed_it(pair: Pair) -> None:
    save(pair.rep, pair.card, [], [WIFE])
    base = rows_of(pair.rep, pair.card)
    save(pair.rep, pair.card, base, [{**base[0], "birth": "1982-10-07"}])
    with pytest.raises(Conflict) as conflict:
        save(pair.director, pair.card, base, [{**base[0], "birth": "1982-10-08"}], nickname="x")
    assert "李娜" in str(conflict.value)
    assert pair.director.trail.last_hands("card", pair.card, ["family", "name"])["family"] == "李娜"
    with pytest.raises(Conflict):
        save(pair.director, pair.card, base, [])
    assert pair.rep.cards.get(pair.card).values["nickname"] == "山哥"


def test_a_family_member_is_not_taken_for_the_card(pair: Pair) -> None:
    save(pair.director, pair.card, [], [WIFE])
    hands = pair.rep.trail.last_hands("card", pair.card, ["name", "family"])
    assert hands == {"name": "李娜", "family": pair.director.member.name}


def test_several_cards_get_the_same_family(desk: Desk, zhang: CardRecord) -> None:
    assert desk.cards.set_values([zhang.id], {"family": [WIFE]}) == 1
    assert family_of(desk, zhang.id) == [WIFE]
    assert desk.cards.set_values([zhang.id], {"family": None}) == 1
    assert family_of(desk, zhang.id) == []
    assert desk.cards.set_values([zhang.id], {"nickname": "老张"}) == 1


def test_rows_without_their_ids_are_known_by_what_they_say(desk: Desk, zhang: CardRecord) -> None:
    base = rows_of(desk, zhang.id)
    save(desk, zhang.id, base, [SON, {**WIFE, "job": "教师"}])
    now = rows_of(desk, zhang.id)
    assert now[0] == base[1]
    assert now[1]["id"] not in (base[0]["id"], base[1]["id"])


def test_people_of_an_organisation(desk: Desk) -> None:
    if "people" not in attached_fields("organisation"):
        pytest.skip("no such field is declared yet")
    chief = {"name": "王总", "title": "总经理", "role": "decision_maker"}
    buyer = {"name": "李经理", "title": "采购经理", "reports_to": "王总", "mobile": "13900001111"}
    house = desk.cards.create("organisation", {"name": "华东电子", "people": [buyer, chief]})
    base = rows_of(desk, house.id, "people")
    assert [{k: v for k, v in row.items() if k != "id"} for row in base] == [buyer, chief]
    assert {row.name for row in desk.cards.find("华东电子")} == {"华东电子", "王总", "李经理"}
    save(
        desk,
        house.id,
        base,
        [{**base[0], "attitude": "friendly"}, base[1], {"name": "赵工", "reports_to": "李经理"}],
        "people",
        name="华东电子公司",
    )
    assert [row["name"] for row in rows_of(desk, house.id, "people")] == ["李经理", "王总", "赵工"]
    desk.trail.undo()
    assert rows_of(desk, house.id, "people") == base
    assert desk.cards.get(house.id).name == "华东电子"
    assert not desk.cards.find("赵工")
    desk.trail.undo()
    assert not desk.cards.find("华东电子")
