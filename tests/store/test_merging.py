"""Two cards of one customer become one: nothing is lost, and one undo makes two again."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from store import doctor, rows
from store.change_words import told_of
from store.database import Store
from store.desk import Desk
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.merge_records import MOVERS
from store.models.base import Table, database
from store.models.cards import Affiliation, Card, CardFact
from store.models.interactions import InteractionCard
from store.models.papers import Paper
from store.models.relations import (
    Club,
    ClubMember,
    DistinctPair,
    Inspection,
    Referral,
    Relationship,
)
from store.models.sharing import Loan
from store.models.tables import TABLES, TRAILED
from store.recorder import BOOKKEEPING
from store.records.cards import CardQuery, CardRecord
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoQuery, TodoValues
from tests.store.sales_team import SalesTeam, sales_team

from peewee import ForeignKeyField  # isort: skip

OWN = frozenset({"contact_point", "occasion", "card_fact"})
"""What a card in the trash keeps: its own values."""


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


def phone(number: str, label: str = "") -> list[dict[str, str]]:
    return [{"value": number, "label": label}]


def pair(desk: Desk) -> tuple[CardRecord, CardRecord]:
    """Two cards of one customer, entered by two people a year apart."""
    keep = desk.cards.create(
        "person",
        {
            "name": "张山",
            "mobile": phone("13911112222"),
            "organisation": "华东电子",
            "title": "采购员",
            "hobbies": ["钓鱼"],
            "note": "谨慎",
            "city": "上海",
        },
        extras=[["来源", "名片"]],
    )
    drop = desk.cards.create(
        "person",
        {
            "name": "张 山",
            "mobile": [*phone("139-1111-2222", "私人"), *phone("13933334444")],
            "organisation": "华东电子",
            "title": "采购经理",
            "hobbies": ["钓鱼", "喝茶"],
            "note": "重承诺",
            "birth_lunar": "lunar:1985-08-15",
            "lifecycle": "target",
        },
        extras=[["来源", "名片"], ["旧编号", "17"]],
    )
    return keep, drop


def attach(desk: Desk, card: int, other: int) -> dict[str, int]:
    """Hang one of everything on a card; `other` is a third one. Gives ids by table."""
    talk = desk.interactions.log(card, InteractionValues(minutes="报价"), [TodoValues("送样品")])
    with_others = desk.interactions.log(other, InteractionValues(minutes="同去", others=(card,)))
    relative = desk.family.add(card, FamilyValues("小雨", "女儿", "2019-09-24"))
    remark = desk.remarks.write(desk.member.login, "带样品", card)
    with desk.change("x", asked=True) as change:
        now = change.now
        club = change.insert(Club, {"name": "茶友会", "owner_id": desk.member.id})
        inserted: dict[str, int] = {
            "relationship": change.insert(
                Relationship, {"card_id": card, "other_id": other, "kind": "friend"}
            ),
            "relationship back": change.insert(
                Relationship, {"card_id": other, "other_id": card, "kind": "senior"}
            ),
            "referral": change.insert(Referral, {"card_id": card, "referrer_id": other}),
            "referral of": change.insert(Referral, {"card_id": other, "referrer_id": card}),
            "club_member": change.insert(ClubMember, {"club_id": club, "card_id": card}),
            "inspection": change.insert(
                Inspection,
                {"card_id": card, "inspector_id": desk.member.id, "at": now, "verdict": "approved"},
            ),
            "paper": change.insert(
                Paper,
                {
                    "number": f"B{card}",
                    "card_id": card,
                    "paper_class": "basic",
                    "kind": "licence",
                    "title": "执照",
                },
            ),
            "distinct_pair": change.insert(
                DistinctPair, dict(zip(("card_id", "other_id"), sorted((card, other)), strict=True))
            ),
        }
        change.update(Card, other, {"referrer_card_id": card})
    return {
        **inserted,
        "interaction": talk.id,
        "with others": with_others.id,
        "todo": talk.todos[0],
        "family_member": relative.id,
        "remark": remark.id,
    }


def naming(card: int) -> list[tuple[str, str]]:
    """The tables and columns in which something names a card."""
    found = []
    for table in TABLES:
        for column, field in table._meta.columns.items():
            if isinstance(field, ForeignKeyField) and field.rel_model is Card:
                name = str(table._meta.table_name)
                sql = f'SELECT count(*) FROM "{name}" WHERE {column} = ?'
                if database.execute_sql(sql, [card]).fetchone()[0]:
                    found.append((name, column))
    return found


def content(table: type[Table]) -> dict[int, Mapping[str, Any]]:
    """All rows of a table by id, without what follows every change."""
    name = str(table._meta.table_name)
    ids = [row_id for (row_id,) in database.execute_sql(f'SELECT id FROM "{name}"').fetchall()]
    return {
        row_id: {
            column: rows.read_json(value)
            if column in rows.json_columns(table) and value is not None
            else value
            for column, value in row.items()
            if column not in BOOKKEEPING
        }
        for row_id, row in rows.fetch(table, ids).items()
    }


def whole_box() -> dict[str, dict[int, Mapping[str, Any]]]:
    """Everything that stands in a box but its bookkeeping, search and facts included."""
    found = {name: content(table) for name, table in TRAILED.items() if name != "setting"}
    for card in found["card"].values():
        assert isinstance(card, dict)
        card.pop("review_due_on")  # follows the day of the last change
    facts = database.execute_sql("SELECT card_id, key, value FROM card_fact").fetchall()
    found["facts"] = {place: {"": fact} for place, fact in enumerate(sorted(facts))}
    for index in ("search_card", "search_interaction"):
        documents = database.execute_sql(f"SELECT rowid, * FROM {index} ORDER BY 1").fetchall()
        found[index] = {row[0]: {"": row} for row in documents}
    return found


def well(store: Store) -> None:
    assert [check for check in doctor.examine(store, thorough=True).checks if not check.ok] == []


def test_a_table_that_names_cards_is_known_to_merging() -> None:
    """Whoever adds one says what becomes of its records when two cards become one."""
    named = {
        (table._meta.table_name, column)
        for table in TABLES
        for column, field in table._meta.columns.items()
        if isinstance(field, ForeignKeyField) and field.rel_model is Card
    }
    known = {
        (table._meta.table_name, column) for mover in MOVERS for table, column in mover.columns
    }
    assert named == known | {(CardFact._meta.table_name, "card_id")}  # follows from the card


def test_everything_moves_along(desk: Desk, store: Store) -> None:
    keep, drop = pair(desk)
    other = desk.cards.create("person", {"name": "赵申"}).id
    desk.cards.create("person", {"name": "旧卡"})
    ids = attach(desk, drop.id, other)
    compared = desk.merging.compare(keep.id, drop.id)
    assert compared.attached == {
        "interaction": 2,
        "todo": 1,
        "remark": 1,
        "family_member": 1,
        "relationship": 2,
        "referral": 2,
        "card": 1,
        "club_member": 1,
        "inspection": 1,
        "paper": 1,
    }
    done = desk.merging.merge(keep.id, drop.id)
    assert (done.number, done.dropped, done.moved) == (
        *(keep.number, drop.number),
        compared.attached,
    )
    assert {name for name, _column in naming(drop.id)} <= OWN
    talks = desk.interactions.page(InteractionQuery(card=keep.id), 0, 9)
    assert {talk.id for talk in talks} == {ids["interaction"], ids["with others"]}
    todos = desk.todos.page(TodoQuery(card=keep.id, everyone=True, side=None), 0, 9)
    assert [todo.id for todo in todos] == [ids["todo"]]
    assert [each.id for each in desk.family.of(keep.id)] == [ids["family_member"]]
    assert [each.id for each in desk.remarks.of_card(keep.id)] == [ids["remark"]]
    row = desk.cards.row(keep.id)
    assert (row.next_step, row.last_contact is not None) == ("送样品", True)
    assert desk.cards.count(CardQuery(trashed=True)) == 1
    well(store)


def test_what_was_chosen_stands_on_the_card(desk: Desk) -> None:
    keep, drop = pair(desk)
    compared = desk.merging.compare(keep.id, drop.id)
    suggested = {each.key: each.suggested for each in compared.differences}
    assert suggested == {
        "name": "keep",
        "mobile": "both",
        "title": "drop",
        "hobbies": "both",
        "note": "both",
        "city": "keep",
        "birth_lunar": "drop",
        "lifecycle": "drop",
    }
    assert compared.same == 2  # organisation, likelihood
    desk.merging.merge(keep.id, drop.id, {"note": "drop", "mobile": "keep"}, compared.versions)
    card = desk.cards.get(keep.id)
    assert card.values["title"] == "采购经理"
    assert card.values["hobbies"] == ["钓鱼", "喝茶"]
    assert card.values["note"] == "重承诺"
    assert card.values["mobile"] == phone("13911112222")
    assert card.values["city"] == "上海"
    assert card.values["birth_lunar"] == "lunar:1985-08-15"
    assert card.extras == [["来源", "名片"], ["旧编号", "17"]]
    assert card.merged == (drop.number,)
    assert [row.name for row in desk.cards.find("喝茶")] == ["张山"]


def test_lists_are_united_without_doubles(desk: Desk) -> None:
    keep, drop = pair(desk)
    desk.merging.merge(keep.id, drop.id)
    card = desk.cards.get(keep.id)
    assert card.values["mobile"] == [
        *phone("13911112222", "私人"),
        *phone("13933334444"),
    ]
    assert card.values["note"] == "谨慎\n重承诺"


@pytest.mark.parametrize(
    ("choice", "now", "before"),
    [("keep", "华东电子", "恒通"), ("drop", "恒通", "华东电子"), ("both", "华东电子", None)],
)
def test_of_two_employers_one_becomes_history(
    desk: Desk, choice: str, now: str, before: str | None
) -> None:
    one = {"name": "李四", "organisation": "华东电子", "title": "工程师"}
    other = {"name": "李四", "organisation": "恒通", "title": "总监"}
    keep, drop = (desk.cards.create("person", values) for values in (one, other))
    compared = desk.merging.compare(keep.id, drop.id)
    place = next(each for each in compared.differences if each.place)
    assert (place.key, place.suggested) == ("organisation", "drop")  # entered later
    desk.merging.merge(keep.id, drop.id, {"organisation": choice})
    assert desk.cards.row(keep.id).organisation == now
    assert desk.cards.row(keep.id).title == {"华东电子": "工程师", "恒通": "总监"}[now]
    places = rows.children(Affiliation, "person_id", [keep.id])[keep.id]
    ended = {row["organisation_id"] for row in places if row["until"] is not None}
    names = {card["id"]: card["name"] for card in rows.fetch(Card, ended).values()}
    assert len(places) == 2
    assert list(names.values()) == ([before] if before else [])


TITLE, HOUSE = {"name": "李四", "title": "总监"}, {"name": "李四", "organisation": "恒通"}


@pytest.mark.parametrize(("one", "two"), [(TITLE, HOUSE), (HOUSE, TITLE)])
def test_a_title_without_an_employer_goes_to_the_employer(
    desk: Desk, one: dict[str, str], two: dict[str, str]
) -> None:
    keep, drop = (desk.cards.create("person", values) for values in (one, two))
    before = whole_box()
    desk.merging.merge(keep.id, drop.id)
    values = desk.cards.get(keep.id).values
    assert (values["title"], desk.cards.row(keep.id).organisation) == ("总监", "恒通")
    desk.trail.undo()
    assert whole_box() == before


def test_that_he_works_there_may_be_wrong(desk: Desk) -> None:
    keep, drop = (desk.cards.create("person", values) for values in (TITLE, HOUSE))
    desk.merging.merge(keep.id, drop.id, {"organisation": "keep"})
    assert "organisation" not in desk.cards.get(keep.id).values
    (place,) = rows.children(Affiliation, "person_id", [keep.id])[keep.id]
    assert place["until"] == "2026-09-24"
    desk.trail.undo()
    desk.merging.merge(drop.id, keep.id, {"organisation": "drop"})
    assert "organisation" not in desk.cards.get(drop.id).values
    assert desk.cards.get(drop.id).values["title"] == "总监"


def test_organisations_bring_their_people(desk: Desk, store: Store) -> None:
    boss = desk.cards.create("person", {"name": "王总", "organisation": "华东电子有限公司"})
    zhang = desk.cards.create("person", {"name": "张山", "organisation": "华东电子"})
    keep = desk.cards.resolve("O000001").id
    drop = desk.cards.resolve("O000002").id
    with desk.change("x", asked=True) as change:
        change.insert(
            Affiliation,
            {"person_id": boss.id, "organisation_id": drop, "title": "董事", "main": False},
        )
        link = rows.children(Affiliation, "person_id", [zhang.id])[zhang.id][0]
        change.update(Affiliation, link["id"], {"reports_to_id": boss.id})
    done = desk.merging.merge(keep, drop)
    assert done.moved == {"affiliation": 2}
    assert desk.cards.row(zhang.id).organisation == "华东电子有限公司"
    assert desk.cards.row(boss.id).title == "董事"
    assert len(rows.children(Affiliation, "person_id", [boss.id])[boss.id]) == 1
    well(store)
    desk.trail.undo()
    assert desk.cards.row(zhang.id).organisation == "华东电子"
    assert len(rows.children(Affiliation, "person_id", [boss.id])[boss.id]) == 2
    well(store)


def test_nobody_is_linked_with_himself_or_twice(desk: Desk) -> None:
    keep, drop = pair(desk)
    other = desk.cards.create("person", {"name": "赵申", "referrer": drop.number}).id
    with desk.change("x", asked=True) as change:
        change.update(Card, keep.id, {"referrer_card_id": drop.id})
        change.update(Card, drop.id, {"referrer_card_id": keep.id})
        for card, far, kind, strength in (
            (keep.id, drop.id, "friend", None),
            (keep.id, other, "friend", 2),
            (drop.id, other, "friend", 4),
            (other, drop.id, "friend", None),
            (other, drop.id, "senior", None),
            (drop.id, keep.id, "rival", None),
        ):
            said = {"card_id": card, "other_id": far, "kind": kind, "strength": strength}
            change.insert(Relationship, said)
        for card, far in ((other, keep.id), (other, drop.id), (keep.id, drop.id)):
            change.insert(Referral, {"card_id": card, "referrer_id": far, "note": f"从{far}"})
        club = change.insert(Club, {"name": "茶友会", "owner_id": desk.member.id})
        gone = {"club_id": club, "card_id": keep.id, "left_on": date(2025, 1, 1)}
        change.insert(ClubMember, gone)
        change.insert(ClubMember, {"club_id": club, "card_id": drop.id, "reason": "带来客户"})
        talk = desk.interactions.log(other, InteractionValues(minutes="同去")).id
        for card in (keep.id, drop.id):
            change.insert(InteractionCard, {"interaction_id": talk, "card_id": card})
    before = whole_box()
    desk.merging.merge(keep.id, drop.id)
    told = [
        (row["card_id"], row["other_id"], row["kind"], row["strength"])
        for row in content(Relationship).values()
    ]
    assert told == [(keep.id, other, "friend", 4), (other, keep.id, "senior", None)]
    referrals = [(row["card_id"], row["referrer_id"]) for row in content(Referral).values()]
    assert referrals == [(other, keep.id)]
    notes = [row["note"] for row in content(Referral).values()]
    assert notes == [f"从{keep.id}\n从{drop.id}"]
    clubs = [(row["left_on"], row["reason"]) for row in content(ClubMember).values()]
    assert clubs == [(None, "带来客户")]
    assert len(content(InteractionCard)) == 1
    assert "referrer" not in desk.cards.get(keep.id).values
    assert desk.cards.get(other).values["referrer"] == keep.number
    desk.trail.undo()
    assert whole_box() == before


def test_families_are_united(desk: Desk) -> None:
    keep, drop = pair(desk)
    desk.family.add(keep.id, FamilyValues("小雨", "女儿", note="爱弹琴"))
    desk.family.add(drop.id, FamilyValues("小 雨", None, "2019-09-24", education="小学"))
    desk.family.add(drop.id, FamilyValues("李慧", "妻子"))
    before = whole_box()
    desk.merging.merge(keep.id, drop.id)
    family = [each.values for each in desk.family.of(keep.id)]
    assert [(each.name, each.relation, each.birth, each.education) for each in family] == [
        ("小雨", "女儿", "2019-09-24", "小学"),
        ("李慧", "妻子", None, None),
    ]
    desk.trail.undo()
    assert whole_box() == before


def test_one_undo_makes_two_again(desk: Desk, store: Store) -> None:
    keep, drop = pair(desk)
    other = desk.cards.create("person", {"name": "赵申"}).id
    attach(desk, drop.id, other)
    before = whole_box()
    desk.merging.merge(keep.id, drop.id)
    undone = desk.trail.undo()
    assert (undone.left, whole_box()) == ((), before)
    well(store)
    desk.trail.redo()
    assert desk.cards.resolve(drop.number).id == keep.id
    desk.trail.undo()
    assert whole_box() == before
    well(store)


def test_undo_leaves_what_was_changed_since(desk: Desk, store: Store) -> None:
    keep, drop = pair(desk)
    talk = desk.interactions.log(drop.id, InteractionValues(minutes="报价")).id
    desk.merging.merge(keep.id, drop.id)
    merged = desk.cards.get(keep.id)
    new = desk.interactions.log(keep.id, InteractionValues(minutes="后来")).id
    changed = {**merged.values, "title": "总监", "region": "华东"}
    desk.cards.save(keep.id, merged.values, changed)
    number = next(entry.id for entry in desk.audit.entries() if entry.kind == "merge")
    undone = store.desk().trail.revert(number)
    assert undone.left == ("Employment",)  # the title that was changed since
    assert desk.interactions.get(talk).card_id == drop.id
    assert desk.interactions.get(new).card_id == keep.id
    values = desk.cards.get(keep.id).values
    assert (values["title"], values["region"], values["hobbies"]) == ("总监", "华东", ["钓鱼"])
    assert desk.cards.get(drop.id).values == drop.values
    well(store)


def test_another_session_undoes_it(desk: Desk, store: Store) -> None:
    keep, drop = pair(desk)
    desk.merging.merge(keep.id, drop.id)
    assert store.desk().trail.undo().summary == "Cards merged"
    assert desk.cards.resolve(drop.number).id == drop.id


def test_the_number_leads_on(desk: Desk) -> None:
    keep, drop = pair(desk)
    third = desk.cards.create("person", {"name": "张山儿"})
    desk.merging.merge(keep.id, drop.id)
    desk.merging.merge(third.id, keep.id)
    assert desk.cards.resolve(drop.number.lower()).id == third.id
    assert desk.led_on == {drop.number: third.number}
    assert [row.id for row in desk.cards.find(drop.number)] == [third.id]
    assert desk.merging.leads_to(drop.id) == third.id
    assert desk.merging.leads_to(third.id) is None
    line = desk.interactions.read_line(f"{keep.number} 电话 聊了")
    assert line.card_id == third.id
    brought = desk.cards.create("person", {"name": "钱七", "referrer": drop.number})
    assert brought.values["referrer"] == third.number
    desk.settings.set("own_card", drop.number)
    fisher = desk.cards.create("person", {"name": "渔人", "hobbies": ["钓鱼"]})
    assert desk.briefing.of(fisher.id).common_ground


def test_the_number_of_an_organisation_leads_on(desk: Desk) -> None:
    keep, drop = (desk.cards.create("organisation", {"name": name}) for name in ("甲厂", "乙厂"))
    desk.merging.merge(keep.id, drop.id)
    person = desk.cards.create("person", {"name": "张山", "organisation": drop.number})
    assert person.values["organisation"] == keep.number


def test_out_of_the_trash_it_is_a_card_of_its_own(desk: Desk, store: Store) -> None:
    keep, drop = pair(desk)
    talk = desk.interactions.log(drop.id, InteractionValues(minutes="报价")).id
    desk.merging.merge(keep.id, drop.id)
    row = desk.merging.merged_card(drop.number)
    assert row is not None
    assert row.id == drop.id
    desk.cards.restore([drop.id])
    assert desk.cards.resolve(drop.number).id == drop.id
    assert desk.cards.get(keep.id).merged == ()
    assert desk.interactions.get(talk).card_id == keep.id
    well(store)


def test_what_cannot_be_merged(desk: Desk) -> None:
    keep, drop = pair(desk)
    house = desk.cards.resolve("O000001")
    for first, second in ((keep.id, keep.id), (keep.id, house.id)):
        with pytest.raises(BadValue):
            desk.merging.compare(first, second)
    for wrong in ({"mobile": "left"}, {"nonsense": "keep"}, {"title": "both"}):
        with pytest.raises(BadValue):
            desk.merging.merge(keep.id, drop.id, wrong)
    with pytest.raises(NotFound):
        desk.merging.merge(keep.id, 999)
    desk.cards.trash([drop.id])
    with pytest.raises(BadValue):
        desk.merging.merge(keep.id, drop.id)
    assert desk.merging.leads_to(drop.id) is None


def test_whoever_changed_a_card_meanwhile_is_named(team: SalesTeam) -> None:
    zhang, boss = team["zhang"], team["boss"]
    keep, drop = pair(zhang)
    compared = zhang.merging.compare(keep.id, drop.id)
    boss.cards.save(drop.id, drop.values, {**drop.values, "city": "苏州"})
    with pytest.raises(Conflict) as caught:
        zhang.merging.merge(keep.id, drop.id, {}, compared.versions)
    assert boss.member.name in str(caught.value)
    assert zhang.cards.row(drop.id).id == drop.id
    again = zhang.merging.compare(keep.id, drop.id)
    zhang.merging.merge(keep.id, drop.id, {}, again.versions)


def test_who_may_merge(team: SalesTeam) -> None:
    """Both cards are the member's to change; the one that goes is his to hand over."""
    mine, other = team.card("zhang"), team.card("li", "张珊")
    far = team.card("zhou", "张三")
    for login in ("li", "zhou", "east", "admin"):
        with pytest.raises((NotAllowed, NotFound)):
            team[login].merging.merge(mine, other)
    with pytest.raises((NotAllowed, NotFound)):
        team["south"].merging.merge(mine, far)
    for login in ("south", "boss", "keeper"):
        team[login].merging.compare(mine, other)
    todo = team["li"].todos.add(TodoValues("送样", card=other)).id
    team["south"].merging.merge(mine, other)
    assert team["zhang"].cards.get(mine).owner == "张磊"
    assert team["zhang"].todos.get(todo).owner == "张磊"
    with pytest.raises(NotFound):
        team["li"].cards.row(other)
    team["south"].trail.undo()
    assert team["li"].cards.get(other).owner == "李静"
    assert team["li"].todos.get(todo).owner == "李静"


