"""A bare Textual app that paints rows from memory when a letter is typed."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

from bench.boxes import GIVEN, SURNAMES
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row


class BareList(App[None]):
    """A search line and rows that change with it."""

    def compose(self) -> ComposeResult:
        yield Static("Search")
        search = Input()
        search.cursor_blink = False
        yield search
        yield RowList([Column(name, name, 16) for name in ("number", "name", "house", "level")])

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.show(event.value)

    def show(self, text: str) -> None:
        """Rows that differ with the text in every line."""
        shift = sum(map(ord, text))
        rows = []
        for place in range(50):
            surname = SURNAMES[(place + shift) % len(SURNAMES)]
            given = GIVEN[(place * 3 + shift) % len(GIVEN)]
            house = f"{given}{surname}电子有限公司"
            cells = (f"P{place + shift:06d}", surname + given, house, "target")
            rows.append(Row(f"{place}-{shift}", cells))
        self.query_one(RowList).set_rows(rows)


if __name__ == "__main__":
    BareList().run()
