"""Who travels, and what happened: on Today and in the briefing, by the rows on the cards."""

from datetime import date, timedelta

import pytest

from store.desk import Desk
from store.itinerary import end_of_next_week
from store.records.briefing import NewsItem, Trip
from tests.conftest import TODAY
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store) -> SalesTeam:
    return sales_team(store)


def trip(first: int | None, last: int | None, city: str = "上海", **more: str) -> dict[str, str]:
    """A row from and until so many days from today."""
    days = {"from": first, "until": last}
    said = {key: f"{TODAY + timedelta(away)}" for key, away in days.items() if away is not None}
    return {**said, "city": city, **more}


def happened(days_ago: int, what: str = "扩产", **more: str) -> dict[str, str]:
    return {"on": f"{TODAY - timedelta(days_ago)}", "what": what, **more}


def travels(desk: Desk, *rows: dict[str, str]) -> tuple[Trip, ...]:
    desk.cards.create("person", {"name": "张山", "itinerary": list(rows)})
    return desk.today.agenda().trips


def news(desk: Desk, *rows: dict[str, str]) -> tuple[NewsItem, ...]:
    desk.cards.create("organisation", {"name": "华东电子", "news": list(rows)})
    return desk.today.agenda().news


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (-3, -1, False),  # over
        (-3, 0, True),  # the last day
        (-30, 2, True),
        (0, 0, True),
        (10, 12, True),  # Sunday of next week
        (11, 12, False),
        (-400, 400, False),  # nobody is away for so long
        (None, 3, True),
        (0, None, True),  # a day trip
        (-1, None, False),
        (9, None, True),
        (None, None, False),
    ],
)
def test_this_week_and_the_next(
    desk: Desk, first: int | None, last: int | None, shown: bool
) -> None:
    assert bool(travels(desk, trip(first, last))) is shown


def test_next_week_ends_on_its_sunday() -> None:
    assert end_of_next_week(date(2026, 9, 21)) == date(2026, 10, 4)
    assert end_of_next_week(date(2026, 9, 27)) == date(2026, 10, 4)


def test_a_trip_is_told_whole(desk: Desk) -> None:
    row = trip(1, 3, "广州", hotel="花园\n酒店", flight="CZ3526", purpose="参加广交会")
    (found,) = travels(desk, row, trip(-9, -7))
    assert (found.name, found.number, found.mine, found.owner) == (
        "张山", "P000001", True, desk.member.name,
    )  # fmt: skip
    assert (found.starts, found.ends) == (TODAY + timedelta(1), TODAY + timedelta(3))
    assert (found.city, found.hotel, found.flight) == ("广州", "花园 酒店", "CZ3526")


def test_the_first_to_leave_comes_first(desk: Desk) -> None:
    found = travels(desk, trip(5, 6, "北京"), trip(-1, 9, "上海"), trip(2, 3, "广州"))
    assert [each.city for each in found] == ["上海", "广州", "北京"]


def test_what_happened_in_the_last_seven_days(desk: Desk) -> None:
    rows = (happened(0, "今天"), happened(6, "上周"), happened(7, "旧"), happened(-1, "明天"))
    found = news(desk, *rows, {"what": "不知哪天"}, happened(2, kind="principal", what="换人"))
    assert [item.what for item in found] == ["今天", "换人", "上周"]
    assert [item.kind for item in found] == ["", "Change of principal", ""]


def test_news_without_words_is_its_kind(desk: Desk) -> None:
    (found,) = news(desk, {"on": str(TODAY), "kind": "restructuring"})
    assert found.what == found.kind == "Restructuring"


def test_the_trash_is_quiet(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山", "itinerary": [trip(0, 2)]})
    assert desk.today.agenda().trips
    desk.cards.trash([card.id])
    assert desk.today.agenda().trips == ()
    desk.trail.undo()
    assert desk.today.agenda().trips


def test_who_sees_the_card_uses_it_too(team: SalesTeam) -> None:
    team.card("zhang", "张山", itinerary=[trip(0, 2)])
    team.card("zhang", "华东电子", "organisation", news=[happened(1)])
    for login, sees in (("zhang", True), ("south", True), ("li", False), ("east", False)):
        agenda = team[login].today.agenda()
        assert [each.mine for each in agenda.trips] == ([login == "zhang"] if sees else []), login
        assert [each.mine for each in agenda.news] == ([login == "zhang"] if sees else []), login
    (row,) = team["boss"].today.agenda().trips
    assert (row.owner, row.mine) == ("张磊", False)


def test_ones_own_come_first_and_others_are_few(team: SalesTeam) -> None:
    for place in range(9):
        team.card("zhang", f"客户{place}", itinerary=[trip(0, 2)])
    team.card("south", "自己的", itinerary=[trip(4, 5)])
    found = team["south"].today.agenda().trips
    assert [each.name for each in found[:1]] == ["自己的"]
    assert len(found) == 6


def test_an_itinerary_that_is_masked_is_not_told(
    team: SalesTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A team may make the field sensitive: then only the owner and those above see it."""
    card = team.card("zhang", "张山", itinerary=[trip(0, 2)])
    team["boss"].releases.give("whole", role="service")
    assert len(team["service"].today.agenda().trips) == 1
    for module in ("store.row_facts", "store.standing"):
        monkeypatch.setattr(f"{module}.sensitive_keys", lambda kind: frozenset({"itinerary"}))
    assert team["service"].today.agenda().trips == ()
    assert team["service"].briefing.of(card).itinerary == ()
    assert len(team["south"].today.agenda().trips) == 1


# In the briefing


def test_where_he_is_now_and_goes_next(desk: Desk) -> None:
    rows = [trip(-9, -8, "旧"), trip(60, 61, "北京"), trip(-1, 1, "上海"), trip(5, 6, "广州")]
    card = desk.cards.create("person", {"name": "张山", "itinerary": [*rows, trip(90, 91, "远")]})
    assert [each.city for each in desk.briefing.of(card.id).itinerary] == ["上海", "广州", "北京"]


def test_news_of_a_house_stands_on_its_people_in_a_line(desk: Desk) -> None:
    house = desk.cards.create(
        "organisation",
        {
            "name": "华东电子",
            "news": [happened(40, "换总经理"), happened(3, "扩产"), happened(300, "旧")],
            "dealer_checks": [
                {"on": "2026-08-01", "stock": "short", "support": "strong"},
                {"on": "2026-09-01", "stock": "over", "stock_cause": "天气"},
            ],
        },
    )
    card = desk.cards.create("person", {"name": "张山", "organisation": house.number})
    of_house, of_person = desk.briefing.of(house.id), desk.briefing.of(card.id)
    assert [item.what for item in of_house.news] == ["扩产", "换总经理"]
    assert [item.what for item in of_person.news] == ["扩产"]
    assert of_house.dealer_check == of_person.dealer_check
    assert of_house.dealer_check.startswith("2026-09-01 Dealer checks: Stock Too much; Cause 天气")


def test_of_a_house_out_of_sight_nothing_is_told(team: SalesTeam) -> None:
    house = team.card("zhou", "华东电子", "organisation", news=[happened(3)])
    card = team.card("zhou", "张山", organisation=team["zhou"].cards.row(house).number)
    team["boss"].transfers.hand([card], "li")
    assert team["li"].briefing.of(card).news == ()
    assert [item.what for item in team["boss"].briefing.of(card).news] == ["扩产"]
