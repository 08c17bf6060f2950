"""Loans: what waits for one's word, what one borrowed, what is out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.loan_ask import ask_by_number
from screens.loan_decide import ask_refusal, decide, write
from screens.team import TeamScreen
from store import loan_words
from store.errors import StoreError
from store.language import N_, _, ngettext
from store.records.loans import OPEN, LoanRow, Reading
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.desk import Desk

COLUMNS = (
    Column("group", "", 9, least=6),
    Column("card", N_("Card"), 16, least=8, share=2),
    Column("who", N_("Who"), 8, least=6, share=1),
    Column("what", N_("What is lent"), 18, least=8, share=2),
    Column("state", N_("State"), 20, least=14, share=1),
)

GROUPS = {"requests": N_("To decide"), "mine": N_("Mine"), "lent": N_("Lent out")}
"""What stands before the first row of each group; message ids."""

TONES = {"late": "error", "asked": "strong", "running": ""}

READS_SHOWN = 3
"""Readings whose moment is told."""

LENDING = frozenset({"manager", "director", "custodian"})
"""Roles that lend papers."""

Found = dict[str, list[LoanRow]]


class TeamLoans(TeamScreen):
    """Requests, one's own loans, and what others have."""

    TAB = "loans"
    HELP = N_(
        "A loan lets a colleague see a card, or some sections of it, for some days; it ends by "
        "itself, and what he reads is noted. n asks for a card by its number. a approves a "
        "request as it was asked, o on other terms, r refuses. x returns what you borrowed, or "
        "takes back what you lent. Papers are late until x notes that they are back."
    )
    DEFAULT_CSS = """
    TeamLoans > #about { height: 4; padding: 0 1; border-top: solid $panel; }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "approve", "terms", "refuse", "give_back", "new", "paper")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", N_("Ask for a card"), id="new"),
        Binding("a", "approve", N_("Approve"), id="loans.approve"),
        Binding("o", "terms", N_("Other terms"), id="loans.terms"),
        Binding("r", "refuse", N_("Refuse"), id="loans.refuse"),
        Binding("x", "give_back", N_("Return"), id="loans.return"),
        Binding("p", "paper", N_("Lend a paper"), id="loans.paper"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.loans: dict[str, LoanRow] = {}
        """The loans that are listed, by the key of their row."""

    def compose_body(self) -> ComposeResult:
        """The list, and what is known of the loan under the cursor."""
        yield RowList(
            COLUMNS, id="list", marking=False, empty=N_("Nothing lent: n asks for a card")
        )
        yield Static(id="about")

    @property
    def list(self) -> RowList:
        """The loans."""
        return self.query_one("#list", RowList)

    @property
    def loan(self) -> LoanRow | None:
        """The loan under the cursor."""
        return self.loans.get(self.list.key or "")

    @property
    def card_id(self) -> int | None:
        """The card of the loan under the cursor, where the member may know it."""
        return self.loan.card_id if self.loan is not None and self.loan.name else None

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read the loans anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="loans")
    async def load(self) -> None:
        """Show the loans; a newer call replaces an older one."""
        try:
            found = await self.desk.read(_loans)
        except StoreError as error:
            self.report(error)
            return
        self.loans = {}
        rows = []
        for group, loans in found.items():
            for place, loan in enumerate(loans):
                key = f"{group}:{loan.id}"
                self.loans[key] = loan
                title = _(GROUPS[group]) if place == 0 else ""
                rows.append(_row(key, title, loan, self.desk.clock))
        self.list.set_rows(rows, keep=True)
        self.follow()

    @on(RowList.Highlighted)
    def follow(self) -> None:
        """Show what is known of the loan under the cursor, and the keys that are for it."""
        self.refresh_bindings()
        about = self.query_one("#about", Static)
        loan = self.loan
        if loan is None:
            about.update(Content())
            return
        about.update(about_loan(loan, None, self.desk.clock))
        if loan.kind == "access" and loan.decided_at is not None and loan.state != "refused":
            self.read_readings(loan)

    @work(exclusive=True, exit_on_error=False, group="loans.reads")
    async def read_readings(self, loan: LoanRow) -> None:
        """Show when the borrower opened the card."""
        try:
            found = await self.desk.read(lambda desk: desk.loans.reads(loan.id))
        except StoreError as error:
            self.report(error)
            return
        if self.loan == loan:
            text = about_loan(loan, found, self.desk.clock)
            self.query_one("#about", Static).update(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that are for the loan under the cursor."""
        loan = self.loan if self.is_mounted else None
        if action in ("approve", "terms", "refuse"):
            return loan is not None and loan.state == "asked" and loan.decides and not loan.mine
        if action == "give_back":
            return loan is not None and loan.state in OPEN and _ends_it(loan)
        if action == "paper":
            return self.place is not None and self.place.role in LENDING
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the card of the loan."""
        if self.card_id is not None:
            self.open_card(self.card_id)
        elif self.loan is not None:
            self.tell(_("{number} is closed to you").format(number=self.loan.number))

    def action_new(self) -> None:
        """Ask for a card by its number or name."""
        ask_by_number(self)

    def action_approve(self) -> None:
        """Approve what was asked for, as it was asked."""
        loan = self.loan
        if loan is not None:
            self.run_worker(
                write(self, lambda desk: desk.loans.approve(loan.id)),
                exit_on_error=False,
                group="do",
            )

    def action_terms(self) -> None:
        """Decide with other days or sections."""
        if self.loan is not None:
            decide(self, self.loan)

    def action_refuse(self) -> None:
        """Refuse, and say why."""
        if self.loan is not None:
            self.run_worker(ask_refusal(self, self.loan), exit_on_error=False, group="open")

    def action_give_back(self) -> None:
        """Return what one borrowed, withdraw a request, or take back what one lent."""
        loan = self.loan
        if loan is None:
            return

        def use_case(desk: Desk) -> LoanRow:
            if loan.mine or loan.kind == "paper":
                return desk.loans.give_back(loan.id)
            return desk.loans.recall(loan.id)

        self.run_worker(write(self, use_case), exit_on_error=False, group="do")

    def action_paper(self) -> None:
        """Lend a paper from the shelf."""
        from screens.loan_paper import LoanPaper

        loan = self.loan

        def lent(done: LoanRow | None) -> None:
            if done is not None:
                self.tell(_("Noted; u takes back"))
                self.reload()

        number = loan.number if loan is not None and loan.decides else ""
        self.app.push_screen(LoanPaper(self.desk, number), lent)


def _loans(desk: Desk) -> Found:
    return {
        "requests": desk.loans.requests(),
        "mine": desk.loans.mine(),
        "lent": desk.loans.lent(),
    }


def _ends_it(loan: LoanRow) -> bool:
    """Whether the reader may end it: his own, but a paper is noted as back by who lends it."""
    if loan.kind == "paper":
        return loan.decides
    return loan.mine or (loan.decides and loan.state != "asked")


def _row(key: str, group: str, loan: LoanRow, clock: Clock) -> Row:
    return Row(
        key,
        (
            group,
            f"{loan.name} {loan.number}".strip(),
            loan.borrower,
            loan_words.what(loan),
            _asked(loan) if loan.state == "asked" else loan_words.state(loan, clock),
        ),
        TONES.get(loan.state, "muted"),
    )


def _asked(loan: LoanRow) -> str:
    return ngettext("asks for {days} day", "asks for {days} days", loan.days).format(days=loan.days)


def about_loan(loan: LoanRow, reads: list[Reading] | None, clock: Clock) -> Content:
    """What is known of a loan: when it was asked for and why, the answer, when it was read."""
    asked = f"{clock.local(loan.asked_at):%m-%d %H:%M}"
    head = [_("{name}, {when}").format(name=loan.borrower, when=asked), loan.reason]
    if loan.handler:
        head.append(_("by {name}").format(name=loan.handler))
    if loan.approver:
        head.append(_("approved by {name}").format(name=loan.approver))
    lines = [Content("  ".join(part for part in head if part))]
    if loan.answer:
        lines.append(Content(_("Answer: {text}").format(text=loan.answer)))
    if reads is not None:
        times = [f"{clock.local(read.at):%m-%d %H:%M}" for read in reads]
        if times:
            shown = _(", ").join(times[:READS_SHOWN]) + (" …" if len(times) > READS_SHOWN else "")
            lines.append(Content(_("Read: {times}").format(times=shown)))
        else:
            lines.append(Content(_("Not read yet")))
    return Content("\n").join(lines)
