"""Value grades A, B, C from what customers brought: who makes the first 80 % of it is A.

The customer with whom a part is full still belongs to it, and who brought as much as he does, too.
"""

from collections.abc import Mapping, Sequence

from store.records.rules import Level


def graded(
    revenue: Mapping[int, int], levels: Sequence[Level]
) -> tuple[dict[int, str], tuple[tuple[str, int], ...]]:
    """The grade of each card that brought something, and from which revenue on each is given.

    Args:
        revenue: fen by card, each more than nothing.
        levels: the team's, the best first; the last one takes the rest.
    """
    whole = sum(revenue.values())
    grades: dict[int, str] = {}
    bounds: dict[str, int] = {}
    place, before, amount_before = 0, 0, -1
    limit = levels[0].percent
    for card_id, amount in sorted(revenue.items(), key=lambda each: (-each[1], each[0])):
        while amount != amount_before and place < len(levels) - 1 and before * 100 >= whole * limit:
            place += 1
            limit += levels[place].percent
        grades[card_id] = levels[place].grade
        bounds[levels[place].grade] = amount
        before += amount
        amount_before = amount
    return grades, tuple(bounds.items())


def grade_by(bounds: Sequence[tuple[str, int]], amount: int, levels: Sequence[Level]) -> str | None:
    """The grade of one customer by bounds that were worked out before; None for nothing brought."""
    if amount <= 0:
        return None
    for grade, least in bounds:
        if amount >= least:
            return grade
    return levels[-1].grade
