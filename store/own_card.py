"""The card that a member keeps of himself: it shows what he has in common with a customer."""

from typing import TYPE_CHECKING

from store.arguments import checks_arguments
from store.errors import BadValue
from store.language import N_
from store.merged_numbers import kept_card
from store.models.base import database
from store.records.cards import CardRecord, CardRow
from store.standing import as_given, standing_of
from store.trouble import explains_trouble
from store.visibility import Level

if TYPE_CHECKING:
    from store.desk import Desk

SETTING = "own_card"
"""The setting that names the card, by its number."""

NO_PERSON = N_("Your own card has to be that of a person.")
IN_PART = N_("You see a part of this card only: it cannot be your own.")


@explains_trouble
@checks_arguments
class OwnCard:
    """Says which card is the member's own; a setting of his, and no part of the trail."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def row(self) -> CardRow | None:
        """The list row of the card; None where he sees none, or it is in the trash."""
        card_id = self._card_id()
        if card_id is None:
            return None
        return self.desk.cards.rows([card_id]).get(card_id)

    def record(self) -> CardRecord | None:
        """The card as the member gets it; None as for `row`."""
        from store.card_values import load_records

        row = self.row()
        if row is None:
            return None
        standing = standing_of(self.desk, row.id)
        return as_given(load_records([row.id])[row.id], standing)

    def set(self, card_id: int) -> CardRow:
        """Say that this is the member's own card; it takes the place of another one.

        Raises:
            BadValue: it is the card of an organisation, or he sees a part of it only.
            NotFound: he sees no such card.
        """
        row = self.desk.cards.row(card_id)
        if row.level < Level.WHOLE:
            raise BadValue(IN_PART)
        if row.kind != "person":
            raise BadValue(NO_PERSON)
        self.desk.settings.set(SETTING, row.number)
        return row

    def forget(self) -> None:
        """Say that no card is the member's own."""
        self.desk.settings.set(SETTING, None)

    def _card_id(self) -> int | None:
        number = str(self.desk.settings.get(SETTING) or "").strip().upper()
        if not number:
            return None
        found = database.execute_sql("SELECT id FROM card WHERE number = ?", [number]).fetchone()
        return None if found is None else kept_card(int(found[0]))
