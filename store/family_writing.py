"""Writes the family of a person, within one change set."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.language import N_
from store.lunar import YearlyDate
from store.models.cards import FamilyMember, Occasion
from store.records.occasions import FamilyRow, FamilyValues

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NOBODY = N_("A member of the family needs a name, or how he is related.")
ONLY_PERSONS = N_("Only a person has a family.")

BIRTH = "birth"


class FamilyWriter:
    """Enters and changes members of families of cards that the member sees."""

    def __init__(self, desk: "Desk", change: "Recorder") -> None:
        self.desk = desk
        self.change = change

    def enter(self, card_id: int, values: FamilyValues) -> int:
        """Enter a family member of a person, the last of them; gives the id.

        Raises:
            BadValue: a value is wrong, or the card is an organisation's.
        """
        clean = checked(values)
        if self.desk.cards.row(card_id).kind != "person":
            raise BadValue(ONLY_PERSONS)
        position = 1 + max(self._positions(card_id).values(), default=-1)
        whole = {**_columns(clean), "card_id": card_id, "position": position}
        member_id = self.change.insert(FamilyMember, whole)
        self._write_birth(card_id, member_id, clean.birth)
        return member_id

    def rewrite(self, present: FamilyRow, values: FamilyValues) -> None:
        """Make a family member have these values.

        Raises:
            BadValue: a value is wrong.
        """
        clean = checked(values)
        if clean.birth != present.values.birth:
            self._write_birth(present.card_id, present.id, clean.birth)
        changed = {
            key: value
            for key, value in _columns(clean).items()
            if value != getattr(present.values, key)
        }
        if changed:
            self.change.update(FamilyMember, present.id, changed)

    def erase(self, present: FamilyRow) -> None:
        """Take a family member away, with the birthday."""
        self._write_birth(present.card_id, present.id, None)
        self.change.delete(FamilyMember, present.id)

    def arrange(self, card_id: int, order: Sequence[int]) -> None:
        """Put the family of a person into this order."""
        positions = self._positions(card_id)
        if list(positions) == list(order):
            return
        for position, member_id in enumerate(order):
            if positions.get(member_id, position) != position:
                self.change.update(FamilyMember, member_id, {"position": position})

    @staticmethod
    def _positions(card_id: int) -> dict[int, int]:
        """The positions of a person's family by id, in order."""
        from store import rows

        asked = FamilyMember.select(FamilyMember.id, FamilyMember.position)
        ordered = asked.where(FamilyMember.card == card_id)
        return dict(rows.tuples(ordered.order_by(FamilyMember.position, FamilyMember.id)))

    def _write_birth(self, card_id: int, member_id: int, birth: str | None) -> None:
        """Make this the only birthday of a family member."""
        said = YearlyDate.parse(birth) if birth else None
        present = list(Occasion.select(Occasion.id).where(Occasion.family_member == member_id))
        if said is None:
            for row in present:
                self.change.delete(Occasion, row.id)
            return
        columns = {
            "calendar": str(said.calendar),
            "year": said.year,
            "month": said.month,
            "day": said.day,
            "leap": said.leap,
        }
        if present:
            self.change.update(Occasion, present[0].id, columns)
        else:
            place = {"card_id": card_id, "family_member_id": member_id, "kind": BIRTH}
            self.change.insert(Occasion, {**place, **columns})


COLUMNS = tuple(field.name for field in fields(FamilyValues) if field.name != BIRTH)
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
