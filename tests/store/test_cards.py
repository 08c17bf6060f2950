"""Cards: entered, found, changed, trashed."""

from datetime import date

import pytest

from store.database import Store
from store.desk import Desk
from store.errors import Ambiguous, BadValue, Conflict, NotFound
from store.models.cards import ContactPoint
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues

ZHANG = {
    "name": "张山",
    "nickname": "老张",
    "title": "采购经理",
    "organisation": "深圳市华强电子",
    "mobile": [{"value": "139 1111 2345", "label": ""}, {"value": "13800002222", "label": "家"}],
    "email": [{"value": "Zhang@Example.com", "label": ""}],
    "birth_solar": "1985-09-29",
    "birth_lunar": "lunar:1985-08-15",
    "birth_kept": "lunar",
    "further_dates": [{"date": "--05-20", "note": "相识"}],
    "tags": ["老乡", "钓友"],
    "native_place": "湖南长沙",
    "id_number": "11010519491231002X",
    "met_on": "2024-03-01",
    "credit_limit": 5_000_000,
    "referrer": "李四",
}


def test_a_card_comes_back_as_it_was_entered(desk: Desk) -> None:
    entered = desk.cards.create("person", ZHANG)
    values = dict(desk.cards.get(entered.id).values)
    assert values.pop("lifecycle") == "prospect"
    assert values.pop("likelihood") == "unclassified"
    assert values.pop("organisation") == "O000001"
    assert entered.linked == {"O000001": "深圳市华强电子"}
    expected = {key: value for key, value in ZHANG.items() if key != "organisation"}
    expected["mobile"] = [
        {"value": desk.cards.checked("person", ZHANG)["mobile"][0]["value"], "label": ""},
        {"value": "13800002222", "label": "家"},
    ]
    assert values == desk.cards.checked("person", expected)
    assert entered.version == 1


def test_numbers_are_issued_by_kind_and_never_again(desk: Desk) -> None:
    first = desk.cards.create("person", {"name": "甲"})
    assert first.number == "P000001"
    desk.trail.undo()
    assert desk.cards.create("person", {"name": "乙"}).number == "P000002"
    assert desk.cards.create("organisation", {"name": "丙公司"}).number == "O000001"


@pytest.mark.parametrize(
    "text",
    ["张", "张山", "zs", "zhangshan", "zhang shan", "2345", "1111", "老张", "lz", "华强", "hq",
     "huaqiang", "采购", "cgjl", "钓友", "湖南", "p000001", "zhang@example.com", "张 华强", "ＺＳ"],
)  # fmt: skip
def test_a_card_is_found_by(desk: Desk, text: str) -> None:
    desk.cards.create("person", ZHANG)
    desk.cards.create("person", {"name": "王五"})
    assert "张山" in [row.name for row in desk.cards.find(text)]
    assert desk.cards.count(CardQuery(text=text)) == len(desk.cards.find(text))
    assert "王五" not in [row.name for row in desk.cards.find(text)]


def test_sensitive_fields_are_no_way_to_find_a_card(desk: Desk) -> None:
    desk.cards.create("person", ZHANG)
    assert desk.cards.find("11010519491231002X") == []
    assert desk.cards.find("19491231") == []


def test_exact_names_come_first_then_beginnings_then_the_last_seen(desk: Desk) -> None:
    for name in ("张山东", "老张山", "张山"):
        desk.cards.create("person", {"name": name})
    assert [row.name for row in desk.cards.find("张山")] == ["张山", "张山东", "老张山"]


def test_whole_initials_come_before_their_beginnings(desk: Desk) -> None:
    for name in ("张山", "周思远", "中山纸业"):
        desk.cards.create("person", {"name": name})
    assert desk.cards.find("zs")[0].name == "张山"


def test_an_organisation_is_made_once_and_its_name_follows_to_its_people(desk: Desk) -> None:
    desk.cards.create("person", {"name": "甲", "organisation": "远大软件"})
    desk.cards.create("person", {"name": "乙", "organisation": "远大软件"})
    [house] = desk.cards.page(CardQuery(kind="organisation"), 0, 10)
    record = desk.cards.get(house.id)
    desk.cards.save(house.id, record.values, {**record.values, "name": "恒通物流"})
    assert {row.organisation for row in desk.cards.page(CardQuery(kind="person"), 0, 9)} == {
        "恒通物流"
    }
    assert desk.cards.find("ht", 9)[0].name == "恒通物流"
    assert desk.cards.find("远大") == []


def test_a_new_employer_ends_the_old_affiliation(desk: Desk) -> None:
    from store.models.cards import Affiliation

    card = desk.cards.create("person", ZHANG)
    desk.cards.save(card.id, card.values, {**card.values, "organisation": "恒通物流"})
    ended, held = list(Affiliation.select().order_by(Affiliation.id))
    assert ended.until == date(2026, 9, 24)
    assert not ended.main
    assert held.until is None
    assert desk.cards.get(card.id).values["title"] == "采购经理"


