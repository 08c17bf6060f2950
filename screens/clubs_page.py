"""The clubs of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.base import BaseScreen, PageScreen
from store import labels
from store.errors import StoreError
from store.language import N_, _, ngettext
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.clubs import ClubRow

COLUMNS = (
    Column("name", N_("Club"), 20, least=10, share=2, sortable=False),
    Column("members", N_("Members"), 7, least=4, align="right", sortable=False),
    Column("review", N_("Look through"), 12, least=8, sortable=False),
    Column("owner", N_("Owner"), 10, least=6, sortable=False),
    Column("purpose", N_("What it is for"), 20, least=10, share=3, sortable=False),
)


class ClubsPage(PageScreen[None]):
    """Every club that the member knows of; Enter opens one, n makes one."""

    TITLE_TEXT = N_("Customer clubs")
    HELP = N_(
        "A club is a named circle of customers that is tended together. Now and then look through "
        "it: keep who brings something, purchases, customers or talks, and let go who does not. "
        "Customers are put into a club from the list of cards, with a, or in the club with n."
    )
    AUTO_FOCUS: ClassVar[str] = "#clubs"
    FIRST_KEYS = ("new", "edit")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", N_("New club"), id="new"),
        Binding("e", "edit", N_("Edit"), id="edit"),
        Binding("d,delete", "trash", N_("Trash"), id="clubs.trash"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.clubs: dict[str, ClubRow] = {}

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield RowList(COLUMNS, empty=N_("No club yet: n makes one"), marking=False, id="clubs")

    @property
    def list(self) -> RowList:
        """The clubs."""
        return self.query_one("#clubs", RowList)

    @property
    def club(self) -> ClubRow | None:
        """The club under the cursor."""
        return self.clubs.get(self.list.key or "")

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read the clubs anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="clubs")
    async def load(self) -> None:
        """Show the clubs; a newer call replaces an older one."""
        try:
            found = await self.desk.read(lambda desk: desk.clubs.all())
        except StoreError as error:
            self.report(error)
            return
        self.clubs = {str(club.id): club for club in found}
        self.list.set_rows([club_row(club, self.desk.clock) for club in found], keep=True)
        self.refresh_bindings()

    def on_row_list_highlighted(self) -> None:
        """Have the keys that are for the club under the cursor."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that change a club where it is the member's."""
        if action in ("edit", "trash"):
            return self.is_mounted and self.club is not None and self.club.own
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def open_club(self, message: RowList.Opened) -> None:
        """Open the club with its members."""
        from screens.club_page import ClubPage

        self.app.push_screen(ClubPage(self.desk, int(message.row.key)))

    def action_new(self) -> None:
        """Make a club, and open it."""
        from screens.club_form import ClubForm
        from screens.club_page import ClubPage

        def made(club: ClubRow | None) -> None:
            if club is not None:
                self.app.push_screen(ClubPage(self.desk, club.id))

        self.app.push_screen(ClubForm(self.desk), made)

    def action_edit(self) -> None:
        """Change the club under the cursor."""
        from screens.club_form import ClubForm

        if self.club is not None:
            self.app.push_screen(ClubForm(self.desk, self.club.id))

    @work(exit_on_error=False, group="do")
    async def action_trash(self) -> None:
        """Put the club under the cursor into the trash; u takes it out."""
        club = self.club
        if club is None:
            return
        try:
            await self.desk.write(lambda desk: desk.clubs.trash([club.id]))
        except StoreError as error:
            self.report(error)
        else:
            self.tell(_("{name} is in the trash; u takes back").format(name=club.values.name))
        self.reload()


def club_row(club: ClubRow, clock: Clock) -> Row:
    """A club as a row."""
    due = club.values.review_on
    told = labels.short_day(due, clock.today()) if due is not None else ""
    if club.is_due and due is not None:
        late = (clock.today() - due).days
        told = labels.days_late(late) if late else told
    return Row(
        str(club.id),
        (
            club.values.name,
            str(club.members),
            told,
            club.owner,
            " ".join(club.values.purpose.split()),
        ),
        "warning" if club.is_due else "",
    )


def join_club(screen: BaseScreen[Any], card_ids: list[int]) -> None:
    """Ask into which club customers go, and put them there."""
    from screens.pick import Pick

    async def ask() -> None:
        try:
            clubs = await screen.desk.read(lambda desk: desk.clubs.all())
        except StoreError as error:
            screen.report(error)
            return
        if not clubs:
            screen.tell(_("There is no club yet: make one first"))
            await screen.app.push_screen(ClubsPage(screen.desk))
            return
        choices = [(str(club.id), club.values.name) for club in clubs]
        await screen.app.push_screen(Pick(screen.desk, _("Into which club?"), choices), chosen)

    def chosen(key: str | None) -> None:
        if key is not None:
            screen.run_worker(join(int(key)), exit_on_error=False, group="do")

    async def join(club_id: int) -> None:
        try:
            count = await screen.desk.write(lambda desk: desk.clubs.join(club_id, card_ids))
        except StoreError as error:
            screen.report(error)
            return
        told = ngettext(
            "{count} customer put into the club; u takes back",
            "{count} customers put into the club; u takes back",
            count,
        )
        screen.tell(told.format(count=count))
        screen.forget_marks()
        screen.reload()

    screen.run_worker(ask(), exit_on_error=False, group="open", exclusive=True)
