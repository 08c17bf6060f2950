"""The sections of a form, one below the other, each with how complete it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from store.forms.declaration import Section
from widgets.cells import fit, tidy, width_of

MOST = 22
"""Cells that the list takes at most where the terminal is narrow."""

WIDE = 100
"""Columns of the terminal from which on the titles have the room they want."""


class SectionList(Widget):
    """A side list: `>` marks the section in view, `!` one in which something is wrong."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "section-list--current",
        "section-list--percent",
        "section-list--wrong",
    }
    DEFAULT_CSS = """
    SectionList {
        width: auto;
        height: 1fr;
        text-wrap: nowrap;
        background: $panel;
        color: $foreground;
        & > .section-list--current { color: $text-accent; text-style: bold; }
        & > .section-list--percent { color: $text-muted; }
        & > .section-list--wrong { color: $text-error; text-style: bold; }
    }
    """

    current: reactive[str] = reactive("")
    """The key of the section in view."""

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, sections: SectionList, section: str) -> None:
            super().__init__()
            self.sections = sections
            self.section = section

        @property
        def control(self) -> SectionList:
            """The list that was clicked."""
            return self.sections

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self._sections = tuple(sections)
        self._percent: Mapping[str, int] = {}
        self._wrong: frozenset[str] = frozenset()

    def show_state(self, percent: Mapping[str, int], wrong: frozenset[str]) -> None:
        """Show how complete each section is, in per cent, and in which something is wrong.

        Sections that are missing in `percent` ask for nothing that matters, and show nothing.
        """
        if (percent, wrong) != (self._percent, self._wrong):
            self._percent, self._wrong = dict(percent), wrong
            self.refresh()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the longest title wants; on a narrow terminal up to `MOST`."""
        longest = max((width_of(section.title) for section in self._sections), default=0)
        most = MOST if viewport.width < WIDE else viewport.width // 4
        return min(longest + 8, most)

    @property
    def _first(self) -> int:
        """The first section in view: where there are more than lines, the current one is amid."""
        hidden = len(self._sections) - self.size.height
        if hidden <= 0:
            return 0
        keys = [section.key for section in self._sections]
        place = keys.index(self.current) if self.current in keys else 0
        return min(hidden, max(0, place - self.size.height // 2))

    def render(self) -> Content:
        """One line for each section in view."""
        return Content("\n").join(self._line(one) for one in self._sections[self._first :])

    def _line(self, section: Section) -> Content:
        wrong = section.key in self._wrong
        known = self._percent.get(section.key)
        percent = " " * 4 if known is None else f"{known:3}%"
        title = fit(tidy(section.title), self.size.width - 8)
        if section.key == self.current:
            line = Content.styled(f">{title} ", self._style("current"))
        else:
            line = Content(f" {title} ")
        line += Content.styled("!", self._style("wrong")) if wrong else Content(" ")
        return line + Content.styled(f"{percent} ", self._style("percent"))

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"section-list--{part}", partial=True)

    def on_click(self, event: events.Click) -> None:
        """Ask for the section under the mouse."""
        place = self._first + event.y
        if event.y >= 0 and place < len(self._sections):
            self.post_message(self.Chosen(self, self._sections[place].key))
