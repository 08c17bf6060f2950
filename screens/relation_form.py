"""A relationship between two cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from screens.card_offer import labels_found, offer_cards, spell_out
from screens.form_screen import FormScreen
from store.errors import BadValue
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.relations import RelationRow, RelationValues, inverse
from widgets.card_form import CardForm

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow


class RelationForm(FormScreen[RelationRow]):
    """A new relationship of a card, or one that is known, as it is seen from that card."""

    HELP = N_(
        "Who knows whom, and how well: the way to a decision-maker leads over people. Say what the "
        "other one is to this customer: his senior, his schoolmate, his friend. Strength goes from "
        "1, they have met, to 5, they would do anything for each other; w on the relations side "
        "looks for the strongest way."
    )
    CHANGES_CARD: ClassVar[bool] = True

    def __init__(self, desk: Background, card_id: int, relation_id: int | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            card_id: the card from which the relationship is seen.
            relation_id: which one to change; None for a new one.
        """
        super().__init__(desk, is_new=relation_id is None)
        self.card = card_id
        self.relation = relation_id
        self.row: CardRow | None = None
        self.other = ""
        """The name of the other card of a known relationship."""
        self.offered: list[str] = []

    @property
    def card_id(self) -> int | None:
        """The card from which it is seen."""
        return self.card

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        which = "new" if self.relation is None else self.relation
        return f"relation:{which}:{self.row.number if self.row else ''}"

    async def begin(self) -> Values:
        """Read whose relationship it is."""

        def read(desk: Desk) -> Values:
            self.row = desk.cards.row(self.card)
            self.offered = labels_found(desk, "")
            return {} if self.relation is None else self.present(desk)

        return await self.desk.read(read)

    def declared(self) -> Form:
        """Who, what and how strong; the two cards of a known relationship stay."""
        form = load_form("relationship")
        return form if self.relation is None else form.without("other")

    def heading(self) -> str:
        """Whose relationship it is."""
        name = self.row.name if self.row else ""
        if self.relation is None:
            return _("Who is linked to {name}").format(name=name)
        return _("{other} and {name}").format(other=self.other, name=name)

    def options(self) -> dict[str, Any]:
        """The cards that are offered."""
        return {"known": {"other": self.offered}} if self.relation is None else {}

    def changed(self, form: CardForm, key: str) -> None:
        """Offer cards while one is typed."""
        if key == "other":
            self.run_worker(offer_cards(self, form, key), group="form.offer", exclusive=True)

    @on(CardForm.Left)
    def spell_card_out(self, event: CardForm.Left) -> None:
        """Say at once which card is meant."""
        if event.key == "other":
            self.run_worker(spell_out(self, event.form, event.key), group="form.spell")

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.relation is None else ("relationship", self.relation)

    def present(self, desk: Desk) -> Values:
        """The relationship as stored now."""
        assert self.relation is not None
        row = desk.relations.get(self.relation)
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
        if self.relation is None:
            from store.card_labels import labelled_card

            other = labelled_card(desk, values.get("other") or "", "other").id
            now = _said(values, mirrored=True)
            return desk.relations.add(self.card, other, now.kind, now.strength, now.note)
        row = desk.relations.get(self.relation)
        mirrored = row.card.id == self.card
        return desk.relations.update(
            self.relation, _said(base, mirrored=mirrored), _said(values, mirrored=mirrored)
        )

    def told(self, result: RelationRow) -> str:
        """That it was noted."""
        return _("Noted; u takes back") if self.relation is None else super().told(result)


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
