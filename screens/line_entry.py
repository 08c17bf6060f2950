"""One line says it: a field, and below it what was understood of it so far."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from screens.base import Dialog
from screens.key_hints import told_keys
from store import labels
from store.errors import StoreError
from store.language import N_, _
from widgets.steady_text import SteadyText
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from screens.form_screen import FormScreen
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

Result = TypeVar("Result")

PAUSE = 0.08
"""Seconds without a key after which the line is read."""

KEEP_PAUSE = 0.4
"""Seconds within which typed words are kept in the side file, also while the typing goes on."""


class LineEntry(Dialog[Result]):
    """Asks for a line; subclasses read it, show what they understood, and save it.

    The words are kept while they are typed: Esc, or a lost connection, loses none of them, and
    the same entry brings them back.
    """

    DEFAULT_CSS = """
    LineEntry {
        align: center bottom;
        & > .dialog { width: 100%; max-width: 100%; padding: 0 1; border: solid $primary; }
        & #about {
            width: 1fr;
            height: 1;
            text-style: bold;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & LineInput { background: $boost; }
        & #understood { width: 1fr; min-height: 2; color: $text-muted; }
        & #keys { width: 1fr; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save"), id="entry.save"),
        Binding("ctrl+f,f2", "full", N_("Full form"), id="entry.full"),
    ]
    HINT: ClassVar[str] = ""
    """How such a line is written; a message id."""
    DRAFT: ClassVar[str] = ""
    """The beginning of the key under which the words are kept."""
    FORM_DRAFT: ClassVar[str] = ""
    """The beginning of the key under which words of the full form are kept."""

    def __init__(self, desk: Background, card_id: int | None = None, text: str = "") -> None:
        super().__init__(desk)
        self.card = card_id
        self.row: CardRow | None = None
        self.text = text
        self.saving = False
        self.is_taken_up = False
        """Whether the line opened with words that were not saved before."""
        self._full: FormScreen[Result] | None = None
        self._keeping: Timer | None = None

    @property
    def draft_key(self) -> str:
        """Under which the words are kept."""
        return f"{self.DRAFT}:{self.row.number}" if self.row else self.DRAFT

    @property
    def unsaved(self) -> bool:
        """Words are kept as they are typed, so that none would be lost."""
        return False

    def compose(self) -> ComposeResult:
        """What it is about, the line, what was understood."""
        with Vertical(classes="dialog"):
            yield SteadyText(id="about", markup=False)
            yield LineInput(self.text, id="line")
            yield SteadyText(id="understood")
            yield Static(id="keys")

    def on_mount(self) -> None:
        """Bring back words that were not saved."""
        self.set_focus(self.query_one("#line", LineInput))
        self.begin()

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the cursor."""
        if event.is_printable and event.character:
            for line in self.query(LineInput):
                line.insert_text_at_cursor(event.character)
                event.stop()

    @work(exit_on_error=False, group="entry.begin")
    async def begin(self) -> None:
        """Find out about the card and about words that wait."""
        card = self.card
        try:
            if card is not None:
                self.row = await self.desk.read(lambda desk: desk.cards.row(card))
            form_key = f"{self.FORM_DRAFT}:{self.row.number if self.row else ''}"
            draft, of_form = await self.desk.read(
                lambda desk: (desk.drafts.get(self.draft_key), desk.drafts.get(form_key))
            )
        except StoreError as error:
            self.report(error)
            return
        self.show_about()
        line = self.query_one("#line", LineInput)
        if draft is not None and not line.value:
            line.value = str(draft.content.get("line", ""))
            line.cursor_position = len(line.value)
            self.is_taken_up = True
            self.show_about()
        elif not line.value and of_form is not None:
            self.show([_("Unsaved words wait in the full form: Ctrl+F takes them up")])
        elif not line.value:
            self.show([])

    def show_about(self) -> None:
        """Say what the line is about."""
        waited = _("not saved last time") if self.is_taken_up else ""
        self.query_one("#about", Static).update(Content(labels.aside(self.about(), waited)))

    def relabel(self) -> None:
        """Say what the line is about, and its keys, in the language spoken now."""
        self.show_about()
        self.query_one("#keys", Static).update(self._keys())

    def _keys(self) -> Content:
        """The keys that a line is saved, opened in full and left with."""
        return told_keys(self.key_hints())

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """The keys that are told below the line, each with what it does."""
        full = [key for key, each in self.active_bindings.items() if each.binding.action == "full"]
        return (
            ("enter", _("Save")),
            (full[-1] if full else "f2", _("Full form")),
            ("escape", _("Leave; the words stay")),
        )

    def about(self) -> str:
        """What the line is about, in the language spoken now."""
        return ""

    def hint(self) -> str:
        """How such a line is written, in the language spoken now."""
        return _(self.HINT)

    def show(self, understood: Sequence[str]) -> None:
        """Show what was understood, or how to write where nothing was."""
        text = "   ".join(understood) if understood else self.hint()
        self.query_one("#understood", Static).update(Content(text))

    @on(Input.Changed, "#line")
    def typed(self, event: Input.Changed) -> None:
        """Read the line once the typing pauses, and keep its words."""
        if not self.saving:
            self.understand(event.value)
            if self._keeping is None:
                self._keeping = self.set_timer(KEEP_PAUSE, self._keep)

    @work(exclusive=True, exit_on_error=False, group="entry.read")
    async def understand(self, text: str) -> None:
        """Show what a line says."""
        await asyncio.sleep(PAUSE)
        try:
            understood = await self.desk.read(lambda desk: self.read_line(desk, text))
        except StoreError as error:
            self.report(error)
            return
        self.show(understood if text.strip() else [])

    def _keep(self) -> None:
        """Keep the words in the side file, while the typing may go on."""
        self._keeping = None
        if not self.saving:
            self.run_worker(self.keep_words(), group="entry.keep", exit_on_error=False)

    async def keep_now(self, text: str) -> bool:
        """Keep the words at once, an empty line not; False where that failed."""
        key = self.draft_key
        try:
            if text.strip():
                await self.desk.write(lambda desk: desk.drafts.keep(key, {"line": text}))
            else:
                await self.desk.write(lambda desk: desk.drafts.drop(key))
        except StoreError as error:
            self.report(error)
            return False
        return True

    async def keep_words(self) -> bool:
        """Keep what is typed, unless the full form has taken it over."""
        if self._full is not None and (self._full.unsaved or self._full.is_left_for_later):
            return True
        return await self.keep_now(self.query_one("#line", LineInput).value)

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """What is understood of a line, as short sentences; in the reading thread."""
        raise NotImplementedError

    def write_line(self, desk: Desk, text: str) -> Result:
        """Save a line; in the writing thread."""
        raise NotImplementedError

    def told(self, result: Result) -> str:
        """What is said when the line was saved."""
        raise NotImplementedError

    async def after_saving(self, result: Result) -> None:
        """Ask what follows from it, before the line closes."""

    @on(Input.Submitted, "#line")
    def action_save(self) -> None:
        """Save the line."""
        text = self.query_one("#line", LineInput).value
        if not text.strip():
            self.dismiss(None)
        elif not self.saving:
            self.saving = True
            self.workers.cancel_group(self, "entry.keep")
            self.save(text)

    @work(exit_on_error=False, group="entry.save")
    async def save(self, text: str) -> None:
        """Save the line; when that fails its words stay where they are."""
        key = self.draft_key

        def write(desk: Desk) -> Result:
            desk.drafts.keep(key, {"line": text})
            with desk.drafts.saved([key]):
                return self.write_line(desk, text)

        try:
            result = await self.desk.write(write)
        except StoreError as error:
            self.saving = False
            self.report(error)
            return
        self.tell(self.told(result))
        await self.after_saving(result)
        self.dismiss(result)

    def action_full(self) -> None:
        """Open the full form with what the line says so far."""

    def open_full(self, form: FormScreen[Result]) -> None:
        """Open the full form, and leave with it if it saved the line's words or took them over."""

        def leave(result: Result | None) -> None:
            if result is not None or form.is_left_for_later:
                self.dismiss(result)
            else:
                self._full = None
                self._keep()

        if self._keeping is not None:
            # At once: later, the words may have been saved by the form, or wait in it.
            self._keeping.stop()
            self._keeping = None
            text = self.query_one("#line", LineInput).value
            self.run_worker(self.keep_now(text), group="entry.keep", exit_on_error=False)
        self._full = form
        self.app.push_screen(form, leave)

    @work(exit_on_error=False, group="entry.back")
    async def action_back(self) -> None:
        """Leave; the words wait for the next time. The line stays where they cannot be kept."""
        text = self.query_one("#line", LineInput).value
        self.workers.cancel_group(self, "entry.keep")
        if not await self.keep_now(text) and text.strip():
            return
        if text.strip():
            self.tell(_("The words are kept: the same key brings them back"))
        self.dismiss(None)
