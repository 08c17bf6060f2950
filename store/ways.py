"""The cheapest way through who knows whom, from some cards to one: searched from both ends.

Each tie has a cost, the stronger the less. Nothing is kept in memory between two searches: what
stands around a few hundred people is asked of the database at once, by its indexes, the smaller
end first. A search ends when no cheaper way is possible, or when it has looked long enough for one
that is cheaper than the way it knows; that there is none is said only once nothing is left to look
at.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from store import visibility
from store.models.base import database
from store.search import expression_sql, visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

CHUNK = 250
"""People whose ties are asked for at once."""

CHEAPEST = 1
"""The least that a tie costs."""

FARTHEST = 24
"""A way that costs more is none: six or seven people who hardly know each other."""

TIES_LIKE_ONE = 20
"""So many ties take as long as going on to a further card."""

MORE_LOOKED_AT = 400
"""Cards that it goes on from once a way is known, to find a cheaper one."""

ANYBODY, HERE, THERE = 0, 1, 2
"""Whose card has to be seen whole for a tie to be told: either, the one at hand, the other one."""

TIES = """
WITH here(id) AS MATERIALIZED (SELECT value FROM json_each(?))
SELECT here.id, other_id, CASE WHEN strength IS NULL THEN 3 ELSE 6 - strength END,
  'relationship', relationship.id, 0
  FROM here CROSS JOIN relationship ON card_id = here.id WHERE kind <> 'rival'
UNION ALL SELECT here.id, card_id, CASE WHEN strength IS NULL THEN 3 ELSE 6 - strength END,
  'relationship', relationship.id, 0
  FROM here CROSS JOIN relationship ON other_id = here.id WHERE kind <> 'rival'
UNION ALL SELECT here.id, organisation_id, CASE WHEN until IS NULL THEN 2 ELSE 3 END,
  'affiliation', affiliation.id, CASE WHEN main AND until IS NULL THEN 0 ELSE 1 END
  FROM here CROSS JOIN affiliation ON person_id = here.id
UNION ALL SELECT here.id, person_id, CASE WHEN until IS NULL THEN 2 ELSE 3 END,
  'affiliation', affiliation.id, CASE WHEN main AND until IS NULL THEN 0 ELSE 2 END
  FROM here CROSS JOIN affiliation ON organisation_id = here.id
UNION ALL SELECT here.id, reports_to_id, CASE WHEN until IS NULL THEN 2 ELSE 3 END,
  'reports_to', affiliation.id, 1 FROM here CROSS JOIN affiliation ON person_id = here.id
  WHERE reports_to_id IS NOT NULL
UNION ALL SELECT here.id, person_id, CASE WHEN until IS NULL THEN 2 ELSE 3 END,
  'reports_to', affiliation.id, 2 FROM here CROSS JOIN affiliation ON reports_to_id = here.id
UNION ALL SELECT here.id, referrer_id, 2, 'referral', referral.id, 0
  FROM here CROSS JOIN referral ON card_id = here.id WHERE referrer_id IS NOT NULL
UNION ALL SELECT here.id, card_id, 2, 'referral', referral.id, 0
  FROM here CROSS JOIN referral ON referrer_id = here.id
"""
"""Of an affiliation, what is no main place of today is told with the person's whole card alone."""


class Tie(NamedTuple):
    """What joins two cards that stand beside each other on a way."""

    table: str
    """relationship, affiliation, reports_to or referral."""
    row: int
    """The id of its record; of `reports_to` that of the affiliation."""


@dataclass(frozen=True, slots=True)
class Way:
    """Cards that lead from one to another, with what joins each to the next."""

    cards: tuple[int, ...]
    ties: tuple[Tie, ...]
    """One fewer than the cards."""
    cost: int


@dataclass(slots=True)
class _End:
    """What is known from one end of a search."""

    cost: dict[int, int]
    """The least that each card costs to reach, as far as known."""
    waiting: dict[int, list[int]] = field(default_factory=dict)
    """Cards whose ties were not looked at, by their cost."""
    before: dict[int, tuple[int, str, int]] = field(default_factory=dict)
    """The card from which each was reached, and by which tie."""

    def __post_init__(self) -> None:
        for card, cost in self.cost.items():
            self.waiting.setdefault(cost, []).append(card)

    @property
    def nearest(self) -> int | None:
        """The least cost at which a card waits; None where none does."""
        return min(self.waiting, default=None)

    def take(self) -> list[int]:
        """Some of the nearest cards that wait, which wait no more."""
        cost = min(self.waiting)
        several = self.waiting[cost]
        taken = [card for card in several[-CHUNK:] if self.cost[card] == cost]
        del several[-CHUNK:]
        if not several:
            del self.waiting[cost]
        return taken

    def trace(self, card: int) -> tuple[list[int], list[Tie]]:
        """The cards from the one that this end begins with to a card, and their ties."""
        cards, ties = [card], []
        while card in self.before:
            card, table, row = self.before[card]
            cards.append(card)
            ties.append(Tie(table, row))
        return cards[::-1], ties[::-1]


