"""To-dos: quadrants, nearness, repeats, putting off, and who sees them."""

from datetime import UTC, date, datetime, time

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, Conflict, NotFound
from store.models.team import Member
from store.records.cards import CardRecord
from store.records.todos import TodoQuery, TodoValues
from store.repeats import checked_rule, next_of

TODAY, TOMORROW, SATURDAY, SUNDAY = (date(2026, 9, day) for day in (24, 25, 26, 27))
WEEKLY = "FREQ=WEEKLY;BYDAY=MO"


@pytest.fixture
def zhang(desk: Desk) -> CardRecord:
    return desk.cards.create("person", {"name": "张伟"})


def test_a_todo_is_kept_whole(desk: Desk, zhang: CardRecord) -> None:
    values = TodoValues(
        title="送样品",
        note="红色的\n两箱",
        important=True,
        due_on=SATURDAY,
        due_time=time(15, 30),
        repeat="FREQ=WEEKLY;BYDAY=SA",
        card=zhang.id,
        side="theirs",
        owner=desk.member.login,
        tags=("样品", "急件"),
    )
    row = desk.todos.add(values)
    assert row.values == values
    assert desk.todos.get(row.id) == row
    assert (row.card_number, row.card_name, row.days) == (zhang.number, "张伟", 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (TodoValues(" \n"), "title"),
        (TodoValues("a", side="nobody"), "side"),
        (TodoValues("a", repeat=WEEKLY), "due_on"),
        (TodoValues("a", due_time=time(9)), "due_on"),
        (TodoValues("a", due_on=TODAY, repeat="FREQ=SECONDLY"), "repeat"),
        (TodoValues("a", due_on=TODAY, repeat="jeden Montag"), "repeat"),
    ],
)
def test_impossible_values_are_refused(desk: Desk, values: TodoValues, field: str) -> None:
    with pytest.raises(BadValue) as refused:
        desk.todos.add(values)
    assert refused.value.field == field


