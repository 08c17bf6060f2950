"""What the briefing tells of competitors, needs, money, warnings, review, and what joins people."""

from datetime import date

import pytest

from store import language
from store.briefing_lines import facts, parts
from store.desk import Desk
from store.records.briefing import Briefing
from store.records.occasions import FamilyValues
from store.records.people import PlaceValues
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store) -> SalesTeam:
    return sales_team(store)


def brief(desk: Desk, kind: str = "organisation", **values: object) -> Briefing:
    return desk.briefing.of(desk.cards.create(kind, {"name": "华东电子", **values}).id)


def text_of(desk: Desk, briefing: Briefing) -> list[str]:
    told = parts(briefing, desk.store.clock)
    return [part.title for part in told] + [line.text for part in told for line in part.lines]


def test_competitors_the_best_chance_first(desk: Desk) -> None:
    told = brief(
        desk,
        competitors=[
            {"competitor": "甲厂", "chance": "low"},
            {
                "competitor": "乙厂",
                "product": "变送器",
                "satisfaction": "dissatisfied",
                "chance": "high",
                "chance_reason": "交期",
                "our_edge": "现货",
                "rep": "老王",
                "rep_style": "爱请客",
            },
        ],
    ).competitors
    assert told[0] == (
        "乙厂 变送器; Satisfaction Dissatisfied; Chance of replacing High: 交期; Our edge 现货; "
        "Their rep 老王 爱请客"
    )
    assert told[1] == "甲厂; Chance of replacing Low"


def test_needs_what_he_must_have_first(desk: Desk) -> None:
    told = brief(
        desk,
        needs=[
            {"need": "便宜", "must": "nice"},
            {"need": "两周交货", "must": "must", "kind": "business", "answer": "分批交货"},
        ],
    ).needs
    assert told == ("两周交货 (Must have, Business need) → 分批交货", "便宜 (Nice to have)")


def test_money_as_far_as_known(desk: Desk) -> None:
    told = brief(
        desk,
        lifecycle="buyer",
        credit_limit=3_000_000,
        payment_attitude="slow",
        purchases=[
            {"year": 2023, "amount": 1_000_000, "product": "变送器"},
            {"year": 2025, "amount": 2_000_000},
            *({"year": year} for year in (2020, 2021)),
        ],
    ).money
    assert told[0].startswith("Credit limit: ")
    assert "Attitude to paying: Slow" in told
    years = told[-1].partition(": ")[2].split("; ")
    assert [year[:4] for year in years] == ["2025", "2023", "2021"]
    assert years[1].endswith("变送器")


def test_rows_from_elsewhere_do_no_harm(desk: Desk) -> None:
    """An import may leave anything in a profile: what is no row, or has no column, is passed by."""
    from store.models.base import database

    card = desk.cards.create("organisation", {"name": "华东电子"}).id
    odd = '{"competitors": "x", "needs": [1, {"must": 5}], "news": {"on": 3}, "purchases": [[]]}'
    database.execute_sql("UPDATE card SET profile = ? WHERE id = ?", [odd, card])
    told = desk.briefing.of(card)
    assert (told.competitors, told.money, told.news) == ((), (), ())


def test_what_to_be_careful_with(desk: Desk) -> None:
    told = brief(
        desk,
        "person",
        risk=True,
        risk_reasons=["arrears"],
        drinks=False,
        minds_smoking=True,
        health="poor",
        education_level="college",
        no_university_sensitive=True,
        strong_views="足球",
    ).taboos
    assert told == (
        "Customer of risk: Arrears",
        "Present health: Poor",
        "Does not drink",
        "Minds others smoking",
        "Do not ask where he studied",
        "Subjects of strong views: 足球",
    )
    assert brief(desk, "person", health="good", drinks=True, risk=False).taboos == ()


def test_who_may_not_read_a_warning_learns_that_there_is_one(team: SalesTeam) -> None:
    secret = {"not_to_mention": "离婚", "religion": "islam", "health": "poor"}
    card = team.card("zhang", **secret)
    team["boss"].releases.give("whole", role="service")
    told = team["service"].briefing.of(card).taboos
    assert told == ("Masked for you: Not to be mentioned, Religion, Present health",)
    assert "离婚" in team["south"].briefing.of(card).taboos
    team["service"].cards.unmask(card, "not_to_mention")
    assert team["service"].briefing.of(card).taboos[0] == "离婚"


