"""A solar and a lunar birthday that cannot be the same day are told, and both are kept."""

import io

import pytest

from store import language
from store.birthdays import disagreement
from store.desk import Desk


@pytest.mark.parametrize(
    ("solar", "lunar"),
    [
        ("1985-09-29", "lunar:1985-08-15"),
        ("1985-09-29", "lunar:--08-15"),
        ("--09-29", "lunar:1985-08-15"),
        ("--01-01", "lunar:--08-15"),
        ("1985-09-29", None),
        (None, "lunar:1985-08-15"),
        ("1850-01-01", "lunar:--08-15"),
        ("1982-06-01", "lunar:--04-10"),
    ],
)
def test_what_may_be_the_same_day(solar: str | None, lunar: str | None) -> None:
    assert disagreement({"birth_solar": solar, "birth_lunar": lunar}) is None


@pytest.mark.parametrize(
    ("solar", "lunar"),
    [
        ("1985-09-29", "lunar:1985-08-16"),
        ("1985-09-29", "lunar:1984-08-15"),
        ("1985-09-29", "lunar:--08-16"),
        ("--09-30", "lunar:1985-08-15"),
        ("1982-06-01", "lunar:1982-04-10"),
    ],
)
def test_what_is_another_day(solar: str, lunar: str) -> None:
    wrong = disagreement({"birth_solar": solar, "birth_lunar": lunar})
    assert wrong is not None
    assert "different days" in str(wrong)


def test_both_are_kept_and_the_briefing_tells(desk: Desk) -> None:
    values = {"birth_solar": "1985-09-29", "birth_lunar": "lunar:1985-08-16"}
    card = desk.cards.create("person", {"name": "张山", **values})
    assert card.values.items() >= values.items()
    language.use("zh")
    assert "不是同一天" in desk.briefing.of(card.id).identity["生日"]
    desk.cards.save(card.id, card.values, {**card.values, "birth_lunar": "lunar:1985-08-15"})
    assert "不是同一天" not in desk.briefing.of(card.id).identity["生日"]


def test_which_one_is_kept_is_asked_until_it_is_said() -> None:
    values = {"birth_solar": "1985-09-29", "birth_lunar": "lunar:1985-08-16"}
    assert "Say which one" in str(disagreement(values))
    assert "Say which one" not in str(disagreement({**values, "birth_kept": "lunar"}))


def test_an_import_warns(desk: Desk) -> None:
    table = "姓名,阳历生日,阴历生日\n张山,1985-09-29,1985-08-16\n李四,1985-09-29,1985-08-15\n"
    plan = desk.exchange.plan(io.BytesIO(table.encode()), "cards.csv")
    assert [warning.row for warning in plan.warnings] == [2]
    assert desk.exchange.run(plan).new == 2
