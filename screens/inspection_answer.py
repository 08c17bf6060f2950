"""The answer to a card that was sent back, whose remarks stand above the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from screens.line_entry import LineEntry
from store.language import N_, _

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.inspections import InspectionRow


class InspectionAnswer(LineEntry["InspectionRow"]):
    """What was done about the remarks, in a line."""

    DEFAULT_CSS = """
    InspectionAnswer {
        & #about { height: auto; max-height: 10; text-wrap: wrap; overflow-y: auto; }
    }
    """
    HINT = N_("What you did about it: your manager reads it, and it leaves your Today")

    def __init__(self, desk: Background, inspection: InspectionRow) -> None:
        """Make the entry.

        Args:
            desk: as of every screen.
            inspection: what is answered.
        """
        super().__init__(desk, inspection.card_id)
        self.inspection = inspection

    @property
    def draft_key(self) -> str:
        """Under which the words are kept."""
        return f"inspection:{self.inspection.id}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An answer has no full form."""
        return action != "full" and super().check_action(action, parameters)

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """The keys that are told below the line."""
        return [("enter", _("Send")), ("escape", _("Leave; the words stay"))]

    def about(self) -> str:
        """Who sent which card back."""
        told = _("{inspector} sent {name} back")
        return told.format(inspector=self.inspection.inspector, name=self.inspection.name)

    def show_about(self) -> None:
        """Show all remarks above the line."""
        lines = [Content.styled(self.about(), "bold"), *map(Content, said(self.inspection))]
        if self.is_taken_up:
            lines.append(Content.styled(_("not saved last time"), "$text-muted"))
        self.query_one("#about", Static).update(Content("\n").join(lines))

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """An answer is nothing but its words."""
        return []

    def write_line(self, desk: Desk, text: str) -> InspectionRow:
        """Answer."""
        return desk.inspections.answer(self.inspection.id, text)

    def told(self, result: InspectionRow) -> str:
        """That it was answered."""
        return _("Answered; u takes back")


def said(inspection: InspectionRow) -> list[str]:
    """The remarks of an inspection, each behind the title of its section."""
    return [
        _("{what}: {words}").format(what=inspection.titles.get(key, key), words=text)
        for key, text in inspection.remarks.items()
    ]
