"""What a member tries who wants more than is his: side doors, forged files, old rights."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from store.desk import Desk
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.records.audit import AuditQuery
from store.records.cards import CardQuery, CardRow
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.todos import TodoQuery, TodoValues
from tests.team.team_box import EAST, HOUSE, ID_NUMBER, NAME, SOUTH, WORD, TeamBox, told

CENTURY = (date(2000, 1, 1), date(2099, 12, 31))
EVERY_TODO = TodoQuery(everyone=True, side=None, done=True)


@pytest.fixture(autouse=True)
def taken_back(team: TeamBox) -> Iterator[None]:
    """Nothing of an attempt stays in the team's box."""
    with database.atomic() as transaction:
        yield
        transaction.rollback()


def talks_with(team: TeamBox, card_id: int) -> list[int]:
    rows = team.desk("boss").interactions.page(InteractionQuery(card=card_id), 0, -1)
    return [row.id for row in rows]


# Talks with several customers


@pytest.mark.parametrize("login", ["borrower", "coach", "keeper"])
def test_nobody_puts_a_talk_on_a_card_that_he_only_reads(team: TeamBox, login: str) -> None:
    desk, before = team.desk(login), talks_with(team, team.card.id)
    with pytest.raises(NotAllowed):
        desk.interactions.log(team.own[login], InteractionValues(topic="x", others=(team.card.id,)))
    logged = team.desk("boss").interactions.log(team.own[login], InteractionValues(topic="x"))
    seen = desk.interactions.get(logged.id).values
    with pytest.raises(NotAllowed):
        desk.interactions.update(logged.id, seen, replace(seen, others=(team.card.id,)))
    assert talks_with(team, team.card.id) == before


@pytest.mark.parametrize("login", ["borrower", "coach"])
def test_nobody_says_who_else_was_at_a_colleagues_talk(team: TeamBox, login: str) -> None:
    owner = team.desk("owner")
    seen = owner.interactions.get(team.talk).values
    owner.interactions.update(team.talk, seen, replace(seen, others=(team.own["owner"],)))
    desk = team.desk(login)
    seen = desk.interactions.get(team.talk).values
    for others in ((), (team.own["owner"], team.own[login])):
        with pytest.raises(NotAllowed):
            desk.interactions.update(team.talk, seen, replace(seen, others=others))
    assert owner.interactions.get(team.talk).values.others == (team.own["owner"],)


def test_the_owner_of_one_of_its_cards_leaves_a_talk_as_it_is(team: TeamBox) -> None:
    owner, boss = team.desk("owner"), team.desk("boss")
    other = team.own["owner"]
    logged = owner.interactions.log(team.card.id, InteractionValues(topic="x", others=(other,)))
    boss.transfers.hand([other], "rep")
    rep = team.desk("rep")
    seen = rep.interactions.get(logged.id).values
    with pytest.raises(NotAllowed):
        rep.interactions.update(logged.id, seen, replace(seen, others=()))
    # The talk is still its writer's, who may take back what he said of a card that he gave away.
    seen = owner.interactions.get(logged.id).values
    changed = owner.interactions.update(logged.id, seen, replace(seen, others=()))
    assert changed.values.others == ()
    assert other not in talks_with(team, other)
    owner.trail.undo()
    assert owner.interactions.get(logged.id).values.others == ()


def test_a_nickname_is_not_guessed_by_a_talk_that_is_shared(team: TeamBox) -> None:
    owner = team.desk("owner")
    other = team.own["owner"]
    owner.interactions.log(team.card.id, InteractionValues(topic="x", others=(other,)))
    team.desk("boss").transfers.hand([other], "rep")
    rep = team.desk("rep")

    def found(text: str) -> int:
        return rep.interactions.count(InteractionQuery(text=text))

    assert found("x") == 1
    assert found(f"{WORD}绰号") == 0
    assert owner.interactions.count(InteractionQuery(text=f"{WORD}绰号")) == 2
    assert found("owner的客户") == 0


# What lists and counts tell


@pytest.mark.parametrize("login", ["coach", "keeper", "served", "borrower"])
def test_sensitive_values_are_offered_to_nobody_who_does_not_read_them(
    team: TeamBox, login: str
) -> None:
    assert team.desk("owner").cards.facts("id_number") == [ID_NUMBER]
    assert team.desk(login).cards.facts("id_number") == []
    assert team.desk(login).cards.facts("hobbies") == [f"{WORD}爱好"]


