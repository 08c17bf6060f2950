"""Value grades follow from what customers bought, and a member can pin another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import grades as grades_module
from store.desk import Desk
from store.errors import BadValue, NotAllowed
from store.models.base import database
from store.models.cards import Card
from store.records.cards import CardQuery
from store.records.rules import Level
from store.revenue import revenue
from store.rules import read_levels
from store.value_grades import grade_by, graded

USUAL = (Level("A", 80), Level("B", 15), Level("C", 5))


def bought(desk: Desk, name: str, *rows: tuple[int, int], kind: str = "organisation") -> int:
    """A card with purchases: year and yuan."""
    card = desk.cards.create(kind, {"name": name}).id
    buys(desk, card, *rows)
    return card


def buys(desk: Desk, card: int, *rows: tuple[int, int]) -> None:
    purchases = [
        {"id": f"r{place}", "year": year, "amount": yuan * 100}
        for place, (year, yuan) in enumerate(rows)
    ]
    with desk.change("Purchases") as change:
        change.update(Card, card, {"profile": {"purchases": purchases}})


def grade_of(desk: Desk, card: int) -> str | None:
    return desk.cards.row(card).value_grade


def test_who_makes_the_first_80_per_cent_is_a() -> None:
    found, bounds = graded({1: 500, 2: 300, 3: 100, 4: 60, 5: 40}, USUAL)
    assert found == {1: "A", 2: "A", 3: "B", 4: "B", 5: "C"}
    assert bounds == (("A", 300), ("B", 60), ("C", 40))


def test_equal_customers_have_equal_grades() -> None:
    assert set(graded(dict.fromkeys(range(10), 7), USUAL)[0].values()) == {"A"}


@given(st.dictionaries(st.integers(1, 500), st.integers(1, 10**12), min_size=1, max_size=60))
def test_grades_fall_with_revenue_and_a_has_its_part(revenue: dict[int, int]) -> None:
    found, bounds = graded(revenue, USUAL)
    ordered = sorted(revenue, key=lambda card: -revenue[card])
    assert [found[card] for card in ordered] == sorted(found.values())
    best = sum(amount for card, amount in revenue.items() if found[card] == "A")
    assert best * 100 >= sum(revenue.values()) * 80
    assert all(grade_by(bounds, revenue[card], USUAL) == found[card] for card in revenue)


def test_last_year_counts_for_the_part_that_lies_in_the_twelve_months(desk: Desk) -> None:
    card = bought(desk, "华强", (2026, 100), (2025, 365), (2024, 9999), (2027, 9999))
    assert revenue(date(2026, 1, 1)) == {card: (100 + 365) * 100}
    assert revenue(date(2026, 9, 24)) == {card: (100 + 365 - 266) * 100}
    assert revenue(date(2028, 12, 31), [card]) == {card: 9999 * 100 // 366}
    assert revenue(date(2030, 1, 1)) == {}


def test_what_is_damaged_or_in_the_trash_brings_nothing(desk: Desk) -> None:
    card = desk.cards.create("organisation", {"name": "甲"}).id
    held: object
    for held in (7, ["x"], [{"year": 2026}], [{"amount": 5}], [{"year": 2026, "amount": "9"}]):
        with desk.change("x") as change:
            change.update(Card, card, {"profile": {"purchases": held}})
        assert revenue(date(2026, 9, 24)) == {}
    gone = bought(desk, "乙", (2026, 100))
    desk.cards.trash([gone])
    assert revenue(date(2026, 9, 24)) == {}


def test_grades_follow_at_once_when_purchases_change_and_are_undone(desk: Desk) -> None:
    great, small = bought(desk, "大", (2026, 1000)), bought(desk, "小", (2026, 10))
    assert (grade_of(desk, great), grade_of(desk, small)) == ("A", "C")
    buys(desk, small, (2026, 100_000))
    assert (grade_of(desk, great), grade_of(desk, small)) == ("C", "A")
    desk.trail.undo()
    assert (grade_of(desk, great), grade_of(desk, small)) == ("A", "C")
    whole = desk.grades.transitions(small)
    assert [(each.before, each.after) for each in whole] == [("A", "C"), ("C", "A"), ("", "C")]
    assert {each.origin for each in whole} == {"grade"}


def test_grading_does_not_count_as_work_on_a_card(desk: Desk) -> None:
    card = bought(desk, "大", (2026, 1000))
    before = desk.cards.get(card)
    other = bought(desk, "更大", (2026, 100_000))
    assert grade_of(desk, card) == "C"
    after = desk.cards.get(card)
    assert (after.version, after.updated_at) == (before.version, before.updated_at)
    assert desk.trail.undo().about == ("更大",)
    assert grade_of(desk, other) is None
    assert grade_of(desk, card) == "A"


def test_a_grade_set_by_hand_stays_until_it_is_automatic_again(desk: Desk) -> None:
    card = bought(desk, "大", (2026, 1000))
    desk.cards.set_values([card], {"value_grade": "C"})
    assert desk.grades.compute() == {"C": 1}
    desk.cards.set_values([card], {"value_grade": None})
    assert desk.grades.compute() == {"A": 1}


def test_a_card_that_is_entered_with_a_grade_keeps_it(desk: Desk) -> None:
    card = desk.cards.create("organisation", {"name": "甲", "value_grade": "B"}).id
    assert desk.grades.compute() == {"B": 1}
    assert grade_of(desk, card) == "B"


def test_who_brings_nothing_any_more_has_no_grade(desk: Desk) -> None:
    card = bought(desk, "大", (2026, 1000))
    buys(desk, card)
    assert grade_of(desk, card) is None


def test_a_large_box_grades_the_changed_cards_by_the_bounds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    great, small = bought(desk, "大", (2026, 1000)), bought(desk, "小", (2026, 10))
    monkeypatch.setattr(grades_module, "SMALL", 0)
    buys(desk, small, (2026, 5000))
    assert (grade_of(desk, great), grade_of(desk, small)) == ("A", "A")
    desk.grades.compute()
    assert (grade_of(desk, great), grade_of(desk, small)) == ("B", "A")
    assert not desk.grades.compute_daily()


def test_an_organisation_shows_its_grade_on_its_people(desk: Desk) -> None:
    person = desk.cards.create("person", {"name": "张山", "organisation": "华强"}).id
    house = desk.cards.resolve("华强").id
    buys(desk, house, (2026, 1000))
    assert desk.cards.row(person).house_grade == "A"
    rows = {row.name: row for row in desk.cards.page(CardQuery(), 0, 9)}
    assert (rows["张山"].value_grade, rows["张山"].house_grade) == (None, "A")
    assert rows["华强"].house_grade is None


def test_levels_are_the_team_s(desk: Desk) -> None:
    for place, yuan in enumerate((600, 300, 100)):
        bought(desk, f"客户{place}", (2026, yuan))
    assert desk.grades.counts() == {"A": 2, "B": 1}
    rules = desk.rules.change({"value_levels": "A 50, B 50"})
    assert rules.value_levels == (Level("A", 50), Level("B", 50))
    assert desk.grades.counts() == {"A": 1, "B": 2}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("A 80, B 15, C", USUAL),
        ("A80，B15、C5", USUAL),
        ("A=50%; B", (Level("A", 50), Level("B", 50))),
    ],
)
def test_levels_as_they_are_written(text: str, levels: tuple[Level, ...]) -> None:
    assert read_levels(text) == levels


@pytest.mark.parametrize("text", ["", "A", "X 80, B", "A 80, A 20", "A 80, B 30, C", "A, B 20"])
def test_levels_that_are_none(text: str) -> None:
    if text == "A":
        assert read_levels(text) == (Level("A", 100),)
        return
    with pytest.raises(BadValue):
        read_levels(text)


def test_only_a_director_changes_the_rules(desk: Desk) -> None:
    database.execute_sql("UPDATE member SET role = 'rep'")
    rep = desk.store.desk()
    with pytest.raises(NotAllowed):
        rep.rules.change({"review_months": "3"})
    assert rep.rules.get().review_months == 2


@pytest.mark.parametrize(
    "said", [{"x": "1"}, {"review_months": "0"}, {"review_months": "many"}, {"pile_days": ""}]
)
def test_rules_that_are_none(desk: Desk, said: dict[str, str]) -> None:
    with pytest.raises(BadValue):
        desk.rules.change(said)


def test_cards_fall_due_by_the_team_s_periods(desk: Desk) -> None:
    usual = desk.cards.create("person", {"name": "甲"}).id
    key = desk.cards.create("person", {"name": "乙", "importance": "key"}).id
    risky = desk.cards.create("person", {"name": "丙"}).id
    with desk.change("x") as change:
        change.update(Card, risky, {"risk": True})
    today = desk.store.clock.local(desk.store.clock.now()).date()

    def months(card: int) -> int:
        due = desk.cards.row(card).review_due_on
        assert due is not None
        return (due.year - today.year) * 12 + due.month - today.month

    assert [months(card) for card in (usual, key, risky)] == [2, 1, 1]
    desk.rules.change({"review_months": "6", "review_months_key": "3"})
    assert [months(card) for card in (usual, key, risky)] == [6, 3, 3]
    assert months(desk.cards.create("person", {"name": "丁"}).id) == 6
    with desk.change("x") as change:
        change.update(Card, usual, {"review_on": date(today.year + 1, 6, 1)})
    assert desk.cards.row(usual).review_due_on == date(today.year + 1, 6, 1)
