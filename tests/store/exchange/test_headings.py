"""Headings of every program and of hand-made tables find their fields."""

from pathlib import Path
from typing import Any

import pytest

from store.exchange.columns import read_drafts
from store.exchange.csv_table import read_csv
from store.exchange.drafts import CardDraft
from store.exchange.headings import EXTRA, recognise
from store.exchange.mapping import map_columns
from store.exchange.tables import Table, TableRow
from store.forms.declaration import load_form
from store.records.cards import KINDS

SAMPLES = Path(__file__).parents[2] / "samples"


def meant(heading: str, **labels: str) -> str:
    return recognise([heading], labels)[0].target


def drafts(name: str) -> list[CardDraft]:
    with (SAMPLES / name).open("rb") as stream:
        table = read_csv(stream)
        return list(read_drafts(table, recognise(table.headings)))


def row(**cells: str) -> CardDraft:
    table = Table(tuple(cells), [TableRow(2, tuple(cells.values()))])
    return next(read_drafts(table, recognise(table.headings)))


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("姓名", "name"),
        ("级别", "lifecycle"),
        ("可能", "likelihood"),
        ("可能性", "likelihood"),
        (" 客户姓名* ", "name"),
        ("出生日期", "birthday"),
        ("阳历生日", "birth_solar"),
        ("公历生日", "birth_solar"),
        ("阴历生日", "birth_lunar"),
        ("农历生日", "birth_lunar"),
        ("出生日期（农历）", "birth_lunar"),
        ("生日(阳历)", "birth_solar"),
        ("家庭电话", "home_phone"),
        ("住宅电话", "home_phone"),
        ("手机号码（必填）", "mobile"),
        ("手机2", "mobile"),
        ("移动电话", "mobile"),
        ("电话", "phone"),
        ("办公电话", "work_phone"),
        ("家庭住址", "home_address"),
        ("住址", "home_address"),
        ("电子信箱", "email"),
        ("E-mail", "email"),
        ("E-mail 2 Address", "email"),
        ("电子邮件 3 地址", "email"),
        ("公司", "organisation"),
        ("单位名称", "organisation"),
        ("职务", "title"),
        ("部门", "org_department"),
        ("称呼", "nickname"),
        ("微信", "wechat"),
        ("ＱＱ号码", "qq"),
        ("传真", "fax"),
        ("网址", "website"),
        ("邮编", "postcode"),
        ("备注", "note"),
        ("Mobile Phone", "mobile"),
        ("Business Phone 2", "work_phone"),
        ("Home Street 2", "address.home_address.street"),
        ("商务地址 邮政编码", "address.work_address.postcode"),
        ("住宅地址 - 邮箱", "address.home_address.box"),
        ("公司所在的城市", "address.work_address.city"),
        ("Phone 12 - Value", "google.phone.12.value"),
        ("Organization Name", "organisation"),
        ("姓", "part.family"),
        ("First Name", "part.given"),
        ("编号", "number"),
        ("车牌号", EXTRA),
        ("", EXTRA),
    ],
)
def test_words(heading: str, target: str) -> None:
    assert meant(heading) == target


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_every_label_and_key_of_the_forms(kind: str) -> None:
    form = load_form(kind)
    labels = {label: field.key for field in form.fields() for label in field.label.values()}
    labels |= {field.key: field.key for field in form.fields()}
    for heading, key in labels.items():
        assert meant(heading, **labels) in {key, "phone", "birthday"}


@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_words_for_fields_are_of_fields_that_exist(kind: str) -> None:
    other = load_form("person" if kind == "organisation" else "organisation")
    for heading in (
        "姓名",
        "法人代表",
        "爱好",
        "身份证",
        "学历",
        "开户行",
        "介绍人",
        "婚否",
        "税号",
    ):
        assert meant(heading) in load_form(kind) or meant(heading) in other


def test_a_person_may_say_what_a_column_is() -> None:
    columns = recognise(["车牌号", "姓名"], {}, {"车牌号": "note"})
    assert [column.target for column in columns] == ["note", "name"]


def test_a_customer_beside_a_contact_person_is_the_firm() -> None:
    assert [one.target for one in recognise(["客户名称", "联系人"])] == ["organisation", "name"]
    assert [one.target for one in recognise(["客户名称", "电话"])] == ["name", "phone"]