def test_two_people_change_different_fields(desk: Desk) -> None:
    card = desk.cards.create("person", ZHANG)
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "山哥"})
    kept = desk.cards.save(card.id, card.values, {**card.values, "native_place": "湖南株洲"})
    assert kept.values["nickname"] == "山哥"
    assert kept.values["native_place"] == "湖南株洲"


def test_the_same_field_is_asked_about_and_nothing_is_lost(desk: Desk) -> None:
    card = desk.cards.create("person", ZHANG)
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "山哥"})
    with pytest.raises(Conflict) as caught:
        desk.cards.save(card.id, card.values, {**card.values, "nickname": "小张", "city": "深圳"})
    assert caught.value.fields == {"nickname": ("山哥", "小张")}
    assert "city" not in desk.cards.get(card.id).values
    desk.cards.save(card.id, card.values, {**card.values, "nickname": "小张"}, overwrite=True)
    assert desk.cards.get(card.id).values["nickname"] == "小张"


def test_wrong_values_are_refused_whole(desk: Desk) -> None:
    with pytest.raises(BadValue):
        desk.cards.create("person", {"name": "甲", "mobile": [{"value": "", "label": 3}]})
    with pytest.raises(BadValue) as caught:
        desk.cards.create("person", {"name": "甲", "no_such": "x"})
    assert caught.value.field == "no_such"
    with pytest.raises(BadValue):
        desk.cards.create("person", {"nickname": "甲"})
    assert desk.cards.count(CardQuery()) == 0


