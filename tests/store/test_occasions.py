"""Coming dates: solar and lunar, families, policies, greetings."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, NotFound
from store.lunar import POLICIES, Calendar, Policy, YearlyDate, leap_month
from store.models.cards import Occasion
from store.models.team import Member
from store.records.interactions import InteractionQuery
from store.records.occasions import FamilyValues, OccasionRow

TODAY = date(2026, 9, 24)


def person(desk: Desk, name: str, **values: object) -> int:
    return desk.cards.create("person", {"name": name, **values}).id


def shown(rows: list[OccasionRow]) -> list[tuple[str, str, str, int]]:
    return [(row.name, row.who, row.occasion, row.days) for row in rows]


def test_what_is_coming_in_its_order(desk: Desk) -> None:
    zhang = person(desk, "张山", birth_lunar="lunar:1985-08-15", organisation="华东电子")
    desk.family.add(zhang, FamilyValues("张小雨", "女儿", "2019-10-09"))
    person(desk, "李雪梅", birth_solar="--09-24", wedding="2006-10-01")
    person(desk, "王希", birth_solar="1990-10-24")
    house = desk.cards.create("organisation", {"name": "远大软件", "founded": "2006-10-20"})
    desk.occasions.add(house.id, "further", "2016-09-30", "上市")
    rows = desk.occasions.coming(30)
    assert shown(rows) == [
        ("李雪梅", "", "birth", 0),
        ("张山", "", "birth", 1),
        ("远大软件", "", "further", 6),
        ("李雪梅", "", "wedding", 7),
        ("张山", "张小雨", "birth", 15),
        ("远大软件", "", "founded", 26),
    ]
    assert [row.age for row in rows] == [None, 40, 10, 20, 7, 20]
    assert [row.nominal_age for row in rows] == [None, 42, None, None, None, None]
    assert [row.round_year for row in rows] == [False, False, True, True, False, True]
    assert desk.occasions.coming(30, limit=2) == rows[:2]
    assert rows[1].organisation == "华东电子"
    assert rows[1].stored == "lunar:1985-08-15"
    assert rows[2].note == "上市"
    assert rows[4].relation == "女儿"
    assert shown(desk.occasions.coming(31))[-1] == ("王希", "", "birth", 30)


def test_a_lunar_sixtieth_is_round(desk: Desk) -> None:
    person(desk, "老王", birth_lunar="lunar:1967-08-14")
    (row,) = desk.occasions.coming(1)
    assert (row.age, row.nominal_age, row.round_year) == (59, 60, True)


def test_from_another_day(desk: Desk) -> None:
    person(desk, "张山", birth_solar="1985-01-05")
    (row,) = desk.occasions.coming(10, date(2027, 1, 1))
    assert (row.date, row.days, row.age) == (date(2027, 1, 5), 103, 42)
    (row,) = desk.occasions.coming(10, date(2026, 1, 1))
    assert (row.date, row.days, row.age) == (date(2026, 1, 5), -262, 41)


def test_spans_that_cannot_be(desk: Desk) -> None:
    for days in (0, -1, 10**6):
        with pytest.raises(BadValue):
            desk.occasions.coming(days)
    person(desk, "张山", birth_solar="1985-12-31")
    assert len(desk.occasions.coming(3660, date(9999, 12, 30))) == 1


def test_only_the_kept_birthday_counts(desk: Desk) -> None:
    both = {"birth_solar": "1985-09-29", "birth_lunar": "lunar:1985-08-15"}
    lunar = person(desk, "张山", **both, birth_kept="lunar")
    person(desk, "李四", **both, birth_kept="solar")
    assert shown(desk.occasions.coming(30)) == [
        ("张山", "", "birth", 1),
        ("李四", "", "birth", 5),
    ]
    kept = Occasion.get((Occasion.card == lunar) & Occasion.kept)
    desk.occasions.remove(kept.id)
    assert shown(desk.occasions.coming(30)) == [
        ("李四", "", "birth", 5),
        ("张山", "", "birth", 5),
    ]
    assert desk.cards.get(lunar).values.keys() & both.keys() == {"birth_solar"}


def test_trashed_and_invisible_cards_have_none(store: Store, desk: Desk) -> None:
    gone = person(desk, "张山", birth_solar="1985-09-25")
    desk.cards.trash([gone])
    person(desk, "李四", birth_solar="1985-09-25")
    Member.insert(id=50, login="li", name="李", role="rep", created_at=datetime.now(UTC)).execute()
    rep = store.desk("li")
    own = person(rep, "李的客户", birth_solar="1985-09-26")
    assert shown(rep.occasions.coming()) == [("李的客户", "", "birth", 2)]
    assert [row.name for row in desk.occasions.coming()] == ["李四", "李的客户"]
    assert [row.name for row in desk.occasions.coming(mine=True)] == ["李四"]
    with pytest.raises(NotFound):
        rep.occasions.of_card(gone)
    assert len(rep.occasions.of_card(own)) == 1


def test_the_dates_of_one_card(desk: Desk) -> None:
    zhang = person(desk, "张山", birth_solar="1985-09-23", wedding="2010-10-01")
    desk.family.add(zhang, FamilyValues("", "女儿", "lunar:--09-23"))
    person(desk, "李四", birth_solar="1985-09-25")
    rows = desk.occasions.of_card(zhang)
    assert [(row.occasion, row.who, row.relation, row.date) for row in rows] == [
        ("wedding", "", "", date(2026, 10, 1)),
        ("birth", "", "女儿", date(2026, 11, 1)),
        ("birth", "", "", date(2027, 9, 23)),
    ]
    assert [row.occasion for row in desk.occasions.of_card(zhang, 30)] == ["wedding"]


def test_a_child_yet_to_be_born_has_no_birthday(desk: Desk) -> None:
    zhang = person(desk, "张山")
    desk.family.add(zhang, FamilyValues("", "孩子", "2027-10-01"))
    assert desk.occasions.coming(300) == []
    assert [row.age for row in desk.occasions.coming(800)] == [0, 1]


def test_policies_come_from_the_settings(desk: Desk) -> None:
    person(desk, "张山", birth_solar="2004-02-29")
    assert desk.occasions.policy() == Policy()
    february = date(2027, 2, 25)
    assert [row.date.day for row in desk.occasions.coming(9, february)] == [28]
    desk.settings.set("policy.feb29", "mar1")
    assert [row.date.day for row in desk.occasions.coming(9, february)] == [1]
    desk.settings.set("policy.feb29", "leap")
    assert desk.occasions.coming(9, february) == []
    desk.settings.set("policy.feb29", "nonsense")
    desk.settings.set("policy.leap_month", ["both"])
    assert desk.occasions.policy() == Policy()


def test_adding_and_removing(desk: Desk) -> None:
    zhang = person(desk, "张山", birth_solar="1985-09-29")
    lunar = desk.occasions.add(zhang, "birth", "lunar:1985-08-15")
    further = desk.occasions.add(zhang, "further", "2001-10-01", "入职")
    wedding = desk.occasions.add(zhang, "wedding", "2010-10-02")
    values = desk.cards.get(zhang).values
    assert values["birth_lunar"] == "lunar:1985-08-15"
    assert values["further_dates"] == [{"date": "2001-10-01", "note": "入职"}]
    assert len({lunar, further, wedding}) == 3
    desk.occasions.remove(further)
    desk.occasions.remove(wedding)
    assert desk.cards.get(zhang).values.keys() == values.keys() - {"further_dates", "wedding"}
    for kind, stored in (("birth", "soon"), ("founded", "2001-01-01"), ("tea", "2001-01-01")):
        with pytest.raises(BadValue):
            desk.occasions.add(zhang, kind, stored)
    with pytest.raises(NotFound):
        desk.occasions.remove(further)


def test_greetings_are_noted_once_per_occurrence(desk: Desk) -> None:
    zhang = person(desk, "张山", birth_solar="1985-09-25", wedding="2010-09-26")
    desk.family.add(zhang, FamilyValues("张小雨", "女儿", "2019-09-27"))
    rows = desk.occasions.coming()
    assert [row.greeted for row in rows] == [False, False, False]
    desk.occasions.note_greeting(rows[0], "wechat")
    assert [row.greeted for row in desk.occasions.coming()] == [True, False, False]
    assert [row.greeted for row in desk.occasions.coming(10, date(2027, 9, 20))] == [False] * 3
    (talk,) = desk.interactions.page(InteractionQuery(), 0, 9)
    assert (talk.method, talk.summary) == ("wechat", "Greeting: birthday")
    desk.trail.undo()
    assert not any(row.greeted for row in desk.occasions.coming())
    assert len(desk.occasions.note_greetings(rows)) == 3
    assert all(row.greeted for row in desk.occasions.coming())
    assert all(row.greeted for row in desk.occasions.of_card(zhang, 30))
    assert "Greeting: birthday of 女儿 张小雨" in [
        talk.summary for talk in desk.interactions.page(InteractionQuery(), 0, 9)
    ]
    desk.trail.undo()
    assert not any(row.greeted for row in desk.occasions.coming())


@st.composite
def dates(draw: st.DrawFn) -> YearlyDate:
    year = draw(st.none() | st.integers(1940, 2026))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 29))
    if draw(st.booleans()):
        return YearlyDate(Calendar.SOLAR, year, month, min(day, 28) if year else day)
    leap = year is not None and leap_month(year) == month and draw(st.booleans())
    return YearlyDate(Calendar.LUNAR, year, month, day if year else day + 1, leap)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(dates(), min_size=1, max_size=30),
    st.dates(date(2026, 1, 1), date(2035, 1, 1)),
    st.integers(1, 500),
    st.fixed_dictionaries({key: st.sampled_from(choices) for key, choices in POLICIES.items()}),
)
def test_the_index_finds_what_a_walk_would(
    desk: Desk, said: list[YearlyDate], start: date, days: int, policies: dict[str, str]
) -> None:
    for key, value in policies.items():
        if desk.settings.get(f"policy.{key}") != value:
            desk.settings.set(f"policy.{key}", value)
    card = person(desk, "某人")
    rows = [{**asdict(each), "calendar": str(each.calendar)} for each in said]
    with desk.change("Dates entered") as change:
        change.insert_many(
            Occasion, [{"card_id": card, "kind": "further_dates"} | row for row in rows]
        )
    end = start + timedelta(days=days - 1)
    expected = [
        (day, str(each))
        for each in said
        for day in each.occurrences(start, end, Policy(**policies))
    ]
    found = [
        (row.date, row.stored) for row in desk.occasions.coming(days, start) if row.card_id == card
    ]
    assert sorted(found) == sorted(expected)
    desk.cards.trash([card])


def test_an_unknown_kind_of_date_changes_nothing(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山", "birth_solar": "1985-09-29"})
    house = desk.cards.create("organisation", {"name": "华强电子"})
    for kind in ("name", "mobile", "birth_kept", "birth_solar", "further_dates", "founded", ""):
        with pytest.raises(BadValue):
            desk.occasions.add(zhang.id, kind, "1990-01-01")
    for kind in ("birth", "wedding"):
        with pytest.raises(BadValue):
            desk.occasions.add(house.id, kind, "1990-01-01")
    assert desk.cards.get(zhang.id).values == zhang.values
    assert desk.cards.get(zhang.id).version == zhang.version


def test_every_date_keeps_its_note(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    for kind, note in (("wedding", "银\x1b婚"), ("birth", "身份证上的"), ("further", "入职")):
        desk.occasions.add(zhang.id, kind, "2001-09-30", note)
    present = desk.cards.get(zhang.id)
    desk.cards.save(present.id, present.values, {**present.values, "nickname": "山哥"})
    notes = {row.occasion: row.note for row in desk.occasions.of_card(zhang.id)}
    assert notes == {"wedding": "银婚", "birth": "身份证上的", "further": "入职"}
    desk.occasions.add(zhang.id, "wedding", "2002-09-30")
    assert {row.note for row in desk.occasions.of_card(zhang.id)} == {"", "身份证上的", "入职"}


def test_a_further_date_is_added_to_those_that_are_there_by_then(desk: Desk) -> None:
    zhang = desk.cards.create("person", {"name": "张山"})
    first = desk.occasions.add(zhang.id, "further", "2001-09-30", "入职")
    second = desk.occasions.add(zhang.id, "further", "2001-09-30", "相识")
    assert first != second
    assert len(desk.cards.get(zhang.id).values["further_dates"]) == 2
    desk.trail.undo()
    assert desk.cards.get(zhang.id).values["further_dates"][0]["note"] == "入职"
