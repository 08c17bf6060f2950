"""The row of sections on top of the screen, each with the digit that leads to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from store.language import _
from widgets.cells import fit, tidy, width_of

SHORTEST = 4
"""Cells to which titles are cut, the longest first, before the last sections are left out."""


class SectionTitle(NamedTuple):
    """A section as the bar shows it."""

    key: str
    """What names it to the owner."""
    digit: str
    """The key that leads to it."""
    title: str
    """Its title, a message id."""


class SectionBar(Widget):
    """One line: the sections, the present one marked, and whose box it is."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "section-bar--digit",
        "section-bar--current",
        "section-bar--member",
    }
    DEFAULT_CSS = """
    SectionBar {
        height: 1;
        background: $panel;
        color: $foreground;
        & > .section-bar--digit { color: $text-muted; }
        & > .section-bar--current { color: $text-accent; text-style: bold underline; }
        & > .section-bar--member { color: $text-muted; }
    }
    """

    current: reactive[str] = reactive("")
    """The key of the present section; "" where none is."""
    member: reactive[str] = reactive("")
    """The name of the member, shown on the right where there is room."""

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, bar: SectionBar, section: str) -> None:
            super().__init__()
            self.bar = bar
            self.section = section

        @property
        def control(self) -> SectionBar:
            """The bar that was clicked."""
            return self.bar

    def __init__(
        self, sections: Sequence[SectionTitle], current: str = "", member: str = ""
    ) -> None:
        super().__init__()
        self._sections = tuple(sections)
        self.set_reactive(SectionBar.current, current)
        self.set_reactive(SectionBar.member, member)

    def _places(self) -> list[tuple[SectionTitle, int, str]]:
        """Each section with the cell it starts at and its title, as far as they find room."""
        titles = [tidy(_(section.title)) for section in self._sections]
        room = self.size.width - 1
        gap = 2 if _width_of(titles, 2) <= room else 1
        longest = max(map(width_of, titles), default=0)
        while _width_of(titles, gap) > room and longest > SHORTEST:
            longest -= 1
            titles = [fit(title, min(width_of(title), longest)) for title in titles]
        places = []
        start = 1
        for section, title in zip(self._sections, titles, strict=True):
            if start + 2 > room:
                break
            title = fit(title, min(width_of(title), room - start - 1))
            places.append((section, start, title))
            start += 2 + width_of(title) + gap
        return places

    def render(self) -> Content:
        """The line."""
        digit = self.get_visual_style("section-bar--digit", partial=True)
        chosen = self.get_visual_style("section-bar--current", partial=True)
        line = Content(" ")
        for section, start, title in self._places():
            line = line.pad_right(start - line.cell_length)
            if section.key == self.current:
                line += Content.styled(f"{section.digit} {title}", chosen)
            else:
                line += Content.styled(section.digit, digit) + f" {title}"
        member = tidy(self.member)
        room = self.size.width - line.cell_length - 3
        if member and room >= min(width_of(member), 6):
            name = fit(member, min(room, width_of(member)))
            line = line.pad_right(room + 2 - width_of(name))
            line += Content.styled(name, self.get_visual_style("section-bar--member", partial=True))
        return line

    def on_click(self, event: events.Click) -> None:
        """Ask for the section under the mouse."""
        for section, start, title in self._places():
            if start <= event.x < start + 2 + width_of(title):
                self.post_message(self.Chosen(self, section.key))


def _width_of(titles: Sequence[str], gap: int) -> int:
    return sum(2 + width_of(title) + gap for title in titles)