def test_departments_count_the_cards_that_are_the_readers_business(team: TeamBox) -> None:
    def cards(login: str) -> dict[str, int]:
        return {row.name: row.cards for row in team.desk(login).departments.all()}

    everything = cards("admin")
    assert everything["华东"] == 4
    assert cards("boss") == everything
    assert cards("manager") == {"总部": 0, "华南": 0, "华东": 4}
    assert cards("rep") == {"总部": 0, "华南": 1, "华东": 0}
    assert cards("service") == {"总部": 0, "华南": 0, "华东": 0}


def test_a_short_name_does_not_tell_the_whole_name_of_a_house(team: TeamBox) -> None:
    owner, rep = team.desk("owner"), team.desk("rep")
    seen = owner.cards.get(team.house).values
    owner.cards.save(team.house, seen, {**seen, "short_name": "明月"})
    made = rep.cards.create("person", {"name": "某人", "organisation": "明月"})
    assert told(rep.briefing.of(made.id)) == "-"
    ours = owner.cards.create("person", {"name": "某人", "organisation": "明月"})
    assert owner.cards.row(ours.id).organisation == HOUSE


def of_new_house(desk: Desk, person: int, name: str, hidden: str) -> CardRow:
    """The house where somebody works now: a new card of the member's own, as of a name that nobody
    has typed before.
    """
    number = desk.cards.get(person).values["organisation"]
    assert number != hidden
    house = desk.cards.resolve(number)
    assert (house.name, house.owner, house.level) == (name, desk.member.name, 3)
    assert [each.id for each in desk.cards.find(name) if each.kind == "organisation"] == [house.id]
    made = desk.trail.history(house.id, 1)[0].change_set
    assert made == desk.trail.history(person, 1)[0].change_set
    return house


def enter_there(desk: Desk, name: str) -> int:
    return desk.cards.create("person", {"name": "探针", "organisation": name}).id


def move_there(desk: Desk, name: str) -> int:
    card = desk.cards.create("person", {"name": "探针", "organisation": "别的公司"})
    desk.cards.save(card.id, card.values, {**card.values, "organisation": name})
    return card.id


def go_there(desk: Desk, name: str) -> int:
    card = desk.cards.create("person", {"name": "探针", "organisation": "别的公司"}).id
    desk.people.leave(desk.people.history(card)[0].id, to=name)
    return card


def import_there(desk: Desk, name: str) -> int:
    file = io.BytesIO(f"姓名,单位\n探针,{name}\n".encode())
    desk.exchange.run(desk.exchange.plan(file, "book.csv"))
    return desk.cards.find("探针")[0].id


@pytest.mark.parametrize("way", [enter_there, move_there, go_there, import_there])
@pytest.mark.parametrize("name", [HOUSE, "没有人写过的公司"])
def test_the_name_of_a_house_that_is_hidden_is_a_name_like_others(
    team: TeamBox, name: str, way: Callable[[Desk, str], int]
) -> None:
    owner, rep = team.desk("owner"), team.desk("rep")
    hidden, before = owner.cards.row(team.house).number, owner.people.of(team.house)
    person = way(rep, name)
    of_new_house(rep, person, name, hidden)
    assert hidden not in repr((rep.cards.get(person), rep.briefing.of(person)))
    assert owner.people.of(team.house) == before


def test_whoever_sees_both_houses_is_told_that_they_are_one(team: TeamBox) -> None:
    rep, boss = team.desk("rep"), team.desk("boss")
    card = rep.cards.get(enter_there(rep, HOUSE))
    other = rep.cards.resolve(card.values["organisation"]).id
    pairs = [pair[:2] for group in boss.merging.groups() for pair in group.pairs]
    assert (team.house, other) in pairs
    boss.merging.merge(team.house, other)
    assert boss.people.history(card.id)[0].organisation_id == team.house
    assert rep.people.history(card.id)[0].number == ""


