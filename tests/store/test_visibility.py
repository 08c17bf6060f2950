"""Whoever does not see a card learns nothing of it and changes nothing on it, by any method."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import NotFound, StoreError
from store.models.base import database
from store.models.team import Department, Member
from store.records.cards import CardQuery, CardRecord
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues, OccasionRow
from store.records.todos import TodoQuery, TodoValues

HIDDEN = "机密"
"""Stands in every text of the cards that a rep does not see."""

PHONE = "13977778888"


@dataclass
class Team:
    """A head office with two departments, and what one of its reps keeps to himself."""

    director: Desk
    manager: Desk
    rep: Desk
    other: Desk
    """A rep of the other department."""
    card: CardRecord
    """The other rep's customer."""
    house: int
    """The organisation where he works."""
    talk: int
    todo: int
    relative: int
    date: OccasionRow

    @property
    def blind(self) -> tuple[Desk, Desk]:
        """Who does not see the customer."""
        return self.rep, self.manager

    @property
    def seeing(self) -> tuple[Desk, Desk]:
        """Who sees him."""
        return self.other, self.director


@pytest.fixture
def team(store: Store) -> Team:
    director = store.desk()
    for number, name, above in ((1, "总部", None), (2, "华南", 1), (3, "华东", 1)):
        Department.insert(id=number, name=name, parent=above).execute()
    members = (("manager", "manager", 2), ("rep", "rep", 2), ("other", "rep", 3))
    for number, (login, role, department) in enumerate(members, start=10):
        Member.insert(
            id=number,
            login=login,
            name=login,
            role=role,
            department=department,
            created_at=store.clock.now(),
        ).execute()
    director.settings.set_for_box("usual_login", director.member.login)
    manager, rep, other = (store.desk(login) for login in ("manager", "rep", "other"))
    rep.cards.create("person", {"name": "张山", "organisation": "远大软件", "tags": ["常客"]})
    card = other.cards.create(
        "person",
        {
            "name": f"{HIDDEN}先生",
            "nickname": f"{HIDDEN}哥",
            "organisation": f"{HIDDEN}公司",
            "title": f"{HIDDEN}总监",
            "mobile": [{"value": PHONE, "label": HIDDEN}],
            "email": [{"value": "secret@example.com"}],
            "tags": [f"{HIDDEN}标签"],
            "hobbies": [f"{HIDDEN}爱好"],
            "region": f"{HIDDEN}地区",
            "not_to_mention": f"{HIDDEN}话题",
            "id_number": "11010519491231002X",
            "birth_solar": "1985-09-29",
        },
        extras=[["X-NOTE", f"{HIDDEN}附注"]],
    )
    logged = other.interactions.log(
        card.id,
        InteractionValues(
            at=datetime(2026, 9, 20, tzinfo=UTC),
            topic=f"{HIDDEN}报价",
            words=f"{HIDDEN}原话",
            next_on=date(2026, 9, 24),
            next_purpose=f"{HIDDEN}回访",
        ),
        [TodoValues(f"{HIDDEN}待办", due_on=date(2026, 9, 24))],
    )
    relative = other.family.add(
        card.id, FamilyValues(name=f"{HIDDEN}女儿", relation="女儿", birth="2015-09-28")
    )
    return Team(
        director=director,
        manager=manager,
        rep=rep,
        other=other,
        card=card,
        house=other.cards.resolve(card.values["organisation"]).id,
        talk=logged.id,
        todo=logged.todos[0],
        relative=relative.id,
        date=other.occasions.of_card(card.id)[0],
    )


EXPORTED = [
    *(
        (what, form)
        for what in ("cards", "interactions", "todos", "dates")
        for form in ("csv", "json")
    ),
    *(("cards", "vcf"), ("all", "ics"), ("all", "json")),
]


def exported(desk: Desk, what: str, form: str) -> str:
    stream = io.BytesIO()
    desk.exchange.export(what, form, stream)
    return stream.getvalue().decode()


