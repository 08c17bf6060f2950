"""A card that is erased is gone: from the tables, the trail, search, drafts, and the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from store import backups, doctor, rows
from store.changes import cards_changed_after, newest
from store.database import Store
from store.draft_file import drafts_beside
from store.erasure import ELSEWHERE, ON_THE_CARD, ids_of, ranges
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.models.cards import Card, CardFact
from store.models.interactions import Interaction, InteractionCard
from store.models.tables import TABLES
from store.models.trail import Change
from store.records.audit import AuditQuery
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues
from tests.store.sales_team import SalesTeam, sales_team

from peewee import ForeignKeyField  # isort: skip

NAME, NICK, PHONE, WORDS, CHILD = "欧阳震华", "老欧阳", "13977778888", "暗语九一七", "欧阳小雨"
TRACES = (NAME, NICK, PHONE, WORDS, CHILD, "保密路七号")
"""What must stand nowhere any more."""


@pytest.fixture
def team(store: Store) -> SalesTeam:
    return sales_team(store)


@pytest.fixture
def card(team: SalesTeam) -> int:
    """A customer with everything on him, at an organisation, with a colleague."""
    zhang = team["zhang"]
    card = zhang.cards.create(
        "person",
        {
            "name": NAME,
            "nickname": NICK,
            "organisation": "远大软件",
            "mobile": [{"value": PHONE, "label": ""}],
            "home_address": "保密路七号",
            "birth_lunar": "lunar:1985-08-15",
            "tags": [WORDS],
        },
    )
    zhang.cards.create("person", {"name": "赵申", "referrer": card.number})
    zhang.family.add(card.id, FamilyValues(CHILD, "女儿", "2019-09-24"))
    zhang.interactions.log(card.id, InteractionValues(minutes=WORDS), [TodoValues(f"给{NAME}送样")])
    zhang.cards.save(card.id, card.values, {**card.values, "city": "惠州"})
    zhang.remarks.write("south", f"{WORDS}要见您", card.id)
    zhang.drafts.keep(f"card:{card.number}", {"name": NAME})
    zhang.drafts.keep("interaction:new", {"line": f"{NAME} 电话"})
    zhang.drafts.keep("todo:new", {"line": "整理名片"})
    return card.id


def shared_talk(team: SalesTeam, first: int, second: int) -> int:
    """A talk with two customers, as an import or a form enters it."""
    zhang = team["zhang"]
    talk = zhang.interactions.log(
        first, InteractionValues(minutes=f"{NAME}和赵申一起谈了合同", words=f"{NICK}不同意")
    ).id
    with zhang.change("x") as change:
        change.insert(InteractionCard, {"interaction_id": talk, "card_id": second})
    return talk


def zhao(team: SalesTeam) -> int:
    return team["boss"].cards.find("赵申")[0].id


def bytes_of(store: Store) -> bytes:
    """Everything in the box's files and in its side file of drafts."""
    files = [store.path, drafts_beside(store.path)]
    return b"".join(
        Path(f"{file}{ending}").read_bytes()
        for file in files
        for ending in ("", "-wal")
        if Path(f"{file}{ending}").exists()
    )


def well(store: Store) -> None:
    assert [check for check in doctor.examine(store, thorough=True).checks if not check.ok] == []


def test_nothing_of_it_is_left_anywhere(team: SalesTeam, card: int, store: Store) -> None:
    assert all(trace.encode() in bytes_of(store) for trace in TRACES)
    team["zhang"].drafts.close()
    erasure = team["admin"].audit.erase(card, "客户书面要求 2026-09-20")
    content = bytes_of(store)
    assert [trace for trace in TRACES if trace.encode() in content] == []
    assert (erasure.number, erasure.shared, erasure.drafts) == ("P000001", 0, 2)
    assert erasure.records > 6
    assert erasure.blanked > 5
    for table in TABLES:
        for column, field in table._meta.columns.items():
            if isinstance(field, ForeignKeyField) and field.rel_model is Card:
                sql = f'SELECT count(*) FROM "{table._meta.table_name}" WHERE {column} = ?'
                assert database.execute_sql(sql, [card]).fetchone()[0] == 0, (table, column)
    assert team["boss"].cards.find(NAME) == []
    assert [each.key for each in team["zhang"].drafts.all()] == ["todo:new"]
    well(store)


def test_the_chain_holds_and_doctor_says_which(team: SalesTeam, card: int, store: Store) -> None:
    backups.backup(store)
    team["admin"].audit.erase(card, "客户要求")
    trail = next(check for check in doctor.examine(store).checks if check.name == "Trail")
    assert (trail.ok, trail.detail.endswith("Erased for good: P000001.")) == (True, True)


