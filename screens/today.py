"""What is due today: unsaved words, to-dos, contacts, dates, reviews."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens import card_actions, todo_actions
from screens.agenda_rows import agenda_rows, columns, date_key, number_of
from screens.base import SectionScreen
from screens.card_lists import open_todo
from screens.card_rows import NONE_TO_SEE, no_cards
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.lunar import Calendar, LunarDay, YearlyDate
from widgets.row_list import RowList
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from datetime import date

    from store.background import Background
    from store.desk import Desk
    from store.records.briefing import Agenda
    from store.records.cards import CardRow
    from store.records.drafts import Draft
    from store.records.inspections import InspectionRow
    from store.records.loans import LoanRow
    from store.records.remarks import RemarkRow


NOTHING_DUE = N_("Nothing due today: time to call somebody")


class Today(SectionScreen):
    """The day at a glance; Enter opens what a row is about."""

    SECTION = "today"
    HELP = N_(
        "Begin the day here: what colleagues told you, what was promised for today, whom to "
        "contact, whom to greet, who travels, what happened to customers, which cards to look "
        "through. Enter takes up words that were typed and not saved. @ tells a colleague "
        "something, a answers him."
    )
    DEFAULT_CSS = """
    Today > #head { height: 1; padding: 0 1; color: $text-muted; }
    """
    FIRST_KEYS = (
        *("open", "answer", "done", "postpone", "greet", "drop_draft"),
        *("search", "log", "todo", "new", "edit", "briefing"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "done", N_("Done"), id="today.done"),
        Binding("a", "answer", N_("Answer"), id="today.answer"),
        Binding("z", "postpone", N_("Postpone"), id="today.postpone"),
        Binding("g", "greet", N_("Greeted"), id="today.greet", priority=True),
        Binding("d,delete", "drop_draft", N_("Drop unsaved words"), id="today.drop"),
    ]
    KINDS_OF: ClassVar[dict[str, frozenset[str]]] = {
        "answer": frozenset({"remark", "inspection"}),
        "done": frozenset({"todo", "remark"}),
        "postpone": frozenset({"todo"}),
        "greet": frozenset({"date"}),
        "drop_draft": frozenset({"draft"}),
    }
    """The kinds of rows that an action is for."""

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.agenda: Agenda | None = None
        self.role = ""
        """The member's role, once it is known."""
        self.drafts: dict[str, Draft] = {}
        self.names: dict[str, str] = {}
        """The names of the cards that the drafts are about, by number."""
        self.kinds: set[str] = set()
        """The kinds of the rows that are acted on now."""

    def compose_body(self) -> ComposeResult:
        """The date and the list."""
        yield SteadyText(id="head")
        yield RowList(columns(), empty=NOTHING_DUE, id="list")

    @property
    def list(self) -> RowList:
        """The agenda."""
        return self.query_one("#list", RowList)

    def on_mount(self) -> None:
        """Let the list have the keys."""
        self.list.focus()

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(columns())
        self.query_one("#head", Static).update(Content(day_line(self.desk.clock.today())))
        if self.agenda is not None:
            self.show_rows()

    def reload(self) -> None:
        """Read the agenda anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="today")
    async def load(self) -> None:
        """Show the agenda; a newer call replaces an older one."""
        try:
            self.agenda, drafts, self.names, cards, self.role = await self.desk.read(_day)
        except StoreError as error:
            self.report(error)
            return
        self.drafts = {draft.key: draft for draft in drafts}
        self.list.set_empty(NOTHING_DUE if cards else no_cards(self.role))
        self.refresh_bindings()
        self.show_rows()

    def show_rows(self) -> None:
        """Write the agenda."""
        if self.agenda is not None:
            rows = agenda_rows(self.agenda, self.drafts.values(), self.desk.clock, self.names)
            self.list.set_rows(rows, keep=True)
        head = day_line(self.desk.clock.today())
        self.query_one("#head", Static).update(Content(head))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that are for the row under the cursor, or the marked ones."""
        wanted = self.KINDS_OF.get(action)
        if wanted is not None and not wanted & self.kinds:
            return False
        if action == "new" and self.role in NONE_TO_SEE:
            return False
        return super().check_action(action, parameters)

    @on(RowList.Highlighted)
    @on(RowList.Marked)
    def note_kinds(self) -> None:
        """Show the keys that are for these rows."""
        kinds = {key.partition(":")[0] for key in self.list.chosen}
        if kinds != self.kinds:
            self.kinds = kinds
            self.refresh_bindings()

    def _under_cursor(self) -> tuple[str, str]:
        """The kind of the row under the cursor, and what follows the colon in its key."""
        kind, _colon, rest = (self.list.key or "").partition(":")
        return kind, rest

    @property
    def card_id(self) -> int | None:
        """The card that the row under the cursor is about."""
        kind, rest = self._under_cursor()
        if kind in ("followup", "review"):
            return int(rest)
        if kind in ("date", "trip", "news"):
            return int(rest.partition(":")[0])
        if kind == "loan":
            return self.loan.card_id if self.loan is not None and self.loan.name else None
        if kind == "remark":
            return self.remark.card_id if self.remark is not None else None
        if kind == "inspection":
            return self.inspection.card_id if self.inspection is not None else None
        if kind == "todo" and self.agenda is not None:
            return next((t.card_id for t in self.agenda.todos if str(t.id) == rest), None)
        return None

    @property
    def loan(self) -> LoanRow | None:
        """The loan under the cursor."""
        kind, rest = self._under_cursor()
        loans = self.agenda.loans if self.agenda is not None and kind == "loan" else ()
        return next((each for each in loans if str(each.id) == rest), None)

    @property
    def remark(self) -> RemarkRow | None:
        """The remark under the cursor."""
        kind, rest = self._under_cursor()
        remarks = self.agenda.remarks if self.agenda is not None and kind == "remark" else ()
        return next((each for each in remarks if str(each.id) == rest), None)

    @property
    def inspection(self) -> InspectionRow | None:
        """The inspection under the cursor."""
        kind, rest = self._under_cursor()
        found = self.agenda.inspections if self.agenda is not None else ()
        return next((each for each in found if kind == "inspection" and str(each.id) == rest), None)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open what the row is about."""
        kind, rest = self._under_cursor()
        if kind == "todo":
            open_todo(self, int(rest))
        elif kind == "draft":
            self.take_up(rest)
        elif kind == "remark" and self.card_id is None:
            self.action_answer()
        elif kind == "pile":
            from screens.pile_walk import PileWalk

            self.app.push_screen(PileWalk(self.desk))
        elif self.loan is not None and self.loan.why == "decide":
            from screens.loan_decide import decide

            decide(self, self.loan)
        else:
            self.action_briefing()

    def take_up(self, key: str) -> None:
        """Open the editor that words were typed into."""
        from screens.take_up import take_up

        take_up(self, key)

    @work(exit_on_error=False, group="today.drop")
    async def action_drop_draft(self) -> None:
        """Throw unsaved words away, once that is confirmed."""
        from screens.confirm import Confirm

        kind, rest = self._under_cursor()
        if kind != "draft":
            return
        question = _("Throw these unsaved words away?")
        if not await self.app.push_screen_wait(Confirm(self.desk, question, default=False)):
            return
        try:
            await self.desk.write(lambda desk: desk.drafts.drop(rest))
        except StoreError as error:
            self.report(error)
            return
        self.reload()

    def _chosen(self, kind: str) -> list[str]:
        """What follows the colon in the keys of the chosen rows of a kind."""
        return [key.partition(":")[2] for key in self.list.chosen if key.startswith(f"{kind}:")]

    def action_done(self) -> None:
        """Be done with the chosen to-dos and remarks."""
        todo_actions.finish_todos(self, [int(key) for key in self._chosen("todo")])
        todo_actions.finish_remarks(self, [int(key) for key in self._chosen("remark")])

    def action_answer(self) -> None:
        """Answer the remark under the cursor, or what a card was sent back for."""
        if self.inspection is not None:
            from screens.inspection_answer import InspectionAnswer

            self.app.push_screen(InspectionAnswer(self.desk, self.inspection))
        if self.remark is not None:
            from screens.remark_entry import RemarkAnswer

            self.app.push_screen(RemarkAnswer(self.desk, self.remark))

    def action_remark(self) -> None:
        """Tell a colleague something about what the row is about."""
        kind, rest = self._under_cursor()
        todo = int(rest) if kind == "todo" else None
        card = None if todo is not None else self.card_id
        card_actions.tell_colleague(self, card, todo=todo)

    def action_postpone(self) -> None:
        """Put the chosen to-dos off."""
        todo_actions.postpone_todos(self, [int(key) for key in self._chosen("todo")])

    def action_greet(self) -> None:
        """Note a greeting for the chosen dates."""
        wanted = set(self._chosen("date"))
        dates = self.agenda.dates if self.agenda else ()
        todo_actions.note_greetings(self, [row for row in dates if date_key(row) in wanted])

    def action_log(self) -> None:
        """Log a talk with the card of the row."""
        card_actions.log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do for the card of the row."""
        card_actions.add_todo(self, self.card_id)

    def action_new(self) -> None:
        """Enter a card."""
        card_actions.enter_card(self)

    def action_edit(self) -> None:
        """Edit the card of the row."""
        if (card := self.card_or_say()) is not None:
            card_actions.edit_card(self, card)


def _day(desk: Desk) -> tuple[Agenda, list[Draft], dict[str, str], list[CardRow], str]:
    """What is due, the words that wait with the names of their cards, whether cards are there, and
    the member's role.

    In the reading thread.
    """
    drafts = desk.drafts.all()
    names = {}
    for number in {number_of(draft) for draft in drafts} - {""}:
        with suppress(StoreError):  # a card that is gone is shown by its number
            names[number] = desk.cards.resolve(number).name
    some = desk.cards.find("", limit=1)
    return desk.today.agenda(), drafts, names, some, desk.member.role


def day_line(today: date) -> str:
    """The day in both calendars."""
    lunar = LunarDay.from_solar(today)
    said = YearlyDate(Calendar.LUNAR, None, lunar.month, lunar.day, lunar.leap).spoken()
    return f"{today:%Y-%m-%d} {labels.weekday(today)}  {said}"
