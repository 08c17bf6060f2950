"""A card while it is edited: what is typed, what it means, what is wrong."""

from datetime import date

from store import language
from store.forms.assistance import (
    explained,
    last_word,
    offered,
    toggled,
    understood,
    with_word,
    words_of,
)
from store.forms.declaration import load_form
from store.forms.entry import Entry

PERSON = load_form("person")
TODAY = date(2026, 9, 24)


def test_what_nobody_touches_stays_as_it_was() -> None:
    given = {"name": "张山", "mobile": [{"value": "139-1111-2345", "label": "家"}], "odd": [3]}
    entry = Entry(PERSON, given, TODAY)
    for field in PERSON.fields():
        entry.write(field.key, entry.text(field.key))
        entry.tidy(field.key)
    assert entry.values == given
    assert entry.texts == {}


def test_typed_texts_become_values() -> None:
    entry = Entry(PERSON, {"name": "张山", "city": "深圳"}, TODAY)
    entry.write("mobile", "１３９ １１１１ ２３４５（家）")
    entry.write("lifecycle", "cjkh")
    entry.write("city", "")
    assert entry.values == {
        "name": "张山",
        "mobile": [{"value": "139 1111 2345", "label": "家"}],
        "lifecycle": "buyer",
    }
    assert entry.problems == {}
    language.use("zh")
    assert entry.tidy("lifecycle") == "成交客户"
    assert entry.tidy("mobile") == "139 1111 2345 (家)"


def test_what_cannot_be_read_is_kept_as_typed_and_told() -> None:
    entry = Entry(PERSON, {"name": "张山"}, TODAY)
    entry.write("mobile", "1391111234")
    assert entry.tidy("mobile") == "1391111234"
    assert "mobile" not in entry.values
    assert list(entry.problems) == ["mobile"]
    entry.write("mobile", "13911112345")
    assert entry.problems == {}
    entry.write("name", " ")
    assert list(entry.problems) == ["name"]


def test_going_back_to_what_was_given_leaves_no_draft() -> None:
    entry = Entry(PERSON, {"name": "张山"}, TODAY)
    entry.write("name", "张三")
    assert entry.texts == {"name": "张三"}
    entry.write("name", "张山")
    assert entry.texts == {}


def test_a_draft_comes_back_with_what_was_wrong_in_it() -> None:
    entry = Entry(PERSON, {"name": "张山"}, TODAY)
    entry.write("mobile", "139")
    entry.write("email", "zhang@")
    again = Entry(PERSON, {"name": "张山"}, TODAY, {**entry.texts, "gone": "x"})
    assert again.text("email") == "zhang@"
    assert list(again.problems) == list(entry.problems) == ["email"]


def test_masked_values_are_neither_shown_nor_given_back() -> None:
    entry = Entry(PERSON, {"name": "张山", "party": "***"}, TODAY, masked={"party", "id_number"})
    entry.write("party", "cpc")
    assert entry.text("party") == ""
    assert entry.values == {"name": "张山"}
    entry.unmask({"party": "cpc"})
    assert entry.values == {"name": "张山", "party": "cpc"}
    entry.write("party", "")
    assert entry.values == {"name": "张山"}


def test_fields_appear_with_what_they_hang_on() -> None:
    entry = Entry(PERSON, {"name": "张山"}, TODAY)
    section = PERSON.section("classification")
    keys = [field.key for field in entry.asked(section)]
    assert "former_reason" not in keys
    entry.write("lifecycle", "former")
    assert "former_reason" in [field.key for field in entry.asked(section)]
    assert "former_reason" in entry.problems
    entry.write("former_reason", "换了采购")
    entry.write("lifecycle", "buyer")
    assert "former_reason" in [field.key for field in entry.asked(section)]


def test_values_can_be_put_in() -> None:
    entry = Entry(PERSON, {}, TODAY)
    entry.give("birth_solar", "1991-01-01")
    entry.give("gender", "male")
    assert entry.values == {"birth_solar": "1991-01-01", "gender": "male"}


def test_yesterday_is_reckoned_from_today() -> None:
    entry = Entry(PERSON, {}, TODAY)
    entry.write("met_on", "昨天")
    assert entry.tidy("met_on") == "2026-09-23"


