"""Cards from a file: find it, look at what would become of it, enter it; u takes it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from screens.base import PageScreen
from screens.choose import Choose
from screens.file_list import COLUMNS as FILE_COLUMNS
from screens.file_list import completed, entries, entry_row, meant, shown, start_folder
from screens.import_rows import COLUMNS, POLICY_TITLES, VIEWS, card_row, column_rows, error_row
from screens.pick import Pick
from screens.progress_line import ProgressLine
from store.errors import Stopped, StoreError
from store.language import N_, _, listed
from store.records.exchange import POLICIES
from widgets.path_input import PathInput
from widgets.row_list import RowList
from widgets.row_pages import PAGE

if TYPE_CHECKING:
    from screens.file_list import Entry
    from store.background import Background
    from store.records.exchange import ImportPlan, ImportResult, Policy

FILES = "files"
"""What the list shows as long as no file is chosen."""

TYPING_PAUSE = 0.06
"""Seconds without a key after which the folder is looked at."""


class ImportCards(PageScreen[None]):
    """A file, its columns and cards, and what becomes of customers who are known already."""

    TITLE_TEXT = N_("Import")
    HELP = N_(
        "Choose a file: an address book that a phone, Outlook, Excel or this program wrote. "
        "Nothing is entered before i. Enter on a column says where it goes; d says what becomes "
        "of customers who are known already. Esc stops an import that is running. Afterwards u "
        "takes the whole import back."
    )
    CHOOSING: ClassVar[str] = N_("CSV, Excel (.xlsx), vCard or JSON. Tab completes the path.")
    """What is said as long as no file is chosen; a message id."""
    DEFAULT_CSS = """
    ImportCards {
        #path-line { height: 1; }
        #path-label { width: auto; padding: 0 1; color: $text-muted; }
        #path { width: 1fr; }
        #summary { height: auto; max-height: 4; padding: 0 1; border-bottom: solid $panel; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i,ctrl+s", "enter_cards", N_("Import"), id="import.run"),
        Binding("d", "choose_policy", N_("Known customers"), id="import.known"),
        Binding("v", "next_view", N_("View"), id="import.view"),
        Binding("f", "choose_file", N_("Another file"), id="import.file"),
    ]

    def __init__(self, desk: Background, path: Path | None = None) -> None:
        """Make the screen.

        Args:
            desk: as of every screen.
            path: a file to read at once.
        """
        super().__init__(desk)
        self.path = path
        self.plan: ImportPlan | None = None
        self.result: ImportResult | None = None
        self.view = FILES
        self.mapping: dict[str, str] = {}
        """What the columns were said to hold, by `#` and their place from 1."""
        self.policy: Policy = "skip"
        self.busy = False
        """Whether a file is being read or entered."""
        self._stopping = Event()
        """Set to stop what is being read or entered."""
        self._is_going_back = False
        self._fitting: list[Entry] = []

    def compose_body(self) -> ComposeResult:
        """Where files are, what is known of the chosen one, and the list."""
        yield from self.compose_place()
        yield Static(id="summary", markup=False)
        yield ProgressLine()
        empty = N_("No file here that can be read")
        yield RowList(FILE_COLUMNS, empty=empty, marking=False, id="list")

    def compose_place(self) -> ComposeResult:
        """The line in which a path is typed."""
        with Horizontal(id="path-line"):
            yield Static(_("File"), id="path-label", markup=False)
            yield PathInput(shown(self.path) if self.path else start_folder(), id="path")

    @property
    def list(self) -> RowList:
        """The files, or what the present view shows."""
        return self.query_one("#list", RowList)

    @property
    def line(self) -> PathInput:
        """The line with the path."""
        return self.query_one("#path", PathInput)

    def on_mount(self) -> None:
        """Begin with the files, or read the one that is given."""
        self.show_summary()
        self.begin()
        if self.path is not None:
            self.read_file(self.path)

    def begin(self) -> None:
        """Begin behind what stands in the line."""
        self.line.cursor_position = len(self.line.value)

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.set_title(_(self.TITLE_TEXT))
        self.relabel_place()
        self.show_summary()
        self.show_view()

    def relabel_place(self) -> None:
        """Write what stands before the path."""
        self.query_one("#path-label", Static).update(_("File"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "search":
            return False
        if action == "enter_cards":
            return self.plan is not None and self.result is None and not self.busy
        if action == "choose_policy":
            known = self.plan is not None and self.plan.duplicates > 0
            return known and self.result is None and not self.busy
        if action == "next_view":
            return self.plan is not None and len(self.views) > 1
        if action == "choose_file":
            return self.plan is not None and not self.busy
        return super().check_action(action, parameters)

    # Finding the file

    @on(Input.Changed, "#path")
    def typed(self, event: Input.Changed) -> None:
        """List what fits, once the typing pauses."""
        if self.view == FILES:
            self.look(event.value)

    @work(exclusive=True, exit_on_error=False, group="files")
    async def look(self, text: str) -> None:
        """List the folder of a path; a newer one replaces an older one."""
        await asyncio.sleep(TYPING_PAUSE)
        self._fitting = await asyncio.to_thread(entries, text)
        if self.view == FILES:
            clock = self.desk.clock
            self.list.set_rows([entry_row(entry, clock) for entry in self._fitting])

    @on(PathInput.Completed)
    async def complete(self) -> None:
        """Put in what all fitting files have in common."""
        text = self.line.value
        fitting = await asyncio.to_thread(entries, text)
        if self.line.value == text:
            self.line.put(completed(text, fitting))

    @on(PathInput.Moved)
    def move(self, message: PathInput.Moved) -> None:
        """Move in the list while the path has the cursor."""
        if message.pages:
            self.list.action_turn(message.rows)
        else:
            self.list.action_move(message.rows)

    @on(Input.Submitted, "#path")
    async def submitted(self, event: Input.Submitted) -> None:
        """Read the file that is named; else take the row under the cursor."""
        path = Path(meant(event.value)).expanduser()
        if event.value.strip() and await asyncio.to_thread(path.is_file):
            self.read_file(path)
        elif self.view == FILES and self.list.key is not None:
            self.take(Path(self.list.key))
        else:
            self.notify(_("There is no such file."), severity="warning", markup=False)

    def take(self, path: Path) -> None:
        """Go into a folder, or read a file."""
        folder = any(entry.path == path and entry.is_folder for entry in self._fitting)
        self.line.put(f"{shown(path)}/" if folder else shown(path))
        if not folder:
            self.read_file(path)

    def action_choose_file(self) -> None:
        """Go back to the files."""
        self.plan = self.result = None
        self.mapping = {}
        self.view = FILES
        self.list.set_columns(FILE_COLUMNS)
        self.list.set_empty(N_("No file here that can be read"))
        self.list.set_rows([])
        self.show_summary()
        self.list_files()

    def list_files(self) -> None:
        """List what fits the line again, and go on typing there."""
        self.line.focus()
        self.look(self.line.value)

    def action_back(self) -> None:
        """From the preview back to the files, from the files back to where one came from.

        What is being read or entered is stopped.
        """
        if self.busy:
            self._stopping.set()
        elif self.view != FILES and self.result is None:
            self.action_choose_file()
        else:
            self.dismiss()

    def action_undo(self) -> None:
        """Take the import back; the file can be looked at and entered anew."""
        self._is_going_back = self.result is not None
        super().action_undo()

    def reload(self) -> None:
        """Read the file anew once its import was taken back; else keep what is shown."""
        if self._is_going_back and self.path is not None:
            self._is_going_back = False
            self.result = None
            self.read_file(self.path)

    def stoppable(self, progress: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """A progress that ends the work which tells of it, once the member wants that.

        The last step is told when everything is written, and comes too late for that.
        """
        self._stopping.clear()

        def tell(done: int, total: int) -> None:
            progress(done, total)
            if self._stopping.is_set() and done < total:
                raise Stopped(N_("Stopped: nothing was entered."))

        return tell

    def say(self, error: StoreError) -> None:
        """Say what went wrong, or that the member stopped it."""
        if isinstance(error, Stopped):
            self.tell(str(error))
        else:
            self.report(error)

    # What would become of it

    def read_file(self, path: Path) -> None:
        """Read a file, unless one is being read."""
        if not self.busy:
            self.path = path
            self.busy = True
            self.read_plan(path)

    @work(exclusive=True, exit_on_error=False, group="import")
    async def read_plan(self, path: Path) -> None:
        """Find out what an import would do, and show it."""
        bar = self.query_one(ProgressLine)
        progress = self.stoppable(bar.begin(_("Reading {name}").format(name=path.name)))
        mapping, policy = dict(self.mapping), self.policy
        try:
            plan = await self.desk.read(
                lambda desk: desk.exchange.plan(path, path.name, mapping, policy, progress)
            )
        except StoreError as error:
            self.say(error)
            return
        finally:
            self.busy = False
            bar.end()
        first = self.plan is None
        self.plan = plan
        if first:
            self.view = self.views[0]
        self.show_summary()
        self.show_view()
        self.list.focus()
        self.refresh_bindings()

    @property
    def views(self) -> list[str]:
        """What can be looked at."""
        if self.plan is None:
            return [FILES]
        views = ["columns"] if self.plan.columns else []
        views.append("cards")
        return [*views, "errors"] if self.plan.errors or self.plan.warnings else views

    def show_summary(self) -> None:
        """Say what is known of the file, and what was done with it."""
        self.query_one("#summary", Static).update(Content("\n".join(self._sentences())))

    def _sentences(self) -> list[str]:
        plan, result = self.plan, self.result
        if result is not None:
            return self._told(result)
        if plan is None:
            return [_(self.CHOOSING)]
        counted = _("{read} cards: {new} new, {known} known already, {rejected} refused.")
        lines = [
            counted.format(
                read=plan.read, new=plan.new, known=plan.duplicates, rejected=plan.rejected
            )
        ]
        if plan.duplicates:
            what = _(POLICY_TITLES[plan.on_duplicate])
            lines.append(_("Known customers: {what} (d)").format(what=what))
        view = VIEWS.get(self.view, "")
        others = listed(_(VIEWS[each]) for each in self.views if each != self.view)
        if others:
            lines.append(_("Shown: {view}; v shows {others}").format(view=_(view), others=others))
        return lines

    def _told(self, result: ImportResult) -> list[str]:
        done = _(
            "{new} entered, {updated} filled up, {skipped} left as they were. u takes it all back."
        )
        lines = [done.format(new=result.new, updated=result.updated, skipped=result.skipped)]
        if result.organisations:
            made = _("{count} cards of organisations were made for the people who work there.")
            lines.append(made.format(count=result.organisations))
        if result.rejected_file is not None:
            lines.append(self.rejected_text(result.rejected_file))
        return lines

    def rejected_text(self, file: Path) -> str:
        """Where the refused rows are."""
        return _("The refused rows are in {file}, with the reasons.").format(file=file.name)

    def show_view(self) -> None:
        """Fill the list with what the view is about."""
        plan = self.plan
        if plan is None or self.view == FILES:
            return
        self.list.set_columns(COLUMNS[self.view])
        self.list.set_empty(N_("Nothing here yet"))
        if self.view == "columns":
            self.list.set_rows(column_rows(plan), keep=True)
        elif self.view == "cards":
            self.list.set_source(len(plan.cards), keep=True)
        else:
            refused = [error_row(e, n, refused=True) for n, e in enumerate(plan.errors)]
            warned = [error_row(e, n, refused=False) for n, e in enumerate(plan.warnings)]
            self.list.set_rows(refused + warned, keep=True)

    @on(RowList.PageWanted)
    def give_page(self, message: RowList.PageWanted) -> None:
        """Give a page of cards: the plan has them all."""
        if self.plan is not None and self.view == "cards":
            start = message.page * PAGE
            cards = self.plan.cards[start : start + PAGE]
            rows = [card_row(card, self.plan) for card in cards]
            self.list.put_page(message.page, rows, message.edition)

    def action_next_view(self) -> None:
        """Look at something else of the file."""
        views = self.views
        place = views.index(self.view) if self.view in views else -1
        self.view = views[(place + 1) % len(views)]
        self.list.set_rows([])
        self.show_summary()
        self.show_view()

    @on(RowList.Opened)
    def opened(self, message: RowList.Opened) -> None:
        """Take a file; say where a column goes; tell the whole of a long reason."""
        if self.view == FILES:
            self.take(Path(message.row.key))
        elif self.view == "columns" and self.result is None and not self.busy:
            self.map_column(int(message.row.key))
        elif self.view == "errors":
            self.tell(message.row.cells[-1])

    def map_column(self, place: int) -> None:
        """Ask where a column goes, and read the file anew.

        Args:
            place: its place in the file, from 1.
        """
        from store.exchange.mapping import every_target, target_title

        assert self.plan is not None
        column = self.plan.columns[place - 1]

        def remap(target: str | None) -> None:
            if target is not None and target != column.target and self.path is not None:
                self.mapping[f"#{place}"] = target
                self.read_file(self.path)

        title = _("Where does “{heading}” go?").format(heading=column.heading)
        choices = [(target, target_title(target)) for target in every_target()]
        self.app.push_screen(Pick(self.desk, title, choices, column.target), remap)

    def action_choose_policy(self) -> None:
        """Ask what becomes of customers who are known already."""

        def follow(policy: Hashable | None) -> None:
            for known in POLICIES:
                if known == policy and self.plan is not None:
                    self.policy = self.plan.on_duplicate = known
                    self.show_summary()
                    self.show_view()

        choices: list[tuple[Hashable, str]] = [
            (policy, _(POLICY_TITLES[policy])) for policy in POLICIES
        ]
        self.app.push_screen(Choose(_("Known customers"), choices, self.policy), follow)

    # Entering

    def action_enter_cards(self) -> None:
        """Do what was shown."""
        if self.plan is not None and not self.busy:
            self.busy = True
            self.refresh_bindings()
            self.enter_plan(self.plan)

    async def after_entering(self, result: ImportResult) -> None:
        """Follow up an import; here there is nothing to do."""

    @work(exclusive=True, exit_on_error=False, group="import")
    async def enter_plan(self, plan: ImportPlan) -> None:
        """Enter the cards, and say what was done."""
        bar = self.query_one(ProgressLine)
        progress = self.stoppable(bar.begin(_("Importing {name}").format(name=plan.name)))
        try:
            result = await self.desk.write(lambda desk: desk.exchange.run(plan, progress))
            self.result = result
            await self.after_entering(result)
        except StoreError as error:
            self.say(error)
            return
        finally:
            self.busy = False
            bar.end()
            self.refresh_bindings()
        self.show_summary()
        if plan.errors:
            self.view = "errors"
        self.show_view()
