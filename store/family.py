"""Family members of persons; their birthdays remind like the customer's own."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.arguments import checks_arguments
from store.card_values import yearly
from store.changed_values import changed_since
from store.errors import NotFound
from store.family_writing import BIRTH, COLUMNS, FamilyWriter, checked
from store.language import N_
from store.last_hands import last_hand
from store.models.cards import FamilyMember, Occasion
from store.records.occasions import FamilyRow, FamilyValues
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

CHANGED_MEANWHILE = N_("{name} changed this family member meanwhile.")
NO_MEMBER = N_("There is no family member {number}.")

MEMBER_ADDED = N_("Family member added")
MEMBER_CHANGED = N_("Family member changed")
MEMBER_REMOVED = N_("Family member taken away")


@explains_trouble
@checks_arguments
class Family:
    """The families of the persons that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def of(self, card_id: int) -> list[FamilyRow]:
        """The family of a person, in the order in which they were entered.

        Raises:
            NotFound: the member sees no such card.
        """
        self.desk.cards.check_visible(card_id)
        return self._rows(FamilyMember.card == card_id)

    def get(self, member_id: int) -> FamilyRow:
        """One family member.

        Raises:
            NotFound: there is none that the member sees.
        """
        for row in self._rows(FamilyMember.id == member_id):
            try:
                self.desk.cards.check_visible(row.card_id)
            except NotFound:
                break
            return row
        raise NotFound(NO_MEMBER, number=member_id)

    @staticmethod
    def _rows(condition: Any) -> list[FamilyRow]:
        members = list(
            FamilyMember.select().where(condition).order_by(FamilyMember.position, FamilyMember.id)
        )
        births = {
            row.family_member_id: str(yearly(row))
            for row in Occasion.select().where(
                Occasion.family_member.in_([member.id for member in members])
                & (Occasion.kind == BIRTH)
            )
        }
        return [
            FamilyRow(
                member.id,
                member.card_id,
                FamilyValues(
                    birth=births.get(member.id),
                    **{key: getattr(member, key) for key in COLUMNS},
                ),
            )
            for member in members
        ]

    def add(self, card_id: int, values: FamilyValues) -> FamilyRow:
        """Enter a family member of a person.

        Raises:
            BadValue: a value is wrong, or the card is an organisation's.
            NotFound: the member sees no such card.
        """
        with self.desk.change(MEMBER_ADDED) as change:
            self.desk.cards.check_visible(card_id)
            member_id = FamilyWriter(self.desk, change).enter(card_id, values)
        return self.get(member_id)

    def update(self, member_id: int, base: FamilyValues, values: FamilyValues) -> FamilyRow:
        """Save what was changed on a family member since it was opened.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotFound: there is none that the member sees.
        """
        clean = checked(values)
        with self.desk.change(MEMBER_CHANGED) as change:
            present = self.get(member_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "family_member", member_id),
            )
            writer = FamilyWriter(self.desk, change)
            writer.rewrite(present, replace(present.values, **changed))
        return self.get(member_id)

    def remove(self, member_id: int) -> None:
        """Take a family member away, with the birthday.

        Raises:
            NotFound: there is none that the member sees.
        """
        with self.desk.change(MEMBER_REMOVED) as change:
            FamilyWriter(self.desk, change).erase(self.get(member_id))
