"""The audit: who sees which entries of the trail, and how much of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO

import pytest

from store import deeds
from store.audit_search import Chosen, heads
from store.database import Store
from store.desk import Desk
from store.errors import BadValue, NotAllowed, NotFound
from store.models.base import database
from store.records.audit import AuditEntry, AuditQuery
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues
from tests.store.sales_team import SalesTeam, sales_team

SECRET = "33010219850815001X"
"""An ID number: masked to all but the owner and those above."""


@pytest.fixture
def team(store: Store) -> SalesTeam:
    """Zhang (south) and Zhou (east) each look after somebody, and worked with them."""
    made = sales_team(store)
    for login, name in (("zhang", "张山"), ("zhou", "赵申")):
        desk = made[login]
        card = desk.cards.create(
            "person",
            {"name": name, "id_number": SECRET, "mobile": [{"value": "13900002345", "label": ""}]},
        )
        desk.cards.save(card.id, card.values, {**card.values, "city": "惠州", "id_number": ""})
        desk.interactions.log(card.id, InteractionValues(minutes=f"{name}说价格太高"))
        desk.todos.add(TodoValues("整理名片"))
    return made


def card_of(team: SalesTeam, name: str) -> int:
    return next(row.id for row in team["boss"].cards.find(name) if row.name == name)


def words(entries: Iterable[AuditEntry]) -> str:
    """Everything that entries tell."""
    return "\n".join(
        f"{entry.summary} {entry.detail} {entry.about} "
        + " ".join(
            f"{record.number} {record.name} {field.title} {field.before} {field.after}"
            for record in entry.records
            for field in record.fields
        )
        for entry in entries
    )


def who(desk: Desk) -> set[str]:
    """Whose entries a member sees."""
    return {entry.login for entry in desk.audit.every()}


def test_from_and_to_of_each_field_newest_first(team: SalesTeam) -> None:
    entries = team["zhang"].audit.entries()
    assert [entry.summary for entry in entries] == [
        "To-do added",
        "Talk logged",
        "Card changed",
        "Card entered",
    ]
    changed = entries[2]
    (record,) = changed.records
    fields = {field.title: (field.before, field.after) for field in record.fields}
    assert fields["City"] == ("", "惠州")
    assert fields["ID number"] == (SECRET, "")
    assert (record.number, record.name) == ("P000001", "张山")
    assert (changed.login, changed.member, changed.kind, changed.origin) == (
        "zhang",
        "张磊",
        "change",
        "screen",
    )


def test_the_director_sees_everything_unmasked(team: SalesTeam) -> None:
    boss = team["boss"]
    assert {"zhang", "zhou", boss.member.login} <= who(boss)
    told = words(boss.audit.every())
    assert SECRET in told
    assert "赵申说价格太高" in told


def test_a_manager_sees_his_members_and_nothing_of_other_departments(team: SalesTeam) -> None:
    south = team["south"]
    assert who(south) == {"zhang"}
    told = words(south.audit.every())
    assert SECRET in told
    assert "赵申" not in told


def test_a_manager_sees_what_strangers_did_on_his_cards_and_no_more_of_it(team: SalesTeam) -> None:
    both = [card_of(team, "张山"), card_of(team, "赵申")]
    team["keeper"].cards.tag(both, "展会")
    (entry,) = [each for each in team["south"].audit.every() if each.login == "keeper"]
    mine, other = entry.records
    assert (mine.name, mine.hidden) == ("张山", False)
    assert "展会" in mine.line
    assert (other.number, other.name, other.fields, other.hidden) == ("P000002", "", (), True)


def test_the_administrator_sees_who_when_what_kind_which_number(team: SalesTeam) -> None:
    admin = team["admin"]

    entries = list(admin.audit.every())
    assert {"zhang", "zhou"} <= {entry.login for entry in entries}
    told = words(entries)
    for customer_data in (SECRET, "张山", "赵申", "惠州", "价格", "整理名片", "13900002345"):
        assert customer_data not in told
    assert "P000001" in told
    assert "Card changed" in told
    created = [entry for entry in entries if entry.summary == "Team"]
    assert "zhang" in words(created)  # the team is his to set up


def test_the_custodian_sees_entries_on_cards_with_what_is_sensitive_masked(
    team: SalesTeam,
) -> None:
    keeper = team["keeper"]
    told = words(keeper.audit.every())
    assert "张山" in told
    assert "惠州" in told
    assert SECRET not in told
    assert "ID number ***" in told
    assert "整理名片" not in told  # a to-do without a card
    deeds.note(team["zhou"], deeds.LOGIN, {"with": "screen"})
    assert not [entry for entry in keeper.audit.every() if entry.kind == "login"]


@pytest.mark.parametrize("login", ["li", "service"])
def test_everybody_sees_his_own_only(team: SalesTeam, login: str) -> None:
    desk = team[login]
    assert who(desk) == set()
    deeds.note(desk, deeds.LOGIN, {"with": "screen"})
    assert who(desk) == {login}


def test_what_one_did_on_a_card_that_is_gone_from_sight_has_no_values(team: SalesTeam) -> None:
    card = card_of(team, "张山")
    team["boss"].transfers.hand([card], "zhou", "调整")
    mine = words(team["zhang"].audit.every())
    assert "P000001" in mine
    assert "整理名片" in mine
    for gone in ("张山", "惠州", SECRET, "价格"):
        assert gone not in mine


@pytest.mark.parametrize("login", ["south", "keeper", "admin", "zhang", "service"])
@pytest.mark.parametrize("text", ["赵申", SECRET, "价格太高", "13900002345"])
def test_a_text_finds_nothing_that_one_may_not_read(team: SalesTeam, login: str, text: str) -> None:
    found = team[login].audit.entries(AuditQuery(text=text))
    shown = words(found)
    assert all(text in words([entry]) for entry in found) or login == "keeper", shown
    if login in ("admin", "service"):
        assert found == []
    if login == "keeper" and text != "赵申":
        assert found == []


def test_filters(team: SalesTeam) -> None:
    boss = team["boss"]
    zhao = card_of(team, "赵申")
    today = boss.store.clock.local(boss.store.clock.now()).date()
    for query, expected in (
        (AuditQuery(member="zhou"), 4),
        (AuditQuery(card=zhao), 3),
        (AuditQuery(card=zhao, table="interaction"), 1),
        (AuditQuery(field="city"), 2),
        (AuditQuery(field="mobile"), 2),
        (AuditQuery(field="city", member="zhou"), 1),
        (AuditQuery(field="'; DROP"), 0),
        (AuditQuery(member="zhou", since=today, until=today), 4),
        (AuditQuery(since=today + timedelta(days=1)), 0),
        (AuditQuery(until=date(2026, 1, 1)), 0),
        (AuditQuery(text="价格太高"), 2),
        (AuditQuery(text="周婷", kind="change"), 5),
        (AuditQuery(text="p000002"), 3),
        (AuditQuery(kind="login"), 0),
    ):
        assert (boss.audit.count(query), len(boss.audit.entries(query))) == (expected,) * 2, query
    with pytest.raises(BadValue):
        boss.audit.entries(AuditQuery(kind="x"))


def test_a_place_is_found(team: SalesTeam) -> None:
    far = Desk(team.store, team["zhang"].member, "shell", "10.1.2.3")
    far.todos.add(TodoValues("送样品"))
    (entry,) = team["boss"].audit.entries(AuditQuery(place="10.1.2.3"))
    assert (entry.place, entry.origin) == ("10.1.2.3", "shell")
    assert team["boss"].audit.count(AuditQuery(place="shell")) == 1


def test_every_kind_of_entry(team: SalesTeam) -> None:
    boss, zhang = team["boss"], team["zhang"]
    card = card_of(team, "张山")
    zhang.cards.tag([card], "老客")
    zhang.trail.undo()
    zhang.exchange.export("cards", "csv", BytesIO())
    deeds.note(zhang, deeds.LOGIN, {"with": "screen"})
    deeds.note(zhang, deeds.UNMASK, {"key": "id_number"}, card)
    deeds.note(zhang, deeds.READ, {"sections": ["identity"]}, card)
    boss.transfers.hand([card], "li", "调整")
    with pytest.raises(NotAllowed):
        team["keeper"].interactions.log(card, InteractionValues(minutes="x"))
    for kind in ("undo", "export", "login", "unmask", "read", "transfer", "refused"):
        found = boss.audit.entries(AuditQuery(kind=kind))
        assert [entry.kind for entry in found] == [kind], kind
    assert "ID number" in words(boss.audit.entries(AuditQuery(kind="unmask")))
    assert "may not log" in words(boss.audit.entries(AuditQuery(kind="refused")))
    changes = boss.audit.entries(AuditQuery(kind="change"), 0, 100)
    assert {entry.kind for entry in changes} == {"change"}


def test_a_talk_is_told_as_it_was_then(team: SalesTeam) -> None:
    zhang = team["zhang"]
    talk = zhang.interactions.log(card_of(team, "张山"), InteractionValues(topic="报价")).id
    base = zhang.interactions.get(talk).values
    from dataclasses import replace

    zhang.interactions.update(talk, base, replace(base, topic="合同"))
    changed, logged = zhang.audit.entries(AuditQuery(table="interaction"), 0, 2)
    assert "报价" in words([logged])
    assert "合同" not in words([logged])
    assert "报价 -> other 合同" in changed.detail


def test_an_entry_whole_and_only_for_those_who_see_it(team: SalesTeam) -> None:
    entry = team["zhang"].audit.entries()[0]
    assert team["zhang"].audit.entry(entry.id) == entry
    assert team["south"].audit.entry(entry.id).login == "zhang"
    with pytest.raises(NotFound):
        team["zhou"].audit.entry(entry.id)
    with pytest.raises(NotFound):
        team["boss"].audit.entry(99_999)


def test_an_import_of_many_says_how_many_more(team: SalesTeam) -> None:
    zhang = team["zhang"]
    with zhang.change("Imported", origin="import:名单.csv") as change:
        from store.card_writing import CardWriter

        CardWriter(zhang, change).enter("person", [({"name": f"客户{n}"}, []) for n in range(40)])
    (entry,) = zhang.audit.entries(AuditQuery(kind="import"))
    assert len(entry.records) == 12
    assert entry.left_out == 28
    assert "and 28 more" in entry.detail
    assert len(zhang.audit.entry(entry.id).records) == 40


def test_a_card_by_its_number_or_text(team: SalesTeam) -> None:
    zhao = card_of(team, "赵申")
    for login, text in (("boss", "赵申"), ("boss", "P000002"), ("admin", "p000002")):
        assert team[login].audit.card(text) == zhao
    for login, text in (("zhang", "P000002"), ("admin", "赵申"), ("boss", "P999999")):
        with pytest.raises(NotFound):
            team[login].audit.card(text)
    assert team["boss"].audit.check_member("周婷") == "zhou"
    with pytest.raises(NotFound):
        team["boss"].audit.check_member("nobody")


def test_a_page_goes_on_where_the_one_before_ended(team: SalesTeam) -> None:
    audit = team["boss"].audit
    every = [entry.id for entry in audit.every()]
    assert every == sorted(every, reverse=True)
    assert every[2:5] == [entry.id for entry in audit.entries(None, 2, 3)]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (AuditQuery(member="zhou"), "changeset_member_id_id"),
        (AuditQuery(card=1), "change_card"),
        (AuditQuery(since=date(2026, 9, 1)), "INTEGER PRIMARY KEY (rowid>?)"),
        (AuditQuery(kind="erase"), "change_table_row"),
    ],
)
def test_plans(team: SalesTeam, query: AuditQuery, index: str) -> None:
    """No query sorts, and what is rare is found by an index."""
    desk = team["boss"]
    chosen = Chosen(desk, query)
    plan = "\n".join(
        str(row[3])
        for row in database.execute_sql(
            "EXPLAIN QUERY PLAN SELECT head.id FROM change_set AS head "
            f"WHERE {chosen.where} ORDER BY head.id DESC LIMIT 50",
            chosen.parameters,
        )
    )
    assert index in plan, plan
    assert heads(desk, query, 0, 5) is not None