def test_links_on_strangers_cards_follow_and_come_back(team: SalesTeam, store: Store) -> None:
    """A colleague's customer was brought by the card that goes; his card is none of zhang's."""
    mine, other = team.card("zhang"), team.card("zhang", "张 山")
    stranger = team.card("zhou", "周客")
    with team["boss"].change("x") as change:
        change.update(Card, stranger, {"referrer_card_id": other})
        change.insert(Relationship, {"card_id": stranger, "other_id": other, "kind": "friend"})
    before = whole_box()
    team["zhang"].merging.merge(mine, other)
    assert rows.fetch(Card, [stranger])[stranger]["referrer_card_id"] == mine
    assert team["zhang"].trail.undo().left == ()
    assert whole_box() == before
    well(store)


def test_a_loan_of_the_one_opens_not_the_other(team: SalesTeam) -> None:
    mine, other = team.card("zhang"), team.card("zhang", "张 山")
    loans = team["zhou"].loans
    running = loans.ask(other, None, 3).id
    team["south"].loans.approve(running)
    asked = team["li"].loans.ask(other, None, 3).id
    team["zhou"].cards.check_visible(other)
    team["zhang"].merging.merge(mine, other)
    for card in (mine, other):
        with pytest.raises(NotFound):
            team["zhou"].cards.get(card)
        with pytest.raises(NotFound):
            team["li"].cards.get(card)
    assert loans.get(running).state == "recalled"
    assert [row.id for row in team["south"].loans.requests()] == [asked]
    team["south"].loans.approve(asked)
    assert team["li"].cards.get(mine).name == "张山"
    assert content(Loan)[asked]["card_id"] == mine


