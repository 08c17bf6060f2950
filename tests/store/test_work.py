"""The work view: counts that can be added up by hand, and who sees them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store.clock import CHINA
from store.database import Store
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.records.interactions import InteractionValues
from store.records.team import WorkRow
from store.records.todos import TodoValues
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def now() -> date:
    """Today by the real clock, on which the trail is kept."""
    return datetime.now(UTC).astimezone(CHINA).date()


def row(team: SalesTeam, asker: str, login: str, days: int = 1) -> WorkRow:
    last = now()
    found = team[asker].work.view(last - timedelta(days=days - 1), last)
    return next(each for each in found if each.login == login)


def test_what_a_member_did_is_counted(team: SalesTeam) -> None:
    li, today = team["li"], team.store.clock.today()
    card = team.card("li")
    team.card("li", "李四")
    trashed = team.card("li", "王五")
    li.cards.trash([trashed])
    li.interactions.log(card, InteractionValues(topic="报价", at=datetime.now(UTC)))
    ago = datetime.now(UTC) - timedelta(days=3)
    li.interactions.log(card, InteractionValues(topic="初访", at=ago))
    li.todos.done([li.todos.add(TodoValues("送样品")).id])
    li.todos.add(TodoValues("催款", due_on=today - timedelta(days=1)))
    li.todos.add(TodoValues("回访", due_on=today))
    told = row(team, "south", "li")
    assert (told.new_cards, told.talks, told.done, told.overdue) == (2, 1, 1, 1)
    assert told.last_seen is not None
    assert row(team, "south", "li", days=7).talks == 2
    assert row(team, "south", "zhang").new_cards == 0


def test_what_waits_is_counted(team: SalesTeam) -> None:
    card, other = team.card("li"), team.card("li", "李四")
    old = "2026-01-01 00:00:00+00:00"
    database.execute_sql("UPDATE card SET created_at = ? WHERE id = ?", [old, card])
    database.execute_sql("UPDATE card SET review_due_on = '2026-09-24' WHERE id = ?", [other])
    told = row(team, "south", "li")
    assert (told.untouched, told.reviews) == (1, 1)


def test_days_are_those_of_the_team(team: SalesTeam) -> None:
    """Midnight in China is four in the afternoon by the clock of the box."""
    card = team.card("li")
    for hour, minute in ((15, 59), (16, 0)):
        at = datetime(2026, 9, 20, hour, minute, tzinfo=UTC)
        team["li"].interactions.log(card, InteractionValues(topic="x", at=at))
    for day, talks in ((date(2026, 9, 20), 1), (date(2026, 9, 21), 1), (date(2026, 9, 19), 0)):
        found = {each.login: each.talks for each in team["south"].work.view(day, day)}
        assert found["li"] == talks, day


def test_each_sees_those_below_and_himself_last(team: SalesTeam) -> None:
    def seen(login: str) -> list[str]:
        return [each.login for each in team[login].work.view(now(), now())]

    assert set(seen("south")) == {"zhang", "li", "service", "south"}
    assert seen("south")[-1] == "south"
    assert seen("li") == ["li"]
    assert seen("admin") == ["admin"]
    assert seen("keeper") == ["keeper"]
    assert len(seen("boss")) == 9


def test_a_coach_sees_his_trainees_work(team: SalesTeam) -> None:
    from tests.store.test_team import changed

    changed(team["admin"], "li", trainee=True, coach="zhou")
    team.card("li")
    assert row(team, "zhou", "li").new_cards == 1
    assert [entry.name for entry in team["zhou"].work.of("li", now(), now())] == ["张山"]
    with pytest.raises(NotAllowed):
        team["zhang"].work.of("li", now(), now())


def test_what_he_did_is_told_record_by_record(team: SalesTeam) -> None:
    li = team["li"]
    card = li.cards.create(
        "person", {"name": "张山", "mobile": [{"value": "13900002345"}], "organisation": "华东电子"}
    )
    talk = li.interactions.log(card.id, InteractionValues(topic="新报价")).id
    todo = li.todos.add(TodoValues("送样品", card=card.id)).id
    li.todos.done([todo])
    li.cards.save(card.id, card.values, {**card.values, "nickname": "老张"})
    li.cards.tag([card.id], "老客")
    li.trail.undo()
    told = team["south"].work.of("li", now(), now())
    assert [(entry.kind, entry.name, entry.words) for entry in told] == [
        ("changed", "张山", ""),
        ("done", "张山", "送样品"),
        ("todo", "张山", "送样品"),
        ("talk", "张山", "新报价"),
        ("card", "华东电子", ""),
        ("card", "张山", ""),
    ]
    assert (told[3].interaction, told[2].todo, told[5].card) == (talk, todo, card.id)
    yesterday = now() - timedelta(days=1)
    assert team["south"].work.of("li", yesterday, yesterday) == []
    assert len(team["south"].work.of("li", now(), now(), 2)) == 2


def test_what_the_asker_does_not_see_is_not_told(team: SalesTeam) -> None:
    li = team["li"]
    card = team.card("li")
    li.todos.add(TodoValues("家里的事"))
    team["boss"].transfers.hand([card], "zhou")
    assert team["south"].work.of("li", now(), now()) == []
    assert row(team, "south", "li").new_cards == 0
    assert [entry.name for entry in team["boss"].work.of("li", now(), now())] == ["张山"]
    assert "家里的事" in [entry.name for entry in li.work.of("li", now(), now())]


def test_a_time_that_is_none_is_refused(team: SalesTeam) -> None:
    south = team["south"]
    with pytest.raises(BadValue):
        south.work.view(now(), now() - timedelta(days=1))
    with pytest.raises(BadValue):
        south.work.view(date.min, date.max)
    with pytest.raises(NotFound):
        south.work.of("nobody", now(), now())
    with pytest.raises(NotAllowed):
        south.work.of("zhou", now(), now())


def test_guidance_lands_on_the_members_today(team: SalesTeam) -> None:
    card = team.card("li")
    talk = team["li"].interactions.log(card, InteractionValues(topic="新报价")).id
    (entry, *_rest) = team["south"].work.of("li", now(), now())
    team["south"].remarks.write(
        "li", "带上样品再去", entry.card, entry.interaction, entry.todo, "guidance"
    )
    (waiting,) = team["li"].remarks.open()
    assert (waiting.text, waiting.interaction_id) == ("带上样品再去", talk)
