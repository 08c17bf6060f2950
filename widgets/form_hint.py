"""What a form says about the field that the cursor is in."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from store.forms.assistance import explained
from store.forms.declaration import Field
from store.language import N_, _
from widgets.cells import tidy, width_of

TECHNIQUES = {
    "choice": N_("Type to find it, or press Space for the list"),
    "yes_no": N_("Type to find it, or press Space for the list"),
    "choices": N_("Space opens the list and marks, Enter goes on"),
    "long_text": N_("Tab goes on to the next field"),
}
"""How a field of a type is filled in, by type: message ids."""


LINES = 2
"""The height of the hint."""


class FormHint(Static):
    """Two lines below a form: what the field, or the option in question, is for."""

    DEFAULT_CSS = """
    FormHint { height: 2; color: $text-muted; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(Content(), markup=False)

    def explain(self, field: Field, option: str | None) -> None:
        """Say what a field is for and how it is filled in, or what one of its options means.

        How it is filled in is left out where both do not go into the two lines.
        """
        meaning = tidy(explained(field, option) if option else "") or tidy(field.explanation)
        technique = _(TECHNIQUES.get(field.type, ""))
        whole = " · ".join(part for part in (meaning, technique) if part)
        # A line that is broken between words loses some cells.
        room = LINES * (self.size.width - 10)
        fits = not meaning or not self.size.width or width_of(whole) <= room
        self.update(Content(whole if fits else meaning), layout=False)
