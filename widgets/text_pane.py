"""A text that is longer than its place, gone through by keys."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from store.language import N_


class TextPane(VerticalScroll, inherit_bindings=False):
    """Scrolls up and down only: left and right are left to the screen, and so is the help on them.

    The screen binds the arrows for up and down as it likes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", N_("Page up"), show=False),
        Binding("pagedown", "page_down", N_("Page down"), show=False),
        Binding("home,g", "scroll_home", N_("To the top"), show=False),
        Binding("end,G", "scroll_end", N_("To the end"), show=False),
    ]
