"""The window in which somebody leaves an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from screens.small_form import Line, SmallForm
from store.errors import BadValue
from store.language import N_, _
from store.records.people import PersonRow

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk


class PlaceLeave(SmallForm[PersonRow]):
    """When he left, and where he went, if that is known."""

    def __init__(self, desk: Background, person: PersonRow) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            person: who left.
        """
        super().__init__(desk)
        self.person = person

    def heading(self) -> str:
        """Who left."""
        return _("{name} left; his history is kept").format(name=self.person.name)

    def lines(self) -> Iterable[Line]:
        """What is noted of it."""
        return (
            Line("until", N_("Last day"), N_("today; or 3-15, yesterday")),
            Line("to", N_("Went to"), N_("number or name; may stay empty")),
            Line("title", N_("Title there"), N_("may stay empty")),
        )

    def write(self, desk: Desk, values: Mapping[str, str]) -> PersonRow:
        """Note that he left."""
        from store.moments import read_day

        until = None
        if values["until"]:
            try:
                until = read_day(values["until"], desk.store.clock.today(), past=True)
            except BadValue as error:
                error.field = "until"
                raise
        to, title = values["to"] or None, values["title"] or None
        return desk.people.leave(self.person.id, until, to, title)
