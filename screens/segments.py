"""Saved filters of the card list: choose one, keep the present filter, change or share one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.base import Dialog
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.query_words import whole_description
from store.records.card_list import CardQuery
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.segments import SegmentRow

COLUMNS = (
    Column("name", N_("Segment"), 16, least=8, share=2, sortable=False),
    Column("count", N_("Cards"), 6, align="right", sortable=False),
    Column("whose", N_("Whose"), 10, least=4, sortable=False),
    Column("filter", N_("Filter"), 24, least=8, share=3, sortable=False),
)

MOST = 14
"""Rows that are in sight at once, where there is room."""


class Segments(Dialog[CardQuery]):
    """The saved filters; Enter shows the cards of one."""

    DEFAULT_CSS = """
    Segments {
        & > .dialog { width: 76; max-width: 96%; padding: 0 1; }
        & .title { text-style: bold; }
        & #present, & #keys { color: $text-muted; height: auto; }
        & RowList { background: $surface; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", N_("Save the present filter"), id="segments.save"),
        Binding("r", "rename", N_("Rename"), id="segments.rename"),
        Binding("m", "share", N_("Share with the team, or keep for oneself"), id="segments.share"),
        Binding("d,delete", "remove", N_("Remove the segment"), id="segments.remove"),
        Binding("u", "undo", N_("Undo"), show=False),
        Binding("q", "back", N_("Back"), show=False),
    ]

    def __init__(self, desk: Background, present: CardQuery) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            present: the filter that holds now.
        """
        super().__init__(desk)
        self.present = present
        self.me = ""
        """The member's login, once it is known."""
        self.found: dict[str, SegmentRow] = {}

    def compose(self) -> ComposeResult:
        """The present filter, the saved ones, and the keys."""
        with Vertical(classes="dialog"):
            yield Static(_("Segments"), classes="title", markup=False)
            yield Static(id="present")
            yield RowList(COLUMNS, empty=N_("None yet: s keeps the present filter"), marking=False)
            yield Static(id="keys")

    @property
    def list(self) -> RowList:
        """The saved filters."""
        return self.query_one(RowList)

    @property
    def chosen(self) -> SegmentRow | None:
        """The one under the cursor."""
        return self.found.get(self.list.key or "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo works here, as in lists."""
        if action == "undo":
            return True
        return super().check_action(action, parameters)

    def relabel(self) -> None:
        """Write the texts in the language spoken now."""
        told = _("Now: {filter}").format(filter=whole_description(self.present))
        self.query_one("#present", Static).update(Content(told))
        keys = _("Enter show  s save present  r rename  m share  d remove  u undo  Esc back")
        self.query_one("#keys", Static).update(Content(keys))

    def on_resize(self) -> None:
        """Have the list no higher than what the terminal has room for."""
        room = self.size.height * 9 // 10 - 7
        self.list.styles.height = max(2, min(MOST, room))

    def reload(self) -> None:
        """Read the saved filters anew."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="segments")
    async def load(self) -> None:
        """Show the saved filters, and then how many cards each finds."""
        try:
            self.me, found = await self.desk.read(
                lambda desk: (desk.member.login, desk.segments.all())
            )
            self.show_rows(found)
            self.show_rows(await self.desk.read(lambda desk: desk.segments.all(counted=True)))
        except StoreError as error:
            self.report(error)

    def show_rows(self, found: list[SegmentRow]) -> None:
        """Write the list."""
        self.found = {str(row.id): row for row in found}
        rows = []
        for key, row in self.found.items():
            own = row.owner_login == self.me
            whose = _("team") if own and row.shared else _("own") if own else row.owner
            count = "" if row.count is None else str(row.count)
            rows.append(Row(key, (row.name, count, whose, whole_description(row.query))))
        self.list.set_rows(rows, keep=True)

    def on_row_list_opened(self) -> None:
        """Show the cards of what was chosen."""
        if self.chosen is not None:
            self.dismiss(self.chosen.query)

    def action_save(self) -> None:
        """Keep the present filter under a name; the one of that name gets it."""
        from screens.ask_text import AskText

        present = self.present

        def named(name: str | None) -> None:
            if name is not None:
                self.change(
                    lambda desk: desk.segments.save(name, present),
                    _("Saved as “{name}”.").format(name=labels.short(name)),
                )

        held = self.chosen
        name = held.name if held is not None and held.query == present else ""
        self.app.push_screen(AskText(_("Name of the segment"), name), named)

    def action_rename(self) -> None:
        """Give the one under the cursor another name."""
        from screens.ask_text import AskText

        held = self.chosen
        if held is None:
            return

        def named(name: str | None) -> None:
            if name is not None:
                told = _("Renamed to “{name}”").format(name=labels.short(name))
                self.change(lambda desk: desk.segments.rename(held.id, name), told)

        self.app.push_screen(AskText(_("New name of the segment"), held.name), named)

    def action_share(self) -> None:
        """Share the one under the cursor with the team, or keep it for oneself again."""
        held = self.chosen
        if held is not None:
            shared = not held.shared
            told = _("“{name}” is for the whole team") if shared else _("“{name}” is yours alone")
            self.change(
                lambda desk: desk.segments.share(held.id, shared),
                told.format(name=labels.short(held.name)),
            )

    def action_remove(self) -> None:
        """Take the one under the cursor away; u brings it back."""
        held = self.chosen
        if held is not None:
            told = _("“{name}” taken away; u brings it back").format(name=labels.short(held.name))
            self.change(lambda desk: desk.segments.remove(held.id), told)

    def change(self, use_case: Callable[[Desk], object], told: str) -> None:
        """Change the saved filters, and say so."""

        async def work() -> None:
            try:
                await self.desk.write(use_case)
            except StoreError as error:
                self.report(error)
                return
            self.tell(told)
            self.load()

        self.run_worker(work(), exit_on_error=False, group="do")
