"""What an import would do: formats, columns, values, duplicates, errors; nothing is written."""

import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import language
from store.desk import Desk
from store.errors import BadInput, StoreError, WrongUsage
from store.exchange.mapping import every_target, target_named, target_title
from store.exchange.xlsx_write import write_xlsx
from store.models.base import database
from store.records.exchange import ImportPlan

SAMPLES = Path(__file__).parents[2] / "samples"


def planned(desk: Desk, content: str | bytes, name: str = "book.csv", **how: Any) -> ImportPlan:
    raw = content.encode() if isinstance(content, str) else content
    return desk.exchange.plan(io.BytesIO(raw), name, **how)


def planned_or_refused(desk: Desk, content: bytes, name: str) -> ImportPlan | None:
    """The plan, None where the file was refused in a sentence; nothing else is raised."""
    try:
        return planned(desk, content, name)
    except StoreError as error:
        refused = error
    assert str(refused)
    return None


def is_untouched() -> bool:
    """Whether nothing was ever written into the open box."""
    tables = ("card", "contact_point", "change_set", "counter")
    counts = [database.execute_sql(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables]
    return counts[:3] == [0, 0, 0] and counts[3] <= 1


def test_a_table_is_mapped_read_and_shown_before_anything_is_written(box: Desk) -> None:
    plan = planned(
        box,
        "\ufeff姓名,电子信箱,手机,公司,农历生日,星座\n"
        "张山,zs@example.com,139 1111 2345,华东电子有限公司,八月十五,天秤\n"
        "李雪,,13800001111,,1988年腊月廿三,\n",
    )
    assert plan.format == "csv"
    assert [(c.heading, c.target, c.known) for c in plan.columns] == [
        ("姓名", "name", True),
        ("电子信箱", "email", True),
        ("手机", "mobile", True),
        ("公司", "organisation", True),
        ("农历生日", "birth_lunar", True),
        ("星座", "extra", False),
    ]
    assert plan.columns[1].samples == ("zs@example.com",)
    assert plan.columns[2].samples == ("139 1111 2345", "13800001111")
    assert plan.cards[0].values == {
        "name": "张山",
        "email": [{"value": "zs@example.com", "label": ""}],
        "mobile": [{"value": "139 1111 2345", "label": ""}],
        "organisation": "华东电子有限公司",
        "birth_lunar": "lunar:--08-15",
    }
    assert plan.cards[0].extras == [["星座", "天秤"]]
    assert plan.cards[1].values["birth_lunar"] == "lunar:1988-12-23"
    assert (plan.read, plan.new, plan.duplicates, plan.rejected) == (2, 2, 0, 0)
    assert is_untouched()


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        ("姓名\t手机\n张山\t13911112345\n", "book.txt", "csv"),
        ("姓名;手机\n张山;13911112345\n", "book.vcf", "csv"),
        ("姓名,手机\n张山,13911112345\n".encode("gbk"), "book", "csv"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:张山\nTEL:13911112345\nEND:VCARD\n", "x.csv", "vcf"),
    ],
)
def test_the_content_says_what_a_file_is(
    box: Desk, content: str | bytes, name: str, form: str
) -> None:
    plan = planned(box, content, name)
    assert plan.format == form
    assert [card.values["mobile"][0]["value"] for card in plan.cards] == ["13911112345"]


def test_a_workbook_is_read_like_a_table(box: Desk) -> None:
    stream = io.BytesIO()
    write_xlsx(stream, ["姓名", "手机"], [["张山", "013911112345"]])
    plan = planned(box, stream.getvalue(), "book.xlsx")
    assert (plan.format, plan.cards[0].name) == ("xlsx", "张山")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("[a-z]*")))
def test_files_of_phones_and_programs_are_planned_without_loss(box: Desk, sample: str) -> None:
    path = SAMPLES / sample
    plan = box.exchange.plan(path, path.name)
    assert plan.read
    assert plan.path == path
    assert all(card.name for card in plan.cards if not card.wrong)
    assert {error.row for error in plan.errors} == {row for row, _cells in plan.rejected_rows}
    assert is_untouched()


def test_columns_can_be_named_left_out_and_counted(box: Desk) -> None:
    content = "谁,号码,无用,记\n张山,13911112345,x,老同学\n"
    mapping = {"谁": "姓名", "号码": "mobile", "无用": "", "#4": "note"}
    plan = planned(box, content, mapping=mapping)
    assert plan.cards[0].values == {
        "name": "张山",
        "mobile": [{"value": "13911112345", "label": ""}],
        "note": "老同学",
    }
    assert plan.cards[0].extras == []


