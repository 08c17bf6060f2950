"""Remarks to colleagues: who may write, who reads what of the card, and the way back."""

from dataclasses import asdict, dataclass

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadValue, NotAllowed, NotFound, StoreError
from store.models.sharing import CardRelease
from store.models.team import Department, Member
from store.records.interactions import InteractionValues
from store.records.remarks import Colleague
from store.records.todos import TodoValues
from store.remark_line import completed, read_remark_line, understood


@dataclass
class Team:
    """A director, a department with its manager and a rep, and a rep elsewhere."""

    director: Desk
    manager: Desk
    rep: Desk
    other: Desk
    card: int
    """The rep's customer."""


@pytest.fixture
def team(store: Store) -> Team:
    director = store.desk()
    director.settings.set_for_box("usual_login", director.member.login)
    for number, name, above in ((1, "总部", None), (2, "华南", 1), (3, "华东", 1)):
        Department.insert(id=number, name=name, parent=above).execute()
    members = (("manager", "manager", 2), ("rep", "rep", 2), ("other", "rep", 3))
    for number, (login, role, department) in enumerate(members, start=10):
        Member.insert(
            id=number,
            login=login,
            name=f"{login}先生",
            role=role,
            department=department,
            created_at=store.clock.now(),
        ).execute()
    manager, rep, other = (store.desk(login) for login in ("manager", "rep", "other"))
    card = rep.cards.create("person", {"name": "张山", "organisation": "远大软件"})
    return Team(director, manager, rep, other, card.id)


def test_a_remark_waits_until_its_reader_is_done_with_it(team: Team) -> None:
    written = team.manager.remarks.write("rep", "带上样品\n再去", team.card)
    (waiting,) = team.rep.remarks.open()
    assert waiting == team.manager.remarks.sent()[0] == written
    assert (waiting.author, waiting.text) == ("manager先生", "带上样品\n再去")
    assert (waiting.card_id, waiting.card_name, waiting.hidden) == (team.card, "张山", False)
    assert team.manager.remarks.open() == []
    assert team.rep.remarks.done([waiting.id, waiting.id]) == 1
    assert team.rep.remarks.open() == []
    assert team.rep.remarks.done([waiting.id]) == 0
    assert team.rep.remarks.of_card(team.card)[0].done_at is not None


def test_a_card_that_the_reader_does_not_see_is_not_named(team: Team) -> None:
    talk = team.rep.interactions.log(team.card, InteractionValues(topic="机密报价"))
    team.rep.remarks.write("other", "你认识他们老板吗", interaction_id=talk.id)
    (waiting,) = team.other.remarks.open()
    assert waiting.hidden
    assert (waiting.card_id, waiting.card_number, waiting.card_name) == (None, None, None)
    assert (waiting.interaction_id, waiting.about) == (None, "")
    assert not {"张山", "P000001", "机密报价"} & set(map(str, asdict(waiting).values()))
    with pytest.raises(NotFound):
        team.other.remarks.of_card(team.card)
    (own,) = team.rep.remarks.sent()
    assert (own.card_name, own.about) == ("张山", "机密报价")


def test_of_a_released_card_the_reader_gets_the_name_and_not_the_talk(team: Team) -> None:
    CardRelease.insert(
        id=1,
        department=2,
        member=team.other.member.id,
        level="released",
        given_by=team.manager.member.id,
        given_at=team.rep.store.clock.now(),
        updated_at=team.rep.store.clock.now(),
    ).execute()
    talk = team.rep.interactions.log(team.card, InteractionValues(topic="机密报价"))
    team.rep.remarks.write("other", "你认识他们老板吗", interaction_id=talk.id)
    (waiting,) = team.other.remarks.open()
    assert (waiting.card_name, waiting.hidden) == ("张山", False)
    assert (waiting.about, waiting.interaction_id) == ("", None)


def test_whoever_does_not_see_a_card_writes_nothing_about_it(team: Team) -> None:
    talk = team.rep.interactions.log(team.card, InteractionValues(topic="报价"), [TodoValues("送")])
    for about in (
        {"card_id": team.card},
        {"interaction_id": talk.id},
        {"todo_id": talk.todos[0]},
        {"card_id": 999},
    ):
        with pytest.raises(NotFound):
            team.other.remarks.write("rep", "你好", **about)
    assert team.rep.remarks.open() == []
    team.other.remarks.write("rep", "一起吃饭吗")
    assert team.rep.remarks.open()[0].hidden is False


