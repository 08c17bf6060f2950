"""The day's agenda."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store.clock import Clock
from store.database import Store
from store.desk import Desk
from store.models.cards import Card
from store.models.team import Member
from store.records.briefing import Agenda
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.screens.pair import pair_of

TODAY = date(2026, 9, 24)
SPRING = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def person(desk: Desk, name: str, **values: object) -> int:
    return desk.cards.create("person", {"name": name, **values}).id


def test_an_empty_day(desk: Desk) -> None:
    assert desk.today.agenda() == Agenda((), (), (), ())


def test_todos_due(desk: Desk) -> None:
    zhang = person(desk, "张山")
    desk.todos.add(TodoValues("late", due_on=date(2026, 9, 1)))
    desk.todos.add(TodoValues("today", due_on=TODAY, card=zhang))
    desk.todos.add(TodoValues("theirs", due_on=TODAY, side="theirs"))
    desk.todos.add(TodoValues("tomorrow", due_on=date(2026, 9, 25)))
    desk.todos.add(TodoValues("whenever", important=True, urgent=True))
    done = desk.todos.add(TodoValues("done", due_on=TODAY))
    desk.todos.done([done.id])
    assert [todo.title for todo in desk.today.agenda().todos] == ["late", "today", "theirs"]


def test_contacts_due(desk: Desk) -> None:
    def contact(name: str, *next_on: date | None) -> int:
        card = person(desk, name)
        for place, day in enumerate(next_on):
            at = SPRING + timedelta(days=place)
            desk.interactions.log(card, InteractionValues(at=at, next_on=day, next_purpose="回访"))
        return card

    contact("today", TODAY)
    contact("late", date(2026, 9, 1))
    contact("later", date(2026, 9, 25))
    contact("settled", date(2026, 9, 1), None)
    contact("moved", date(2026, 9, 1), date(2026, 10, 1))
    late_todo = contact("coming, with a late to-do", date(2026, 10, 1))
    due_both = contact("due, with a later to-do before it", date(2026, 9, 20))
    desk.cards.trash([contact("trashed", TODAY)])
    desk.todos.add(TodoValues("x", card=late_todo, due_on=date(2026, 9, 2)))
    desk.todos.add(TodoValues("y", card=due_both, due_on=date(2026, 9, 10)))
    rows = desk.today.agenda().followups
    assert [(row.name, row.next_on, row.next_step) for row in rows] == [
        ("late", date(2026, 9, 1), "回访"),
        ("due, with a later to-do before it", date(2026, 9, 20), "回访"),
        ("today", TODAY, "回访"),
    ]


def test_dates_of_the_week(desk: Desk) -> None:
    person(desk, "today", birth_solar="1980-09-24")
    person(desk, "in a week", birth_solar="1980-09-30")
    person(desk, "later", birth_solar="1980-10-01")
    assert [row.name for row in desk.today.agenda().dates] == ["today", "in a week"]
    desk.settings.set("today.date_days", 1)
    assert [row.name for row in desk.today.agenda().dates] == ["today"]
    desk.settings.set("today.date_days", "many")
    assert len(desk.today.agenda().dates) == 2


def test_cards_to_look_through(desk: Desk) -> None:
    due, fresh = person(desk, "due"), person(desk, "fresh")
    Card.update(review_due_on=TODAY).where(Card.id == due).execute()
    Card.update(review_due_on=date(2026, 9, 25)).where(Card.id == fresh).execute()
    assert [row.name for row in desk.today.agenda().reviews] == ["due"]


def test_only_the_members_own(store: Store, desk: Desk) -> None:
    Member.insert(id=50, login="li", name="李", role="rep", created_at=datetime.now(UTC)).execute()
    rep = store.desk("li")
    card = person(rep, "李的客户", birth_solar="1980-09-24")
    Card.update(review_due_on=TODAY).execute()
    rep.todos.add(TodoValues("his", due_on=TODAY))
    rep.interactions.log(card, InteractionValues(at=SPRING, next_on=TODAY))
    assert desk.today.agenda() == Agenda((), (), (), ())
    own = rep.today.agenda()
    assert [len(part) for part in (own.todos, own.followups, own.dates, own.reviews)] == [1] * 4


def test_every_list_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TODOS", "FOLLOWUPS", "DATES", "REVIEWS"):
        monkeypatch.setattr(f"store.today.{name}", 2)
    for day in (20, 21, 22):
        card = person(desk, f"{day}", birth_solar="1980-09-24")
        desk.todos.add(TodoValues(f"{day}", due_on=date(2026, 9, day)))
        desk.interactions.log(card, InteractionValues(at=SPRING, next_on=date(2026, 9, day)))
    Card.update(review_due_on=TODAY).execute()
    agenda = desk.today.agenda()
    assert [len(agenda.todos), len(agenda.dates), len(agenda.reviews)] == [2, 2, 2]
    assert [row.name for row in agenda.followups] == ["21", "22"]


def test_what_a_colleague_waits_for_comes_first(desk: Desk, clock: Clock) -> None:
    with pair_of(desk, clock) as pair:
        mine = pair.rep.todos.add(TodoValues("整理名片", due_on=TODAY, important=True))
        given = pair.director.todos.add(TodoValues("报数", due_on=TODAY, owner="lina"))
        agenda = pair.rep.today.agenda()
        assert [todo.id for todo in agenda.todos] == [given.id, mine.id]
        assert [todo.asked_by for todo in agenda.todos] == [pair.director.member.name, None]
