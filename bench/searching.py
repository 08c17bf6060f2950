"""How long a search takes in the box: the first page and the count, asked anew each time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from store import search
from store.clock import Clock
from store.database import open_store
from store.records.cards import CardQuery

QUERIES = ("zs", "张", "2345", "huaq", "张伟", "wang wei", "李 深圳", "华强", "z", "公司", "1", "s")
"""What people type: initials, characters, phone endings, several words, and far too little."""

FEW_LIMIT, ANY_LIMIT = 5.0, 50.0
"""Milliseconds allowed for up to 2,000 hits, and for any query."""


def figures(box: Path, cards: int) -> Iterator[Figure]:
    """One figure for each query; the index's kept answers are thrown away before each."""
    store = open_store(box, Clock())
    desk = store.desk()
    for text in QUERIES:
        query = CardQuery(text=text)
        taken = []
        for _ in range(9):
            search.forget_answers()
            start = time.perf_counter()
            desk.cards.page(query, 0, 50)
            hits = desk.cards.count(query)
            taken.append((time.perf_counter() - start) * 1000)
        median = statistics.median(taken)
        limit = FEW_LIMIT if hits <= 2000 else ANY_LIMIT
        yield Figure(
            f"search {text} at {cards:,} cards, {hits:,} hits",
            median,
            "ms",
            limit=f"under {limit:.0f} ms" if cards == 100_000 else "",
            met=median < limit if cards == 100_000 else None,
        )
    store.close()