def test_nobody_to_do_it_and_no_card(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.todos.add(TodoValues("a", owner="nobody"))
    with pytest.raises(NotFound):
        desk.todos.add(TodoValues("a", card=99))
    with pytest.raises(NotFound):
        desk.todos.get(99)


def test_nearness_makes_urgent(desk: Desk) -> None:
    places = {
        due: desk.todos.add(TodoValues("a", important=True, due_on=due)).quadrant
        for due in (date(2026, 9, 1), TODAY, SATURDAY, SUNDAY)
    }
    assert list(places.values()) == [1, 1, 1, 2]
    assert desk.todos.add(TodoValues("a")).quadrant == 4
    assert desk.todos.add(TodoValues("a", urgent=True)).quadrant == 3
    assert desk.todos.add(TodoValues("a", due_on=TODAY)).quadrant == 3
    desk.settings.set("todo.urgent_days", 0)
    assert desk.todos.add(TodoValues("a", due_on=TOMORROW)).quadrant == 4
    desk.settings.set("todo.urgent_days", "soon")
    assert desk.todos.add(TodoValues("a", due_on=SATURDAY)).quadrant == 3


def test_moved_by_hand_it_stays_until_its_date_changes(desk: Desk) -> None:
    row = desk.todos.add(TodoValues("a", due_on=TODAY))
    assert row.quadrant == 3
    assert desk.todos.move([row.id], 2) == 1
    moved = desk.todos.get(row.id)
    assert (moved.quadrant, moved.important, moved.urgent) == (2, True, False)
    assert desk.todos.move([row.id], 2) == 0
    renamed = desk.todos.update(
        row.id,
        moved.values,
        TodoValues("b", important=True, due_on=TODAY, owner=moved.values.owner),
    )
    assert renamed.quadrant == 2
    later = desk.todos.update(
        row.id,
        renamed.values,
        TodoValues("b", important=True, due_on=TOMORROW, owner=moved.values.owner),
    )
    assert later.quadrant == 1
    with pytest.raises(BadValue):
        desk.todos.move([row.id], 5)


def test_moved_into_urgent_it_stays_however_far(desk: Desk) -> None:
    row = desk.todos.add(TodoValues("a", due_on=date(2027, 1, 1)))
    desk.todos.move([row.id], 1)
    assert desk.todos.get(row.id).quadrant == 1


def test_the_board_and_its_counts(desk: Desk) -> None:
    desk.todos.add(TodoValues("late", important=True, due_on=date(2026, 9, 1)))
    desk.todos.add(TodoValues("today", important=True, due_on=TODAY, due_time=time(15)))
    desk.todos.add(TodoValues("this morning", important=True, due_on=TODAY, due_time=time(9)))
    desk.todos.add(TodoValues("theirs", side="theirs"))
    desk.todos.add(TodoValues("whenever"))
    done = desk.todos.add(TodoValues("done"))
    desk.todos.done([done.id])
    board = desk.todos.board(TodoQuery())
    titles = {place: [row.title for row in rows] for place, rows in board.items()}
    assert titles == {1: ["late", "this morning", "today"], 2: [], 3: [], 4: ["whenever"]}
    assert desk.todos.board_counts(TodoQuery()) == {1: 3, 2: 0, 3: 0, 4: 1}
    assert [row.title for row in desk.todos.board(TodoQuery(), limit=1)[1]] == ["late"]


def test_lists(desk: Desk, zhang: CardRecord) -> None:
    a = desk.todos.add(TodoValues("送样品", due_on=SUNDAY, card=zhang.id, tags=("急件",))).id
    b = desk.todos.add(TodoValues("Call Back", note="about the price")).id
    c = desk.todos.add(TodoValues("报价", due_on=TODAY)).id
    d = desk.todos.add(TodoValues("x")).id
    desk.todos.done([d], "送到了")

    def found(query: TodoQuery) -> list[int]:
        rows = desk.todos.page(query, 0, 10)
        assert desk.todos.count(query) == len(rows)
        return [row.id for row in rows]

    assert found(TodoQuery()) == [c, a, b]
    assert found(TodoQuery(done=True)) == [c, a, b, d]
    assert found(TodoQuery(card=zhang.id)) == [a]
    assert found(TodoQuery(text="样品")) == [a]
    assert found(TodoQuery(text="zw")) == [a]
    assert found(TodoQuery(text="急件")) == [a]
    assert found(TodoQuery(text="call")) == [b]
    assert found(TodoQuery(text="PRICE")) == [b]
    assert found(TodoQuery(text="%_*")) == []
    assert found(TodoQuery(everyone=True)) == [c, a, b]
    assert [row.id for row in desk.todos.page(TodoQuery(), 1, 1)] == [a]
    assert desk.cards.row(zhang.id).next_step == "送样品"
    desk.cards.trash([zhang.id])
    assert found(TodoQuery()) == [c, b]


def test_done_and_taken_up_again(desk: Desk) -> None:
    row = desk.todos.add(TodoValues("a", due_on=TODAY))
    assert desk.todos.done([row.id, row.id], "送到了") == 1
    assert desk.todos.done([row.id]) == 0
    assert desk.todos.get(row.id).done_at is not None
    assert desk.todos.count(TodoQuery()) == 0
    assert desk.todos.reopen([row.id]) == 1
    assert desk.todos.reopen([row.id]) == 0
    assert desk.todos.get(row.id).done_at is None


def test_what_repeats_comes_again(desk: Desk, zhang: CardRecord) -> None:
    monday = date(2026, 9, 21)
    values = TodoValues(
        "写周报",
        "n",
        True,
        due_on=monday,
        due_time=time(9),
        repeat=WEEKLY,
        card=zhang.id,
        tags=("t",),
    )
    row = desk.todos.add(values)
    desk.todos.done([row.id])
    (again,) = desk.todos.page(TodoQuery(), 0, 10)
    assert again.due_on == date(2026, 9, 28)
    assert again.values == TodoValues(
        "写周报",
        "n",
        True,
        due_on=date(2026, 9, 28),
        due_time=time(9),
        repeat=WEEKLY,
        card=zhang.id,
        owner=desk.member.login,
        tags=("t",),
    )
    desk.todos.reopen([row.id])
    assert [row.due_on for row in desk.todos.page(TodoQuery(), 0, 10)] == [monday]
    desk.todos.done([row.id])
    (again,) = desk.todos.page(TodoQuery(), 0, 10)
    desk.todos.done([again.id])
    assert [row.due_on for row in desk.todos.page(TodoQuery(), 0, 10)] == [date(2026, 10, 5)]
    desk.trail.undo()
    assert [row.due_on for row in desk.todos.page(TodoQuery(), 0, 10)] == [date(2026, 9, 28)]


def test_a_repeat_ends(desk: Desk) -> None:
    row = desk.todos.add(TodoValues("a", due_on=TODAY, repeat="FREQ=DAILY;COUNT=2"))
    desk.todos.done([row.id])
    (again,) = desk.todos.page(TodoQuery(), 0, 10)
    assert (again.due_on, again.repeat) == (TOMORROW, "FREQ=DAILY;COUNT=1")
    desk.todos.done([again.id])
    assert desk.todos.count(TodoQuery()) == 0


def test_put_off(desk: Desk) -> None:
    late = desk.todos.add(TodoValues("late", due_on=date(2026, 9, 1))).id
    coming = desk.todos.add(TodoValues("coming", due_on=SATURDAY)).id
    undated = desk.todos.add(TodoValues("undated")).id
    assert desk.todos.postpone([late, coming, undated], days=1) == 3
    days = [desk.todos.get(todo).due_on for todo in (late, coming, undated)]
    assert days == [TOMORROW, SUNDAY, TOMORROW]
    desk.todos.move([late], 4)
    desk.todos.postpone([late], until=SATURDAY)
    row = desk.todos.get(late)
    assert (row.due_on, row.quadrant) == (SATURDAY, 3)
    with pytest.raises(BadValue):
        desk.todos.postpone([late])
    with pytest.raises(BadValue):
        desk.todos.postpone([late], days=10**9)


def test_trash_and_undo(desk: Desk) -> None:
    row = desk.todos.add(TodoValues("a"))
    assert desk.todos.trash([row.id]) == 1
    with pytest.raises(NotFound):
        desk.todos.get(row.id)
    desk.trail.undo()
    assert desk.todos.get(row.id) == desk.todos.page(TodoQuery(), 0, 1)[0]


def test_only_what_was_changed_is_written(desk: Desk, zhang: CardRecord) -> None:
    other = desk.cards.create("person", {"name": "李雪梅"})
    row = desk.todos.add(TodoValues("a", card=zhang.id))
    base = row.values
    first = TodoValues("a", note="mine", card=zhang.id, owner=base.owner)
    desk.todos.update(row.id, base, first)
    second = TodoValues("b", card=other.id, owner=base.owner, tags=("x",))
    merged = desk.todos.update(row.id, base, second).values
    assert (merged.title, merged.note, merged.card) == ("b", "mine", other.id)
    assert desk.cards.row(zhang.id).next_step == ""
    assert desk.cards.row(other.id).next_step == "b"
    with pytest.raises(Conflict) as conflict:
        desk.todos.update(row.id, base, TodoValues("c", card=zhang.id, owner=base.owner))
    assert conflict.value.fields == {"title": ("b", "c")}


def test_a_line_is_added(desk: Desk, zhang: CardRecord) -> None:
    row = desk.todos.add_line("给张伟送样品 @下周三 ! #样品")
    assert (row.title, row.due_on, row.card_name) == ("给张伟送样品", date(2026, 9, 30), "张伟")
    assert (row.quadrant, row.tags) == (2, ("样品",))
    assert desk.todos.add_line("送样品", zhang.id).card_id == zhang.id
    with pytest.raises(BadValue):
        desk.todos.add_line("@明天 !")


def test_a_name_that_two_cards_have_links_none(desk: Desk, zhang: CardRecord) -> None:
    desk.cards.create("person", {"name": "张伟"})
    assert desk.todos.add_line("给张伟送样品").card_id is None
    assert desk.todos.add_line(f"给{zhang.number}送样品").card_id == zhang.id


def test_short_names_link_and_names_go_before_them(desk: Desk) -> None:
    house = desk.cards.create(
        "organisation", {"name": "上海华东电子有限公司", "short_name": "华东电子"}
    )
    assert desk.todos.add_line("答复华东电子交货期").card_id == house.id
    named = desk.cards.create("organisation", {"name": "华东电子"})
    assert desk.todos.add_line("答复华东电子交货期").card_id == named.id


def test_who_sees_whose(store: Store, desk: Desk, zhang: CardRecord) -> None:
    Member.insert(id=50, login="li", name="李", role="rep", created_at=datetime.now(UTC)).execute()
    rep = store.desk("li")
    given = desk.todos.add(TodoValues("给李", owner="li", card=zhang.id))
    own = desk.todos.add(TodoValues("自己的"))
    assert [row.title for row in rep.todos.page(TodoQuery(everyone=True), 0, 9)] == ["给李"]
    assert rep.todos.get(given.id).card_name is None
    with pytest.raises(NotFound):
        rep.todos.done([own.id])
    assert desk.todos.count(TodoQuery()) == 1
    assert desk.todos.count(TodoQuery(everyone=True)) == 2


@pytest.mark.parametrize(
    ("rule", "first", "after", "coming"),
    [
        (WEEKLY, date(2026, 9, 21), TODAY, date(2026, 9, 28)),
        ("FREQ=DAILY;INTERVAL=3", date(2026, 9, 21), TODAY, SUNDAY),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 8, 31), TODAY, date(2026, 10, 31)),
        ("FREQ=DAILY;UNTIL=20260925", TODAY, TODAY, TOMORROW),
        ("FREQ=DAILY;UNTIL=20260925", TODAY, TOMORROW, None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", TODAY, TODAY, None),
    ],
)
def test_the_next_day_of_a_rule(rule: str, first: date, after: date, coming: date | None) -> None:
    found = next_of(checked_rule(rule), first, after)
    assert (found[0] if found else None) == coming


@pytest.mark.parametrize(
    "rule",
    [
        *("", "FREQ", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0"),
        *("FREQ=DAILY;BYMONTH=13", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=99TU"),
        *("FREQ=DAILY;UNTIL=soon", "DTSTART:20260101\nRRULE:FREQ=DAILY", "BYDAY=MO;FREQ=WEEKLY"),
    ],
)
def test_rules_that_are_none(rule: str) -> None:
    with pytest.raises(BadValue):
        checked_rule(rule)