def test_outlook_in_chinese() -> None:
    zhang, ouyang, hospital = drafts("outlook_zh.csv")
    assert zhang.values == {
        "name": "张伟",
        "gender": "男",
        "organisation": "深圳市华强电子有限公司",
        "org_department": "采购部",
        "title": "采购经理",
        "mobile": "13911112345",
        "work_phone": "0755-83662222; 0755-83663333",
        "home_phone": "0755-22334455",
        "fax": "0755-83661111",
        "email": "zhangwei@example.com; zw@example.org",
        "website": "http://www.example.com",
        "work_address": "广东省深圳市华强北路1002号 赛格广场38楼",
        "postcode": "518031",
        "home_address": "深圳市景田路8号",
        "birth_solar": "1985/8/15",
        "wedding": "2010/5/1",
        "tags": "重要;华南",
        "hobbies": "羽毛球",
        "note": "喜欢喝茶\n周三开例会",
    }
    assert zhang.extras == [("中文称谓", "先生"), ("经理姓名", "王总"), ("配偶", "李梅")]
    assert ouyang.values == {"name": "欧阳娜娜", "mobile": "13800001111; 13800002222 (car)"}
    assert (hospital.kind, hospital.row) == ("organisation", 5)
    assert hospital.values == {"name": "南山区第一医院", "work_phone": "0755-26000000"}


def test_outlook_in_english() -> None:
    (john,) = drafts("outlook_en.csv")
    assert john.values == {
        "name": "John Q. Smith",
        "organisation": "Acme Trading Co., Ltd.",
        "title": "Buyer",
        "work_phone": "+86 755 8366 2222",
        "mobile": "+86 139 1111 2345",
        "fax": "0755-1112222 (home)",
        "email": "john@example.com",
        "work_address": "1002 Huaqiang Rd, Shenzhen",
        "postcode": "518031",
        "birth_solar": "8/15/1985",
        "tags": "VIP",
        "note": 'Speaks "some" Chinese',
    }
    assert john.extras == [("Title", "Mr."), ("Pager", "127-99887"), ("Spouse", "Mary")]


def test_google_old_and_new() -> None:
    (wang,) = drafts("google_old.csv")
    assert wang.values == {
        "name": "王芳",
        "organisation": "上海纺织品公司",
        "title": "经理",
        "mobile": "+86 137 0000 1111; +86 137 0000 2222",
        "fax": "021-55556666",
        "email": "wangfang@example.com (Work); wf@example.net (Work)",
        "qq": "12345678",
        "website": "http://www.example.com",
        "home_address": "上海市静安区南京西路1号",
        "postcode": "200040",
        "birth_solar": "1990-02-03",
        "wedding": "2015-10-01",
        "tags": "客户、华东",
        "note": "对价格敏感",
    }
    assert wang.extras == [("Spouse", "刘强"), ("车牌", "沪A12345")]
    (li,) = drafts("google_new.csv")
    assert li.values == {
        "name": "李强",
        "nickname": "老李",
        "organisation": "杭州丝绸厂",
        "title": "厂长",
        "org_department": "厂办",
        "work_phone": "0571-88881234",
        "mobile": "13588889999 (秘书)",
        "email": "liqiang@example.com",
        "work_address": "No. 1 West Lake Rd, Hangzhou, Zhejiang",
        "birth_solar": "--08-15",
        "further_dates": "1998-06-18 (建厂)",
    }
    assert li.extras == []


def test_foxmail() -> None:
    (zhao,) = drafts("foxmail.csv")
    assert zhao.values == {
        "name": "赵喆",
        "nickname": "小赵",
        "gender": "男",
        "email": "zhaozhe@example.cn",
        "mobile": "13600001234",
        "home_phone": "0571-11112222; 0571-11113333",
        "work_phone": "0571-85150000",
        "fax": "0571-85151111",
        "organisation": "浙江轻工进出口有限公司",
        "org_department": "出口三部",
        "title": "业务员",
        "work_address": "浙江省杭州市体育场路9号",
        "postcode": "310003",
        "home_address": "文二路8号",
        "birth_solar": "1978-7-30",
        "note": "广交会认识",
    }
    assert [text for _name, text in zhao.extras] == ["310000"]


