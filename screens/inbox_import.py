"""Cards from a file that the member brought to the server through ssh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.file_list import COLUMNS as FILE_COLUMNS
from screens.file_list import Entry, entry_row
from screens.import_cards import FILES, ImportCards
from store.errors import StoreError
from store.language import N_, _

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.exchange import ImportResult


class InboxImport(ImportCards):
    """As every import; the files are those in the member's inbox."""

    HELP = N_(
        "The list shows the files in your inbox on the server; the line above it brings one there, "
        "typed on your own computer. r looks again. Nothing is entered before i. Enter on a "
        "column says where it goes; d says what becomes of customers who are known already. "
        "Afterwards u takes the whole import back."
    )
    CHOOSING: ClassVar[str] = N_("CSV, Excel (.xlsx), vCard or JSON. Enter opens a file.")
    DEFAULT_CSS = """
    InboxImport {
        #bring { height: auto; padding: 0 1; border-bottom: solid $panel; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "look_again", N_("Look again"), id="import.look"),
    ]

    def compose_place(self) -> ComposeResult:
        """How a file comes here."""
        yield Static(self._bringing(), id="bring")

    def _bringing(self) -> Content:
        how = _("To bring a file here, type on your own computer, where the file is:")
        return Content(f"{how}\n{self.desk.way_in} shuke inbox put book.csv < book.csv")

    def show_summary(self) -> None:
        """Say what is known of the file; how one is brought is said as long as none is chosen."""
        self.query_one("#bring").display = self.plan is None
        super().show_summary()

    def begin(self) -> None:
        """Show what is in the inbox."""
        self.list_files()

    def relabel_place(self) -> None:
        """Say anew how a file comes here."""
        self.query_one("#bring", Static).update(self._bringing())

    def list_files(self) -> None:
        """Show what is in the inbox."""
        self.look_into_inbox()

    @work(exclusive=True, exit_on_error=False, group="files")
    async def look_into_inbox(self) -> None:
        """List the files that the member brought, the newest first."""
        try:
            self._fitting = await self.desk.read(_brought)
        except StoreError as error:
            self.report(error)
            return
        if self.view == FILES:
            self.list.set_columns(FILE_COLUMNS)
            self.list.set_empty(N_("No file in your inbox yet"))
            self.list.set_rows([entry_row(entry, self.desk.clock) for entry in self._fitting])
            self.list.focus()

    def take(self, path: Path) -> None:
        """Read a file."""
        self.read_file(path)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Look again only where files are shown."""
        if action == "look_again":
            return self.view == FILES
        return super().check_action(action, parameters)

    def action_look_again(self) -> None:
        """See whether a file has come."""
        self.look_into_inbox()

    async def after_entering(self, result: ImportResult) -> None:
        """Put the refused rows where the member fetches them."""
        refused = result.rejected_file
        if refused is not None:
            await self.desk.read(lambda desk: desk.outbox.take(refused))

    def rejected_text(self, file: Path) -> str:
        """How the member gets the refused rows."""
        told = _("The refused rows wait in your outbox, with the reasons; on your computer:")
        return f"{told} {self.desk.way_in} shuke outbox get {file.name} > {file.name}"


def _brought(desk: Desk) -> list[Entry]:
    folder = desk.inbox.folder
    return [
        Entry(folder / file.name, False, file.size, file.at.timestamp())
        for file in desk.inbox.list()
    ]