def test_the_number_is_never_given_out_again(team: SalesTeam, card: int) -> None:
    team["admin"].audit.erase(card, "客户要求")
    assert team["zhang"].cards.create("person", {"name": "新客"}).number == "P000003"


def test_the_trail_says_who_erased_what_and_why(team: SalesTeam, card: int) -> None:
    team["admin"].audit.erase(card, "客户书面要求")
    for login in ("boss", "admin"):
        (entry,) = team[login].audit.entries(AuditQuery(kind="erase"))
        assert entry.login == "admin"
        assert "P000001" in entry.about
        told = {field.title: field.after for record in entry.records for field in record.fields}
        assert told["Reason"] == "客户书面要求"
        assert "Talk 1" in told["Records taken away"]
    about = team["boss"].audit.entries(AuditQuery(card=team["boss"].audit.card("P000001")))
    assert len(about) > 4
    records = [each for entry in about[1:] for each in entry.records if each.card_id == card]
    assert all(record.erased for record in records)
    assert about[-1].member == "张磊"


@pytest.mark.parametrize("login", ["boss", "south", "zhang", "keeper", "service"])
def test_only_an_administrator_erases(team: SalesTeam, card: int, login: str) -> None:
    for attempt in (
        lambda: team[login].audit.erase(card, "x"),
        lambda: team[login].audit.to_erase("P000001"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert team["boss"].cards.get(card).name == NAME
    me = team[login].member.login
    (entry,) = team["boss"].audit.entries(AuditQuery(kind="refused", member=me), 1, 1)
    assert "audit.erase" in entry.detail


def test_the_director_erases_where_there_is_no_administrator(store: Store) -> None:
    desk = store.desk()
    card = desk.cards.create("person", {"name": NAME})
    assert desk.audit.erase(desk.audit.to_erase("p000001"), "要求").number == card.number
    with pytest.raises(NotFound):
        desk.audit.erase(card.id, "要求")
    with pytest.raises(NotFound):
        desk.audit.to_erase("P000009")


def test_a_reason_is_wanted(team: SalesTeam, card: int) -> None:
    with pytest.raises(BadValue):
        team["admin"].audit.erase(card, " \x1b ")
    assert team["boss"].cards.get(card).name == NAME


@pytest.mark.parametrize("is_main", [True, False])
def test_a_talk_with_others_stays_theirs_without_the_name(
    team: SalesTeam, card: int, store: Store, is_main: bool
) -> None:
    other = zhao(team)
    cards = (card, other) if is_main else (other, card)
    talk = shared_talk(team, *cards)
    team["zhang"].drafts.close()
    assert team["admin"].audit.erase(card, "要求").shared == 1
    row = rows.fetch(Interaction, [talk])[talk]
    assert row["card_id"] == other
    assert row["minutes"] == "P000001和赵申一起谈了合同"
    assert not InteractionCard.select().exists()
    assert [each.id for each in team["zhang"].interactions.page(talks_with(other), 0, 9)] == [talk]
    content = bytes_of(store)
    assert NAME.encode() not in content
    well(store)


def talks_with(card: int) -> InteractionQuery:
    return InteractionQuery(card=card)


def test_an_organisation_goes_from_its_people(team: SalesTeam, card: int, store: Store) -> None:
    house = team["boss"].cards.find("远大软件")[0]
    house = next(row for row in team["boss"].cards.page(CardQuery(kind="organisation"), 0, 9))
    team["admin"].audit.erase(house.id, "要求")
    assert "organisation" not in team["zhang"].cards.get(card).values
    assert team["zhang"].cards.row(card).organisation == ""
    well(store)


def test_undo_after_an_erasure_takes_back_nothing_older(team: SalesTeam, card: int) -> None:
    admin = team["admin"]
    admin.departments.add("新部门")
    admin.audit.erase(card, "要求")
    with pytest.raises(NotFound, match="cannot be undone"):
        admin.trail.undo()
    admin.departments.add("另一个")
    assert admin.trail.undo().summary == "Department added"
    with pytest.raises(NotFound, match="cannot be undone"):
        admin.trail.undo()
    assert [row.name for row in admin.departments.all() if row.depth == 0] == ["总部", "新部门"]


def test_undo_passes_by_what_was_blanked(team: SalesTeam, card: int, store: Store) -> None:
    zhang = team["zhang"]
    other = zhao(team)
    zhang.cards.tag([card, other], "展会")
    both = newest()
    entered = Change.get(Change.card == card, Change.table == "card").change_set_id
    team["admin"].audit.erase(card, "要求")
    assert zhang.trail.revert(both).reverted == 1
    assert "tags" not in zhang.cards.get(other).values
    assert zhang.trail.revert(entered).reverted >= 0
    for _time in range(12):
        try:
            zhang.trail.undo()
        except NotFound:
            break
    with pytest.raises(NotFound):
        team["admin"].trail.undo()
    assert not Card.select().where(Card.id == card).exists()
    well(store)


def test_every_reading_part_lives_with_blanks(team: SalesTeam, card: int) -> None:
    boss = team["boss"]
    boss.transfers.hand([card], "li", "调整")
    team["li"].cards.tag([card, *[]], "展会")
    shared = shared_talk(team, zhao(team), zhao(team))
    team["admin"].audit.erase(card, "要求")
    boss.transfers.history()
    boss.trail.history(zhao(team))
    boss.trail.exports()
    list(boss.audit.every())
    assert shared


def test_other_sessions_learn_that_it_is_gone(team: SalesTeam, card: int) -> None:
    seen = newest()
    team["admin"].audit.erase(card, "要求")
    assert card in (cards_changed_after(seen) or ())


def test_a_card_that_is_back_is_noticed(team: SalesTeam, card: int, store: Store) -> None:
    kept = rows.fetch(Card, [card])[card]
    before = dict(
        database.execute_sql("SELECT id, after FROM change WHERE card = ?", [card]).fetchall()
    )
    team["admin"].audit.erase(card, "要求")
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("DROP TRIGGER change_as_written")
        number, text = next(iter(before.items()))
        other.execute("UPDATE change SET after = ?, salt = 'x' WHERE id = ?", [text, number])
    trail = next(check for check in doctor.examine(store).checks if check.name == "Trail")
    assert not trail.ok
    rows.insert(Card, [kept])
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE change SET after = '', salt = '' WHERE id = ?", [number])
    trail = next(check for check in doctor.examine(store).checks if check.name == "Trail")
    assert "P000001 is back" in trail.detail


def test_a_table_that_names_cards_is_known_to_the_erasure() -> None:
    """Whoever adds one says what becomes of its records when the card is erased."""
    named = {
        (table._meta.table_name, column)
        for table in TABLES
        for column, field in table._meta.columns.items()
        if isinstance(field, ForeignKeyField) and field.rel_model is Card
    }
    known = {(table._meta.table_name, column) for table, column in (*ON_THE_CARD, *ELSEWHERE)}
    assert named == known | {
        (CardFact._meta.table_name, "card_id"),
        (Interaction._meta.table_name, "card_id"),
        (InteractionCard._meta.table_name, "card_id"),
        ("affiliation", "organisation_id"),
    }


def test_what_a_dying_program_left_is_mended(
    team: SalesTeam, card: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card is gone and the program dies: its words still stand in free pages and drafts."""

    def die(*_arguments: object) -> int:
        raise KeyboardInterrupt

    team["zhang"].drafts.keep("interaction:new:P000001", {"line": WORDS})
    team["zhang"].drafts.close()
    with monkeypatch.context() as patch:
        patch.setattr("store.erasure._overwrite_search", die)
        with pytest.raises(KeyboardInterrupt):
            team["admin"].audit.erase(card, "要求")
    assert WORDS.encode() in bytes_of(store)
    doctor.mend_index(store)
    team["zhang"].drafts.drop("interaction:new")  # its line holds the name, which nobody knows now
    store.close_connection()
    content = bytes_of(store)
    assert {trace for trace in TRACES if trace.encode() in content} <= {NAME}
    well(store)


def test_ids_as_text() -> None:
    assert ranges([3, 4, 5, 9]) == "3-5,9"
    assert ids_of("3-5,9") == {3, 4, 5, 9}
    assert (ranges([]), ids_of("")) == ("", set())


def test_the_number_of_a_merged_card_that_is_erased_finds_nobody_any_more(team: SalesTeam) -> None:
    kept, gone = team.card("zhang", "张山"), team.card("zhang", "张小山")
    number = team["zhang"].cards.row(gone).number
    team["zhang"].merging.merge(kept, gone)
    assert [each.id for each in team["zhang"].cards.find(number)] == [kept]
    team["admin"].audit.erase(gone, "要求删除")
    assert team["zhang"].cards.find(number) == []
    assert doctor.examine(team.store).ok