def test_a_table_of_salespeople_in_wps() -> None:
    chen, lin, huang, firm = drafts("wps_customers.csv")
    assert chen.values["mobile"] == "13912340001; 13912340002; 13512340003"
    assert chen.values["work_phone"] == "0755-83660001"
    assert chen.values["birth_lunar"] == "农历八月十五"
    assert chen.extras == [("车牌号", "粤B12345")]
    assert lin.values["birth_solar"] == "1990年3月5日"
    assert lin.values["note"] == '说过: "下月再谈"'
    assert huang.values["birth_solar"] == "1985-10-01"
    assert huang.values["birth_lunar"] == "农历八月十七"
    assert (firm.kind, firm.values["name"]) == ("organisation", "腾飞贸易有限公司")


def test_a_table_of_firms_from_excel() -> None:
    person, firm = drafts("excel_unicode.txt")
    assert (person.values["name"], person.values["organisation"]) == ("何总", '广州"好日子"商行')
    assert (firm.kind, firm.values) == (
        "organisation",
        {"name": "深圳茶叶公司", "work_phone": "0755-82220000"},
    )


def test_everything_in_a_row_is_kept_somewhere() -> None:
    draft = row(
        姓名="张伟", 姓="王", 名="五", 职务="经理", 职位="总监", 爱好="茶", 手机1="1", 编号="P1"
    )
    assert draft.values["nickname"] == "王五"
    assert draft.extras == [("职位", "总监")]
    assert draft.number == "P1"


def test_cells_beyond_the_headings_are_kept_and_said() -> None:
    table = Table(("姓名", "地址"), [TableRow(2, ("张伟", "深圳", "南山", "", "科技园"))])
    (draft,) = read_drafts(table, recognise(table.headings))
    assert [text for _name, text in draft.extras] == ["南山", "科技园"]
    assert "2 cells more" in str(draft.warnings[0])


def test_a_telephone_number_that_became_a_measure() -> None:
    assert row(姓名="张伟", 手机="13911112345.0").values["mobile"] == "13911112345"


def test_a_number_that_excel_cut_off_is_said() -> None:
    draft = row(姓名="张伟", 手机="1.39111E+10")
    assert "1.39111E+10" in str(draft.warnings[0])


@pytest.mark.parametrize(
    ("cells", "kind", "name"),
    [
        ({"公司": "华强", "姓名": ""}, "organisation", "华强"),
        ({"姓名": "华强电子有限公司"}, "organisation", "华强电子有限公司"),
        ({"姓名": "Acme Co., Ltd."}, "organisation", "Acme Co., Ltd."),
        ({"姓名": "张公司", "公司": "华强"}, "person", "张公司"),
        ({"类型": "单位", "姓名": "老张茶馆"}, "organisation", "老张茶馆"),
        ({"类型": "个人", "姓名": "张公司"}, "person", "张公司"),
        ({"昵称": "老王"}, "person", "老王"),
        ({"邮箱": "a@example.com"}, "person", "a@example.com"),
        ({"备注": "x"}, "person", None),
    ],
)
def test_persons_and_organisations(cells: dict[str, str], kind: str, name: str | None) -> None:
    draft = row(**cells)
    assert (draft.kind, draft.values.get("name")) == (kind, name)


def test_every_label_of_a_field_is_its_heading() -> None:
    for kind in KINDS:
        for field in load_form(kind).fields():
            if field.source == "people":
                continue
            for label in field.label.values():
                # A firm has one sort of telephone; its numbers are sorted like any others.
                expected = "phone" if label in ("电话", "Phone") else field.key
                assert map_columns([label])[0].target == expected


def test_schools_of_other_tables_become_rows(take: Any, box: Any) -> None:
    for heading in ("毕业院校", "School", "母校"):
        take(f"姓名,{heading}\n{heading}生,浙江大学、一中\n")
        (row,) = box.cards.find(f"{heading}生")
        schools = box.cards.get(row.id).values["education"]
        assert [one["school"] for one in schools] == ["浙江大学", "一中"]


def test_free_words_about_the_family_are_kept_beside(take: Any, box: Any) -> None:
    take("姓名,家庭成员\n张山,妻子李慧\n")
    (row,) = box.cards.find("张山")
    assert box.cards.get(row.id).extras == [["家庭成员", "妻子李慧"]]