SECRET = {"id_number": "11010519491231002X", "home_address": "保密路七号"}


def test_what_is_masked_is_not_chosen_unseen(team: SalesTeam) -> None:
    """The keeper of the files merges, and sees no secrets: none is lost, none is chosen by him."""
    mine = team["zhang"].cards.create("person", {"name": "张山", "home_address": "甲路一号"})
    other = team["zhang"].cards.create("person", {"name": "张 山", **SECRET})
    keeper = team["keeper"]
    compared = keeper.merging.compare(mine.id, other.id)
    told = repr(compared)
    assert not [secret for secret in (*SECRET.values(), "甲路一号") if secret in told]
    settled = {each.key: each.choices for each in compared.differences if each.masked}
    assert settled == {"id_number": ("drop",), "home_address": ("keep",)}
    with pytest.raises(BadValue):
        keeper.merging.merge(mine.id, other.id, {"home_address": "drop"})
    keeper.cards.unmask(mine.id, "home_address")
    keeper.cards.unmask(other.id, "home_address")
    seen = keeper.merging.compare(mine.id, other.id)
    assert {each.key: each.drop for each in seen.differences}["home_address"] == "保密路七号"
    keeper.merging.merge(mine.id, other.id, {"home_address": "drop"})
    values = team["zhang"].cards.get(mine.id).values
    assert {key: values[key] for key in SECRET} == SECRET


