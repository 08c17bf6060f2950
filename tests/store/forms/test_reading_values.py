"""What people type, field type by field type."""

from datetime import date

import pytest

from store import language
from store.errors import BadValue
from store.forms.contacts import normal_contact, normal_email, normal_phone
from store.forms.declaration import Field, load_form
from store.forms.identity import implied

PERSON, ORGANISATION = load_form("person"), load_form("organisation")
WAN, YUAN = ORGANISATION.field("registered_capital"), PERSON.field("credit_limit")
DOLLARS = ORGANISATION.field("economic_indicators_usd")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (PERSON.field("name"), "  张　山 \u200b", "张 山"),
        (PERSON.field("name"), "张\x00山\x1b[31m\u202e", "张山[31m"),
        (PERSON.field("name"), "[/b]张", "[/b]张"),
        (PERSON.field("note"), "一\r\n二  \n\n三\n", "一\n二\n\n三"),
        (PERSON.field("lifecycle"), "成交客户", "buyer"),
        (PERSON.field("lifecycle"), "cjkh", "buyer"),
        (PERSON.field("lifecycle"), "成交", "buyer"),
        (PERSON.field("lifecycle"), "LIKELY customer", "likely"),
        (PERSON.field("likelihood"), "ａ", "A"),
        (PERSON.field("likelihood"), "f1", "F1"),
        (PERSON.field("category"), "first tier", "first_tier"),
        (PERSON.field("industry"), "电子", "电子"),
        (PERSON.field("party"), "党员", "cpc"),
        (PERSON.field("tags"), "大客户，  VIP；大客户、老乡", ["大客户", "VIP", "老乡"]),
        (ORGANISATION.field("transport"), "铁路、汽运", ["rail", "road"]),
        (PERSON.field("accepts_sms"), "是", True),
        (PERSON.field("accepts_sms"), "Ｎ", False),
        (ORGANISATION.field("employees"), "１，２００人", 1200),
        (ORGANISATION.field("employees"), "3千人", 3000),
        (ORGANISATION.field("employees"), "三十", 30),
        (ORGANISATION.field("land_area"), "12。50 平方米", "12.5"),
        (ORGANISATION.field("state_share"), "５１％", "51"),
        (YUAN, "3万", 3_000_000),
        (YUAN, "12,000.50", 1_200_050),
        (YUAN, "￥１２０００", 1_200_000),
        (YUAN, "5000块", 500_000),
        (YUAN, "1亿2000万元", 12_000_000_000),
        (WAN, "1.5万元", 1_500_000),
        (WAN, "500", 500_000_000),
        (WAN, "500元", 50_000),
        (WAN, "三千万", 3_000_000_000),
        (DOLLARS, "US$ 20", 2000),
        (DOLLARS, "20万美元", 20_000_000),
        (DOLLARS, "-20", -20_000_000),
        (PERSON.field("met_on"), "2026/3/5", "2026-03-05"),
        (PERSON.field("met_on"), "２０２６年３月５日", "2026-03-05"),
        (PERSON.field("met_on"), "20260305", "2026-03-05"),
        (PERSON.field("met_on"), "98.3.5", "1998-03-05"),
        (PERSON.field("met_on"), "2026-03-05 00:00:00", "2026-03-05"),
        (PERSON.field("birth_lunar"), "1985-08-15", "lunar:1985-08-15"),
        (PERSON.field("birth_solar"), "85.8.15", "1985-08-15"),
        (PERSON.field("birth_solar"), "0815", "--08-15"),
        (PERSON.field("wedding"), "农历八月十五", "lunar:--08-15"),
        (PERSON.field("organisation"), "ｏ000045", "O000045"),
        (PERSON.field("organisation"), "华东电子", "华东电子"),
        (PERSON.field("id_number"), "360426 19910101 0071", "360426199101010071"),
        (ORGANISATION.field("credit_code"), "9111 0000 6000 3734 1l", "91110000600037341L"),
    ],
)
def test_what_people_type_is_understood(field: Field, text: str, value: object) -> None:
    assert field.read(text) == value


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("13911112345", [("13911112345", "")]),
        ("13911112345 (家); 13800001111", [("13911112345", "家"), ("13800001111", "")]),
        (
            "１３９ １１１１ ２３４５（家）；１３８００００１１１１",
            [("139 1111 2345", "家"), ("13800001111", "")],
        ),
        (
            "13911112345、13800001111/010-12345678",
            [("13911112345", ""), ("13800001111", ""), ("010-12345678", "")],
        ),
        ("(010) 12345678 转 801", [("010-12345678转801", "")]),
        ("+86 139-1111-2345", [("+86 139-1111-2345", "")]),
        ("+1 415 555 0100", [("+1 415 555 0100", "")]),
        ("家: 0571-88881234", [("0571-88881234", "家")]),
        ("13911112345 办公", [("13911112345", "办公")]),
        ("95588", [("95588", "")]),
    ],
)
def test_phones_are_split_labelled_and_tidied(text: str, points: list[tuple[str, str]]) -> None:
    value = PERSON.field("mobile").read(text)
    assert value == [{"value": number, "label": label} for number, label in points]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("139 1111 2345", "13911112345"),
        ("+86 139-1111-2345", "13911112345"),
        ("0086 13911112345", "13911112345"),
        ("8613911112345", "13911112345"),
        ("013911112345", "13911112345"),
        ("１３９１１１１２３４５", "13911112345"),
        ("010-12345678", "01012345678"),
        ("(010)12345678", "01012345678"),
        ("+86 10 12345678", "01012345678"),
        ("+86-571-88881234 转 801", "057188881234801"),
        ("0571-88881234 ext. 801", "057188881234801"),
        ("400-800-8800", "4008008800"),
        ("+1 (415) 555-0100", "0014155550100"),
        ("+852 2345 6789", "0085223456789"),
        ("", ""),
        ("无", ""),
    ],
)
def test_spellings_of_one_phone_have_one_normal_form(text: str, normal: str) -> None:
    assert normal_phone(text) == normal


