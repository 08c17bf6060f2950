"""Two cards of one customer become one (domain.md section 1.5), with nothing lost.

Whoever may change both cards merges them. Where they belong to different members, the one that
goes is handed over by that, so that he must have the right to hand it over: whoever stands above
both, or the keeper of the files. What stays keeps its owner, and who may see it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import rows
from store.arguments import Limit, checks_arguments
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.language import N_
from store.records.merging import Comparison, Group, Merged
from store.rights import NOT_YOURS, Right, all_allowed, condition, members_below
from store.standing import NO_CARD
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.desk import Desk
    from store.merge_values import Sides
    from store.records.card_list import CardRow
    from store.records.cards import Duplicate

CARDS_MERGED = N_("Cards merged")
SET_APART = N_("Noted as not the same customer")

SAME_CARD = N_("A card cannot be merged with itself.")
TWO_KINDS = N_("A person and an organisation cannot be one card.")
IN_TRASH = N_("{number} lies in the trash: take it out first.")
TWO_OWNERS = N_(
    "These two cards are looked after by different members: whoever stands above both merges "
    "them, or the keeper of the files."
)
CHANGED_MEANWHILE = N_("{name} changed {card} meanwhile: look at both cards again.")


@explains_trouble
@checks_arguments
class Merging:
    """Cards that look like one customer, and how they become one."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def compare(self, keep_id: int, drop_id: int) -> Comparison:
        """Two cards side by side: what differs, what would come along.

        Args:
            keep_id: the card that would stay.
            drop_id: the card that would go into it.

        Raises:
            BadValue: they cannot be one card.
            NotAllowed: they are not the member's to merge.
            NotFound: he does not see one of them.
        """
        from store.merge_records import attached
        from store.merge_values import compared
        from store.standing import as_given
        from store.visibility import Level, Standing

        self._require(keep_id, drop_id)
        sides = self._sides(keep_id, drop_id)
        differences, same = compared(sides, self._newer(keep_id, drop_id))
        given = [
            as_given(
                record,
                Standing(Level.WHOLE, own=not self._is_foreign(record.id)),
                self.desk.unmasked_keys(record.id),
            )
            for record in (sides.keep, sides.drop)
        ]
        owner = sides.keep.owner
        return Comparison(
            given[0],
            given[1],
            tuple(differences),
            same,
            attached(drop_id),
            "" if self._owner(keep_id) == self._owner(drop_id) else owner,
        )

    def merge(
        self,
        keep_id: int,
        drop_id: int,
        choices: Mapping[str, Any] | None = None,
        versions: Sequence[int] = (),
    ) -> Merged:
        """Make one card of two. Everything attached to the one that goes comes along; it lies in
        the trash afterwards, and its number leads to the one that stays.

        Args:
            choices: whose value holds, `keep`, `drop` or `both`, by the key of a difference; what
                is missing is settled as `compare` suggests.
            versions: those of the cards that were compared, of the one that stays first.

        Raises:
            BadValue: they cannot be one card, or a choice is none.
            Conflict: somebody changed one of them since; nothing was merged.
            NotAllowed: they are not the member's to merge.
            NotFound: he does not see one of them.
        """
        from store.forms.declaration import load_form
        from store.merge_values import checked_choices, compared
        from store.merge_writing import write_merge

        with self.desk.change(CARDS_MERGED, asked=True) as change:
            self._require(keep_id, drop_id)
            sides = self._sides(keep_id, drop_id)
            self._need_versions(sides, versions)
            differences, _same = compared(sides, self._newer(keep_id, drop_id))
            form = load_form(sides.keep.kind)
            chosen = checked_choices(form, differences, choices or {})
            return write_merge(self.desk, change, sides, differences, chosen)

    def alike(self, card_id: int, limit: Limit = 20) -> "list[Duplicate]":
        """Cards that look like the same customer as a card, the surest first; those that were set
        apart from it are left out.

        Raises:
            NotFound: the member sees no such card.
        """
        record = self.desk.cards.get(card_id)
        found = self.desk.cards.duplicates(record.kind, record.values, card_id)
        seen = [each for each in found if each.card_id]
        return seen[:limit] if limit >= 0 else seen

    def similar_houses(self, name: str, limit: Limit = 5) -> list[str]:
        """Organisations that are called much like a name that none has: names and numbers of those
        that the member sees. Who types a new employer may mean one of them.
        """
        from store.duplicates import similar_houses

        found = [f"{called} {number}" for _id, number, called in similar_houses(self.desk, name)]
        return found[:limit] if limit >= 0 else found

    def leads_to(self, card_id: int) -> int | None:
        """The card that a card was merged into, where the member sees it; else None."""
        from store.merged_numbers import kept_card

        kept = kept_card(card_id)
        if kept == card_id:
            return None
        try:
            self.desk.cards.row(kept)
        except NotFound:
            return None
        return kept

    def merged_card(self, number: str) -> "CardRow | None":
        """The row of a card in the trash that was merged into another one, by its own number."""
        from store.models.cards import Card

        meant = (Card.number == number.strip().upper()) & Card.merged_into.is_null(False)
        card = Card.select(Card.id).where(meant & Card.trashed_at.is_null(False)).scalar()
        if card is None:
            return None
        try:
            return self.desk.cards.row(card)
        except NotFound:
            return None

    def groups(self, limit: Limit = -1, tell: Any = None) -> list[Group]:
        """Cards of the whole box that look like one customer, the surest groups first; of cards
        that the member does not see whole nothing is told.

        Args:
            tell: told how many steps are done, and of how many, where it can be called.
        """
        from store.look_alikes import look_alikes

        found = look_alikes(self.desk, tell if callable(tell) else _tell_nobody)
        return found[:limit] if limit >= 0 else found

    def set_apart(self, first: int, second: int) -> None:
        """Note that two cards that look like one customer are two.

        Raises:
            BadValue: it is one card.
            NotAllowed: they are not the member's to change.
            NotFound: he does not see one of them.
        """
        from store.models.relations import DistinctPair

        if first == second:
            raise BadValue(SAME_CARD)
        with self.desk.change(SET_APART) as change:
            self._see([first, second])
            card, other = sorted((first, second))
            known = (DistinctPair.card == card) & (DistinctPair.other == other)
            if not DistinctPair.select().where(known).exists():
                change.insert(DistinctPair, {"card_id": card, "other_id": other})

    def _see(self, card_ids: Sequence[int]) -> None:
        for card_id in card_ids:
            try:
                self.desk.cards.check_visible(card_id)
            except NotFound:
                self.desk.cards.row(card_id)  # seen in part it is there, but not his
                raise NotAllowed(NOT_YOURS).about([card_id]) from None

    def _require(self, keep_id: int, drop_id: int) -> None:
        """Make sure that the member may merge two cards, and that they can be one."""
        from store.models.cards import Card

        if keep_id == drop_id:
            raise BadValue(SAME_CARD)
        self._see([keep_id, drop_id])
        found = rows.fetch(Card, [keep_id, drop_id])
        if len(found) < 2:
            raise NotFound(NO_CARD, text=str(keep_id if drop_id in found else drop_id))
        self.desk.require(Right.EDIT, [keep_id, drop_id])
        if found[keep_id]["kind"] != found[drop_id]["kind"]:
            raise BadValue(TWO_KINDS)
        for row in found.values():
            if row["trashed_at"] is not None:
                raise BadValue(IN_TRASH, number=row["number"])
        owners = {row["owner_id"] for row in found.values()}
        if len(owners) > 1 and not self._hands(drop_id, found[keep_id]["owner_id"]):
            raise NotAllowed(TWO_OWNERS).about([keep_id, drop_id])

    def _hands(self, card_id: int, receiver: int) -> bool:
        """Whether the member may give a card to another one."""
        if not all_allowed(self.desk, Right.HAND, [card_id]):
            return False
        if condition(self.desk, Right.HAND) is None:
            return True
        below = members_below(self.desk.member)
        return below is None or receiver in below

    def _sides(self, keep_id: int, drop_id: int) -> "Sides":
        from store.card_values import load_records
        from store.merge_values import Sides

        records = load_records([keep_id, drop_id])
        return Sides(records[keep_id], records[drop_id], *map(self._hidden, (keep_id, drop_id)))

    def _hidden(self, card_id: int) -> frozenset[str]:
        """The sensitive fields of a card that the member does not see just now."""
        from store.models.cards import Card
        from store.standing import sensitive_keys

        if not self._is_foreign(card_id):
            return frozenset()
        kind = rows.fetch(Card, [card_id])[card_id]["kind"]
        return sensitive_keys(kind) - self.desk.unmasked_keys(card_id)

    def _is_foreign(self, card_id: int) -> bool:
        from store.standing import foreign

        return bool(foreign(self.desk, [card_id]))

    @staticmethod
    def _owner(card_id: int) -> int:
        from store.models.cards import Card

        return int(rows.fetch(Card, [card_id])[card_id]["owner_id"])

    @staticmethod
    def _newer(keep_id: int, drop_id: int) -> "Callable[[str], bool]":
        from store.field_ages import field_ages

        kept, dropped = field_ages(keep_id), field_ages(drop_id)
        return lambda key: dropped.get(key, 0) > kept.get(key, 0)

    def _need_versions(self, sides: "Sides", versions: Sequence[int]) -> None:
        """Make sure that both cards are as they were compared."""
        from store.last_hands import last_hand

        for record, version in zip((sides.keep, sides.drop), versions, strict=False):
            if record.version != version:
                name = last_hand(self.desk, "card", record.id)
                raise Conflict(CHANGED_MEANWHILE, name=name, card=record.name)


def _tell_nobody(_done: int, _whole: int) -> None:
    """Nobody watches."""
