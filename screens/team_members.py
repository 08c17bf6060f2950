"""Who works here, in which department and role."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult

from screens.team import TeamScreen
from store import labels
from store.errors import StoreError
from store.language import N_
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.records.team import MemberRow

COLUMNS = (
    Column("name", N_("Name"), 16, least=8, share=1),
    Column("login", N_("Login"), 12, least=8),
    Column("role", N_("Role"), 12),
    Column("department", N_("Department"), 16, least=8, share=1),
)


class TeamMembers(TeamScreen):
    """The members of the team."""

    TAB = "members"
    HELP = N_("Who works here, in which department and role.")
    AUTO_FOCUS: ClassVar[str] = "#list"

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.found: dict[str, MemberRow] = {}

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield RowList(COLUMNS, id="list", marking=False)

    @property
    def list(self) -> RowList:
        """The list of members."""
        return self.query_one("#list", RowList)

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read the members anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="members")
    async def load(self) -> None:
        """Show who works here."""
        try:
            members = await self.desk.read(lambda desk: desk.team.members())
        except StoreError as error:
            self.report(error)
            return
        self.found = {member.login: member for member in members}
        self.list.set_rows([member_row(member) for member in members], keep=True)


def member_row(member: MemberRow) -> Row:
    """A member as a row."""
    return Row(
        member.login,
        (member.name, member.login, labels.role(member.role), member.department_name or ""),
    )
