"""A file that is put to a paper: by its path, or out of the inbox over SSH."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from screens.base import PageScreen
from screens.file_list import (
    COLUMNS,
    Entry,
    completed,
    entries,
    entry_row,
    meant,
    shown,
    start_folder,
)
from store import paper_words
from store.errors import StoreError
from store.language import N_, _
from store.records.papers import PaperRow
from widgets.path_input import PathInput
from widgets.row_list import RowList

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

ANY: tuple[str, ...] = ("",)
"""Every ending."""

TYPING_PAUSE = 0.06
"""Seconds without a key after which the folder is looked at."""


class PaperFileChoice(PageScreen[PaperRow]):
    """Choose the file of a paper; it is kept with the box, and never run.

    Over SSH the list shows what the member brought with `shuke inbox put`.
    """

    HELP = N_(
        "The file is kept beside the box under its content, and goes into every backup. What it "
        "is, its content tells, whatever it is called. A file that is there already goes; u "
        "brings it back."
    )
    DEFAULT_CSS = """
    PaperFileChoice {
        #path-line { height: 1; }
        #path-label { width: auto; padding: 0 1; color: $text-muted; }
        #path { width: 1fr; }
        #how { height: auto; padding: 0 1; border-bottom: solid $panel; color: $text-muted; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "look_again", N_("Look again"), id="import.look"),
    ]

    def __init__(self, desk: Background, paper: PaperRow) -> None:
        super().__init__(desk)
        self.paper = paper
        self.fitting: list[Entry] = []
        self.busy = False

    @property
    def over_ssh(self) -> bool:
        """Whether files are brought to the server, and have no path here."""
        return bool(self.desk.way_in)

    def compose_body(self) -> ComposeResult:
        """How a file comes here, a line for its path, and the files."""
        yield Static(id="how")
        if not self.over_ssh:
            with Horizontal(id="path-line"):
                yield Static(Content(_("File:")), id="path-label")
                yield PathInput(start_folder(), id="path")
        yield RowList(COLUMNS, marking=False, id="list")

    @property
    def list(self) -> RowList:
        """The files."""
        return self.query_one("#list", RowList)

    def on_mount(self) -> None:
        """Show the files."""
        self.set_focus(self.list if self.over_ssh else self.query_one("#path", PathInput))
        self.look()

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.set_title(_("File of {paper}").format(paper=paper_words.numbered(self.paper)))
        self.list.set_empty(N_("No file in your inbox yet") if self.over_ssh else N_("No files"))
        if self.over_ssh:
            told = _("To bring a file here, type on your own computer, where the file is:")
            told += f"\n{self.desk.way_in} shuke inbox put scan.pdf < scan.pdf"
        else:
            told = _("Tab completes the path, Enter takes the file under the cursor.")
        self.query_one("#how", Static).update(Content(told))

    def reload(self) -> None:
        """Keep what is shown."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Look again only where files come through ssh."""
        if action == "look_again":
            return self.over_ssh
        return super().check_action(action, parameters)

    def action_look_again(self) -> None:
        """See whether a file has come."""
        self.look()

    # The files

    @work(exclusive=True, exit_on_error=False, group="files")
    async def look(self) -> None:
        """List the files that fit."""
        if self.over_ssh:
            try:
                self.fitting = await self.desk.read(_brought)
            except StoreError as error:
                self.report(error)
                return
        else:
            await asyncio.sleep(TYPING_PAUSE)
            text = self.query_one("#path", PathInput).value
            self.fitting = await asyncio.to_thread(entries, text, ANY)
        self.list.set_rows([entry_row(entry, self.desk.clock) for entry in self.fitting])

    @on(Input.Changed)
    def typed(self) -> None:
        """Look into the folder that is typed."""
        self.look()

    @on(PathInput.Completed)
    def complete(self, message: PathInput.Completed) -> None:
        """Make the path longer by what all fitting files have in common."""
        message.line.put(completed(message.line.value, self.fitting))

    @on(PathInput.Moved)
    def move(self, message: PathInput.Moved) -> None:
        """Move in the list below."""
        if message.pages:
            self.list.action_turn(message.rows)
        else:
            self.list.action_move(message.rows)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Take the file that is typed, else the one under the cursor."""
        typed = Path(meant(event.value)).expanduser()
        if typed.is_file():
            self.take(typed)
        elif self.list.key is not None:
            self.list.action_open()
        else:
            self.notify(_("There is no such file."), severity="warning", markup=False)

    @on(RowList.Opened)
    def opened(self, message: RowList.Opened) -> None:
        """Take a file, or go into a folder."""
        path = Path(message.row.key)
        if not self.over_ssh and path.is_dir():
            self.query_one("#path", PathInput).put(f"{shown(path)}/")
        else:
            self.take(path)

    def take(self, path: Path) -> None:
        """Put a file to the paper."""
        if not self.busy:
            self.busy = True
            self.bring(path)

    @work(exclusive=True, exit_on_error=False, group="do")
    async def bring(self, path: Path) -> None:
        """Keep the file, put it to the paper, and say what is odd about it."""
        paper = self.paper

        def use_case(desk: Desk) -> tuple[PaperRow, str]:
            file = desk.papers.bring(paper.card_id, path, path.name)
            return desk.papers.put_file(paper.id, file), desk.papers.warning(file)

        try:
            done, warning = await self.desk.write(use_case)
        except StoreError as error:
            self.busy = False
            self.report(error)
            return
        if warning:
            self.notify(warning, severity="warning", markup=False)
        self.tell(_("The file is with {number} now; u takes back").format(number=done.number))
        self.dismiss(done)


def _brought(desk: Desk) -> list[Entry]:
    folder = desk.inbox.folder
    return [
        Entry(folder / file.name, False, file.size, file.at.timestamp())
        for file in desk.inbox.list()
    ]