def test_a_talk_goes_with_its_own_card_only(team: Team) -> None:
    second = team.rep.cards.create("person", {"name": "李四"})
    talk = team.rep.interactions.log(
        team.card, InteractionValues(topic="报价"), [TodoValues("送样品")]
    )
    for about in ({"interaction_id": talk.id}, {"todo_id": talk.todos[0]}):
        assert team.rep.remarks.write("manager", "看看", **about).card_id == team.card
        with pytest.raises(BadValue):
            team.rep.remarks.write("manager", "看看", second.id, **about)
    row = team.rep.todos.get(talk.todos[0])
    assert {each.about for each in team.manager.remarks.open()} == {"报价", "送样品"}
    moved = TodoValues(**{**asdict(row.values), "card": second.id})
    team.rep.todos.update(row.id, row.values, moved)
    assert {each.about for each in team.manager.remarks.open()} == {"报价", ""}


def test_guidance_goes_to_whoever_stands_below(team: Team) -> None:
    team.manager.remarks.write("rep", "先看预算", team.card)
    given = team.manager.remarks.write("rep", "约见决策人", team.card, kind="guidance")
    assert team.rep.remarks.open()[0] == given
    team.director.remarks.write("manager", "月底前报数", kind="guidance")
    for desk, to in ((team.manager, "other"), (team.rep, "manager"), (team.manager, "manager")):
        with pytest.raises(NotAllowed):
            desk.remarks.write(to, "照我说的做", kind="guidance")
    with pytest.raises(BadValue):
        team.director.remarks.write("rep", "好", kind="order")


def test_an_answer_goes_back_to_the_writer(team: Team) -> None:
    written = team.rep.remarks.write("other", "你认识他们老板吗", team.card)
    answer = team.other.remarks.answer(written.id, "认识，大学同学")
    assert answer.hidden
    assert team.other.remarks.open() == []
    (waiting,) = team.rep.remarks.open()
    assert (waiting.text, waiting.answered) == ("认识，大学同学", "你认识他们老板吗")
    assert (waiting.answers, waiting.card_name) == (written.id, "张山")
    for desk in (team.rep, team.manager):
        with pytest.raises(NotAllowed):
            desk.remarks.answer(written.id, "我来")
    with pytest.raises(NotFound):
        team.director.remarks.answer(999, "我来")


def test_nobody_is_done_with_what_others_were_told(team: Team) -> None:
    on_card = team.manager.remarks.write("rep", "带样品", team.card)
    without = team.manager.remarks.write("rep", "周五开会")
    for desk, remark, refusal in (
        (team.manager, on_card, NotAllowed),
        (team.other, on_card, NotFound),
        (team.director, without, NotFound),
    ):
        with pytest.raises(refusal):
            desk.remarks.done([remark.id])
    assert len(team.rep.remarks.open()) == 2


def test_every_step_can_be_taken_back(team: Team) -> None:
    """Also by a reader who does not see the card."""
    written = team.rep.remarks.write("other", "你认识他们老板吗", team.card)
    waiting = team.other.remarks.open()
    team.other.remarks.done([written.id])
    undone = team.other.trail.undo()
    assert (undone.left, undone.about) == ((), ())
    assert team.other.remarks.open() == waiting
    team.other.trail.redo()
    assert team.other.remarks.open() == []
    team.other.trail.undo()
    team.other.remarks.answer(written.id, "认识")
    team.other.trail.undo()
    assert (team.rep.remarks.open(), team.other.remarks.open()) == ([], waiting)
    team.rep.trail.undo()
    assert team.other.remarks.open() == []
    team.rep.trail.redo()
    assert team.other.remarks.open() == waiting


def test_what_was_answered_goes_to_the_trash_when_it_is_taken_back(team: Team) -> None:
    written = team.rep.remarks.write("other", "你认识他们老板吗", team.card)
    team.other.remarks.answer(written.id, "认识")
    team.rep.trail.undo()
    assert team.other.remarks.open() == team.rep.remarks.sent() == []
    assert team.rep.remarks.open()[0].answered == "你认识他们老板吗"


def test_who_has_left_is_not_addressed(team: Team) -> None:
    written = team.other.remarks.write("rep", "走了，保重")
    assert [each.login for each in team.rep.remarks.colleagues()].count("other") == 1
    Member.update(active=False).where(Member.login == "other").execute()
    assert "other" not in [each.login for each in team.rep.remarks.colleagues()]
    for action in (
        lambda: team.rep.remarks.write("other", "在吗"),
        lambda: team.rep.remarks.answer(written.id, "保重"),
        lambda: team.rep.remarks.write("nobody", "在吗"),
    ):
        with pytest.raises(NotFound):
            action()
    assert team.rep.remarks.open() == [written]
    assert team.rep.remarks.done([written.id]) == 1


