"""Who is linked to whom: relationships entered, everything around a card, the way to somebody."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from store import routes, surroundings
from store.arguments import checks_arguments
from store.changed_values import changed_since
from store.cleaning import clean_text
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_TEXT, short_enough
from store.language import N_
from store.last_hands import last_hand
from store.linked_cards import linked_card, linked_cards
from store.models.relations import Relationship
from store.records.relations import (
    KINDS,
    STRENGTHS,
    Around,
    RelationRow,
    RelationValues,
    Route,
    inverse,
)
from store.rights import Right, allowed_among
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

HIMSELF = N_("Nobody is anything to himself: name another card.")
THERE_ALREADY = N_("This is known already: change the relationship that is there.")
NO_RELATION = N_("There is no relationship {number}.")
NO_SUCH_KIND = N_("“{kind}” is no kind of relationship.")
NO_STRENGTH = N_("A strength goes from 1 to 5.")
CHANGED_MEANWHILE = N_("{name} changed this relationship meanwhile.")

RELATION_ADDED = N_("Relationship noted")
RELATION_CHANGED = N_("Relationship changed")
RELATION_REMOVED = N_("Relationship taken away")

MOST = 500
"""Relationships of one card that are listed."""


@explains_trouble
@checks_arguments
class Relations:
    """The relationships of the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def add(
        self,
        card_id: int,
        other_id: int,
        kind: Annotated[str, KINDS],
        strength: int | None = None,
        note: str = "",
    ) -> RelationRow:
        """Note that a card is the `kind` of another one: A is the senior of B.

        Args:
            card_id: the card it is written on, which the member may change.
            other_id: a card of which he sees at least the name.
            strength: from 1, they have met, to 5, they would do anything for each other.

        Raises:
            BadValue: it is known already, or both are one card.
            NotAllowed: the card is not his to change.
            NotFound: he does not see one of them.
        """
        values = checked(RelationValues(kind, strength, note))
        with self.desk.change(RELATION_ADDED) as change:
            self.desk.cards.check_visible(card_id)
            linked_card(self.desk, other_id)
            if card_id == other_id:
                raise BadValue(HIMSELF, field="other")
            self._need_new(card_id, other_id, values.kind)
            row_id = change.insert(
                Relationship,
                {
                    "card_id": card_id,
                    "other_id": other_id,
                    "kind": values.kind,
                    "strength": values.strength,
                    "note": values.note,
                },
            )
        return self.get(row_id)

    @staticmethod
    def _need_new(card_id: int, other_id: int, kind: str, but: int = 0) -> None:
        """Make sure that this is not said already, from this side or the other."""
        said = (Relationship.card == card_id) & (Relationship.other == other_id)
        said &= Relationship.kind == kind
        told = (Relationship.card == other_id) & (Relationship.other == card_id)
        told &= Relationship.kind == inverse(kind)
        if Relationship.select().where((said | told) & (Relationship.id != but)).exists():
            raise BadValue(THERE_ALREADY, field="kind")

    def update(self, relation_id: int, base: RelationValues, values: RelationValues) -> RelationRow:
        """Save what was changed on a relationship since it was opened.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong, or another relationship says this already.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotAllowed: neither of the cards is the member's to change.
            NotFound: there is none that he sees.
        """
        clean = checked(values)
        with self.desk.change(RELATION_CHANGED) as change:
            present = self.get(relation_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "relationship", relation_id),
            )
            if "kind" in changed:
                self._need_new(present.card.id, present.other.id, changed["kind"], relation_id)
            if changed:
                change.update(Relationship, relation_id, changed)
        return self.get(relation_id)

    def remove(self, relation_id: int) -> None:
        """Take a relationship away.

        Raises:
            NotAllowed: neither of the cards is the member's to change.
            NotFound: there is none that he sees.
        """
        with self.desk.change(RELATION_REMOVED) as change:
            self.get(relation_id)
            change.delete(Relationship, relation_id)

    def get(self, relation_id: int) -> RelationRow:
        """One relationship; its note only where the card is seen whole on which it was written.

        Raises:
            NotFound: there is none that the member sees: one of the cards whole, both by name.
        """
        rows = self._rows(Relationship.id == relation_id)
        if not rows:
            raise NotFound(NO_RELATION, number=relation_id)
        return rows[0]

    def several(self, ids: Sequence[int]) -> list[RelationRow]:
        """Those of some relationships that the member sees, in their order."""
        return self._rows(Relationship.id.in_(list(ids)[:MOST]))

    def of(self, card_id: int) -> list[RelationRow]:
        """The relationships of a card, both those written on it and those on others.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return self._rows((Relationship.card == card_id) | (Relationship.other == card_id))

    def _rows(self, condition: object) -> list[RelationRow]:
        found = list(Relationship.select().where(condition).order_by(Relationship.id).limit(MOST))
        cards = linked_cards(
            self.desk, {end for row in found for end in (row.card_id, row.other_id)}
        )
        own = set(allowed_among(self.desk, Right.EDIT, cards))
        shown = []
        for row in found:
            card, other = cards.get(row.card_id), cards.get(row.other_id)
            if card is None or other is None or not (card.whole or other.whole):
                continue
            values = RelationValues(row.kind, row.strength, row.note if card.whole else "")
            may = bool({card.id, other.id} & own)
            shown.append(RelationRow(row.id, card, other, values, row.version, may))
        return shown

    def around(self, card_id: int) -> Around:
        """Everybody who is linked to a card: what was entered, who works with him, who brought
        whom, clubs, family, and at last who has much in common with him.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return surroundings.around(self.desk, card_id)

    def path(self, goal: int, start: int | None = None) -> Route:
        """Who leads to a card: from the member himself, or from another card.

        He himself is the card that he keeps of himself, and whoever looks after his customers.
        The way leads only over cards of which he sees something.

        Args:
            goal: the card to reach; of one that he does not see whole, the name must be his.
            start: the card to begin with; None for the member himself.

        Raises:
            NotFound: he sees nothing of one of the cards.
        """
        return routes.route(self.desk, goal, start)


def checked(values: RelationValues) -> RelationValues:
    """The values as they are stored.

    Raises:
        BadValue: there is no such kind or strength, or the note is too long.
    """
    if values.kind not in KINDS:
        raise BadValue(NO_SUCH_KIND, field="kind", kind=values.kind[:40])
    if values.strength is not None and values.strength not in STRENGTHS:
        raise BadValue(NO_STRENGTH, field="strength")
    note = short_enough(clean_text(values.note or ""), LONGEST_TEXT, "note")
    return RelationValues(values.kind, values.strength, note)