def test_the_trash_takes_cards_out_of_lists_and_search(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张山"})
    assert desk.cards.trash([card.id]) == 1
    assert desk.cards.find("张") == []
    assert desk.cards.count(CardQuery()) == 0
    assert [row.name for row in desk.cards.page(CardQuery(trashed=True), 0, 9)] == ["张山"]
    assert [row.name for row in desk.cards.page(CardQuery(trashed=True, text="zh"), 0, 9)] == [
        "张山"
    ]
    assert desk.cards.restore([card.id]) == 1
    assert len(desk.cards.find("张")) == 1


def test_one_card_is_meant_or_the_candidates_are_named(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张伟"})
    desk.cards.create("person", {"name": "张伟民"})
    desk.cards.create("person", {"name": "赵六"})
    assert desk.cards.resolve("张伟").number == "P000001"
    assert desk.cards.resolve("p000002").name == "张伟民"
    assert desk.cards.resolve("zl").name == "赵六"
    with pytest.raises(Ambiguous) as caught:
        desk.cards.resolve("zhang")
    assert len(caught.value.candidates) == 2
    with pytest.raises(NotFound):
        desk.cards.resolve("孙")


def test_duplicates_by_phone_mail_and_name_with_organisation(desk: Desk) -> None:
    card = desk.cards.create("person", ZHANG)
    by_phone = desk.cards.duplicates(
        "person", {"name": "x", "home_phone": [{"value": "+86 139-1111-2345", "label": ""}]}
    )
    assert [(d.number, d.reason) for d in by_phone] == [(card.number, "home_phone")]
    by_mail = desk.cards.duplicates("person", {"email": [{"value": "zhang@example.com"}]})
    assert [d.reason for d in by_mail] == ["email"]
    by_name = desk.cards.duplicates("person", {"name": "张山", "organisation": "深圳市华强电子"})
    assert [d.reason for d in by_name] == ["name"]
    by_name_alone = desk.cards.duplicates("person", {"name": "张　山"})
    assert [(d.number, d.weak) for d in by_name_alone] == [(card.number, True)]
    assert desk.cards.duplicates("person", {"id_number": "11010519491231002X"}, but=card.id) == []
    assert desk.cards.duplicates("person", {"id_number": "11010519491231002X"})[0].reason == (
        "id_number"
    )


def test_lists_are_filtered_and_sorted(desk: Desk) -> None:
    desk.cards.create("person", {"name": "赵", "lifecycle": "buyer", "tags": ["甲"]})
    desk.cards.create("person", {"name": "钱", "lifecycle": "likely", "region": "华东"})
    desk.cards.create("organisation", {"name": "孙公司", "likelihood": "A"})

    def names(**query: object) -> list[str]:
        return [row.name for row in desk.cards.page(CardQuery(**query), 0, 9)]  # type: ignore[arg-type]

    assert names(lifecycles=("buyer", "likely"), sort="number") == ["赵", "钱"]
    assert names(kind="organisation") == ["孙公司"]
    assert names(tags=("甲",)) == ["赵"]
    assert names(regions=("华东",)) == ["钱"]
    assert names(likelihoods=("A",)) == ["孙公司"]
    assert names(sort="name") == ["钱", "孙公司", "赵"]
    assert names(sort="name", reverse=True) == ["赵", "孙公司", "钱"]
    assert names(sort="lifecycle")[:2] == ["赵", "钱"]
    assert names(not_seen_days=30, sort="number") == ["赵", "钱", "孙公司"]
    assert names(mine=True, sort="number", text="gs") == ["孙公司"]


@pytest.mark.parametrize("in_sql", [0, 5000])
def test_many_hits_are_walked_in_the_lists_order(
    store: Store, desk: Desk, in_sql: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import search

    for place in range(12):
        desk.cards.create("person", {"name": f"张{'一二三四五六七八九十甲乙'[place]}"})
    few = [row.id for row in desk.cards.page(CardQuery(text="张", sort="name"), 0, 50)]
    monkeypatch.setattr(search, "FEW", 3)
    monkeypatch.setattr(search, "WALKED_IN_SQL", in_sql)
    many = [
        row.id
        for start in range(0, 12, 5)
        for row in desk.cards.page(CardQuery(text="张", sort="name"), start, 5)
    ]
    assert sorted(many) == sorted(few)
    assert desk.cards.count(CardQuery(text="张")) == 12
    assert desk.cards.count(CardQuery(text="张", mine=True)) == 12
    assert desk.cards.find("张甲")[0].name == "张甲"
    assert desk.cards.page(CardQuery(text="z"), 0, 3)[0].name.startswith("张")


def test_what_no_form_declares_now_is_kept(desk: Desk) -> None:
    from store.models.cards import Card

    card = desk.cards.create("person", {"name": "张山"}, extras=[["X-HOBBY", "茶"]])
    Card.update(profile={"retired_field": "kept"}).where(Card.id == card.id).execute()
    record = desk.cards.get(card.id)
    assert record.unknown == {"retired_field": "kept"}
    desk.cards.save(card.id, record.values, {**record.values, "nickname": "山哥"})
    again = desk.cards.get(card.id)
    assert again.unknown == {"retired_field": "kept"}
    assert again.extras == [["X-HOBBY", "茶"]]
    assert desk.cards.find("茶")[0].name == "张山"


def test_facts_name_the_values_in_use(desk: Desk) -> None:
    desk.cards.create("person", {"name": "甲", "tags": ["常客", "老乡"]})
    desk.cards.create("person", {"name": "乙", "tags": ["老乡"]})
    assert desk.cards.facts("tags") == ["老乡", "常客"]


def test_a_title_without_an_organisation_is_kept(desk: Desk) -> None:
    card = desk.cards.create("person", {"name": "张三", "title": "采购经理"})
    assert card.values["title"] == "采购经理"
    assert desk.cards.find("采购")[0].title == "采购经理"
    employed = desk.cards.save(
        card.id, card.values, {**card.values, "organisation": "华东电子", "title": "总监"}
    )
    assert employed.values["title"] == "总监"
    alone = {key: value for key, value in employed.values.items() if key != "organisation"}
    assert desk.cards.save(card.id, employed.values, alone).values == alone


def test_a_wrong_value_that_is_stored_does_not_stand_in_the_way(desk: Desk, store: Store) -> None:
    card = desk.cards.create("person", {"name": "张山", "mobile": [{"value": "13900002345"}]})
    ContactPoint.update(value="no phone").execute()
    assert desk.cards.set_values([card.id], {"importance": "key"}) == 1
    assert desk.cards.tag([card.id], "老友") == 1
    present = desk.cards.get(card.id).values
    saved = desk.cards.save(card.id, present, {**present, "title": "经理"})
    assert saved.values["title"] == "经理"
    assert saved.values["mobile"][0]["value"] == "no phone"
    with pytest.raises(BadValue):
        desk.cards.save(card.id, present, {**present, "email": [{"value": "none", "label": ""}]})
    with pytest.raises(BadValue):
        desk.cards.set_values([card.id], {"name": None})


def test_what_was_found_in_a_change_that_failed_is_forgotten(desk: Desk) -> None:
    def found() -> tuple[int, int, int]:
        return (
            desk.cards.count(CardQuery(text="张")),
            len(desk.cards.page(CardQuery(text="张"), 0, 9)),
            desk.interactions.count(InteractionQuery(text="张")),
        )

    assert found() == (0, 0, 0)
    with pytest.raises(RuntimeError), desk.store.transaction():
        zhang = desk.cards.create("person", {"name": "张山"})
        desk.interactions.log(zhang.id, InteractionValues(minutes="报价"))
        assert found() == (1, 1, 1)
        raise RuntimeError
    assert found() == (0, 0, 0)


def test_a_number_that_is_no_card_means_no_other_one(desk: Desk) -> None:
    desk.cards.create("person", {"name": "张山", "note": "见 P000074"})
    for text in ("P000074", "p000002"):
        with pytest.raises(NotFound, match="There is no card"):
            desk.cards.resolve(text)
    assert desk.cards.resolve("p000001").name == "张山"
