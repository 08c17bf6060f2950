"""Referrals as the member may read them, and what their chains have brought."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store import rows
from store.introductions import dislikes_introductions
from store.linked_cards import linked_card, linked_cards
from store.models.base import database
from store.models.cards import Card
from store.purchases import BOUGHT, Purchases
from store.records.referrals import (
    Brought,
    Chain,
    ChainLink,
    Giver,
    ReferralRow,
    ReferralValues,
)
from store.records.relations import Linked
from store.referral_keeping import Named
from store.rights import Refused, Right, allowed_among, condition
from store.search import expression_sql

if TYPE_CHECKING:
    from store.desk import Desk

COLUMNS = (
    "referral.id, referral.card_id, referral.referrer_id, referral.referrer_name, "
    'referral."on", referral.means, referral.result, referral.reported_on, '
    "referral.thanked_on, referral.note, referral.version, card.lifecycle"
)

MOST = 1_000
"""Referrals that are listed at once."""

MOST_IN_CHAIN = 2_000
"""Cards of a chain that are followed."""

NAMED = "(referral.referrer_id IS NOT NULL OR referral.referrer_name IS NOT NULL)"
"""An erased referrer leaves neither: there is nobody to be told of."""

WAITING = (
    f"{NAMED} AND (referral.reported_on IS NULL OR referral.thanked_on IS NULL) "
    "AND card.trashed_at IS NULL"
)


def has(card_id: int, named: Named) -> bool:
    """Whether a referrer is noted for a customer."""
    sql = (
        "SELECT 1 FROM referral WHERE card_id = ? AND referrer_id IS ? AND referrer_name IS ? "
        "LIMIT 1"
    )
    return database.execute_sql(sql, [card_id, *named]).fetchone() is not None


def named_on(card_id: int) -> Named:
    """The referrer that a card names."""
    row = rows.fetch(Card, [card_id])[card_id]
    return row["referrer_card_id"], row["referrer_name"]


def rows_where(
    desk: "Desk",
    where: str,
    parameters: Sequence[Any],
    order: str = "referral.id",
    limit: int = MOST,
) -> list[ReferralRow]:
    """The referrals that meet a condition, as far as the member sees one of the cards whole."""
    cursor = database.execute_sql(
        f"SELECT {COLUMNS} FROM referral JOIN card ON card.id = referral.card_id "
        f"WHERE {where} AND {NAMED} ORDER BY {order} LIMIT ?",
        [*parameters, limit],
    )
    found = cursor.fetchall()
    ends = {end for row in found for end in row[1:3] if end is not None}
    cards = linked_cards(desk, ends)
    own = set(allowed_among(desk, Right.EDIT, cards))
    shown = []
    for row in found:
        card, referrer = cards.get(row[1]), cards.get(row[2])
        if card is None or not (card.whole or (referrer is not None and referrer.whole)):
            continue
        shown.append(_row(row, card, referrer, own))
    return shown


def _row(row: tuple[Any, ...], card: Linked, referrer: Linked | None, own: set[int]) -> ReferralRow:
    """A referral; what is said of the customer stays with those who see him whole."""
    row_id, _card, _referrer, name, on, means, result, reported, thanked, note, version, level = row
    values = ReferralValues(
        _day(on),
        means,
        result if card.whole else "",
        _day(reported),
        _day(thanked),
        note if card.whole else "",
    )
    ends = {card.id, *([referrer.id] if referrer is not None else [])}
    return ReferralRow(
        row_id,
        card,
        referrer,
        name or "",
        values,
        card.whole and level in BOUGHT,
        bool(ends & own),
        version,
    )


def _day(stored: str | None) -> date | None:
    return None if not stored else date.fromisoformat(stored[:10])


def waiting(desk: "Desk", limit: int) -> list[ReferralRow]:
    """As `Referrals.to_thank`."""
    allowed = condition(desk, Right.EDIT)
    if isinstance(allowed, Refused):
        return []
    where, parameters = WAITING, []
    if allowed is not None:
        own, values = expression_sql(allowed)
        of_referrer = (
            f"EXISTS (SELECT 1 FROM card AS customer, card WHERE customer.id = referral.card_id "
            f"AND card.id = referral.referrer_id AND {own})"
        )
        where, parameters = f"{WAITING} AND ({own} OR {of_referrer})", [*values, *values]
    order = (
        "card.lifecycle IN ('buyer', 'loyal') DESC, referral.reported_on IS NOT NULL, "
        'coalesce(referral."on", referral.created_at), referral.id'
    )
    return rows_where(desk, where, parameters, order, MOST if limit < 0 else min(limit, MOST))


class Edges:
    """Who brought whom, all of it, as far as the member sees the cards."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        cursor = database.execute_sql(
            'SELECT card_id, referrer_id, "on", reported_on, thanked_on FROM referral '
            "WHERE referrer_id IS NOT NULL ORDER BY id"
        )
        found = cursor.fetchall()
        self.cards = linked_cards(desk, {end for row in found for end in row[:2]})
        self.brought: dict[int, list[tuple[int, date | None]]] = {}
        self.by: dict[int, list[int]] = {}
        self.waiting: Counter[int] = Counter()
        for card, referrer, on, reported, thanked in found:
            ends = self.cards.get(card), self.cards.get(referrer)
            if None in ends or not any(end and end.whole for end in ends):
                continue
            self.brought.setdefault(referrer, []).append((card, _day(on)))
            self.by.setdefault(card, []).append(referrer)
            self.waiting[referrer] += reported is None or thanked is None

    def below(self, card_id: int) -> list[int]:
        """All who came through a card, each once, the nearest first."""
        found = {card_id: None}
        waiting_ones = [card_id]
        while waiting_ones and len(found) < MOST_IN_CHAIN:
            present = waiting_ones.pop(0)
            for card, _on in self.brought.get(present, ()):
                if card not in found:
                    found[card] = None
                    waiting_ones.append(card)
        return list(found)[1:]

    def above(self, card_id: int) -> list[int]:
        """Who brought a card, and who brought those, the nearest first; each once."""
        found = {card_id: None}
        present = card_id
        while True:
            further = [card for card in self.by.get(present, ()) if card not in found]
            if not further:
                return list(found)[1:]
            present = further[0]
            found[present] = None


