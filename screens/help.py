"""Help: what the screen is for, and all keys, made from the bindings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Static

from screens.base import BaseScreen, PageScreen, SectionScreen
from screens.key_table import KeyLine, active_lines, bindings_of, key_lines
from screens.sections import SECTIONS, load
from store.language import N_, _
from widgets.cells import fit, width_of
from widgets.text_input import LineInput
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.background import Background

KEY_WIDTHS = (12, 20)
"""The fewest and the most cells of the column of keys."""


WIDEST = 96
"""Cells that the text takes at most."""


class HelpText(VerticalScroll, inherit_bindings=False):
    """Text to read through."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", N_("Line up"), show=False),
        Binding("down,j", "scroll_down", N_("Line down"), show=False),
        Binding("pageup", "page_up", N_("Page up"), show=False),
        Binding("pagedown,space", "page_down", N_("Page down")),
        Binding("home,g", "scroll_home", N_("To the top"), show=False),
        Binding("end,G", "scroll_end", N_("To the end"), show=False),
    ]


class Help(PageScreen[None]):
    """What a screen is for, its keys, the keys that work everywhere, and those of the others."""

    TITLE_TEXT = N_("Help")
    DEFAULT_CSS = f"""
    Help HelpText {{ padding: 1 2; scrollbar-size-vertical: 1; }}
    Help #help-text {{ max-width: {WIDEST}; }}
    """

    def __init__(self, desk: Background, about: BaseScreen[Any]) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            about: the screen that help is wanted for.
        """
        super().__init__(desk)
        self.about = about
        active = list(about.active_bindings.values())
        self._here = active_lines(active, of_app=False)
        self._everywhere = active_lines(active, of_app=True)

    def compose_body(self) -> Iterable[Widget]:
        """The text."""
        with HelpText():
            yield Static(id="help-text")

    def relabel(self) -> None:
        """Write the text."""
        self.query_one("#help-text", Static).update(self.text())

    def text(self) -> Content:
        """The whole text."""
        chapters = [(title, lines) for title, lines in self._chapters() if lines]
        width = _key_width(line for each in chapters for line in each[1])
        parts: list[Content] = []
        if self.about.HELP:
            lines = wrapped(_(self.about.HELP), max(20, min(WIDEST, self.size.width - 6)))
            parts += [*(Content(line) for line in lines), Content()]
        for title, lines in chapters:
            parts.append(Content.styled(title, "bold $text-accent"))
            parts += [_table_line(line, width) for line in lines]
            parts.append(Content())
        return Content("\n").join(parts)

    def _chapters(self) -> Iterable[tuple[str, list[KeyLine]]]:
        yield _("Keys here"), self._here
        yield _("Keys everywhere"), self._everywhere
        for section in SECTIONS:
            screen = load(section.module, section.screen)
            if type(self.about) is not screen:
                lines = key_lines(bindings_of(screen, above=SectionScreen))
                yield _("Keys of {section}").format(section=_(section.title)), lines
        yield _("Keys in a text field"), key_lines(bindings_of(LineInput, above=ScrollView))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is changed from here."""
        if action in ("undo", "redo", "search"):
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Close the page: the key that opened it closes it."""
        self.dismiss()


def _names(line: KeyLine) -> str:
    return "  ".join(line.keys)


def _key_width(lines: Iterable[KeyLine]) -> int:
    """The width of the column of keys."""
    least, most = KEY_WIDTHS
    return min(most, max([least, *(width_of(_names(line)) for line in lines)]))


def _table_line(line: KeyLine, width: int) -> Content:
    names = _names(line)
    shown = names if width_of(names) > width else fit(names, width)
    return Content(f"{shown}  {line.description}")
