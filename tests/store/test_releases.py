"""Releases: by whom, of what, to whom, until when."""

from datetime import UTC, date, datetime

import pytest

from store.database import Store
from store.doctor import examine
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.models.sharing import CardRelease
from store.records.cards import CardQuery
from tests.store.hand_clock import HandClock
from tests.store.sales_team import SalesTeam, sales_team

SOUTH, EAST, SHENZHEN = 2, 3, 4


@pytest.fixture
def hands(store: Store) -> HandClock:
    store.clock = HandClock()
    return store.clock


@pytest.fixture
def team(store: Store, hands: HandClock) -> SalesTeam:
    members = sales_team(store)
    members.card("zhang", "张山", mobile=[{"value": "13900001111"}])
    members.card("li", "李四")
    return members


def names(team: SalesTeam, login: str) -> set[str]:
    return {row.name for row in team[login].cards.page(CardQuery(), 0, 9)}


def test_sellers_get_names_until_the_end_of_the_last_day(team: SalesTeam, hands: HandClock) -> None:
    given = team["south"].releases.give(
        "released", department=SOUTH, role="rep", until=date(2026, 9, 25), reason=" 协同\n"
    )
    assert (given.department_name, given.role, given.reason) == ("华南", "rep", "协同")
    assert (given.state, given.to_review, given.given_by) == ("running", False, "南经理")
    assert given.ends_at == datetime(2026, 9, 25, 16, tzinfo=UTC)
    assert names(team, "zhou") == {"张山", "李四"}
    card = team["zhou"].cards.get(1)
    assert set(card.values) == {"name"}
    assert names(team, "service") == set()
    hands.wait(days=1, hours=12)
    assert names(team, "zhou") == set()
    assert team["south"].releases.all() == []
    assert [row.state for row in team["south"].releases.all(ended=True)] == ["ended"]
    with pytest.raises(Conflict, match="over already"):
        team["south"].releases.take_back(given.id)
    assert [check for check in examine(team.store).checks if not check.ok] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(
            (text, True)
            for text in ("张山", "山", "zs", "zhangshan", "zhang", "zhang山", "zhang s")
        ),
        *((text, False) for text in ("老鹰", "ly", "laoying", "lao", "zs ly", "张鹰")),
    ],
)
def test_a_released_name_is_found_as_any_name_and_a_nickname_never(
    team: SalesTeam, text: str, found: bool
) -> None:
    before = team["zhang"].cards.get(1).values
    team["zhang"].cards.save(1, before, {**before, "nickname": "老鹰"})
    team["south"].releases.give("released", department=SOUTH, role="rep")
    query = CardQuery(text=text)
    assert [row.name for row in team["zhou"].cards.page(query, 0, 9)] == ["张山"] * found
    assert team["zhou"].cards.count(query) == found


def test_service_staff_get_whole_cards_until_they_are_taken_back(team: SalesTeam) -> None:
    given = team["south"].releases.give("whole", department=SHENZHEN, login="service")
    assert (given.member, given.login, given.role) == ("孙丽", "service", "")
    assert given.to_review
    assert names(team, "service") == {"李四"}
    assert team["service"].cards.get(2).level == 3
    taken = team["boss"].releases.take_back(given.id)
    assert (taken.state, taken.to_review) == ("taken_back", False)
    assert names(team, "service") == set()
    with pytest.raises(Conflict):
        team["south"].releases.take_back(given.id)


MAY_RELEASE = {
    "boss": {SOUTH, EAST, SHENZHEN, None},
    "south": {SOUTH, SHENZHEN},
    "east": {EAST},
    "zhang": set(),
    "service": set(),
    "keeper": set(),
    "admin": set(),
}


@pytest.mark.parametrize("who", MAY_RELEASE)
def test_who_releases_what(team: SalesTeam, who: str) -> None:
    releases = team[who].releases
    for department in (SOUTH, EAST, SHENZHEN, None):
        theirs = team["boss"].releases.give("whole", department=department, role="rep")
        if department in MAY_RELEASE[who]:
            given = releases.give("released", department=department, role="service")
            assert releases.get(given.id).takes_back
            assert releases.take_back(given.id).state == "taken_back"
            assert releases.take_back(theirs.id).state == "taken_back"
            continue
        with pytest.raises(NotAllowed):
            releases.give("released", department=department, role="service")
        with pytest.raises((NotAllowed, NotFound)):
            releases.take_back(theirs.id)
    assert CardRelease.select().where(CardRelease.role == "service").count() == len(
        MAY_RELEASE[who]
    )


def test_whose_business_a_release_is(team: SalesTeam) -> None:
    boss = team["boss"].releases
    south = boss.give("released", department=SOUTH, role="rep").id
    east = boss.give("released", department=EAST, login="service", until=date(2026, 10, 1)).id
    everywhere = boss.give("whole", role="service").id
    assert {row.id for row in boss.all()} == {south, east, everywhere}
    assert {row.id for row in team["keeper"].releases.all()} == {south, east, everywhere}
    assert {row.id for row in team["south"].releases.all()} == {south, everywhere}
    assert {row.id for row in team["east"].releases.all()} == {east, everywhere}
    assert {row.id for row in team["zhou"].releases.all()} == {south}
    assert {row.id for row in team["service"].releases.all()} == {east, everywhere}
    assert team["admin"].releases.all() == []
    assert [row.takes_back for row in team["south"].releases.all()] == [False, True]
    assert not any(row.takes_back for row in team["keeper"].releases.all())
    with pytest.raises(NotFound):
        team["admin"].releases.get(south)
    assert [row.id for row in boss.all()] == [everywhere, south, east]  # without an end first
    assert len(boss.all(1)) == 1


def test_what_cannot_be_released(team: SalesTeam) -> None:
    releases = team["boss"].releases
    for both in ({}, {"role": "rep", "login": "zhou"}):
        with pytest.raises(BadValue, match="not both"):
            releases.give("whole", **both)  # type: ignore[arg-type]
    for role in ("director", "custodian", "administrator", "x"):
        with pytest.raises(BadValue) as refused:
            releases.give("whole", role=role)
        assert refused.value.field == "role"
    for login in ("keeper", "admin"):
        with pytest.raises(BadValue, match="release to others"):
            releases.give("whole", login=login)
    with pytest.raises(BadValue) as refused:
        releases.give("all", role="rep")
    assert refused.value.field == "level"
    with pytest.raises(BadValue, match="in the past"):
        releases.give("whole", role="rep", until=date(2026, 9, 23))
    with pytest.raises(NotFound):
        releases.give("whole", role="rep", department=99)
    with pytest.raises(NotFound):
        releases.give("whole", login="nobody")
    with pytest.raises(BadValue) as refused:
        releases.give("whole", role="rep", reason="x" * 501)
    assert refused.value.field == "reason"
    assert releases.all(ended=True) == []


def test_undo_takes_a_release_away(team: SalesTeam) -> None:
    given = team["south"].releases.give("released", department=SOUTH, role="rep")
    team["south"].trail.undo()
    assert names(team, "zhou") == set()
    with pytest.raises(NotFound):
        team["south"].releases.get(given.id)
    again = team["south"].releases.give("released", department=SOUTH, role="rep")
    team["south"].releases.take_back(again.id)
    with team["boss"].change("x", asked=True) as change:
        from store.models.team import Member

        change.update(Member, team["south"].member.id, {"role": "rep"})
    assert team["south"].trail.undo().reverted == 0
    assert names(team, "zhou") == set()
