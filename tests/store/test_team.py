"""Members: who may set them up, what fits, leaving, coming back, trainees."""

from dataclasses import replace

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.members import box_setting, usual_login
from store.models.base import database
from store.models.cards import Card
from store.models.team import Member, PublicKey
from store.models.todos import Todo
from store.records.team import MemberRow
from store.records.todos import TodoValues
from tests.store.sales_team import MEMBERS, SalesTeam, sales_team


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def changed(desk: Desk, whom: str, **values: object) -> MemberRow:
    before = desk.team.member(whom).values
    return desk.team.change(whom, before, replace(before, **values))  # type: ignore[arg-type]


def refused_field(action: object) -> str:
    with pytest.raises(BadValue) as caught:
        action()  # type: ignore[operator]
    return caught.value.field


def place(team: SalesTeam, name: str) -> int:
    return team["boss"].departments.resolve(name).id


# A team begins


def test_whoever_works_alone_is_alone(desk: Desk) -> None:
    place = desk.team.own_place()
    assert (place.alone, place.manages, place.role) == (True, True, "director")
    assert box_setting("shared") is None
    (me,) = desk.team.members()
    assert (me.login, me.cards, me.keys) == (desk.member.login, 0, 0)


def test_the_second_member_makes_the_box_a_shared_one(desk: Desk) -> None:
    added = desk.team.add("zhanglei", " 张磊 ", "rep")
    assert (added.name, added.role, added.active, added.last_seen) == ("张磊", "rep", True, None)
    assert not desk.team.own_place().alone
    assert box_setting("shared") is True
    assert usual_login() == desk.member.login
    assert desk.store.desk("zhanglei").member.name == "张磊"


def test_undoing_the_second_member_makes_it_a_personal_one_again(desk: Desk) -> None:
    desk.team.add("zhanglei", "张磊")
    assert desk.trail.undo().about == ("张磊",)
    assert desk.team.own_place().alone
    assert box_setting("shared") is None
    desk.trail.redo()
    assert box_setting("shared") is True
    assert desk.team.member("zhanglei").active


def test_somebody_whom_a_file_brought_makes_a_team_when_he_comes(desk: Desk) -> None:
    with desk.change("Import") as change:
        row = {"login": "zhanglei", "name": "张磊", "active": False}
        change.insert(Member, row)
    assert desk.team.own_place().alone
    desk.team.come_back("zhanglei")
    assert not desk.team.own_place().alone
    assert box_setting("shared") is True
    assert usual_login() == desk.member.login


def test_the_first_administrator_takes_the_team_over(desk: Desk) -> None:
    desk.team.add("guanli", "管理员", "administrator")
    assert not desk.team.own_place().manages
    with pytest.raises(NotAllowed):
        desk.team.add("zhanglei", "张磊")
    assert desk.store.desk("guanli").team.add("zhanglei", "张磊").login == "zhanglei"


# Rights


def settled(team: SalesTeam) -> list[object]:
    """Everything that is set up of the team."""
    members = team["admin"].team.members(gone=True)
    return [*((row.values, row.active) for row in members), *team["admin"].departments.all()]


WITHOUT = [login for login, _name, role, _place in MEMBERS if role != "administrator"]


