"""The history of a card tells each record whole, before and after."""

from store.desk import Desk


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
