"""A relationship between two cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from screens.card_offer import spell_out
from screens.link_form import LinkForm
from store.errors import BadValue
from store.forms.declaration import Values
from store.language import N_, _
from store.records.relations import RelationRow, RelationValues, inverse
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.desk import Desk


class RelationForm(LinkForm[RelationRow]):
    """A new relationship of a card, or one that is known, as it is seen from that card."""

    HELP = N_(
        "Who knows whom, and how well: the way to a decision-maker leads over people. Say what the "
        "other one is to this customer: his senior, his schoolmate, his friend. Strength goes from "
        "1, they have met, to 5, they would do anything for each other; w on the relations side "
        "looks for the strongest way."
    )
    TABLE, DRAFT, OTHER = "relationship", "relation", "other"
    other = ""
    """The name of the other card of a known relationship."""

    def heading(self) -> str:
        """Whose relationship it is."""
        name = self.whose
        if self.link is None:
            return _("Who is linked to {name}").format(name=name)
        return _("{other} and {name}").format(other=self.other, name=name)

    @on(CardForm.Left)
    def spell_card_out(self, event: CardForm.Left) -> None:
        """Say at once which card is meant."""
        if event.key == "other":
            self.run_worker(spell_out(self, event.form, event.key), group="form.spell")

    def present(self, desk: Desk) -> Values:
        """The relationship as stored now."""
        assert self.link is not None
        row = desk.relations.get(self.link)
        other, how = row.seen_from(self.card)
        self.other = other.name
        strength = row.values.strength
        values = {
            "kind": how,
            "strength": str(strength) if strength else None,
            "note": row.values.note,
        }
        return {key: value for key, value in values.items() if value}

    def write(self, desk: Desk, base: Values, values: Values) -> RelationRow:
        """Note the relationship, or save what was changed of it."""
        if self.link is None:
            from store.card_labels import labelled_card

            other = labelled_card(desk, values.get("other") or "", "other").id
            now = _said(values, mirrored=True)
            return desk.relations.add(self.card, other, now.kind, now.strength, now.note)
        row = desk.relations.get(self.link)
        mirrored = row.card.id == self.card
        return desk.relations.update(
            self.link, _said(base, mirrored=mirrored), _said(values, mirrored=mirrored)
        )


def _said(values: Values, *, mirrored: bool) -> RelationValues:
    """What the form says, as it is kept.

    Args:
        mirrored: whether the form's card is the one of which the record speaks: the form asks for
            what the other one is to it.
    """
    kind = str(values.get("kind") or "other")
    strength = values.get("strength")
    if strength is not None and not str(strength).isdigit():
        raise BadValue(N_("A strength goes from 1 to 5."), field="strength")
    return RelationValues(
        inverse(kind) if mirrored else kind,
        int(strength) if strength else None,
        values.get("note") or "",
    )
