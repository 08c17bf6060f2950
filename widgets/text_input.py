"""A line to type in: one row high, without blinking, that loses nothing that is pasted."""

import re
import unicodedata
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from store.language import N_
from widgets.cells import tidy
from widgets.editing_keys import edit_at_once

Kind = Literal["text", "integer", "number"]
"""What a field takes: any text, or only what belongs to a number."""

Typed = tuple[str, int]
"""A text and the place of the cursor in it."""

WIDE_SPACE = "\u3000"
"""What the space bar sends in the full-width mode of an input method."""

_ASTRAY = re.compile("[。．]")
"""What a Chinese keyboard sends for the decimal point."""


class LineInput(Input):
    """A text field of one line.

    Several pasted lines become one, with `between_lines` between them. Where numbers are typed,
    full-width digits and points become half-width ones, so that the input method may stay on.
    Ctrl+Z takes back what was typed or deleted last, a run of letters at once.
    """

    DEFAULT_CSS = """
    LineInput {
        background: $surface;
        &:focus { background-tint: 0%; }
        & > .input--placeholder { color: $text-muted; }
        &.-invalid { background-tint: $error 15%; }
        &:ansi > .input--cursor {
            color: ansi_default;
            background: ansi_default;
            text-style: reverse;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+backspace,alt+backspace",
            "delete_left_word",
            N_("Delete left to start of word"),
            show=False,
        ),
        Binding("ctrl+z", "take_back", N_("Undo typing"), show=False, id="field.undo"),
        Binding("ctrl+y,ctrl+shift+z", "redo", N_("Redo typing"), show=False, id="field.redo"),
    ]

    virtual_size = Reactive(Size(0, 0))
    """The cells of the text. The field stays as large as it is: Textual's own would place every
    widget of the screen anew at each letter."""

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        type: Kind = "text",
        half_width: bool | None = None,
        max_length: int = 0,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        """Make a field.

        Args:
            value: what stands in it, one line.
            placeholder: what is shown while it is empty, in the language spoken now.
            type: `text`, or `integer` or `number`, which take nothing else.
            half_width: whether what is typed is made half-width (NFKC); None means for numbers.
            max_length: characters that go in, 0 for no limit.
            id: as of any widget.
            classes: as of any widget.
            disabled: as of any widget.
        """
        self._before: list[Typed] = []
        self._after: list[Typed] = []
        self._run_ends = -1
        self.between_lines = " "
        """What stands between pasted lines."""
        super().__init__(
            value,
            placeholder,
            type=type,
            max_length=max_length,
            select_on_focus=False,
            valid_empty=True,
            compact=True,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.cursor_blink = False
        self.half_width = type != "text" if half_width is None else half_width
        """Whether what is typed or pasted is made half-width."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text here; the full-width space is, though it counts as unprintable."""
        return character == WIDE_SPACE or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        """Take the full-width space, which the field of Textual leaves out; edit at once."""
        if event.character == WIDE_SPACE:
            event.stop()
            event.prevent_default()
            self.replace(WIDE_SPACE, *self.selection)
        else:
            await edit_at_once(self, event)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of what stands between two positions.

        Typing, pasting and suggestions all come through here.
        """
        text = tidy(text)
        if self.half_width:
            text = unicodedata.normalize("NFKC", _ASTRAY.sub(".", text))
        present = (self.value, self.cursor_position)
        super().replace(text, start, end)
        if self.value != present[0]:
            self._remember(present, goes_on=start == end == self._run_ends and text != " ")
            self._run_ends = self.cursor_position if len(text) == 1 else -1

    def _remember(self, present: Typed, *, goes_on: bool) -> None:
        """Keep a text to come back to, unless the letter typed belongs to a run of them."""
        if not goes_on:
            self._before.append(present)
        self._after.clear()

    def action_take_back(self) -> None:
        """Show the text as it was before what was typed or deleted last."""
        self._go(self._before, self._after)

    def action_redo(self) -> None:
        """Show again what was taken back last."""
        self._go(self._after, self._before)

    def _go(self, source: list[Typed], target: list[Typed]) -> None:
        if source:
            target.append((self.value, self.cursor_position))
            self.value, self.cursor_position = source.pop()
            self._run_ends = -1

    def _on_paste(self, event: events.Paste) -> None:
        """Take all of the pasted lines; the field of Textual takes the first."""
        event.stop()
        event.prevent_default()
        text = event.text.strip()
        if self.between_lines != " ":
            text = self.between_lines.join(filter(None, map(str.strip, text.splitlines())))
        self.replace(tidy(text), *self.selection)
