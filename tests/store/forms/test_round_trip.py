"""Every field type reads back what it wrote, and refuses what is not a value in one sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import language
from store.errors import BadValue
from store.forms.declaration import Choice, Field, load_form
from store.forms.fields import TYPES
from tests.store.exchange.card_values import raw

CHOICES = (
    Choice("first_tier", {"zh": "一级批发商", "en": "First-tier wholesaler"}),
    Choice("A", {"zh": "A 马上能成交", "en": "A ready now"}, {"zh": "A", "en": "A"}),
    Choice("comma", {"zh": "甲、乙", "en": "one, two"}),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["value", "label", "date", "note", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
POINTS = st.lists(
    st.fixed_dictionaries({"value": st.text(min_size=1, max_size=20), "label": st.text(max_size=9)})
)
WORDS = st.lists(st.text(max_size=12) | st.sampled_from([c.value for c in CHOICES]), max_size=4)


def made(kind: str, **rest: Any) -> Field:
    """A field of one type as a declaration would give it."""
    if kind in ("choice", "choices"):
        rest.setdefault("choices", CHOICES)
    return Field("key", kind, {"zh": "项", "en": "Thing"}, **rest)


FIELDS = [
    *(made(kind) for kind in TYPES),
    made("choice", other=True),
    made("choices", other=True),
    made("text", several=True, source="contact"),
    made("web", several=True),
    made("amount", ten_thousands=True, minimum=None),
    made("amount", currency="USD"),
    made("amount", currency="USD", ten_thousands=True),
    made("whole", unit={"zh": "人", "en": "people"}),
    made("decimal", unit={"zh": "平方米", "en": "m²"}, minimum=None),
    made("card", other=True),
    *load_form("person").fields(),
    *load_form("organisation").fields(),
]


def kept_or_refused(field: Field, attempt: Callable[[], object]) -> object:
    """What the attempt gives, None where it was refused in a sentence; nothing else is raised."""
    try:
        return attempt()
    except BadValue as error:
        refused = error
    assert refused.field == field.key
    assert str(refused)
    return None


def comes_back(field: Field, value: object) -> None:
    """The value is kept as it is by check, and by plain and read, in both languages."""
    assert field.check(value) == value
    for spoken in language.LANGUAGES:  # English comes last, as each test begins
        language.use(spoken)
        assert field.read(field.plain(value)) == value, (field.key, field.type)
        assert field.read(field.editable(value)) == value, (field.key, field.type)
        assert isinstance(field.show(value), str)


@given(st.sampled_from(FIELDS), JSON | POINTS | WORDS)
@settings(max_examples=400)
def test_any_json_is_kept_exactly_or_refused(field: Field, value: object) -> None:
    field.show(value)
    kept = kept_or_refused(field, lambda: field.check(value))
    if kept is not None:
        comes_back(field, kept)


@given(st.sampled_from(FIELDS), st.text())
@settings(max_examples=400)
def test_any_text_is_read_or_refused(field: Field, text: str) -> None:
    value = kept_or_refused(field, lambda: field.read(text))
    if value is not None:
        comes_back(field, value)


@given(st.sampled_from([f for f in FIELDS if f.type == "whole"]), st.data())
def test_whole_numbers_come_back(field: Field, draw: st.DataObject) -> None:
    comes_back(field, draw.draw(st.integers(field.minimum or 1, field.maximum or 99_999)))


@given(st.sampled_from([f for f in FIELDS if f.type == "amount"]), st.integers(0, 10**17 - 1))
def test_amounts_come_back(field: Field, fen: int) -> None:
    comes_back(field, fen)


@given(st.integers(-(10**13), 10**17 - 1))
def test_amounts_below_nothing_come_back(fen: int) -> None:
    comes_back(made("amount", ten_thousands=True, minimum=None), fen)


@given(st.decimals(0, 100, places=3), st.sampled_from(["decimal", "per_cent"]))
def test_decimals_come_back(number: Any, kind: str) -> None:
    field = made(kind)
    comes_back(field, field.check(str(number)))


@given(st.dates(date(1000, 1, 1)))
def test_dates_come_back(day: date) -> None:
    comes_back(made("date"), day.isoformat())


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "date": st.sampled_from(
                    ["1985-08-15", "--08-15", "lunar:1985-08-15", "lunar:1982-04L-10", "--02-29"]
                ),
                "note": st.text(max_size=9),
            }
        ),
        min_size=1,
    )
)
def test_occasions_with_notes_come_back(days: list[dict[str, str]]) -> None:
    field = made("occasion", several=True)
    comes_back(field, field.check(days))


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"\A(1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-[0-9]{7,8}(转[0-9]{1,4})?)\Z"),
            st.text(max_size=9),
        ),
        min_size=1,
    )
)
def test_phones_with_any_label_come_back(phones: list[tuple[str, str]]) -> None:
    field = made("phone", several=True)
    value = [{"value": number, "label": label} for number, label in phones]
    comes_back(field, field.check(value))


ROWS = [
    field
    for kind in ("person", "organisation")
    for field in load_form(kind).fields()
    if field.type == "rows"
]


@given(st.sampled_from(ROWS), st.data())
@settings(max_examples=200)
def test_rows_of_every_form_come_back(field: Field, draw: st.DataObject) -> None:
    kept = kept_or_refused(field, lambda: field.check(draw.draw(raw(field))))
    if kept is not None:
        comes_back(field, kept)
        field.show(kept)


@given(
    st.text("ab\\()（）;；,、/ \n", min_size=1, max_size=12), st.text("a\\()（）;,/", max_size=6)
)
def test_signs_that_separate_come_back(value: str, label: str) -> None:
    field = made("text", several=True, source="contact")
    kept = field.check([{"value": value, "label": label}, {"value": "b" + value, "label": ""}])
    comes_back(field, kept)
    words = made("choices", other=True)
    comes_back(words, words.check([value, "x" + label]))


@pytest.mark.parametrize("form", ["person", "organisation"])
def test_every_choice_is_found_by_all_its_names(form: str) -> None:
    for field in load_form(form).fields():
        for choice in field.choices:
            value: object = choice.value if field.type == "choice" else [choice.value]
            for name in (choice.value, *choice.label.values(), *choice.short.values()):
                assert field.read(name) == value, (field.key, name)
            comes_back(field, value)