@pytest.mark.parametrize("mapping", [{"没有": "name"}, {"姓名": "没有这个"}, {"#9": "name"}])
def test_a_mapping_of_what_is_not_there_is_refused(box: Desk, mapping: dict[str, str]) -> None:
    with pytest.raises(WrongUsage):
        planned(box, "姓名,手机\n张山,13911112345\n", mapping=mapping)


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_every_target_has_a_title_and_is_understood(spoken: str) -> None:
    language.use(spoken)
    for target in every_target():
        assert target_named(target) == target
        assert target_title(target)


def test_what_is_wrong_is_said_under_the_heading_it_stands_below(box: Desk) -> None:
    plan = planned(box, "姓名,出生日期,阴历生日\n王五,2/30,闰六月\n", "book.csv")
    assert [(each.column, each.row) for each in plan.errors] == [("出生日期", 2), ("阴历生日", 2)]
    plan = planned(box, "姓名,生日\n王五,农历闰六月\n", "book.csv")
    assert [each.column for each in plan.errors] == ["生日"]


def test_rows_with_wrong_values_are_refused_with_every_reason(box: Desk) -> None:
    plan = planned(
        box,
        "姓名,手机,生日,身份证号\n"
        "张山,1391111234,1985-02-30,\n"
        ",,,\n"
        "李雪,13800001111,,330106198508150017\n"
        ",13911112345,,\n",
    )
    assert [(e.row, e.column) for e in plan.errors] == [(2, "手机"), (2, "生日"), (4, "身份证号")]
    assert all(error.reason for error in plan.errors)
    assert [card.wrong for card in plan.cards] == [True, True, False]
    assert plan.cards[2].name == "13911112345"
    assert [row for row, _cells in plan.rejected_rows] == [2, 4]
    assert plan.rejected_rows[0][1] == ("张山", "1391111234", "1985-02-30")


def test_other_words_under_an_everyday_heading_are_kept(box: Desk) -> None:
    plan = planned(box, "姓名,级别,可能\n张三,准客户,A\n李四,VIP,很大\n")
    assert plan.errors == []
    assert [(c.values.get("lifecycle"), c.values.get("likelihood")) for c in plan.cards] == [
        ("likely", "A"),
        (None, None),
    ]
    assert plan.cards[1].extras == [["级别", "VIP"], ["可能", "很大"]]
    assert [(warning.row, warning.column) for warning in plan.warnings] == [
        (3, "级别"),
        (3, "可能"),
    ]
    named = planned(box, "姓名,客户分级\n李四,VIP\n")
    assert [error.column for error in named.errors] == ["客户分级"]


def test_the_categories_of_outlook_are_tags(box: Desk) -> None:
    plan = planned(box, "姓名,标签,类别\n张山,甲,重要;华南\n李雪,,代理商\n")
    assert [card.values.get("tags") for card in plan.cards] == [["甲", "重要", "华南"], None]
    assert plan.cards[1].values["category"] == "agent"


def test_a_former_customer_needs_the_reason(box: Desk) -> None:
    plan = planned(box, "姓名,客户分级,停止交易原因\n张山,旧客户,\n李雪,旧客户,搬走了\n")
    assert [(e.row, e.column) for e in plan.errors] == [(2, "停止交易原因")]
    assert plan.rejected == 1


def test_a_row_without_anybody_is_refused(box: Desk) -> None:
    plan = planned(box, "姓名,城市\n,杭州\n")
    assert [(e.row, e.column) for e in plan.errors] == [(2, "姓名")]


def test_an_organisation_whose_number_nobody_has_is_refused(box: Desk) -> None:
    plan = planned(box, "姓名,单位\n张山,O000045\n李雪,华东电子\n")
    assert [(e.row, e.column) for e in plan.errors] == [(2, "单位")]


def test_what_a_vcard_says_wrongly_is_kept_beside_the_fields(box: Desk) -> None:
    plan = planned(box, "BEGIN:VCARD\nFN:张山\nTEL;CELL:12\nEND:VCARD\n", "a.vcf")
    assert plan.rejected == 0
    assert plan.cards[0].extras == [["Mobile", "12"]]
    assert plan.warnings[0].column == "Mobile"


# Duplicates


