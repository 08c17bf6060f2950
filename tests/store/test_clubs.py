"""Clubs of customers: who is in them, what each brings, keep or drop."""

from datetime import UTC, date, datetime

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadValue, Conflict, NotAllowed, NotFound
from store.models.cards import Card
from store.records.clubs import Brings, ClubValues
from store.records.interactions import InteractionValues
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def person(desk: Desk, name: str, **values: object) -> int:
    return desk.cards.create("person", {"name": name, **values}).id


def test_a_club_is_made_renamed_and_put_away(desk: Desk) -> None:
    club = desk.clubs.make(ClubValues(" 金卡会\x1b", "老客户", date(2026, 9, 1)))
    assert (club.values.name, club.owner, club.is_due) == ("金卡会", desk.member.name, True)
    with pytest.raises(BadValue, match="needs a name"):
        desk.clubs.make(ClubValues("  "))
    with pytest.raises(BadValue, match="this name"):
        desk.clubs.make(ClubValues("金卡会"))
    renamed = desk.clubs.change(club.id, club.values, ClubValues("银卡会", "老客户", None))
    assert not renamed.is_due
    with pytest.raises(Conflict):
        desk.clubs.change(club.id, club.values, ClubValues("铜卡会", "老客户", None))
    assert desk.clubs.trash([club.id]) == 1
    assert desk.clubs.all() == []
    assert desk.clubs.all(trashed=True)[0].trashed
    desk.trail.undo()
    assert [each.values.name for each in desk.clubs.all()] == ["银卡会"]
    assert desk.clubs.resolve("银").id == club.id
    assert desk.clubs.resolve(str(club.id)).id == club.id
    desk.clubs.make(ClubValues("银卡二会"))
    assert desk.clubs.resolve("银卡会").id == club.id
    with pytest.raises(Ambiguous):
        desk.clubs.resolve("银")
    with pytest.raises(NotFound):
        desk.clubs.resolve("铂")


def test_members_come_and_go(desk: Desk) -> None:
    zhang, li = person(desk, "张山"), person(desk, "李四")
    club = desk.clubs.make(ClubValues("金卡会")).id
    assert desk.clubs.join(club, [zhang, li, zhang], date(2025, 1, 1)) == 2
    assert desk.clubs.join(club, [zhang]) == 0
    assert desk.clubs.get(club).members == 2
    assert [each.values.name for each in desk.clubs.of_card(zhang)] == ["金卡会"]
    assert [tie.card.name for tie in desk.relations.around(zhang).of("clubs")] == ["李四"]
    first = next(row for row in desk.clubs.members(club) if row.card.id == zhang)
    with pytest.raises(BadValue, match="before he joined"):
        desk.clubs.leave([first.id], date(2024, 1, 1))
    assert desk.clubs.leave([first.id]) == 1
    assert desk.clubs.leave([first.id]) == 0
    assert [row.card.name for row in desk.clubs.members(club)] == ["李四"]
    gone = desk.clubs.members(club, left=True)
    assert [(row.card.name, row.left_on) for row in gone] == [
        ("李四", None),
        ("张山", date(2026, 9, 24)),
    ]
    assert desk.clubs.of_card(zhang) == []
    assert desk.clubs.join(club, [zhang]) == 1
    assert len(desk.clubs.members(club, left=True)) == 3


def test_what_each_brings_decides_keep_or_drop(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "华东电子"}).id
    zhang = person(desk, "张山", organisation="华东电子")
    li = person(desk, "李四")
    with desk.change("x") as change:
        rows = [{"id": "a", "year": 2026, "amount": 500}, {"id": "b", "year": 2025, "amount": 900}]
        change.update(Card, house, {"profile": {"purchases": rows}})
    person(desk, "王五", referrer=desk.cards.get(li).number)
    for at in (datetime(2026, 9, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)):
        desk.interactions.log(li, InteractionValues(at=at, topic="x", others=(zhang,)))
    desk.interactions.log(li, InteractionValues(at=datetime(2020, 1, 1, tzinfo=UTC), topic="x"))
    club = desk.clubs.make(ClubValues("金卡会")).id
    desk.clubs.join(club, [li, zhang])
    rows_now = desk.clubs.members(club)
    assert [row.card.name for row in rows_now] == ["张山", "李四"]
    brings = {row.card.name: row.brings for row in rows_now}
    assert brings["张山"] == Brings(500, 900, 0, 0, 1, 1)
    assert brings["李四"] == Brings(0, 0, 1, 0, 1, 1)
    assert [row.brings.grows for row in rows_now if row.brings] == [-1, 1]
    row = desk.clubs.review(rows_now[0].id, "drop", "两年没下单")
    assert (row.verdict, row.reason, row.reviewed_on) == ("drop", "两年没下单", date(2026, 9, 24))
    with pytest.raises(BadValue):
        desk.clubs.review(rows_now[0].id, "vielleicht")
    desk.trail.undo()
    assert desk.clubs.member(rows_now[0].id).verdict is None


def test_who_knows_of_a_club_and_who_changes_it(team: SalesTeam) -> None:
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    zhang, zhou = team["zhang"], team["zhou"]
    club = zhang.clubs.make(ClubValues("金卡会"))
    assert zhou.clubs.all() == []
    with pytest.raises(NotFound):
        zhou.clubs.join(club.id, [theirs])
    zhang.clubs.join(club.id, [mine])
    team["boss"].clubs.join(club.id, [theirs])
    assert zhang.clubs.get(club.id).members == 1
    assert [row.card.name for row in zhang.clubs.members(club.id)] == ["张山"]
    assert zhou.clubs.get(club.id).members == 1
    assert not zhou.clubs.get(club.id).own
    (row,) = zhou.clubs.members(club.id)
    assert zhou.clubs.review(row.id, "keep").verdict == "keep"
    with pytest.raises(NotAllowed):
        zhou.clubs.change(club.id, club.values, ClubValues("x"))
    with pytest.raises(NotAllowed):
        zhou.clubs.trash([club.id])
    assert team["south"].clubs.get(club.id).own
    for login in ("admin", "service"):
        assert team[login].clubs.all() == []
        with pytest.raises(NotAllowed):
            team[login].clubs.make(ClubValues("y"))
    assert team["li"].clubs.all() == []


def test_of_a_released_member_nothing_but_the_name(team: SalesTeam) -> None:
    mine, theirs = team.card("zhang", "张山"), team.card("zhou", "周某")
    boss = team["boss"]
    club = boss.clubs.make(ClubValues("金卡会")).id
    boss.clubs.join(club, [mine, theirs])
    for row in boss.clubs.members(club):
        boss.clubs.review(row.id, "drop", "没意思")
    boss.releases.give("released", role="rep")
    rows = {row.card.name: row for row in team["zhang"].clubs.members(club)}
    assert rows["张山"].verdict == "drop"
    released = rows["周某"]
    assert (released.verdict, released.reason, released.brings) == (None, "", None)
    assert not released.own
    with pytest.raises(NotAllowed):
        team["zhang"].clubs.leave([released.id])


def test_who_leaves_the_team_leaves_his_clubs_to_another(team: SalesTeam) -> None:
    club = team["zhang"].clubs.make(ClubValues("金卡会")).id
    team["admin"].team.leave("zhang", "li")
    assert team["li"].clubs.get(club).own
