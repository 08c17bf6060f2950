"""Search documents and queries, asked of a real FTS5 table."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from unicodedata import ucd_3_2_0

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store import pinyin
from store.folding import fold, pieces
from store.pinyin import keys, readings
from store.tokens import Kind, document, match_query

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.text(HAN, min_size=1, max_size=30)

Found = Callable[..., bool]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE search USING fts5(text, prefix='1 2 3')")
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(search, 'instance')")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def found(index: sqlite3.Connection) -> Found:
    """Whether a query finds a text that was indexed as such a kind, or None: nothing to search."""

    def ask(query: str, text: str, kind: Kind = "name") -> bool:
        index.execute("DELETE FROM search")
        index.execute("INSERT INTO search VALUES (?)", (document(text, kind),))
        expression = match_query(query)
        assert expression is not None, query
        sql = "SELECT 1 FROM search WHERE search MATCH ?"
        return index.execute(sql, (f"{{text}} : ({expression})",)).fetchone() is not None

    return ask


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("hq", "深圳市华强电子"),
        ("huaq", "深圳市华强电子"),
        ("huaqiang", "深圳市华强电子"),
        ("华强", "深圳市华强电子"),
        ("szshq", "深圳市华强电子"),
        ("华强 深圳", "深圳市华强电子"),
        ("华强深圳", "华强(深圳)电子"),
        ("zs", "张三"),
        ("ZS", "张三"),
        ("ｚｈａｎｇ　三", "张三"),
        ("张", "张三"),
        ("zhang三", "张三"),
        ("三zhang", "张三"),
        ("zhang shan", "张珊"),
        ("zhangsf", "张三丰"),
        ("shanxx", "单雄信"),
        ("danxx", "单雄信"),
        ("dan", "单雄信"),
        ("shan", "单雄信"),
        ("zeng", "曾国藩"),
        ("ceng", "曾国藩"),
        ("jie", "解缙"),
        ("xie", "解缙"),
        ("zha", "查良镛"),
        ("cha", "查良镛"),
        ("yuchi", "尉迟恭"),
        ("lv", "吕布"),
        ("lü", "吕布"),
        ("tcldz", "TCL电子"),
        ("tcl", "TCL电子"),
        ("tcl电子", "TCL电子"),
        ("a6", "A6酒店"),
        ("xm", "厦门建发"),
        ("bolin", "柏林"),
        ("jose", "José"),
        ("JOSÉ", "jose"),
        ("john smith", "John Smith"),
        ("johns", "John Smith"),
        ("o000045", "O000045"),
        ("张张", "张张"),
    ],
)
def test_name_is_found(found: Found, query: str, name: str) -> None:
    assert found(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("强华", "深圳市华强电子"),
        ("hz", "深圳市华强电子"),
        ("张四", "张三"),
        ("张张", "张三"),
        ("zs李", "张三"),
        ("单曾", "单雄信"),
    ],
)
def test_other_names_are_not_found(found: Found, query: str, name: str) -> None:
    assert not found(query, name)


@pytest.mark.parametrize(
    ("query", "phone"),
    [
        ("2345", "13912342345"),
        ("139", "13912342345"),
        ("139-1234", "139 1234 2345"),
        ("13912342345", "139-1234-2345"),
        ("１３９１２３４", "13912342345"),
        ("+86 139", "13912342345"),
        ("+8613912342345", "13912342345"),
        ("008613912342345", "13912342345"),
        ("8613912342345", "13912342345"),
        ("86139123", "13912342345"),
        ("13912342345", "+86 139 1234 2345"),
        ("13912342345", "0086-13912342345"),
        ("13912342345", "8613912342345"),
        ("075583251234", "+86 (755) 8325-1234"),
        ("0755-83251234", "+8675583251234"),
        ("83251234", "0755-83251234"),
        ("010-1234", "+86 10 12345678"),
        ("4008", "+86 400 820 0000"),
        ("345", "13912342345"),
        ("801", "0755-83251234-801"),
        ("1111", "13900001111、13900002222"),
        ("2222", "13900001111、13900002222"),
        ("110", "110"),
        ("95", "95"),
    ],
)
def test_phone_is_found(found: Found, query: str, phone: str) -> None:
    assert found(query, phone, "phone")


@pytest.mark.parametrize("query", ["86", "2344", "139-99", "45 139 77"])
def test_other_phones_are_not_found(found: Found, query: str) -> None:
    assert not found(query, "+86 13912342345", "phone")


@given(
    st.text("0123456789", min_size=3, max_size=20).filter(lambda d: not d.startswith(("0", "8")))
)
def test_phone_is_found_by_every_ending(found: Found, digits: str) -> None:
    for start in range(len(digits) - 2):
        assert found(digits[start:], digits, "phone")


@pytest.mark.parametrize(
    "query",
    ["zhang.san_1985@qq.com", "zhangsan", "zhang", "san", "qq.com", "1985", "@qq", "ZHANG.SAN@"],
)
def test_email_is_found(found: Found, query: str) -> None:
    assert found(query, "Zhang.San_1985@qq.com", "email")


def test_longer_texts_are_found_by_their_words(found: Found) -> None:
    text = "聊了新报价,担心交期; OK with 20% off — 见 v2.pdf"
    for query in ("报价", "新报价 交期", "ok", "20", "pdf", "报价担心"):
        assert found(query, text, "words")
    assert not found("bj", text, "words")


def test_letters_and_digits_typed_together(found: Found) -> None:
    both = document("张三", "name") + " " + document("13912342345", "phone")
    assert found("zs2345", both, "words")
    assert not found("zs2346", both, "words")


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("zs", '"zs"*'),
        ("张", '"张"'),
        ("zhang三", '"zhang"* AND "三"'),
        ("华强 张", '"华 强" AND "张"'),
        ("139-1111", '"139"* AND "1111"*'),
        ("zs zs", '"zs"*'),
        ("", None),
        (" \n", None),
        ("\"'()*:^-+{}", None),
        ("\x00", None),
        ("+86", None),
        ("😀", None),
    ],
)
def test_match_query(query: str, expression: str | None) -> None:
    assert match_query(query) == expression


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(['"', "*", "(", "AND", "NEAR", "张", "a", ":"])))
)
@example("AND")
@example("NOT zs OR NEAR(")
@example("{name}: x")
@example("\ud800张")
@example("a" * 5000)
@example("张" * 5000)
@example("a " * 5000)
@example("1a" * 5000)
@example("\U0002fffe\U00030001")
def test_any_text_is_a_query(index: sqlite3.Connection, typed: str | list[str]) -> None:
    expression = match_query(typed if isinstance(typed, str) else " ".join(typed))
    if expression is not None:
        sql = "SELECT count(*) FROM search WHERE search MATCH ?"
        assert index.execute(sql, (f"{{text}} : ({expression})",)).fetchone()[0] >= 0


@given(st.text(), st.sampled_from(["name", "words", "phone", "email"]))
def test_any_text_is_a_document(index: sqlite3.Connection, text: str, kind: Kind) -> None:
    index.execute("INSERT INTO search VALUES (?)", (document(text, kind),))


@given(NAMES)
def test_name_is_found_by_its_characters(found: Found, name: str) -> None:
    assert found(name, name)
    assert found(name[1:] or name, name)
    assert found(" ".join(name[:8]), name)


@given(NAMES)
def test_name_is_found_by_pinyin_and_initials_from_every_character(found: Found, name: str) -> None:
    for start in range(len(name)):
        usual = [readings(char)[0] for char in name[start:] if readings(char)]
        if usual:
            assert found("".join(usual), name)
            assert found("".join(said[0] for said in usual), name)


@given(st.text(max_size=40))
def test_any_name_is_found_by_itself_and_its_keys(found: Found, name: str) -> None:
    if pieces(fold(name)):
        assert found(name, name)
        assert all(found(key, name) for key in keys(pieces(fold(name)))[:20] if match_query(key))


@given(st.text("行长重乐朝参调藏单曾解查", min_size=1, max_size=4))
def test_short_names_are_found_by_every_reading(found: Found, name: str) -> None:
    for said in readings(name[0]):
        assert found(said + "".join(readings(char)[0] for char in name[1:]), name)
    for said in readings(name[-1]):
        assert found("".join(readings(char)[0] for char in name[:-1]) + said, name)


def test_tokens_survive_the_tokenizer(index: sqlite3.Connection) -> None:
    """A character that we take for one of a word is one for unicode61 too, so no token splits.

    Asked of the characters of Unicode 3.2, which every SQLite knows; all of the first 13,000,
    a seventh of the others.
    """
    index.execute("DELETE FROM search")
    asked = map(chr, (*range(0x80, 0x3400), *range(0x3400, sys.maxunicode, 7)))
    known = [char for char in asked if ucd_3_2_0.category(char)[0] in "LN" and char.isalnum()]
    rows = [(ord(char), document(f"x{char}x", "words")) for char in known]
    index.executemany("INSERT INTO search(rowid, text) VALUES (?, ?)", rows)
    counted = dict(index.execute("SELECT doc, count(*) FROM terms GROUP BY doc"))
    index.execute("DELETE FROM search")
    assert len(rows) > 15_000
    assert [text for code, text in rows if counted[code] != len(text.split())] == []


def test_documents_are_bounded() -> None:
    longest = document("行长重乐朝参调藏" * 2000, "name")
    spelled = 2 * pinyin.VARIANTS * pinyin.LONGEST_NAME * (pinyin.LONGEST + 1)
    assert len(longest) <= 2 * 16000 + spelled
    assert len(document("1" * 100_000, "phone")) < 2000
