"""Who changed a field last, so that a contradiction can name him."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from store.errors import Conflict
from store.last_hands import WHOLE
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues
from tests.screens.pair import Pair, pair_of


@pytest.fixture
def pair(desk, clock) -> Iterator[Pair]:
    with pair_of(desk, clock) as two:
        yield two


def test_each_field_names_its_last_hand(pair: Pair) -> None:
    record = pair.director.cards.get(pair.card)
    pair.director.cards.save(
        pair.card,
        record.values,
        {
            **record.values,
            "title": "经理",
            "mobile": [{"value": "13700002222", "label": ""}],
            "birth_lunar": "lunar:1985-08-15",
        },
    )
    record = pair.rep.cards.get(pair.card)
    pair.rep.cards.save(
        pair.card, record.values, {**record.values, "nickname": "阿山", "hobbies": ["钓鱼"]}
    )
    director = pair.director.member.name
    keys = ["title", "mobile", "nickname", "hobbies", "birth_lunar", "birth_solar", WHOLE]
    assert pair.rep.trail.last_hands("card", pair.card, keys) == {
        "title": director,
        "mobile": director,
        "birth_lunar": director,
        "nickname": "李娜",
        "hobbies": "李娜",
        WHOLE: "李娜",
    }


def test_a_phone_whose_label_was_changed(pair: Pair) -> None:
    record = pair.director.cards.get(pair.card)
    labelled = [{**record.values["mobile"][0], "label": "私人"}]
    pair.director.cards.save(pair.card, record.values, {**record.values, "mobile": labelled})
    hands = pair.rep.trail.last_hands("card", pair.card, ["mobile"])
    assert hands == {"mobile": pair.director.member.name}


def test_nothing_is_told_of_what_is_out_of_sight(pair: Pair) -> None:
    own = pair.director.cards.create("person", {"name": "机密先生"})
    talk = pair.director.interactions.log(own.id, InteractionValues(topic="x"), [TodoValues("y")])
    relative = pair.director.family.add(own.id, FamilyValues("小雨"))
    for table, row in (
        ("card", own.id),
        ("interaction", talk.id),
        ("todo", talk.todos[0]),
        ("family_member", relative.id),
        ("setting", 1),
    ):
        assert pair.rep.trail.last_hands(table, row, [WHOLE]) == {}
    assert pair.director.trail.last_hands("interaction", talk.id, [WHOLE]) != {}


def test_the_conflict_says_who_it_was(pair: Pair) -> None:
    talk = pair.rep.interactions.log(pair.card, InteractionValues(topic="原来"), [TodoValues("送")])
    values = pair.rep.interactions.get(talk.id).values
    todo = pair.rep.todos.get(talk.todos[0]).values
    relative = pair.rep.family.add(pair.card, FamilyValues("小雨"))
    card = pair.rep.cards.get(pair.card).values
    pair.rep.interactions.update(talk.id, values, replace(values, topic="她的"))
    pair.rep.todos.update(talk.todos[0], todo, replace(todo, title="她的"))
    pair.rep.family.update(relative.id, relative.values, replace(relative.values, name="她的"))
    pair.rep.cards.save(pair.card, card, {**card, "nickname": "她的"})
    director = pair.director
    for save in (
        lambda: director.interactions.update(talk.id, values, replace(values, topic="我的")),
        lambda: director.todos.update(talk.todos[0], todo, replace(todo, title="我的")),
        lambda: director.family.update(
            relative.id, relative.values, replace(relative.values, name="我的")
        ),
        lambda: director.cards.save(pair.card, card, {**card, "nickname": "我的"}),
    ):
        with pytest.raises(Conflict, match=r"^李娜 changed"):
            save()


def test_lists_of_two_editors_are_both_kept(pair: Pair) -> None:
    """Phones, dates and words of a card; tags of a to-do; further cards of a talk."""
    card = pair.rep.cards.get(pair.card).values
    theirs = {
        **card,
        "mobile": [*card["mobile"], {"value": "13700002222", "label": ""}],
        "further_dates": [{"date": "--05-20", "note": "相识"}],
        "tags": ["老乡"],
    }
    pair.rep.cards.save(pair.card, card, theirs)
    mine = {
        **card,
        "mobile": [{"value": "13900009999", "label": ""}],
        "further_dates": [{"date": "--06-01", "note": "开业"}],
        "tags": ["钓友"],
    }
    pair.director.cards.save(pair.card, card, mine)
    both = pair.rep.cards.get(pair.card).values
    assert [phone["value"] for phone in both["mobile"]] == ["13900009999", "13700002222"]
    assert [day["note"] for day in both["further_dates"]] == ["相识", "开业"]
    assert both["tags"] == ["老乡", "钓友"]
    todo = pair.rep.todos.add(TodoValues("送样品", tags=("急",)))
    pair.rep.todos.update(todo.id, todo.values, replace(todo.values, tags=("急", "样品")))
    changed = replace(todo.values, tags=("急", "华东"))
    assert pair.director.todos.update(todo.id, todo.values, changed).tags == ("急", "样品", "华东")
