"""vCards as phones and programs write them, and damaged ones."""

import contextlib
import io
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadInput, BadValue
from store.exchange.drafts import CardDraft
from store.exchange.vcard_extras import shown
from store.exchange.vcard_lunar import from_cycles, to_cycles
from store.exchange.vcard_read import read_vcards
from store.lunar import Calendar, YearlyDate

SAMPLES = Path(__file__).parents[2] / "samples"


def sample(name: str, notes: list[BadInput] | None = None) -> list[CardDraft]:
    with (SAMPLES / name).open("rb") as stream:
        return list(read_vcards(stream, notes))


def cards(text: str | bytes) -> list[CardDraft]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(read_vcards(io.BytesIO(raw)))


def card(*lines: str, version: str = "3.0") -> CardDraft:
    (found,) = cards("\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))
    return found


def values(*lines: str) -> dict[str, Any]:
    return card(*lines).values


def point(value: str, label: str = "") -> dict[str, str]:
    return {"value": value, "label": label}


def test_iphone() -> None:
    notes: list[BadInput] = []
    zhang, hospital = sample("iphone.vcf", notes)
    assert zhang.values == {
        "name": "张伟",
        "nickname": "小张",
        "organisation": "深圳市华强电子有限公司",
        "org_department": "采购部",
        "title": "采购经理",
        "mobile": [
            point("+86 139 1111 2345"),
            point("138 0000 1111", "iphone"),
            point("137 0000 2222", "秘书"),
        ],
        "work_phone": [point("0755-83662222")],
        "fax": [point("0755-22334455", "home")],
        "email": [point("zhangwei@example.com", "work"), point("zw@example.org", "私人")],
        "website": [point("www.example.com")],
        "qq": [point("12345678")],
        "wechat": [point("zhangwei_wx")],
        "work_address": "广东省深圳市华强北路1002号 赛格广场38楼",
        "postcode": "518031",
        "home_address": "广东省深圳市景田路8号",
        "birth_solar": "--10-01",
        "birth_lunar": "lunar:1985-08-17",
        "wedding": "2010-05-01",
        "further_dates": [{"date": "2019-09-10", "note": "入职"}],
        "note": "喜欢喝茶, 爱打羽毛球\n周三开例会",
    }
    assert [name for name, _text in zhang.extras] == [
        "Postcode",
        "vcard:item8.X-ABRELATEDNAMES;TYPE=pref",
        "vcard:item8.X-ABLABEL",
        "vcard:X-SOCIALPROFILE;TYPE=sinaweibo;X-USER=zhangwei",
        "vcard:PHOTO;ENCODING=b;TYPE=JPEG",
        "vcard:UID",
    ]
    assert ("Spouse", "李梅") in shown(zhang.extras)
    assert not zhang.warnings
    assert (hospital.kind, hospital.row) == ("organisation", 49)
    assert hospital.values == {
        "name": "南山区第一医院",
        "work_phone": [point("0755-26000000", "main")],
    }
    assert "客户" in str(notes[0])


def test_android() -> None:
    wang, service = sample("android.vcf")
    assert wang.values == {
        "name": "王芳",
        "nickname": "芳姐",
        "organisation": "上海纺织品公司",
        "title": "经理",
        "mobile": [point("13700001111"), point("13700003333", "助理")],
        "work_phone": [point("021-55556666")],
        "email": [point("wangfang@example.com", "work")],
        "website": [point("http://www.example.com")],
        "qq": [point("87654321")],
        "home_address": "上海市静安区南京西路1266号恒隆广场办公楼一座三十八层东侧",
        "postcode": "200040",
        "birth_solar": "1990-02-03",
        "wedding": "2015-10-01",
        "note": "对价格敏感，每次都要比三家。\n女儿今年高考。",
    }
    assert shown(wang.extras) == [("relation", "刘强")]
    assert service.values == {"name": "10086", "mobile": [point("10086")]}


def test_outlook_in_gbk() -> None:
    (li,) = sample("outlook_gbk.vcf")
    assert li.values == {
        "name": "李强",
        "gender": "male",
        "organisation": "杭州丝绸厂",
        "org_department": "厂办",
        "title": "厂长",
        "mobile": [point("13588889999")],
        "work_phone": [point("0571-88881234")],
        "home_phone": [point("0571-11112222")],
        "fax": [point("0571-88885678")],
        "email": [point("liqiang@example.cn")],
        "website": [point("http://www.example.cn", "work")],
        "work_address": "浙江省杭州市体育场路9号",
        "postcode": "310003",
        "birth_solar": "1965-03-08",
        "wedding": "1988-10-01",
        "note": "老客户，年底结账。\n酒量好，喜欢绍兴黄酒，不要送烟；他太太管账。",
    }
    told = dict(shown(li.extras))
    assert told["TEL (pager,voice)"] == "127-99887"
    assert told["ROLE"] == "企业管理"
    assert "kB" in told["PHOTO (jpeg)"]


def test_nokia_with_a_card_inside_the_card() -> None:
    (zhao,) = sample("nokia.vcf")
    assert zhao.values == {
        "name": "赵喆",
        "mobile": [point("+8613600001234")],
        "home_phone": [point("057111112222")],
        "home_address": "杭州文二路8号",
        "postcode": "310000",
        "birth_solar": "1978-09-06",
        "note": "广交会认识",
    }


def test_google() -> None:
    (john,) = sample("google.vcf")
    assert john.values == {
        "name": "John Q. Smith",
        "organisation": "Acme Trading Co., Ltd.",
        "title": "Buyer",
        "mobile": [point("+86 139 1111 2345")],
        "work_phone": [point("+1 212 555 0100"), point("010-66554433", "Front desk")],
        "email": [point("john@example.com", "work")],
        "website": [point("http://www.example.com/a,b", "PROFILE")],
        "work_address": "1002 Huaqiang Rd, Shenzhen, Guangdong",
        "postcode": "518031",
        "birth_solar": "--08-15",
        "further_dates": [{"date": "1998-06-18", "note": "First order"}],
        "tags": ["VIP"],
        "note": "Speaks some Chinese",
    }
    assert john.extras == [("Name prefix", "Dr.")]


def test_version_4() -> None:
    chen, firm = sample("version4.vcf")
    assert chen.values == {
        "name": "陈小明",
        "gender": "male",
        "organisation": "华强电子",
        "org_department": "市场部 华南组",
        "mobile": [point("+86-139-1234-0001")],
        "work_phone": [point("+86-755-83660001转801")],
        "email": [point("cxm@example.com", "home"), point("chen@example.com")],
        "work_address": "广东省深圳市科技园9栋",
        "postcode": "518057",
        "birth_lunar": "lunar:--03-15",
        "wedding": "2012-05-20",
        "tags": ["重要", "茶友"],
    }
    assert chen.extras[0] == ("vcard:PHOTO;ENCODING=b;TYPE=PNG", "iVBORw0KGgo=")
    assert (firm.kind, firm.values["name"]) == ("organisation", "腾飞贸易有限公司")
    assert "organisation" not in firm.values


def test_a_backup_of_qq() -> None:
    lin, wang = sample("qq_backup.vcf")
    assert lin.values == {
        "name": "林秀英",
        "mobile": [point("139 1234 0004")],
        "qq": [point("10002")],
        "birth_solar": "1990-03-05",
        "tags": ["客户"],
        "note": "说过: 下月再谈; 先报价",
    }
    assert wang.values == {"name": "老王", "mobile": [point("13800138000")]}


@pytest.mark.parametrize(
    ("line", "key", "day"),
    [
        ("BDAY:1985-04-15", "birth_solar", "1985-04-15"),
        ("BDAY:19850415", "birth_solar", "1985-04-15"),
        ("BDAY;VALUE=date:1985-04-15", "birth_solar", "1985-04-15"),
        ("BDAY:1985-04-15T00:00:00Z", "birth_solar", "1985-04-15"),
        ("BDAY:1985-04-14T16:00:00Z", "birth_solar", "1985-04-15"),
        ("BDAY:--0415", "birth_solar", "--04-15"),
        ("BDAY:--04-15", "birth_solar", "--04-15"),
        ("BDAY:1604-02-29", "birth_solar", "--02-29"),
        ("BDAY;X-APPLE-OMIT-YEAR=1896:1896-04-15", "birth_solar", "--04-15"),
        ("BDAY:1985年4月15日", "birth_solar", "1985-04-15"),
        ("BDAY;VALUE=text:农历三月十五", "birth_lunar", "lunar:--03-15"),
        ("BDAY;CALSCALE=chinese:19850415", "birth_lunar", "lunar:1985-04-15"),
        ("X-ALTBDAY;CALSCALE=chinese:007800010101", "birth_lunar", "lunar:1984-01-01"),
        ("X-ALTBDAY;CALSCALE=chinese:0077006004L10", "birth_lunar", None),
        ("X-ALTBDAY;CALSCALE=chinese:0077005904L10", "birth_lunar", "lunar:1982-04L-10"),
        ("X-ALTBDAY;CALSCALE=hebrew:57450115", "birth_lunar", None),
        ("X-SHUKE-BIRTHDAY:lunar:1985-08-15", "birth_lunar", "lunar:1985-08-15"),
        ("X-SHUKE-BIRTHDAY:nonsense", "birth_lunar", None),
        ("BDAY;VALUE=text:circa 1800", "birth_solar", None),
        ("BDAY:1985-02-30", "birth_solar", None),
        ("ANNIVERSARY:20100501", "wedding", "2010-05-01"),
        ("X-ANNIVERSARY:2010-05-01", "wedding", "2010-05-01"),
    ],
)
def test_dates(line: str, key: str, day: str | None) -> None:
    found = card("FN:张伟", line)
    assert found.values.get(key) == day
    assert bool(found.extras) is (day is None)


def test_a_date_labelled_as_a_lunar_birthday_is_one() -> None:
    found = values("FN:张伟", "item1.X-ABDATE:1985-08-15", "item1.X-ABLabel:农历生日")
    assert found == {"name": "张伟", "birth_lunar": "lunar:1985-08-15"}


def test_what_a_phone_changed_outweighs_what_this_program_wrote() -> None:
    lines = ["X-SHUKE-BIRTHDAY:lunar:1985-08-15", "X-ALTBDAY;CALSCALE=chinese:007800020816"]
    assert values("FN:张伟", *lines)["birth_lunar"] == "lunar:1985-08-16"


@pytest.mark.parametrize(
    ("cycles", "lunar"),
    [
        ("007800010101", "lunar:1984-01-01"),
        ("007700600101", "lunar:1983-01-01"),
        ("007700010815", "lunar:1924-08-15"),
        ("007600600815", "lunar:1923-08-15"),
        ("0077005904L10", "lunar:1982-04L-10"),
        ("007800600101", "lunar:2043-01-01"),
        ("007900010101", "lunar:2044-01-01"),
        ("--0815", "lunar:--08-15"),
    ],
)
def test_sixty_year_cycles(cycles: str, lunar: str) -> None:
    assert str(from_cycles(cycles)) == lunar
    assert to_cycles(YearlyDate.parse(lunar)) == cycles


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 29))
def test_cycles_there_and_back(year: int, month: int, day: int) -> None:
    lunar = YearlyDate(Calendar.LUNAR, year, month, day)
    assert from_cycles(to_cycles(lunar)) == lunar