@pytest.mark.parametrize("login", [*WITHOUT, "boss"])
def test_only_an_administrator_sets_up_the_team(team: SalesTeam, login: str) -> None:
    desk = team[login]
    before = settled(team)
    for attempt in (
        lambda: desk.team.add("x", "x"),
        lambda: changed(desk, "li", name="x"),
        lambda: changed(desk, desk.member.login, role="administrator"),
        lambda: changed(desk, desk.member.login, department=None, trainee=True),
        lambda: desk.team.leave("li", "zhang"),
        lambda: desk.team.come_back("li"),
        lambda: desk.departments.add("x"),
        lambda: desk.departments.rename(place(team, "华东"), "x"),
        lambda: desk.departments.move(place(team, "深圳"), None),
        lambda: desk.departments.remove(place(team, "深圳")),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert settled(team) == before


def test_what_others_have_to_do_is_for_those_above_them(team: SalesTeam) -> None:
    team.card("zhang")

    def told(login: str) -> set[str]:
        return {row.login for row in team[login].team.members() if row.cards is not None}

    everybody = {login for login, *_rest in MEMBERS} | {team["boss"].member.login}
    assert told("admin") == told("boss") == everybody
    assert told("south") == {"south", "zhang", "li", "service"}
    assert told("zhang") == {"zhang"}
    assert {row.login for row in team["zhang"].team.members()} == everybody


# What fits


@pytest.mark.parametrize(
    "login", ["", "Zhang", "zhang lei", "张磊", "-x", "a" * 33, "a/b", "../x", "a;b", "a\nb"]
)
def test_a_login_can_be_typed_anywhere(team: SalesTeam, login: str) -> None:
    assert refused_field(lambda: team["admin"].team.add(login, "x")) == "login"
    assert refused_field(lambda: changed(team["admin"], "li", login=login)) == "login"


@pytest.mark.parametrize("login", ["a", "zhang.lei-2_b", "8", "a" * 32])
def test_such_logins_can_be(team: SalesTeam, login: str) -> None:
    assert team["admin"].team.add(login, "x").login == login


def test_a_login_is_nobody_elses(team: SalesTeam) -> None:
    admin = team["admin"]
    assert refused_field(lambda: admin.team.add("li", "x")) == "login"
    assert refused_field(lambda: changed(admin, "zhou", login="li")) == "login"
    admin.team.leave("li")
    with pytest.raises(BadValue, match="come back"):
        admin.team.add("li", "x")


def test_values_of_a_member_are_checked(team: SalesTeam) -> None:
    admin = team["admin"]
    assert refused_field(lambda: admin.team.add("x", "  ")) == "name"
    assert refused_field(lambda: admin.team.add("x", "长" * 61)) == "name"
    assert refused_field(lambda: admin.team.add("x", "x", "king")) == "role"
    assert refused_field(lambda: admin.team.add("x", "x", department=999)) == "department"
    assert refused_field(lambda: admin.team.add("x", "x", trainee=True, coach="y")) == "coach"
    assert refused_field(lambda: changed(admin, "li", trainee=True, coach="li")) == "coach"
    assert admin.team.add("x", "\x1b[31m张\u202e三").name == "[31m张三"
    with pytest.raises(NotFound):
        changed(admin, "nobody", name="x")


def test_a_login_that_changes_stays_the_usual_one(desk: Desk) -> None:
    old = desk.member.login
    desk.team.add("zhanglei", "张磊")
    changed(desk, old, login="wangxm", name="王小明")
    assert usual_login() == "wangxm"
    assert desk.store.desk().member.name == "王小明"
    desk.trail.undo()
    assert usual_login() == old


def test_two_who_edit_one_member_do_not_overwrite_each_other(team: SalesTeam) -> None:
    admin = team["admin"]
    before = admin.team.member("li").values
    changed(admin, "li", name="李晶")
    with pytest.raises(Conflict):
        admin.team.change("li", before, replace(before, name="李婧"))
    saved = admin.team.change("li", before, replace(before, role="manager"))
    assert (saved.name, saved.role) == ("李晶", "manager")


def test_a_role_without_customers_is_for_whoever_has_none(team: SalesTeam) -> None:
    admin = team["admin"]
    team.card("li")
    for role in ("service", "administrator"):
        assert refused_field(lambda role=role: changed(admin, "li", role=role)) == "role"
    team["boss"].transfers.hand_all("li", "zhang")
    assert changed(admin, "li", role="service").role == "service"


def test_a_role_that_changes_holds_at_once(team: SalesTeam) -> None:
    changed(team["admin"], "li", role="service")
    with pytest.raises(NotAllowed):
        team["li"].cards.create("person", {"name": "张山"})


# Nobody locks everybody out


def test_somebody_can_always_set_up_the_team(team: SalesTeam) -> None:
    admin, boss = team["admin"], team["boss"].member.login
    changed(admin, boss, role="rep")
    for action in (
        lambda: changed(admin, "admin", role="rep"),
        lambda: changed(admin, "admin", role="manager"),
    ):
        with pytest.raises(NotAllowed, match="nobody could"):
            action()
    with pytest.raises(NotAllowed, match="himself"):
        admin.team.leave("admin")
    admin.team.add("second", "二号", "administrator")
    assert changed(admin, "admin", role="rep").role == "rep"


def test_the_director_is_in_charge_when_the_administrator_goes(team: SalesTeam) -> None:
    changed(team["admin"], "admin", role="rep")
    assert team["boss"].team.own_place().manages
    with pytest.raises(NotAllowed, match="nobody could"):
        changed(team["boss"], team["boss"].member.login, role="rep")


# Moving


def test_cards_move_with_their_owner(team: SalesTeam) -> None:
    card, other = team.card("zhang"), team.card("li", "李四")
    with pytest.raises(NotFound):
        team["east"].cards.get(card)
    team["admin"].team.change(
        "zhang",
        team["admin"].team.member("zhang").values,
        replace(team["admin"].team.member("zhang").values, department=place(team, "华东")),
    )
    assert team["east"].cards.get(card).name == "张山"
    with pytest.raises(NotFound):
        team["south"].cards.get(card)
    assert Card.get_by_id(other).department_id == place(team, "深圳")
    assert Card.get_by_id(card).version == 2


# Leaving


def leave_all(team: SalesTeam) -> tuple[int, int]:
    card = team.card("li")
    todo = team["li"].todos.add(TodoValues("送样品")).id
    with team["admin"].change("Key") as change:
        change.insert(
            PublicKey,
            {
                "member_id": team["li"].member.id,
                "kind": "ssh-ed25519",
                "blob": "AAAA",
                "fingerprint": "SHA256:x",
                "added_at": change.now,
                "added_by_id": team["admin"].member.id,
            },
        )
    return card, todo


def test_a_leaver_hands_everything_over_and_cannot_come_in(team: SalesTeam) -> None:
    card, todo = leave_all(team)
    gone = team["admin"].team.leave("li", "zhang", "去了别家")
    assert (gone.active, gone.cards, gone.todos, gone.keys) == (False, 0, 0, 0)
    assert gone.left_at is not None
    assert team["zhang"].cards.get(card).owner == "张磊"
    assert Todo.get_by_id(todo).owner_id == team["zhang"].member.id
    assert PublicKey.select().count() == 0
    with pytest.raises(NotFound):
        team.store.desk("li")
    with pytest.raises(NotAllowed):
        team["li"].todos.add(TodoValues("还在吗"))
    assert "li" not in [row.login for row in team["admin"].team.members()]
    assert team["admin"].team.members(gone=True)[-1].login == "li"


def test_one_undo_by_the_director_takes_all_of_it_back(team: SalesTeam) -> None:
    card, todo = leave_all(team)
    changed(team["admin"], "admin", role="rep")
    boss = team["boss"]
    boss.team.leave("li", "zhang")
    undone = boss.trail.undo()
    assert (undone.left, undone.about) == ((), ("李静", "张山", "送样品"))
    row = boss.team.member("li")
    assert (row.active, row.left_at, row.keys) == (True, None, 1)
    assert Card.get_by_id(card).owner_id == row.id
    assert Todo.get_by_id(todo).owner_id == row.id
    assert team["li"].todos.get(todo).title == "送样品"


def test_an_administrator_who_undoes_brings_him_back_without_the_cards(team: SalesTeam) -> None:
    card, _todo = leave_all(team)
    team["admin"].team.leave("li", "zhang")
    undone = team["admin"].trail.undo()
    assert undone.left == ("To-do", "Card")
    assert undone.about == ("李静",), "neither the customer nor the to-do is named to him"
    assert team["admin"].team.member("li").active
    assert Card.get_by_id(card).owner_id == team["zhang"].member.id


def test_somebody_takes_over_who_can(team: SalesTeam) -> None:
    leave_all(team)
    admin = team["admin"]
    with pytest.raises(BadValue, match="cards: 1, to-dos: 1"):
        admin.team.leave("li")
    assert refused_field(lambda: admin.team.leave("li", "li")) == "to"
    for login in ("service", "admin", "keeper"):
        assert refused_field(lambda login=login: admin.team.leave("li", login)) == "to"
    with pytest.raises(NotFound):
        admin.team.leave("li", "nobody")
    assert admin.team.member("li").active
    admin.team.leave("zhou")
    with pytest.raises(BadValue, match="any more"):
        admin.team.leave("zhou")


def test_cards_in_the_trash_go_along(team: SalesTeam) -> None:
    card = team.card("li")
    team["li"].cards.trash([card])
    with pytest.raises(BadValue):
        team["admin"].team.leave("li")
    team["admin"].team.leave("li", "zhang")
    assert Card.get_by_id(card).owner_id == team["zhang"].member.id


def test_coming_back_takes_new_keys(team: SalesTeam) -> None:
    leave_all(team)
    admin = team["admin"]
    admin.team.leave("li", "zhang")
    back = admin.team.come_back("li")
    assert (back.active, back.left_at, back.keys, back.cards) == (True, None, 0, 0)
    assert team.store.desk("li").member.active
    assert refused_field(lambda: admin.team.come_back("li")) == "login"


def test_the_usual_member_who_leaves_is_not_usual_any_more(desk: Desk) -> None:
    desk.team.add("guanli", "管理员", "administrator")
    desk.store.desk("guanli").team.leave(desk.member.login)
    assert desk.store.desk().member.login == "guanli"


# Trainees


@pytest.fixture
def learning(team: SalesTeam) -> SalesTeam:
    """`li` learns from `zhou`, who is of another department."""
    changed(team["admin"], "li", trainee=True, coach="zhou")
    return team


def test_a_coach_looks_through_a_trainees_cards(learning: SalesTeam) -> None:
    card = learning.card("li")
    assert learning["zhou"].cards.get(card).name == "张山"
    with pytest.raises(NotFound):
        learning["zhang"].cards.get(card)
    assert learning["zhou"].team.own_place().leads
    assert not learning["zhang"].team.own_place().leads


@pytest.mark.parametrize("login", ["zhou", "south", "boss"])
def test_a_coach_or_whoever_stands_above_passes_a_trainee(learning: SalesTeam, login: str) -> None:
    passed = learning[login].team.pass_trainee("li", "卡片填得又快又全")
    assert not passed.trainee
    (merit,) = learning["li"].team.merits("li")
    assert (merit.kind, merit.words, merit.by) == (
        "qualified",
        "卡片填得又快又全",
        learning[login].member.name,
    )
    assert refused_field(lambda: learning["south"].team.pass_trainee("li")) == "login"
    learning[login].trail.undo()
    assert learning["admin"].team.member("li").trainee
    assert learning["li"].team.merits("li") == []


@pytest.mark.parametrize("login", ["li", "zhang", "east", "service", "keeper", "admin"])
def test_nobody_else_passes_him(learning: SalesTeam, login: str) -> None:
    with pytest.raises(NotAllowed):
        learning[login].team.pass_trainee("li")
    with pytest.raises(NotAllowed):
        learning[login].team.note_merit("li", "praise", "好")
    assert learning["admin"].team.member("li").trainee


def test_a_trainee_is_nobodys_coach(learning: SalesTeam) -> None:
    admin = learning["admin"]
    assert refused_field(lambda: changed(admin, "zhang", trainee=True, coach="li")) == "coach"
    assert changed(admin, "zhou", trainee=True).trainee
    assert admin.team.member("li").coach is None


def test_trainees_of_a_leaver_get_his_successor_as_coach(learning: SalesTeam) -> None:
    learning["admin"].team.leave("zhou", "zhang")
    assert learning["admin"].team.member("li").coach == "zhang"
    learning["admin"].team.leave("zhang", "li")
    assert learning["admin"].team.member("li").coach is None


# Praise and reprimands


def test_praise_and_reprimands_stay(learning: SalesTeam) -> None:
    south = learning["south"]
    south.team.note_merit("li", "praise", "三天内录入 40 张卡")
    south.team.note_merit("li", "reprimand", "拜访后没有记录")
    noted = learning["li"].team.merits("li")
    assert [(merit.kind, merit.by) for merit in noted] == [
        ("reprimand", "南经理"),
        ("praise", "南经理"),
    ]
    before = database.execute_sql("SELECT count(*) FROM change_set").fetchone()
    with pytest.raises(NotFound):
        south.trail.undo()
    assert database.execute_sql("SELECT count(*) FROM change_set").fetchone() == before
    assert len(learning["boss"].team.merits("li")) == 2
    assert len(learning["zhou"].team.merits("li")) == 2
    for login in ("zhang", "east"):
        with pytest.raises(NotAllowed):
            learning[login].team.merits("li")
    assert refused_field(lambda: south.team.note_merit("li", "praise", " ")) == "words"
    assert refused_field(lambda: south.team.note_merit("li", "gold", "x")) == "kind"


def test_every_change_of_the_team_is_in_the_trail(team: SalesTeam) -> None:
    admin = team["admin"]
    admin.team.add("x", "新人")
    changed(admin, "x", name="新人二")
    admin.team.leave("x")
    admin.team.come_back("x")
    sql = "SELECT summary FROM change_set WHERE member_id = ? ORDER BY id"
    told = [text for (text,) in database.execute_sql(sql, [admin.member.id]).fetchall()]
    assert told == ["Member added", "Member changed", "Member left", "Member came back"]
    assert Member.select().where(Member.login == "x").count() == 1
