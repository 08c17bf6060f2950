"""Measure: `python -m bench [--sizes 1000 10000 100000]` prints a table of medians and ratios."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3

from bench import briefing, doubles, editing, painting, searching, starting, ways, writing
from bench.boxes import SIZES, box_of
from bench.figures import Figure, table

OWN_BOX = {"edit", "write"}
"""Parts that make a small box of their own."""


def main() -> None:
    """Make the boxes where they are missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument(
        "--only",
        choices=(
            *("find", "search", "doubles", "ways", "brief", "frame", "key", "bytes", "edit"),
            "write",
        ),
        nargs="+",
    )
    wanted = parser.parse_args()
    has_boxes = bool(set(wanted.only or ["find"]) - OWN_BOX)
    boxes = {cards: box_of(cards) for cards in sorted(wanted.sizes) if has_boxes}
    largest = max(wanted.sizes)
    parts = {
        "find": lambda: [
            f for cards, box in boxes.items() for f in starting.find_figures(box, cards)
        ],
        "search": lambda: [
            f for cards, box in boxes.items() for f in searching.figures(box, cards)
        ],
        "doubles": lambda: [f for cards, box in boxes.items() for f in doubles.figures(box, cards)],
        "ways": lambda: list(ways.figures()),
        "brief": lambda: list(briefing.figures(largest)),
        "frame": lambda: list(starting.frame_figures(boxes)),
        "key": lambda: [
            f for cards, box in boxes.items() for f in painting.key_figures(box, cards)
        ],
        "bytes": lambda: list(painting.byte_figures(boxes[largest])),
        "edit": lambda: list(editing.figures()),
        "write": lambda: list(writing.figures()),
    }
    figures: list[Figure] = []
    for name, measure in parts.items():
        if not wanted.only or name in wanted.only:
            figures += measure()
    load = " ".join(f"{each:.2f}" for each in os.getloadavg())
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load {load}\n"
    )
    print(table(figures))


if __name__ == "__main__":
    main()
