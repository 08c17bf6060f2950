"""Somebody of a customer's family."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, ClassVar

from screens.form_screen import FormScreen
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.occasions import FamilyRow, FamilyValues

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow

RELATIONS = (
    N_("wife"),
    N_("husband"),
    N_("spouse"),
    N_("son"),
    N_("daughter"),
    N_("father"),
    N_("mother"),
    N_("father-in-law"),
    N_("mother-in-law"),
    N_("brother"),
    N_("sister"),
    N_("grandson"),
    N_("granddaughter"),
)
"""What is offered for how somebody is related; any other word will do."""


class FamilyForm(FormScreen[FamilyRow]):
    """A new member of a family, or one that is known."""

    HELP = N_(
        "Whom he lives with and lives for. Birthdays of the family come up like his own, each in "
        "the calendar in which it is kept: lunar ones are written 农历八月十五 or lunar 8-15."
    )

    CHANGES_CARD: ClassVar[bool] = True

    def __init__(self, desk: Background, card_id: int, member_id: int | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the customer whose family it is.
            member_id: whom to change; None for somebody new.
        """
        super().__init__(desk, is_new=member_id is None)
        self.card = card_id
        self.member = member_id
        self.row: CardRow | None = None

    @property
    def card_id(self) -> int | None:
        """The customer whose family it is."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "new" if self.member is None else self.member
        return f"family:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose family it is, and what is known."""
        self.row = await self.desk.read(lambda desk: desk.cards.row(self.card))
        return {} if self.member is None else await self.desk.read(self.present)

    def declared(self) -> Form:
        """Everything about somebody of a family."""
        return load_form("family")

    def heading(self) -> str:
        """Whose family it is."""
        return _("Family of {name}").format(name=self.row.name if self.row else "")

    def options(self) -> dict[str, Any]:
        """The usual relations."""
        return {"known": {"relation": [_(relation) for relation in RELATIONS]}}

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.member is None else ("family_member", self.member)

    def present(self, desk: Desk) -> Values:
        """The member of the family as stored now."""
        assert self.member is not None
        values = asdict(desk.family.get(self.member).values)
        return {key: value for key, value in values.items() if value}

    def write(self, desk: Desk, base: Values, values: Values) -> FamilyRow:
        """Enter somebody, or save what was changed of him."""
        if self.member is None:
            return desk.family.add(self.card, _family_values(values))
        return desk.family.update(self.member, _family_values(base), _family_values(values))


def _family_values(values: Values) -> FamilyValues:
    known = {field.name: values.get(field.name) for field in fields(FamilyValues)}
    return FamilyValues(**{**known, "name": known["name"] or ""})
