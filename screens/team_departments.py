"""The tree of departments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.ask_text import AskText
from screens.pick import Pick
from screens.team import TeamScreen
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.team import DepartmentRow

COLUMNS = (
    Column("name", N_("Department"), 44, least=20, sortable=False),
    Column("members", N_("Members"), 8, align="right", sortable=False),
    Column("cards", N_("Cards"), 8, align="right", sortable=False),
    Column("room", "", 0, share=1, sortable=False),
)

TOP = "-"
"""Stands for no department above."""


class TeamDepartments(TeamScreen):
    """Head office, branches, departments: who stands below whom."""

    TAB = "departments"
    HELP = N_(
        "A manager sees the customers of his department and of all below it. Customers stand in "
        "the department of whoever looks after them."
    )
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("new", "edit", "move", "remove", "turn_tab(1)")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "move", N_("Move"), id="departments.move"),
        Binding("delete,d", "remove", N_("Remove"), id="departments.remove"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.found: dict[str, DepartmentRow] = {}

    def compose_body(self) -> ComposeResult:
        """The tree."""
        yield RowList(
            COLUMNS,
            empty=N_("No departments yet: n adds the first"),
            id="list",
            marking=False,
            opening=False,
        )

    @property
    def list(self) -> RowList:
        """The tree, as a list."""
        return self.query_one("#list", RowList)

    @property
    def department(self) -> DepartmentRow | None:
        """The department under the cursor."""
        return self.found.get(self.list.key or "")

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def placed(self) -> None:
        """Say what an empty tree wants of whoever may fill it."""
        if self.place is not None and not self.place.manages:
            self.list.set_empty(N_("No departments yet"))

    def reload(self) -> None:
        """Read the tree anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="departments")
    async def load(self) -> None:
        """Show the tree."""
        try:
            found = await self.desk.read(lambda desk: desk.departments.all())
        except StoreError as error:
            self.report(error)
            return
        self.found = {str(row.id): row for row in found}
        self.list.set_rows([_row(row) for row in found], keep=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whoever sets up the team changes the tree."""
        if action in ("new", "edit", "move", "remove"):
            return self.place is not None and self.place.manages
        return super().check_action(action, parameters)

    @work(exit_on_error=False, group="do")
    async def action_new(self) -> None:
        """Add a department below the one under the cursor."""
        above = self.department
        question = (
            _("New department")
            if above is None
            else _("New department; below {name}").format(name=above.name)
        )
        name = await self.app.push_screen_wait(AskText(question))
        if name is not None:
            under = None if above is None else above.id
            await self._write(lambda desk: desk.departments.add(name, under))

    @work(exit_on_error=False, group="do")
    async def action_edit(self) -> None:
        """Give the department under the cursor another name."""
        chosen = self.department
        if chosen is None:
            return
        name = await self.app.push_screen_wait(AskText(_("New name"), chosen.name))
        if name is not None and name != chosen.name:
            await self._write(lambda desk: desk.departments.rename(chosen.id, name))

    @work(exit_on_error=False, group="do")
    async def action_move(self) -> None:
        """Put the department under the cursor, with all below it, under another one."""
        chosen = self.department
        if chosen is None:
            return
        places = [(TOP, _("At the top"))]
        places += [
            (key, row.path)
            for key, row in self.found.items()
            if not f"{row.path}/".startswith(f"{chosen.path}/")
        ]
        title = _("Where does {name} belong?").format(name=chosen.name)
        above = await self.app.push_screen_wait(
            Pick(self.desk, title, places, str(chosen.parent or TOP))
        )
        if above is not None:
            under = None if above == TOP else int(above)
            await self._write(lambda desk: desk.departments.move(chosen.id, under))

    @work(exit_on_error=False, group="do")
    async def action_remove(self) -> None:
        """Take the department under the cursor away, if it is empty."""
        chosen = self.department
        if chosen is not None:
            await self._write(lambda desk: desk.departments.remove(chosen.id))

    async def _write(self, use_case: Callable[[Desk], object]) -> None:
        try:
            await self.desk.write(use_case)
        except StoreError as error:
            self.report(error)
            return
        self.tell(_("Saved; u takes back"))
        self.reload()


def _row(row: DepartmentRow) -> Row:
    return Row(str(row.id), (f"{'  ' * row.depth}{row.name}", str(row.members), str(row.cards), ""))
