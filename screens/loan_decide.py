"""Deciding whether somebody may see a card: as asked, for other days, or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.ask_text import AskText
from screens.base import Dialog
from screens.loan_ask import SECTIONS, days_of
from store import loan_words
from store.errors import StoreError
from store.language import N_, _, ngettext
from store.records.loans import LoanRow
from widgets.choice_row import Choice, ChoiceRow
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.background import Background
    from store.desk import Desk

APPROVE, DAYS, PART, REFUSE = "a", "d", "s", "r"

CHOICES = (
    (APPROVE, N_("Approve")),
    (DAYS, N_("Other days")),
    (PART, N_("Some sections")),
    (REFUSE, N_("Refuse")),
)
"""What can be answered; message ids."""

UseCase = Callable[["Desk"], LoanRow]


class LoanDecide(Dialog[str]):
    """Who asks for what, and the answers; gives the letter of one, or None."""

    DEFAULT_CSS = """
    LoanDecide {
        & > .dialog { width: 66; max-width: 96%; }
        & ChoiceRow { margin-top: 1; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "ChoiceRow"

    def __init__(self, desk: Background, loan: LoanRow) -> None:
        super().__init__(desk)
        self.loan = loan

    def compose(self) -> ComposeResult:
        """The request and the answers."""
        loan = self.loan
        days = ngettext("for {days} day", "for {days} days", loan.days).format(days=loan.days)
        name = _("{name} asks to see {card}").format(
            name=loan.borrower, card=f"{loan.number} {loan.name}".rstrip()
        )
        parts = [
            Content.styled(name, "bold"),
            Content(f"{loan_words.what(loan)}  {days}"),
            *([Content(loan.reason)] if loan.reason else []),
        ]
        with Vertical(classes="dialog"):
            yield Static(Content("\n").join(parts))
            yield ChoiceRow([Choice(key, _(title)) for key, title in CHOICES])

    def reload(self) -> None:
        """Keep what is asked."""

    @on(ChoiceRow.Taken)
    def answered(self, message: ChoiceRow.Taken) -> None:
        """Give the answer."""
        self.dismiss(message.key)


class SectionChoice(Dialog[tuple[str, ...]]):
    """Space marks sections of a card, Enter takes the marked ones."""

    DEFAULT_CSS = """
    SectionChoice {
        & > .dialog { padding: 0 1; }
        & RowList { background: $surface; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "RowList"

    def __init__(self, desk: Background, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__(desk)
        self.sections = tuple(sections)

    def compose(self) -> ComposeResult:
        """The sections."""
        with Vertical(classes="dialog"):
            yield Static(Content(_("Which sections? Space marks, Enter takes")))
            yield RowList(SECTIONS, header=False)

    def on_mount(self) -> None:
        """Show the sections."""
        self.query_one(RowList).set_rows([Row(key, (title,)) for key, title in self.sections])

    def on_resize(self) -> None:
        """Have the list no higher than what the terminal has room for."""
        room = self.size.height * 9 // 10 - 4
        self.query_one(RowList).styles.height = max(1, min(len(self.sections), room))

    def reload(self) -> None:
        """Keep what is marked."""

    @on(RowList.Opened)
    def taken(self) -> None:
        """Give the marked ones."""
        self.dismiss(self.query_one(RowList).chosen)


def decide(screen: BaseScreen[Any], loan: LoanRow) -> None:
    """Ask what becomes of a request, and do it."""

    async def ask() -> None:
        answer = await screen.app.push_screen_wait(LoanDecide(screen.desk, loan))
        if answer == APPROVE:
            await write(screen, lambda desk: desk.loans.approve(loan.id))
        elif answer == DAYS:
            await _other_days(screen, loan)
        elif answer == PART:
            await _some_sections(screen, loan)
        elif answer == REFUSE:
            await ask_refusal(screen, loan)

    screen.run_worker(ask(), exit_on_error=False, group="open")


async def _other_days(screen: BaseScreen[Any], loan: LoanRow) -> None:
    text = await screen.app.push_screen_wait(
        AskText(_("For how many days?"), str(loan.days), check=days_of)
    )
    if text is not None:
        await write(screen, lambda desk: desk.loans.approve(loan.id, days=days_of(text)))


async def _some_sections(screen: BaseScreen[Any], loan: LoanRow) -> None:
    found = await screen.desk.read(lambda desk: desk.loans.sections_of(loan.card_id))
    asked = loan.sections
    choices = [each for each in found if asked is None or each[0] in asked] or found
    taken = await screen.app.push_screen_wait(SectionChoice(screen.desk, choices))
    if taken:
        await write(screen, lambda desk: desk.loans.approve(loan.id, sections=taken))


async def ask_refusal(screen: BaseScreen[Any], loan: LoanRow) -> None:
    """Ask why, and refuse."""
    why = await screen.app.push_screen_wait(
        AskText(_("Why not? {name} reads it").format(name=loan.borrower))
    )
    if why is not None:
        await write(screen, lambda desk: desk.loans.refuse(loan.id, why))


async def write(screen: BaseScreen[Any], use_case: UseCase) -> None:
    """Do something with a loan, and say what became of it."""
    try:
        done = await screen.desk.write(use_case)
    except StoreError as error:
        screen.report(error)
    else:
        screen.tell(_told(done, screen))
    screen.reload()


def _told(loan: LoanRow, screen: BaseScreen[Any]) -> str:
    """What became of a loan; one that was returned cannot be taken up again by its borrower."""
    told = _("{card}, {name}: {state}").format(
        card=loan_words.card(loan),
        name=loan.borrower,
        state=loan_words.state(loan, screen.desk.clock),
    )
    if loan.mine and loan.state == "returned" and not loan.decides:
        return told
    return _("{what}; u takes back").format(what=told)
