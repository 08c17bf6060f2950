"""The language of what people read."""

import threading
from pathlib import Path

import pytest

from store import language


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue in place of the program's own."""
    from bench.catalogue import MO, StableCatalogue, write_mo

    catalogue = StableCatalogue()
    catalogue.add("Cards", "卡片")
    catalogue.add(("one card", "{count} cards"), ("{count} 张卡片",))
    catalogue.add("Not yet", "")
    compiled = tmp_path / "locale" / "zh" / "LC_MESSAGES" / MO.name
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(language, "_catalogues", {})
    monkeypatch.setattr(language, "_language", language.LANGUAGES[0])
    return compiled


def test_chinese_holds_where_nothing_says_otherwise() -> None:
    assert language.current() == "zh"
    assert language._("Cards") == "卡片"


def test_language_changes_while_the_program_runs() -> None:
    title = language.N_("Cards")
    assert language._(title) == "卡片"
    language.use("en")
    assert (language.current(), language._(title)) == ("en", "Cards")
    language.use("zh")
    assert language._(title) == "卡片"


@pytest.mark.parametrize("unknown", ["fr", "", "ZH", "zh_CN"])
def test_unknown_language_leaves_the_present_one(unknown: str) -> None:
    language.use("en")
    language.use(unknown)
    assert language.current() == "en"


def test_text_without_a_translation_stays_english() -> None:
    assert language._("Never heard of") == "Never heard of"
    assert language._("Not yet") == "Not yet"


def test_blank_is_blank_and_not_the_heading_of_the_catalogue() -> None:
    assert language._("") == ""


def test_program_speaks_english_without_a_catalogue(catalogue: Path) -> None:
    catalogue.unlink()
    assert language._("Cards") == "Cards"
    assert language.ngettext("one card", "{count} cards", 1) == "one card"


def test_plural() -> None:
    assert language.ngettext("one card", "{count} cards", 1) == "{count} 张卡片"
    assert language.ngettext("one card", "{count} cards", 2) == "{count} 张卡片"
    language.use("en")
    assert language.ngettext("one card", "{count} cards", 1) == "one card"
    assert language.ngettext("one card", "{count} cards", 2) == "{count} cards"


def test_threads_may_be_the_first_to_speak() -> None:
    said: list[str] = []
    ready = threading.Barrier(8)

    def speak() -> None:
        ready.wait()
        said.append(language._("Cards"))

    threads = [threading.Thread(target=speak) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["卡片"] * 8


def test_threads_never_see_a_half_language() -> None:
    stop = threading.Event()
    said: set[str] = set()

    def listen() -> None:
        while not stop.is_set():
            said.add(language._("Cards"))

    listener = threading.Thread(target=listen)
    listener.start()
    for _ in range(2000):
        language.use("en")
        language.use("zh")
    stop.set()
    listener.join()
    assert said <= {"Cards", "卡片"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en_US.UTF-8", "en"),
        ("en", "en"),
        ("EN_gb", "en"),
        ("zh_CN.UTF-8", "zh"),
        ("zh_TW", "zh"),
        ("C", "zh"),
        ("C.UTF-8", "zh"),
        ("POSIX", "zh"),
        ("", "zh"),
        ("de_DE", "zh"),
    ],
)
def test_language_of_the_environment(value: str, expected: str) -> None:
    assert language.from_environment(value) == expected