@pytest.mark.parametrize("text", ["", "0078", "1985-08-15", "007800011301", "--0899"])
def test_no_cycles(text: str) -> None:
    with pytest.raises(BadValue):
        from_cycles(text)


@pytest.mark.parametrize(
    ("lines", "name", "nickname"),
    [
        (["N:张;伟;;;", "FN:伟 张"], "张伟", None),
        (["N:;张伟;;;"], "张伟", None),
        (["N:张伟;;;;", "FN:张伟"], "张伟", None),
        (["FN:张 伟"], "张伟", None),
        (["N:Smith;John;;;", "FN:Smith, John"], "John Smith", None),
        (["N:张;建国;;;", "FN:张总"], "张总", "张建国"),
        (["N:李;娜;;;博士", "FN:李娜 博士"], "李娜", None),
        (["NICKNAME:老王"], "老王", "老王"),
        (["EMAIL:a@example.com"], "a@example.com", None),
        (["TEL:13800138000"], "13800138000", None),
    ],
)
def test_names(lines: list[str], name: str, nickname: str | None) -> None:
    found = values(*lines)
    assert (found["name"], found.get("nickname")) == (name, nickname)


@pytest.mark.parametrize(
    ("lines", "kind", "name"),
    [
        (["FN:华强电子", "ORG:华强电子"], "organisation", "华强电子"),
        (["N:;;;;", "ORG:华强电子;"], "organisation", "华强电子"),
        (["FN:华强", "KIND:org"], "organisation", "华强"),
        (["FN:华强电子有限公司", "TEL:0755-1234567"], "organisation", "华强电子有限公司"),
        (["FN:张伟", "ORG:华强电子"], "person", "张伟"),
    ],
)
def test_organisations_made_from_org(lines: list[str], kind: str, name: str) -> None:
    found = card(*lines)
    assert (found.kind, found.values["name"]) == (kind, name)


