"""Pairs of cards that were found not to be the same customer, in the document of a box."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import rows
from store.errors import BadValue
from store.exchange.box_relations import ids_among
from store.exchange.json_fields import Fields
from store.language import N_
from store.models.relations import DistinctPair
from store.rights import Right, allowed_among

if TYPE_CHECKING:
    from store.exchange.box_members import Members
    from store.recorder import Recorder

_NO_CARD = N_("There is no card {number} in the file.")
_ITSELF = N_("These are one and the same card; name another one.")

Row = dict[str, Any]


def pairs_of(numbers: Mapping[int, str]) -> Iterator[rows.Row]:
    """The stored rows of the pairs of which both cards are among these, in their order."""
    for part in ids_among("distinct_pair", "card_id, other_id", numbers):
        yield from rows.fetch(DistinctPair, part).values()


@dataclass(slots=True)
class BoxPair:
    """Two cards of the file that are two customers."""

    card: str
    other: str
    columns: Row
    created_by: str | None


def read_pairs(top: Fields, numbers: set[str]) -> list[BoxPair]:
    """The pairs of a document.

    Args:
        numbers: of the cards in it.

    Raises:
        BadInput: one of them is wrong.
    """
    return [_pair(one, numbers) for one in top.objects("distinct_pairs")]


def _pair(one: Fields, numbers: set[str]) -> BoxPair:
    named: list[str] = [one.require(key, one.line(key)) for key in ("card", "other")]
    for key, number in zip(("card", "other"), named, strict=True):
        if number not in numbers:
            one.refuse(BadValue(_NO_CARD, number=number), key)
    card, other = named
    if card == other:
        one.refuse(BadValue(_ITSELF), "other")
    made = one.moment("created_at")
    return BoxPair(card, other, {"created_at": made} if made else {}, one.line("created_by"))


def enter(
    change: "Recorder",
    pairs: Sequence[BoxPair],
    cards: Mapping[str, int],
    entered: set[str],
    members: "Members",
) -> None:
    """Write pairs of which a card was entered; the other one may be here already, and the reader's
    to change.

    Args:
        cards: ids by the numbers in the file, of the cards entered and of those here before.
        entered: the numbers of those entered.
    """
    known = {
        cards[number]
        for pair in pairs
        for number in (pair.card, pair.other)
        if number in cards and number not in entered
    }
    fit = {cards[number] for number in entered}
    here = sorted(known)
    for start in range(0, len(here), rows.CHUNK):
        fit.update(allowed_among(change.desk, Right.EDIT, here[start : start + rows.CHUNK]))
    found: dict[tuple[int, int], Row] = {}
    for pair in pairs:
        if not {pair.card, pair.other} & entered:
            continue
        ends = sorted({cards.get(pair.card, 0), cards.get(pair.other, 0)})
        if len(ends) == 2 and fit.issuperset(ends):
            first, second = ends
            said = {**pair.columns, "created_by_id": members.id_of(pair.created_by)}
            found.setdefault((first, second), {**said, "card_id": first, "other_id": second})
    several = list(found.values())
    for start in range(0, len(several), rows.CHUNK):
        change.insert_many(DistinctPair, several[start : start + rows.CHUNK])