@pytest.fixture
def known(box: Desk) -> Desk:
    """A box with a person, his colleague and their house."""
    house = box.cards.create("organisation", {"name": "华东电子有限公司", "short_name": "华东"})
    box.cards.create(
        "person",
        {
            "name": "张山",
            "organisation": house.number,
            "mobile": "13911112345",
            "work_phone": "0571-88881234",
            "email": "zs@example.com",
            "id_number": "11010519491231002X",
        },
    )
    box.cards.create("person", {"name": "赵申"})
    return box


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("张三,,+86 139-1111-2345,,,,", "mobile"),
        ("张三,,,,ZS@Example.com,,", "email"),
        ("张三,,,,,11010519491231002X,", "id_number"),
        ("张山,华东电子有限公司,,,,,", "name"),
        ("张山,华东,,,,,", "name"),
        ("张山,,,0571 88881234,,,", "work_phone"),
        ("赵申,,,,,,", "name"),
        ("张山,,,,,,P000001", "number"),
    ],
)
def test_customers_of_the_box_are_recognised(known: Desk, row: str, reason: str) -> None:
    heading = "姓名,公司,手机,办公电话,电子信箱,身份证号,编号\n"
    plan = planned(known, heading + row + "\n")
    found = plan.cards[0].duplicate
    assert found is not None
    assert found.reason == reason
    assert (plan.new, plan.duplicates) == (0, 1)


@pytest.mark.parametrize(
    "row",
    [
        "李雪,,,0571-88881234,,,",  # a colleague at the same switchboard
        "张山,别的公司,,,,,",
        "张山,,13800001111,,,,",
        "张三,,,,,,P000001",  # the number of another box
        "赵申,,13800001111,,,,",
    ],
)
def test_others_are_not_taken_for_customers_of_the_box(known: Desk, row: str) -> None:
    heading = "姓名,公司,手机,办公电话,电子信箱,身份证号,编号\n"
    plan = planned(known, heading + row + "\n")
    assert plan.cards[0].duplicate is None
    assert plan.new == 1


def test_colleagues_who_share_an_address_are_two_people(box: Desk) -> None:
    plan = planned(box, "姓名,邮箱\n张山,sales@a.example\n李雪,sales@a.example\n")
    assert plan.new == 2


def test_the_same_customer_twice_in_a_file_is_one(box: Desk) -> None:
    plan = planned(
        box, "姓名,手机,邮箱\n张山,13911112345,\n张三,13911112345,z@a.example\n张,,z@a.example\n"
    )
    assert [card.twin for card in plan.cards] == [None, 2, 2]
    assert (plan.new, plan.duplicates) == (1, 2)
    plan.on_duplicate = "new"
    assert (plan.new, plan.duplicates) == (3, 2)


def test_cards_in_the_trash_are_no_duplicates(known: Desk) -> None:
    known.cards.trash([card.id for card in known.cards.find("zs")])
    assert planned(known, "姓名,手机\n张三,13911112345\n").new == 1


def test_a_large_file_asks_the_box_a_few_times(known: Desk, monkeypatch: Any) -> None:
    asked = []
    plain = database.obj.execute_sql

    def counted(*args: Any, **more: Any) -> Any:
        asked.append(args)
        return plain(*args, **more)

    monkeypatch.setattr(database.obj, "execute_sql", counted)
    rows = "".join(f"客户{n},公司{n % 7},1380000{n:04}\n" for n in range(2000))
    plan = planned(known, "姓名,公司,手机\n" + rows)
    assert plan.new == 2000
    assert len(asked) < 30


def test_progress_runs_to_the_end_of_the_file(box: Desk) -> None:
    told: list[tuple[int, int]] = []
    content = "姓名\n" + "张山\n" * 5000
    planned(box, content, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][1] == len(content.encode())
    assert 0 < told[0][0] <= told[-1][0] <= told[-1][1]


# Files that do harm


def zip_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return stream.getvalue()


def workbook() -> bytes:
    stream = io.BytesIO()
    write_xlsx(stream, ["姓名", "手机"], [["张山", "13911112345"]] * 50)
    return stream.getvalue()