def test_contacts_are_found_again_by_their_normal_form() -> None:
    assert normal_email(" Zhang＠Example.COM ") == "zhang@example.com"
    assert normal_contact("mobile", "139 1111 2345") == "13911112345"
    assert normal_contact("email", "A@B.com") == "a@b.com"
    assert normal_contact("wechat", "Zhang San") == "zhangsan"


def test_mails_and_pages_are_read_with_their_labels() -> None:
    assert PERSON.field("email").read("张山 <zhang@example.com>; b＠c.cn (私)") == [
        {"value": "zhang@example.com", "label": "张山"},
        {"value": "b@c.cn", "label": "私"},
    ]
    assert PERSON.field("website").read("ｗｗｗ．a。cn/路?a=1,2") == [
        {"value": "www.a.cn/路?a=1,2", "label": ""}
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (PERSON.field("name"), "长" * 501),
        (PERSON.field("lifecycle"), "客户"),
        (PERSON.field("lifecycle"), "火星"),
        (PERSON.field("source_centre"), "人面广、火箭"),
        (PERSON.field("accepts_sms"), "也许"),
        (ORGANISATION.field("employees"), "2.5"),
        (ORGANISATION.field("employees"), "-3"),
        (ORGANISATION.field("employees"), "1,20"),
        (ORGANISATION.field("employees"), "1" * 40 + "x"),
        (ORGANISATION.field("employees"), "9" * 59),
        (PERSON.field("route_order"), "0"),
        (ORGANISATION.field("state_share"), "101%"),
        (YUAN, "1.005"),
        (YUAN, "3万5"),
        (YUAN, "$5"),
        (DOLLARS, "5元"),
        (PERSON.field("met_on"), "2026-02-30"),
        (PERSON.field("met_on"), "1990"),
        (PERSON.field("birth_solar"), "2-30"),
        (PERSON.field("birth_lunar"), "lunar:1985-13-01"),
        (PERSON.field("mobile"), "1391111234"),
        (PERSON.field("mobile"), "139111123456"),
        (PERSON.field("mobile"), "没有"),
        (PERSON.field("email"), "zhang@example"),
        (PERSON.field("website"), "javascript:alert(1)"),
        (PERSON.field("id_number"), "360426199101010072"),
        (PERSON.field("id_number"), "36042619910101007"),
        (PERSON.field("id_number"), "36042619911301007X"),
        (ORGANISATION.field("credit_code"), "911100006000373411"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(field: Field, text: str) -> None:
    with pytest.raises(BadValue) as refused:
        field.read(text)
    assert refused.value.field == field.key
    assert str(refused.value).rstrip(".。")


def test_blank_is_no_value() -> None:
    for field in (*PERSON.fields(), *ORGANISATION.fields()):
        assert field.read(" 　\n") is None
        assert field.check(None) is None


def test_old_id_numbers_become_new_ones() -> None:
    assert PERSON.field("id_number").read("360426910101007") == "360426199101010071"


def test_id_number_tells_birthday_gender_and_region() -> None:
    values = {"id_number": "360426199101010071"}
    assert implied(values) == {
        "birth_solar": "1991-01-01",
        "gender": "male",
        "birthplace": "江西省德安县",
        "native_place": "江西省德安县",
    }
    assert implied({"spouse_id_number": "360426199101010071"}, "spouse_id_number") == {}
    assert "gender" not in implied({**values, "gender": "male"})
    assert "birth_solar" not in implied({**values, "birth_lunar": "lunar:1990-11-16"})
    assert implied({}) == {}
    assert implied({"id_number": "000000000000000000"}).keys() <= {"gender"}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "91110000600037341L",
            {
                "organisation_code": "60003734-1",
                "tax_no": "91110000600037341L",
                "registered_place": "北京市",
                "city": "北京",
            },
        ),
        ("9133010672100000", {}),
    ],
)
def test_credit_code_tells_where_and_what_it_is(code: str, told: dict[str, str]) -> None:
    assert implied({"credit_code": code}, "credit_code") == told