def test_stage_and_grades_stand_apart(desk: Desk) -> None:
    told = brief(desk, "person", lifecycle="likely", likelihood="A", importance="key")
    assert list(told.stage) == ["Lifecycle", "Likelihood", "Importance"]
    assert "Lifecycle" not in told.identity


def test_the_review_and_a_managers_verdict(team: SalesTeam) -> None:
    desk, card = team["zhang"], team.card("zhang")
    assert desk.briefing.of(card).review.due_on == desk.cards.row(card).review_due_on
    sent = team["south"].inspections.inspect(card, "sent_back", {"": "再补充", "dates": "生日呢"})
    told = desk.briefing.of(card)
    assert told.review.remarks == ("再补充", "Dates: 生日呢")
    assert any("sent it back" in line for line in text_of(desk, told))
    assert "sent back by 南经理" in dict(facts(told, desk.store.clock)[-1])["Review"]
    desk.inspections.answer(sent.id, "补了")
    assert desk.briefing.of(card).review.remarks == ()
    team["south"].inspections.inspect(card, "approved", {})
    told = desk.briefing.of(card)
    assert "approved by 南经理" in dict(facts(told, desk.store.clock)[-1])["Review"]


def test_dates_of_a_house_are_those_of_its_people_too(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子", "founded": "2010-10-01"})
    zhang = desk.cards.create(
        "person",
        {"name": "张山", "organisation": house.number, "birth_solar": "1985-09-29"},
    )
    desk.family.add(zhang.id, FamilyValues("小雨", "女儿", "2019-10-09"))
    told = desk.briefing.of(house.id)
    assert [(row.name, row.who) for row in told.dates] == [
        ("张山", ""), ("华东电子", ""), ("张山", "小雨"),
    ]  # fmt: skip
    lines = text_of(desk, told)
    assert any("张山 女儿 小雨" in line for line in lines)


def test_what_is_missing_takes_no_line(desk: Desk) -> None:
    told = brief(desk, "person")
    assert {part.key for part in parts(told, desk.store.clock)} == {"now", "common", "blanks"}


def test_the_hint_at_ones_own_card_goes_once_it_is_set(desk: Desk) -> None:
    told = brief(desk, "person")
    assert any("your own" in line for line in text_of(desk, told))
    desk.own_card.set(desk.cards.create("person", {"name": "我"}).id)
    assert not any("your own" in line for line in text_of(desk, desk.briefing.of(told.card.id)))


# What joins them


def joined(desk: Desk, own: dict[str, object], his: dict[str, object], kind: str = "person"):
    mine = desk.cards.create("person", {"name": "我", **own})
    desk.own_card.set(mine.id)
    return desk.briefing.of(desk.cards.create(kind, {"name": "他", **his}).id).common_ground


def test_places_clubs_and_travels(desk: Desk) -> None:
    told = joined(
        desk,
        {"birthplace": "浙江绍兴", "clubs": ["浙商会"], "travelled": ["西藏"], "drinks": True},
        {"native_place": "浙江绍兴", "former_clubs": ["浙商会"], "travelled": ["西藏", "日本"]},
    )
    assert told == ("Native place: 浙江绍兴", "Clubs now: 浙商会", "Places travelled: 西藏")


def test_former_employers_in_both_directions(desk: Desk) -> None:
    desk.cards.create("organisation", {"name": "华东电子"})
    same = "You both know this house from inside: 华东电子"
    now, once = {"organisation": "华东电子"}, {"career": [{"employer": "华东电子"}]}
    assert joined(desk, once, now) == (same,)
    assert joined(desk, now, once) == (same,)
    assert joined(desk, once, once) == (same,)


def test_a_house_where_one_worked(desk: Desk) -> None:
    told = joined(desk, {"career": [{"employer": "恒通"}]}, {"name": "恒通"}, "organisation")
    assert told == ("You both know this house from inside: 恒通",)


def test_who_brought_whom(desk: Desk) -> None:
    li = desk.cards.create("person", {"name": "李雪梅"})
    assert joined(desk, {"referrer": li.number}, {"referrer": li.number}) == (
        "李雪梅 brought you both",
    )
    own = desk.own_card.row()
    assert own is not None
    seen = desk.cards.get(own.id).values
    desk.cards.save(own.id, seen, {**seen, "referrer": li.number})
    assert desk.briefing.of(li.id).common_ground == ("He brought you",)


def test_nothing_masked_joins(team: SalesTeam, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both directions: his masked school, and that of an own card which is somebody else's."""
    school = {"education": [{"school": "浙江大学"}]}
    his, mine = team.card("zhang", "他", **school), team.card("zhang", "我", **school)
    team["boss"].releases.give("whole", role="service")
    team["service"].own_card.set(mine)
    assert team["service"].briefing.of(his).common_ground == ("School: 浙江大学",)
    monkeypatch.setattr("store.standing.sensitive_keys", lambda kind: frozenset({"education"}))
    assert team["service"].briefing.of(his).common_ground == ()
    assert team["south"].own_card.set(mine)
    assert team["south"].briefing.of(his).common_ground == ("School: 浙江大学",)


def test_in_chinese_it_reads_as_people_speak(desk: Desk) -> None:
    language.use("zh")
    told = brief(
        desk,
        needs=[{"need": "两周交货", "must": "must", "answer": "分批交货"}],
        dealer_checks=[{"on": "2026-09-01", "stock": "short"}],
    )
    lines = text_of(desk, told)
    assert "两周交货（必须有） → 分批交货" in lines
    assert "2026-09-01 经销巡查：库存 不足" in lines


def test_the_birthday_of_today_is_told(desk: Desk) -> None:
    told = brief(desk, "person", birth_solar=str(date(1985, 9, 24)))
    assert told.dates[0].days == 0


def test_who_decides_stands_first_and_what_a_person_is_there(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子"})
    head = desk.people.add(house.id, "王总", PlaceValues(title="总经理", role="decision_maker"))
    desk.people.add(house.id, "小李", PlaceValues(title="文员"))
    buyer = PlaceValues(role="buyer", attitude="friendly", influence=4, reports_to=head.card_id)
    zhang = desk.people.add(house.id, "张山", buyer)
    told = desk.briefing.of(house.id)
    assert [row.name for row in told.people] == ["王总", "张山", "小李"]
    assert told.parts[zhang.card_id] == "Buyer, Friendly"
    assert "张山  Buyer, Friendly" in "\n".join(text_of(desk, told))
    stage = desk.briefing.of(zhang.card_id).stage
    assert {key: stage[key] for key in ("Role", "Attitude", "Influence", "Reports to")} == {
        "Role": "Buyer", "Attitude": "Friendly", "Influence": "4", "Reports to": "王总",
    }  # fmt: skip
    assert any("No decision-maker met yet: 王总" in gap for gap in told.gaps)


def test_of_many_people_a_few_are_told(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子"})
    for place in range(11):
        desk.people.add(house.id, f"员工{place:02}")
    told = parts(desk.briefing.of(house.id), desk.store.clock)
    (people,) = [part for part in told if part.key == "people"]
    assert len(people.lines) == 9
    assert people.lines[-1].text == "and 3 more"


def test_whom_both_know_and_what_they_are_to_each_other(desk: Desk) -> None:
    mine, his = (desk.cards.create("person", {"name": name}).id for name in ("我", "他"))
    others = [desk.cards.create("person", {"name": f"熟人{place}"}).id for place in range(6)]
    for other in others:
        desk.relations.add(other, mine, "friend")
        desk.relations.add(his, other, "colleague")
    desk.relations.add(mine, his, "senior")
    desk.own_card.set(mine)
    told = desk.briefing.of(his).common_ground
    assert told == (
        "To him you are: His senior",
        "You both know: 熟人0, 熟人1, 熟人2, 熟人3 and 2 more",
    )
    desk.cards.trash(others)
    assert desk.briefing.of(his).common_ground == ("To him you are: His senior",)


def test_whom_he_does_not_see_he_does_not_know(team: SalesTeam) -> None:
    """The customer of a colleague, whom both are linked with, is not named."""
    mine, his = team.card("li", "我"), team.card("li", "他")
    hidden = team.card("zhou", "暗中人")
    for card in (mine, his):
        team["boss"].relations.add(card, hidden, "friend")
    team["li"].own_card.set(mine)
    assert team["li"].briefing.of(his).common_ground == ()
    team["boss"].own_card.set(mine)
    assert team["boss"].briefing.of(his).common_ground == ("You both know: 暗中人",)
