"""An app with sections of its own, on a real box."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from textual import work
from textual.binding import Binding

from screens import base, help, sections
from screens.base import PageScreen, SectionScreen
from store.language import N_
from tui import app as app_module
from tui.app import ShukeApp
from tui.config import Configuration
from tui.session import Session
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.text_input import LineInput


class Sample(SectionScreen):
    """A section with a field and a list of cards."""

    HELP = N_("Type / and two letters")
    BINDINGS = [Binding("f", "filter", N_("Open"), id="sample.filter")]

    def __init__(self, desk):
        super().__init__(desk)
        self.heard = []
        self.words = ""
        self.can_keep = True

    def compose_body(self):
        yield LineInput(id="search")
        yield RowList((Column("name", "Name", 20, share=1),))

    def on_mount(self):
        self.query_one(RowList).set_rows([Row("1", ("[/b]张三",)), Row("2", ("李四",))])
        self.query_one(RowList).focus()

    @property
    def card_id(self):
        key = self.query_one(RowList).key
        return int(key) if key else None

    @property
    def unsaved(self):
        return bool(self.words)

    def arrive(self, wish):
        self.heard.append(wish)
        self.query_one("#search").focus()

    def reload(self):
        self.heard.append("reload")

    async def keep_words(self):
        self.heard.append("kept")
        return self.can_keep

    def action_new(self):
        self.heard.append("new")

    def action_filter(self):
        raise RuntimeError("boom")

    @work(exit_on_error=False)
    async def stumble(self, error):
        raise error


class SampleCards(Sample):
    SECTION = "cards"


class SampleToday(Sample):
    SECTION = "today"


class Other(SectionScreen):
    SECTION = "log"


class SampleBriefing(PageScreen[None]):
    TITLE_TEXT = N_("Briefing")

    def __init__(self, desk, card_id):
        super().__init__(desk)
        self.shown = card_id


@pytest.fixture
def sample_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sections that need nothing but a desk."""
    module = ModuleType("sample_screens")
    for screen in (SampleToday, SampleCards, Other, SampleBriefing):
        setattr(module, screen.__name__, screen)
    monkeypatch.setitem(sys.modules, "sample_screens", module)
    table = (
        sections.Section("today", "1", N_("Today"), "sample_screens", "SampleToday"),
        sections.Section("cards", "2", N_("Cards"), "sample_screens", "SampleCards"),
        sections.Section("log", "3", N_("Contact log"), "sample_screens", "Other"),
    )
    for user in (sections, base, help, app_module):
        monkeypatch.setattr(user, "SECTIONS", table)
    monkeypatch.setitem(sections.PAGES, "briefing", ("sample_screens", "SampleBriefing"))


@pytest.fixture
def make_app(
    sample_sections: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., ShukeApp]:
    """Makes apps on a box in a folder of the test."""
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))

    def make(language: str | None = "en") -> ShukeApp:
        options = Namespace(
            database=str(tmp_path / "box.sqlite"),
            demo=False,
            acting=None,
            lang=language,
            today=None,
        )
        return ShukeApp(Session(options, Configuration()))

    return make
