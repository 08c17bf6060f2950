"""Work view 工作浏览: what each member below did, and what waits for him."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.choose import Choose
from screens.team import TeamScreen
from screens.work_period import SPANS, WEEK, Period
from store.errors import StoreError
from store.language import N_, _
from store.records.team import UNTOUCHED
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.team import WorkRow

COLUMNS = (
    Column("name", N_("Name"), 16, least=8, sortable=False),
    Column("new", N_("New cards"), 9, align="right", sortable=False),
    Column("talks", N_("Talks"), 5, align="right", sortable=False),
    Column("done", N_("Done"), 5, align="right", sortable=False),
    Column("overdue", N_("Overdue"), 7, align="right", sortable=False),
    Column("untouched", N_("Untouched"), 9, align="right", sortable=False),
    Column("review", N_("To review"), 9, align="right", sortable=False),
    Column("seen", N_("Last seen"), 11, share=1, sortable=False),
)


class TeamWork(TeamScreen):
    """What the members below did in a day, a week or a month."""

    TAB = "work"
    HELP = N_(
        "What each member below you did in this time: Left and Right go back and forth, f takes a "
        "day, a week or a month. What is overdue, untouched for two months and due for review is "
        "told as it is now. Enter shows what he did; w there writes a word that lands on his Today."
    )
    DEFAULT_CSS = """
    TeamWork > #head { height: 1; padding: 0 1; color: $text-muted; }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "guide", "step(-1)", "step(1)", "span")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", N_("Earlier"), id="work.earlier"),
        Binding("right", "step(1)", N_("Later"), id="work.later"),
        Binding("f", "span", N_("How long"), id="work.span"),
        Binding("w", "guide", N_("A word to him"), id="work.guide"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.period = Period(WEEK, desk.clock.today())
        self.found: dict[str, WorkRow] = {}

    def compose_body(self) -> ComposeResult:
        """The time, and the members."""
        yield Static(id="head")
        yield RowList(COLUMNS, empty=N_("Nobody stands below you"), id="list", marking=False)

    @property
    def list(self) -> RowList:
        """The list of members."""
        return self.query_one("#list", RowList)

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read what was done anew."""
        self.load(self.period)

    @work(exclusive=True, exit_on_error=False, group="work")
    async def load(self, period: Period) -> None:
        """Show what was done in a time; a newer call replaces an older one."""
        try:
            rows = await self.desk.read(lambda desk: desk.work.view(period.first, period.last))
        except StoreError as error:
            self.report(error)
            return
        self.found = {row.login: row for row in rows}
        self.list.set_rows([work_row(row, self.desk.clock) for row in rows], keep=True)
        told = _("{period}; untouched: no contact for {days} days")
        words = period.words(self.desk.clock.today())
        self.query_one("#head", Static).update(Content(told.format(period=words, days=UNTOUCHED)))

    def action_step(self, step: int) -> None:
        """Go to the time before, or after."""
        self.show_period(self.period.moved(step, self.desk.clock.today()))

    def show_period(self, period: Period) -> None:
        """Show another time."""
        self.period = period
        self.reload()

    def action_span(self) -> None:
        """Ask how long the time is."""

        def chosen(span: str | None) -> None:
            if span is not None:
                self.show_period(Period(span, min(self.period.last, self.desk.clock.today())))

        choices = [(span, _(title)) for span, title in SPANS]
        self.app.push_screen(Choose(_("How long"), choices, self.period.span), chosen)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Show what the member under the cursor did in this time."""
        from screens.member_work import MemberWork

        row = self.found.get(self.list.key or "")
        if row is not None:
            self.app.push_screen(MemberWork(self.desk, row.login, row.name, self.period))

    def action_guide(self) -> None:
        """Write a word to the member under the cursor."""
        from screens.guidance_entry import GuidanceEntry

        row = self.found.get(self.list.key or "")
        if row is not None and (self.place is None or row.login != self.place.login):
            self.app.push_screen(GuidanceEntry(self.desk, row.login, row.name))


def work_row(row: WorkRow, clock: Clock) -> Row:
    """A member's work as a row; what is overdue stands out by its number, too."""
    counts = (row.new_cards, row.talks, row.done, row.overdue, row.untouched, row.reviews)
    seen = "" if row.last_seen is None else f"{clock.local(row.last_seen):%m-%d %H:%M}"
    return Row(row.login, (row.name, *(str(count) if count else "-" for count in counts), seen))
