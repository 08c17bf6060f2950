"""What a team declares about its forms: added, changed, hidden; what is wrong, with its line."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import language
from store.errors import BadInput
from store.forms.completeness import completeness
from store.forms.declaration import Field, Form, shipped_form
from store.forms.reading import CARD_KINDS, Wrong, field_of
from store.forms.team_apply import check_matched, with_declared
from store.forms.team_file import read_team
from store.forms.team_forms import kept_after, read_text, with_team
from store.forms.team_lines import line_of
from store.forms.validation import check_values
from store.forms.written import declared

PAGE = Path(__file__).parents[3] / "docs" / "forms.md"
EXAMPLE = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]


def kept_of(text: str, before: str = "") -> str:
    tables, _team = read_text(text, "forms.toml")
    return kept_after(before, text, tables)


def form_of(kind: str, text: str, before: str = "") -> Form:
    return with_team(shipped_form(kind), kept_of(text, before))


def own_field(text: str, key: str = "score", kind: str = "person") -> Form:
    """The form with a section that has one field, declared by these lines."""
    head = "[[sections]]\nkey = 'ours'\nlabel = 'Ours'\nkinds = ['person']\n[[sections.fields]]\n"
    return form_of(kind, f"{head}key = '{key}'\n{text}\n")


def test_the_example_of_the_page_can_be_used() -> None:
    person, firm = (form_of(kind, EXAMPLE) for kind in CARD_KINDS)
    keys = [section.key for section in person.sections]
    assert keys[keys.index("way_of_life") + 1] == "wine"
    assert "wine" not in {section.key for section in firm.sections}
    wines = person.field("wine_likes")
    assert [choice.value for choice in wines.choices] == ["波尔多", "勃艮第", "ningxia"]
    assert wines.show(["ningxia", "波尔多"]) == "Ningxia, 波尔多"
    buying = [field.key for field in firm.section("buying").fields]
    assert buying[buying.index("buying_process") + 1] == "tender_platform"
    assert not firm.field("tender_platform").asked({"lifecycle": "buyer"})
    assert (person.field("hobbies").title, person.field("hobbies").weight) == ("Pastimes", 8)
    assert "favourite_colour" not in {f.key for s in person.sections for f in s.fields}
    assert person.field("favourite_colour").gone
    category = firm.field("category")
    assert [one.value for one in category.offered][-1] == "online_shop"
    assert category.show("second_tier") == "Second-tier wholesaler"
    assert [column.key for column in person.field("education").gone_columns] == ["note"]


def test_shipped_forms_are_untouched() -> None:
    before = [
        shipped_form(kind).field("hobbies" if kind == "person" else "category")
        for kind in CARD_KINDS
    ]
    form_of("person", EXAMPLE)
    assert before[0].weight == 5
    assert not any(choice.retired for choice in before[1].choices)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("moon = 3", 1, "nothing is called moon"),
        ("[moon]\nx = 1", 1, "nothing is called moon"),
        ("sections = 3", 1, "written as"),
        ("[sections]\nkey = 'x'", 1, "written as"),
        ("# nothing", 0, "nothing about any form"),
        (
            "[[sections]]\nkey = 'way_of_life'\n[[sections.fields]]\n"
            "key = 'a'\ntype = 'number'\nlabel = 'A'",
            4,
            "number",
        ),
        ("[[sections]]\nlabel = 'X'", 1, "key is a word"),
        ("[[sections]]\nkey = 'Über'\nlabel = 'X'", 2, "key is a word"),
        ("[[sections]]\nkey = 'x'", 2, "needs a label"),
        ("[[sections]]\nkey = 'x'\nlabel = 'X'", 2, "no fields"),
        ("[[sections]]\nkey = 'way_of_life'\nkinds = ['organisation']", 2, "needs a label"),
        ("[[sections]]\nkey = 'way_of_life'\nkinds = ['animal']", 3, "animal"),
        ("[[sections]]\nkey = 'way_of_life'\nkinds = 'person'", 3, "wrong kind"),
        ("[[sections]]\nkey = 'x'\nlabel = 'X'\ncolour = 'red'", 4, "colour"),
        ("[[sections]]\nkey = 'x'\nkinds = ['person']\nlabel = 'X'\nafter = 'moon'", 5, "moon"),
        ("[[sections]]\nkey = 'name_card'\nhidden = true", 3, "cannot be hidden"),
        ("[[changes]]\nfield = 'moon'\nweight = 3", 2, "no field moon"),
        ("[[changes]]\nfield = 'education.moon'\nhidden = true", 2, "education.moon"),
        ("[[changes]]\nfield = 'hobbies'\nkinds = ['organisation']", 2, "no field hobbies"),
        ("[[changes]]\nfield = 'hobbies'\ntype = 'text'", 3, "type"),
        ("[[changes]]\nfield = 'hobbies'\n\nweight = 101", 4, "0 to 100"),
        ("[[changes]]\nfield = 'hobbies'\nweight = -1", 3, "0 to 100"),
        ("[[changes]]\nfield = 'hobbies'\nweight = true", 3, "wrong kind"),
        ("[[changes]]\nfield = 'hobbies'\nlabel = ''", 3, "label"),
        ("[[changes]]\nfield = 'hobbies'\nlabel = \"a\\nb\"", 3, "one line"),
        ("[[changes]]\nfield = 'hobbies'\nlabel = '手机'", 3, "mobile is called 手机"),
        ("[[changes]]\nfield = 'id_number'\nsensitive = false", 3, "stays so"),
        ("[[changes]]\nfield = 'name'\nhidden = true", 3, "cannot be hidden"),
        ("[[changes]]\nfield = 'family'\nhidden = true", 3, "cannot be hidden"),
        ("[[changes]]\nfield = 'family'\nweight = 3", 3, "label and the help"),
        ("[[changes]]\nfield = 'lifecycle'\nchoices = ['vip']", 3, "renamed"),
        (
            "[[changes]]\nfield = 'lifecycle'\nchoices = [{value = 'former', retired = true}]",
            3,
            "renamed",
        ),
        ("[[changes]]\nfield = 'note'\nchoices = ['x']", 3, "has no choices"),
        (
            "[[changes]]\nfield = 'category'\nchoices = [{value = 'moon', retired = true}]",
            3,
            "moon",
        ),
        ("[[changes]]\nfield = 'category'\nchoices = [{zh = '子'}]", 3, "no value"),
        ("[[changes]]\nfield = 'category'\nchoices = ['Agent']", 3, "called Agent"),
        ("[[changes]]\nfield = 'hobbies'\nwhen = {moon = 'x'}", 3, "no field moon"),
        ("[[changes]]\nfield = 'hobbies'\nwhen = {smokes = 'often'}", 3, "cannot be often"),
        ("[[changes]]\nfield = 'hobbies'\nwhen = {gender = 'x'}", 3, "cannot be x"),
        ("[[changes]]\nfield = 'hobbies'\nlifecycles = ['vip']", 3, "vip"),
        (
            "[[changes]]\nfield = 'education'\n[[changes.columns]]\n"
            "key = 'school'\ntype = 'text'\nlabel = 'S'",
            2,
            "school already",
        ),
        (
            "[[changes]]\nfield = 'education'\n[[changes.columns]]\n"
            "key = 'rank'\ntype = 'rows'\nlabel = 'S'",
            4,
            "rows",
        ),
        (
            "[[changes]]\nfield = 'hobbies'\n[[changes.columns]]\n"
            "key = 'rank'\ntype = 'text'\nlabel = 'S'",
            2,
            "no columns",
        ),
        ("x = '''\n[[changes]]\n'''\n[[changes]]\nfield = 'moon'", 1, "nothing is called x"),
        ("[[changes]]\nfield = 'hobbies'\nhelp = '''\n[[changes]]'''\nweight = 200", 5, "0 to 100"),
        ("[[changes]]\nfield = 'hobbies'\nweight = 3\n\n[[changes]]\nfield = 'moon'", 6, "moon"),
        ("changes = [{field = 'hobbies', weight = 3}, {field = 'moon'}]", 1, "moon"),
    ],
)
def test_a_wrong_file_is_refused_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_text(text, "forms.toml")
    sentence = str(refused.value)
    assert reason in sentence
    assert sentence.startswith(f"forms.toml, line {line}: " if line else "forms.toml: ")


FIELD = "[[sections]]\nkey = 'ours'\nlabel = 'Ours'\n[[sections.fields]]\nkey = 'score'\n"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("type = 'text'", 5, "no label"),
        ("type = 'text'\nlabel = 'S'\nsource = 'card'", 8, "no source"),
        ("type = 'text'\nlabel = 'S'\nafter = 'moon'", 8, "moon"),
        ("type = 'text'\nlabel = '手机'", 7, "mobile"),
        ("type = 'choice'\nlabel = 'S'", 5, "nothing to choose"),
        ("type = 'choice'\nlabel = 'S'\nchoices = ['a', 'a']", 5, "same value"),
        ("type = 'phone'\nlabel = 'S'\nindex = true", 8, "no index"),
        ("type = 'rows'\nlabel = 'S'", 5, "columns"),
        ("type = 'text'\nlabel = 'S'\nmaximum = '3'", 8, "wrong kind"),
        (
            "type = 'text'\nlabel = 'S'\n[[sections.fields.columns]]\n"
            "key = 'a'\ntype = 'text'\nlabel = 'A'",
            5,
            "rows",
        ),
        (
            "type = 'rows'\nlabel = 'S'\n[[sections.fields.columns]]\nkey = 'a'\ntype = 'text'\n"
            "label = 'A'\n\n[[sections.fields.columns]]\nkey = 'b'\ntype = 'moon'\nlabel = 'B'",
            14,
            "moon",
        ),
        (
            "type = 'rows'\nlabel = 'S'\n[[sections.fields.columns]]\nkey = 'a'\ntype = 'text'\n"
            "label = 'A'\nsensitive = true",
            12,
            "sensitive",
        ),
    ],
)
def test_a_wrong_field_is_refused_with_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_text(FIELD + text, "forms.toml")
    assert f"line {line}: " in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize("key", ["mobile", "owner", "phone", "id", "education"])
def test_a_key_that_is_taken_is_refused(key: str) -> None:
    with pytest.raises(BadInput, match="line 6: "):
        own_field("type = 'text'\nlabel = 'Ours'", key)


def test_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(BadInput, match="line 2"):
        read_text("[[sections]]\nkey = \n", "forms.toml")
    with pytest.raises(BadInput, match="longer than"):
        read_text("#" * 200_001, "forms.toml")
    with pytest.raises(BadInput, match=r"forms\.toml"):
        read_text("x = " + "[" * 100_000, "forms.toml")


def test_all_types_can_be_declared_and_hold_values() -> None:
    values: dict[str, Any] = {
        "text": "甲",
        "long_text": "甲\n乙",
        "choice": "gold",
        "choices": ["gold"],
        "yes_no": True,
        "whole": 3,
        "decimal": "3.5",
        "per_cent": "12.5",
        "amount": 300,
        "date": "2026-03-05",
        "occasion": "lunar:1985-08-15",
        "time": "15:30",
        "card": "P000001",
        "phone": "13911112345",
        "email": "a@b.example",
        "web": "www.a.example",
        "id_number": "11010519491231002X",
        "credit_code": "91110000600037341L",
    }
    for name, value in values.items():
        more = "\nchoices = [{value = 'gold', zh = '金'}]" if name.startswith("choice") else ""
        form = own_field(f"type = '{name}'\nlabel = 'Score'{more}")
        assert check_values(form, {"name": "张山", "score": value})[0]["score"] == value
        field = form.field("score")
        assert field.read(field.plain(value)) == value


def test_weights_and_conditions_count() -> None:
    form = own_field("type = 'whole'\nlabel = 'Score'\nweight = 9\nwhen = {smokes = 'yes'}")
    assert "score" not in {field.key for field in completeness(form, {}).blanks}
    asked = completeness(form, {"smokes": True})
    assert asked.sections["ours"] == 0
    assert asked.blanks[2].key == "score"
    assert completeness(form, {"smokes": True, "score": 1}).sections["ours"] == 100


def test_what_is_taken_away_is_remembered_and_comes_back() -> None:
    old = kept_of(EXAMPLE)
    less = "[[changes]]\nfield = 'hobbies'\nweight = 2"
    form = form_of("person", less, old)
    wines = form.field("wine_likes")
    assert wines.gone
    assert (wines.weight, wines.show(["ningxia"])) == (0, "Ningxia")
    assert [field.key for field in form.gone] == ["wine_likes", "wine_cellar", "wine_tastings"]
    assert form.field("wine_tastings").show([{"on": "2026-01-02", "wine": "x", "spent": 100}])
    firm = form_of("organisation", less, old)
    assert firm.field("category").choice("online_shop").retired  # type: ignore[union-attr]
    assert not firm.field("category").choice("second_tier").retired  # type: ignore[union-attr]
    again = with_team(shipped_form("person"), kept_of(EXAMPLE, kept_of(less, old)))
    assert not again.field("wine_likes").gone
    assert again.gone == with_team(shipped_form("person"), old).gone or [
        field.key for field in again.gone
    ] == ["favourite_colour"]


def test_a_column_that_is_taken_away_keeps_its_name() -> None:
    form = form_of("person", EXAMPLE)
    field = form.field("education")
    rows = [{"id": "a", "school": "一中", "note": "班长"}]
    assert field.check(rows) == rows
    assert field.show(rows) == "一中, Note (no longer asked): 班长"
    assert field.read(field.plain(rows)) == field.check([{"school": "一中", "note": "班长"}])


def test_sensitive_fields_stay_sensitive_when_they_are_gone() -> None:
    text = "[[changes]]\nfield = 'id_number'\nhidden = true"
    assert form_of("person", text).field("id_number").sensitive
    ours = FIELD + "type = 'text'\nlabel = 'S'\nsensitive = true"
    left = with_team(shipped_form("person"), kept_of(text, kept_of(ours)))
    assert left.field("score").sensitive


def test_a_box_of_another_version_opens_all_the_same() -> None:
    kept = json.loads(kept_of(EXAMPLE))
    kept["declared"]["changes"].append({"field": "mobile", "hidden": True})
    kept["declared"]["changes"].append(
        {"field": "category", "choices": [{"value": "x", "retired": True}]}
    )
    own = {"key": "mobile", "type": "text", "label": "我们的"}
    kept["declared"]["sections"][0]["fields"].append(own)
    kept["fields"] = {"person": [{"key": "old", "type": "no_such_type", "label": "x"}]}
    form = with_team(shipped_form("person"), json.dumps(kept))
    assert form.field("mobile").gone or form.field("mobile").section == "wine"
    assert form.field("wine_likes").weight == 3
    kept["declared"]["moon"] = 1
    assert with_team(shipped_form("person"), json.dumps(kept)).field("hobbies").weight == 5


def test_a_label_may_be_said_once_or_in_one_language() -> None:
    assert own_field("type = 'text'\nlabel = {zh = '分'}").field("score").label == {
        "zh": "分",
        "en": "分",
    }
    language.use("zh")
    assert own_field("type = 'text'\nlabel = {zh = '分', en = 'S'}").field("score").title == "分"


def _shipped_fields() -> list[Field]:
    return [field for kind in CARD_KINDS for field in shipped_form(kind).fields()]


@pytest.mark.parametrize("field", _shipped_fields(), ids=lambda field: field.key)
def test_a_field_is_written_as_it_is_read(field: Field) -> None:
    entry = json.loads(json.dumps(declared(field)))
    again = field_of(entry, field.section)
    assert declared(again) == declared(field)
    for name in ("type", "label", "help", "other", "several", "weight", "minimum", "maximum"):
        assert getattr(again, name) == getattr(field, name)
    assert dict(again.when) == dict(field.when)
    assert [column.key for column in again.columns] == [column.key for column in field.columns]


TABLES: dict[str, Any] = tomllib.loads(EXAMPLE)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-200, 200)
    | st.floats()
    | st.dates()
    | st.sampled_from(["", "x", "name", "hobbies", "education", "school", "rows", "person", "*"])
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "type", "zh", "value", "label", "x"]), inner)
    ),
    max_leaves=5,
)


def _changed(whole: Any, path: list[int], odd: Any, name: str) -> Any:
    """The tables with something odd at a place, or under another name beside what is there."""
    if not path or not isinstance(whole, (dict, list)) or not whole:
        return odd
    if isinstance(whole, list):
        at = path[0] % len(whole)
        return [
            _changed(one, path[1:], odd, name) if n == at else one for n, one in enumerate(whole)
        ]
    keys = [*whole, name]
    key = keys[path[0] % len(keys)]
    return {**whole, key: _changed(whole.get(key), path[1:], odd, name)}


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=6),
    ODD,
    st.sampled_from(["when", "columns", "choices", "hidden", "kinds", "default", "weight", "moon"]),
)
@settings(max_examples=400)
def test_whatever_stands_in_a_file_is_used_or_refused(path: list[int], odd: Any, name: str) -> None:
    forms = _forms_of(_changed(TABLES, path, odd, name))
    if isinstance(forms, Wrong):
        line = line_of(EXAMPLE, forms.place, str(forms.values.get("name", "")), forms.near)
        assert line is None or 1 <= line <= EXAMPLE.count("\n") + 1
        assert str(forms)
        return
    for form in forms:
        assert "name" in form
        assert len({field.key for field in form.fields()}) == len(form.fields())


def _forms_of(tables: dict[str, Any]) -> list[Form] | Wrong:
    """The forms that tables make, or why they make none."""
    try:
        team = read_team(tables)
        shipped = {kind: shipped_form(kind) for kind in CARD_KINDS}
        forms = {kind: with_declared(form, team) for kind, form in shipped.items()}
        check_matched(team, forms, shipped)
    except Wrong as wrong:
        return wrong
    return list(forms.values())


@given(st.text(st.sampled_from("[]{}='\"\n abkey.#sections"), max_size=60))
def test_any_text_is_used_or_refused(text: str) -> None:
    refused = ""
    try:
        read_text(text, "forms.toml")
    except BadInput as error:
        refused = str(error)
    assert refused.startswith("forms.toml")