def looks(team: Team, desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """Every question that a desk answers about many records."""
    texts = (HIDDEN, "jm", PHONE[-4:], team.card.number, "secret")
    for text in texts:
        yield f"find {text}", lambda text=text: desk.cards.find(text)
        yield f"page {text}", lambda text=text: desk.cards.page(CardQuery(text=text), 0, 99)
        yield (
            f"talks {text}",
            lambda text=text: desk.interactions.page(InteractionQuery(text=text), 0, 99),
        )
        yield (
            f"to-dos {text}",
            lambda text=text: desk.todos.page(
                TodoQuery(text=text, everyone=True, side=None, done=True), 0, 99
            ),
        )
    for sort in ("contact", "name", "next", "review", "lifecycle", "likelihood", "created"):
        yield f"by {sort}", lambda sort=sort: desk.cards.page(CardQuery(sort=sort), 0, 99)
    yield "trash", lambda: desk.cards.page(CardQuery(trashed=True), 0, 99)
    yield "rows", lambda: desk.cards.rows([team.card.id, team.house])
    for key in ("tags", "hobbies", "organisation", "region"):
        yield f"facts {key}", lambda key=key: desk.cards.facts(key)
    yield "duplicates", lambda: desk.cards.duplicates("person", team.card.values)
    yield "same name", lambda: desk.cards.duplicates("organisation", {"name": f"{HIDDEN}公司"})
    yield "talks", lambda: desk.interactions.page(InteractionQuery(), 0, 99)
    yield "talks of", lambda: desk.interactions.page(InteractionQuery(card=team.card.id), 0, 99)
    yield "to-dos", lambda: desk.todos.page(TodoQuery(everyone=True, side=None), 0, 99)
    yield "to-dos of", lambda: desk.todos.page(TodoQuery(card=team.card.id, side=None), 0, 99)
    yield "board", lambda: desk.todos.board(TodoQuery(everyone=True, side=None))
    yield "coming", lambda: desk.occasions.coming(366)
    yield "agenda", lambda: desk.today.agenda()
    yield "talk line", lambda: desk.interactions.read_line(f"{team.card.number} 你好").card_id
    yield "to-do line", lambda: desk.todos.read_line(f"{team.card.number} 送样品").values.card
    yield (
        "import",
        lambda: (
            desk.exchange.plan(io.BytesIO(f"姓名,手机\n李四,{PHONE}\n".encode()), "x.csv")
            .cards[0]
            .duplicate
        ),
    )
    for what, form in EXPORTED:
        yield f"{what}.{form}", lambda what=what, form=form: exported(desk, what, form)


def told(answer: object) -> bool:
    """Whether an answer gives anything of the hidden card away."""
    text = repr(answer)
    return any(sign in text for sign in (HIDDEN, PHONE, "secret@", "1985-09-29"))


def test_lists_tell_nothing_of_cards_out_of_sight(team: Team) -> None:
    for desk in team.blind:
        leaks = [name for name, look in looks(team, desk) if told(look())]
        assert leaks == [], desk.member.login


def test_the_same_lists_tell_everything_to_whoever_sees_the_card(team: Team) -> None:
    silent = {
        *("trash", "facts organisation", "talk line", "to-do line"),
        *(f"{kind} {text}" for kind in ("talks", "to-dos") for text in (PHONE[-4:], "secret")),
    }
    for desk in team.seeing:
        quiet = {name for name, look in looks(team, desk) if not told(look())}
        assert quiet - {"agenda", "to-dos of"} == silent, desk.member.login
        assert desk.interactions.read_line(f"{team.card.number} 你好").card_id == team.card.id


def test_counts_leave_cards_out_of_sight_out(team: Team) -> None:
    for desk in team.blind:
        assert desk.cards.count(CardQuery()) == 2
        assert desk.cards.count(CardQuery(text=HIDDEN)) == 0
        assert desk.cards.count(CardQuery(tags=(f"{HIDDEN}标签",))) == 0
        assert desk.interactions.count(InteractionQuery()) == 0
        assert desk.interactions.count(InteractionQuery(text=HIDDEN)) == 0
        assert desk.todos.count(TodoQuery(everyone=True, side=None)) == 0
        assert sum(desk.todos.board_counts(TodoQuery(everyone=True)).values()) == 0
    for desk in team.seeing:
        assert desk.cards.count(CardQuery(text=HIDDEN)) == 2
        assert desk.interactions.count(InteractionQuery()) == 1
        assert desk.todos.count(TodoQuery(everyone=True, side=None)) == 1


def refused(team: Team, desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that a desk does with one record."""
    card, talk, todo, values = team.card.id, team.talk, team.todo, team.card.values
    said = team.other.interactions.get(talk).values
    wanted = team.other.todos.get(todo).values
    family = FamilyValues(name="x", birth="2015-09-28")
    yield "get", lambda: desk.cards.get(card)
    yield "row", lambda: desk.cards.row(card)
    yield "house", lambda: desk.cards.get(team.house)
    yield "resolve", lambda: desk.cards.resolve(team.card.number)
    yield "resolve by name", lambda: desk.cards.resolve(f"{HIDDEN}先生")
    yield "save", lambda: desk.cards.save(card, values, {**values, "nickname": "x"})
    yield "set", lambda: desk.cards.set_values([card], {"city": "x"})
    yield "tag", lambda: desk.cards.tag([card], "x")
    yield "trash", lambda: desk.cards.trash([card])
    yield "restore", lambda: desk.cards.restore([card])
    yield "history", lambda: desk.trail.history(card)
    yield "briefing", lambda: desk.briefing.of(card)
    yield "log", lambda: desk.interactions.log(card, InteractionValues(topic="x"))
    yield (
        "log with",
        lambda: desk.interactions.log(
            desk.cards.resolve("张山").id, InteractionValues(topic="x", others=(card,))
        ),
    )
    yield "log line", lambda: desk.interactions.log_line(f"{team.card.number} x")
    yield "talk", lambda: desk.interactions.get(talk)
    yield "change talk", lambda: desk.interactions.update(talk, said, replace(said, place="x"))
    yield "trash talk", lambda: desk.interactions.trash([talk])
    yield "restore talk", lambda: desk.interactions.restore([talk])
    yield "add to-do", lambda: desk.todos.add(TodoValues("x", card=card))
    yield "to-do", lambda: desk.todos.get(todo)
    yield "change to-do", lambda: desk.todos.update(todo, wanted, replace(wanted, note="x"))
    yield "move", lambda: desk.todos.move([todo], 4)
    yield "done", lambda: desk.todos.done([todo])
    yield "reopen", lambda: desk.todos.reopen([todo])
    yield "postpone", lambda: desk.todos.postpone([todo], days=1)
    yield "trash to-do", lambda: desk.todos.trash([todo])
    yield "family", lambda: desk.family.of(card)
    yield "relative", lambda: desk.family.get(team.relative)
    yield "add relative", lambda: desk.family.add(card, family)
    yield "change relative", lambda: desk.family.update(team.relative, family, family)
    yield "dates", lambda: desk.occasions.of_card(card)
    yield "add date", lambda: desk.occasions.add(card, "wedding", "1999-01-01")
    yield "add further date", lambda: desk.occasions.add(card, "further", "1999-01-01")
    yield "greet", lambda: desk.occasions.note_greeting(team.date)
    yield "remove date", lambda: desk.occasions.remove(team.date.id)
    yield "remove relative", lambda: desk.family.remove(team.relative)


def written() -> list[tuple[Any, ...]]:
    """What stands in the box on the hidden card."""
    tables = ("card", "contact_point", "interaction", "todo", "family_member", "occasion")
    return [row for table in tables for row in database.execute_sql(f"SELECT * FROM {table}")]


def test_nothing_is_done_to_a_card_out_of_sight(team: Team) -> None:
    before = written()
    for desk in team.blind:
        for name, attempt in refused(team, desk):
            with pytest.raises(NotFound) as caught:
                attempt()
            assert HIDDEN not in str(caught.value) or "resolve" in name, name
            assert written() == before, name


def test_whoever_sees_the_card_may_do_all_of_it(team: Team) -> None:
    for name, attempt in refused(team, team.director):
        try:
            attempt()
        except StoreError as error:
            pytest.fail(f"{name}: {error}")


def test_an_import_changes_no_card_out_of_sight(team: Team) -> None:
    file = io.BytesIO(f"姓名,手机,昵称\n李四,{PHONE},小李\n".encode())
    plan = team.rep.exchange.plan(file, "x.csv", on_duplicate="update")
    assert team.rep.exchange.run(plan).new == 1
    assert team.other.cards.get(team.card.id).values == team.card.values


def test_a_manager_sees_what_stands_below_him(team: Team) -> None:
    assert {row.name for row in team.manager.cards.page(CardQuery(), 0, 9)} == {"张山", "远大软件"}
    database.execute_sql("UPDATE member SET department_id = 1 WHERE login = 'manager'")
    above = team.manager.store.desk("manager")
    assert above.cards.count(CardQuery()) == 4
    assert above.cards.get(team.card.id).values == team.card.values


def test_a_card_of_ones_own_gives_no_way_into_another(team: Team) -> None:
    team.rep.settings.set("own_card", team.card.number)
    assert not told(team.rep.briefing.of(team.rep.cards.resolve("张山").id))


def test_a_talk_with_both_shows_the_other_by_name_alone(team: Team) -> None:
    """Linked records show if one card is visible, the others as released (architecture.md)."""
    mine = team.rep.cards.resolve("张山").id
    talk = team.director.interactions.log(
        mine, InteractionValues(topic="三方会谈", others=(team.card.id,))
    ).id
    assert team.rep.interactions.get(talk).others == {team.card.id: team.card.values["name"]}
    assert HIDDEN not in exported(team.rep, "interactions", "csv")
    assert HIDDEN not in exported(team.rep, "all", "json")
    with pytest.raises(NotFound):
        team.rep.cards.get(team.card.id)


def test_a_todo_given_on_a_card_out_of_sight_names_no_card(team: Team) -> None:
    given = team.director.todos.add(TodoValues("送样品", card=team.card.id, owner="rep"))
    row = team.rep.todos.get(given.id)
    assert (row.card_id, row.card_number, row.card_name) == (None, None, None)
    done = team.rep.todos.update(given.id, row.values, replace(row.values, note="已联系"))
    assert done.note == "已联系"
    assert team.director.todos.get(given.id).card_id == team.card.id
