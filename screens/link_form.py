"""What the forms of links between two cards share: whose it is, and the other card to be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from screens.card_offer import labels_found, offer_cards
from screens.form_screen import FormScreen
from store.forms.declaration import Form, Values, load_form
from store.language import _
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

Result = TypeVar("Result")


class LinkForm(FormScreen[Result]):
    """A new link of a card to another one, or one that is known; its two cards stay."""

    CHANGES_CARD: ClassVar[bool] = True
    TABLE: ClassVar[str]
    """Where it is kept: also the name of its form."""
    DRAFT: ClassVar[str]
    """What the keys of its drafts begin with."""
    OTHER: ClassVar[str]
    """The field that names the other card."""

    def __init__(self, desk: Background, card_id: int, link_id: int | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the card from which the link is seen.
            link_id: which one to change; None for a new one.
        """
        super().__init__(desk, is_new=link_id is None)
        self.card = card_id
        self.link = link_id
        self.row: CardRow | None = None
        self.offered: list[str] = []

    @property
    def card_id(self) -> int | None:
        """The card from which it is seen."""
        return self.card

    @property
    def whose(self) -> str:
        """The name of that card."""
        return self.row.name if self.row else ""

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "new" if self.link is None else self.link
        return f"{self.DRAFT}:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose it is."""

        def read(desk: Desk) -> Values:
            self.row = desk.cards.row(self.card)
            self.offered = labels_found(desk, "")
            return {} if self.link is None else self.present(desk)

        return await self.desk.read(read)

    def declared(self) -> Form:
        """All that is asked of a new one; of a known one not which card it is."""
        form = load_form(self.TABLE)
        return form if self.link is None else form.without(self.OTHER)

    def options(self) -> dict[str, Any]:
        """The cards that are offered."""
        return {"known": {self.OTHER: self.offered}} if self.link is None else {}

    def changed(self, form: CardForm, key: str) -> None:
        """Offer cards while one is typed."""
        if key == self.OTHER:
            self.run_worker(offer_cards(self, form, key), group="form.offer", exclusive=True)

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.link is None else (self.TABLE, self.link)

    def told(self, result: Result) -> str:
        """That it was noted."""
        return _("Noted; u takes back") if self.link is None else super().told(result)