def test_a_remark_says_something_and_not_too_much(team: Team) -> None:
    for text in ("", " \n\x00", "长" * 2001):
        with pytest.raises(BadValue) as refused:
            team.rep.remarks.write("manager", text)
        assert refused.value.field == "text"
    hostile = team.rep.remarks.write("manager", "\x1b[31m红\u202e [/b]\r\n好")
    assert hostile.text == "[31m红 [/b]\n好"


def test_remarks_stand_in_the_history_of_the_card(team: Team) -> None:
    team.manager.remarks.write("rep", "带上样品", team.card)
    newest = team.rep.trail.history(team.card)[0]
    assert (newest.member, newest.records[0].table) == ("manager先生", "remark")
    with pytest.raises(StoreError):
        team.other.trail.history(team.card)


@pytest.fixture
def colleagues() -> list[Colleague]:
    return [
        Colleague("lijing", "李静"),
        Colleague("lj2", "李静"),
        Colleague("zhanglei", "张磊"),
        Colleague("zhanglx", "张磊鑫"),
        Colleague("tom", "Tom Li"),
    ]


@pytest.mark.parametrize(
    ("line", "login", "said"),
    [
        ("@张磊 帮忙看看", "zhanglei", "帮忙看看"),
        ("＠张磊帮忙看看", "zhanglei", "帮忙看看"),
        ("张磊：帮忙看看", "zhanglei", "帮忙看看"),
        ("@张磊鑫 好", "zhanglx", "好"),
        ("@zhanglei 好", "zhanglei", "好"),
        ("@ZhangLei, ok", "zhanglei", "ok"),
        ("@zlx 好", "zhanglx", "好"),
        ("@lj2 好", "lj2", "好"),
        ("@tom li call him", "tom", "call him"),
        ("@to call him", "tom", "call him"),
        ("@zl 好", None, "好"),
        ("@李静 好", None, "好"),
        ("@tomorrow call", None, "call"),
        ("@", None, ""),
        ("", None, ""),
    ],
)
def test_a_line_names_a_colleague(
    colleagues: list[Colleague], line: str, login: str | None, said: str
) -> None:
    read = read_remark_line(line, colleagues)
    assert (read.to.login if read.to else None, read.text) == (login, said)


def test_what_a_line_offers(colleagues: list[Colleague]) -> None:
    def offered(text: str) -> list[str]:
        return [each.login for each in read_remark_line(text, colleagues).candidates]

    assert offered("@") == [each.login for each in colleagues]
    assert offered("@zhang") == offered("@张") == ["zhanglei", "zhanglx"]
    assert offered("@王 好") == []
    lei, jing = colleagues[2], colleagues[0]
    assert completed("@zl 好 的", lei, colleagues) == "@张磊 好 的"
    assert completed("@李静 好", jing, colleagues) == "@lijing 好"
    assert understood(read_remark_line("@王 好", colleagues)) == ("Nobody here is called “王”",)
    assert understood(read_remark_line("@zlx 好", colleagues)) == ("To 张磊鑫 zhanglx", "好")


def test_a_remark_is_written_from_a_line(team: Team) -> None:
    written = team.rep.remarks.write_line("@other 认识他们老板吗", team.card)
    assert (written.addressee_login, written.text) == ("other", "认识他们老板吗")
    assert team.rep.remarks.complete_line("@oth 认识吗") == "@other先生 认识吗"
    assert team.rep.remarks.complete_line("@nobody 认识吗") == "@nobody 认识吗"
    with pytest.raises(Ambiguous) as several:
        team.rep.remarks.write_line("@先生 认识吗")
    assert len(several.value.candidates) == 2
    with pytest.raises(NotFound):
        team.rep.remarks.write_line("@nobody 认识吗")
    with pytest.raises(BadValue):
        team.rep.remarks.write_line("@other")


def test_today_and_briefing_tell_of_remarks(team: Team) -> None:
    done = team.manager.remarks.write("rep", "带上样品", team.card)
    team.rep.remarks.done([done.id])
    waiting = team.manager.remarks.write("rep", "先看预算", team.card)
    assert team.rep.today.agenda().remarks == (waiting,)
    assert team.manager.today.agenda().remarks == ()
    assert team.manager.briefing.of(team.card).remarks == (waiting,)
    assert [each.id for each in team.rep.remarks.of_card(team.card)] == [waiting.id, done.id]
