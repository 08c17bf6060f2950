"""How long the minute before a visit waits: the briefing at the desk, and `shuke brief`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.figures import Figure, median_of, medians_of
from bench.linked_box import linked_box
from bench.starting import quiet, shuke
from store.clock import Clock
from store.database import open_store

LIMIT = 100.0
"""Milliseconds that a briefing of a card with everything on it may take at the desk."""


def figures(cards: int) -> Iterator[Figure]:
    """The briefings of a full person and a full organisation, the day, and the command."""
    box, person, house, crowded = linked_box(cards)
    store = open_store(box, Clock())
    desk = store.desk()
    for number, what in (
        (person, "full person"),
        (house, "full organisation"),
        (crowded, "an organisation with hundreds of people"),
    ):
        card = desk.cards.resolve(number).id
        taken = median_of(lambda card=card: desk.briefing.of(card), runs=21) * 1000
        yield Figure(
            f"briefing: {what}, {cards:,} cards",
            taken,
            "ms",
            limit=f"under {LIMIT:.0f}",
            met=taken < LIMIT,
        )
    agenda = median_of(desk.today.agenda, runs=11) * 1000
    yield Figure(f"today, {cards:,} cards", agenda, "ms")
    store.close()
    bare, brief = medians_of(
        lambda: quiet(sys.executable, "-c", "pass"),
        lambda: quiet(*shuke("--database", str(box), "brief", person)),
        runs=11,
    )
    yield Figure(f"shuke brief, {cards:,} cards", brief * 1000, "ms", bare * 1000, "python")