def test_numbers_are_shown_with_their_units() -> None:
    entry = Entry(load_form("organisation"), {"registered_capital": 1_500_000_000_00}, TODAY)
    assert entry.text("registered_capital") == "CNY 1500000000"
    assert entry.shown("registered_capital") == "¥1,500,000,000"
    entry.write("employees", "１２００人")
    assert entry.shown("employees") == "1,200 people"
    entry.write("employees", "many")
    assert entry.shown("employees") == "many"


def test_a_day_keeps_its_spelling() -> None:
    entry = Entry(PERSON, {}, TODAY)
    entry.write("birth_lunar", "八月十五")
    assert entry.tidy("birth_lunar") == "八月十五"
    assert entry.value("birth_lunar") == "lunar:--08-15"


def test_choices_are_offered_by_pinyin_and_initials() -> None:
    language.use("zh")
    field = PERSON.field("lifecycle")
    assert offered(field, "cjkh")[0] == "成交客户"
    assert offered(field, "qianzai")[0] == "潜在客户"
    assert len(offered(field, "")) == 6
    assert offered(field, "火星") == []
    assert offered(PERSON.field("accepts_sms"), "") == ["是", "否"]
    assert offered(PERSON.field("city"), "sz", ["北京", "深圳"]) == ["深圳"]
    assert explained(field, "潜在客户") == "还是陌生人"


def test_days_are_understood_at_once() -> None:
    language.use("zh")
    sentence = understood(PERSON.field("birth_lunar"), "lunar:1985-08-15", TODAY)
    assert "2026-09-25" in sentence
    assert "2026-09-23" in understood(PERSON.field("met_on"), "2026-09-23", TODAY)
    assert understood(PERSON.field("name"), "1985-08-15", TODAY) == ""
    assert understood(PERSON.field("birth_lunar"), "x", TODAY) == ""


def test_only_of_a_birth_ages_and_signs_are_told() -> None:
    wedding = understood(PERSON.field("wedding"), "2010-10-01", TODAY)
    born = understood(PERSON.field("birth_solar"), "2010-10-01", TODAY)
    assert all(word in born for word in ("age", "Tiger", "Libra"))
    assert not any(word in wedding for word in ("age", "Tiger", "Libra"))
    assert "16 years" in wedding


def test_several_words_are_marked_one_by_one() -> None:
    assert toggled("Rail", "Road") == "Road, "
    language.use("zh")
    assert toggled("", "铁路") == "铁路、"
    assert toggled("铁路、q", "汽运") == "铁路、汽运、"
    assert toggled("铁路、汽运、", "铁路") == "汽运、"
    assert with_word("铁路, q", "汽运") == "铁路,汽运、"
    assert last_word("铁路；汽 ") == "汽"
    assert last_word("a\\、b") == "a、b"
    assert words_of(toggled("", "甲、乙")) == ["甲、乙"]


def test_a_journey_lies_ahead_and_ends_after_it_began() -> None:
    entry = Entry(PERSON, {}, TODAY)
    row = entry.table("itinerary").add()
    row.write("from", "10-3")
    row.write("until", "10-1")
    assert row.value("from") == "2026-10-03"
    assert str(row.problem("until")) == "The end is before the beginning."
    assert entry.problems.keys() >= {"itinerary"}
    row.write("until", "10-3")
    assert row.problem("until") is None
    row.write("until", "x")
    assert "names no day" in str(row.problem("until"))


def test_a_beginning_typed_behind_the_end_that_stood_there_is_told_where_it_was_typed() -> None:
    stood = {"itinerary": [{"id": "a", "from": "2026-10-01", "until": "2026-10-03"}]}
    row = Entry(PERSON, stood, TODAY).table("itinerary").rows[0]
    row.write("from", "2026-10-04")
    assert row.problem("from") is not None
    assert row.problem("until") is None


def test_choices_stand_in_a_message_as_the_language_sets_them() -> None:
    entry = Entry(PERSON, {}, TODAY)
    entry.write("gender", "x")
    assert "Male, Female" in str(entry.problem("gender"))
    language.use("zh")
    entry.write("gender", "y")
    assert "男、女" in str(entry.problem("gender"))