def test_a_card_that_is_erased_takes_with_it_what_was_merged_into_it(team: SalesTeam) -> None:
    keep, drop = pair(team["zhang"])
    team["zhang"].merging.merge(keep.id, drop.id)
    team["admin"].audit.erase(keep.id, "客户要求")
    assert rows.fetch(Card, [keep.id, drop.id]) == {}
    told = database.execute_sql("SELECT before, after FROM change").fetchall()
    assert not [each for each in told if "张 山" in "".join(each) or "13933334444" in "".join(each)]
    well(team.store)


def test_the_trail_tells_it(team: SalesTeam) -> None:
    keep, drop = pair(team["zhang"])
    team["zhang"].interactions.log(drop.id, InteractionValues(minutes="报价"))
    team["zhang"].merging.merge(keep.id, drop.id)
    entry = team["zhang"].audit.entries()[0]
    assert (entry.kind, entry.summary) == ("merge", "Cards merged")
    assert "P000002" in entry.detail
    assert "Talk 1" in entry.detail
    told = [each.summary for each in team["zhang"].trail.history(keep.id)]
    assert told[0] == "Cards merged"
    assert team["zhang"].trail.history(drop.id)[0].summary == "Cards merged"


def test_expired_loans_stay_as_they_were(team: SalesTeam) -> None:
    mine, other = team.card("zhang"), team.card("zhang", "张 山")
    with team["boss"].change("x", asked=True) as change:
        past = change.now - timedelta(days=3)
        said = {"card_id": other, "member_id": team["li"].member.id, "status": "lent"}
        loan = change.insert(Loan, {**said, "asked_at": past, "due_at": past})
    team["zhang"].merging.merge(mine, other)
    assert content(Loan)[loan]["status"] == "lent"
    with pytest.raises(NotFound):
        team["li"].cards.get(mine)


def test_words_that_were_not_saved_go_along(desk: Desk) -> None:
    keep, drop = pair(desk)
    desk.drafts.keep(f"interaction:new:{drop.number}", {"line": "聊了新报价"})
    desk.drafts.keep(f"card:{drop.number}", {"line": "张 山"})
    desk.merging.merge(keep.id, drop.id)
    assert desk.drafts.get(f"todo:new:{keep.number}") is None
    draft = desk.drafts.get(f"interaction:new:{keep.number}")
    assert draft is not None
    assert draft.content == {"line": "聊了新报价"}
    assert desk.drafts.get(f"card:{keep.number}") is not None
    assert desk.drafts.get(f"card:{drop.number}") is None
    desk.drafts.close()


def test_a_part_of_the_history_says_what_was_merged(desk: Desk) -> None:
    keep, drop = pair(desk)
    desk.merging.merge(keep.id, drop.id)
    desk.trail.undo()
    entries = desk.trail.history(keep.id)
    told = [told_of(record, "person") for entry in entries for record in entry.records]
    assert told.count([("Merged into this card", "", drop.number)]) == 1
