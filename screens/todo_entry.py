"""A to-do noted in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from screens.line_entry import LineEntry
from store import labels
from store.errors import StoreError
from store.language import N_, _
from store.records.todos import quadrant
from widgets.text_input import LineInput

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.todos import TodoRow, TodoValues


class TodoEntry(LineEntry["TodoRow"]):
    """A to-do for a card, for one that the line names, or for none."""

    DRAFT = "todo:new"
    FORM_DRAFT = "todo:form"
    HINT = N_("send samples to Zhang Wei @next wed !   (! important, ^ urgent, !! both, #tag)")

    def __init__(
        self, desk: Background, card_id: int | None = None, quadrant: int | None = None
    ) -> None:
        """Make the entry.

        Args:
            desk: as of every screen.
            card_id: the card it is for.
            quadrant: where it goes when the line says nothing about that, 1 to 4.
        """
        super().__init__(desk, card_id)
        self.quadrant = quadrant

    def about(self) -> str:
        """What the to-do is for."""
        if self.row is None:
            return _("New to-do")
        return _("New to-do for {name}").format(name=self.row.name)

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """What is understood of the line."""
        return desk.todos.read_line(text, self.card).understood

    def values_of(self, desk: Desk, text: str) -> TodoValues:
        """The to-do that a line says, in the quadrant it was opened from unless it says one."""
        values = desk.todos.read_line(text, self.card).values
        if self.quadrant is not None and quadrant(values.important, values.urgent) == 4:
            return replace(
                values, important=self.quadrant in (1, 2), urgent=self.quadrant in (1, 3)
            )
        return values

    def write_line(self, desk: Desk, text: str) -> TodoRow:
        """Note the to-do."""
        return desk.todos.add(self.values_of(desk, text))

    def told(self, result: TodoRow) -> str:
        """That it was noted."""
        return _("Noted: {title}; u takes back").format(title=labels.short(result.title))

    @work(exit_on_error=False, group="entry.full")
    async def action_full(self) -> None:
        """Open the full form with what the line says so far."""
        from screens.todo_form import TodoForm

        text = self.query_one("#line", LineInput).value
        try:
            values = await self.desk.read(lambda desk: self.values_of(desk, text))
        except StoreError as error:
            self.report(error)
            return
        draft = self.draft_key if text.strip() else None
        self.open_full(TodoForm(self.desk, None, values, line_draft=draft))
