"""The cheapest way from one card to another, against an exhaustive search."""

import heapq
from collections import defaultdict
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.desk import Desk
from store.models.base import database
from store.ways import FARTHEST, cheapest_way

DAY = "2026-01-01 08:00:00"
PEOPLE = 9

Ties = dict[tuple[int, int], int | None]
"""How strong the tie between two people is, from 1 to 5; None where that is not known."""


def write(desk: Desk, people: int, ties: Ties) -> None:
    """People with numbers for names, and who of them knows whom."""
    member = desk.member.id
    with desk.store.transaction():
        cursor = database.cursor()
        cursor.execute("DELETE FROM relationship")
        known = cursor.execute("SELECT count(*) FROM card").fetchone()[0]
        cursor.executemany(
            "INSERT INTO card (id, number, kind, name, sort_key, owner_id, created_at, "
            "created_by_id, updated_at, updated_by_id, version, lifecycle, likelihood, "
            "value_pinned, profile, completeness, organisation_name, title, phone, next_step) "
            "VALUES (?, ?, 'person', ?, '', ?, ?, ?, ?, ?, 1, 'target', 'A', 0, '{}', 0, "
            "'', '', '', '')",
            [
                (place, f"P{place:06d}", str(place), member, DAY, member, DAY, member)
                for place in range(known + 1, people + 1)
            ],
        )
        cursor.executemany(
            "INSERT INTO relationship (card_id, other_id, kind, strength, note, created_at, "
            "created_by_id, updated_at, version) VALUES (?, ?, 'friend', ?, '', ?, ?, ?, 1)",
            [(one, other, strength, DAY, member, DAY) for (one, other), strength in ties.items()],
        )


def least(ties: Ties, start: int, goal: int) -> int | None:
    """What the cheapest way costs (Dijkstra); None where none costs little enough."""
    around = defaultdict(list)
    for (one, other), strength in ties.items():
        cost = 3 if strength is None else 6 - strength
        around[one].append((other, cost))
        around[other].append((one, cost))
    waiting, done = [(0, start)], set()
    while waiting:
        cost, card = heapq.heappop(waiting)
        if card == goal:
            return cost if cost <= FARTHEST else None
        if card not in done:
            done.add(card)
            for other, more in around[card]:
                heapq.heappush(waiting, (cost + more, other))
    return None


strengths = st.none() | st.integers(1, 5)
pairs = st.tuples(st.integers(1, PEOPLE), st.integers(1, PEOPLE)).filter(
    lambda two: two[0] < two[1]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(pairs, strengths, max_size=14), st.integers(1, PEOPLE))
def test_no_way_is_cheaper_than_the_one_that_is_found(desk: Desk, ties: Ties, start: int) -> None:
    write(desk, PEOPLE, ties)
    for goal in range(1, PEOPLE + 1):
        way = cheapest_way(desk, {start: 0}, goal)
        assert (None if way is None else way.cost) == least(ties, start, goal)
        if way is not None:
            assert (way.cards[0], way.cards[-1]) == (start, goal)
            steps = [tuple(sorted(step)) for step in pairwise(way.cards)]
            assert all(step in ties for step in steps)
            assert len(way.ties) == len(steps)


def test_the_one_way_between_two_crowds_of_strangers_is_found(desk: Desk) -> None:
    """Both know thousands, who know nobody else; the way leads over people they hardly know."""
    crowd = 3000
    chain = [1, *range(2 * crowd + 3, 2 * crowd + 6), 2]
    ties: Ties = {(1, place): 5 for place in range(3, crowd + 3)}
    ties |= {(2, place): 5 for place in range(crowd + 3, 2 * crowd + 3)}
    ties |= dict.fromkeys(pairwise(chain), 1)
    write(desk, 2 * crowd + 5, ties)
    way = cheapest_way(desk, {1: 0}, 2)
    assert way is not None
    assert list(way.cards) == chain
