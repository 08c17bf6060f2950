"""A whole box that is read once more adds nothing: no customer, no to-do, no club, no word."""

import io
from typing import Any

import pytest

from store.database import Store
from store.desk import Desk
from store.models.base import database
from store.models.tables import TRAILED
from store.records.cards import CardQuery
from store.records.clubs import ClubValues
from store.records.todos import TodoValues
from tests.store.exchange.conftest import Boxes
from tests.store.exchange.test_box_json import full
from tests.store.sales_team import SalesTeam, sales_team

__all__ = ["full"]


def exported(desk: Desk, form: str) -> bytes:
    stream = io.BytesIO()
    desk.exchange.export("all", form, stream)
    return stream.getvalue()


def read_in(desk: Desk, content: bytes, form: str) -> Any:
    return desk.exchange.run(desk.exchange.plan(io.BytesIO(content), f"box.{form}"))


def counts() -> dict[str, int]:
    """How many records each table has."""
    return {
        table: database.execute_sql(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        for table in TRAILED
    }


def with_clubs(desk: Desk) -> None:
    card = desk.cards.page(CardQuery(), 0, 1)[0].id
    desk.clubs.join(desk.clubs.make(ClubValues("茶会")).id, [card])
    desk.clubs.make(ClubValues("空会"))
    desk.clubs.trash([desk.clubs.make(ClubValues("旧会")).id])


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_the_box_itself_takes_nothing_of_its_own(full: Desk, form: str) -> None:
    with_clubs(full)
    before, said = counts(), exported(full, form)
    result = read_in(full, said, form)
    assert (result.new, result.skipped, result.warnings) == (0, 6, ())
    assert counts() == before


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_another_box_takes_it_once(boxes: Boxes, full: Desk, form: str) -> None:
    with_clubs(full)
    said = exported(full, form)
    other = boxes.new()
    other.cards.create("person", {"name": "一"})
    read_in(other, said, form)
    once = counts()
    result = read_in(other, said, form)
    assert (result.new, counts()) == (0, once)


@pytest.mark.parametrize("login", ["zhang", "south", "boss", "keeper"])
def test_nor_does_a_member_who_sees_a_part(store: Store, login: str) -> None:
    team = sales_team(store)
    team.card("zhang", "张山")
    with_clubs(team["zhang"])
    team["boss"].todos.add(TodoValues("总经理要的", owner="zhang"))
    team["zhang"].todos.add(TodoValues("请周婷做", owner="zhou"))
    team["zhang"].todos.trash([team["zhang"].todos.add(TodoValues("不要了")).id])
    desk = team[login]
    before, said = counts(), exported(desk, "json")
    read_in(desk, said, "json")
    assert counts() == before


def test_two_that_were_entered_together_in_the_trash_stay_two(boxes: Boxes, box: Desk) -> None:
    for _time in range(2):
        box.cards.trash([box.cards.create("person", {"name": "重名"}).id])
    database.execute_sql("UPDATE card SET created_at = '2026-01-01 00:00:00'")
    said = exported(box, "json")
    assert read_in(box, said, "json").new == 0
    database.execute_sql("UPDATE card SET name = '别人' WHERE id = 1")
    assert read_in(box, said, "json").new == 1


def _clubs() -> list[tuple[str, str]]:
    sql = "SELECT club.name, login FROM club JOIN member ON member.id = owner_id ORDER BY club.id"
    return list(database.execute_sql(sql).fetchall())


def test_the_keeper_brings_clubs_as_their_owners(boxes: Boxes, store: Store) -> None:
    team = sales_team(store)
    team.card("zhang", "张山")
    with_clubs(team["zhang"])
    said = exported(team["boss"], "json")
    clubs = _clubs()
    other: SalesTeam = sales_team(boxes.new().store)
    read_in(other["keeper"], said, "json")
    assert _clubs() == clubs == [("茶会", "zhang"), ("空会", "zhang"), ("旧会", "zhang")]
    undone = other["keeper"].trail.undo()
    assert (undone.left, _clubs()) == ((), [])
