"""The Chinese catalogue, and the command that keeps it."""

from pathlib import Path

import pytest

from bench import catalogue
from bench.messages import places, read_source
from bench.punctuation import half_width

CODE = """
from store.errors import BadValue
from store.language import N_, _, ngettext

TITLE = N_("Cards")


def say(count, name):
    return _("{count} cards of {name}").format(count=count, name=name)


def several(count):
    return ngettext("one card", "{count} cards", count).format(count=count)


def refuse():
    raise BadValue(N_("Not so: {text}"), field="name", text="x")
"""

FRAGMENT = """
msgid "Cards"
msgstr "卡片"

msgid "{count} cards of {name}"
msgstr "{name}的{count}张卡片"

msgid "one card"
msgid_plural "{count} cards"
msgstr[0] "{count} 张卡片"

msgid "Not so: {text}"
msgstr "不对：{text}"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small house: one module, the error classes, one fragment."""
    (tmp_path / "screens").mkdir()
    (tmp_path / "screens" / "cards.py").write_text(CODE)
    (tmp_path / "store" / "locale" / "zh").mkdir(parents=True)
    (tmp_path / "store" / "errors.py").write_text("class BadValue(Exception): ...\n")
    (tmp_path / "store" / "locale" / "zh" / "cards.po").write_text(FRAGMENT)
    return tmp_path


def add_code(root: Path, code: str) -> None:
    with (root / "screens" / "cards.py").open("a") as file:
        file.write(code)


def add_translation(root: Path, entry: str, fragment: str = "cards.po") -> None:
    with (root / "store" / "locale" / "zh" / fragment).open("a") as file:
        file.write(entry)


def test_the_catalogue_of_the_program_is_whole() -> None:
    assert catalogue.check(catalogue.ROOT) == []


def test_merged_house_is_whole(root: Path) -> None:
    assert catalogue.merge(root, absorb=True) == ["4 texts"]
    assert catalogue.check(root) == []


def test_program_speaks_what_was_merged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store import language

    catalogue.merge(root)
    monkeypatch.setattr(language, "LOCALE", root / "store" / "locale")
    monkeypatch.setattr(language, "_catalogues", {})
    monkeypatch.setattr(language, "_language", "zh")
    assert language._("Cards") == "卡片"
    assert language.ngettext("one card", "{count} cards", 1) == "{count} 张卡片"


def test_the_same_texts_give_the_same_bytes(root: Path) -> None:
    catalogue.merge(root, absorb=True)
    before = (root / catalogue.PO).read_bytes(), (root / catalogue.MO).read_bytes()
    catalogue.merge(root)
    assert ((root / catalogue.PO).read_bytes(), (root / catalogue.MO).read_bytes()) == before
    assert b"Date" not in before[0] + before[1]


def test_fragment_is_newer_than_the_catalogue(root: Path) -> None:
    catalogue.merge(root, absorb=True)
    add_translation(root, 'msgid "Cards"\nmsgstr "客户卡"\n')
    catalogue.merge(root, absorb=True)
    assert 'msgstr "客户卡"' in (root / catalogue.PO).read_text()
    assert catalogue.check(root) == []


def test_extract_prints_what_is_missing(root: Path) -> None:
    add_code(root, '\nNEW = N_("Something new")\n')
    assert catalogue.untranslated(root) == (
        '#: screens/cards.py:19\nmsgid "Something new"\nmsgstr ""\n\n'
    )


