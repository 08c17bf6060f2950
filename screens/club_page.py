"""One club: who is in it, what each brings, and who is worth keeping."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.base import PageScreen
from store import relation_words
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.clubs import Brings, ClubMemberRow, ClubRow

COLUMNS = (
    Column("name", N_("Who"), 14, least=8, share=2, sortable=False),
    Column("bought", N_("Bought this year (last)"), 24, least=23, share=1, sortable=False),
    Column("referrals", N_("Brought"), 8, least=6, sortable=False),
    Column("talks", N_("Talks"), 8, least=6, sortable=False),
    Column("grows", N_("Course"), 6, least=4, sortable=False),
    Column("verdict", N_("Verdict"), 7, least=4, sortable=False),
    Column("reason", N_("Why"), 18, least=10, share=2, sortable=False),
    Column("joined", N_("Joined"), 10, sortable=False),
)

COURSE = {1: N_("up"), 0: "", -1: N_("down")}
"""How somebody develops; message ids."""


class ClubPage(PageScreen[None]):
    """The members of a club, who brings most first."""

    HELP = N_(
        "What each member brought in the last twelve months stands beside what he brought in the "
        "year before, in brackets. v says keep or drop, and why; x notes that he left."
    )
    DEFAULT_CSS = """
    ClubPage > #purpose { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
    """
    AUTO_FOCUS: ClassVar[str] = "#members"
    FIRST_KEYS = ("new", "verdict", "leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", N_("Put somebody in"), id="new"),
        Binding("v", "verdict", N_("Keep or drop"), id="club.verdict"),
        Binding("x", "leave", N_("Has left the club"), id="club.leave"),
        Binding("m", "toggle_left", N_("Also who left"), id="club.left", show=False),
        Binding("e", "edit", N_("Edit"), id="edit"),
    ]

    def __init__(self, desk: Background, club_id: int) -> None:
        super().__init__(desk)
        self.club_id = club_id
        self.club: ClubRow | None = None
        self.members: dict[str, ClubMemberRow] = {}
        self.left = False
        """Whether those who left are listed too."""

    def compose_body(self) -> ComposeResult:
        """What the club is for, and its members."""
        yield SteadyText(id="purpose")
        yield RowList(COLUMNS, empty=N_("Nobody is in it yet: n puts somebody in"), id="members")

    @property
    def list(self) -> RowList:
        """The members."""
        return self.query_one("#members", RowList)

    @property
    def card_id(self) -> int | None:
        """The customer under the cursor."""
        member = self.members.get(self.list.key or "")
        return None if member is None else member.card.id

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read the club anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="club")
    async def load(self) -> None:
        """Show the club; a newer call replaces an older one."""
        club_id, left = self.club_id, self.left
        try:
            self.club, found = await self.desk.read(
                lambda desk: (desk.clubs.get(club_id), desk.clubs.members(club_id, left=left))
            )
        except StoreError as error:
            self.report(error)
            self.dismiss(None)
            return
        self.members = {str(member.id): member for member in found}
        self.set_title(self.club.values.name)
        purpose = self.query_one("#purpose", SteadyText)
        purpose.display = bool(self.club.values.purpose)
        purpose.update(Content(self.club.values.purpose))
        self.list.set_rows([member_row(member) for member in found], keep=True)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that change the club where it is the member's."""
        if action == "edit":
            return self.club is not None and self.club.own
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def open_member(self) -> None:
        """Open the card of the member."""
        if self.card_id is not None:
            self.open_card(self.card_id)

    def action_toggle_left(self) -> None:
        """List those who left too, or not."""
        self.left = not self.left
        self.reload()

    def action_edit(self) -> None:
        """Change the name, the purpose and the day of the next look."""
        from screens.club_form import ClubForm

        self.app.push_screen(ClubForm(self.desk, self.club_id))

    def action_new(self) -> None:
        """Look for a customer, and put him into the club."""
        from screens.card_pick import pick_card

        club_id = self.club_id

        def chosen(card: int) -> None:
            self.write(lambda desk: desk.clubs.join(club_id, [card]))

        pick_card(self, _("Who is put into the club?"), chosen)

    def action_verdict(self) -> None:
        """Say whether the member under the cursor is worth his place."""
        from screens.club_form import VerdictForm

        member = self.members.get(self.list.key or "")
        if member is not None:
            self.app.push_screen(VerdictForm(self.desk, member.id))

    def action_leave(self) -> None:
        """Note that the marked members left, or the one under the cursor."""
        ids = [int(key) for key in self.list.chosen]
        if ids:
            self.write(lambda desk: desk.clubs.leave(ids))

    def write(self, use_case: Callable[[Desk], Any]) -> None:
        """Write something, and show what came of it."""

        async def work() -> None:
            try:
                await self.desk.write(use_case)
            except StoreError as error:
                self.report(error)
                return
            self.tell(_("Saved; u takes back"))
            self.list.clear_marks()
            self.reload()

        self.run_worker(work(), exit_on_error=False, group="do")


def member_row(member: ClubMemberRow) -> Row:
    """A member of a club as a row."""
    told = member.left_on is not None
    since = member.joined_on.isoformat() if member.joined_on else ""
    until = member.left_on.isoformat() if member.left_on else ""
    return Row(
        str(member.id),
        (
            member.card.name,
            *brings_text(member.brings),
            _("left") if told else relation_words.verdict(member.verdict),
            " ".join(member.reason.split()),
            until or since,
        ),
        "muted" if told else "warning" if member.verdict == "drop" else "",
    )


def brings_text(brings: Brings | None) -> tuple[str, str, str, str]:
    """What a customer brings: bought, brought, talks, and whether it grows."""
    if brings is None:
        return ("", "", "", "")
    bought = _beside(
        relation_words.amount(brings.bought), relation_words.amount(brings.bought_before)
    )
    referrals = _beside(*_counts(brings.referrals, brings.referrals_before))
    talks = _beside(*_counts(brings.talks, brings.talks_before))
    course = COURSE[brings.grows]
    return bought, referrals, talks, _(course) if course else ""


def _counts(now: int, before: int) -> tuple[str, str]:
    return str(now or ""), str(before or "")


def _beside(now: str, before: str) -> str:
    """This year's, with last year's in brackets; "" for neither."""
    if not now and not before:
        return ""
    return f"{now or 0} ({before or 0})"
