"""The papers of a customer: by class and kind, with what is missing among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens import paper_actions
from screens.card_sides import CardSide
from screens.paper_rows import LACKS, OF_CARD, about_paper, card_rows
from store.errors import StoreError
from store.language import N_, _
from widgets.row_list import RowList
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from screens.briefing import Briefing
    from store.records.papers import PaperRow

NOT_YOURS = N_("This card is not yours to change; ask whoever looks after it.")
NOTHING = N_("There is nothing to do with it here.")

KEYS = {"n": "add", "o": "fetch", "f": "file", "e": "change", "x": "lend"}
"""Keys that may have nothing to do here, and would mean something else on the page itself."""

LOW = 16
"""Lines of the screen from which there is room for what is known of the paper."""


class PapersSide(CardSide):
    """What is in the customer's file, with keys to list, change, fetch and lend."""

    DEFAULT_CSS = """
    PapersSide {
        & > RowList { padding: 0 1; }
        & > #paper { height: auto; max-height: 5; padding: 0 1; border-top: solid $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"refuse('{action}')", show=False) for key, action in KEYS.items()),
        Binding("n", "add", N_("List a paper"), id="papers.add"),
        Binding("o", "fetch", N_("Fetch the file"), id="papers.fetch"),
        Binding("f", "file", N_("Put a file to it"), id="papers.file"),
        Binding("e", "change", N_("Change"), id="papers.change"),
        Binding("x", "lend", N_("Lend, bring back"), id="papers.lend"),
        Binding("d,delete", "remove", N_("Trash"), id="papers.trash"),
    ]

    def __init__(self, page: Briefing) -> None:
        super().__init__(page)
        self.papers: dict[str, PaperRow] = {}
        """The listed papers, by the key of their row."""
        self.wanted: int | None = None
        """The paper that the cursor goes to once it is listed."""
        self.warnings: dict[int, str] = {}
        """What is odd about files, by paper."""
        self.lends = False

    def compose(self) -> ComposeResult:
        """The papers, and what is known of the one under the cursor."""
        yield RowList(OF_CARD, empty=N_("No paper yet: n lists one"), id="papers")
        yield SteadyText(id="paper")

    @property
    def list(self) -> RowList:
        """The papers, as a list."""
        return self.query_one("#papers", RowList)

    @property
    def paper(self) -> PaperRow | None:
        """The paper under the cursor."""
        return self.papers.get(self.list.key or "")

    @property
    def edits(self) -> bool:
        """Whether the member may change the card."""
        return "edit" in self.page.may

    def take_cursor(self) -> None:
        """Go to the papers."""
        self.list.focus()

    async def load(self) -> None:
        """Read the papers anew."""
        card = self.page.card
        found, self.warnings = await self.desk.read(
            lambda desk: (
                (papers := desk.papers.of_card(card)),
                {
                    paper.id: desk.papers.warning(paper.file)
                    for paper in papers.papers
                    if paper.file is not None
                },
            )
        )
        self.lends = "lend" in self.page.may
        self.papers = {str(paper.id): paper for paper in found.papers}
        rows = card_rows(found)
        self.list.set_columns(OF_CARD)
        self.list.set_rows(rows, keep=True)
        keys = [row.key for row in rows]
        if self.wanted is not None and str(self.wanted) in keys:
            self.list.cursor = keys.index(str(self.wanted))
            self.wanted = None
        self.show_details()

    @on(RowList.Highlighted)
    def show_details(self) -> None:
        """Show what is known of the paper under the cursor, where there is room."""
        line = self.query_one("#paper", SteadyText)
        paper = self.paper
        line.display = paper is not None and self.page.size.height >= LOW
        if paper is not None:
            line.update(about_paper(paper, self.desk.clock, self.warnings.get(paper.id, "")))
        else:
            line.update(Content())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the paper under the cursor."""
        if action == "refuse":
            return not self.check_action(str(parameters[0]), ())
        if action == "fetch":
            return self.paper is not None and self.paper.file is not None
        if action in ("add", "file", "change"):
            return self.edits
        if action == "lend":
            return self.lends
        # `remove` is offered always: the key would put the card into the trash on the page itself.
        return super().check_action(action, parameters)

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Ask what is to be done with the paper, or list the one that is missing."""
        message.stop()
        paper = self.paper
        if paper is not None:
            names = paper_actions.possible(
                paper, edits=self.edits, lends=self.lends, elsewhere=False
            )
            paper_actions.offer(
                self.page, paper, names, lambda name, row: paper_actions.act(self.page, name, row)
            )
        elif self.edits:
            self.action_add()

    def action_add(self) -> None:
        """List a paper; one that is missing, where the cursor is on it."""
        kind, _colon, sort = (self.list.key or "").partition(":")
        paper = self.paper
        if kind == LACKS:
            wanted = sort
        else:
            wanted = f"{paper.values.paper_class}.other" if paper is not None else ""
        paper_actions.add(self.page, self.page.card, wanted, self.go_to)

    def go_to(self, paper: PaperRow) -> None:
        """Have the cursor on a paper that was listed."""
        self.wanted = paper.id
        self.page.run_worker(self.find(), exit_on_error=False, group="papers.find")

    async def find(self) -> None:
        """Read anew, and go there."""
        try:
            await self.load()
        except StoreError as error:
            self.page.report(error)

    def action_fetch(self) -> None:
        """Fetch the file of the paper under the cursor."""
        if self.paper is not None:
            paper_actions.fetch(self.page, self.paper)

    def action_file(self) -> None:
        """Put a file to the paper under the cursor."""
        if self.paper is not None:
            paper_actions.put_file(self.page, self.paper)

    def action_change(self) -> None:
        """Change what is written down of the paper under the cursor."""
        if self.paper is not None:
            paper_actions.edit(self.page, self.paper)
        else:
            self.action_add()

    def action_lend(self) -> None:
        """Lend the paper under the cursor, or note that it is back."""
        if self.paper is not None:
            paper_actions.lend(self.page, self.paper)

    def action_refuse(self, _action: str = "") -> None:
        """Say why a key does nothing here."""
        self.page.tell(_(NOTHING) if self.edits else _(NOT_YOURS))

    def action_remove(self) -> None:
        """Put the marked papers, or the one under the cursor, into the trash."""
        chosen = [self.papers[key] for key in self.list.chosen if key in self.papers]
        if not self.edits:
            self.action_refuse()
        elif chosen:
            paper_actions.trash(self.page, chosen)