def lifecycles(cards: Mapping[int, Linked], ids: Iterable[int]) -> set[int]:
    """Those of some cards, seen whole, that have bought."""
    seen = [card for card in ids if card in cards and cards[card].whole]
    bought: set[int] = set()
    for start in range(0, len(seen), rows.CHUNK):
        part = seen[start : start + rows.CHUNK]
        marks = ",".join("?" * len(part))
        cursor = database.execute_sql(
            f"SELECT id FROM card WHERE id IN ({marks}) AND lifecycle IN ('buyer', 'loyal')", part
        )
        bought.update(row_id for (row_id,) in cursor.fetchall())
    return bought


def givers(desk: "Desk", limit: int) -> list[Giver]:
    """As `Referrals.givers`."""
    edges = Edges(desk)
    several = sorted(edges.brought, key=lambda card: (-len(edges.brought[card]), card))
    chosen = [card for card in several if edges.cards[card].whole]
    chosen = chosen if limit < 0 else chosen[:limit]
    chains = {card: edges.below(card) for card in chosen}
    everybody = {card for chain_of in chains.values() for card in chain_of}
    bought = lifecycles(edges.cards, everybody)
    purchases = Purchases(desk, everybody)
    disliking = dislikes_introductions(desk, chosen)
    return [
        Giver(
            edges.cards[card],
            _brought(edges, card, chains[card], bought, purchases),
            max((on for _card, on in edges.brought[card] if on is not None), default=None),
            edges.waiting[card],
            card in disliking,
        )
        for card in chosen
    ]


def _brought(
    edges: Edges, card: int, below: Sequence[int], bought: set[int], purchases: Purchases
) -> Brought:
    return Brought(
        len({each for each, _on in edges.brought.get(card, ())}),
        len(below),
        len(bought.intersection(below)),
        sum(purchases.together(below).values()),
    )


def chain(desk: "Desk", card_id: int) -> Chain:
    """As `Referrals.chain`, for a card that the member sees whole."""
    edges = Edges(desk)
    edges.cards.setdefault(card_id, linked_card(desk, card_id))
    below = edges.below(card_id)
    bought = lifecycles(edges.cards, [card_id, *below])
    purchases = Purchases(desk, [card_id, *below])
    links: list[ChainLink] = []
    told: set[int] = set()
    waiting_ones: list[tuple[int, int, date | None]] = [(card_id, 0, None)]
    while waiting_ones and len(links) < MOST_IN_CHAIN:
        card, depth, on = waiting_ones.pop()
        again = card in told
        amount = sum(purchases.of(card).values())
        links.append(ChainLink(edges.cards[card], depth, on, card in bought, amount, again))
        told.add(card)
        if not again:
            further = edges.brought.get(card, ())
            waiting_ones += [(each, depth + 1, day) for each, day in reversed(further)]
    origin = tuple(edges.cards[card] for card in reversed(edges.above(card_id)))
    return Chain(origin, tuple(links), _brought(edges, card_id, below, bought, purchases))
