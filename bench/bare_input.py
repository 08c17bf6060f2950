"""A bare Textual app with one plain Input."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class BareInput(App[None]):
    """A label and a field; ctrl+q ends it."""

    def compose(self) -> ComposeResult:
        yield Static("Name")
        field = Input()
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        self.query_one(Input).focus()


if __name__ == "__main__":
    BareInput().run()
