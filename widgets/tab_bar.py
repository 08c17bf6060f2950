"""The line of tabs below the sections, the present one marked."""

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
"""Cells to which titles are cut, the longest first, before the last tabs are left out."""

GAPS = (3, 2)
"""Blank cells between two titles: the first that lets all of them stand uncut, else the last."""


class TabTitle(NamedTuple):
    """A tab as the bar shows it."""

    key: str
    """What names it to the owner."""
    title: str
    """Its title, a message id."""


class TabBar(Widget):
    """One line with the titles of the tabs; it takes clicks, the keys are the owner's."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tab-bar--current"}
    DEFAULT_CSS = """
    TabBar {
        height: 1;
        background: $background;
        color: $text-muted;
        & > .tab-bar--current { color: $text-accent; text-style: bold underline; }
    }
    """

    current: reactive[str] = reactive("")
    """The key of the present tab."""
    tabs: reactive[tuple[TabTitle, ...]] = reactive(())
    """The tabs that are offered."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, bar: TabBar, tab: str) -> None:
            super().__init__()
            self.bar = bar
            self.tab = tab

        @property
        def control(self) -> TabBar:
            """The bar that was clicked."""
            return self.bar

    def __init__(self, tabs: Sequence[TabTitle] = (), current: str = "") -> None:
        super().__init__()
        self.set_reactive(TabBar.tabs, tuple(tabs))
        self.set_reactive(TabBar.current, current)

    def _places(self) -> list[tuple[TabTitle, int, str]]:
        """Each tab with the cell it starts at and its title, as far as they find room."""
        titles = [tidy(_(tab.title)) for tab in self.tabs]
        room = self.size.width - 1
        gap = next((gap for gap in GAPS if _width_of(titles, gap) <= room), GAPS[-1])
        longest = max(map(width_of, titles), default=0)
        while _width_of(titles, gap) > room and longest > SHORTEST:
            longest -= 1
            titles = [fit(title, min(width_of(title), longest)) for title in titles]
        places = []
        start = 1
        for tab, title in zip(self.tabs, titles, strict=True):
            if start >= room:
                break
            title = fit(title, min(width_of(title), room - start))
            places.append((tab, start, title))
            start += width_of(title) + gap
        return places

    def render(self) -> Content:
        """The line."""
        chosen = self.get_visual_style("tab-bar--current", partial=True)
        line = Content(" ")
        for tab, start, title in self._places():
            line = line.pad_right(start - line.cell_length)
            line += Content.styled(title, chosen) if tab.key == self.current else Content(title)
        return line

    def on_click(self, event: events.Click) -> None:
        """Ask for the tab under the mouse."""
        for tab, start, title in self._places():
            if start <= event.x < start + width_of(title):
                self.post_message(self.Chosen(self, tab.key))


def _width_of(titles: Sequence[str], gap: int) -> int:
    return 1 + sum(width_of(title) + gap for title in titles) - gap
