"""What a form says about the field that the cursor is in."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from store.forms.assistance import explained
from store.forms.declaration import Field
from store.language import N_, _
from widgets.cells import fit, tidy
from widgets.wrapping import wrapped

TECHNIQUES = {
    "choice": N_("Type to find it, or press Space for the list"),
    "yes_no": N_("Type y or n, or press Space for the list"),
    "choices": N_("Space opens the list and marks, Enter goes on"),
    "long_text": N_("Tab goes on to the next field"),
}
"""How a field of a type is filled in, by type: message ids."""

OWN_WORDS = N_("Write it, or take one from the list with Down; Space opens it")
"""How a choice is filled in for which other words are welcome too."""

TEN_THOUSANDS = N_("A bare number counts ten thousands: 3 is 30,000")

IN_ROW = N_("Enter goes on in the row; Ctrl+N for one more, Esc leaves it")
NONE_YET = N_("Type to begin a row; Right: all of it; Enter goes on")
ABOVE = N_("Type to add a row; Up: those above; Enter goes on")
ON_LINE = N_("Enter opens the row, Del takes it away, Alt+Up/Down moves it, Tab for one more")
TAKEN_AWAY = N_("Taken away once you save; Del or Ctrl+Z brings it back")

LINES = 2
"""The height of the hint."""


class FormHint(Static):
    """Two lines below a form: what the field, or the option in question, is for."""

    DEFAULT_CSS = """
    FormHint { height: 2; color: $text-muted; text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__(Content(), markup=False)
        self._parts = ("", "")
        """What is said alone where both have no room, and the other."""
        self._whole = ""

    def explain(
        self, field: Field, option: str | None, in_row: bool = False, name: str = ""
    ) -> None:
        """Say what a field is for and how it is filled in, or what one of its options means.

        Args:
            field: the field that the cursor is in.
            option: the option in question, where a list is open.
            in_row: it is a column of a row.
            name: what it is called, where its label is cut off.
        """
        told = tidy(explained(field, option) if option else "")
        meaning = told or _named(name, tidy(field.explanation))
        technique = TECHNIQUES.get(field.type) or (IN_ROW if in_row else "")
        if field.type == "choice" and field.other:
            technique = OWN_WORDS
        elif field.ten_thousands:
            technique = TEN_THOUSANDS
        self._say(meaning, _(technique) if technique else "")

    def explain_blank(self, field: Field, column: Field, has_rows: bool, name: str = "") -> None:
        """Say how a row is added, and what the rows of a field are for.

        Args:
            field: the field with the rows.
            column: the first column, in which the cursor is.
            has_rows: there are rows above.
            name: what the field is called, where its label is cut off.
        """
        meaning = _named(name, tidy(field.explanation) or tidy(column.explanation))
        self._say(meaning, _(ABOVE if has_rows else NONE_YET), rather=True)

    def explain_line(self, taken_away: bool, name: str = "", wrong: str = "") -> None:
        """Say what can be done with a row.

        Args:
            taken_away: it will be gone once the card is saved.
            name: what the field is called, where its label is cut off.
            wrong: what is wrong in the row; "" for nothing.
        """
        told = f"! {tidy(wrong)}" if wrong else tidy(name)
        self._say(told, _(TAKEN_AWAY if taken_away else ON_LINE), rather=not wrong)

    def _say(self, meaning: str, technique: str, rather: bool = False) -> None:
        """Say both, or one of them where both do not go into the lines.

        Args:
            rather: the technique is said rather than the meaning.
        """
        self._parts = (technique, meaning) if rather else (meaning, technique)
        self._whole = " · ".join(part for part in (meaning, technique) if part)
        self._show()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._show()

    def _show(self) -> None:
        width = self.size.width
        if not width:
            self.update(Content(self._whole), layout=False)
            return
        lines = wrapped(self._whole, width)
        if len(lines) > LINES:
            lines = wrapped(next((part for part in self._parts if part), ""), width)
        if len(lines) > LINES:
            lines = [*lines[: LINES - 1], fit(" ".join(lines[LINES - 1 :]), width)]
        self.update(Content("\n".join(lines)), layout=False)


def _named(name: str, meaning: str) -> str:
    """What a field is for, behind its name where that has to be told."""
    return _(": ").join(part for part in (tidy(name), meaning) if part)