def test_lines_folded_inside_characters() -> None:
    raw = "NOTE:" + "客户" * 60
    octets = raw.encode()
    folded = b"\r\n ".join(octets[at : at + 74] for at in range(0, len(octets), 74))
    (found,) = cards(b"BEGIN:VCARD\r\nFN:x\r\n" + folded + b"\r\nEND:VCARD\r\n")
    assert found.values["note"] == "客户" * 60


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_line_ends_and_encodings(line_end: str, encoding: str) -> None:
    text = line_end.join(["BEGIN:VCARD", "FN:赵喆", "begin:x", "END:VCARD", ""])
    assert [found.values["name"] for found in cards(text.encode(encoding))] == ["赵喆"]


def test_each_line_may_have_its_own_encoding() -> None:
    raw = b"BEGIN:VCARD\nFN;CHARSET=GBK:" + "张伟".encode("gbk") + b"\nNOTE:" + "好".encode()
    raw += b"\nTITLE;CHARSET=X-UNKNOWN:" + "经理".encode() + b"\nEND:VCARD\n"
    (found,) = cards(raw)
    assert found.values == {"name": "张伟", "note": "好", "title": "经理"}


def test_one_junk_line_does_not_lose_the_card() -> None:
    (found,) = cards(b"BEGIN:VCARD\nFN:x\n\xff\xfe junk\nno colon here\n:\nTEL:138\nEND:VCARD\n")
    assert found.values["work_phone"] == [point("138")]
    assert [str(warning)[:6] for warning in found.warnings] == ["Line 3", "Line 4", "Line 5"]


