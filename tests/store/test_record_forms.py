"""Talks and to-dos as their forms edit them: there and back, and as lines."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import language
from store.card_labels import card_label, labelled_card
from store.cleaning import clean_line
from store.clock import CHINA, Clock
from store.errors import BadValue
from store.forms.declaration import load_form
from store.forms.validation import check_values
from store.records.interactions import FEEDBACKS, METHODS, InteractionValues
from store.records.todos import TodoValues
from store.talk_form import talk_as_form, talk_from_form
from store.todo_form import todo_as_form, todo_from_form
from store.todo_line import line_of, lines_of, todos_of, understood

TODAY = date(2026, 9, 24)
CLOCK = Clock(shown_today=TODAY)
TALK = load_form("interaction")
TODO = load_form("todo")

WHOLE = InteractionValues(
    at=datetime(2026, 9, 23, 7, 30, 12, 345, tzinfo=UTC),
    method="visit",
    length=45,
    place="他的办公室",
    topic="报价",
    purpose="让他试用",
    reached=False,
    not_reached_reason="出差",
    interest=4,
    minutes="第一行\n第二行 [/b]",
    words="再降两个点就能定",
    mood="着急",
    insight="要快",
    feedback_kind="objection",
    feedback="太贵",
    agreed="月底再谈",
    services="修了打印机",
    cost=12_345,
    gifts="茶叶",
    verdict="准备不足",
    next_on=date(2026, 9, 30),
    next_method="phone",
    next_purpose="问结果",
    others=(7, 9),
)
LABELS = {7: "李雪梅 P000007", 9: "华东电子 O000009"}


def no_find(text: str) -> int:
    raise AssertionError(text)


def back(form: dict, before: InteractionValues) -> InteractionValues:
    return talk_from_form(form, before, CLOCK, LABELS, no_find)


def test_a_talk_comes_back_exactly() -> None:
    form = talk_as_form(WHOLE, CLOCK, LABELS)
    assert (form["day"], form["time"], form["interest"]) == ("2026-09-23", "15:30", "4")
    assert check_values(TALK, form) == (form, {})
    assert back(form, WHOLE) == WHOLE
    empty = talk_as_form(InteractionValues(), CLOCK, {})
    assert empty == {"method": "other", "reached": True}
    assert back(empty, InteractionValues()) == InteractionValues()


def test_every_value_of_a_talk_has_a_field() -> None:
    form = talk_as_form(WHOLE, CLOCK, LABELS)
    assert set(form) == {field.key for field in TALK.fields()} - {"todos"}
    assert tuple(c.value for c in TALK.field("method").choices) == METHODS
    assert tuple(c.value for c in TALK.field("next_method").choices) == METHODS
    assert tuple(c.value for c in TALK.field("feedback_kind").choices) == FEEDBACKS


@pytest.mark.parametrize(
    ("day", "clock_time", "at"),
    [
        (None, None, None),
        ("2026-09-24", None, None),
        ("2026-09-20", None, datetime(2026, 9, 20, 12, tzinfo=CHINA)),
        (None, "09:05", datetime(2026, 9, 24, 9, 5, tzinfo=CHINA)),
        ("2026-09-20", "00:00", datetime(2026, 9, 20, tzinfo=CHINA)),
    ],
)
def test_when_a_talk_was(day: str | None, clock_time: str | None, at: datetime | None) -> None:
    form = {"day": day, "time": clock_time}
    assert back(form, InteractionValues()).at == at


def test_who_else_took_part_is_looked_up_once() -> None:
    form = {"others": ["李雪梅 P000007", "新人", "李雪梅 P000007"]}
    found = talk_from_form(form, WHOLE, CLOCK, LABELS, {"新人": 11}.__getitem__)
    assert found.others == (7, 11)


def test_fields_appear_when_they_matter() -> None:
    def asked(values: dict) -> set[str]:
        return {field.key for field in TALK.fields() if field.asked(values)}

    assert "not_reached_reason" in asked({"reached": False})
    assert "not_reached_reason" not in asked({"reached": True})
    assert {"next_method", "next_purpose"} <= asked({"next_on": "2026-09-30"})
    assert not {"next_method", "feedback"} & asked({})


TODO_WHOLE = TodoValues(
    title="送样品",
    note="带两套",
    important=True,
    urgent=True,
    due_on=date(2026, 10, 31),
    due_time=time(15, 30),
    repeat="FREQ=MONTHLY",
    card=7,
    side="theirs",
    owner="wang",
    tags=("样品", "a,b"),
)
MEMBERS = {"wang": "王小明", "li": "李 [b]"}


def todo_back(form: dict, before: TodoValues) -> TodoValues:
    return todo_from_form(form, before, TODAY, LABELS, MEMBERS, no_find)


def test_a_todo_comes_back_exactly() -> None:
    form = todo_as_form(TODO_WHOLE, LABELS, MEMBERS)
    assert (form["card"], form["owner"]) == ("李雪梅 P000007", "王小明")
    assert check_values(TODO, form) == (form, {})
    assert set(form) == {field.key for field in TODO.fields()}
    assert todo_back(form, TODO_WHOLE) == TODO_WHOLE
    empty = TodoValues(title="x")
    assert todo_back(todo_as_form(empty, {}, MEMBERS), empty) == empty


def test_a_repeat_without_a_day_begins_when_it_first_comes() -> None:
    values = todo_back({"title": "写周报", "repeat": "FREQ=WEEKLY;BYDAY=MO"}, TodoValues())
    assert (values.due_on, values.repeat) == (date(2026, 9, 28), "FREQ=WEEKLY;BYDAY=MO")


def test_a_monthly_repeat_from_the_31st_keeps_to_the_last_day() -> None:
    form = {"title": "对账", "repeat": "FREQ=MONTHLY", "due_on": "2026-10-31"}
    assert todo_back(form, TodoValues()).repeat == "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"


@pytest.mark.parametrize("spoken", language.LANGUAGES)
@pytest.mark.parametrize(
    "todo",
    [
        TodoValues("送样品"),
        TodoValues("送样品", due_on=date(2026, 9, 30), due_time=time(15, 30)),
        TodoValues("写周报", due_on=date(2026, 9, 28), repeat="FREQ=WEEKLY;BYDAY=MO"),
        TodoValues("发图纸", None, True, True, date(2026, 9, 25), side="theirs", tags=("图纸",)),
        TodoValues("报销", urgent=True),
        TodoValues("回访", important=True),
    ],
)
def test_a_todo_reads_back_from_its_line(todo: TodoValues, spoken: str) -> None:
    language.use(spoken)
    assert todos_of(line_of(todo), {}, TODAY) == [todo]


@given(
    st.builds(
        TodoValues,
        title=st.text(min_size=1).filter(lambda text: clean_line(text)),
        note=st.none() | st.text(),
        important=st.booleans(),
        due_on=st.none() | st.dates(),
        tags=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    )
)
def test_a_line_that_nobody_touches_is_the_same_todo(todo: TodoValues) -> None:
    known = lines_of([todo])
    (text,) = known
    assert todos_of(f"\n{text}\n \n", known, TODAY) == [todo]


def test_what_is_understood_of_several_lines() -> None:
    said = understood("送样品 @明天 !!\n\n他：发图纸 @周五", TODAY)
    assert len(said) == 2
    assert "2026-09-25" in said[0]
    assert "promise" in said[1]


def test_a_card_is_found_by_label_number_or_name(desk) -> None:
    one = desk.cards.create("person", {"name": "张伟", "organisation": "华东电子"})
    desk.cards.create("person", {"name": "李雪梅[/b]"})
    row = desk.cards.row(one.id)
    assert card_label(row) == f"张伟 {one.number} 华东电子"
    for text in (card_label(row), one.number.lower(), "张伟", "zhangwei"):
        assert labelled_card(desk, text, "card").id == one.id
    desk.cards.create("person", {"name": "张伟"})
    for text in ("张伟", "王五", "", f"{card_label(row)}李雪梅"):
        with pytest.raises(BadValue) as refused:
            labelled_card(desk, text, "card")
        assert refused.value.field == "card"
        assert str(refused.value)


def test_a_form_can_be_narrowed() -> None:
    date_form = load_form("date").limited("kind", ("further", "founded"))
    assert [choice.value for choice in date_form.field("kind").choices] == ["further", "founded"]
    assert "todos" not in TALK.without("todos")
    assert "todos" in TALK
    assert replace(TALK).field("method") is TALK.field("method")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("15:30", "15:30"),
        ("1530", "15:30"),
        ("９：０５", "09:05"),
        ("下午三点半", "15:30"),
        ("3pm", "15:00"),
        ("", None),
    ],
)
def test_times_of_day(typed: str, kept: str | None) -> None:
    field = TODO.field("due_time")
    assert field.read(typed) == kept
    assert kept is None or field.check(kept) == kept


@pytest.mark.parametrize("typed", ["25:00", "15", "明天", "15:30 [/b]", "15:3O"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(BadValue):
        TODO.field("due_time").read(typed)
    with pytest.raises(BadValue):
        TODO.field("due_time").check(typed)
