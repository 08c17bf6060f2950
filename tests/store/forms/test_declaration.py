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
    "person": {
        "name_card": (
            "name mobile nickname gender organisation org_department title "
            "professional_titles work_phone home_phone email wechat qq fax website "
            "work_address postcode"
        ),
        "classification": (
            "lifecycle former_reason stopped_on supplied_by win_back likelihood value_grade "
            "other_grade importance credit_grade credit_limit trade_terms category industry "
            "region city circle route_order tags"
        ),
        "acquaintance": "source referrer met_on met_at first_impression personality",
        "referrals": (
            "source_centre dislikes_introductions names_given:name,phone,relation,note,done"
        ),
        "dates": "birth_solar birth_lunar birth_kept wedding further_dates",
        "personal": (
            "native_place birthplace ethnicity marital_status home_address registered_address "
            "id_number party religion devoutness hobbies favourite_colour favourite_books "
            "admired_people not_to_mention languages speciality education_level "
            "cultural_background income works_abroad honours:title,on travelled accepts_mail "
            "accepts_sms accepts_wechat"
        ),
        "itinerary": "itinerary:from,until,city,hotel,flight,purpose",
        "body_health": "height body_weight body_features past_illnesses health",
        "education": (
            "education:school,major,degree,from,until,finished,note school_honours "
            "school_clubs school_sports no_university_sensitive other_education "
            "military_service military_branch military_years military_rank service_card"
        ),
        "family": (
            "family:name,relation,birth,employer,job,phone,education,interests,note "
            "spouse_education spouse_interests spouse_clubs spouse_id_number children_custody "
            "children_schooling children_likes"
        ),
        "career": (
            "career:employer,title,job,from,until,address,note former_title former_title_on "
            "bodies:body,post has_advisers advisers our_relations our_relations_good "
            "known_to_us company_attitude long_term_goal short_term_goal concerned_with "
            "looks_to looks_to_why"
        ),
        "interests": "clubs former_clubs political_activity community_activity strong_views",
        "way_of_life": (
            "drinks drinks_what minds_drinking smokes smokes_what minds_smoking lunch_places "
            "dinner_places favourite_dishes minds_treating reading sports_watched "
            "liked_topics impresses_whom wants_to_seem described_as proudest_of present_goals"
        ),
        "decision": "cares_about communication_style working_habits",
        "risk": "risk risk_kinds risk_reasons risk_note",
        "notes": "note",
        "filled": "filled_by filled_on surveyor reviewer",
    },
    "organisation": {
        "name_card": (
            "name short_name work_phone mobile fax email wechat qq website work_address "
            "postcode branch_addresses"
        ),
        "classification": (
            "lifecycle former_reason stopped_on supplied_by win_back likelihood value_grade "
            "other_grade importance credit_grade credit_limit trade_terms category ownership "
            "industry region city circle route_order tags"
        ),
        "acquaintance": "source referrer met_on met_at first_impression personality",
        "dates": "founded opened further_dates",
        "basics": (
            "credit_code registration_no tax_no "
            "organisation_code registered_place authority legal_representative "
            "legal_representative_phone proprietor sector economic_type first_trade_on "
            "principal principal_character principal_family principal_education registered_capital "
            "working_capital assets state_share bank bank_account turnover economic_indicators "
            "economic_indicators_usd employees technical_staff office_staff workers land_area "
            "floor_area business_area warehouse_area premises vehicles transport "
            "business_scope products coverage introduction purpose "
            "culture honours:title,on social_accounts developed_on developed_by"
        ),
        "character": (
            "service_area selling_power growth_potential philosophy direction policy size "
            "business_manner business_state"
        ),
        "business": (
            "results managers_quality sellers_quality competitor_relations our_relations "
            "standing price_level sells_to yearly_volume peak_months peak_volume slack_months "
            "slack_volume yearly_demand installed_base"
        ),
        "trade_now": (
            "sales_activity trade_problems advantages_kept trade_measures image reputation "
            "credit_standing credit_problems payment_attitude payment_term payment_method "
            "payment_procedure purchases:year,product,amount,peak,slack contract_performance "
            "friction"
        ),
        "needs": "needs:need,kind,must,answer",
        "buying": (
            "budget_amount budget_period budget_approver buying_process buying_length "
            "buying_key_points"
        ),
        "competitors": (
            "competitors:competitor,product,satisfaction,rep,rep_style,rep_relation,chance,chance_reason,our_edge,our_weakness"
        ),
        "people": (
            "people:name,title,mobile,org_department,role,attitude,reports_to,influence,level,department_kind,matters,faction,quality,note"
        ),
        "events": "events:on,name,people,verdict,note",
        "news": "news:on,kind,what,source,note",
        "dealer_checks": (
            "dealer_checks:on,by,display_place,display_space,display_height,stock,stock_cause,purchases,only_ours,key_products,promotions,promotion_effect,policy_explained,news_passed,support,note"
        ),
        "risk": "risk risk_kinds risk_reasons risk_note",
        "notes": "note",
        "filled": "filled_by filled_on surveyor reviewer",
    },
}
"""Every field of domain.md 1.1 to 1.4 by section; of rows their columns behind a colon."""


@pytest.mark.parametrize("kind", KINDS)
def test_form_has_what_is_needed_under_unique_keys(kind: str) -> None:
    form = load_form(kind)
    keys = [field.key for section in form.sections for field in section.fields]
    assert len(set(keys)) == len(keys)
    declared = {
        section.key: [
            ":".join([field.key, ",".join(column.key for column in field.columns)]).rstrip(":")
            for field in section.fields
        ]
        for section in form.sections
    }
    assert list(declared) == list(NEEDED[kind])
    assert declared == {key: words.split() for key, words in NEEDED[kind].items()}
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
