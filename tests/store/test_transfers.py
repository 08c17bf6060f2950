"""Cards go from member to member, with what belongs to them and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from store import rows
from store.database import Store
from store.doctor import examine
from store.errors import BadValue, NotAllowed, NotFound
from store.handing_over import hand_box
from store.members import member_named
from store.models.base import database
from store.models.cards import Card
from store.models.sharing import Loan
from store.models.todos import Todo
from store.records.interactions import InteractionValues
from store.records.todos import TodoQuery, TodoValues
from tests.store.sales_team import SalesTeam, sales_team

DAY = date(2026, 9, 24)


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def owner(team: SalesTeam, card: int) -> str:
    return team["boss"].cards.row(card).owner


def sound(team: SalesTeam) -> None:
    assert [check for check in examine(team.store).checks if not check.ok] == []


def test_a_card_goes_with_what_is_still_to_be_done_on_it(team: SalesTeam) -> None:
    zhang, li = team["zhang"], team["li"]
    card = team.card("zhang")
    talk = InteractionValues(topic="报价", next_on=DAY, next_purpose="回访")
    logged = zhang.interactions.log(card, talk, [TodoValues("送样品", due_on=DAY)])
    private = zhang.todos.add(TodoValues("报销"))
    finished = zhang.todos.add(TodoValues("寄目录", card=card))
    zhang.todos.done([finished.id])
    given = team["south"].transfers.hand([card], "li", "  区域\n调整 ")
    assert (given.to, given.cards, given.todos, given.people) == ("李静", 1, 1, 0)
    agenda = li.today.agenda()
    assert [todo.title for todo in agenda.todos] == ["送样品"]
    assert [row.next_step for row in agenda.followups] == ["回访"]
    assert li.interactions.get(logged.id).member == "张磊"
    assert owner(team, card) == "李静"
    stored = rows.fetch(Card, [card])[card]
    assert stored["department_id"] == li.member.department
    assert {todo.id for todo in zhang.todos.page(TodoQuery(done=True), 0, 9)} == {
        private.id,
        finished.id,
    }
    sound(team)


def test_the_old_owner_keeps_none_of_it(team: SalesTeam) -> None:
    zhang = team["zhang"]
    card = team.card("zhang", mobile=[{"value": "13900001111"}])
    number = zhang.cards.get(card).number
    zhang.drafts.keep(f"card:{number}", {"line": "改电话"})
    team["south"].transfers.hand([card], "li")
    for look in (
        lambda: zhang.cards.get(card),
        lambda: zhang.cards.resolve(number),
        lambda: zhang.briefing.of(card),
        lambda: zhang.trail.history(card),
        lambda: zhang.transfers.history(card),
    ):
        with pytest.raises(NotFound):
            look()
    assert zhang.cards.find("13900001111") == []
    (entry,) = zhang.transfers.history()
    assert (entry.numbers, entry.names) == ((number,), ())


def test_access_that_was_lent_before_is_no_way_back(team: SalesTeam) -> None:
    card = team.card("zhang")
    now = team.store.clock.now()
    lent = {"card_id": card, "member_id": team["zhang"].member.id, "asked_at": now}
    with team["boss"].change("x") as change:
        loan = change.insert(Loan, {**lent, "status": "lent", "due_at": now.replace(year=2090)})
    team["south"].transfers.hand([card], "li")
    assert rows.fetch(Loan, [loan])[loan]["status"] == "returned"
    with pytest.raises(NotFound):
        team["zhang"].cards.get(card)


def test_an_organisation_takes_its_people_of_the_same_owner_along(team: SalesTeam) -> None:
    house = team.card("zhang", "华东电子", "organisation")
    ours = team.card("zhang", "赵申", organisation="华东电子")
    trashed = team.card("zhang", "老孙", organisation="华东电子")
    team["zhang"].cards.trash([trashed])
    team["south"].transfers.hand([house], "zhang")
    theirs = team["south"].cards.create("person", {"name": "钱多", "organisation": "华东电子"}).id
    assert team["south"].transfers.people([house]) == [ours]
    assert team["zhang"].transfers.people([house]) == []
    given = team["south"].transfers.hand([house], "li", with_people=True)
    assert (given.cards, given.people) == (2, 1)
    assert [owner(team, card) for card in (house, ours)] == ["李静", "李静"]
    assert owner(team, theirs) == "南经理"
    assert owner(team, trashed) == "张磊"


def test_people_who_are_not_his_to_give_stay(team: SalesTeam) -> None:
    house = team.card("zhang", "华东电子", "organisation")
    ours, theirs = (team.card("zhang", name, organisation="华东电子") for name in ("一", "二"))
    east = team["east"].member.department
    database.execute_sql("UPDATE card SET department_id = ? WHERE id = ?", [east, theirs])
    assert team["south"].transfers.people([house]) == [ours]
    assert team["south"].transfers.hand([house], "li", with_people=True).people == 1
    assert owner(team, theirs) == "张磊"
    assert team["boss"].transfers.people([house]) == [ours]


def test_cards_of_several_owners_go_at_once(team: SalesTeam) -> None:
    first, second = team.card("zhang"), team.card("li", "李四")
    team["zhang"].todos.add(TodoValues("他的", card=first))
    team["south"].todos.add(TodoValues("经理的", card=first))
    given = team["south"].transfers.hand([first, second, first], "li")
    assert (given.cards, given.todos) == (1, 1)
    owners = {todo.title: todo.owner for todo in team["boss"].todos.page(_everyones(), 0, 9)}
    assert owners == {"他的": "李静", "经理的": "南经理"}
    assert len(team["south"].transfers.history(first)) == 1
    assert team["south"].transfers.history(second) == []


def _everyones() -> TodoQuery:
    return TodoQuery(everyone=True, done=True, side=None)


MAY_HAND = {
    # who: those to whom he may hand a card of zhang's, and one of zhou's
    "boss": ({"south", "li", "zhou", "east"}, {"south", "li", "zhang", "east"}),
    "keeper": ({"south", "li", "zhou", "east"}, {"south", "li", "zhang", "east"}),
    "south": ({"south", "li"}, set[str]()),
    "east": (set[str](), {"east"}),
    "zhang": (set[str](), set[str]()),
    "zhou": (set[str](), set[str]()),
    "li": (set[str](), set[str]()),
    "service": (set[str](), set[str]()),
    "admin": (set[str](), set[str]()),
}


@pytest.mark.parametrize("who", MAY_HAND)
def test_who_may_hand_to_whom(team: SalesTeam, who: str) -> None:
    for owned_by, allowed in zip(("zhang", "zhou"), MAY_HAND[who], strict=True):
        card = team.card(owned_by)
        before = owner(team, card)
        taken = set()
        for receiver in ("south", "east", "zhang", "li", "zhou", "service", "keeper", "admin"):
            try:
                given = team[who].transfers.hand([card], receiver)
            except (NotAllowed, NotFound, BadValue):
                assert owner(team, card) == before
                continue
            if given.cards:
                taken.add(receiver)
                team[who].trail.undo()
            assert owner(team, card) == before
        assert taken == allowed
        assert team[who].transfers.may_hand([card]) == bool(allowed)
        if allowed:
            suggested = {each.login for each in team[who].transfers.suggest([card])}
            assert suggested == allowed | _bosses(team, who)
        else:
            with pytest.raises((NotAllowed, NotFound)):
                team[who].transfers.suggest([card])


def _bosses(team: SalesTeam, who: str) -> set[str]:
    """The director looks after customers too, and gets cards of those who stand above all."""
    return {team["boss"].member.login} if who in ("boss", "keeper") else set()


@pytest.mark.parametrize("login", ["service", "keeper", "admin"])
def test_roles_without_customers_get_none(team: SalesTeam, login: str) -> None:
    card = team.card("zhang")
    with pytest.raises(BadValue, match="looks after no customers"):
        team["boss"].transfers.hand([card], login)
    with pytest.raises(BadValue, match="looks after no customers"):
        team["boss"].transfers.hand_all("zhang", login)


def test_nobody_gets_cards_who_is_not_here(team: SalesTeam) -> None:
    card = team.card("zhang")
    database.execute_sql("UPDATE member SET active = 0 WHERE login = 'li'")
    for login in ("li", "nobody"):
        with pytest.raises(NotFound, match=f"no member “{login}”"):
            team["south"].transfers.hand([card], login)
    with pytest.raises(BadValue, match="which cards"):
        team["south"].transfers.hand([], "zhang")
    with pytest.raises(BadValue) as refused:
        team["south"].transfers.hand([card], "south", "x" * 501)
    assert refused.value.field == "reason"
    assert team["south"].transfers.history() == []


def test_one_card_that_is_not_his_stops_all_of_it(team: SalesTeam) -> None:
    mine, foreign = team.card("zhang"), team.card("zhou")
    with pytest.raises(NotFound):
        team["south"].transfers.hand([mine, foreign], "li")
    with pytest.raises(NotAllowed):
        team["zhang"].transfers.hand([mine], "li")
    assert owner(team, mine) == "张磊"


def test_undo_gives_back_what_nobody_gave_on_since(team: SalesTeam) -> None:
    south = team["south"]
    card = team.card("zhang")
    kept, moved = (team["zhang"].todos.add(TodoValues(t, card=card)) for t in ("一", "二"))
    south.transfers.hand([card], "li", "换区")
    row = south.todos.get(moved.id)
    south.todos.update(moved.id, row.values, replace(row.values, owner="south"))
    south.trail.undo()  # of the to-do
    south.todos.update(moved.id, row.values, replace(row.values, owner="south"))
    transfer = south.transfers.history(card)[0].change_set
    undone = south.trail.revert(transfer)
    assert undone.left == ("To-do",)
    owners = {todo.id: todo.owner for todo in team["boss"].todos.page(_everyones(), 0, 9)}
    assert owners == {kept.id: "张磊", moved.id: "南经理"}
    assert owner(team, card) == "张磊"
    with pytest.raises(NotFound):
        team["li"].cards.get(card)
    assert [entry.undone for entry in south.transfers.history(card)] == [True]
    south.trail.revert(_newest_undo())
    assert owner(team, card) == "李静"
    assert [entry.undone for entry in south.transfers.history(card)] == [False]
    sound(team)


def test_what_the_new_owner_did_stays_his(team: SalesTeam) -> None:
    card = team.card("zhang")
    done, open_one = (team["zhang"].todos.add(TodoValues(t, card=card)) for t in ("一", "二"))
    team["south"].transfers.hand([card], "li")
    team["li"].todos.done([done.id])
    assert team["south"].trail.undo().left == ("To-do",)
    owners = {todo.id: todo.owner for todo in team["boss"].todos.page(_everyones(), 0, 9)}
    assert owners == {done.id: "李静", open_one.id: "张磊"}
    sound(team)


def _newest_undo() -> int:
    sql = "SELECT max(id) FROM change_set WHERE undoes_id IS NOT NULL"
    return int(database.execute_sql(sql).fetchone()[0])


def test_undo_needs_the_right_that_one_has_now(team: SalesTeam) -> None:
    card = team.card("zhang")
    team["south"].transfers.hand([card], "li")
    team["boss"].transfers.hand([card], "zhou")
    undone = team["south"].trail.undo()
    assert undone.reverted == 0
    assert owner(team, card) == "周婷"
    second = team.card("zhang", "李四")
    team["south"].transfers.hand([second], "south")
    database.execute_sql("UPDATE member SET role = 'rep' WHERE login = 'south'")
    assert team["south"].trail.undo().reverted == 0
    assert owner(team, second) == "南经理"


def test_a_whole_box_with_the_trash_and_every_open_todo(team: SalesTeam) -> None:
    zhang = team["zhang"]
    cards = [team.card("zhang", name) for name in ("一", "二", "三")]
    zhang.cards.trash(cards[2:])
    foreign = team.card("li", "四")
    team["south"].todos.add(TodoValues("帮忙", card=foreign, owner="zhang"))
    zhang.todos.add(TodoValues("送样品", card=cards[0]))
    zhang.todos.add(TodoValues("报销"))
    before = _change_sets()
    given = team["south"].transfers.hand_all("zhang", "li", "离职")
    assert (given.cards, given.todos) == (3, 3)
    assert _change_sets() == before + 1
    assert [owner(team, card) for card in cards] == ["李静"] * 3
    assert Todo.select().where(Todo.owner == zhang.member.id).count() == 0
    team["south"].trail.undo()
    assert [owner(team, card) for card in cards] == ["张磊"] * 3
    assert Todo.select().where(Todo.owner == zhang.member.id).count() == 3
    sound(team)


def _change_sets() -> int:
    return int(database.execute_sql("SELECT count(*) FROM change_set").fetchone()[0])


def test_who_may_hand_a_whole_box_over(team: SalesTeam) -> None:
    team.card("zhang")
    for who in ("east", "zhou", "zhang", "li", "service", "admin"):
        with pytest.raises(NotAllowed):
            team[who].transfers.hand_all("zhang", "li")
    for who in ("south", "boss", "keeper"):
        assert team[who].transfers.hand_all("zhang", "li").cards == 1
        team[who].trail.undo()
    with pytest.raises(NotAllowed, match="none of your departments"):
        team["south"].transfers.hand_all("zhang", "zhou")
    with pytest.raises(BadValue, match="stay with"):
        team["south"].transfers.hand_all("zhang", "zhang")
    with pytest.raises(NotFound):
        team["south"].transfers.hand_all("nobody", "li")
    database.execute_sql("UPDATE member SET active = 0 WHERE login = 'zhang'")
    assert team["south"].transfers.hand_all("zhang", "li").cards == 1


def test_leaving_hands_the_box_over_in_its_own_change_set(team: SalesTeam) -> None:
    """An administrator may not touch cards; the use case of leaving has asked for itself."""
    team.card("zhang")
    leaver, receiver = member_named("zhang"), member_named("li")
    assert leaver is not None
    assert receiver is not None
    with team["admin"].change("Left", asked=True) as change:
        assert hand_box(change, leaver, receiver, "离职").cards == 1
    (entry,) = team["li"].transfers.history()
    assert (entry.by, entry.giver, entry.receiver, entry.reason) == (
        "管理员",
        "张磊",
        "李静",
        "离职",
    )


def test_history_tells_who_what_to_whom_and_why(team: SalesTeam) -> None:
    card, other = team.card("zhang"), team.card("zhang", "李四")
    team["zhang"].todos.add(TodoValues("送样品", card=card))
    team["south"].transfers.hand([card, other], "li", "换区")
    team["boss"].transfers.hand([card], "zhou")
    first, second = team["boss"].transfers.history(card)
    boss = team["boss"].member.name
    assert (first.by, first.giver, first.receiver, first.reason) == (boss, "李静", "周婷", "")
    assert (second.by, second.giver, second.receiver) == ("南经理", "张磊", "李静")
    (whole,) = team["south"].transfers.history(login="zhang")
    assert whole.numbers == ("P000001", "P000002")
    assert whole.names == ("李四",)
    assert whole.todos == 1
    assert len(team["boss"].transfers.history()) == 2
    assert len(team["south"].transfers.history()) == 2
    assert len(team["zhou"].transfers.history()) == 1
    assert len(team["east"].transfers.history()) == 1
    assert team["admin"].transfers.history() == []
    assert len(team["keeper"].transfers.history(limit=1)) == 1
    for desk, login in ((team["zhou"], "zhang"), (team["east"], "li"), (team["admin"], "li")):
        with pytest.raises(NotAllowed):
            desk.transfers.history(login=login)


def test_an_erased_card_tells_nothing_of_its_transfers(team: SalesTeam) -> None:
    card = team.card("zhang")
    team["south"].transfers.hand([card], "li", "换区")
    team["admin"].audit.erase(card, "本人要求")
    assert team["south"].transfers.history() == []
    with pytest.raises(NotFound):
        team["south"].transfers.history(card)
    sound(team)


def test_suggestions_by_region_industry_department_and_load(team: SalesTeam) -> None:
    card = team.card("south", region="广东", city="深圳", industry="电子")
    team.card("zhang", "一", region="广东", city="深圳", industry="电子")
    team.card("zhang", "二", importance="key", region="广东", city="广州")
    team.card("li", "三", region="广东", city="珠海")
    team.card("zhou", "四", region="江苏", city="苏州", industry="电子")
    suggested = team["boss"].transfers.suggest([card])
    by_login = {each.login: each for each in suggested}
    assert [each.login for each in suggested[:3]] == ["zhang", "li", "zhou"]
    zhang = by_login["zhang"]
    assert (zhang.cards, zhang.key_cards, zhang.city, zhang.city_cards) == (2, 1, "深圳", 1)
    assert (zhang.region_cards, zhang.industry_cards, zhang.same_department) == (2, 1, True)
    assert by_login["li"].city_cards == 0
    assert "south" not in by_login
    assert len(team["boss"].transfers.suggest([card], 2)) == 2
    database.execute_sql("UPDATE member SET trainee = 1 WHERE login = 'zhang'")
    trainee = team["boss"].transfers.suggest([card])[0]
    assert (trainee.login, trainee.trainee) == ("zhang", True)
