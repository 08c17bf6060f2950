"""The declared forms load, are whole, and say where they are wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from store import language
from store.errors import BadInput, NotFound
from store.forms.declaration import load_form
from store.forms.reading import read_form

KINDS = ("person", "organisation")
NEEDED = {
    "person": "name nickname gender title professional_titles organisation org_department mobile "
    "work_phone home_phone email wechat qq fax website work_address postcode lifecycle "
    "former_reason likelihood value_grade importance credit_grade credit_limit trade_terms "
    "category industry region city circle route_order tags source referrer met_on met_at "
    "first_impression personality birth_solar birth_lunar birth_kept wedding further_dates "
    "native_place birthplace ethnicity marital_status home_address registered_address id_number "
    "party religion languages education_level note filled_by filled_on surveyor reviewer",
    "organisation": "name short_name work_phone mobile fax email website wechat work_address "
    "lifecycle former_reason likelihood value_grade importance credit_grade credit_limit "
    "trade_terms category ownership industry region city circle route_order tags source referrer "
    "met_on met_at first_impression personality founded opened further_dates credit_code "
    "registration_no tax_no legal_representative registered_capital bank_account employees "
    "turnover transport premises note filled_by filled_on surveyor reviewer",
}
SECTIONS = {
    "person": "name_card classification acquaintance dates personal notes filled",
    "organisation": "name_card classification acquaintance dates basics notes filled",
}


@pytest.mark.parametrize("kind", KINDS)
def test_form_has_what_is_needed_under_unique_keys(kind: str) -> None:
    form = load_form(kind)
    keys = [field.key for section in form.sections for field in section.fields]
    assert len(set(keys)) == len(keys)
    assert set(NEEDED[kind].split()) <= set(keys)
    assert [section.key for section in form.sections] == SECTIONS[kind].split()
    assert [field.key for field in form.fields()] == keys


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_is_in_both_languages(kind: str) -> None:
    form = load_form(kind)
    labels = [form.label, *(section.label for section in form.sections)]
    for field in form.fields():
        labels.append(field.label)
        labels += [label for label in (field.help, field.unit) if label]
        for choice in field.choices:
            labels.append(choice.label)
            labels += [label for label in (choice.short, choice.help) if label]
    for label in labels:
        assert set(label) == set(language.LANGUAGES)
        assert all(text.strip() == text != "" for text in label.values())


@pytest.mark.parametrize("kind", KINDS)
def test_titles_follow_the_language_and_are_unique(kind: str) -> None:
    form = load_form(kind)
    for spoken in language.LANGUAGES:
        language.use(spoken)
        titles = [field.title for field in form.fields()]
        assert len(set(titles)) == len(titles)
    assert form.field("name").title in ("Name", "Full name")
    language.use("zh")
    assert form.field("mobile").title == "手机"


def test_fields_are_found_by_key_or_label() -> None:
    form = load_form("person")
    assert form.named("手机") is form.named(" Mobile ") is form.named("mobile")
    assert form.named("手机") is form.field("mobile")
    assert form.named("没有这个") is None
    with pytest.raises(NotFound):
        form.field("nonsense")
    with pytest.raises(NotFound):
        load_form("nonsense")


def test_sources_of_customers_are_the_sixteen() -> None:
    assert len(load_form("person").field("source").choices) == 16
    assert [c.value for c in load_form("person").field("likelihood").choices] == [
        *("A", "B", "C", "D", "E", "F1", "F2", "unclassified")
    ]
    assert load_form("person").defaults() == {
        "lifecycle": "prospect",
        "likelihood": "unclassified",
    }


def test_ownership_is_asked_of_organisations_only() -> None:
    assert "ownership" in load_form("organisation")
    assert "ownership" not in load_form("person")


def test_sensitive_fields_are_those_of_the_domain() -> None:
    sensitive = {f.key for kind in KINDS for f in load_form(kind).fields() if f.sensitive}
    assert {"id_number", "religion", "party", "home_address", "bank_account"} <= sensitive
    assert not sensitive & {"name", "mobile", "title"}


def test_loading_needs_no_heavy_library() -> None:
    heavy = "{'peewee', 'stdnum', 'dateutil', 'lunardate', 'textual'}"
    program = (
        "import sys; from store.forms.declaration import load_form; "
        "load_form('person'); load_form('organisation'); "
        f"print({heavy} & {{name.split('.')[0] for name in sys.modules}})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


FIELD = "\n\n[[sections.fields]]\nkey = 'a'\ntype = 'text'\nlabel = {zh = '甲', en = 'A'}\n"
HEAD = "label = {zh = '人', en = 'Person'}\n\n[[sections]]\nkey = 's'\nlabel = {zh='节', en='S'}"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + FIELD + "typ = 'x'\n", 8, "typ"),
        (HEAD + FIELD.replace("text", "rows"), 8, "rows"),
        (HEAD + FIELD.replace(", en = 'A'", ""), 8, "zh"),
        (HEAD + FIELD + "weight = '3'\n", 8, "weight"),
        (HEAD + FIELD + "when = {b = 'x'}\n", 8, "b"),
        (HEAD + FIELD + FIELD, 8, "a"),
        (HEAD + FIELD.replace("'text'", "'choice'"), 8, ""),
        (HEAD + FIELD + "several = true\n", 8, "text"),
        (HEAD + FIELD + "source = 'moon'\n", 8, "moon"),
        (HEAD + FIELD + "choices = [{value = 'x', zh = '子'}]\n", 8, "zh"),
        (HEAD + FIELD + "choices = [{zh = '子', en = 'X'}]\n", 8, ""),
        (HEAD + "\n\n[[sections.fields]]\ntype = 'text'\n", 4, ""),
        (HEAD + FIELD + "weight = \n", 11, ""),
        ("sections = 3", 0, ""),
        ("label = 3\nsections = []", 0, ""),
    ],
)
def test_wrong_form_is_refused_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_form("wrong", tmp_path)
    sentence = str(refused.value)
    assert "wrong.toml" in sentence
    assert reason in sentence
    if line:
        assert str(line) in sentence


def test_form_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_bytes("label = '中'".encode("gb18030"))
    with pytest.raises(BadInput):
        read_form("wrong", tmp_path)