class Seeing:
    """Which cards a member may come by: what he sees whole, and the names released to him.

    Cards in the trash are nobody's way. Two cards of which he has only the names do not tell him
    that they know each other.
    """

    def __init__(self, desk: "Desk") -> None:
        now = desk.store.clock.now()
        whole = visible_sql(desk)
        part = visibility.released(desk.member, now)
        self._whole, parameters = whole or ("1", [])
        condition, further = self._whole, list(parameters)
        if whole is not None and part is not None:
            named, more = expression_sql(part)
            condition, further = f"({condition} OR {named})", [*further, *more]
        self._sql = (
            f"SELECT card.id, {self._whole} FROM card INDEXED BY card_standing "
            "WHERE card.id IN (SELECT value FROM json_each(?)) AND card.trashed_at IS NULL "
            f"AND {condition}"
        )
        self._before, self._after = list(parameters), further
        self.in_part = whole is not None and part is not None
        """Whether there are cards of which he has only the name."""
        self.levels: dict[int, bool | None] = {}
        """Of the cards looked at, whether the whole is seen; None where nothing is."""

    def look(self, cards: Iterable[int]) -> None:
        """Learn about cards, all at once."""
        unknown = [card for card in cards if card not in self.levels]
        if not unknown:
            return
        self.levels.update(dict.fromkeys(unknown))
        found = database.execute_sql(
            self._sql, [*self._before, json.dumps(unknown), *self._after]
        ).fetchall()
        self.levels.update((card, bool(whole)) for card, whole in found)


def cheapest_way(
    desk: "Desk", starts: Mapping[int, int], goal: int, *, seen: bool = False
) -> Way | None:
    """The cheapest way from one of some cards to another; None where there is none that helps.

    Args:
        starts: what it costs to begin at each card.
        goal: the card to reach.
        seen: whether the member is known to see the whole of each card to begin with.
    """
    seeing = Seeing(desk)
    if seen:
        seeing.levels.update(dict.fromkeys(starts, True))
    seeing.look([*starts, goal])
    mine = {card: cost for card, cost in starts.items() if seeing.levels[card] is not None}
    if seeing.levels[goal] is None or not mine:
        return None
    return _Search(seeing, _End(mine), _End({goal: 0})).run()


class _Search:
    """One search from two ends."""

    def __init__(self, seeing: Seeing, start: _End, goal: _End) -> None:
        self._seeing = seeing
        self._ends = (start, goal)
        self._best = FARTHEST + 1
        self._meeting: int | None = None

    def run(self) -> Way | None:
        start, goal = self._ends
        for card in start.cost.keys() & goal.cost.keys():
            self._meet(card)
        left = MORE_LOOKED_AT
        while left > 0 or self._meeting is None:
            near, far = start.nearest, goal.nearest
            if near is None or far is None or near + far + CHEAPEST >= self._best:
                break
            end, other = (start, goal)
            if len(goal.waiting[far]) < len(start.waiting[near]):
                end, other = goal, start
            was_known = self._meeting is not None
            looked_at = self._expand(end, other, end.take())
            if was_known:
                left -= looked_at
        return self._way()

    def _meet(self, card: int) -> None:
        start, goal = self._ends
        together = start.cost[card] + goal.cost[card]
        if together < self._best:
            self._best, self._meeting = together, card

    def _expand(self, end: _End, other: _End, cards: list[int]) -> int:
        """Look at the ties of some cards; gives how many cards and ties that were.

        What a card is to the member is asked only once the search goes on from it, or could end
        there: most cards that are met are left aside.
        """
        seeing, levels = self._seeing, self._seeing.levels
        seeing.look(cards)
        wanted = [card for card in cards if levels[card] is not None]
        ties = database.execute_sql(TIES, [json.dumps(wanted)]).fetchall()
        if not all(levels[card] for card in wanted):
            seeing.look(tie[1] for tie in ties if not levels[tie[0]])
            ties = [tie for tie in ties if levels[tie[0]] or levels[tie[1]]]
        if seeing.in_part:
            seeing.look(tie[1] for tie in ties if tie[5] == THERE)
            ties = [tie for tie in ties if tie[5] == ANYBODY or levels[tie[tie[5] - HERE]]]
        costs, waiting, known = end.cost, end.waiting, other.cost
        unknown = FARTHEST + 1
        met = []
        for here, there, cost, table, row, _whose in ties:
            whole = costs[here] + cost
            if whole >= costs.get(there, unknown):
                continue
            costs[there] = whole
            end.before[there] = (here, table, row)
            if whole in waiting:
                waiting[whole].append(there)
            else:
                waiting[whole] = [there]
            if there in known:
                met.append(there)
        seeing.look(met)
        for card in met:
            if levels[card] is not None:
                self._meet(card)
        return len(cards) + len(ties) // TIES_LIKE_ONE

    def _way(self) -> Way | None:
        if self._meeting is None:
            return None
        start, goal = self._ends
        cards, ties = start.trace(self._meeting)
        back, back_ties = goal.trace(self._meeting)
        return Way((*cards, *back[-2::-1]), (*ties, *back_ties[::-1]), self._best)
