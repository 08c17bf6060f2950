"""Relationships, what stands around a card, and the way to somebody."""

from datetime import date
from importlib import import_module

import pytest

from store.database import Store
from store.desk import Desk
from store.doctor import examine
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.models.base import database
from store.models.cards import Affiliation
from store.models.relations import Relationship
from store.models.sharing import CardRelease
from store.records.clubs import ClubValues
from store.records.interactions import InteractionValues
from store.records.relations import INVERSE, KINDS, RelationValues, inverse
from tests.store.sales_team import SalesTeam, sales_team


def person(desk: Desk, name: str, **values: object) -> int:
    return desk.cards.create("person", {"name": name, **values}).id


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def names_around(desk: Desk, card: int) -> list[tuple[str, str, str]]:
    return [(tie.group, tie.how, tie.card.name) for tie in desk.relations.around(card).ties]


def test_a_relationship_is_shown_from_both_sides_once(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    row = desk.relations.add(zhang, li, "senior", 4, "同一个师傅带出来的\x1b")
    assert row.values == RelationValues("senior", 4, "同一个师傅带出来的")
    assert row.own
    assert names_around(desk, zhang) == [("below", "junior", "李四")]
    assert names_around(desk, li) == [("above", "senior", "张山")]
    desk.relations.add(zhang, li, "townsman")
    assert [how for _group, how, _name in names_around(desk, li)] == ["senior", "townsman"]
    assert [each.values.kind for each in desk.relations.of(li)] == ["senior", "townsman"]


def test_every_kind_has_another_side_that_leads_back() -> None:
    assert all(inverse(inverse(kind)) == kind for kind in KINDS)
    assert set(INVERSE.values()) <= set(KINDS)


def test_the_same_said_again_from_the_other_side_is_refused(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    desk.relations.add(zhang, li, "senior")
    for first, second, kind in ((zhang, li, "senior"), (li, zhang, "junior")):
        with pytest.raises(BadValue, match="known already"):
            desk.relations.add(first, second, kind)
    friend = desk.relations.add(li, zhang, "friend").id
    with pytest.raises(BadValue, match="known already"):
        desk.relations.update(friend, RelationValues("friend"), RelationValues("junior"))
    with pytest.raises(BadValue, match="himself"):
        desk.relations.add(zhang, zhang, "friend")
    with pytest.raises(BadValue, match="1 to 5"):
        desk.relations.add(zhang, li, "relative", 6)


def test_two_who_change_one_relationship(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    base = RelationValues("friend", 2, "")
    row = desk.relations.add(zhang, li, "friend", 2)
    desk.relations.update(row.id, base, RelationValues("friend", 2, "牌友"))
    both = desk.relations.update(row.id, base, RelationValues("friend", 5, ""))
    assert both.values == RelationValues("friend", 5, "牌友")
    with pytest.raises(Conflict):
        desk.relations.update(row.id, base, RelationValues("friend", 1, ""))


def test_undo_takes_each_step_back(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    row = desk.relations.add(zhang, li, "friend", 2)
    desk.relations.update(row.id, row.values, RelationValues("friend", 4, ""))
    desk.relations.remove(row.id)
    assert desk.relations.of(zhang) == []
    desk.trail.undo()
    assert desk.relations.get(row.id).values.strength == 4
    desk.trail.undo()
    assert desk.relations.get(row.id).values.strength == 2
    desk.trail.undo()
    assert desk.relations.of(li) == []


def test_history_tells_it_in_words_and_hides_whom_the_reader_does_not_see(
    team: SalesTeam,
) -> None:
    from store.change_words import told_of

    mine, others = team.card("zhang", "张山"), team.card("zhou", "周某")
    seen = team.card("zhang", "李四")
    team["zhang"].relations.add(mine, seen, "senior", 4)
    team["keeper"].relations.add(mine, others, "rival")
    told = [
        told_of(record, "person")
        for entry in team["zhang"].trail.history(mine)
        for record in entry.records
        if record.table == "relationship"
    ]
    assert told == [[("Relationship", "", "李四 (his junior) ****")]]
    summaries = [entry.summary for entry in team["boss"].trail.history(mine)]
    assert summaries.count("Relationship noted") == 2


def test_who_sees_nothing_of_a_card_is_not_told_that_it_is_linked(team: SalesTeam) -> None:
    mine, others = team.card("zhang", "张山"), team.card("zhou", "周某")
    row = team["boss"].relations.add(others, mine, "friend", 3, "一起钓鱼")
    zhang = team["zhang"]
    assert zhang.relations.of(mine) == []
    assert zhang.relations.around(mine).ties == ()
    assert zhang.relations.around(mine).more == ()
    with pytest.raises(NotFound):
        zhang.relations.get(row.id)
    with pytest.raises(NotFound):
        zhang.relations.add(mine, others, "friend")
    with pytest.raises(NotFound):
        zhang.relations.path(others)
    with pytest.raises(NotFound):
        zhang.relations.around(others)


def test_of_a_released_card_the_name_and_never_the_words_on_it(team: SalesTeam) -> None:
    mine = team.card("zhang", "张山")
    others = team.card("zhou", "周某", organisation="恒通物流", mobile=[{"value": "13977778888"}])
    third = team.card("zhou", "郑某")
    boss = team["boss"]
    boss.relations.add(others, mine, "friend", 3, "一起钓鱼")
    boss.relations.add(others, third, "friend", 5)
    boss.releases.give("released", role="rep")
    zhang = team["zhang"]
    assert zhang.relations.around(mine).ties[0].card.name == "周某"
    (tie,) = zhang.relations.around(mine).of("ties")
    assert (tie.how, tie.strength, tie.note, tie.card.whole) == ("friend", 3, "", False)
    assert "13977778888" not in repr(zhang.relations.around(mine))
    with pytest.raises(NotFound):
        zhang.relations.around(others)
    route = zhang.relations.path(others)
    assert [step.card.name for step in route.steps] == ["张山", "周某"]
    # That two of them are friends is not his to know.
    assert zhang.relations.path(third).steps == ()


def test_whoever_may_change_one_of_the_two_changes_what_joins_them(team: SalesTeam) -> None:
    mine, others = team.card("zhang", "张山"), team.card("zhou", "周某")
    team["boss"].releases.give("whole", role="rep")
    row = team["zhang"].relations.add(mine, others, "friend")
    values = RelationValues("friend", 5, "")
    assert team["zhou"].relations.update(row.id, row.values, values).values.strength == 5
    with pytest.raises(NotAllowed):
        team["li"].relations.remove(row.id)
    with pytest.raises(NotAllowed):
        team["zhou"].relations.add(mine, others, "relative")
    with pytest.raises(NotFound):
        team["service"].relations.add(mine, others, "relative")


def test_everything_around_a_person(desk: Desk) -> None:
    boss = person(desk, "欧阳静", organisation="华东电子", title="总经理")
    zhang = person(
        desk,
        "张山",
        organisation="华东电子",
        title="采购经理",
        native_place="绍兴",
        referrer="老陈",
    )
    single = person(desk, "单雪梅", organisation="华东电子")
    gone = person(desk, "赵申", organisation="华东电子")
    townsman = person(desk, "郑爽", native_place="绍兴", referrer="P000002")
    values = desk.cards.get(gone).values
    desk.cards.save(gone, values, {**values, "organisation": "恒通物流"})
    with desk.change("x") as change:
        row = Affiliation.select().where(Affiliation.person == zhang).get()
        change.update(Affiliation, row.id, {"reports_to_id": boss})
    desk.relations.add(zhang, single, "friend", 5)
    assert names_around(desk, zhang) == [
        ("above", "superior", "欧阳静"),
        ("ties", "friend", "单雪梅"),
        ("work", "employer", "华东电子"),
        ("brought", "brought", "郑爽"),
        ("alike", "same_employer", "赵申"),
    ]
    assert ("below", "report", "张山") in names_around(desk, boss)
    house = desk.cards.resolve("华东电子").id
    assert [(how, name) for _group, how, name in names_around(desk, house)] == [
        ("works_here", "欧阳静"),
        ("works_here", "张山"),
        ("works_here", "单雪梅"),
        ("worked_here", "赵申"),
    ]
    (left,) = [tie for tie in desk.relations.around(house).ties if tie.how == "worked_here"]
    assert left.note == "until 2026-09"
    assert ("alike", "same_place", "郑爽") not in names_around(desk, zhang)  # he brought him
    assert ("referred_by", "referred_by", "张山") in names_around(desk, townsman)


def test_what_is_in_the_trash_is_around_nobody(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    desk.relations.add(zhang, li, "friend")
    desk.cards.trash([li])
    assert desk.relations.around(zhang).ties == ()
    with pytest.raises(NotFound):
        desk.relations.path(li)


def test_many_colleagues_are_cut_and_counted(desk: Desk) -> None:
    zhang = person(desk, "张山", organisation="华东电子")
    for place in range(35):
        person(desk, f"同事{place}", organisation="华东电子")
    around = desk.relations.around(zhang)
    assert len(around.of("work")) == 30
    assert around.more == (("work", 6),)


def test_the_way_begins_with_the_members_own_card_or_customers(team: SalesTeam) -> None:
    zhang = team["zhang"]
    me = team.card("zhang", "张磊")
    customer, friend = team.card("zhang", "张山"), team.card("boss", "李四")
    goal, lonely = team.card("boss", "王总"), team.card("boss", "孤")
    team["boss"].releases.give("whole", role="rep")
    boss = team["boss"]
    boss.relations.add(customer, friend, "friend", 5)
    boss.relations.add(friend, goal, "relative", 5)

    def steps(card: int) -> list[tuple[str, str]]:
        return [(step.card.name, step.how) for step in zhang.relations.path(card).steps]

    assert steps(goal) == [("张山", "own_customer"), ("李四", "friend"), ("王总", "relative")]
    assert steps(customer) == [("张山", "own_customer")]
    assert steps(lonely) == []
    zhang.settings.set("own_card", zhang.cards.get(me).number)
    zhang.relations.add(me, goal, "schoolmate", 4)
    assert steps(goal) == [("张磊", "self"), ("王总", "schoolmate")]
    route = boss.relations.path(goal, customer)
    assert not route.mine
    assert [step.how for step in route.steps] == ["", "friend", "relative"]


def test_the_customer_who_was_talked_with_lately_is_asked_first(desk: Desk) -> None:
    goal = person(desk, "王总")
    customers = [person(desk, name) for name in ("久未联系", "刚联系")]
    other = desk.store
    for customer in customers:
        desk.relations.add(customer, goal, "friend", 3)
    desk.interactions.log(customers[1], InteractionValues(topic="报价"))
    # The goal is somebody else's customer, or the way would be none.
    with desk.change("x", asked=True) as change:
        from store.models.cards import Card
        from store.models.team import Member

        someone = change.insert(
            Member, {"login": "x", "name": "x", "role": "rep", "created_at": change.now}
        )
        change.update(Card, goal, {"owner_id": someone})
    route = other.desk(desk.member.login).relations.path(goal)
    assert [step.card.name for step in route.steps] == ["刚联系", "王总"]
    assert route.steps[0].last_contact is not None


def test_colleagues_are_one_step_and_rivals_lead_nowhere(desk: Desk) -> None:
    zhang = person(desk, "张山", organisation="华东电子")
    single = person(desk, "单雪梅", organisation="华东电子")
    foe = person(desk, "郑爽")
    desk.relations.add(single, foe, "rival", 5)
    route = desk.relations.path(single, zhang)
    assert [(step.how, step.detail) for step in route.steps] == [
        ("", ""),
        ("works_with", "华东电子"),
    ]
    assert desk.relations.path(foe, zhang).steps == ()
    house = desk.cards.resolve("华东电子").id
    assert [step.how for step in desk.relations.path(house, zhang).steps] == ["", "employer"]
    assert [step.how for step in desk.relations.path(zhang, house).steps] == ["", "works_here"]


def test_a_strong_way_of_three_goes_before_a_weak_one_of_two(desk: Desk) -> None:
    a, b, c, d = (person(desk, name) for name in "甲乙丙丁")
    desk.relations.add(a, b, "friend", 1)
    desk.relations.add(b, d, "friend", 1)
    desk.relations.add(a, c, "friend", 5)
    desk.relations.add(c, d, "friend", 5)
    assert [step.card.name for step in desk.relations.path(d, a).steps] == ["甲", "丙", "丁"]


def test_who_dislikes_introductions_is_marked_on_the_way(desk: Desk) -> None:
    a, b, c = (person(desk, name) for name in "甲乙丙")
    desk.relations.add(a, b, "friend", 5)
    desk.relations.add(b, c, "friend", 5)
    with desk.change("x") as change:
        from store.models.cards import Card

        change.update(Card, b, {"profile": {"dislikes_introductions": True}})
    marked = [step.dislikes_introductions for step in desk.relations.path(c, a).steps]
    assert marked == [False, True, False]
    assert desk.relations.around(b).dislikes_introductions
    assert desk.referrals.dislikes(b)


def test_merely_a_name_of_a_department_that_is_taken_back_leads_no_more(team: SalesTeam) -> None:
    mine, others = team.card("zhang", "张山"), team.card("zhou", "周某")
    team["boss"].relations.add(mine, others, "friend", 3)
    release = team["boss"].releases.give("released", role="rep", until=date(2099, 1, 1))
    assert team["zhang"].relations.path(others).steps
    team["boss"].releases.take_back(release.id)
    assert CardRelease.select().count() == 1
    with pytest.raises(NotFound):
        team["zhang"].relations.path(others)
    assert Relationship.select().count() == 1


def test_who_is_erased_leaves_no_tie_and_no_word_of_him(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    wang = person(desk, "王五", referrer=desk.cards.get(zhang).number)
    desk.relations.add(li, zhang, "friend", 4, "暗语九一七")
    club = desk.clubs.make(ClubValues("金卡会")).id
    desk.clubs.join(club, [zhang, li])
    desk.audit.erase(zhang, "客户要求")
    assert desk.relations.of(li) == []
    assert desk.referrals.of(wang) == []
    assert [row.card.name for row in desk.clubs.members(club)] == ["李四"]
    kept = database.execute_sql("SELECT before || after FROM change").fetchall()
    assert not any("暗语九一七" in text for (text,) in kept)
    assert [check for check in examine(desk.store).checks if not check.ok] == []
    person(desk, "赵六", referrer="老陈")


def test_what_was_in_a_box_before_is_a_referral_as_well(store: Store, desk: Desk) -> None:
    zhang = person(desk, "张山")
    person(desk, "李四", referrer=desk.cards.get(zhang).number, met_on="2026-03-01")
    person(desk, "王五", referrer="老陈")
    script = import_module("store.migrations.0004_the_whole_card")
    with store.transaction():
        for table in ("referral", "counter"):
            name = " WHERE name = 'referral'" if table == "counter" else ""
            database.execute_sql(f"DELETE FROM {table}{name}")
        for statement in script.REFERRALS:
            database.execute_sql(statement)
    assert [
        (row.referrer.name if row.referrer else row.referrer_name, row.values.on)
        for row in desk.referrals.to_thank()
    ] == [("张山", date(2026, 3, 1)), ("老陈", None)]
    assert [check for check in examine(store).checks if not check.ok] == []
    desk.referrals.note(zhang, referrer_name="老王")
