"""Finding, showing, and what every command has in common."""

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import language
from store.errors import StoreError
from tests.cli.running import Shuke
from tui import cli, places
from tui.argparse_texts import TEXTS
from tui.command_table import COMMANDS, split

FOUND = [
    "number",
    "name",
    "kind",
    "organisation",
    "title",
    "phone",
    "owner",
    "lifecycle",
    "likelihood",
]


@pytest.fixture
def zhang(shuke: Shuke) -> str:
    """A card that was entered; gives its number."""
    ran = shuke(
        "card", "add", "--name", "张山", "--phone", "13911112345",
        "--set", "职务=采购经理", "--set", "organisation=华东电子", "--json",
    )  # fmt: skip
    assert ran.status == 0
    return str(ran.document["number"])


def test_find(shuke: Shuke, zhang: str) -> None:
    for text in ("zs", "zhangshan", "张", "张山", "2345", "采购", "hddz", zhang):
        ran = shuke("find", text)
        assert ran.status == 0, text
        assert f"{zhang} 张山 华东电子 采购经理 13911112345 prospect -" in ran.words()


def test_find_json(shuke: Shuke, zhang: str) -> None:
    (card,) = shuke("find", "zs", "--json").document
    assert list(card) == FOUND
    assert card["number"] == zhang
    assert card["kind"] == "person"
    assert card["likelihood"] == "unclassified"


def test_several_words_need_no_quotes(shuke: Shuke, zhang: str) -> None:
    assert shuke("find", "张山", "华东", "--limit", "3").status == 0
    assert shuke("find", "张山", "华北").status == 1


def test_nothing_found(shuke: Shuke, box: Path) -> None:
    ran = shuke("find", "nobody")
    assert (ran.status, ran.out, ran.err) == (1, "", "No card fits “nobody”.\n")
    ran = shuke("find", "nobody", "--json")
    assert (ran.status, ran.document, ran.err) == (1, [], "")


def test_columns_line_up_in_cells(shuke: Shuke) -> None:
    for name in ("张三", "欧阳震华", "Zhang Jr"):
        shuke("card", "add", "--name", name, "--set", "organisation=z")
    persons = [line for line in shuke("find", "z").out.splitlines() if line.startswith("P")]
    assert len(persons) == 3
    assert len({line.encode("gb18030").index(b" z ") for line in persons}) == 1


@pytest.mark.parametrize("name", ["[/b]张", "a\x1b[31mb", "x\u202ey", "=1+1", "%s{0}", "<b>"])
def test_no_name_harms_the_terminal(shuke: Shuke, name: str) -> None:
    number = shuke("card", "add", "--name", name).out.strip()
    for command in (["card", "show", number], ["card", "show", number, "--json"]):
        ran = shuke(*command)
        assert ran.status == 0
        assert all(part.isprintable() for part in ran.out.split("\n"))


def test_the_options_stand_before_or_after_the_command(shuke: Shuke, tmp_path: Path) -> None:
    box = str(tmp_path / "other.sqlite")
    assert shuke("--database", box, "card", "add", "--name", "张三").status == 0
    assert shuke("find", "张三", f"--database={box}").status == 0
    assert shuke("card", "--database", box, "show", "张三", "--lang", "en").status == 0
    assert shuke("find", "张三").status == 1


@pytest.mark.parametrize(
    ("value", "spoken"),
    [("zh_CN.UTF-8", "zh"), ("en_GB", "en"), ("C.UTF-8", "zh"), ("", "zh"), ("de_DE", "zh")],
)
def test_chinese_where_nothing_says_otherwise(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch, value: str, spoken: str
) -> None:
    monkeypatch.setenv("LANG", value)
    shuke("find", "x")
    assert language.current() == spoken


