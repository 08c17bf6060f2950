"""Birthdays and anniversaries that are coming, solar and lunar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from screens import card_actions, todo_actions
from screens.base import SectionScreen
from screens.briefing_text import calendar_words, whose
from screens.choose import Choose
from store import labels
from store.briefing_lines import age_words
from store.errors import StoreError
from store.language import N_, _, current
from store.lunar import YearlyDate
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.occasions import OccasionRow

SPANS = (
    (7, N_("a week")),
    (30, N_("30 days")),
    (60, N_("two months")),
    (90, N_("three months")),
    (366, N_("a year")),
)
"""How far ahead the list may look; days and message ids."""


class Dates(SectionScreen):
    """Who has a birthday, by which calendar, when, in how many days, how old."""

    SECTION = "dates"
    HELP = N_(
        "Each birthday is kept in the calendar that the customer keeps; a lunar one falls on "
        "another day every year. Greet in time: g notes a greeting, and the row says so from then "
        "on."
    )
    DEFAULT_CSS = """
    Dates > #head { height: 1; padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "greet", N_("Greeted"), id="dates.greet", priority=True),
        Binding("f", "span", N_("How far"), id="dates.span"),
    ]

    span: var[int] = var(30, init=False)
    """Days ahead that are listed."""

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.found: dict[str, OccasionRow] = {}

    def compose_body(self) -> ComposeResult:
        """The span and the list."""
        yield Static(id="head")
        yield RowList(
            columns(), empty=N_("No dates in this time: f looks further ahead"), id="list"
        )

    @property
    def list(self) -> RowList:
        """The list of dates."""
        return self.query_one("#list", RowList)

    def on_mount(self) -> None:
        """Let the list have the keys."""
        self.list.focus()

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(columns())
        self.reload()

    def watch_span(self) -> None:
        """Look further ahead, or less far."""
        self.reload()

    def reload(self) -> None:
        """Read the dates anew."""
        self.load(self.span)

    @work(exclusive=True, exit_on_error=False, group="dates")
    async def load(self, days: int) -> None:
        """Show the dates of the coming days; a newer call replaces an older one."""
        try:
            coming = await self.desk.read(lambda desk: desk.occasions.coming(days=days))
        except StoreError as error:
            self.report(error)
            return
        self.found = {key_of(row): row for row in coming}
        self.list.set_rows([date_row(row, self.desk.clock) for row in coming], keep=True)
        title = _(dict(SPANS).get(days, ""))
        head = _("The coming dates, {span}: {count}").format(span=title, count=len(coming))
        self.query_one("#head", Static).update(Content(head))

    @property
    def chosen(self) -> OccasionRow | None:
        """The date under the cursor."""
        return self.found.get(self.list.key or "")

    @property
    def card_id(self) -> int | None:
        """The card that the date under the cursor belongs to."""
        return self.chosen.card_id if self.chosen else None

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the briefing of the customer."""
        self.action_briefing()

    def action_greet(self) -> None:
        """Note that the customer was greeted; of all marked rows, or the one under the cursor."""
        chosen = [self.found[key] for key in self.list.chosen if key in self.found]
        todo_actions.note_greetings(self, chosen)

    def action_span(self) -> None:
        """Ask how far to look ahead."""

        def chosen(days: int | None) -> None:
            if days is not None:
                self.span = days

        choices = [(days, _(title)) for days, title in SPANS]
        self.app.push_screen(Choose(_("How far ahead"), choices, self.span), chosen)

    def action_log(self) -> None:
        """Log a talk with the customer."""
        card_actions.log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do, such as a present to send."""
        card_actions.add_todo(self, self.card_id)

    def action_edit(self) -> None:
        """Edit the customer's card."""
        if (card := self.card_or_say()) is not None:
            card_actions.edit_card(self, card)

    def action_new(self) -> None:
        """Enter a further date for the customer under the cursor."""
        from screens.date_form import DateForm

        if (card := self.card_or_say()) is not None:
            self.app.push_screen(DateForm(self.desk, card))


def columns() -> tuple[Column, ...]:
    """The columns of the list of dates."""
    chinese = current() == "zh"
    return (
        Column("date", N_("Date"), 10),
        Column("days", N_("In"), 6 if chinese else 8),
        Column("who", N_("Who"), 20, least=16, share=3),
        Column("what", N_("What"), 10 if chinese else 12, least=8, share=1),
        Column("calendar", N_("Calendar"), 16 if chinese else 11),
        Column("age", N_("Age"), 7 if chinese else 10),
        Column("greeted", N_("Greeted"), 4 if chinese else 7),
    )


def key_of(row: OccasionRow) -> str:
    """What names an occurrence: one date may come twice in a long span."""
    return f"{row.id}:{row.date.isoformat()}"


def date_row(row: OccasionRow, clock: Clock) -> Row:
    """A coming date as a row; round years and today stand out."""
    said = YearlyDate.parse(row.stored)
    year = "" if row.date.year == clock.today().year else f"{row.date:%Y}-"
    who = labels.aside(whose(row), row.organisation or "")
    what = labels.occasion(row.occasion, row.note)
    if row.round_year:
        what += " " + _("(round)")
    return Row(
        key_of(row),
        (
            f"{year}{row.date:%m-%d} {'' if year else labels.weekday(row.date)}".strip(),
            labels.days_left(row.days),
            who,
            what,
            calendar_words(said),
            age_words(row),
            _("yes") if row.greeted else "",
        ),
        "muted" if row.greeted else ("strong" if row.days == 0 else ""),
    )
