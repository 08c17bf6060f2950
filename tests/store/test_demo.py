import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from store import doctor
from store.clock import CHINA, Clock
from store.database import Store, open_store
from store.demo import make_demo
from store.errors import StorageTrouble
from store.forms.declaration import load_form
from store.forms.validation import check_values
from store.lunar import YearlyDate
from store.models.cards import FamilyMember
from store.models.team import Department, Member
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from store.sample.customers import sample_cards
from store.sample.doubles import MORE_CARDS, MORE_TALKS
from store.sample.structure import NEWCOMERS
from store.sample.telling import sample_talks
from store.sample.work import sample_todos

TODAY = date(2026, 9, 24)

DAYS = (TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2030, 12, 31))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample box, made once for all of these tests."""
    path = tmp_path_factory.mktemp("sample") / "demo" / "demo.sqlite"
    assert make_demo(path, Clock(shown_today=TODAY))
    return path


@pytest.fixture
def demo(box: Path) -> Iterator[Store]:
    store = open_store(box, Clock(shown_today=TODAY))
    yield store
    store.close()


@pytest.mark.parametrize("today", DAYS)
def test_the_same_day_makes_the_same_team(today: date) -> None:
    cards, again = sample_cards(today), sample_cards(today)
    assert cards == again
    assert sample_talks(cards, today) == sample_talks(again, today)
    assert sample_todos(cards, today) == sample_todos(again, today)


@pytest.mark.parametrize("today", DAYS)
def test_every_card_is_as_the_form_wants_it(today: date) -> None:
    cards = sample_cards(today)
    assert len(cards) == 300
    for card in cards:
        clean, unknown = check_values(load_form(card.kind), card.values)
        assert (clean, unknown) == (card.values, {})
        for member in card.family:
            assert member.birth is None or str(YearlyDate.parse(member.birth)) == member.birth
    assert {card.kind for card in cards} == {"person", "organisation"}
    assert len({card.name for card in cards}) == 300


@pytest.mark.parametrize("today", DAYS)
def test_nothing_has_happened_in_the_future(today: date) -> None:
    cards = sample_cards(today)
    assert max(card.entered for card in cards) < today
    assert max(card.reviewed for card in cards if card.reviewed) < today
    for talk in sample_talks(cards, today):
        assert talk.card.entered <= talk.day < today
        assert talk.day >= today - timedelta(days=366)
        assert talk.values.at is not None
        assert talk.values.at.astimezone(CHINA).date() == talk.day
        assert talk.values.next_on is None or talk.values.next_on > talk.day
    for todo in sample_todos(cards, today):
        assert todo.entered < today
        assert todo.done_on is None or todo.entered <= todo.done_on < today
        assert todo.card is None or todo.card.entered <= todo.entered


def test_talks_do_not_repeat_dully() -> None:
    cards = sample_cards(TODAY)
    talks = sample_talks(cards, TODAY)
    assert len(talks) == 2000
    assert len({talk.values.minutes for talk in talks}) > 700
    last: dict[int, str | None] = {}
    repeated = 0
    for talk in talks:
        repeated += last.get(id(talk.card)) == talk.values.minutes
        last[id(talk.card)] = talk.values.minutes
        assert "{" not in f"{talk.values.minutes}{talk.values.words}{talk.values.next_purpose}"
    assert repeated < 20


def test_nobody_real_can_be_called_or_written_to() -> None:
    for card in sample_cards(TODAY):
        for kind in ("mobile", "work_phone"):
            for entry in card.values.get(kind, []):
                assert re.fullmatch(r"1\d{2}0000\d{4}|0\d{2,3}-0000\d{4}", entry["value"])
        for kind in ("email", "website"):
            for entry in card.values.get(kind, []):
                assert entry["value"].endswith(".example")


def test_the_box_is_well_and_holds_what_it_should(demo: Store) -> None:
    assert [check for check in doctor.examine(demo, thorough=True).checks if not check.ok] == []
    desk = demo.desk()
    assert desk.member.name == "王小明"
    assert desk.cards.count(CardQuery()) == 300 + MORE_CARDS + len(NEWCOMERS)
    assert desk.interactions.count(InteractionQuery()) == 2000 + MORE_TALKS
    assert Department.select().count() == 3
    assert Department.select().where(Department.parent.is_null()).count() == 1
    assert Member.select().count() == 9
    assert FamilyMember.select().count() > 60


def test_members_see_their_own(demo: Store) -> None:
    for login, expected in (
        ("zhanglei", 58),
        ("lijing", 158 + 1),
        ("sunli", 0),
        ("wufang", 300 + MORE_CARDS + len(NEWCOMERS)),
        ("gaojing", 0),
    ):
        assert demo.desk(login).cards.count(CardQuery()) == expected


def test_some_customers_were_entered_twice(demo: Store) -> None:
    groups = demo.desk().merging.groups()
    assert [(group.pairs[0].reason, group.certainty) for group in groups] == [
        ("mobile", 5),
        ("mobile", 5),
        ("name", 2),
    ]
    assert {group.cards[0].name for group in groups} >= {"单雪梅"}


def test_every_role_but_the_director_works_here(demo: Store) -> None:
    from store.records.team import ROLES

    members = demo.desk("gaojing").team.members()
    assert {member.role for member in members} == {*ROLES} - {"director"}
    (trainee,) = (member for member in members if member.trainee)
    assert (trainee.name, trainee.coach) == ("刘洋", "zhouting")
    assert demo.desk("zhouting").cards.count(CardQuery()) == 54 + 54
    assert demo.desk("gaojing").team.own_place().manages


def test_every_stage_grade_and_quadrant_has_something(demo: Store) -> None:
    desk = demo.desk()
    for query in (
        *(
            CardQuery(lifecycles=(stage,))
            for stage in ("prospect", "target", "likely", "buyer", "loyal", "former")
        ),
        *(
            CardQuery(likelihoods=(level,))
            for level in ("A", "B", "C", "D", "E", "F1", "F2", "unclassified")
        ),
        *(CardQuery(value_grades=(grade,)) for grade in "ABC"),
        CardQuery(not_seen_days=90),
        CardQuery(review_due=True),
        CardQuery(mine=True, review_due=True),
        CardQuery(mine=True, lifecycles=("likely",)),
    ):
        assert desk.cards.count(query), query
    board = desk.todos.board(TodoQuery())
    assert all(board[quadrant] for quadrant in (1, 2, 3, 4))
    open_ones = [todo for todos in board.values() for todo in todos]
    assert any(todo.days is not None and todo.days < 0 for todo in open_ones)
    assert any(todo.days == 0 for todo in open_ones)
    assert len(desk.todos.page(TodoQuery(side="theirs"), 0, 50)) >= 5
    assert desk.todos.count(TodoQuery(done=True)) > desk.todos.count(TodoQuery())


def test_birthdays_of_both_calendars_are_around_today(demo: Store) -> None:
    coming = demo.desk().occasions.coming(days=30)
    births = [row for row in coming if row.occasion == "birth"]
    calendars = Counter("lunar" if row.stored.startswith("lunar") else "solar" for row in births)
    assert calendars["lunar"] >= 8
    assert calendars["solar"] >= 8
    assert any(row.days == 0 for row in births)
    assert any(row.who for row in births)
    assert any(row.occasion == "founded" and row.round_year for row in coming)
    leap = [card for card in sample_cards(TODAY) if "L" in str(card.values.get("birth_lunar"))]
    assert len(leap) >= 5


def test_its_past_has_believable_times(demo: Store) -> None:
    desk = demo.desk()
    card = desk.cards.resolve("张山")
    times = [entry.at for entry in desk.trail.history(card.id)]
    assert times == sorted(times, reverse=True)
    assert times[-1] < times[0]
    midnight = datetime.combine(TODAY, datetime.min.time(), CHINA)
    assert times[0] < midnight


def test_a_sample_box_that_is_there_is_kept(box: Path) -> None:
    before = box.read_bytes()
    assert not make_demo(box, Clock(shown_today=date(2027, 5, 5)))
    assert box.read_bytes() == before
    assert [path.name for path in box.parent.iterdir() if "unfinished" in path.name] == []


def test_a_disk_that_refuses_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageTrouble("the disk refuses")

    monkeypatch.setattr("store.demo._write", refuse)
    with pytest.raises(StorageTrouble):
        make_demo(tmp_path / "demo.sqlite", Clock(shown_today=TODAY))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_same_day_makes_the_same_box(box: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.sqlite"
    make_demo(again, Clock(shown_today=TODAY))
    assert _content(again) == _content(box)


def _content(box: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every record of a box; of the trail what no salt goes into."""
    tables = ("card", "contact_point", "affiliation", "occasion", "family_member", "interaction")
    further = ("interaction_card", "todo", "card_fact", "search_card", "counter")
    asked = {name: f"SELECT * FROM {name}" for name in (*tables, *further)}
    asked["change_set"] = "SELECT id, member_id, origin, at, summary FROM change_set"
    asked["change"] = 'SELECT id, "table", "row", card, before, after FROM change'
    with closing(sqlite3.connect(box)) as connection:
        return {name: sorted(connection.execute(sql), key=repr) for name, sql in asked.items()}