def test_credit_code_tells_the_kind_of_body() -> None:
    from stdnum.cn import uscc

    found = {}
    for beginning in ("92330106", "12320500", "91440305", "91999999"):
        code = f"{beginning}MA2TEST00".replace("S", "5")
        code += uscc.calc_check_digit(code + "0")
        told = implied({"credit_code": uscc.validate(code), "tax_no": "有"}, "credit_code")
        assert told["organisation_code"] == "MA2TE5T0-0"
        found[beginning] = [told.get(key) for key in ("ownership", "registered_place", "city")]
    assert found == {
        "92330106": ["sole_trader", "浙江省杭州市西湖区", "杭州"],
        "12320500": ["public_institution", "江苏省苏州市", "苏州"],
        "91440305": [None, "广东省深圳市南山区", "深圳"],
        "91999999": [None, None, None],
    }


def test_values_are_shown_in_the_language_spoken() -> None:
    shown = [
        (WAN, 150_000_000_00, "15,000万元", "¥150,000,000"),
        (YUAN, 1_200_050, "12,000.50元", "¥12,000.50"),
        (DOLLARS, -2000, "-0.002万美元", "-US$20"),
        (ORGANISATION.field("employees"), 1200, "1,200 人", "1,200 people"),
        (ORGANISATION.field("state_share"), "51.5", "51.5%", "51.5%"),
        (PERSON.field("lifecycle"), "buyer", "成交客户", "Buyer"),
        (ORGANISATION.field("transport"), ["rail", "road"], "铁路、汽运", "Rail, Road"),
        (PERSON.field("mobile"), [{"value": "110", "label": "急"}], "110 (急)", "110 (急)"),
    ]
    for field, value, chinese, english in shown:
        language.use("zh")
        assert field.show(value) == chinese
        language.use("en")
        assert field.show(value) == english


def test_what_is_not_of_the_type_is_shown_all_the_same() -> None:
    for field in PERSON.fields():
        for value in ("[/b]", 7, True, ["x", 3], [{"value": 1}], {"a": 1}, None):
            assert isinstance(field.show(value), str)


def test_relative_days_need_today() -> None:
    pytest.importorskip("store.moments")
    assert PERSON.field("met_on").read("昨天", date(2026, 3, 5)) == "2026-03-04"
    with pytest.raises(BadValue):
        PERSON.field("met_on").read("昨天")


@pytest.mark.parametrize(
    ("kind", "key", "text", "expected"),
    [
        ("person", "met_on", "12-15", "2025-12-15"),
        ("interaction", "day", "wed", "2026-11-25"),
        ("interaction", "next_on", "12-15", "2026-12-15"),
        ("interaction", "next_on", "周三", "2026-12-02"),
        ("todo", "due_on", "3-15", "2027-03-15"),
        ("club", "review_on", "12-15", "2026-12-15"),
    ],
)
def test_what_is_still_to_come_is_read_ahead(kind: str, key: str, text: str, expected: str) -> None:
    assert load_form(kind).field(key).read(text, date(2026, 11, 30)) == expected


@pytest.mark.parametrize("text", ["2018", "2018年", "2018.5", "2018-05", "2018年5月"])
def test_a_year_or_a_month_alone_is_no_day(text: str) -> None:
    with pytest.raises(BadValue, match="write it whole"):
        PERSON.field("met_on").read(text, date(2026, 3, 5))
