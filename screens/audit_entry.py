"""One entry of the trail, whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.audit_rows import whole
from screens.base import PageScreen
from screens.help import HelpText
from store.errors import StoreError
from store.language import N_

if TYPE_CHECKING:
    from store.background import Background
    from store.records.audit import AuditEntry


class EntryPage(PageScreen[None]):
    """Who did what, when, from where: each changed field from and to."""

    TITLE_TEXT = N_("An entry of the trail")
    HELP = N_(
        "Values of cards that you do not see are hidden, sensitive ones masked unless the card "
        "is yours or stands below you."
    )
    DEFAULT_CSS = """
    EntryPage HelpText { padding: 1 2; scrollbar-size-vertical: 1; }
    """

    def __init__(self, desk: Background, entry: AuditEntry) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            entry: as the list has it; the page reads all of its records.
        """
        super().__init__(desk)
        self.entry = entry

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        with HelpText():
            yield Static(id="entry")

    def relabel(self) -> None:
        """Write what is known."""
        self.show_entry()

    def reload(self) -> None:
        """Read the whole entry."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="entry")
    async def load(self) -> None:
        """Show all records of the entry."""
        number = self.entry.id
        try:
            self.entry = await self.desk.read(lambda desk: desk.audit.entry(number))
        except StoreError as error:
            self.report(error)
            return
        self.show_entry()

    def show_entry(self) -> None:
        """Write the entry."""
        shown: Content = whole(self.entry, self.desk.clock)
        self.query_one("#entry", Static).update(shown)

    @property
    def card_id(self) -> int | None:
        """The card that the entry is about."""
        return card_of(self.entry)


def card_of(entry: AuditEntry) -> int | None:
    """The first card of an entry that the member sees."""
    return next((record.card_id for record in entry.records if record.name), None)
