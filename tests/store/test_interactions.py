"""The contact log: talks logged, changed, found, trashed, and what follows from them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadValue, Conflict, NotFound
from store.guidance import advice, suggested_lifecycle
from store.models.team import Member
from store.records.cards import CardQuery, CardRecord
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoQuery, TodoValues

SPRING = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def zhang(desk: Desk) -> CardRecord:
    return desk.cards.create(
        "person",
        {"name": "张伟", "organisation": "华东电子", "mobile": [{"value": "13911112345"}]},
    )


def test_a_talk_is_kept_whole(desk: Desk, zhang: CardRecord) -> None:
    values = InteractionValues(
        at=SPRING,
        method="visit",
        length=45,
        place="华东电子三楼",
        topic="新报价",
        interest=4,
        minutes="聊了新报价\n担心交期",
        words="再降两个点就能定",
        feedback_kind="doubt",
        feedback="交期",
        cost=12_000,
        next_on=date(2026, 9, 27),
        next_method="phone",
        next_purpose="回访",
    )
    logged = desk.interactions.log(zhang.id, values)
    record = desk.interactions.get(logged.id)
    assert record.values == values
    assert (record.number, record.name, record.trashed) == (zhang.number, "张伟", False)
    row = desk.cards.row(zhang.id)
    assert (row.last_contact, row.next_on, row.next_step) == (SPRING, date(2026, 9, 27), "回访")


def test_without_a_time_it_took_place_now(desk: Desk, zhang: CardRecord) -> None:
    logged = desk.interactions.log(zhang.id, InteractionValues(minutes="聊了"))
    at = desk.interactions.get(logged.id).values.at
    assert at is not None
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (InteractionValues(interest=6), "interest"),
        (InteractionValues(interest=0), "interest"),
        (InteractionValues(method="pigeon"), "method"),
        (InteractionValues(next_method="pigeon"), "next_method"),
        (InteractionValues(feedback_kind="joy"), "feedback_kind"),
        (InteractionValues(cost=-1), "cost"),
    ],
)
def test_impossible_values_are_refused(
    desk: Desk, zhang: CardRecord, values: InteractionValues, field: str
) -> None:
    with pytest.raises(BadValue) as refused:
        desk.interactions.log(zhang.id, values)
    assert refused.value.field == field
    assert desk.interactions.count(InteractionQuery()) == 0


def test_its_todos_belong_to_card_and_talk(desk: Desk, zhang: CardRecord) -> None:
    todos = [
        TodoValues("送样品", due_on=date(2026, 9, 25)),
        TodoValues("发图纸", side="theirs"),
    ]
    logged = desk.interactions.log(zhang.id, InteractionValues(minutes="聊了"), todos)
    rows = desk.todos.page(TodoQuery(card=zhang.id, side=None), 0, 10)
    assert [(row.id, row.title, row.side, row.card_name) for row in rows] == [
        (logged.todos[0], "送样品", "ours", "张伟"),
        (logged.todos[1], "发图纸", "theirs", "张伟"),
    ]
    assert desk.cards.row(zhang.id).next_step == "送样品"
    desk.trail.undo()
    assert desk.todos.count(TodoQuery(card=zhang.id, side=None)) == 0
    assert desk.interactions.count(InteractionQuery()) == 0
    assert desk.cards.row(zhang.id).next_step == ""


def test_a_wrong_todo_writes_nothing(desk: Desk, zhang: CardRecord) -> None:
    with pytest.raises(BadValue):
        desk.interactions.log(zhang.id, InteractionValues(), [TodoValues("ok"), TodoValues(" ")])
    assert desk.interactions.count(InteractionQuery()) == 0
    assert desk.todos.count(TodoQuery()) == 0


def test_only_what_was_changed_is_written(desk: Desk, zhang: CardRecord) -> None:
    talk = desk.interactions.log(zhang.id, InteractionValues(topic="a", minutes="b", at=SPRING)).id
    base = desk.interactions.get(talk).values
    desk.interactions.update(talk, base, InteractionValues(topic="A", minutes="b", at=SPRING))
    merged = desk.interactions.update(
        talk, base, InteractionValues(topic="a", minutes="B", at=SPRING, interest=3)
    )
    assert (merged.values.topic, merged.values.minutes, merged.values.interest) == ("A", "B", 3)
    with pytest.raises(Conflict) as conflict:
        desk.interactions.update(talk, base, InteractionValues(topic="x", minutes="b", at=SPRING))
    assert conflict.value.fields == {"topic": ("A", "x")}
    assert desk.interactions.get(talk).values.topic == "A"


def test_others_who_took_part(desk: Desk, zhang: CardRecord) -> None:
    li = desk.cards.create("person", {"name": "李雪梅"})
    talk = desk.interactions.log(zhang.id, InteractionValues(at=SPRING, others=(li.id, zhang.id)))
    record = desk.interactions.get(talk.id)
    assert record.others == {li.id: "李雪梅"}
    assert desk.interactions.count(InteractionQuery(card=li.id)) == 1
    assert desk.cards.row(li.id).last_contact == SPRING
    desk.interactions.trash([talk.id])
    assert desk.cards.row(li.id).last_contact is None
    desk.trail.undo()
    assert desk.cards.row(li.id).last_contact == SPRING
    desk.interactions.update(talk.id, record.values, InteractionValues(at=SPRING))
    assert desk.interactions.get(talk.id).others == {}
    assert desk.cards.row(li.id).last_contact is None


def test_trash_and_back(desk: Desk, zhang: CardRecord) -> None:
    talk = desk.interactions.log(zhang.id, InteractionValues(minutes="聊了报价")).id
    assert desk.interactions.trash([talk]) == 1
    assert desk.interactions.trash([talk]) == 0
    assert desk.interactions.count(InteractionQuery()) == 0
    assert desk.interactions.count(InteractionQuery(text="报价")) == 0
    assert desk.interactions.count(InteractionQuery(trashed=True)) == 1
    assert desk.interactions.count(InteractionQuery(trashed=True, text="报价")) == 1
    assert desk.cards.row(zhang.id).last_contact is None
    assert desk.interactions.restore([talk]) == 1
    assert desk.interactions.count(InteractionQuery(text="报价")) == 1


def test_finding_talks(desk: Desk, zhang: CardRecord) -> None:
    li = desk.cards.create("person", {"name": "李雪梅"})
    log = desk.interactions.log
    old = log(zhang.id, InteractionValues(at=SPRING, topic="报价", method="phone")).id
    new = log(zhang.id, InteractionValues(at=SPRING + timedelta(days=9), words="太贵了")).id
    hers = log(li.id, InteractionValues(at=SPRING + timedelta(days=1), minutes="喝茶")).id

    def found(query: InteractionQuery) -> list[int]:
        rows = desk.interactions.page(query, 0, 10)
        assert desk.interactions.count(query) == len(rows)
        return [row.id for row in rows]

    assert found(InteractionQuery()) == [new, hers, old]
    assert found(InteractionQuery(text="baojia")) == [old]
    assert found(InteractionQuery(text="太贵")) == [new]
    assert found(InteractionQuery(text="zw")) == [new, old]
    assert found(InteractionQuery(text="华东")) == [new, old]
    assert found(InteractionQuery(text="zw", methods=("phone",))) == [old]
    assert found(InteractionQuery(text="没有这个词")) == []
    assert found(InteractionQuery(text="***")) == []
    assert found(InteractionQuery(card=li.id)) == [hers]
    assert found(InteractionQuery(mine=True)) == [new, hers, old]
    # 02:30 in UTC is 10:30 in China.
    assert found(InteractionQuery(since=date(2026, 3, 2))) == [new, hers]
    assert found(InteractionQuery(until=date(2026, 3, 1))) == [old]
    assert found(InteractionQuery(since=date.min, until=date.max)) == [new, hers, old]
    assert [row.id for row in desk.interactions.page(InteractionQuery(), 1, 1)] == [hers]
    desk.cards.trash([li.id])
    assert found(InteractionQuery()) == [new, old]


def test_many_hits_are_walked(
    desk: Desk, zhang: CardRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        desk.interactions.log(
            zhang.id, InteractionValues(at=SPRING + timedelta(days=day), topic="报价")
        ).id
        for day in range(5)
    ]
    monkeypatch.setattr("store.talk_search.FEW", 2)
    for text in ("报价", "张伟"):
        rows = desk.interactions.page(InteractionQuery(text=text), 1, 3)
        assert [row.id for row in rows] == ids[3:0:-1]
        assert desk.interactions.count(InteractionQuery(text=text)) == 5


def test_a_line_is_logged(desk: Desk, zhang: CardRecord) -> None:
    logged = desk.interactions.log_line("张伟 电话 聊了新报价 *4 @三天后 回访 +送样品 @明天")
    record = desk.interactions.get(logged.id)
    assert record.card_id == zhang.id
    assert record.values.method == "phone"
    assert record.values.next_on == date(2026, 9, 27)
    assert desk.todos.get(logged.todos[0]).due_on == date(2026, 9, 25)
    assert logged.suggested_lifecycle == "target"


@pytest.mark.parametrize("name", ["zw", "zhangwei", "张伟", "P000001", "p000001", "2345"])
def test_the_card_of_a_line_by_any_of_its_names(desk: Desk, zhang: CardRecord, name: str) -> None:
    assert desk.interactions.read_line(f"{name} 电话 聊了").card_id == zhang.id


def test_a_line_without_a_card_is_refused(desk: Desk, zhang: CardRecord) -> None:
    desk.cards.create("person", {"name": "张威"})
    for text, error in (
        ("zw 聊了", Ambiguous),
        ("李四 聊了", NotFound),
        ("报价 聊了", NotFound),
        ("电话", BadValue),
        (" ", BadValue),
    ):
        with pytest.raises(error):
            desk.interactions.log_line(text)
    with pytest.raises(Ambiguous) as several:
        desk.interactions.log_line("zw 聊了")
    assert len(several.value.candidates) == 2
    assert desk.interactions.count(InteractionQuery()) == 0


@pytest.mark.parametrize(
    ("line", "method", "minutes"),
    [
        ("张伟 电话 聊了报价", "phone", "聊了报价"),
        ("张伟：电话 聊了报价", "phone", "聊了报价"),
        ("跟张伟打电话聊了报价", "phone", "跟张伟打电话聊了报价"),
        ("李雪梅 电话 聊了报价", None, "李雪梅 电话 聊了报价"),
    ],
)
def test_the_name_of_the_card_that_a_line_is_written_on_may_stand_before_it(
    desk: Desk, line: str, method: str | None, minutes: str
) -> None:
    zhang = desk.cards.create("person", {"name": "张伟"})
    desk.cards.create("person", {"name": "李雪梅"})
    values = desk.interactions.read_line(line, zhang.id).values
    other = desk.interactions.read_line("聊了报价", zhang.id).values.method
    assert (values.method, values.minutes) == (method or other, minutes)


def test_a_line_on_a_card_names_none(desk: Desk, zhang: CardRecord) -> None:
    desk.cards.create("person", {"name": "电话"})
    logged = desk.interactions.log_line("电话 聊了", zhang.id)
    assert logged.card_id == zhang.id
    assert desk.interactions.get(logged.id).values.minutes == "聊了"


def test_a_rep_sees_talks_with_his_cards_only(store: Store, zhang: CardRecord) -> None:
    Member.insert(id=50, login="li", name="李", role="rep", created_at=SPRING).execute()
    boss, rep = store.desk(_boss()), store.desk("li")
    hers = rep.cards.create("person", {"name": "李的客户"})
    with pytest.raises(NotFound):
        rep.interactions.log(zhang.id, InteractionValues())
    one = boss.interactions.log(zhang.id, InteractionValues(topic="报价")).id
    both = boss.interactions.log(zhang.id, InteractionValues(topic="报价", others=(hers.id,))).id
    assert [row.id for row in rep.interactions.page(InteractionQuery(), 0, 9)] == [both]
    assert rep.interactions.count(InteractionQuery(text="报价")) == 1
    with pytest.raises(NotFound):
        rep.interactions.get(one)
    with pytest.raises(NotFound):
        rep.interactions.trash([one])
    assert boss.interactions.count(InteractionQuery()) == 2


def _boss() -> str:
    return str(Member.get(Member.role == "director").login)


def test_suggested_levels() -> None:
    high, top = InteractionValues(interest=4), InteractionValues(interest=5)
    promised = InteractionValues(feedback_kind="commitment")
    assert suggested_lifecycle("prospect", InteractionValues(interest=3)) is None
    assert suggested_lifecycle("prospect", high) == "target"
    assert suggested_lifecycle("prospect", promised) == "likely"
    assert suggested_lifecycle("target", high) is None
    assert suggested_lifecycle("target", top) == "likely"
    assert suggested_lifecycle("likely", top) is None
    assert suggested_lifecycle("buyer", promised) is None
    assert suggested_lifecycle("prospect", InteractionValues(interest=5, reached=False)) is None


def test_advice_by_stage() -> None:
    assert "acquainted" in advice("prospect", "unclassified")
    assert "Not classified" in advice("prospect", "unclassified")
    assert "without the order" in advice("likely", "A")
    assert "without the order" not in advice("buyer", "A")


def test_only_a_talk_that_reached_somebody_is_a_contact(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"}).id
    li = desk.cards.create("person", {"name": "李四"}).id
    early, late = (datetime(2026, 9, day, 2, tzinfo=UTC) for day in (1, 20))
    desk.interactions.log(zhang, InteractionValues(at=early, others=(li,)))
    again = date(2026, 9, 25)
    missed = InteractionValues(
        at=late, reached=False, not_reached_reason="关机", next_on=again, others=(li,)
    )
    desk.interactions.log(zhang, missed)
    row = desk.cards.row(zhang)
    assert (row.last_contact, row.next_on) == (early, again)
    assert desk.cards.row(li).last_contact == early
    assert desk.cards.count(CardQuery(not_seen_days=10)) == 2
    assert [talk.reached for talk in desk.interactions.page(InteractionQuery(), 0, 9)] == [
        False,
        True,
    ]
    assert "关机" in desk.briefing.of(zhang).last_interactions[0].summary