def test_no_number_is_tried_against_the_name_of_a_house(team: TeamBox) -> None:
    hidden = team.desk("owner").cards.row(team.house).number
    rep = team.desk("rep")
    enter_there(rep, HOUSE)
    for number in (hidden, "O999999"):
        (found,) = rep.cards.duplicates("person", {"name": "探针", "organisation": number})
        assert found.weak
    owner = team.desk("owner")
    enter_there(owner, HOUSE)
    (found,) = owner.cards.duplicates("person", {"name": "探针", "organisation": hidden})
    assert not found.weak


def test_whoever_knows_a_house_means_that_card_by_its_name(team: TeamBox) -> None:
    boss = team.desk("boss")
    hidden = boss.cards.row(team.house).number
    boss.transfers.hand([team.card.id], "rep")
    rep = team.desk("rep")
    with pytest.raises(NotFound):
        rep.cards.resolve(hidden)
    # The customer's own card names his employer: nothing is learned by naming it once more.
    made = rep.cards.create("person", {"name": "同事", "organisation": HOUSE})
    assert made.values["organisation"] == hidden
    namely = team.desk("namely")
    released = namely.cards.create("person", {"name": "同事", "organisation": HOUSE})
    assert released.values["organisation"] == hidden


@pytest.mark.parametrize("login", ["admin", "stranger", "head", "keeper"])
def test_the_audit_finds_fields_where_it_shows_them(team: TeamBox, login: str) -> None:
    desk = team.desk(login)
    sees = login in ("head", "keeper")
    for key in ("id_number", "hobbies", "birth", "minutes"):
        found = desk.audit.entries(AuditQuery(field=key), 0, 99)
        assert [entry for entry in found if all(record.hidden for record in entry.records)] == []
        assert bool(found) is sees, key
        assert desk.audit.count(AuditQuery(field=key)) == len(found)


def test_the_audit_finds_fields_of_the_team_for_the_administrator(team: TeamBox) -> None:
    admin = team.desk("admin")
    seen = admin.team.member("rep").values
    admin.team.change("rep", seen, replace(seen, name="新名"))
    assert admin.audit.count(AuditQuery(field="name")) == 1


# After a transfer


