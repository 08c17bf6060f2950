"""What all screens share: the desk, keys and their translated texts, the frame around the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from screens.sections import SECTIONS
from store import labels
from store.errors import StoreError
from store.language import N_, _, listed
from widgets.key_footer import KeyFooter
from widgets.section_bar import SectionBar, SectionTitle
from widgets.sparing_compositor import SparingCompositor
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from screens.shell import Shell
    from store.background import Background
    from store.desk import Desk
    from store.records.presence import Present
    from store.records.trail import Undone

Result = TypeVar("Result")

OPTIONAL = ("new", "edit", "log", "todo", "remark")
"""Actions that every screen has a key for, and only those do something who define them."""


LEADING = frozenset(
    {
        *("do", "edit", "open", "undo", "list.open"),
        *("entry.back", "entry.full", "entry.save"),
        *("form.leave", "form.open", "form.save"),
    }
)
"""Groups of workers that lead to another screen, or make of this one what the next keys mean."""

WIDTHS = [(0, "-narrow"), (100, "-wide")]
"""The classes that screens have from so many columns on."""


def breakpoints(width: int) -> list[str]:
    """The class that a screen has at a width.

    A screen that has it from the start is not styled a second time when it is first measured.
    """
    return [name for least, name in WIDTHS if width >= least][-1:]


class BaseScreen(Screen[Result]):
    """A screen with a desk.

    Texts of bindings are message ids, Textual's own included; they are translated where they are
    shown, so that the language can change at any time.
    """

    HELP: ClassVar[str] = ""
    """What the help page says about this screen before its keys; a message id."""
    FIRST_KEYS: ClassVar[tuple[str, ...]] = ()
    """Actions whose keys the footer shows before all others, in this order."""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("n", "new", N_("New"), id="new"),
        Binding("e", "edit", N_("Edit"), id="edit"),
        Binding("l", "log", N_("Log"), id="log"),
        Binding("t", "todo", N_("To-do"), id="todo"),
        Binding("b", "briefing", N_("Briefing"), id="briefing"),
        Binding("at", "remark", N_("Tell a colleague"), id="remark"),
        Binding("u", "undo", N_("Undo"), id="undo"),
        Binding("U,ctrl+y", "redo", N_("Redo"), show=False, id="redo"),
        Binding("question_mark,f1", "help", N_("Help"), id="help"),
        Binding("escape", "back", N_("Back"), show=False, id="back"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self.desk = desk
        """The member's desk, off the event loop."""

    @property
    def shell(self) -> Shell:
        """The app."""
        return cast("Shell", self.app)

    @property
    def unsaved(self) -> bool:
        """Whether words would be lost if the screen went away now."""
        return False

    @property
    def is_arriving(self) -> bool:
        """Whether keys should wait, since what they are meant for is not there yet."""
        return any(
            worker.group in LEADING and worker.node is self and not worker.is_finished
            for worker in self.workers
        )

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, with their texts in the language spoken now."""
        found = {
            key: active._replace(
                binding=replace(active.binding, description=_(active.binding.description)),
                tooltip=_(active.tooltip),
            )
            for key, active in super().active_bindings.items()
        }
        first = self.first_keys()
        if not first:
            return found
        places = {action: place for place, action in enumerate(first)}
        return dict(
            sorted(found.items(), key=lambda each: places.get(each[1].binding.action, len(places)))
        )

    def first_keys(self) -> tuple[str, ...]:
        """Actions whose keys come first now: `FIRST_KEYS`, unless that changes with the view."""
        return self.FIRST_KEYS

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the keys of what this screen cannot do."""
        if action == "remark" and getattr(self.app, "works_alone", False):
            return False
        if action in OPTIONAL:
            return hasattr(self, f"action_{action}")
        if action == "briefing":
            return type(self).card_id is not BaseScreen.card_id
        return super().check_action(action, parameters)

    @property
    def card_id(self) -> int | None:
        """The id of the card that the row under the cursor is about."""
        return None

    @property
    def attended(self) -> tuple[int, bool] | None:
        """The card that is open here, and whether it is being changed; None on other screens."""
        return None

    def show_company(self, company: Sequence[Present]) -> None:
        """Show who else has the card open that is open here."""

    def card_or_say(self) -> int | None:
        """The card that the row under the cursor is about; where there is none, that is said."""
        if self.card_id is None:
            self.tell(_("There is no card here: / looks for one"))
        return self.card_id

    @property
    def card_ids(self) -> list[int]:
        """The ids of the cards to act on: those of the marked rows, or `card_id`."""
        return [] if self.card_id is None else [self.card_id]

    def reload(self) -> object:
        """Read anew what is shown.

        Called after the first frame, and whenever the screen comes back from behind another.
        """

    def relabel(self) -> None:
        """Write the texts that are not written at every painting, in the language spoken now.

        Called once the screen is mounted, and when another language is spoken.
        """

    def cards_changed(self, cards: frozenset[int]) -> None:
        """These cards (ids) were changed, by another member or on another screen."""
        self.reload()

    async def keep_words(self) -> bool:
        """Keep what is typed and not saved, because the screen goes away now.

        Returns:
            Whether nothing would be lost.
        """
        return True

    def _on_mount(self, event: events.Mount) -> None:
        self.relabel()

    def on_screen_resume(self) -> None:
        """Show what holds now, and tell the others which card is open."""
        self.call_after_refresh(self.reload)
        if hasattr(self.app, "attend"):
            self.shell.attend()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in a worker, which would else end without a word."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        if isinstance(error, StoreError):
            self.report(error)
        elif hasattr(self.app, "note"):
            self.shell.note(error)
        else:
            raise error

    def forget_marks(self) -> None:
        """Take the marks away, where rows can be marked: what they were set for is done."""

    def report(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.notify(str(error), severity="error", markup=False)

    def tell(self, message: str) -> None:
        """Say what was done; a text in the language spoken now."""
        self.notify(message, markup=False)

    def leave_field(self) -> bool:
        """Take the cursor out of a text field; returns whether it was in one."""
        focused = self.focused
        if focused is None or not _takes_text(focused):
            return False
        self.set_focus(next((w for w in self.focus_chain if not _takes_text(w)), None))
        return True

    def action_search(self) -> None:
        """Look for a card."""
        self.shell.go_to("cards", "search")

    def action_briefing(self) -> None:
        """Open the briefing of the card that the row is about."""
        if (card := self.card_or_say()) is not None:
            self.open_card(card)

    def open_card(self, card_id: int) -> None:
        """Open a card at its briefing, on top of this screen."""
        self.shell.open_card(card_id)

    def action_undo(self) -> None:
        """Take back the member's last change."""
        self.go_back(N_("Undone: {what}; U does it again"), lambda desk: desk.trail.undo())

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.go_back(N_("Redone: {what}"), lambda desk: desk.trail.redo())

    @work(exclusive=True, group="undo", exit_on_error=False)
    async def go_back(self, told: str, use_case: Callable[[Desk], Undone]) -> None:
        """Undo or redo, and say what it was.

        Args:
            told: what is said; a message id with the place `{what}`.
            use_case: what is done, in the writing thread.
        """
        try:
            undone = await self.desk.write(use_case)
        except StoreError as error:
            self.report(error)
            return
        self.tell(_(told).format(what=labels.undone(_(undone.summary), undone.about)))
        if undone.left:
            fields = listed(undone.left)
            self.tell(_("Changed since, and left: {fields}").format(fields=fields))
        self.reload()

    def action_help(self) -> None:
        """Show what this screen is for, and all its keys."""
        from screens.help import Help

        self.app.push_screen(Help(self.desk, self))

    def action_back(self) -> None:
        """Leave a text field."""
        self.leave_field()


class SectionScreen(BaseScreen[None]):
    """A section: the row of sections on top, the keys at the bottom, the body between them."""

    SECTION: ClassVar[str] = ""
    """Its key in `screens.sections.SECTIONS`."""

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        titles = [SectionTitle(each.key, each.digit, each.title) for each in SECTIONS]
        yield SectionBar(titles, self.SECTION, getattr(self.app, "member_name", ""))
        yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between the row of sections and the keys."""
        return ()

    def arrive(self, wish: str) -> None:
        """Do what another screen wishes on coming here, such as `search`."""

    def show_member(self) -> None:
        """Show who works here, once that is known."""
        self.query_one(SectionBar).member = getattr(self.app, "member_name", "")

    def on_screen_resume(self) -> None:
        """Show who works here, and what holds now."""
        self.show_member()
        super().on_screen_resume()

    def on_section_bar_chosen(self, message: SectionBar.Chosen) -> None:
        """Go to the section that was clicked."""
        self.shell.go_to(message.section)


class PageScreen(BaseScreen[Result]):
    """A page on top of a section: a title, the body, the keys. Esc leads back."""

    DEFAULT_CSS = """
    PageScreen > #page-title {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $text-accent;
        text-style: bold;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """
    TITLE_TEXT: ClassVar[str] = ""
    """The title; a message id."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "back", N_("Back"), id="page.back"),
    ]
    title_shown = ""
    """The title, in the language in which it was set."""
    beside_title = ""
    """What stands at the right end of the title: who else is here, and what others changed."""

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        yield SteadyText(_(self.TITLE_TEXT), id="page-title", markup=False)
        yield from self.compose_body()
        yield KeyFooter()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between the title and the keys."""
        return ()

    def set_title(self, title: str) -> None:
        """Show another title, a text in the language spoken now."""
        self.title_shown = title
        self._show_title()

    def say_beside_title(self, said: str) -> None:
        """Show something at the right end of the title, where it moves nothing; "" for nothing."""
        if said != self.beside_title:
            self.beside_title = said
            self._show_title()

    def show_company(self, company: Sequence[Present]) -> None:
        """Say at the end of the title who else has this card open."""
        from screens.company import in_words

        self.say_beside_title(in_words(company))

    def _show_title(self) -> None:
        line = self.query_one("#page-title", Static)
        if not self.beside_title:
            line.update(self.title_shown or _(self.TITLE_TEXT))
            return
        width = line.content_size.width
        said = Content(self.beside_title).truncate(width, ellipsis=True)
        room = max(0, width - said.cell_length - 2)
        title = Content(self.title_shown).truncate(room, ellipsis=True, pad=True)
        line.update(title + "  " + said.stylize("$text-warning"))

    def on_resize(self) -> None:
        """Write the title for the room it has."""
        if self.beside_title:
            self.call_after_refresh(self._show_title)

    def action_back(self) -> None:
        """Leave a text field, then the page."""
        if not self.leave_field():
            self.dismiss()


class Dialog(BaseScreen[Result], ModalScreen[Result]):
    """A small screen on top of another, which stays in sight. Esc closes it with None."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: transparent;
        &:ansi { background: transparent; }
        & > .dialog {
            width: 60;
            max-width: 90%;
            height: auto;
            max-height: 90%;
            padding: 1 2;
            background: $surface;
            border: solid $border;
        }
    }
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dialog has its own keys only, and the one that closes it."""
        if action in {*OPTIONAL, "search", "briefing", "undo", "redo", "help"}:
            return False
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Close the dialog without an answer."""
        self.dismiss(None)


def _takes_text(widget: Widget) -> bool:
    return widget.check_consume_key("a", "a")
