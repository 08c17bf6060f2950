"""One field of a form: its label, its value or the line to type it in, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from store.forms.assistance import understood
from store.forms.choosing import between
from store.forms.declaration import Field
from store.forms.entry import Entry
from widgets.cells import fit, tidy, width_of
from widgets.choice_input import ChoiceInput
from widgets.choice_picker import ChoicePicker
from widgets.long_text import LongText
from widgets.text_input import LineInput

MASK = "***"
"""What stands for a value that may not be seen."""

CHOICES = frozenset({"choice", "choices", "yes_no", "card"})
"""Types with a list to choose from."""

HALF_WIDTH = frozenset({"whole", "decimal", "per_cent", "amount", "date", "phone"}) | frozenset(
    {"email", "web", "id_number", "credit_code"}
)
"""Types in which full-width letters, digits and signs are never wanted."""


W = TypeVar("W", bound=Widget)


def label_of(field: Field) -> str:
    """What stands before a field: its title, with a star where it must be filled."""
    return tidy(field.title) + ("*" if field.required else "")


def cut_title(field: Field, label_width: int) -> str:
    """The title of a field whose label does not go into so many cells; else ""."""
    return field.title if width_of(label_of(field)) > label_width else ""


class FieldRow(Widget):
    """A label on the left, the value on the right, below it what is wrong or understood.

    The line to type in is there only while the cursor is: forty of them would take a long while
    to make. A text of many lines has its field always.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FieldRow {
        layout: vertical;
        height: auto;
        min-height: 1;
        & .field-row--remark { color: $text-muted; height: auto; display: none; }
        & .field-row--remark.-said { display: block; }
        &.-current .field-row--remark.-day { display: block; min-height: 2; }
        & .field-row--remark.-wrong { color: $text-error; }
    }
    """

    class Changed(Message):
        """The text of the field may have changed."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Clicked(Message):
        """The row was clicked, not its field."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self,
        field: Field,
        entry: Entry,
        picker: ChoicePicker,
        label_width: int,
        today: date,
        known: Sequence[str] | None = None,
        key: str = "",
        owner: Widget | None = None,
    ) -> None:
        """Make a row.

        Args:
            field: the field.
            entry: the card that is being edited.
            picker: the list in which one chooses.
            label_width: cells that the label takes.
            today: what ages and the days to go are reckoned from.
            known: words to offer in the list; None: a text has no list.
            key: of the field of the form, where this is a column of its rows.
            owner: hears of changes without those in between, who would cost time at each letter.
        """
        super().__init__()
        self.field = field
        self._owner: Widget = owner or self
        self.key = key or field.key
        """The key of the field of the form."""
        self.entry = entry
        self.picker = picker
        self.label_width = label_width
        self.today = today
        self.known = known
        self.remark = ("", False)
        """What the owner of the form says below the field, and whether that is what is wrong."""
        self.complaint = ""
        """What stands in the way of saving, as long as the cursor stays and nothing is typed."""
        self.is_current = False
        self.editor: LineInput | LongText | None = None
        """Where one types, while there is such a field."""
        self._shown = ""
        self._said = ("", False)

    @property
    def is_masked(self) -> bool:
        """Whether the value may not be seen, nor changed."""
        return self.field.key in self.entry.masked

    @property
    def is_day(self) -> bool:
        """Whether it is a day, of which is shown at once how it was understood."""
        return self.field.type in ("date", "repeat") or (
            self.field.type == "occasion" and not self.field.several
        )

    @property
    def cut_title(self) -> str:
        """What the field is called, where its label has no room for that; else ""."""
        return cut_title(self.field, self.label_width)

    @property
    def text(self) -> str:
        """What stands in the field now."""
        if isinstance(self.editor, LongText):
            return self.editor.text
        return self.entry.text(self.field.key) if self.editor is None else self.editor.value

    def compose(self) -> ComposeResult:
        """What is always there: a text of many lines, what is understood of a day."""
        if self.field.type == "long_text" and not self.is_masked:
            self.editor = LongText(self.entry.text(self.field.key))
            self._shown = self.editor.text
            yield self._beside_label(self.editor)
        if self.is_day:
            yield self._remark_line("-day")

    def on_mount(self) -> None:
        """Say what was wrong before, in a draft, or how a day is understood."""
        self.say_state()

    async def open(self) -> LineInput | LongText:
        """The field to type in, which is made if need be. The row must not be masked."""
        if self.editor is None:
            self.editor = self._new_editor(self.entry.text(self.field.key))
            if self.field.several or self.field.type == "choices":
                self.editor.between_lines = "; " if self.field.several else between()
            self._shown = self.editor.value
            self._place_remark()
            await self.mount(self._beside_label(self.editor), before=0)
        return self.editor

    def close(self) -> None:
        """Show the text alone again; a text of many lines keeps its field."""
        if isinstance(self.editor, LineInput):
            self.editor.remove()
            self.editor = None
            self._place_remark()
            self.refresh()

    def _new_editor(self, text: str) -> LineInput:
        if self.field.type in CHOICES or (self.field.type == "text" and self.known is not None):
            return ChoiceInput(self.field, text, self.picker, self.known or ())
        return LineInput(tidy(text), half_width=self.field.type in HALF_WIDTH)

    def _beside_label(self, widget: W, below: int = 0) -> W:
        widget.styles.margin = (below, 1, 0, self.label_width + 1)
        return widget

    @property
    def _remark(self) -> Static | None:
        return self.query_one_optional(".field-row--remark", Static)

    def _place_remark(self) -> None:
        """Keep the remark below the value, which is no widget while nobody types."""
        if (remark := self._remark) is not None:
            self._beside_label(remark, below=self.editor is None)

    def _remark_line(self, kind: str = "") -> Static:
        remark = Static(Content(), markup=False, classes=f"field-row--remark {kind}".strip())
        return self._beside_label(remark, below=self.editor is None)

    def render(self) -> Content:
        """The label, and the value where there is no field to type it in."""
        label = fit(label_of(self.field), self.label_width) + " "
        line = Content.styled(label, "bold $text-accent" if self.is_current else "$text-muted")
        if self.editor is not None:
            return line
        text = MASK if self.is_masked else self.entry.shown(self.field.key)
        return line + fit(text, max(0, self.size.width - self.label_width - 2))

    def show_current(self, is_current: bool) -> None:
        """Mark the label of the field in which one types."""
        if is_current != self.is_current:
            self.is_current = is_current
            self.refresh(Region(0, 0, self.label_width, 1))
            if self.is_day:
                self.set_class(is_current, "-current")

    def put(self, text: str) -> None:
        """Let this stand in the field."""
        if isinstance(self.editor, LongText):
            if text != self.editor.text:
                self.editor.text = text
        elif self.editor is not None:
            self.editor.value = tidy(text)
        self._shown = self.text
        self.refresh()

    def offer(self, words: Sequence[str]) -> None:
        """Offer these words in the list from now on."""
        self.known = words
        if isinstance(self.editor, ChoiceInput):
            self.editor.offer(words)

    def hear(self) -> bool:
        """Note what was typed; whether that is anything new."""
        if self.editor is None or self.text == self._shown:
            return False
        self._shown = self.text
        self.remark = ("", False)
        self.complaint = ""
        self.entry.write(self.field.key, self.text)
        return True

    def say(self, text: str, wrong: bool = False) -> None:
        """Say this below the field; "" for nothing."""
        if (text, wrong) == self._said:
            return
        self._said = (text, wrong)
        remark = self._remark
        if remark is None:
            remark = self._remark_line()
            self.mount(remark)
        remark.update(Content(tidy(f"! {text}" if wrong else text)))
        remark.set_class(wrong, "-wrong")
        remark.set_class(bool(text), "-said")

    def say_state(self, missing: str = "") -> None:
        """Say what is wrong with the text, if anything, or how a day is understood.

        Args:
            missing: what is wrong with a field that is blank.
        """
        problem = self.entry.problem(self.field.key)
        wrong = str(problem) if problem is not None else missing or self.complaint
        if wrong:
            self.say(wrong, wrong=True)
        else:
            self.say_understood()

    def say_understood(self) -> None:
        """Say how a day is understood, or what the owner of the form knows.

        What that says is wrong comes first.
        """
        told = understood(self.field, self.entry.value(self.field.key), self.today)
        self.say(*((told, False) if told and not self.remark[1] else self.remark))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell that a line may have changed."""
        event.stop()
        self._owner.post_message(self.Changed(self))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell that a text may have changed."""
        event.stop()
        self._owner.post_message(self.Changed(self))

    def on_click(self) -> None:
        """Ask for the cursor."""
        if not self.is_masked:
            self.post_message(self.Clicked(self))
