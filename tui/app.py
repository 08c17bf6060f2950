"""The app around the screens: sections, looks, the member's box behind the first frame."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerFailed

from screens.base import BaseScreen, SectionScreen, breakpoints
from screens.company import Company
from screens.sections import OVERVIEWS, SECTIONS, SOURCE_CENTRES, load, page, section
from store import language
from store.background import Background
from store.errors import SessionOver, StoreError
from store.language import N_, _
from tui import memory
from tui.alt_keys import AltKeys
from tui.driver import STRANGE, ThinDriver
from tui.first_look import Look, remember, remembered
from tui.key_order import KeysInOrder
from tui.plain_output import PlainOutput
from tui.session_guard import LOST, SessionGuard
from tui.themes import DEFAULT, THEMES, TITLES
from widgets.keys import FullWidthKeys, name_of_key

if TYPE_CHECKING:
    from textual.driver import Driver

    from screens.outgoing import Records
    from store.database import Store
    from store.desk import Desk
    from store.records.team import OwnPlace
    from tui.session import Session

WATCH = 3.0
"""Seconds between two looks at whether another member changed something."""

BACKUP_DELAY = 2.0
GRADE_DELAY = 5.0
"""Seconds after the opening until the day's copy of the box is made, if there is none yet."""

AT_REST = 0.3
"""Seconds without another size after which a window is no longer pulled."""

WORDS_KEPT = 2.0
"""Seconds that the screens have for keeping words when the session ends."""

TOLD_FOR = 15.0
"""Seconds for which it is shown that the terminal has another encoding."""

LANGUAGE_TITLES = {"zh": "中文", "en": "English"}