def test_the_member_s_own_language(shuke: Shuke) -> None:
    from store.database import open_store

    store = open_store(places.box_file())
    store.desk().settings.set("language", "zh")
    store.close()
    shuke("find", "x")
    assert language.current() == "zh"
    shuke("find", "x", "--lang", "en")
    assert language.current() == "en"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["find"], "the following arguments are required: TEXT (`shuke find --help` tells more)"),
        (["find", "x", "--foo"], "unrecognized arguments: --foo"),
        (["find", "x", "--limit", "0"], "argument --limit: “0” is not a whole number from 1 on"),
        (["find", "x", "--lang", "fr"], "argument --lang: invalid choice: 'fr'"),
        (["find", "x", "--today", "soon"], "argument --today: "),
        (["find", "x", "--today", "9999-12-31"], "argument --today: days run from 1900 to 2099"),
        (["find", "x", "--database"], "argument --database: expected one argument"),
        (["fnd", "x"], "There is no command “fnd”; did you mean “find”?"),
        (["card"], "Say what to do: shuke card add, shuke card show"),
        (["card", "ad"], "There is no command “card ad”; did you mean “card add”?"),
        (["qwertyuiop"], "There is no command “qwertyuiop”."),
        (["--foo"], "unrecognized arguments: --foo"),
        (["--demo", "--database", "x", "find", "y"], "The sample team has a box of its own"),
    ],
)
def test_wrong_usage(shuke: Shuke, arguments: list[str], sentence: str) -> None:
    ran = shuke(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(sentence)
    assert ran.err.count("\n") == 1


def test_wrong_usage_in_chinese(shuke: Shuke) -> None:
    assert shuke("find", "--lang", "zh").err == "还缺参数：TEXT（用法见 `shuke find --help`）\n"


def test_the_texts_of_argparse_are_its_own() -> None:
    """A text that argparse no longer has would stay English without anybody noticing."""
    import argparse

    source = Path(argparse.__file__).read_text(encoding="utf-8")
    missing = [text for text in TEXTS if repr(text) not in source and f'"{text}"' not in source]
    assert missing == []


@pytest.mark.parametrize("name", [*COMMANDS])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_every_command_has_help(shuke: Shuke, name: str, spoken: str) -> None:
    ran = shuke(*name.split(), "--help", "--lang", spoken)
    assert ran.status == 0
    assert f"shuke {name}" in ran.out
    assert ("usage: " in ran.out) == (spoken == "en")


def test_help_lists_every_command(shuke: Shuke) -> None:
    out = shuke("--help").out
    assert all(f"shuke {name}" in out for name in COMMANDS)
    assert "--database URL" in out
    assert "shuke card add" in shuke("card", "-h").out


def test_version(shuke: Shuke) -> None:
    assert shuke("--version").out.startswith("shuke ")


def test_without_a_terminal(shuke: Shuke) -> None:
    ran = shuke()
    assert ran.status == 2
    assert ran.err.startswith("`shuke` needs a terminal")
    assert ran.err.count("\n") == 1


@given(st.lists(st.text(max_size=5) | st.sampled_from([*["-", "--", "--lang", "card", "find"]])))
def test_splitting_loses_no_argument(arguments: list[str]) -> None:
    try:
        name, rest = split(arguments)
    except StoreError:
        return
    assert sorted([*name.split(), *rest]) == sorted(arguments)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text())
def test_any_text_can_be_looked_for(shuke: Shuke, box: Path, text: str) -> None:
    ran = shuke("find", "--json", "--", text)
    assert ran.status in (0, 1)
    assert ran.document == []


def test_an_unknown_login(shuke: Shuke, box: Path) -> None:
    ran = shuke("find", "x", "--as", "nobody")
    assert (ran.status, ran.err) == (1, "There is no active member “nobody” here.\n")


