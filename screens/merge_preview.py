"""The card that two cards would make, before they are merged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.base import PageScreen
from screens.card_text import card_text
from store.language import N_, _
from store.merge_words import told_attached
from widgets.steady_text import SteadyText
from widgets.text_pane import TextPane

if TYPE_CHECKING:
    from store.background import Background
    from store.records.merging import Comparison


class MergePreview(PageScreen[None]):
    """The merged card whole, and what comes along with it."""

    TITLE_TEXT = N_("The card as it would be")
    HELP = N_("This is the card as it would be. Esc leads back to the choices.")
    DEFAULT_CSS = """
    MergePreview > #text { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    MergePreview > #text > Static { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", N_("Down"), show=False),
        Binding("k,up", "scroll(-1)", N_("Up"), show=False),
        Binding("p", "back", N_("Back"), show=False),
    ]

    def __init__(
        self,
        desk: Background,
        compared: Comparison,
        values: dict[str, Any],
        unknown: dict[str, Any],
    ) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            compared: the two cards.
            values: of the card as it would be, by form key.
            unknown: of fields that no form declares.
        """
        super().__init__(desk)
        self.compared = compared
        self.values = values
        self.unknown = unknown

    def compose_body(self) -> ComposeResult:
        """One long text."""
        with TextPane(id="text"):
            yield SteadyText()

    def on_mount(self) -> None:
        """Have the keys scroll."""
        self.query_one("#text").focus()

    def relabel(self) -> None:
        """Write the text in the language spoken now."""
        self.set_title(_(self.TITLE_TEXT))
        self.show()

    def on_resize(self) -> None:
        """Break the lines for the room there is."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Write the card."""
        if not self.query("#text"):  # the page is going away
            return
        keep, drop = self.compared.keep, self.compared.drop
        record = replace(
            keep,
            values=self.values,
            unknown=self.unknown,
            linked=drop.linked | keep.linked,
            masked=frozenset((keep.masked | drop.masked) - self.values.keys()),
            merged=(*keep.merged, drop.number, *drop.merged),
        )
        parts = [card_text(record, max(20, self.query_one("#text").size.width - 3))]
        along = told_attached(self.compared.attached)
        if along:
            parts.append(Content(_("Comes along: {what}").format(what=along)))
        self.query_one("#text > SteadyText", SteadyText).update(Content("\n\n").join(parts))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one("#text", TextPane).scroll_relative(y=lines, animate=False)
