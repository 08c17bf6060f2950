"""Who leads to a customer, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.base import BaseScreen, Dialog
from screens.key_hints import told_keys
from store import labels, relation_words
from store.errors import StoreError
from store.language import N_, _
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.clock import Clock
    from store.records.relations import Route, Step

COLUMNS = (
    Column("name", N_("Who"), 16, least=10, share=1, sortable=False),
    Column("how", N_("What he is to the one above"), 28, least=12, share=2, sortable=False),
    Column("strength", N_("Strength"), 8, least=5, sortable=False),
    Column("house", N_("Organisation"), 16, least=8, share=1, sortable=False),
)

NO_WAY = N_("Nobody you know leads there within a few steps; n on this side notes who does")
BESIDES = 8
"""Rows that the window needs besides the list."""


class PathWindow(Dialog[int]):
    """The way to a card; Enter gives the card under the cursor."""

    DEFAULT_CSS = """
    PathWindow {
        & > .dialog { width: 76; max-width: 98%; padding: 0 1; }
        & RowList { background: $surface; margin-top: 1; }
        & #said { color: $text-muted; height: auto; }
        & #keys { color: $text-muted; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w,q", "back", N_("Back"), show=False),
    ]

    def __init__(self, desk: Background, route: Route) -> None:
        super().__init__(desk)
        self.route = route

    def compose(self) -> ComposeResult:
        """Whom one wants to reach, and the steps."""
        rows = step_rows(self.route, self.desk.clock)
        with Vertical(classes="dialog"):
            title = _("How to reach {name}").format(name=self.route.goal.name)
            yield Static(title, markup=False)
            yield RowList(COLUMNS, empty=NO_WAY, marking=False)
            if any(step.dislikes_introductions for step in self.route.steps):
                yield Static(Content(_("! dislikes being asked for introductions")), id="said")
            hints = [("enter", _("Open"))] if rows else []
            yield Static(told_keys([*hints, ("escape", _("Back"))]), id="keys")
        self.rows = rows

    def on_mount(self) -> None:
        """Show the steps."""
        self.query_one(RowList).set_rows(self.rows)

    def on_resize(self) -> None:
        """Have the list no higher than what the terminal has room for."""
        room = self.size.height * 9 // 10 - BESIDES
        self.query_one(RowList).styles.height = max(2, min(len(self.rows) + 1, room, 14))

    def reload(self) -> None:
        """Keep what was found."""

    @on(RowList.Opened)
    def chosen(self, message: RowList.Opened) -> None:
        """Give the card."""
        self.dismiss(int(message.row.key))


def step_rows(route: Route, clock: Clock) -> list[Row]:
    """The steps of a way as rows."""
    return [
        Row(
            str(step.card.id),
            (
                step.card.name + (" !" if step.dislikes_introductions else ""),
                step_text(step, clock),
                relation_words.strength(step.strength),
                step.card.organisation or step.card.title,
            ),
        )
        for step in route.steps
    ]


def step_text(step: Step, clock: Clock) -> str:
    """What a card is to the one before; of one's own customer, when he was reached last."""
    if step.last_contact is not None:
        day = clock.local(step.last_contact).date()
        return labels.aside(relation_words.how(step.how), labels.ago(day, clock.today()))
    return relation_words.tie(step) if step.how else ""


def show_path(screen: BaseScreen[Any], card_id: int) -> None:
    """Find who leads to a card, and show it."""

    async def find() -> None:
        try:
            route = await screen.desk.read(lambda desk: desk.relations.path(card_id))
        except StoreError as error:
            screen.report(error)
            return

        def opened(card: int | None) -> None:
            if card is not None:
                screen.open_card(card)

        await screen.app.push_screen(PathWindow(screen.desk, route), opened)

    screen.run_worker(find(), exit_on_error=False, group="open", exclusive=True)
