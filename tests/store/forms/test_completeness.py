"""Completeness, validation of a whole card, and the conditions of fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadValue
from store.forms.completeness import completeness, percent
from store.forms.declaration import load_form
from store.forms.validation import check_values, missing

PERSON = load_form("person")


def test_empty_card_asks_for_the_most_valuable_first() -> None:
    found = completeness(PERSON, {})
    assert found.percent == 0
    assert [field.key for field in found.blanks[:2]] == ["name", "mobile"]
    weights = [field.weight for field in found.blanks]
    assert weights == sorted(weights, reverse=True)
    assert 0 not in weights


def test_what_is_filled_counts_by_weight() -> None:
    name_only = completeness(PERSON, {"name": "张山"})
    both = completeness(PERSON, {"name": "张山", "mobile": [{"value": "110", "label": ""}]})
    assert 0 < name_only.percent < both.percent < 100
    assert both.sections["name_card"] > both.sections["dates"] == 0
    assert "notes" not in both.sections


def test_full_card_is_complete() -> None:
    values = {field.key: "x" for field in PERSON.fields()}
    found = completeness(PERSON, values)
    assert found.percent == 100
    assert found.blanks == ()
    assert set(found.sections.values()) == {100}


def test_one_birthday_is_enough() -> None:
    births = {"birth_solar", "birth_lunar"}
    for filled, asked in (("", births), ("birth_solar", set()), ("birth_lunar", set())):
        blanks = completeness(PERSON, {filled: "--09-24"} if filled else {}).blanks
        assert {field.key for field in blanks} & births == asked


@given(st.sets(st.sampled_from([field.key for field in PERSON.fields()])), st.booleans())
def test_the_quick_percentage_is_the_same(keys: set[str], former: bool) -> None:
    values = dict.fromkeys(keys, "x") | ({"lifecycle": "former"} if former else {})
    assert percent(PERSON, values) == completeness(PERSON, values).percent


def test_unclassified_counts_as_a_blank() -> None:
    blanks = completeness(PERSON, {"likelihood": "unclassified", "lifecycle": "prospect"}).blanks
    keys = [field.key for field in blanks]
    assert "likelihood" in keys
    assert "lifecycle" not in keys


def test_former_cards_are_asked_why_trade_stopped() -> None:
    reason = PERSON.field("former_reason")
    assert not reason.asked({})
    assert not reason.asked({"lifecycle": "buyer"})
    assert reason.asked({"lifecycle": "former"})
    assert "former_reason" in missing(PERSON, {"name": "张山", "lifecycle": "former"})
    assert missing(PERSON, {"name": "张山"}) == {}


def test_fields_that_hang_on_others_wait_for_them() -> None:
    assert not PERSON.field("devoutness").asked({})
    assert PERSON.field("devoutness").asked({"religion": "佛教"})
    kept = PERSON.field("birth_kept")
    assert not kept.asked({"birth_solar": "1985-08-15"})
    assert kept.asked({"birth_solar": "1985-08-15", "birth_lunar": "lunar:1985-06-29"})


def test_whole_card_is_checked_and_the_unknown_kept_apart() -> None:
    values, unknown = check_values(
        PERSON, {"name": " 张山 ", "mobile": "13911112345", "qq": None, "星等": [3], "tags": []}
    )
    assert values == {"name": "张山", "mobile": [{"value": "13911112345", "label": ""}]}
    assert unknown == {"星等": [3]}


def test_card_without_a_name_is_refused() -> None:
    with pytest.raises(BadValue) as refused:
        check_values(PERSON, {"mobile": "13911112345"})
    assert refused.value.field == "name"
    assert str(refused.value) == "Name must be filled in."
    assert check_values(PERSON, {"mobile": "13911112345"}, whole=False)[0]


def test_wrong_value_names_its_field() -> None:
    with pytest.raises(BadValue) as refused:
        check_values(PERSON, {"name": "张山", "route_order": "first"})
    assert refused.value.field == "route_order"