HARMFUL = {
    "nothing": b"",
    "blanks": b" \n\n ",
    "no_text": random.Random(1).randbytes(5000),
    "nul": "姓名,手机\n张\0山,13911112345\n".encode(),
    "cut_character": "姓名,手机\n张山".encode()[:-1],
    "open_quote": '姓名,手机\n"张山,13911112345\n李雪,13800001111\n'.encode(),
    "wide": ("姓名" + ",a" * 1000 + "\n张山" + ",b" * 1000).encode(),
    "long_line": b"x" * 50_000_000,
    "zip_bomb": zip_bomb(),
    "cut_workbook": workbook()[:-300],
    "half_workbook": workbook()[:2000],
    "cut_vcard": "BEGIN:VCARD\nFN:张山\nTEL:139".encode(),
    "web_page": b"<html><table><tr><td>1</td></tr></table></html>",
    "old_excel": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "calendar": b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "no_json": b'{"format": "shuke-box", "cards": [',
    "other_json": b'[{"name": "x"}]',
    "deep_json": b"[" * 100_000,
    "nan_json": b'{"format": "shuke-box", "version": NaN}',
    "newer_json": b'{"format": "shuke-box", "version": 99}',
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_damaged_file_is_refused_in_a_sentence(box: Desk, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        planned(box, HARMFUL[name])
    sentence = str(refused.value)
    assert sentence[0].isupper()
    assert len(sentence) < 300
    assert is_untouched()


def test_a_file_that_is_not_there_is_said_so(box: Desk, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="cannot be opened"):
            box.exchange.plan(path, path.name)


def test_hostile_texts_are_cleaned_on_their_way_in(box: Desk) -> None:
    plan = planned(
        box,
        '姓名,备注\n"=HYPERLINK(""x"")","[/b]\x1b[31mred\u202egnp.exe"\n[/b]张,\u0007bell\u200b\n',
    )
    assert plan.cards[0].values == {"name": '=HYPERLINK("x")', "note": "[/b][31mredgnp.exe"}
    assert plan.cards[1].values == {"name": "[/b]张", "note": "bell"}


def test_a_pipe_that_cannot_be_read_twice_is_copied(box: Desk) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_where: int) -> int:
            raise io.UnsupportedOperation

    pipe = Pipe("姓名,手机\n张山,13911112345\n".encode())
    assert box.exchange.plan(pipe, "standard input").new == 1


def test_a_stream_stays_open_for_another_plan(box: Desk) -> None:
    stream = io.BytesIO("谁,手机\n张山,13911112345\n".encode())
    assert box.exchange.plan(stream, "a").cards[0].name == "13911112345"
    assert box.exchange.plan(stream, "a", {"谁": "name"}).cards[0].name == "张山"


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_read_or_refused(box: Desk, content: bytes) -> None:
    plan = planned_or_refused(box, content, "book.csv")
    if plan is not None:
        assert plan.read == plan.new + plan.duplicates + plan.rejected
    assert is_untouched()


@given(st.integers(0, 2000), st.integers(0, 255))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_workbook_with_a_changed_byte_is_read_or_refused(box: Desk, at: int, byte: int) -> None:
    raw = bytearray(workbook())
    raw[at % len(raw)] = byte
    planned_or_refused(box, bytes(raw), "book.xlsx")


def test_json_of_any_shape_is_refused_in_a_sentence(box: Desk) -> None:
    start = {"format": "shuke-box", "version": 1}
    card = {"number": "P000001", "kind": "person", "name": "张山"}
    wrong: list[dict[str, Any]] = [
        {"cards": 5},
        {"cards": [5]},
        {"cards": [{**card, "kind": "robot"}]},
        {"cards": [{**card, "number": "O000001"}]},
        {"cards": [{**card, "number": "P1"}]},
        {"cards": [{**card, "number": "P999999999999999999999"}]},
        {"cards": [card, card]},
        {"cards": [{**card, "name": ""}]},
        {"cards": [{**card, "name": ["x"]}]},
        {"cards": [{**card, "lifecycle": "robot"}]},
        {"cards": [{**card, "profile": {"id_number": "1"}}]},
        {"cards": [{**card, "profile": []}]},
        {"cards": [{**card, "extras": ["x"]}]},
        {"cards": [{**card, "created_at": "yesterday"}]},
        {"cards": [{**card, "referrer": "P000009"}]},
        {"cards": [{**card, "contacts": [{"kind": "mobile", "value": "1"}]}]},
        {"cards": [{**card, "dates": [{"kind": "birth", "date": "1985-02-30"}]}]},
        {"cards": [{**card, "affiliations": [{"title": "x"}]}]},
        {"cards": [{**card, "affiliations": [{"organisation": "P000001"}]}]},
        {"cards": [card], "interactions": [{"card": "P000002", "at": "2026-01-01T00:00:00Z"}]},
        {"cards": [card], "interactions": [{"card": "P000001"}]},
        {
            "cards": [card],
            "interactions": [
                {"card": "P000001", "at": "2026-01-01T00:00:00Z", "method": "telepathy"}
            ],
        },
        {"todos": [{"title": ""}]},
        {"todos": [{"title": "x", "interaction": 1}]},
        {"todos": [{"title": "x", "repeat": "FREQ=SECONDLY"}]},
        {"todos": [{"title": "x", "due_time": "99:99"}]},
        {"members": [{}]},
    ]
    for document in wrong:
        with pytest.raises(BadInput) as refused:
            planned(box, json.dumps({**start, **document}), "box.json")
        assert str(refused.value)
    assert is_untouched()
