"""The history of a card tells each record whole, before and after."""

from dataclasses import replace
from datetime import date

from store.change_words import told_of
from store.database import Store
from store.desk import Desk
from store.records.people import PlaceValues
from tests.store.sales_team import sales_team


def test_a_changed_record_is_told_whole(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张三", "birth_lunar": "lunar:1985-08-15"})
    desk.cards.save(card.id, card.values, {**card.values, "birth_lunar": "lunar:1985-08-16"})
    desk.cards.save(
        card.id, desk.cards.get(card.id).values, {"name": "张三", "birth_lunar": "lunar:1986-08-16"}
    )
    last, first, entered = desk.trail.history(card.id)
    [change] = first.records
    assert change.keys == ["day"]
    assert change.before is not None
    assert change.after is not None
    assert (change.before["year"], change.before["month"], change.before["day"]) == (1985, 8, 15)
    assert (change.after["kind"], change.after["calendar"], change.after["day"]) == (
        "birth",
        "lunar",
        16,
    )
    [change] = last.records
    assert change.keys == ["year"]
    assert entered.records[0].before is None


def test_what_was_taken_away_is_told_whole(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张三", "mobile": [{"value": "139", "label": ""}]})
    desk.cards.save(card.id, card.values, {"name": "张三"})
    [change] = desk.trail.history(card.id)[0].records
    assert change.after is None
    assert change.before is not None
    assert (change.before["kind"], change.before["value"]) == ("mobile", "139")


def test_employers_are_named(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张三", "organisation": "恒通", "title": "经理"})
    employed = [
        each for each in desk.trail.history(card.id)[0].records if each.table == "affiliation"
    ]
    assert [each.after and each.after["organisation"] for each in employed] == ["恒通"]


def test_the_newest_come_first_up_to_a_limit(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张三"})
    for city in ("上海", "杭州", "深圳"):
        desk.cards.save(card.id, desk.cards.get(card.id).values, {"name": "张三", "city": city})
    told = desk.trail.history(card.id, limit=2)
    assert [each.records[0].after and each.records[0].after["city"] for each in told] == [
        "深圳",
        "杭州",
    ]


def test_the_history_of_a_card_tells_who_looked_after_it_and_who_borrowed_it(store: Store) -> None:
    team = sales_team(store)
    card = team.card("zhang")
    asked = team["zhou"].loans.ask(card, reason="联合拜访")
    team["south"].loans.approve(asked.id)
    team["south"].transfers.hand([card], "li", "换区[/b]")
    team["south"].trail.undo()

    def told(login: str) -> list[list[tuple[str, str, str]]]:
        entries = team[login].trail.history(card)
        return [[each for r in entry.records for each in told_of(r, "person")] for entry in entries]

    undone, handed, approved, requested, _entered = told("zhang")
    assert handed == [("Looked after by", "张磊", "李静 (换区[/b])")]
    assert undone == [("Looked after by", "李静", "张磊")]
    assert approved == requested == [("Loan", "", "周婷: 联合拜访")]
    assert "周婷" not in str(told("zhou"))  # a borrower learns nothing of others


def test_what_changed_of_a_place_is_told_in_words(desk: Desk) -> None:
    house = desk.cards.create("organisation", {"name": "恒通"}).id
    boss = desk.people.add(house, "王总")
    row = desk.people.add(house, "张三", PlaceValues(title="经理"))
    known = replace(row.values, attitude="opposed", reports_to=boss.card_id, influence=4)
    desk.people.update(row.id, row.values, known)
    desk.people.update(row.id, known, replace(known, title="总监", attitude="friendly"))
    desk.people.leave(row.id, date(2026, 9, 1))
    told = [
        told_of(change, "person")
        for entry in desk.trail.history(row.card_id)
        for change in entry.records
        if change.table == "affiliation"
    ]
    assert told[:3] == [
        [("Employment", "恒通 总监", "恒通 总监 (until 2026-09-01)")],
        [("Employment", "恒通 经理", "恒通 总监"), ("Attitude", "Opposed", "Friendly")],
        [("Influence", "", "4"), ("Attitude", "", "Opposed"), ("Reports to", "", "王总")],
    ]
