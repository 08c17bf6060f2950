"""The briefing: what is known in the minute before a visit."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store import language
from store.desk import Desk
from store.errors import NotFound
from store.records.briefing import Briefing, Talk
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues

SPRING = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)

PROFILE = {
    "name": "张山",
    "organisation": "华东电子",
    "title": "采购经理",
    "mobile": [{"value": "13911112345", "label": ""}, {"value": "13800000000", "label": "家"}],
    "lifecycle": "likely",
    "likelihood": "A",
    "birth_solar": "1985-09-29",
    "birth_lunar": "lunar:1985-08-15",
    "birth_kept": "lunar",
    "met_on": "2024-05-06",
    "met_at": "广州展会",
    "source": "friends",
    "first_impression": "爽快",
    "hobbies": ["钓鱼", "书法"],
    "favourite_colour": "蓝色",
    "personality": "急性子",
    "not_to_mention": "前年的官司",
    "religion": "islam",
    "accepts_sms": False,
    "accepts_mail": True,
    "marital_status": "divorced",
    "credit_limit": 3_000_000,
}


@pytest.fixture
def zhang(desk: Desk) -> int:
    referrer = desk.cards.create("person", {"name": "李雪梅"})
    return desk.cards.create("person", {**PROFILE, "referrer": referrer.number}).id


def test_who_he_is_and_how_we_met(desk: Desk, zhang: int) -> None:
    desk.family.add(zhang, FamilyValues("李娜", "妻子"))
    desk.family.add(zhang, FamilyValues("", "女儿"))
    briefing = desk.briefing.of(zhang)
    assert briefing.card == desk.cards.row(zhang)
    assert briefing.identity["Mobile"] == "13911112345; 13800000000 (家)"
    assert briefing.identity["Birthday"] == (
        "lunar 8th month, day 15, 1985, age 40, by Chinese count 42, year of the Ox, Libra"
    )
    assert briefing.identity["Family"] == "妻子 李娜, 女儿"
    for word in ("2024-05-06", "广州展会", "李雪梅", "爽快"):
        assert word in briefing.how_met
    assert "P00000" not in briefing.how_met


def test_likes_warnings_money(desk: Desk, zhang: int) -> None:
    briefing = desk.briefing.of(zhang)
    assert any("钓鱼" in line and "书法" in line for line in briefing.likes)
    assert any("蓝色" in line for line in briefing.likes)
    assert any("急性子" in line for line in briefing.likes)
    assert briefing.taboos == (
        "前年的官司",
        "Islam: no pork, no alcohol",
        "Marital status: Divorced",
        "No SMS, please",
    )
    assert any("30,000" in line for line in briefing.money)


def test_the_last_three_talks(desk: Desk, zhang: int) -> None:
    for day in range(5):
        desk.interactions.log(
            zhang,
            InteractionValues(
                at=SPRING + timedelta(days=day), method="phone", topic=f"第{day}次", words="再\n降"
            ),
        )
    desk.interactions.log(
        zhang,
        InteractionValues(
            at=SPRING + timedelta(days=9),
            reached=False,
            not_reached_reason="没接",
            feedback_kind="doubt",
            feedback="交期",
            minutes="x" * 1000,
        ),
    )
    talks = desk.briefing.of(zhang).last_interactions
    assert [talk.summary[:20] for talk in talks[1:]] == ["第4次", "第3次"]
    assert talks[1] == Talk(
        id=5,
        at=SPRING + timedelta(days=4),
        member=desk.member.name,
        method="phone",
        summary="第4次",
        words="再 降",
        interest=None,
        feedback="",
    )
    assert talks[0].summary.startswith("not reached: 没接, xxx")
    assert len(talks[0].summary) == 300
    assert talks[0].feedback == "doubt: 交期"


def test_promises_of_both_sides_and_the_next_step(desk: Desk, zhang: int) -> None:
    desk.todos.add(TodoValues("发图纸", side="theirs", card=zhang))
    desk.todos.add(TodoValues("送样品", card=zhang, due_on=date(2026, 9, 26)))
    done = desk.todos.add(TodoValues("报价", card=zhang))
    desk.todos.done([done.id])
    briefing = desk.briefing.of(zhang)
    assert [(todo.title, todo.side) for todo in briefing.promises] == [
        ("送样品", "ours"),
        ("发图纸", "theirs"),
    ]
    assert (briefing.next_step.on, briefing.next_step.what) == (date(2026, 9, 26), "送样品")
    assert "without the order" in briefing.next_step.advice
    desk.interactions.log(zhang, InteractionValues(next_on=date(2026, 9, 25)))
    step = desk.briefing.of(zhang).next_step
    assert (step.on, step.what) == (date(2026, 9, 25), "Next contact")


def test_dates_that_come_soon(desk: Desk, zhang: int) -> None:
    desk.family.add(zhang, FamilyValues("张小雨", "女儿", "2019-10-09"))
    desk.family.add(zhang, FamilyValues("张小雪", "女儿", "2019-03-09"))
    rows = desk.briefing.of(zhang).dates
    assert [(row.who, row.days) for row in rows] == [("", 1), ("张小雨", 15)]


def test_blanks_worth_asking(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "王"}).id
    briefing = desk.briefing.of(card)
    assert len(briefing.blanks) == 3
    assert "mobile" in [blank.key for blank in briefing.blanks]
    assert all(blank.label for blank in briefing.blanks)
    assert briefing.completeness == desk.cards.row(card).completeness
    assert briefing.likes == briefing.taboos == briefing.common_ground == briefing.money == ()
    assert briefing.how_met == ""


def test_an_organisation_with_its_people(desk: Desk, zhang: int) -> None:
    number = desk.cards.get(zhang).values["organisation"]
    house = desk.cards.resolve(number).id
    desk.interactions.log(zhang, InteractionValues(at=SPRING, topic="报价"))
    desk.interactions.log(house, InteractionValues(at=SPRING + timedelta(1), topic="参观"))
    desk.todos.add(TodoValues("送样品", card=zhang))
    briefing = desk.briefing.of(house)
    assert [row.name for row in briefing.people] == ["张山"]
    assert [(talk.summary, talk.who) for talk in briefing.last_interactions] == [
        ("参观", ""),
        ("报价", "张山"),
    ]
    assert [todo.title for todo in briefing.promises] == ["送样品"]
    desk.cards.trash([zhang])
    assert desk.briefing.of(house).people == ()


def common(desk: Desk, own: dict[str, object], his: dict[str, object]) -> Briefing:
    mine = desk.cards.create("person", {"name": "我", **own})
    desk.settings.set("own_card", mine.number)
    return desk.briefing.of(desk.cards.create("person", {"name": "他", **his}).id)


def test_common_ground_with_the_reader(desk: Desk) -> None:
    shared = common(
        desk,
        {
            "education": [{"school": "浙江大学"}, {"school": "一中"}],
            "hobbies": ["钓鱼"],
            "native_place": "山东济南",
            "ethnicity": "han",
            "birth_solar": "1985-01-01",
        },
        {
            "education": [{"school": "浙江大学", "major": "计算机"}],
            "hobbies": ["钓鱼", "书法"],
            "native_place": "山东青岛",
            "ethnicity": "han",
            "birth_lunar": "lunar:1985-08-15",
        },
    ).common_ground
    assert [line.split(": ")[-1] for line in shared] == [
        "浙江大学",
        "钓鱼",
        "山东",
        "Born in the same year",
    ]


def test_without_a_card_of_ones_own(desk: Desk, zhang: int) -> None:
    assert desk.briefing.of(zhang).common_ground == ()
    desk.settings.set("own_card", "P999999")
    assert desk.briefing.of(zhang).common_ground == ()
    desk.settings.set("own_card", desk.cards.row(zhang).number)
    assert desk.briefing.of(zhang).common_ground == ()


def test_whom_one_brought_oneself(desk: Desk, zhang: int) -> None:
    desk.settings.set("own_card", desk.cards.get(zhang).values["referrer"])
    assert desk.briefing.of(zhang).common_ground == ("You brought him yourself",)


def test_in_chinese(desk: Desk, zhang: int) -> None:
    language.use("zh")
    briefing = desk.briefing.of(zhang)
    assert briefing.identity["手机"].startswith("13911112345")
    assert briefing.identity["生日"] == "农历1985年八月十五，周岁 40，虚岁 42，属牛，天秤座"
    assert "伊斯兰教：不吃猪肉，不喝酒" in briefing.taboos
    assert "不拿到订单不走" in briefing.next_step.advice


def test_nobody(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.briefing.of(99)


def test_that_there_is_nothing_is_no_warning(desk: Desk) -> None:
    values = {
        "name": "李四",
        "past_illnesses": "无",
        "strong_views": "没有",
        "not_to_mention": "None",
    }
    card = desk.cards.create("person", values)
    assert desk.briefing.of(card.id).taboos == ()
    assert desk.cards.get(card.id).values.items() >= values.items()