def test_a_missing_end_between_cards_is_said() -> None:
    first, second = cards("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n")
    assert (first.values["name"], second.values["name"]) == ("a", "b")
    assert "no end of its own" in str(first.warnings[0])


def test_lines_outside_of_cards_are_said() -> None:
    (found,) = cards("hello\n\nBEGIN:VCARD\nFN:a\nEND:VCARD\n")
    assert "Line 1 stands outside" in str(found.warnings[0])


def test_hostile_text_arrives_harmless() -> None:
    found = values("FN:[/b]张\x1b[2J伟\u202e", "item1.TEL:138\x00"[:-1], "item1.X-ABLabel:a\x07b")
    assert found == {"name": "[/b]张[2J伟", "work_phone": [point("138", "ab")]}
    assert values("FN:x", 'X-SHUKE-HOBBIES;VALUE=x-json:["\\\\u001b茶"]')["hobbies"] == ["茶"]


def test_a_photograph_of_endless_length_is_left_out() -> None:
    found = card("FN:x", "PHOTO;ENCODING=b:" + "A" * 500_000)
    assert not found.extras
    assert "PHOTO" in str(found.warnings[0])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no vCards"),
        (b"hello\n", "no vCards"),
        (b"BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nFN:", "line 4 has no end"),
        (b"BEGIN:VCARD\nFN:a\0\nEND:VCARD\n", "Line 2 holds NUL"),
        (b"BEGIN:VCARD\nNOTE:" + b"x" * (50 * 2**20) + b"\nEND:VCARD\n", "Line 2 is longer"),
        (b"BEGIN:VCARD\n" + (b"X:" + b"x" * 1000 + b"\n ") * 9_000, "line 1 is longer"),
        (b"BEGIN:VCARD\n" + b"X:y\n" * 1_001 + b"END:VCARD\n", "more than 1000 lines"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damaged_files_get_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        cards(raw)


@pytest.mark.parametrize(
    "line",
    [
        'A;x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,x=y,"',
        "A" + ";x=y" * 400 + '"',
        'TEL;TYPE="' + '","' * 500,
        "NOTE;ENCODING=QUOTED-PRINTABLE:" + "=" * 5000,
        "N:" + "\\" * 20_001,
        "X-SHUKE-HOBBIES;VALUE=x-json:" + "[" * 100_000,
        "N;CHARSET=zip;ENCODING=QUOTED-PRINTABLE:=00=01",
        "N;CHARSET=idna:=00=01",
    ],
    ids=range(8),
)
def test_no_line_takes_for_ever(line: str) -> None:
    began = time.perf_counter()
    assert card("FN:x", line).values["name"]
    assert time.perf_counter() - began < 2


@given(
    st.lists(st.sampled_from(["BEGIN:VCARD", "END:VCARD", "N:a;b", "AGENT:", " x", "=", "A;=:b"]))
)
def test_any_order_of_lines_is_cards_or_a_sentence(lines: list[str]) -> None:
    with contextlib.suppress(BadInput):
        cards("\n".join(lines))


@given(st.binary(max_size=120))
def test_any_bytes_in_a_card_are_a_card(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        cards(b"BEGIN:VCARD\nFN:x\n" + raw + b"\nEND:VCARD\n")


@given(st.data())
def test_a_sample_with_a_changed_byte_is_cards_or_a_sentence(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["iphone.vcf", "android.vcf", "outlook_gbk.vcf"]))
    raw = bytearray((SAMPLES / name).read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        cards(bytes(raw))
