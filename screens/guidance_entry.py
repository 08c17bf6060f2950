"""A manager's word to a member in one line; it lands on the member's Today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.line_entry import LineEntry
from store import labels
from store.language import N_, _

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.remarks import RemarkRow
    from store.records.team import WorkEntry

GUIDANCE = "guidance"


class GuidanceEntry(LineEntry["RemarkRow"]):
    """Guidance on something that a member did, or to him in general."""

    DRAFT = GUIDANCE
    FORM_DRAFT = "guidance:form"
    HINT = N_("such as: take the price list along next time, and ask who decides")

    def __init__(
        self, desk: Background, login: str, name: str, about: WorkEntry | None = None
    ) -> None:
        """Make the entry.

        Args:
            desk: as of every screen.
            login: to whom.
            name: what he is called.
            about: what of his work it is about.
        """
        super().__init__(desk)
        self.login = login
        self.member_name = name
        self.entry = about

    @property
    def draft_key(self) -> str:
        """Under which the words are kept."""
        return f"{GUIDANCE}:{self.login}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Guidance has no full form."""
        return action != "full" and super().check_action(action, parameters)

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """The keys that are told below the line."""
        return (("enter", _("Send")), ("escape", _("Leave; the words stay")))

    def about(self) -> str:
        """To whom, and about what."""
        told = _("A word to {name}").format(name=self.member_name)
        if self.entry is None:
            return told
        what = f"{self.entry.name} {labels.work(self.entry.kind)}".strip()
        return labels.aside(told, labels.short(what, 40))

    def read_line(self, desk: Desk, text: str) -> Sequence[str]:
        """A word is nothing but itself."""
        return [_("It lands on {name}'s Today").format(name=self.member_name)]

    def write_line(self, desk: Desk, text: str) -> RemarkRow:
        """Send it."""
        entry = self.entry
        if entry is None:
            return desk.remarks.write(self.login, text, kind=GUIDANCE)
        return desk.remarks.write(
            self.login, text, entry.card, entry.interaction, entry.todo, GUIDANCE
        )

    def told(self, result: RemarkRow) -> str:
        """Who got it."""
        return _("Told {name}; u takes back").format(name=result.addressee)
