"""How long it takes to find customers who were entered twice: while typing, and in the whole box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, median_of
from store import search
from store.clock import Clock
from store.database import open_store

LOOK_LIMIT, TYPING_LIMIT = 10.0, 50.0
"""Seconds allowed for a look through the box, and milliseconds for what was typed."""

TYPED = {
    "a person": ("person", {"name": "王伟", "mobile": [{"value": "13911112222"}]}),
    "an organisation": ("organisation", {"name": "深圳市华强伟电子有限公司"}),
}


def figures(box: Path, cards: int) -> Iterator[Figure]:
    """One figure for the look, and one for each kind that is typed."""
    store = open_store(box, Clock())
    desk = store.desk()
    is_largest = cards == 100_000
    taken = median_of(lambda: desk.merging.groups(), runs=3)
    yield Figure(
        f"look for cards that look alike, {cards:,} cards",
        taken,
        "s",
        limit=f"under {LOOK_LIMIT:.0f} s" if is_largest else "",
        met=taken < LOOK_LIMIT if is_largest else None,
    )
    for what, (kind, values) in TYPED.items():

        def ask(kind: str = kind, values: dict[str, object] = values) -> None:
            search.forget_answers()
            desk.cards.duplicates(kind, values)

        taken = median_of(ask) * 1000
        yield Figure(
            f"duplicates of {what} being typed, {cards:,} cards",
            taken,
            "ms",
            limit=f"under {TYPING_LIMIT:.0f} ms" if is_largest else "",
            met=taken < TYPING_LIMIT if is_largest else None,
        )
    store.close()
