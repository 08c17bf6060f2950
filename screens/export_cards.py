"""What the member sees, as a file: what, in which format, where."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.ask_text import AskText
from screens.base import PageScreen
from screens.choose import Choose
from screens.confirm import Confirm
from screens.file_list import shown, start_folder
from screens.outgoing import Records
from store.errors import StoreError
from store.language import N_, _
from store.records.cards import CardQuery
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background

COLUMNS = (
    Column("title", "", 14, least=8, sortable=False),
    Column("value", "", 60, least=20, share=1, sortable=False),
)


class ExportCards(PageScreen[None]):
    """Choose what goes out, the format and the file, and write it."""

    HELP = N_(
        "Enter changes a line, x writes the file. What goes out is what you may see. A whole box "
        "as JSON can be imported again exactly; tables can be edited and imported again."
    )
    HOW: ClassVar[str] = N_("Enter changes a line, x writes the file.")
    """What is said until something was exported; a message id."""
    DEFAULT_CSS = """
    ExportCards {
        #list { height: 6; }
        #about { height: 1fr; padding: 0 1; color: $text-muted; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,ctrl+s", "write", N_("Export"), id="export.run"),
    ]

    def __init__(self, desk: Background, going: object = None) -> None:
        """Make the screen.

        Args:
            desk: as of every screen.
            going: what can go out (`Records`), or what the list below shows; where that is a
                query of cards, they can be exported alone.
        """
        super().__init__(desk)
        self.going = going if isinstance(going, Records) else Records()
        """What can go out."""
        chooses = isinstance(going, CardQuery) and going != CardQuery()
        self.query_of_list = going if chooses else None
        self.only_list = self.query_of_list is not None
        self.what = next(iter(self.going.WHAT))
        self.form = self.going.POSSIBLE[self.what][0]
        self.named: Path | None = None
        """The file, where the member named one."""
        self.busy = False
        self.told_last = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is looked for here, and nothing is changed that could be taken back."""
        if action in ("search", "undo", "redo"):
            return False
        return super().check_action(action, parameters)

    def compose_body(self) -> ComposeResult:
        """What can be changed, and what it is for."""
        yield RowList(COLUMNS, header=False, marking=False, id="list")
        yield Static(id="about", markup=False)

    @property
    def list(self) -> RowList:
        """What can be changed."""
        return self.query_one("#list", RowList)

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.set_title(self.going.title)
        self.show_choices()

    @property
    def path(self) -> Path:
        """The file that will be written."""
        return self.named or Path(start_folder()).expanduser() / self.usual_name

    @property
    def file_text(self) -> str:
        """How the list names the file."""
        return shown(self.path)

    @property
    def usual_name(self) -> str:
        """What the file is called unless the member says otherwise."""
        name = self.going.file_name(self.what, self.form, self.desk.clock.today())
        return name.replace("/", "-")

    def show_choices(self) -> None:
        """Write the list."""
        rows = [
            Row("what", (_("What goes out"), _(self.going.WHAT[self.what]))),
            Row("form", (_("Format"), _(self.going.FORMATS[self.form]))),
            Row("path", (_("File"), self.file_text)),
        ]
        if self.query_of_list is not None:
            chosen = N_("only those in the list") if self.only_list else N_("everything I see")
            rows.insert(1, Row("which", (_("Which"), _(chosen))))
        self.list.set_rows(rows, keep=True)
        about = self.told_last or _(self.HOW)
        self.query_one("#about", Static).update(Content(about))

    @on(RowList.Opened)
    def change(self, message: RowList.Opened) -> None:
        """Change what the cursor is on."""
        if message.row.key == "what":
            kinds = [(key, _(title)) for key, title in self.going.WHAT.items()]
            self.choose(_("What goes out"), "what", kinds)
        elif message.row.key == "form":
            formats = self.going.POSSIBLE[self.what]
            possible = [(key, _(self.going.FORMATS[key])) for key in formats]
            self.choose(_("Format"), "form", possible)
        elif message.row.key == "which":
            self.only_list = not self.only_list
            self.show_choices()
        else:
            self.app.push_screen(AskText(_("File"), shown(self.path)), self.name_file)

    def choose(self, title: str, attribute: str, choices: list[tuple[Hashable, str]]) -> None:
        """Ask for one of several, and follow it."""

        def follow(value: Any) -> None:
            if value is None:
                return
            setattr(self, attribute, value)
            if self.form not in self.going.POSSIBLE[self.what]:
                self.form = self.going.POSSIBLE[self.what][0]
            if self.named is not None and self.named.suffix.lower()[1:] in self.going.FORMATS:
                self.named = self.named.with_suffix(f".{self.form}")
            self.told_last = ""
            self.show_choices()

        self.app.push_screen(Choose(title, choices, getattr(self, attribute)), follow)

    def name_file(self, text: str | None) -> None:
        """Write into the file that was named; its ending chooses the format, where it can.

        In a folder that was named the file has its usual name; the format's ending is added to a
        name that has none.
        """
        if text is None:
            return
        named = Path(text).expanduser()
        if text.endswith("/") or named.is_dir():
            named = named / self.usual_name
        elif not named.suffix:
            named = named.with_suffix(f".{self.form}")
        self.named = named
        ending = self.named.suffix.lower().removeprefix(".")
        if ending in self.going.POSSIBLE[self.what]:
            self.form = ending
        self.told_last = ""
        self.show_choices()

    def action_write(self) -> None:
        """Write the file; one that is there is replaced only when the member says so."""
        if not self.busy:
            self.busy = True
            self.prepare(self.path)

    @work(exclusive=True, exit_on_error=False, group="export")
    async def prepare(self, path: Path) -> None:
        """Ask before a file is replaced."""
        if not await asyncio.to_thread(path.exists):
            self.write(path)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.write(path)
            else:
                self.busy = False

        question = _("{file} is there already. Replace it?").format(file=shown(path))
        await self.app.push_screen(Confirm(self.desk, question, default=False), answered)

    @work(exclusive=True, exit_on_error=False, group="export.write")
    async def write(self, path: Path) -> None:
        """Write the file, and say how much went out."""
        what, form = self.what, self.form
        query = self.query_of_list if self.only_list else None
        try:
            count = await self.desk.read(
                lambda desk: self.going.to_file(desk, what, form, path, query)
            )
        except StoreError as error:
            self.report(error)
            return
        finally:
            self.busy = False
        told = self.going.told_file(count, shown(path))
        self.told_last = told
        self.show_choices()
        self.tell(told)
