"""Whom to tell what became of their introductions, whom to thank, and who brings customers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from screens.ask_text import AskText
from screens.base import PageScreen
from store import labels, relation_words
from store.errors import StoreError
from store.language import N_, _, ngettext
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.desk import Desk
    from store.records.referrals import Giver, ReferralRow

THANKS = (
    Column("referrer", N_("Who brought"), 14, least=8, share=2, sortable=False),
    Column("card", N_("Whom"), 14, least=8, share=2, sortable=False),
    Column("on", N_("When"), 10, sortable=False),
    Column("bought", N_("Bought"), 6, least=4, sortable=False),
    Column("told", N_("Reported"), 8, least=6, sortable=False),
    Column("thanked", N_("Thanked"), 8, least=6, sortable=False),
    Column("result", N_("What became of it"), 16, least=8, share=2, sortable=False),
)
GIVERS = (
    Column("name", N_("Who brought"), 16, least=8, share=2, sortable=False),
    Column("house", N_("Organisation"), 14, least=8, share=2, sortable=False),
    Column("direct", N_("Direct"), 6, align="right", sortable=False),
    Column("customers", N_("In all"), 6, align="right", sortable=False),
    Column("bought", N_("Bought"), 6, least=4, align="right", sortable=False),
    Column("amount", N_("Purchases"), 13, least=13, align="right", sortable=False),
    Column("waiting", N_("To thank"), 8, align="right", sortable=False),
    Column("note", "", 10, least=6, sortable=False),
)
VIEWS = {"thanks": N_("Whom to thank"), "givers": N_("Who brings customers")}
"""The two lists; message ids."""

EMPTY = {
    "thanks": N_("Everybody was told and thanked"),
    "givers": N_("Nobody has brought a customer yet"),
}


class ReferralsPage(PageScreen[None]):
    """Referrals that wait for a word, and those who bring customers."""

    TITLE_TEXT = N_("Referrals")
    HELP = N_(
        "A referrer who hears what became of his introduction, and is thanked, brings the next "
        "one. r notes that he was told, x that he was thanked; Tab shows who brings customers, "
        "how many came through each in the end, and what they bought."
    )
    DEFAULT_CSS = """
    ReferralsPage > #views { height: 1; padding: 0 1; }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("told", "thanked", "turn")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", N_("Other list"), id="referrals.turn"),
        Binding("r", "told", N_("Was told"), id="referrals.told"),
        Binding("x", "thanked", N_("Was thanked"), id="referrals.thanked"),
        Binding("e", "edit", N_("Edit"), id="edit"),
        Binding("i", "chain", N_("Chain of referrals"), id="referrals.chain"),
    ]
    view: var[str] = var("thanks", init=False)
    """The list that is shown, a key of `VIEWS`."""

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.rows: dict[str, ReferralRow] = {}
        self.givers: dict[str, Giver] = {}

    def compose_body(self) -> ComposeResult:
        """The names of the lists, and the one that is shown."""
        yield SteadyText(id="views")
        yield RowList(THANKS, empty=EMPTY["thanks"], id="list")

    @property
    def list(self) -> RowList:
        """What is shown."""
        return self.query_one("#list", RowList)

    @property
    def card_id(self) -> int | None:
        """The referrer under the cursor; the customer, where the referrer is only a name."""
        key = self.list.key or ""
        if self.view == "givers":
            giver = self.givers.get(key)
            return None if giver is None else giver.card.id
        row = self.rows.get(key)
        if row is None:
            return None
        return row.card.id if row.referrer is None else row.referrer.id

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.show_views()
        self.reload()

    def show_views(self) -> None:
        """Write the names of the lists, the present one marked."""
        names = [
            Content.styled(_(title), "bold underline $text-accent" if key == self.view else "")
            for key, title in VIEWS.items()
        ]
        self.query_one("#views", Static).update(Content("  ").join(names))

    def reload(self) -> None:
        """Read the list anew."""
        self.load(self.view)

    def watch_view(self, view: str) -> None:
        """Show the other list."""
        self.show_views()
        self.list.clear_marks()
        self.list.set_columns(THANKS if view == "thanks" else GIVERS)
        self.list.set_empty(EMPTY[view])
        self.list.set_rows([])
        self.refresh_bindings()
        self.reload()

    @work(exclusive=True, exit_on_error=False, group="referrals")
    async def load(self, view: str) -> None:
        """Show a list; a newer call replaces an older one."""
        clock = self.desk.clock
        try:
            if view == "thanks":
                found = await self.desk.read(lambda desk: desk.referrals.to_thank(-1))
                self.rows = {str(row.id): row for row in found}
                self.list.set_rows([thanks_row(row, clock) for row in found], keep=True)
            else:
                givers = await self.desk.read(lambda desk: desk.referrals.givers())
                self.givers = {str(giver.card.id): giver for giver in givers}
                self.list.set_rows([giver_row(giver) for giver in givers], keep=True)
        except StoreError as error:
            self.report(error)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys of the list that is shown."""
        if action in ("told", "thanked", "edit") and self.view != "thanks":
            return False
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        """Show the other list."""
        self.view = "givers" if self.view == "thanks" else "thanks"

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the referrer's card; who brings customers opens with his chain."""
        if self.view == "givers":
            self.action_chain()
        elif self.card_id is not None:
            self.open_card(self.card_id)

    def action_chain(self) -> None:
        """Show who came through the referrer under the cursor."""
        from screens.chain_page import ChainPage

        if self.card_id is not None:
            self.app.push_screen(ChainPage(self.desk, self.card_id))

    def action_edit(self) -> None:
        """Change the referral under the cursor."""
        from screens.referral_form import ReferralForm

        row = self.rows.get(self.list.key or "")
        if row is not None:
            self.app.push_screen(ReferralForm(self.desk, row.card.id, row.id))

    def action_told(self) -> None:
        """Note that the referrers were told, and what."""
        ids = [int(key) for key in self.list.chosen]
        if not ids:
            return
        present = self.rows.get(self.list.chosen[0])
        said = present.values.result if present is not None and len(ids) == 1 else ""

        def answered(result: str | None) -> None:
            if result is not None:
                self.write(lambda desk: desk.referrals.report(ids, result))

        question = _("What became of it, as he was told")
        self.app.push_screen(AskText(question, said, optional=True), answered)

    def action_thanked(self) -> None:
        """Note that the referrers were thanked."""
        ids = [int(key) for key in self.list.chosen]
        if ids:
            self.write(lambda desk: desk.referrals.thank(ids))

    def write(self, use_case: Callable[[Desk], int]) -> None:
        """Write something, and say how many it concerned."""

        async def work() -> None:
            try:
                count = await self.desk.write(use_case)
            except StoreError as error:
                self.report(error)
                return
            told = ngettext(
                "{count} referral noted; u takes back",
                "{count} referrals noted; u takes back",
                count,
            )
            self.tell(told.format(count=count))
            self.forget_marks()
            self.reload()

        self.run_worker(work(), exit_on_error=False, group="do")

    def forget_marks(self) -> None:
        """Take the marks away: what they were set for is done."""
        self.list.clear_marks()


def thanks_row(row: ReferralRow, clock: Clock) -> Row:
    """A referral that waits, as a row."""
    said = row.values
    referrer = row.referrer.name if row.referrer is not None else row.referrer_name
    days = [
        labels.short_day(day, clock.today()) if day else "-"
        for day in (said.reported_on, said.thanked_on)
    ]
    return Row(
        str(row.id),
        (
            referrer or _("somebody you do not see"),
            row.card.name,
            said.on.isoformat() if said.on else "",
            _("yes") if row.bought else "",
            *days,
            " ".join(said.result.split()),
        ),
        "strong" if row.bought else "",
    )


def giver_row(giver: Giver) -> Row:
    """Somebody who brings customers, as a row."""
    brought = giver.brought
    return Row(
        str(giver.card.id),
        (
            giver.card.name,
            giver.card.organisation or giver.card.title,
            str(brought.direct),
            str(brought.customers),
            str(brought.bought),
            relation_words.amount(brought.amount),
            str(giver.waiting or ""),
            _("dislikes it") if giver.dislikes_introductions else "",
        ),
        "warning" if giver.waiting else "",
    )