class ShukeApp(AltKeys, KeysInOrder, FullWidthKeys):
    """The program on the screen.

    Args:
        session: the options, the configuration, the clock, and how the box is opened.
    """

    TITLE = "熟客"
    ENABLE_COMMAND_PALETTE = False  # ours is bound below, with Chinese and pinyin
    DEFAULT_MODE = SECTIONS[0].key
    CSS = """
    Toast {
        width: auto;
        max-width: 64;
        margin: 0;
        padding: 0 1;
        background: $surface;
        color: $foreground;
    }
    ToastRack { margin-bottom: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                each.digit,
                f"app.section('{each.key}')",
                each.title,
                show=False,
                id=f"section.{each.key}",
            )
            for each in SECTIONS
        ),
        *(
            Binding(
                f"alt+{each.digit}",
                f"app.section('{each.key}')",
                each.title,
                show=False,
                priority=True,  # from a text field and from a window on top, too
                id=f"section.{each.key}.anywhere",
            )
            for each in SECTIONS
        ),
        Binding("ctrl+p", "app.command_palette", N_("Commands"), id="commands"),
        Binding("ctrl+l", "app.redraw", N_("Paint the screen anew"), show=False, id="redraw"),
        Binding("q", "app.quit", N_("Quit"), id="quit"),
        Binding("ctrl+q", "app.quit", N_("Quit"), show=False, priority=True, id="quit.anywhere"),
        Binding("ctrl+c", "app.help_quit", "", show=False),
    ]

    def __init__(self, session: Session) -> None:
        self.session = session
        self._first_frame = threading.Event()
        visit = session.visit
        self.desk = Background(
            session.url,
            session.login,
            session.clock,
            self._open_store,
            place=visit.place if visit else "",
            way_in=visit.way_in(session.configuration.get("session.address")) if visit else "",
        )
        self.company = Company(self.desk)
        self.member_name = ""
        self.works_alone = False
        self.own_place: OwnPlace | None = None
        """The member's own place in the team, as it was when he came."""
        self.last_words = ""
        """What is said on the terminal when the session ends."""
        self._going: Worker[None] | None = None
        has_few_colours = os.environ.get("TEXTUAL_COLOR_SYSTEM") == "standard"
        usual = "ansi" if has_few_colours else DEFAULT
        kept_for = "16 colours" if has_few_colours else ""
        self._who = f"{session.url} {session.login or ''} {kept_for}".strip()
        look = remembered(self._who)
        if look.language and not session.options.lang:
            language.use(look.language)
        # The style sheet is made from the theme at once: taking another one later would make it
        # a second time, before the first frame.
        BUILTIN_THEMES.update({theme.name: theme for theme in THEMES})
        chosen = look.theme or session.configuration.get("theme")
        self.set_reactive(ShukeApp.theme, chosen if chosen in TITLES else usual)
        super().__init__()
        self.animation_level = "none"
        for each in SECTIONS:
            self.add_mode(each.key, partial(self._new_section, each.key))
        self._net = PlainOutput()
        self._told_of_encoding = -TOLD_FOR
        self._pulled: Timer | None = None

    def _open_store(self) -> Store:
        """Open the box once the first frame is there: importing the database would delay it."""
        self._first_frame.wait(5)
        return self.session.store

    def _new_section(self, key: str) -> Screen[Any]:
        each = section(key)
        screen = load(each.module, each.screen)(self.desk)
        screen.add_class(*breakpoints(self.size.width), update=False)
        return screen

    # The terminal

    def get_driver_class(self) -> type[Driver]:
        """The driver that writes only changes, whatever `TEXTUAL_DRIVER` says."""
        return ThinDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line passes the net that holds control characters back."""
        return [*super().get_line_filters(), self._net]

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key, in the language spoken now."""
        return binding.key_display or name_of_key(binding.key)

    def get_loading_widget(self) -> Widget:
        """A word instead of a moving picture, which would go over the line all the time."""
        return Static(_("Loading..."), markup=False)

    def notify(self, message: str, **options: Any) -> None:
        """Show a message for a while; it is never read as markup.

        What was said before goes, warnings and errors excepted: it is no news any more.
        """
        for told in [told for told in self._notifications if told.severity == "information"]:
            self._unnotify(told, refresh=False)
        super().notify(message, **{**options, "markup": False})

    async def on_event(self, event: Event) -> None:
        """Take nothing that a terminal of another encoding sends, and say what to do."""
        if isinstance(event, (Key, Paste)):
            typed = event.character if isinstance(event, Key) else event.text
            if STRANGE in (typed or ""):
                self._tell_of_encoding()
                return
        await super().on_event(event)

    def _tell_of_encoding(self) -> None:
        """Say it once for a while, not for each key."""
        now = time.monotonic()
        if now - self._told_of_encoding > TOLD_FOR:
            self._told_of_encoding = now
            said = _("Your terminal does not send UTF-8, so this was not typed: set it to UTF-8.")
            self.notify(said, severity="warning", timeout=TOLD_FOR)

    def action_redraw(self) -> None:
        """Paint the whole screen, when something else has written on the terminal."""
        if isinstance(self._driver, ThinDriver):
            self._driver.forget()
        self.screen.refresh()

    def on_resize(self) -> None:
        """Paint everything once more when the window has come to rest: what went to the terminal
        while it was pulled may have met another width.
        """
        if self._pulled is not None:
            self._pulled.stop()
        self._pulled = self.set_timer(AT_REST, self._come_to_rest)

    def _come_to_rest(self) -> None:
        with suppress(ScreenStackError):  # the program may be ending
            self.action_redraw()

    # Opening

    def on_mount(self) -> None:
        """Watch the terminal, and take up what the box says."""
        if not self.is_headless:
            SessionGuard(asyncio.get_running_loop(), self.request_end).install()
        self.take_up_settings()

    def on_ready(self) -> None:
        """Open the box as soon as the first frame is painted."""
        self.call_after_refresh(self._first_frame.set)
        if not self.is_headless:
            self.set_timer(memory.SETTLED, memory.settle)

    @work(exit_on_error=False, group="open")
    async def take_up_settings(self) -> None:
        """Open the box and take up the member's name, language, colours and keys."""
        try:
            name, self.own_place, settings = await self.desk.read(_member_and_settings)
        except StoreError as error:
            self.last_words = str(error)
            self.exit(return_code=error.exit_status, message=self.last_words)
            return
        self.member_name = name
        self.works_alone = self.own_place.alone
        if not self.session.options.lang:
            self.use_language(str(settings.get("language", language.current())))
        self.use_theme(str(settings.get("theme", self.theme)))
        keymap = settings.get("keymap")
        if isinstance(keymap, dict):
            self.use_keymap(keymap)
        if isinstance(self.screen_stack[0], SectionScreen):
            self.screen_stack[0].show_member()
            self.screen_stack[0].refresh_bindings()
        self.set_interval(WATCH, self._look_for_changes)
        self.set_timer(GRADE_DELAY, self.work_out_grades)
        if not self.session.options.demo:
            self.set_timer(BACKUP_DELAY, self.back_up)

    @work(exit_on_error=False, group="grades")
    async def work_out_grades(self) -> None:
        """Work the value grades out once a day, whoever comes in first; nobody waits for it."""
        with suppress(StoreError):
            await self.desk.write(lambda desk: desk.grades.compute_daily())

    @work(thread=True, exit_on_error=False, group="backup")
    def back_up(self) -> None:
        """Make the day's first copy of the box, in a thread of its own: nobody waits for it."""
        from store.backups import daily_backup

        try:
            daily_backup(self.session.store, self.member_name)
        except StoreError as error:
            said = _("The box could not be backed up: {reason}").format(reason=error)
            self.call_from_thread(self.notify, said, severity="warning", timeout=20)

    def _look_for_changes(self) -> None:
        self.run_worker(self._tell_changes(), group="changes", exclusive=True, exit_on_error=False)

    async def _tell_changes(self) -> None:
        """Tell the screens which cards other members changed."""
        try:
            cards = await self.desk.changes()
        except SessionOver as over:
            self.last_words = str(over)
            self.request_end(over.exit_status)
            return
        except StoreError:
            return
        if cards is not None:
            for screen in self._in_sight():
                screen.cards_changed(cards)
        await self.company.look(self.screen_stack)

    def _in_sight(self) -> list[BaseScreen[Any]]:
        """The screen on top, and where windows lie on it those and what is seen behind them."""
        found = []
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen):
                found.append(screen)
            if not screen.is_modal:
                break
        return found

    def attend(self) -> None:
        """Tell the others at once which card is open now."""
        if self.member_name:
            self.run_worker(
                partial(self.company.look, self.screen_stack),
                group="attend",
                exclusive=True,
                exit_on_error=False,
            )

    # What screens ask for

    def go_to(self, section: str, wish: str = "") -> None:
        """Show a section; pages on top of it go, unless they hold unsaved words.

        Where something is wished of the section they go too: what is typed next is meant for it.
        Their words are kept and offered again.
        """
        self._going = self.run_worker(self._go_to(section, wish), group="go", exclusive=True)

    async def _go_to(self, section: str, wish: str) -> None:
        is_elsewhere = section != self.current_mode
        if is_elsewhere:
            await self.switch_mode(section)
        has_kept = False
        while (wish or not is_elsewhere) and len(self.screen_stack) > 1:
            is_unsaved = _unsaved(self.screen)
            if is_unsaved and not wish:
                break
            if isinstance(self.screen, BaseScreen) and not await self.screen.keep_words():
                break
            has_kept = has_kept or is_unsaved
            await self.pop_screen()
        if has_kept:
            self.notify(_("The words that were not saved wait under Today"))
        base = self.screen_stack[0]
        if wish and isinstance(base, SectionScreen) and base is self.screen:
            arrived = asyncio.Event()
            # After what the screen does on coming: a new one puts the focus where it begins.
            self.call_later(base.arrive, wish)
            self.call_later(arrived.set)
            await arrived.wait()

    @property
    def arriving(self) -> bool:
        """Whether keys wait, because a screen or section is on its way."""
        return super().arriving or not (self._going is None or self._going.is_finished)

    def open_card(self, card_id: int) -> None:
        """Open a card at its briefing, on top of what is shown."""
        self.push_screen(page("briefing")(self.desk, card_id))  # type: ignore[call-arg]

    def note(self, error: BaseException) -> None:
        """Write an unexpected error to the log, and say so in one sentence; the program goes on."""
        from tui.error_log import explained

        self.notify(explained(error, over_ssh=self.session.visit is not None), severity="error")

    def use_language(self, name: str) -> None:
        """Speak another language from now on."""
        if name == language.current():
            return
        language.use(name)
        self._remember_look()
        for screen in self._screens():
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                screen.relabel()
            for widget in screen.walk_children(Widget, with_self=True):
                widget.refresh(layout=True)
            screen.refresh_bindings()

    def use_theme(self, name: str) -> None:
        """Show other colours from now on; a name that is unknown leaves the present ones."""
        if name in TITLES and name != self.theme:
            self.theme = name
            self._remember_look()

    def use_keymap(self, keymap: dict[str, str]) -> None:
        """Have other keys from now on: keys by the ids of their bindings."""
        self.set_keymap({name: key for name, key in keymap.items() if isinstance(key, str)})

    def _remember_look(self) -> None:
        if self.is_running and not self.is_headless:
            remember(self._who, Look(language.current(), self.theme))

    def _screens(self) -> list[Screen[Any]]:
        return [screen for stack in self._screen_stacks.values() for screen in stack]

    # Commands

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """What can be done from anywhere, for the command palette."""
        for each in SECTIONS:
            yield SystemCommand(_(each.title), each.digit, partial(self.go_to, each.key))
        yield from self._team_commands()
        yield SystemCommand(_("Walk the pile of forgotten cards"), "", self.open_pile)
        for name, title in OVERVIEWS.items():
            yield SystemCommand(_(title), "", partial(self.open_overview, name))
        yield SystemCommand(_("Risk list"), "", partial(self.go_to, "cards", "risk"))
        yield SystemCommand(_("Import cards from a file"), "", self.open_import)
        yield SystemCommand(_("Export to a file"), "", partial(self.open_export, screen))
        yield SystemCommand(_("Find cards that look alike"), "", self.open_duplicates)
        yield SystemCommand(_("Settings"), "", self.open_settings)
        for name, title in TITLES.items():
            if name != self.theme:
                shown = _("Colours: {name}").format(name=_(title))
                yield SystemCommand(shown, "", partial(self.choose, "theme", name))
        for name in language.LANGUAGES:
            if name != language.current():
                shown = _("Language: {name}").format(name=LANGUAGE_TITLES[name])
                yield SystemCommand(shown, "", partial(self.choose, "language", name))

    def _team_commands(self) -> Iterable[SystemCommand]:
        """The tabs of the team's section that the member has."""
        from screens.team_tabs import command_of, tabs_of

        for each in tabs_of(self.own_place) if self.own_place is not None else ():
            yield SystemCommand(command_of(each), "", partial(self.go_to, "team", each.key))

    def open_pile(self) -> None:
        """Take up forgotten cards one by one."""
        self.push_screen(page("pile")(self.desk))

    def open_overview(self, name: str) -> None:
        """Open a page about all customers, or the list of those who bring some."""
        if name == SOURCE_CENTRES:
            self.go_to("cards", name)
        else:
            self.push_screen(page(name)(self.desk))

    def open_import(self) -> None:
        """Take cards from a file."""
        self.push_screen(page("import")(self.desk))

    def open_export(self, below: Screen[Any]) -> None:
        """Write a file; the cards of the list that is shown can go out alone."""
        shown = getattr(below, "wanted", None)
        self.push_screen(page("export")(self.desk, shown))  # type: ignore[call-arg]

    def open_print(self, pages: Records) -> None:
        """Write a page of a card into a file."""
        self.push_screen(page("export")(self.desk, pages))  # type: ignore[call-arg]

    def open_duplicates(self) -> None:
        """Look through the box for cards of one customer."""
        self.push_screen(page("duplicates")(self.desk))

    def open_settings(self) -> None:
        """Open the settings on top of what is shown."""
        self.push_screen(page("settings")(self.desk))

    @work(exit_on_error=False, group="choose")
    async def choose(self, key: str, name: str) -> None:
        """Take up another language or other colours, and keep that for the next time."""
        if key == "theme":
            self.use_theme(name)
        else:
            self.use_language(name)
        try:
            await self.desk.write(lambda desk: desk.settings.set(key, name))
        except StoreError as error:
            self.notify(str(error), severity="error")

    def action_section(self, key: str) -> None:
        """Go to a section."""
        self.go_to(key)

    def action_command_palette(self) -> None:
        """Offer commands and cards."""
        below = self.screen
        if isinstance(below, BaseScreen) and not below.is_modal:
            self.push_screen(page("palette")(self.desk, below))  # type: ignore[call-arg]

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever presses Ctrl+C."""
        self.notify(_("Ctrl+Q leaves the program"))

    async def action_quit(self) -> None:
        """Leave the program, after asking where words would be lost."""
        if not any(_unsaved(screen) for screen in self._screens()):
            self.exit(return_code=0)
            return
        from screens.confirm import Confirm

        question = _("Some words are not saved yet. They are offered again next time. Leave?")

        def leave(sure: bool | None) -> None:
            if sure:
                self.request_end(0)

        self.push_screen(Confirm(self.desk, question), leave)

    # The end

    def request_end(self, return_code: int = LOST) -> None:
        """Keep what is typed and not saved, and end: the terminal is gone, or the member leaves."""
        self.run_worker(self._end(return_code), group="end", exclusive=True)

    async def _end(self, return_code: int) -> None:
        keeping = [s.keep_words() for s in self._screens() if isinstance(s, BaseScreen)]
        if keeping:
            tasks = [asyncio.ensure_future(each) for each in keeping]
            await asyncio.wait(tasks, timeout=WORDS_KEPT)
        self.exit(return_code=return_code, message=self.last_words or None)

    async def on_unmount(self) -> None:
        """Close the box; what is being written is finished."""
        self._first_frame.set()
        with suppress(StoreError):
            await self.company.leave()
        await asyncio.to_thread(self.desk.close)

    def _handle_exception(self, error: Exception) -> None:
        """End after an unexpected error: one sentence here, the traceback in the log."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._end_broken(error)

    def panic(self, *renderables: Any) -> None:
        """End after an error in the input thread, of which Textual gives a picture only."""
        self._end_broken(RuntimeError("the input thread ended"))

    def _end_broken(self, error: BaseException) -> None:
        from tui.error_log import explained

        if isinstance(error, WorkerFailed):
            error = error.error
        if not self._exit:
            self.exit(
                return_code=StoreError.exit_status,
                message=explained(error, over_ssh=self.session.visit is not None),
            )


def _member_and_settings(desk: Desk) -> tuple[str, OwnPlace, dict[str, Any]]:
    return desk.member.name, desk.team.own_place(), desk.settings.all()


def _unsaved(screen: Screen[Any]) -> bool:
    return isinstance(screen, BaseScreen) and screen.unsaved
