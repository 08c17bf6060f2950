"""What one member did in a time, for whoever stands above him or coaches him."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.base import PageScreen
from screens.choose import Choose
from screens.work_period import MONTH, SPANS, Period
from store import labels
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.team import WorkEntry

COLUMNS = (
    Column("at", N_("When"), 11, sortable=False),
    Column("kind", N_("What"), 16, least=12, sortable=False),
    Column("name", N_("Customer"), 16, least=10, share=1, sortable=False),
    Column("words", N_("About"), 30, least=12, share=3, sortable=False),
)

TALKS = ("talk", "talk_changed")


class MemberWork(PageScreen[None]):
    """What a member did, the newest first; a word on any of it lands on his Today."""

    HELP = N_(
        "Enter opens the talk, or the customer. w writes a word about what is under the cursor: it "
        "lands on the member's Today. Left and Right go back and forth in time."
    )
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "guide", "step(-1)", "step(1)", "span")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", N_("Earlier"), id="work.earlier"),
        Binding("right", "step(1)", N_("Later"), id="work.later"),
        Binding("f", "span", N_("How long"), id="work.span"),
        Binding("w", "guide", N_("A word to him"), id="work.guide"),
    ]

    def __init__(
        self, desk: Background, login: str, name: str, period: Period | None = None
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            login: whose work it is.
            name: what he is called.
            period: the time; this month where it is not said.
        """
        super().__init__(desk)
        self.login = login
        self.member_name = name
        self.period = period or Period(MONTH, desk.clock.today())
        self.found: dict[str, WorkEntry] = {}
        self.is_own = False
        """Whether it is the work of the member at the desk, who writes no words to himself."""

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield RowList(COLUMNS, empty=N_("Nothing in this time"), id="list", marking=False)

    @property
    def list(self) -> RowList:
        """What he did."""
        return self.query_one("#list", RowList)

    @property
    def entry(self) -> WorkEntry | None:
        """What is under the cursor."""
        return self.found.get(self.list.key or "")

    @property
    def card_id(self) -> int | None:
        """The card that it is about."""
        return self.entry.card if self.entry else None

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.show_title()

    def show_title(self) -> None:
        """Say whose work it is, and of which time."""
        words = self.period.words(self.desk.clock.today())
        self.set_title(labels.aside(self.member_name, words))

    def reload(self) -> None:
        """Read what he did anew."""
        self.load(self.period)

    @work(exclusive=True, exit_on_error=False, group="work")
    async def load(self, period: Period) -> None:
        """Show what he did in a time."""
        login = self.login
        try:
            entries, own = await self.desk.read(
                lambda desk: (
                    desk.work.of(login, period.first, period.last),
                    desk.member.login == login,
                )
            )
        except StoreError as error:
            self.report(error)
            return
        self.is_own = own
        self.found = {_key(entry): entry for entry in entries}
        self.list.set_rows([entry_row(entry, self.desk.clock) for entry in entries], keep=True)
        self.show_title()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody writes words to himself."""
        if action == "guide":
            return not self.is_own
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Go to the time before, or after."""
        self.period = self.period.moved(step, self.desk.clock.today())
        self.reload()

    def action_span(self) -> None:
        """Ask how long the time is."""

        def chosen(span: str | None) -> None:
            if span is not None:
                self.period = Period(span, min(self.period.last, self.desk.clock.today()))
                self.reload()

        choices = [(span, _(title)) for span, title in SPANS]
        self.app.push_screen(Choose(_("How long"), choices, self.period.span), chosen)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the talk in its form, or the card at its briefing."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind in TALKS and entry.interaction is not None:
            from screens.card_lists import open_talk

            open_talk(self, entry.interaction)
        elif entry.card is not None:
            self.open_card(entry.card)

    def action_guide(self) -> None:
        """Write a word about what is under the cursor."""
        from screens.guidance_entry import GuidanceEntry

        self.app.push_screen(
            GuidanceEntry(self.desk, self.login, self.member_name, about=self.entry)
        )


def _key(entry: WorkEntry) -> str:
    return f"{entry.change_set}:{entry.kind}:{entry.card}:{entry.interaction}:{entry.todo}"


def entry_row(entry: WorkEntry, clock: Clock) -> Row:
    """One thing that was done, as a row."""
    return Row(
        _key(entry),
        (
            f"{clock.local(entry.at):%m-%d %H:%M}",
            labels.work(entry.kind),
            entry.name,
            entry.words if entry.words != entry.name else "",
        ),
        "muted" if entry.kind == "trashed" else "",
    )