def test_a_box_that_is_none(shuke: Shuke, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear customer, " * 100)
    ran = shuke("find", "x", "--database", str(file))
    assert (ran.status, ran.err) == (6, "This file is not a card box.\n")
    assert shuke("find", "x", "--database", "oracle://x").status == 6


def test_a_box_that_is_damaged_inside(shuke: Shuke, zhang: str) -> None:
    box = places.box_file()
    content = bytearray(box.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    box.write_bytes(content)
    ran = shuke("find", "zs")
    assert ran.status == 6
    assert ran.err == "The box is damaged. Run `shuke doctor`, then restore a backup.\n"


@pytest.mark.parametrize(
    "command", [["find"], ["card", "show"], ["todo", "add"], ["log", "zs"], ["brief"]]
)
def test_bytes_that_are_no_text(shuke: Shuke, zhang: str, command: list[str]) -> None:
    """Python hands over bytes that are no UTF-8 as half characters, which no database takes."""
    ran = shuke(*command, "\udcff\udcfe")
    assert (ran.status, ran.out) == (4, "")
    assert ran.err.endswith("” is not written in UTF-8.\n")


def test_a_file_may_be_called_by_any_bytes(shuke: Shuke, box: Path, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xbf\xcd\xbb\xa7.csv"))
    file.write_text("name\nZhang San\n", encoding="utf-8")
    assert shuke("import", str(file), "--yes").status == 0
    assert shuke("find", "Zhang San").status == 0


def test_utf8_is_read_where_the_locale_is_not(shuke: Shuke, box: Path) -> None:
    half = "给张山送样品".encode().decode("ascii", "surrogateescape")
    assert shuke("todo", "add", half, "--json").document[0]["title"] == "给张山送样品"


def test_unexpected_errors_go_to_the_log(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(session: object) -> int:
        raise ZeroDivisionError("never mind")

    from tui.commands import find

    monkeypatch.setitem(find.COMMANDS, "find", find.COMMANDS["find"]._replace(run=fail))
    ran = shuke("find", "x")
    assert ran.status == 6
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    reference = ran.err.rstrip(".\n").split()[-1]
    log = places.log_file().read_text(encoding="utf-8")
    assert reference in log
    assert "ZeroDivisionError: never mind" in log
    assert places.log_file().stat().st_mode & 0o077 == 0


def test_a_log_that_cannot_be_written(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.commands import find

    def fail(session: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(find.COMMANDS, "find", find.COMMANDS["find"]._replace(run=fail))
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null")
    ran = shuke("find", "x")
    assert ran.status == 6
    assert "ZeroDivisionError" in ran.err


def test_the_log_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui import error_log

    monkeypatch.setattr(error_log, "LARGEST", 100)
    for _ in range(3):
        assert error_log.note(ValueError("x" * 200), places.log_file())
    assert len(list(places.log_file().parent.iterdir())) == 2


def test_ctrl_c(shuke: Shuke, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(session: object) -> int:
        raise KeyboardInterrupt

    from tui.commands import find

    monkeypatch.setitem(find.COMMANDS, "find", find.COMMANDS["find"]._replace(run=interrupted))
    ran = shuke("find", "x")
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_json_for_a_terminal_of_another_encoding(
    shuke: Shuke, zhang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="gb18030"))
    assert cli.main(["find", "zs", "--json"]) == 0
    sys.stdout.flush()
    assert b"\\u5f20\\u5c71" in written.getvalue()


def test_names_that_the_encoding_does_not_know(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuke("card", "add", "--name", "张é三")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert cli.main(["find", "z"]) == 0
    sys.stdout.flush()
    assert b"???" in written.getvalue()


def test_the_environment_of_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.opening import prepare_environment

    for name in ("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_ANIMATIONS"):
        monkeypatch.delenv(name, raising=False)
    prepare_environment("16")
    assert os.environ["TEXTUAL_COLOR_SYSTEM"] == "standard"
    assert os.environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    prepare_environment("truecolor")
    assert os.environ["TEXTUAL_COLOR_SYSTEM"] == "standard"


@pytest.mark.parametrize(
    ("terminal", "color"),
    [
        ("xterm-256color", "256"),
        ("screen", "256"),
        ("", "256"),
        ("linux", "16"),
        ("xterm-16color", "16"),
    ],
)
def test_old_terminals_are_sent_sixteen_colours(terminal: str, color: str) -> None:
    from tui.opening import usual_color

    assert usual_color(terminal) == color
