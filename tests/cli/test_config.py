"""What is configured, where, and what is wrong with it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import PlatformDirs

from store.errors import BadInput
from tests.cli.running import Shuke
from tui import places
from tui.config import line_of, read_configuration
from tui.config_keys import KEYS


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_places_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch) -> None:
    for named in (None, "/somewhere/else"):
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            if named:
                monkeypatch.setenv(variable, f"{named}/{variable}")
        folders = PlatformDirs("shuke", appauthor=False)
        assert str(places.data_folder()) == folders.user_data_dir
        assert str(places.user_config().parent) == folders.user_config_dir
        assert str(places.log_file().parent) == folders.user_log_dir


def test_later_files_go_before_earlier_and_variables_before_all(tmp_path: Path) -> None:
    computer = written(
        tmp_path / "a.toml", 'language = "zh"\ntheme = "light"\n[todo]\nurgent_days = 1\n'
    )
    user = written(tmp_path / "b.toml", 'theme = "dark"\n[policy]\nfeb29 = "mar1"\n')
    found = read_configuration({"SHUKE_TODO_URGENT_DAYS": "5"}, [computer, user])
    assert found.values() == {
        "language": "zh",
        "theme": "dark",
        "todo.urgent_days": 5,
        "policy.feb29": "mar1",
    }
    assert found.held["theme"].where == f"{user}, line 1"
    assert found.held["policy.feb29"].where == f"{user}, line 3"
    assert found.held["todo.urgent_days"].where == "SHUKE_TODO_URGENT_DAYS"


def test_unknown_keys_are_named_with_file_and_line(tmp_path: Path) -> None:
    file = written(tmp_path / "c.toml", '# mine\nlangauge = "zh"\n\n[policy]\nleap = "both"\n')
    unknown = [str(error) for error in read_configuration({"SHUKE_THEM": "x"}, [file]).unknown]
    assert unknown == [
        f"{file}, line 2: there is no key “langauge”.",
        f"{file}, line 5: there is no key “policy.leap”.",
        "The variable SHUKE_THEM means nothing to this program.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('language = "fr"', "line 1: language should be one of: zh, en."),
        (
            "todo.urgent_days = -1",
            "line 1: todo.urgent_days should be a whole number from 0 to 365.",
        ),
        (
            "[todo]\nurgent_days = true",
            "line 2: todo.urgent_days should be a whole number from 0 to 365.",
        ),
        ('\nzone = "Mars/Base"', "line 2: zone: there is no time zone “Mars/Base”."),
        ("database = []", "line 1: database should be a text in quotes."),
        ("keymap = 3", "line 1: keymap should be a table of texts"),
        ("[keymap]\nnew = 3", "line 1: keymap should be a table of texts"),
        ("language = ", "is not TOML: "),
    ],
)
def test_wrong_values_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    configuration = read_configuration({}, [written(tmp_path / "d.toml", text)])
    with pytest.raises(BadInput) as caught:
        configuration.check()
    assert sentence in str(caught.value)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "e.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="is not TOML"):
        read_configuration({}, [file]).check()


def test_colours_may_be_numbers_and_keys_have_dots(tmp_path: Path) -> None:
    text = 'color = 16\n[keymap]\n"cards.new" = "f6"\ntodo.add = "f8"\n'
    values = read_configuration({}, [written(tmp_path / "f.toml", text)]).values()
    assert values == {"color": "16", "keymap": {"cards.new": "f6", "todo.add": "f8"}}


@given(st.sampled_from([*KEYS]), st.integers(0, 5))
def test_the_line_of_a_key_is_found(name: str, before: int) -> None:
    text = "# comment\n" * before + f'{name} = "x"\n'
    assert line_of(text, name) == before + 1


def test_the_line_of_a_key_in_a_table() -> None:
    text = 'feb29 = "x"\n[policy]\nfeb29 = "leap"\n[keymap]\nfeb29 = "f6"\n'
    assert line_of(text, "policy.feb29") == 3
    assert line_of(text, "keymap") == 4


def test_config_shows_what_holds_and_why(shuke: Shuke, home: Path) -> None:
    file = written(home / ".config/shuke/config.toml", 'theme = "light"\n')
    shuke("card", "add", "--name", "张三")
    ran = shuke("config", "--lang", "en", "--json")
    assert ran.status == 0
    held = {entry["key"]: (entry["value"], entry["why"]) for entry in ran.document}
    assert list(held) == list(KEYS)
    assert held["theme"] == ("light", f"{file}, line 1")
    assert held["language"] == ("en", "--lang")
    assert held["database"] == (str(home / ".local/share/shuke/box.sqlite"), "the usual place")
    assert held["zone"] == ("Asia/Shanghai", "built in")
    assert "light" in shuke("config").out


def test_config_does_not_make_a_box(shuke: Shuke, home: Path) -> None:
    assert shuke("config").status == 0
    assert not (home / ".local").exists()


def test_config_shows_even_when_something_is_wrong(shuke: Shuke, home: Path) -> None:
    written(home / ".config/shuke/config.toml", 'todo.urgent_days = "soon"\nthem = "x"\n')
    ran = shuke("config")
    assert ran.status == 4
    assert "policy.feb29" in ran.out
    assert "line 2: there is no key “them”" in ran.err
    assert "line 1: todo.urgent_days should be" in ran.err


def test_no_command_runs_on_a_wrong_configuration(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("SHUKE_LANGUAGE", "fr")
    ran = shuke("card", "add", "--name", "张三")
    assert ran.status == 4
    assert ran.err == "SHUKE_LANGUAGE: language should be one of: zh, en.\n"
    assert not (home / ".local").exists()


def test_an_unknown_key_is_named_by_every_command(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUKE_THEM", "light")
    ran = shuke("card", "add", "--name", "张三")
    assert ran.status == 0
    assert ran.err == "The variable SHUKE_THEM means nothing to this program.\n"


def test_the_configured_box_is_used(
    shuke: Shuke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHUKE_DATABASE", f"sqlite:///{tmp_path}/other.sqlite")
    shuke("card", "add", "--name", "张三")
    assert (tmp_path / "other.sqlite").exists()
    assert shuke("--database", str(tmp_path / "third.sqlite"), "find", "张三").status == 1


def test_the_installations_defaults_reach_the_settings(
    shuke: Shuke, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANG")
    monkeypatch.setenv("SHUKE_LANGUAGE", "en")
    assert shuke("find", "nobody").err == "No card fits “nobody”.\n"
    assert shuke("find", "nobody", "--lang", "zh").err != "No card fits “nobody”.\n"


def test_the_keys_are_those_that_the_program_reads() -> None:
    from store.lunar import POLICIES, Policy
    from store.papers import LARGEST_MB
    from store.today import DATE_DAYS
    from store.todo_search import URGENT_DAYS
    from tui.themes import DEFAULT, TITLES

    for name, choices in POLICIES.items():
        assert set(KEYS[f"policy.{name}"].choices) == set(choices)
        assert KEYS[f"policy.{name}"].built_in == getattr(Policy(), name)
    assert set(KEYS["theme"].choices) == set(TITLES)
    assert KEYS["theme"].built_in == DEFAULT
    assert KEYS["todo.urgent_days"].built_in == URGENT_DAYS
    assert KEYS["papers.largest_mb"].built_in == LARGEST_MB
    assert KEYS["today.date_days"].built_in == DATE_DAYS
