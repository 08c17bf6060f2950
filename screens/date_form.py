"""A further date of a customer that comes every year."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from screens.form_screen import FormScreen
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

KINDS = {
    "person": ("further", "birth", "wedding"),
    "organisation": ("further", "founded", "opened"),
}
"""The dates that a card of a kind may have."""


class DateForm(FormScreen[int]):
    """A birthday, an anniversary, a founding day; gives the date's id."""

    HELP = N_(
        "A date worth a greeting, in the calendar in which it is kept: what was understood is "
        "said below it. A birthday takes the place of the one that was known in that calendar."
    )

    CHANGES_CARD: ClassVar[bool] = True

    def __init__(self, desk: Background, card_id: int) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the customer whose date it is.
        """
        super().__init__(desk)
        self.card = card_id
        self.row: CardRow | None = None

    @property
    def card_id(self) -> int | None:
        """The customer whose date it is."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"occasion:new:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose date it is."""
        self.row = await self.desk.read(lambda desk: desk.cards.row(self.card))
        return {"kind": "further"}

    def declared(self) -> Form:
        """The dates that such a card may have."""
        assert self.row is not None
        return load_form("date").limited("kind", KINDS[self.row.kind])

    def heading(self) -> str:
        """Whose date it is."""
        return _("New date of {name}").format(name=self.row.name if self.row else "")

    def write(self, desk: Desk, base: Values, values: Values) -> int:
        """Note the date."""
        return desk.occasions.add(self.card, values["kind"], values["date"], values.get("note", ""))
