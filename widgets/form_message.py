"""What a form tells of one of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from widgets.card_form import CardForm


class FormMessage(Message):
    """Something happened to one field of a form."""

    def __init__(self, form: CardForm, key: str) -> None:
        super().__init__()
        self.form = form
        self.key = key

    @property
    def control(self) -> CardForm:
        """The form it happened in."""
        return self.form
