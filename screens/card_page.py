"""A card's page, whatever it shows of the card: whose it is, and what is done with all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.base import PageScreen
from store.language import _

if TYPE_CHECKING:
    from store.background import Background
    from store.records.cards import CardRow

NEEDED = {"edit": "edit", "merge": "edit", "log": "log", "hand": "hand"}
NEEDED |= {"grade": "edit", "looked_through": "edit", "inspect": "inspect"}
"""The right that a key needs to be offered."""


class CardPage(PageScreen[None]):
    """One card, and the actions of keys that are about the card itself."""

    def __init__(self, desk: Background, card_id: int) -> None:
        super().__init__(desk)
        self.card = card_id
        self.row_of_card: CardRow | None = None
        """The card as lists show it; None until it is read."""
        self.may: frozenset[str] = frozenset(NEEDED.values()) - {"hand", "inspect"}
        """What the member may do with the card (`store.rights.Right`); known once it is read."""

    @property
    def card_id(self) -> int | None:
        """The card that is shown."""
        return self.card

    @property
    def attended(self) -> tuple[int, bool]:
        """The card is read here."""
        return self.card, False

    def offer(self, may: frozenset[str]) -> None:
        """Have the keys of what the member may do with the card."""
        if may != self.may:
            self.may = may
            self.refresh_bindings()

    def take_row(self, row: CardRow) -> None:
        """Say whose card this is."""
        self.row_of_card = row
        at = _(", ").join(part for part in (row.title, row.organisation) if part)
        self.set_title(f"{row.number}  {row.name}  {at}".rstrip())

    def action_ask(self) -> None:
        """Ask to see the whole of a card that is seen in part."""
        from screens.loan_ask import ask_for_card

        if self.row_of_card is not None:
            ask_for_card(self, self.card, self.row_of_card.name)

    def action_print(self) -> None:
        """Print the card: its briefing as a page, into a file or the clipboard."""
        from screens.outgoing import CardPages

        row = self.row_of_card
        if row is not None:
            self.shell.open_print(CardPages(row.id, row.number, row.name))

    def action_own(self) -> None:
        """Say that this is the member's own card, or that it is not any more."""
        from screens.card_own import switch_own_card

        switch_own_card(self, self.card)

    def action_merge(self) -> None:
        """Merge the card with another one of the same customer."""
        from screens.merge_actions import merge_card

        # Where this card went into the other one, coming back here leads there.
        merge_card(self, self.card)

    def action_grade(self) -> None:
        """Say how far the customer is, how likely, how important; put the card on the risk list."""
        from screens.bulk_actions import Chosen, act_on_cards

        act_on_cards(self, Chosen((self.card,), hands="hand" in self.may))

    def action_hand(self) -> None:
        """Hand the card to another member."""
        from screens.card_actions import hand_over_cards

        hand_over_cards(self, [self.card])

    def action_inspect(self) -> None:
        """Give a verdict on the card."""
        from screens.card_review import inspect_card

        inspect_card(self, self.card)

    def action_looked_through(self) -> None:
        """Note that the card was looked through."""
        from screens.card_review import look_through

        look_through(self, [self.card])

    def action_edit(self) -> None:
        """Edit the card."""
        from screens.card_actions import edit_card

        edit_card(self, self.card)

    def action_log(self) -> None:
        """Log a talk."""
        from screens.card_actions import log_talk

        log_talk(self, self.card)

    def action_todo(self) -> None:
        """Note a to-do."""
        from screens.card_actions import add_todo

        add_todo(self, self.card)

    def action_place(self) -> None:
        """Say what part he plays where he works: role, influence, attitude, whom he reports to."""
        from screens.workplace import open_workplace

        if self.row_of_card is not None:
            open_workplace(self, self.card, self.row_of_card.name)

    def action_unmask(self) -> None:
        """Show a masked field; the trail notes it."""
        from screens.card_secrets import unmask_field

        unmask_field(self, self.card)
