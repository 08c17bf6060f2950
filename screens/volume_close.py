"""The windows in which papers are closed into a volume, and a volume gets its shelf place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.small_form import Line, SmallForm
from store import paper_words
from store.language import N_, _, ngettext
from store.records.papers import VolumeRow

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk


class VolumeClose(SmallForm[VolumeRow]):
    """What the volume is called, and where it is put."""

    def __init__(self, desk: Background, paper_class: str, year: int, count: int) -> None:
        """Make the window.

        Args:
            desk: as of every screen.
            paper_class: the class whose papers are closed.
            year: the year that they are filed under.
            count: how many papers it will take.
        """
        super().__init__(desk)
        self.paper_class = paper_class
        self.year = year
        self.count = count

    def heading(self) -> str:
        """Which papers are closed."""
        return _("Close {name} of {year} into a volume").format(
            name=paper_words.class_title(self.paper_class), year=self.year
        )

    def further(self) -> Iterable[Widget]:
        """How many papers, and what that means."""
        told = ngettext(
            "{count} paper gets its place, and does not change any more.",
            "{count} papers get their places, and do not change any more.",
            self.count,
        )
        yield Static(Content(told.format(count=self.count)))

    def lines(self) -> Iterable[Line]:
        """What is said of the volume."""
        return (
            Line("title", N_("Volume title"), N_("may stay empty")),
            Line("shelf", N_("Shelf place"), N_("such as: cabinet 2, box 3")),
        )

    def write(self, desk: Desk, values: Mapping[str, str]) -> VolumeRow:
        """Close them."""
        return desk.volumes.close(self.paper_class, self.year, values["title"], values["shelf"])
