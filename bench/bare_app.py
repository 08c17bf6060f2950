"""A bare Textual app with the widgets of the first screen, and nothing behind them."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from store import language
from widgets.columns import Column
from widgets.key_footer import KeyFooter
from widgets.row_list import RowList
from widgets.section_bar import SectionBar, SectionTitle


class Bare(Screen[None]):
    """The first screen's widgets, empty."""

    def compose(self) -> ComposeResult:
        yield SectionBar([SectionTitle("today", "1", "Today")], "today")
        yield Static("2026-01-01")
        yield RowList([Column("what", "What", 30)])
        yield KeyFooter()


class BareApp(App[None]):
    """Shows one screen; ctrl+q ends it."""

    def on_mount(self) -> None:
        self.push_screen(Bare())


if __name__ == "__main__":
    language.use("en")
    BareApp().run()
