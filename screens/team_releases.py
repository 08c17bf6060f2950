"""Releases: what others get of a department's cards, and what should be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.team import TeamScreen
from store import release_words
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.releases import ReleaseRow

COLUMNS = (
    Column("place", N_("Whose cards"), 14, least=8, share=1),
    Column("to", N_("Released to"), 12, least=8, share=1),
    Column("level", N_("How much"), 14, least=8, share=1),
    Column("state", N_("State"), 30, least=16, share=1),
    Column("reason", N_("Reason"), 12, least=6, share=1),
)

GIVING = frozenset({"manager", "director"})
"""Roles that release cards."""


NOTHING = N_("Nothing is released")
RELEASE_SOME = N_("Nothing is released: n releases cards of the department")
"""What an empty list says to those who may release something; message ids."""


class TeamReleases(TeamScreen):
    """Releases that run, those without an end first; those that are over, when asked for."""

    TAB = "releases"
    HELP = N_(
        "A release lets a role, or one member, find the cards of a department that are not his "
        "own: sellers by name, organisation and title, service staff all of them. Those without "
        "an end stand first: look through them now and then, and take back what nobody needs."
    )
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("new", "take_back", "toggle_ended")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", N_("Release"), id="new"),
        Binding("x", "take_back", N_("Take back"), id="releases.take_back"),
        Binding("m", "toggle_ended", N_("Also those over"), id="releases.ended"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.releases: dict[str, ReleaseRow] = {}
        self.ended = False
        """Whether those that are over are listed too."""

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield RowList(
            COLUMNS,
            id="list",
            marking=False,
            opening=False,
            empty=NOTHING,
        )

    @property
    def list(self) -> RowList:
        """The releases."""
        return self.query_one("#list", RowList)

    @property
    def release(self) -> ReleaseRow | None:
        """The release under the cursor."""
        return self.releases.get(self.list.key or "")

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read the releases anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="releases")
    async def load(self) -> None:
        """Show the releases; a newer call replaces an older one."""
        ended = self.ended
        try:
            found, role = await self.desk.read(
                lambda desk: (desk.releases.all(ended=ended), desk.member.role)
            )
        except StoreError as error:
            self.report(error)
            return
        self.releases = {str(release.id): release for release in found}
        self.list.set_empty(RELEASE_SOME if role in GIVING else NOTHING)
        self.list.set_rows([_row(release, self.desk.clock) for release in found], keep=True)
        self.refresh_bindings()

    def on_row_list_highlighted(self) -> None:
        """Have the keys that are for the release under the cursor."""
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys of what the member may do."""
        if action == "new":
            return self.place is not None and self.place.role in GIVING
        if action == "take_back":
            release = self.release if self.is_mounted else None
            return release is not None and release.takes_back and release.state == "running"
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Release cards to somebody."""
        from screens.release_give import give_release

        give_release(self)

    def action_toggle_ended(self) -> None:
        """List those that are over too, or not."""
        self.ended = not self.ended
        self.reload()

    @work(exit_on_error=False, group="do")
    async def action_take_back(self) -> None:
        """Take the release under the cursor back."""
        release = self.release
        if release is None:
            return
        try:
            await self.desk.write(lambda desk: desk.releases.take_back(release.id))
        except StoreError as error:
            self.report(error)
        else:
            self.tell(_("Taken back; u gives again"))
        self.reload()


def _row(release: ReleaseRow, clock: Clock) -> Row:
    tone = "warning" if release.to_review else "" if release.state == "running" else "muted"
    return Row(
        str(release.id),
        (
            release_words.department(release),
            release_words.receiver(release),
            release_words.level(release),
            release_words.state(release, clock),
            release.reason,
        ),
        tone,
    )
