"""Reviews 核查: what was sent back, what is to be inspected, what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from screens.inspection_answer import said
from screens.team import TeamScreen
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.records.cards import CardQuery
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.background import Background
    from store.clock import Clock
    from store.desk import Desk
    from store.records.cards import CardRow
    from store.records.inspections import InspectionRow, Uninspected

KINDS = {
    "back": N_("Sent back"),
    "new": N_("To inspect"),
    "due": N_("Review due"),
    "done": N_("Settled"),
}
"""What stands before the first row of each kind; message ids."""

COLUMNS = (
    Column("kind", "", 10, least=10, sortable=False),
    Column("when", N_("When"), 12, least=11, sortable=False),
    Column("card", N_("Card"), 20, least=8, share=2, sortable=False),
    Column("owner", N_("Owner"), 10, least=6, sortable=False),
    Column("what", N_("What"), 30, least=26, share=4, sortable=False),
)

MOST = 100


class TeamReviews(TeamScreen):
    """Inspections of the cards that a member sees, and his own cards that fall due."""

    TAB = "reviews"
    HELP = N_(
        "Cards that were sent back come first: a answers what is said of your own. Those that "
        "wait for your inspection follow, trainees' first: i approves one or sends it back. "
        "Your own cards that fall due for a review come next: look through each, and y says so."
    )
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "inspect", "answer", "looked_through")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "inspect", N_("Inspect"), id="reviews.inspect"),
        Binding("a", "answer", N_("Answer"), id="reviews.answer"),
        Binding("y", "looked_through", N_("Looked through"), id="reviews.looked"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.back: dict[str, InspectionRow] = {}
        """What waits for an answer, by the key of its row."""
        self.cards: dict[str, int] = {}
        """The card of each row."""

    def compose_body(self) -> ComposeResult:
        """The list."""
        yield RowList(COLUMNS, empty=N_("Nothing to review"), id="list")

    @property
    def list(self) -> RowList:
        """The list."""
        return self.query_one("#list", RowList)

    @property
    def card_id(self) -> int | None:
        """The card of the row under the cursor."""
        return self.cards.get(self.list.key or "")

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        self.list.set_columns(COLUMNS)
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="reviews")
    async def load(self) -> None:
        """Show what there is; a newer call replaces an older one."""
        try:
            back, new, due, done = await self.desk.read(_reviews)
        except StoreError as error:
            self.report(error)
            return
        clock = self.desk.clock
        self.back = {f"back:{row.id}": row for row in back}
        rows = [_inspection_row("back", row, clock) for row in back]
        rows += [_new_row(row, clock) for row in new]
        rows += [_due_row(row, clock) for row in due]
        rows += [_inspection_row("done", row, clock) for row in done]
        self.cards = {f"back:{row.id}": row.card_id for row in back}
        self.cards |= {f"new:{row.card_id}": row.card_id for row in new}
        self.cards |= {f"due:{row.id}": row.id for row in due}
        self.cards |= {f"done:{row.id}": row.card_id for row in done}
        self.list.set_rows(_headed(rows), keep=True)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the keys that are for the row under the cursor."""
        if action == "answer":
            return (self.list.key or "") in self.back if self.is_mounted else False
        if action == "inspect" and self.is_mounted:
            is_own = (self.list.key or "due:").startswith("due:")
            return not is_own and (self.place is None or self.place.leads)
        return super().check_action(action, parameters)

    @on(RowList.Highlighted)
    def show_keys(self) -> None:
        """The keys follow the row."""
        self.refresh_bindings()

    @on(RowList.Opened)
    def open_row(self) -> None:
        """Open the card."""
        self.action_briefing()

    def action_inspect(self) -> None:
        """Give a verdict on the card under the cursor."""
        from screens.card_review import inspect_card

        if self.card_id is not None:
            inspect_card(self, self.card_id)

    def action_answer(self) -> None:
        """Answer what is said of the card under the cursor."""
        from screens.inspection_answer import InspectionAnswer

        row = self.back.get(self.list.key or "")
        if row is not None:
            self.app.push_screen(InspectionAnswer(self.desk, row))

    def action_looked_through(self) -> None:
        """The marked cards, or the one under the cursor, were looked through."""
        from screens.card_review import look_through

        chosen = [self.cards[key] for key in self.list.chosen if key in self.cards]
        look_through(self, list(dict.fromkeys(chosen)))


def _reviews(
    desk: Desk,
) -> tuple[list[InspectionRow], list[Uninspected], list[CardRow], list[InspectionRow]]:
    """What waits, what is to be inspected, what falls due, what is settled: for the list."""
    due = CardQuery(mine=True, review_due=True, sort="review")
    return (
        desk.inspections.sent_back(MOST),
        desk.inspections.to_inspect(MOST),
        desk.cards.page(due, 0, MOST),
        desk.inspections.newest(MOST),
    )


def _headed(rows: Sequence[Row]) -> list[Row]:
    """Rows with the name of their kind before the first of each."""
    headed: list[Row] = []
    before = ""
    for row in rows:
        kind = str(row.key).partition(":")[0]
        title = _(KINDS[kind]) if kind != before else ""
        headed.append(Row(row.key, (title, *row.cells), row.tone))
        before = kind
    return headed


def _inspection_row(kind: str, row: InspectionRow, clock: Clock) -> Row:
    when = labels.ago(clock.local(row.at).date(), clock.today())
    told = labels.verdict(row.verdict) if kind == "done" else row.inspector
    words = " ".join(_("; ").join(said(row)).split())
    what = _("{what}: {words}").format(what=told, words=words) if words else told
    if row.answer:
        what = labels.aside(what, " ".join(row.answer.split()))
    card = labels.aside(row.name, row.organisation)
    tone = "warning" if kind == "back" else "muted"
    return Row(f"{kind}:{row.id}", (when, card, row.owner, what), tone)


def _new_row(row: Uninspected, clock: Clock) -> Row:
    when = labels.ago(clock.local(row.updated_at).date(), clock.today())
    what = _("{percent} % known").format(percent=row.completeness)
    if row.trainee:
        what = labels.aside(what, _("trainee"))
    card = labels.aside(row.name, row.organisation)
    return Row(f"new:{row.card_id}", (when, card, row.owner, what), "")


def _due_row(row: CardRow, clock: Clock) -> Row:
    when = labels.ago(row.review_due_on, clock.today()) if row.review_due_on else ""
    what = _("look it through ({percent} % known)").format(percent=row.completeness)
    return Row(f"due:{row.id}", (when, labels.aside(row.name, row.organisation), row.owner, what))
