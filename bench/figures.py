"""Medians, ratios and a table of them: every figure stands against a floor of the same run."""

from __future__ import annotations

import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    """What it stands against: a bare program, a peer, the other size."""
    against: str = ""
    limit: str = ""
    """The goal, in words."""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """The value against its floor."""
        return self.value / self.floor if self.floor else None


def median_of(action: Callable[[], object], runs: int = 11, warm: int = 1) -> float:
    """The median of the seconds that an action takes."""
    for _ in range(warm):
        action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def medians_of(*actions: Callable[[], object], runs: int = 11, warm: int = 1) -> list[float]:
    """The medians of several actions, taken in turns so that they meet the same machine."""
    taken: list[list[float]] = [[] for _ in actions]
    for turn in range(runs + warm):
        for place, action in enumerate(actions):
            start = time.perf_counter()
            action()
            if turn >= warm:
                taken[place].append(time.perf_counter() - start)
    return [statistics.median(each) for each in taken]


def width(text: str) -> int:
    """The cells a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = [("what", "median", "against", "ratio", "goal", "")]
    for figure in figures:
        ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
        floor = f"{figure.against} {_number(figure.floor)}" if figure.floor is not None else ""
        verdict = "" if figure.met is None else ("met" if figure.met else "MISSED")
        value = f"{_number(figure.value)} {figure.unit}"
        lines.append((figure.what, value, floor.strip(), ratio, figure.limit, verdict))
    widths = [max(width(line[place]) for line in lines) for place in range(6)]
    shown = []
    for number, line in enumerate(lines):
        cells = [text + " " * (widths[place] - width(text)) for place, text in enumerate(line)]
        shown.append("| " + " | ".join(cells) + " |")
        if number == 0:
            shown.append("|" + "|".join("-" * (size + 2) for size in widths) + "|")
    return "\n".join(shown)


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
