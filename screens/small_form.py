"""A small window with a few lines to fill in, one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.base import Dialog, Result
from screens.key_hints import told_keys
from store.errors import BadValue, StoreError
from store.language import N_, _
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the window."""

    key: str
    """Also the field of a `BadValue` that is about it."""
    title: str
    """A message id."""
    hint: str = ""
    """What is shown while it is empty; a message id."""
    value: str = ""


class SmallForm(Dialog[Result]):
    """Enter goes to the next line and saves from the last; Ctrl+S saves, Esc gives it up."""

    DEFAULT_CSS = """
    SmallForm {
        & > .dialog { width: 66; max-width: 96%; padding: 0 1; }
        & .title { text-style: bold; margin-bottom: 1; }
        & .line { height: 1; }
        & .label { width: 14; color: $text-muted; }
        & LineInput { width: 1fr; }
        & #wrong { height: auto; max-height: 2; color: $text-error; }
        & #keys { color: $text-muted; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), id="small.save"),
        Binding("tab,down", "app.focus_next", N_("Next field"), show=False),
        Binding("shift+tab,up", "app.focus_previous", N_("Field before"), show=False),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.saving = False

    def heading(self) -> str:
        """What the window is for, in the language spoken now."""
        raise NotImplementedError

    def lines(self) -> Iterable[Line]:
        """The lines to fill in."""
        raise NotImplementedError

    def further(self) -> Iterable[Widget]:
        """What stands above the lines."""
        return ()

    def write(self, desk: Desk, values: Mapping[str, str]) -> Result:
        """Do what the window is for; in the writing thread."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The heading, the lines, and what is wrong with them."""
        with Vertical(classes="dialog"):
            yield Static(self.heading(), classes="title", markup=False)
            yield from self.further()
            for line in self.lines():
                with Horizontal(classes="line"):
                    yield Static(Content(_(line.title)), classes="label")
                    hint = _(line.hint) if line.hint else ""
                    yield LineInput(line.value, placeholder=hint, id=line.key)
            yield Static(id="wrong")
            yield Static(told_keys(self.key_hints()), id="keys")

    def key_hints(self) -> Iterable[tuple[str, str]]:
        """The keys that are told below the lines, each with what it does."""
        if len(list(self.lines())) > 1:
            yield "enter", _("Next field")
        yield "ctrl+s", _("Save")
        yield "escape", _("Back")

    def reload(self) -> None:
        """Keep what is typed."""

    @property
    def unsaved(self) -> bool:
        """Whether something was typed."""
        return any(field.value for field in self.query(LineInput))

    @on(Input.Submitted)
    def next_line(self, event: Input.Submitted) -> None:
        """Go on to the next line; from the last one save."""
        fields = list(self.query(LineInput))
        place = fields.index(event.input)  # type: ignore[arg-type]
        if place + 1 < len(fields):
            self.set_focus(fields[place + 1])
        else:
            self.action_save()

    def action_save(self) -> None:
        """Save what stands in the lines."""
        if not self.saving:
            self.saving = True
            self.save({field.id or "": field.value.strip() for field in self.query(LineInput)})

    @work(exit_on_error=False, group="entry.save")
    async def save(self, values: dict[str, str]) -> None:
        """Save; what is wrong is said below the lines, which stay as they are."""
        try:
            result = await self.desk.write(lambda desk: self.write(desk, values))
        except StoreError as error:
            self.saving = False
            self.say_wrong(error)
            return
        self.dismiss(result)

    def say_wrong(self, error: StoreError) -> None:
        """Say what is wrong, and go to the line that it is about."""
        self.query_one("#wrong", Static).update(Content(str(error)))
        if isinstance(error, BadValue) and error.field in {line.key for line in self.lines()}:
            self.set_focus(self.query_one(f"#{error.field}", LineInput))