def test_the_old_owner_keeps_nothing_of_a_card(team: TeamBox) -> None:
    owner = team.desk("owner")
    team.desk("boss").transfers.hand([team.card.id, team.house], "rep")
    rep = team.desk("rep")
    seen = rep.todos.get(team.todo).values
    rep.todos.update(team.todo, seen, replace(seen, note=f"{WORD}新"))
    assert told(owner.work.of("owner", *CENTURY)) == "-"
    assert told(owner.todos.page(EVERY_TODO, 0, 99)) == "-"
    assert told(owner.audit.entries(AuditQuery(card=team.card.id), 0, 99)) == "-"
    assert told(owner.interactions.page(InteractionQuery(mine=True), 0, 99)) == "-"
    assert told(owner.cards.page(CardQuery(), 0, 99)) == "-"
    assert told(exported(owner, "all", "json")) == "-"
    assert told(exported(owner, "trail", "csv")) == "-"
    assert told(owner.transfers.history()) == "-"
    for attempt in (
        lambda: owner.todos.done([team.todo]),
        lambda: owner.todos.trash([team.todo]),
        lambda: owner.todos.get(team.todo),
        lambda: owner.interactions.get(team.talk),
        lambda: owner.trail.history(team.card.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert told(owner.trail.undo()) == "-"


def exported(desk: Desk, what: str, form: str) -> str:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream)
    return stream.getvalue().decode()


def test_whoever_asked_for_something_still_sees_whether_it_is_done(team: TeamBox) -> None:
    owner = team.desk("owner")
    asked = owner.todos.add(TodoValues("送样品", card=team.card.id, owner="manager"))
    team.desk("boss").transfers.hand([team.card.id], "rep")
    row = owner.todos.get(asked.id)
    assert (row.title, row.card_name, row.owner) == ("送样品", None, "manager")


# Forged files


def forged(team: TeamBox, login: str, **card: Any) -> None:
    """Import a box in which others have said and wanted things."""
    document = {
        "format": "shuke-box",
        "version": 1,
        "members": [{"login": "boss", "name": "boss"}, {"login": login, "name": login}],
        "cards": [
            {"number": "P000777", "kind": "person", "name": "假客户", "created_by": "boss", **card}
        ],
        "interactions": [
            {
                "card": "P000777",
                "member": "boss",
                "minutes": "boss 同意了",
                "method": "other",
                "at": "2026-01-01T00:00:00Z",
                "others": card.pop("others", []),
            }
        ],
        "todos": [
            {"title": "boss 要的", "owner": "stranger", "asked_by": "boss", "created_by": "boss"}
        ],
    }
    desk = team.desk(login)
    stream = io.BytesIO(json.dumps(document).encode())
    desk.exchange.run(desk.exchange.plan(stream, "box.json"))


@pytest.mark.parametrize("login", ["rep", "manager"])
def test_a_file_puts_no_words_into_a_colleagues_mouth(team: TeamBox, login: str) -> None:
    forged(team, login, owner="coach", department=["总部"])
    desk = team.desk(login)
    me, place = desk.member.id, desk.member.department
    (card,) = database.execute_sql(
        "SELECT owner_id, created_by_id, updated_by_id, department_id FROM card "
        "WHERE name = '假客户'"
    ).fetchall()
    assert card == (me, me, me, place)
    (talk,) = database.execute_sql(
        "SELECT member_id FROM interaction WHERE minutes = 'boss 同意了'"
    ).fetchall()
    assert talk == (me,)
    (todo,) = database.execute_sql(
        "SELECT owner_id, asked_by_id, created_by_id FROM todo WHERE title = 'boss 要的'"
    ).fetchall()
    assert todo == (me, me, me)


def test_whoever_stands_above_brings_a_box_as_it_was(team: TeamBox) -> None:
    forged(team, "boss", owner="owner", department=["总部", "华南"])
    card = team.desk("owner").cards.resolve("假客户")
    assert card.owner == "owner"
    (place,) = database.execute_sql("SELECT department_id FROM card WHERE id = ?", [card.id])
    assert place == (EAST,), "a card belongs to its owner's department"
    assert told(team.desk("stranger").cards.find("假客户")) == "-"
    assert team.desk("stranger").member.department == SOUTH


def test_a_file_links_no_talk_to_a_card_that_is_only_read(team: TeamBox) -> None:
    desk, before = team.desk("borrower"), talks_with(team, team.card.id)
    document = {
        "format": "shuke-box",
        "version": 1,
        "members": [],
        "cards": [
            {"number": "P000777", "kind": "person", "name": "假客户"},
            {
                "number": "P000778",
                "kind": "person",
                "name": NAME,
                "contacts": [{"kind": "mobile", "value": "13977778888"}],
            },
        ],
        "interactions": [
            {
                "card": "P000777",
                "others": ["P000778"],
                "minutes": "x",
                "method": "other",
                "at": "2026-01-01T00:00:00Z",
            }
        ],
        "todos": [],
    }
    stream = io.BytesIO(json.dumps(document).encode())
    result = desk.exchange.run(desk.exchange.plan(stream, "box.json"))
    assert (result.new, result.skipped) == (1, 1)
    assert talks_with(team, team.card.id) == before


# What the trail knows


class HungUp(io.BytesIO):
    """Takes the first bytes and breaks, as the pipe of a client that hung up."""

    def write(self, block: Any, /) -> int:
        super().write(block[:100])
        raise BrokenPipeError


def test_an_export_is_noted_however_early_its_reader_hangs_up(team: TeamBox) -> None:
    owner = team.desk("owner")
    before = len(owner.trail.exports())
    stream = HungUp()
    with pytest.raises(OSError):
        owner.exchange.export("cards", "json", stream)
    assert len(stream.getvalue()) == 100
    assert len(owner.trail.exports()) == before + 1


def readings(team: TeamBox, login: str) -> int:
    (count,) = database.execute_sql(
        "SELECT count(*) FROM change JOIN change_set AS head ON head.id = change.change_set_id "
        "JOIN member ON member.id = head.member_id "
        "WHERE change.\"table\" = 'read' AND change.card = ? AND member.login = ?",
        [team.card.id, login],
    ).fetchone()
    return int(count)


@pytest.mark.parametrize("what", ["cards", "interactions", "todos", "dates", "all"])
def test_an_export_of_a_lent_card_is_a_reading(team: TeamBox, what: str) -> None:
    borrower = team.desk("borrower")
    exported(borrower, what, "json")
    assert readings(team, "borrower") == 1
    stream = io.BytesIO()
    borrower.exchange.export("cards", "csv", stream, CardQuery(text="borrower"))
    assert readings(team, "borrower") == 1
    for login in ("coach", "keeper", "owner"):
        exported(team.desk(login), what, "json")
        assert readings(team, login) == 0


# Rights


def test_an_undo_leaves_somebody_in_charge(team: TeamBox) -> None:
    admin = team.desk("admin")
    admin.team.leave("boss", "manager")
    seen = admin.team.member("keeper").values
    admin.team.change("keeper", seen, replace(seen, role="director"))
    promoted = database.execute_sql("SELECT max(id) FROM change_set").fetchone()[0]
    director = team.desk("keeper")
    admin.team.add("second", "第二个", "administrator")
    second = team.desk("second")
    seen = second.team.member("admin").values
    second.team.change("admin", seen, replace(seen, role="rep"))
    second.team.change("second", second.team.member("second").values, as_rep(second))
    with pytest.raises(NotAllowed, match="nobody could set up the team"):
        director.trail.revert(promoted)
    assert team.desk("keeper").member.role == "director"


def as_rep(desk: Desk) -> Any:
    return replace(desk.team.member(desk.member.login).values, role="rep")


# Names


def test_a_login_that_was_somebodys_brings_nobody_his_drafts(team: TeamBox) -> None:
    admin, rep = team.desk("admin"), team.desk("rep")
    rep.drafts.keep("card:P000001", {"line": WORD})
    seen = admin.team.member("rep").values
    admin.team.change("rep", seen, replace(seen, login="rep2"))
    with pytest.raises(BadValue, match="was the login of rep"):
        admin.team.add("rep", "另一个")
    with pytest.raises(BadValue, match="was the login of rep"):
        values = admin.team.member("coach").values
        admin.team.change("coach", values, replace(values, login="rep"))
    seen = admin.team.member("rep2").values
    admin.team.change("rep2", seen, replace(seen, login="rep"))
    assert team.desk("rep").drafts.get("card:P000001") is not None
    rep.drafts.drop("card:P000001")


def last_change(team: TeamBox) -> int:
    """The number of the newest change set."""
    return int(database.execute_sql("SELECT max(id) FROM change_set").fetchone()[0])


@pytest.mark.parametrize("login", ["manager", "head", "keeper", "admin", "stranger"])
def test_nobody_takes_back_what_somebody_below_him_told_others(team: TeamBox, login: str) -> None:
    team.desk("owner").remarks.write("boss", "我们经理的事")
    done = last_change(team)
    try:
        assert team.desk(login).trail.revert(done).left != ()
    except NotFound:
        pass
    assert [row.text for row in team.desk("boss").remarks.open()] == ["我们经理的事"]


@pytest.mark.parametrize("login", ["head", "keeper", "owner"])
def test_nobody_takes_back_the_verdict_of_somebody_else(team: TeamBox, login: str) -> None:
    given = team.desk("manager").inspections.inspect(team.card.id, "sent_back", {"": "补电话"})
    try:
        assert team.desk(login).trail.revert(last_change(team)).left != ()
    except NotFound:
        pass
    assert [row.id for row in team.desk("owner").inspections.waiting()] == [given.id]


def test_whoever_stands_above_takes_back_what_a_file_brought(team: TeamBox) -> None:
    said = {"card": "P000777", "text": "留言", "author": "owner", "addressee": "boss"}
    verdict = {"card": "P000777", "verdict": "approved", "inspector": "manager"}
    card = {"number": "P000777", "kind": "person", "name": "假客户", "owner": "owner"}
    whole = {"format": "shuke-box", "version": 1, "cards": [card], "remarks": [said]}
    whole["inspections"] = [{**verdict, "at": "2026-01-01T00:00:00Z"}]
    manager = team.desk("manager")
    file = io.BytesIO(json.dumps(whole).encode())
    manager.exchange.run(manager.exchange.plan(file, "box.json"))
    before = [row.text for row in team.desk("boss").remarks.open()]
    assert "留言" in before
    assert team.desk("boss").trail.revert(last_change(team)).left == ()
    assert "留言" not in [row.text for row in team.desk("boss").remarks.open()]
    assert team.desk("boss").trail.redo().left == ()
    assert [row.text for row in team.desk("boss").remarks.open()] == before
