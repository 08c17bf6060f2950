"""Family members of persons; their birthdays remind like the customer's own."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from store.card_values import yearly
from store.cleaning import clean_line, clean_text
from store.errors import BadValue, NotFound
from store.language import N_
from store.lunar import YearlyDate
from store.models.cards import FamilyMember, Occasion
from store.records.occasions import FamilyRow, FamilyValues
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NOBODY = N_("A member of the family needs a name, or how he is related.")
NO_MEMBER = N_("There is no family member {number}.")

MEMBER_ADDED = N_("Family member added")
MEMBER_CHANGED = N_("Family member changed")
MEMBER_REMOVED = N_("Family member taken away")

BIRTH = "birth"


@explains_trouble
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
            BadValue: a value is wrong.
            NotFound: the member sees no such card.
        """
        clean = checked(values)
        with self.desk.change(MEMBER_ADDED) as change:
            position = len(self.of(card_id))
            member_id = change.insert(
                FamilyMember, {**_columns(clean), "card_id": card_id, "position": position}
            )
            self._write_birth(change, card_id, member_id, clean.birth)
        return self.get(member_id)

    def update(self, member_id: int, values: FamilyValues) -> FamilyRow:
        """Make a family member have these values.

        Raises:
            BadValue: a value is wrong.
            NotFound: there is none that the member sees.
        """
        clean = checked(values)
        with self.desk.change(MEMBER_CHANGED) as change:
            present = self.get(member_id)
            change.update(FamilyMember, member_id, _columns(clean))
            if clean.birth != present.values.birth:
                self._write_birth(change, present.card_id, member_id, clean.birth)
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
        texts[key] = (clean_text(text) if key == "note" else clean_line(text)) or None
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
