"""A text of many lines that grows with what is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from store.language import N_
from widgets.cells import tidy
from widgets.editing_keys import edit_at_once


class LongText(TextArea):
    """A text field as high as its text."""

    DEFAULT_CSS = """
    LongText {
        height: auto;
        min-height: 1;
        max-height: 12;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        &:focus { border: none; background: $surface; background-tint: 0%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+backspace,alt+backspace",
            "delete_word_left",
            N_("Delete left to start of word"),
            show=False,
        ),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(tidied(text), id=id, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def is_at_edge(self, step: int) -> bool:
        """Whether the cursor is on the first shown line (-1) or on the last one (1)."""
        line = self.wrapped_document.location_to_offset(self.cursor_location).y
        return line == (0 if step < 0 else self.wrapped_document.height - 1)

    async def _on_key(self, event: events.Key) -> None:
        """Edit at once, before keys that were typed after."""
        await edit_at_once(self, event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take all that is pasted but what would command the terminal."""
        event.stop()
        event.text = tidied(event.text)
        await super()._on_paste(event)
        event.prevent_default()


def tidied(text: str) -> str:
    """A text of many lines with only what a terminal shows in a known number of cells."""
    return "\n".join(tidy(line) for line in text.splitlines()) + ("\n" if text[-1:] == "\n" else "")
