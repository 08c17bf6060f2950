"""Family members of persons; their birthdays remind like the customer's own."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from store.arguments import checks_arguments
from store.card_values import yearly
from store.changed_values import changed_since
from store.cleaning import clean_line, clean_text
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.language import N_
from store.last_hands import last_hand
from store.lunar import YearlyDate
from store.models.cards import FamilyMember, Occasion
from store.records.occasions import FamilyRow, FamilyValues
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NOBODY = N_("A member of the family needs a name, or how he is related.")
ONLY_PERSONS = N_("Only a person has a family.")
CHANGED_MEANWHILE = N_("{name} changed this family member meanwhile.")
NO_MEMBER = N_("There is no family member {number}.")

MEMBER_ADDED = N_("Family member added")
MEMBER_CHANGED = N_("Family member changed")
MEMBER_REMOVED = N_("Family member taken away")

BIRTH = "birth"


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
        clean = checked(values)
        with self.desk.change(MEMBER_ADDED) as change:
            position = len(self.of(card_id))
            if self.desk.cards.row(card_id).kind != "person":
                raise BadValue(ONLY_PERSONS)
            member_id = change.insert(
                FamilyMember, {**_columns(clean), "card_id": card_id, "position": position}
            )
            self._write_birth(change, card_id, member_id, clean.birth)
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
            checked(replace(present.values, **changed))
            if BIRTH in changed:
                self._write_birth(change, present.card_id, member_id, changed.pop(BIRTH))
            if changed:
                change.update(FamilyMember, member_id, changed)
        return self.get(member_id)

    def remove(self, member_id: int) -> None:
        """Take a family member away, with the birthday.

        Raises:
            NotFound: there is none that the member sees.
        """
        with self.desk.change(MEMBER_REMOVED) as change:
            present = self.get(member_id)
            self._write_birth(change, present.card_id, member_id, None)
            change.delete(FamilyMember, member_id)

    @staticmethod
    def _write_birth(change: "Recorder", card_id: int, member_id: int, birth: str | None) -> None:
        """Make this the only birthday of a family member."""
        said = YearlyDate.parse(birth) if birth else None
        present = list(Occasion.select(Occasion.id).where(Occasion.family_member == member_id))
        if said is None:
            for row in present:
                change.delete(Occasion, row.id)
            return
        columns = {
            "calendar": str(said.calendar),
            "year": said.year,
            "month": said.month,
            "day": said.day,
            "leap": said.leap,
        }
        if present:
            change.update(Occasion, present[0].id, columns)
        else:
            place = {"card_id": card_id, "family_member_id": member_id, "kind": BIRTH}
            change.insert(Occasion, {**place, **columns})


COLUMNS = tuple(field.name for field in fields(FamilyValues) if field.name != "birth")
"""The values that have a column of the same name."""


def checked(values: FamilyValues) -> FamilyValues:
    """The values as they are stored: texts clean, blanks None, the birthday in its text form.

    Raises:
        BadValue: neither name nor relation is given, or the birthday is none.
    """
    texts: dict[str, Any] = {}
    for key in COLUMNS:
        text = getattr(values, key) or ""
        clean = clean_text(text) if key == "note" else clean_line(text)
        longest = LONGEST_TEXT if key == "note" else LONGEST_LINE
        texts[key] = short_enough(clean, longest, key) or None
    texts["name"] = texts["name"] or ""
    if not (texts["name"] or texts["relation"]):
        raise BadValue(NOBODY, field="name")
    birth = values.birth or None
    if birth is not None:
        try:
            birth = str(YearlyDate.parse(birth))
        except BadValue as error:
            error.field = "birth"
            raise
    return replace(values, **texts, birth=birth)


def _columns(values: FamilyValues) -> dict[str, Any]:
    return {key: getattr(values, key) for key in COLUMNS}
