"""Readings of characters and names (domain.md, Search; architecture.md, Search)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import pinyin
from store.folding import fold, pieces
from store.pinyin import keys, matches, readings, sort_key

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def keys_of(name: str) -> list[str]:
    return keys(pieces(fold(name)))


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("张", "zhang"),
        ("吕", "lv"),
        ("略", "lve"),
        ("〇", "ling"),
        ("龥", "yu"),
        ("𬱖", "di"),
        ("䶮", "yan"),
        ("鿍", "gang"),
        ("厦", "xia"),
    ],
)
def test_usual_reading(char: str, expected: str) -> None:
    assert readings(char)[0] == expected


@pytest.mark.parametrize("char", "单曾解查长行重乐朴翟缪尉")
def test_living_polyphones_have_several_readings(char: str) -> None:
    assert len(readings(char)) > 1


@pytest.mark.parametrize("char", ["a", "1", "?", "\n", " ", "#", "ā", "か", "\U0002fffe"])
def test_what_is_no_chinese_character_has_no_reading(char: str) -> None:
    assert readings(char) == ()


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("解缙", "xie jin"),
        ("查良镛", "zha liang yong"),
        ("区志强", "ou zhi qiang"),
        ("仇英", "qiu ying"),
        ("盖叫天", "ge jiao tian"),
        ("朴树", "piao shu"),
        ("乐嘉", "yue jia"),
        ("尉迟恭", "yu chi gong"),
        ("万俟卨", "mo qi xie"),
        ("长孙无忌", "zhang sun wu ji"),
        ("爱新觉罗启骧", "ai xin jue luo qi xiang"),
        ("重庆长安汽车", "chong qing chang an qi che"),
        ("中国工商银行", "zhong guo gong shang yin hang"),
        ("厦门大厦", "xia men da sha"),
        ("乐清市电器厂", "yue qing shi dian qi chang"),
    ],
)
def test_sort_key_reads_surnames_and_known_words(name: str, spelling: str) -> None:
    expected = " ".join(f"{said} {char}" for said, char in zip(spelling.split(), name, strict=True))
    assert sort_key(name) == expected


def test_names_sort_by_syllables_then_characters() -> None:
    names = ["先达", "张北", "章爱国", "西安饭店", "张三", "张", "张爱国", "ABC公司", "安徽"]
    assert sorted(names, key=sort_key) == [
        "ABC公司",
        "安徽",
        "西安饭店",
        "先达",
        "张",
        "张爱国",
        "张北",
        "张三",
        "章爱国",
    ]


@given(st.text(max_size=20))
def test_any_name_has_a_sort_key(name: str) -> None:
    assert sort_key(name) == sort_key(f" {name}\u3000") or not pieces(fold(name))


def test_keys_begin_at_every_character() -> None:
    found = keys_of("深圳市华强电子")
    assert {"huaqiangdianzi", "hqdz", "dianzi", "szshqdz"} <= set(found)


def test_person_is_found_by_surname_with_initials() -> None:
    assert "zhangsf" in keys_of("张三丰")
    assert "ouyangjg" in keys_of("欧阳建国")


def test_words_stand_in_the_spelling() -> None:
    assert {"tcl", "tcldianzi", "tcldz", "dianzi"} <= set(keys_of("TCL电子"))
    assert {"58", "58tongcheng", "58tc"} <= set(keys_of("58同城"))


def test_brackets_and_dots_do_not_break_a_name() -> None:
    assert "huaqiangshenzhendianzi" in keys_of("华强(深圳)电子")
    assert "akbdrhm" in keys_of("阿卡卜杜·热合曼") or "akbdrhm" in "".join(
        keys_of("阿卡卜杜·热合曼")
    )


def test_both_readings_of_a_polyphone_are_kept() -> None:
    assert {"shanxiongxin", "danxiongxin", "sxx", "dxx"} <= set(keys_of("单雄信"))


def test_readings_are_bounded() -> None:
    found = keys_of("行长重乐朝参调藏" * 7)
    assert len(found) <= 2 * pinyin.VARIANTS * pinyin.LONGEST_NAME
    assert all(len(key) <= pinyin.LONGEST for key in found)


@given(st.text(HAN.filter(readings), min_size=1, max_size=30))
def test_the_usual_readings_are_never_cut_off(name: str) -> None:
    found = keys_of(name)
    usual = [readings(char)[0] for char in name]
    for start in range(1, len(name)):
        assert "".join(usual[start:])[: pinyin.LONGEST] in found


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("", "张三", True),
        ("zs", "张三", True),
        ("zhangs", "张三", True),
        ("san", "张三", True),
        ("三", "张三", True),
        ("zhang三", "张三", True),
        ("ZS", "张三", True),
        ("ｚｓ", "张三", True),
        ("dh", "电话", True),
        ("soft", "Microsoft 中国", True),
        ("wx dh", "微信、电话", True),
        ("李", "张三", False),
        ("zx", "张三", False),
        ("zs 李", "张三", False),
    ],
)
def test_matches(query: str, text: str, expected: bool) -> None:
    assert matches(query, text) is expected


def test_kept_readings_are_true_to_each_other() -> None:
    """A word reads its characters in one of their readings; no line says nothing new."""
    sections = pinyin._kept_by_hand()
    assert set(sections) == {"characters", "surnames", "double surnames", "words"}
    for word, syllables in sections["words"].items():
        assert len(word) == len(syllables) == 2
        assert all(said in readings(char) for char, said in zip(word, syllables, strict=True))
        assert any(said != readings(char)[0] for char, said in zip(word, syllables, strict=True))
    for surname, (said,) in sections["surnames"].items():
        assert said != readings(surname)[0]
    for surname, syllables in sections["double surnames"].items():
        assert len(surname) == len(syllables) in (2, 4)


def test_kept_readings_are_syllables_of_the_table() -> None:
    lines = pinyin._table().splitlines()
    known = {line.split(" ")[0] for line in lines if not line.startswith("#")}
    known |= {"lue", "nue"}  # as input methods let people type lve and nve
    for section in pinyin._kept_by_hand().values():
        for syllables in section.values():
            assert set(syllables) <= known


def test_table_is_what_its_maker_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bench import make_pinyin

    again = tmp_path / "table.txt"
    committed = make_pinyin.TABLE.read_bytes()
    monkeypatch.setattr(make_pinyin, "TABLE", again)
    make_pinyin.main()
    assert again.read_bytes() == committed
