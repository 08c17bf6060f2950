"""The tree of departments."""

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadValue, NotFound
from store.models.base import database
from store.models.team import Member
from tests.store.sales_team import SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def admin(team: SalesTeam) -> Desk:
    return team["admin"]


def tree(desk: Desk) -> list[str]:
    return [f"{'  ' * row.depth}{row.name}" for row in desk.departments.all()]


def place(desk: Desk, text: str) -> int:
    return desk.departments.resolve(text).id


def test_the_tree_is_told_from_the_top(admin: Desk) -> None:
    assert tree(admin) == ["总部", "  华南", "    深圳", "  华东"]
    south = admin.departments.resolve("华南")
    assert (south.path, south.members, south.cards) == ("总部/华南", 3, 0)


def test_departments_are_added_and_renamed(admin: Desk) -> None:
    made = admin.departments.add("  华 北 ", place(admin, "总部"))
    assert (made.name, made.path, made.depth) == ("华 北", "总部/华 北", 1)
    assert admin.departments.rename(made.id, "华北").path == "总部/华北"
    assert admin.departments.add("代理商").depth == 0
    admin.trail.undo()
    assert "代理商" not in tree(admin)


@pytest.mark.parametrize("name", ["", " ", "a/b", "长" * 61, "\x1b"])
def test_a_name_is_a_short_line(admin: Desk, name: str) -> None:
    for attempt in (
        lambda: admin.departments.add(name),
        lambda: admin.departments.rename(place(admin, "华东"), name),
    ):
        with pytest.raises(BadValue) as caught:
            attempt()
        assert caught.value.field == "name"


def test_a_name_stands_once_at_a_place(admin: Desk) -> None:
    head = place(admin, "总部")
    with pytest.raises(BadValue):
        admin.departments.add("华东", head)
    with pytest.raises(BadValue):
        admin.departments.rename(place(admin, "华南"), "华东")
    inner = admin.departments.add("华东", place(admin, "华南"))
    with pytest.raises(BadValue):
        admin.departments.move(inner.id, head)
    with pytest.raises(Ambiguous) as caught:
        admin.departments.resolve("华东")
    assert caught.value.candidates == ("总部/华南/华东", "总部/华东")
    assert admin.departments.resolve("总部 / 华南/华东").id == inner.id
    with pytest.raises(NotFound):
        admin.departments.resolve("西南")


def test_no_department_stands_below_itself(admin: Desk) -> None:
    head, south, shenzhen = (place(admin, name) for name in ("总部", "华南", "深圳"))
    for moved, under in ((head, head), (head, shenzhen), (south, shenzhen)):
        with pytest.raises(BadValue, match="below itself"):
            admin.departments.move(moved, under)
    assert admin.departments.move(shenzhen, head).path == "总部/深圳"
    assert admin.departments.move(south, None).depth == 0
    with pytest.raises(NotFound):
        admin.departments.move(shenzhen, 999)


def test_the_tree_is_only_so_deep(admin: Desk) -> None:
    under = place(admin, "深圳")
    for level in range(5):
        under = admin.departments.add(f"第{level}层", under).id
    with pytest.raises(BadValue, match="above one another"):
        admin.departments.add("太深", under)
    with pytest.raises(BadValue, match="above one another"):
        admin.departments.move(place(admin, "华东"), under)


def test_a_manager_sees_what_is_moved_below_him(team: SalesTeam, admin: Desk) -> None:
    card = team.card("zhou")
    with pytest.raises(NotFound):
        team["south"].cards.get(card)
    admin.departments.move(place(admin, "华东"), place(admin, "华南"))
    assert team["south"].cards.get(card).name == "张山"
    admin.trail.undo()
    with pytest.raises(NotFound):
        team["south"].cards.get(card)


def test_only_an_empty_department_goes(team: SalesTeam, admin: Desk) -> None:
    for name, told in (("总部", "members: 2, departments below: 2"), ("深圳", "members: 1")):
        with pytest.raises(BadValue, match=told):
            admin.departments.remove(place(admin, name))
    team.card("li")
    admin.team.leave("li", "zhang")
    shenzhen = place(admin, "深圳")
    admin.departments.remove(shenzhen)
    assert tree(admin) == ["总部", "  华南", "  华东"]
    assert Member.get(Member.login == "li").department_id is None
    admin.trail.undo()
    assert tree(admin) == ["总部", "  华南", "    深圳", "  华东"]
    assert Member.get(Member.login == "li").department_id == shenzhen


def test_cards_in_the_trash_hold_a_department(team: SalesTeam, admin: Desk) -> None:
    empty = admin.departments.add("华北")
    card = team.card("zhou")
    team["zhou"].cards.trash([card])
    database.execute_sql("UPDATE card SET department_id = ? WHERE id = ?", [empty.id, card])
    with pytest.raises(BadValue, match="cards: 1"):
        admin.departments.remove(empty.id)
