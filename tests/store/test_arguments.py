"""What is given to the desk is of the kind that a method declares."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.errors import BadValue, NotFound, StoreError
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoQuery, TodoValues

HALF = "张\ud83d山"


def refused_field(action: Any) -> str:
    with pytest.raises(BadValue) as refused:
        action()
    return refused.value.field


def test_days_without_a_contact_are_at_most_a_hundred_years(desk: Desk) -> None:
    for days in (10**9, 10**30, -1):
        query = CardQuery(not_seen_days=days)
        assert refused_field(lambda query=query: desk.cards.count(query)) == "not_seen_days"
    assert desk.cards.count(CardQuery(not_seen_days=36_500)) == 0


def test_numbers_are_what_the_database_can_hold(desk: Desk) -> None:
    for number in (2**63, -(2**63) - 1, None, "1", 1.0, True):
        wrong: Any = number
        assert refused_field(lambda wrong=wrong: desk.cards.get(wrong)) == "card_id"
        assert refused_field(lambda wrong=wrong: desk.todos.trash([wrong])) == "todo_ids"
        assert refused_field(lambda wrong=wrong: desk.cards.page(CardQuery(), wrong, 1)) == "offset"
    assert refused_field(lambda: desk.todos.page(TodoQuery(), 0, 2**63)) == "limit"
    assert refused_field(lambda: desk.interactions.page(InteractionQuery(), -1, 1)) == "offset"


def test_the_whole_of_a_list_can_be_asked_for(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    desk.interactions.log(zhang.id, InteractionValues(minutes="报价"))
    desk.todos.add(TodoValues("送样品"))
    assert len(desk.cards.page(CardQuery(text="张"), 0, -1)) == 1
    assert len(desk.interactions.page(InteractionQuery(text="报价"), 0, -1)) == 1
    assert len(desk.todos.page(TodoQuery(), 0, -1)) == 1


def test_halves_of_characters_are_left_out_of_what_is_sought(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山", "tags": ["老乡"]})
    assert desk.cards.count(CardQuery(text=HALF, tags=("老\udfff乡",))) == 1
    assert desk.cards.count(CardQuery(text=HALF, trashed=True)) == 0
    assert desk.interactions.count(InteractionQuery(text=HALF, trashed=True)) == 0
    assert desk.todos.count(TodoQuery(text=HALF)) == 0
    desk.settings.set("filter", {"text": HALF})
    assert desk.settings.get("filter") == {"text": "张山"}
    desk.drafts.keep("todo:new", {"line": HALF})
    kept = desk.drafts.get("todo:new")
    assert kept is not None
    assert kept.content == {"line": "张山"}
    desk.drafts.close()
    with pytest.raises(NotFound):
        desk.todos.add(TodoValues("送样品", owner=HALF))


def test_a_talk_takes_a_bearable_time_and_sum(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    for values in (
        InteractionValues(length=10**30),
        InteractionValues(length=10_001),
        InteractionValues(cost=2**63 - 1),
        InteractionValues(minutes="长" * 50_001),
        InteractionValues(at=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))),
        InteractionValues(at=datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12)))),
        InteractionValues(next_on=date(1, 1, 1)),
    ):
        with pytest.raises(BadValue):
            desk.interactions.log(zhang.id, values)
    assert desk.interactions.count(InteractionQuery()) == 0
    talk = desk.interactions.log(zhang.id, InteractionValues(at=datetime(2026, 9, 1, 8))).id
    assert desk.interactions.get(talk).values.at == datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_a_todo_is_due_in_these_centuries(desk: Desk) -> None:
    with pytest.raises(BadValue):
        desk.todos.add(TodoValues("送样品", due_on=date(1, 1, 1), repeat="FREQ=DAILY"))
    row = desk.todos.add(TodoValues("送样品", due_on=date(2026, 9, 24)))
    for later in ({"days": 10**6}, {"days": 10**30}, {"until": date.max}):
        with pytest.raises(BadValue):
            desk.todos.postpone([row.id], **later)
    assert desk.todos.get(row.id).due_on == date(2026, 9, 24)


def test_what_tells_a_duplicate_may_have_any_shape(desk: Desk) -> None:
    shapes: list[Any] = [7, [7], {"value": 7}, [{"value": ["x"]}], [None], "139", [["139"]]]
    for shape in shapes:
        for key in ("mobile", "email", "name", "organisation", "id_number"):
            with suppress(StoreError):
                assert desk.cards.duplicates("person", {"name": "张", key: shape}) == []
    with pytest.raises(BadValue):
        desk.cards.duplicates("family", {"name": "张"})


def test_only_two_kinds_of_card_can_be_entered(desk: Desk) -> None:
    for kind in ("family", "../person", "", "P"):
        with pytest.raises(BadValue):
            desk.cards.create(kind, {"name": "张山"})


def test_further_properties_are_cleaned(desk: Desk) -> None:
    card = desk.cards.create(
        "person", {"name": "张山"}, extras=[("X-\x1b星座", "天\x00秤\ud800"), ("X-A", " ")]
    )
    assert card.extras == [["X-星座", "天秤"]]
    wrong: Any
    for wrong in ([("X", "长" * 400_001)], [("长" * 501, "x")], ["ab"], [("a",)], [("a", 7)]):
        with pytest.raises(BadValue):
            desk.cards.create("person", {"name": "李四"}, extras=wrong)
    assert desk.cards.count(CardQuery()) == 1


def test_a_tag_is_a_clean_word(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山", "tags": ["老乡"]})
    for blank in ("", " \t", "\x00\u202e"):
        with pytest.raises(BadValue):
            desk.cards.tag([card.id], blank)
    assert desk.cards.tag([card.id], " 老\x1b乡\n", add=False) == 1
    assert "tags" not in desk.cards.get(card.id).values


def test_settings_are_clean_json(desk: Desk) -> None:
    desk.settings.set("x", {"name": "老\x1b客\n户 ", "days": [1, 2.5, None, True]})
    assert desk.settings.get("x") == {"name": "老客\n户", "days": [1, 2.5, None, True]}
    deep: Any = []
    for _level in range(30):
        deep = [deep]
    wrong: Any
    for wrong in (10**30, float("nan"), b"x", {1: 2}, date(2026, 1, 1), deep, "长" * 50_001):
        with pytest.raises(BadValue):
            desk.settings.set("x", wrong)
    for key in ("", "\x00", "k" * 501):
        with pytest.raises(BadValue):
            desk.settings.set(key, 1)
    assert desk.settings.get("x")["name"] == "老客\n户"


def test_a_box_with_an_unknown_time_zone_opens(desk: Desk) -> None:
    for zone in ("Mars/Base", "../etc/passwd", "a\x00", "x" * 5000, 7):
        with pytest.raises(BadValue):
            desk.settings.set_for_box("zone", zone)
    desk.settings.set_for_box("zone", "Asia/Tokyo")
    desk.store.close()
    clock = open_store(desk.store.path, Clock()).clock
    assert clock.zone.utcoffset(datetime(2026, 1, 1)) == timedelta(hours=9)


def test_the_first_member_has_a_clean_name(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("LOGNAME", "wang\x1b[31m\udcff" + "x" * 99)
    store = open_store(tmp_path / "box.sqlite", Clock())
    assert store.desk().member.login == ("wang[31m" + "x" * 99)[:60]
    store.close()
    monkeypatch.setenv("LOGNAME", "\x1b")
    store = open_store(tmp_path / "other.sqlite", Clock())
    assert store.desk().member.login == "me"
    store.close()


def test_an_export_asks_for_cards_that_there_can_be(desk: Desk) -> None:
    for wrong in (10**9, 10**30, "7"):
        query: Any = CardQuery(not_seen_days=wrong)  # type: ignore[arg-type]
        for what, format in (("cards", "csv"), ("dates", "ics"), ("all", "json")):
            with pytest.raises(BadValue):
                desk.exchange.export(what, format, BytesIO(), query)
