"""A talk logged in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work

from screens.line_entry import LineEntry
from screens.raise_level import offer_level
from store.errors import BadInput, StoreError
from store.language import N_, _
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.interactions import Logged

WHOM = N_("With whom? Begin with the name or the number of a card.")


class LogEntry(LineEntry["Logged"]):
    """A talk with a card, or with the one that the line begins with."""

    DRAFT = "interaction:new"
    FORM_DRAFT = "interaction:form"
    HINT = N_(
        "phone asked for a quote, worries about delivery *4 @in 3 days call back "
        "+send samples @tomorrow"
    )

    def hint(self) -> str:
        """How a talk is written; without a card the line begins with its name."""
        hint = super().hint()
        return hint if self.card is not None else _("Zhang Wei {line}").format(line=hint)

    def about(self) -> str:
        """Whom the talk was with."""
        if self.row is None:
            return _("Log a talk: name, how, what was said")
        return _("Log a talk with {name}").format(name=self.row.name)

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """What is understood of the line."""
        line = desk.interactions.read_line(text, self.card)
        missing = [] if line.card_id is not None or self.card is not None else [_(WHOM)]
        return [*missing, *line.understood]

    def write_line(self, desk: Desk, text: str) -> Logged:
        """Log the talk."""
        return desk.interactions.log_line(text, self.card)

    def told(self, result: Logged) -> str:
        """What came of it."""
        if result.todos:
            return _("Logged, with {count} to-dos; u takes back").format(count=len(result.todos))
        return _("Logged; u takes back")

    async def after_saving(self, result: Logged) -> None:
        """Offer the level that the talk speaks for."""
        await offer_level(self, result)

    @work(exit_on_error=False, group="entry.full")
    async def action_full(self) -> None:
        """Open the full form with what the line says so far."""
        from screens.log_form import LogForm

        text = self.query_one("#line", LineInput).value
        try:
            line = await self.desk.read(lambda desk: desk.interactions.read_line(text, self.card))
        except StoreError as error:
            self.report(error)
            return
        card = self.card if self.card is not None else line.card_id
        if card is None:
            self.report(BadInput(WHOM))
            return
        draft = self.draft_key if text.strip() else None
        self.open_full(LogForm(self.desk, card, line.values, todos=line.todos, line_draft=draft))