@pytest.mark.parametrize(
    ("code", "entry", "problem"),
    [
        ('N_("Something new")', "", "screens/cards.py:18: not translated: “Something new”"),
        ("", 'msgid "Old"\nmsgstr "旧"\n', "shuke.po: nobody says “Old”"),
        ("", '#, fuzzy\nmsgid "Cards"\nmsgstr "卡"\n', "to be looked at again: “Cards”"),
        (
            'N_("No {text}")',
            'msgid "No {text}"\nmsgstr "没有{word}"\n',
            "“No {text}” and “没有{word}” have different places",
        ),
        ('N_("No, {text}")', 'msgid "No, {text}"\nmsgstr "不, {text}"\n', "half-width sign"),
        ('N_(f"No {text}")', "", "18: N_() takes plain text in quotes"),
        ('_(f"No {text}")', "", "18: _() takes plain text in quotes"),
        ('_("No {a}".format(a=1))', "", "18: _() takes plain text in quotes"),
        ('_("No " + text)', "", "18: _() takes plain text in quotes"),
        ('_(text or "No text")', "", "18: _() takes plain text in quotes"),
        ("N_(text)", "", "18: N_() takes plain text in quotes"),
        ('BadValue("No")', "", "18: a text for people is not marked"),
        ('Binding("g", "greet", "Greet")', "", "18: a text for people is not marked"),
        ('Binding("g", "greet", description="Greet")', "", "18: a text for people is not marked"),
        ('_("Not so: {text}").format(word=1)', "", "18: nothing fills {text}"),
        ('BadValue(N_("Not so: {text}"))', "", "18: nothing fills {text}"),
        ('ngettext("one card", "many", 1)', "", "stands with another plural"),
        ("say(", "", "18: cannot be read"),
    ],
)
def test_check_names_what_is_wrong(root: Path, code: str, entry: str, problem: str) -> None:
    po = root / catalogue.PO
    catalogue.merge(root, absorb=True)
    if "fuzzy" in entry:
        po.write_text(po.read_text().replace('msgid "Cards"\nmsgstr "卡片"\n', entry))
    else:
        po.write_text(po.read_text() + entry)
    add_code(root, code)
    assert any(problem in found for found in catalogue.check(root))


@pytest.mark.parametrize(
    "code", ["_(text)", "_(TEXTS[name])", 'Binding("g", "greet", "")', '_(text or "")']
)
def test_check_lets_texts_be_handed_on(root: Path, code: str) -> None:
    catalogue.merge(root, absorb=True)
    add_code(root, code)
    assert catalogue.check(root) == []


def test_check_wants_the_compiled_file(root: Path) -> None:
    catalogue.merge(root, absorb=True)
    (root / catalogue.PO).write_text((root / catalogue.PO).read_text().replace("卡片", "卡"))
    assert catalogue.check(root) == ["shuke.mo is not what shuke.po says: merge"]


def test_check_wants_one_place_for_each_translation(root: Path) -> None:
    add_translation(root, 'msgid "Cards"\nmsgstr "名片"\n', "other.po")
    catalogue.merge(root)
    assert catalogue.check(root) == [
        "“Cards” is 卡片 in cards.po, 名片 in other.po",
        "cards.po is left over: merge --absorb",
        "other.po is left over: merge --absorb",
    ]


def test_untranslated_text_stays_english(root: Path) -> None:
    add_code(root, '\nNEW = N_("Something new")\n')
    catalogue.merge(root)
    assert 'msgid "Something new"\nmsgstr ""' in (root / catalogue.PO).read_text()
    assert b"Something new" not in (root / catalogue.MO).read_bytes()


@pytest.mark.parametrize(
    "text", ["好, 但是", "{name}: 好", "对吗?", "按键 (d)", "(可选)填", "“好”, 但是", "好;坏"]
)
def test_half_width_signs_beside_chinese_are_found(text: str) -> None:
    assert half_width(text) is not None


@pytest.mark.parametrize(
    "text",
    ["好，但是", "送样品 @周三 !", "18 / 18", "sqlite:///文件", "（! 重要）", "15:30", "A, B"],
)
def test_signs_that_belong_there_are_let_be(text: str) -> None:
    assert half_width(text) is None


def test_places() -> None:
    assert places("{count} cards of {name!r}, {amount:.2f} {{so}}") == {"count", "name", "amount"}


@pytest.mark.slow
def test_every_layer_is_read() -> None:
    layers = {found.place.partition("/")[0] for found in read_source(catalogue.ROOT).texts.values()}
    assert layers == {"tui", "screens", "widgets", "store"}
