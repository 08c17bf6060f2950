"""Who works here, in which department and role; adding, changing, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens import member_actions
from screens.member_text import COLUMNS, member_row, preview
from screens.team import TeamScreen
from store.errors import StoreError
from store.language import N_, _
from widgets.row_list import RowList
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.background import Background
    from store.records.team import MemberRow, Merit

ALONE = N_(
    "You work alone in this box, and nothing needs to be set up.\n\n"
    "A team begins with a second member: n adds one. From then on each sees his own customers, "
    "managers those of their departments, and Team has its tabs. On a server everybody comes in "
    "with a key of his own; docs/administration.md tells how."
)

MERITS = 2
"""Notes of praise and reprimands that are shown below the list."""


class TeamMembers(TeamScreen):
    """The members of the team, by department."""

    TAB = "members"
    HELP = N_(
        "Who works here, by department. Whoever sets up the team adds members and lets them go; a "
        "leaver's customers and to-dos go to whoever takes over. Enter shows what somebody below "
        "you did."
    )
    DEFAULT_CSS = """
    TeamMembers {
        & #alone { height: auto; padding: 1 2; display: none; }
        & #preview {
            height: 5;
            padding: 0 1;
            border-top: solid $panel;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        &.-alone #alone { display: block; }
        &.-alone #preview { display: none; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "new", "edit", "act", "turn_tab(1)")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "act", N_("More"), id="members.act"),
        Binding("delete,d", "let_go", N_("Leaves"), show=False, id="members.leave"),
        Binding("D", "gone", N_("With those who left"), show=False, id="members.gone"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.found: dict[str, MemberRow] = {}
        self.with_gone = False
        """Whether those who left are listed."""

    def compose_body(self) -> ComposeResult:
        """The list, and what is told of the member under the cursor."""
        yield Static(id="alone", markup=False)
        yield RowList(COLUMNS, id="list", marking=False)
        yield Static(id="preview")

    @property
    def list(self) -> RowList:
        """The list of members."""
        return self.query_one("#list", RowList)

    @property
    def member(self) -> MemberRow | None:
        """The member under the cursor."""
        return self.found.get(self.list.key or "")

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.tell_alone()
        self.list.set_columns(COLUMNS)
        self.reload()

    def on_resize(self) -> None:
        """Break the lines anew for the room there is."""
        self.tell_alone()

    def tell_alone(self) -> None:
        """Write how a team begins, its lines broken between any two characters where Chinese."""
        room = max(20, self.size.width - 5)
        lines = [line for each in _(ALONE).split("\n") for line in wrapped(each, room) or [""]]
        self.query_one("#alone", Static).update(Content("\n".join(lines)))

    def placed(self) -> None:
        """Whoever works alone is told how a team begins."""
        self.set_class(self.place is not None and self.place.alone, "-alone")

    def reload(self) -> None:
        """Read the members anew."""
        self.load(self.with_gone)

    @work(exclusive=True, exit_on_error=False, group="members")
    async def load(self, gone: bool) -> None:
        """Show who works here."""
        try:
            members = await self.desk.read(lambda desk: desk.team.members(gone=gone))
        except StoreError as error:
            self.report(error)
            return
        self.found = {member.login: member for member in members}
        self.list.set_rows([member_row(each, self.desk.clock) for each in members], keep=True)
        self.follow_cursor()

    @on(RowList.Highlighted)
    def follow_cursor(self) -> None:
        """Tell about the member under the cursor."""
        member = self.member
        if member is None:
            self.query_one("#preview", Static).update(Content())
        else:
            self.tell_about(member)

    @work(exclusive=True, exit_on_error=False, group="members.preview")
    async def tell_about(self, member: MemberRow) -> None:
        """Show what there is to know of a member; what was noted of him where that may be known."""
        merits: list[Merit] = []
        if member.cards is not None:
            login = member.login
            try:
                merits = await self.desk.read(lambda desk: desk.team.merits(login, MERITS))
            except StoreError as error:
                self.report(error)
        shown = preview(member, merits, self.desk.clock)
        self.query_one("#preview", Static).update(shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the member at the desk may do."""
        place = self.place
        if action in ("new", "edit", "let_go", "gone"):
            return place is not None and place.manages
        if action == "act":
            return place is not None and (place.manages or place.leads) and not place.alone
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Enter shows what a member did, to himself and those above him; else who he is."""
        member, place = self.member, self.place
        if member is None or place is None:
            return
        is_below = place.leads and member.cards is not None and place.role != "administrator"
        if is_below or (member.login == place.login and not place.alone):
            from screens.member_work import MemberWork

            self.app.push_screen(MemberWork(self.desk, member.login, member.name))
        elif place.manages:
            self.action_edit()
        else:
            self.tell(_("What {name} did, those above see").format(name=member.name))

    def action_new(self) -> None:
        """Add a member."""
        from screens.member_form import MemberForm

        self.app.push_screen(MemberForm(self.desk))

    def action_edit(self) -> None:
        """Change the member under the cursor."""
        from screens.member_form import MemberForm

        if self.member is not None:
            self.app.push_screen(MemberForm(self.desk, self.member.login))

    @work(exit_on_error=False, group="do")
    async def action_act(self) -> None:
        """Ask what to do with the member under the cursor."""
        if self.member is not None:
            await member_actions.act(self, self.member)

    @work(exit_on_error=False, group="do")
    async def action_let_go(self) -> None:
        """Let the member under the cursor go."""
        if self.member is not None and member_actions.LEAVE in member_actions.offered(
            self, self.member
        ):
            await member_actions.let_go(self, self.member)

    def action_gone(self) -> None:
        """List those who left as well, or no more."""
        self.with_gone = not self.with_gone
        self.reload()
