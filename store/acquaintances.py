"""What joins the member and a customer by people: what he is to him, and whom both know."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.forms.declaration import load_form
from store.language import _, listed
from store.records.cards import CardRecord
from store.records.relations import Linked

if TYPE_CHECKING:
    from store.desk import Desk

NAMES = 4
"""So many of those whom both know are told by name."""


def acquaintances(desk: "Desk", own: CardRecord, record: CardRecord) -> Iterator[str]:
    """The relationship of the two, and whom both know, by name as far as the member sees them."""
    if own.id == record.id:
        return
    his = _linked(desk, record.id)
    for _card, kinds in (his[own.id],) if own.id in his else ():
        told = [load_form("relationship").field("kind").show(kind) for kind in kinds]
        yield _("To him you are: {what}").format(what=listed(told))
    mine = _linked(desk, own.id)
    both = [card.name for card_id, (card, _kinds) in his.items() if card_id in mine]
    if both:
        names = listed(both[:NAMES])
        if len(both) > NAMES:
            more = len(both) - NAMES
            names = _("{numbers} and {count} more").format(numbers=names, count=more)
        yield _("You both know: {names}").format(names=names)


def _linked(desk: "Desk", card_id: int) -> dict[int, tuple[Linked, list[str]]]:
    """By id the cards that have a relationship with one, and what they are to it."""
    found: dict[int, tuple[Linked, list[str]]] = {}
    for row in desk.relations.of(card_id):
        card, kind = row.seen_from(card_id)
        _same, kinds = found.setdefault(card.id, (card, []))
        if kind not in kinds:
            kinds.append(kind)
    return found
