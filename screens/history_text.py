"""What happened to a card, as text: who, when, what from, what to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.change_words import Told, told_of
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.trail import HistoryEntry

QUIET = "$text-muted"


def history_text(entries: Sequence[HistoryEntry], kind: str, clock: Clock) -> Content:
    """The change sets of a card of this kind, the newest first."""
    parts = []
    for entry in entries:
        when = f"{clock.local(entry.at):%Y-%m-%d %H:%M}"
        undone = " " + _("(undone)") if entry.origin == "undo" else ""
        head = Content.styled(f"{when}  {entry.member}  ", QUIET) + _(entry.summary) + undone
        told = [each for record in entry.records for each in told_of(record, kind)]
        parts.append(Content("\n").join([head, *map(_line, told)]))
    return Content("\n").join(parts)


def _line(told: Told) -> Content:
    label, before, after = told
    text = f"{before} -> {after or '-'}" if before else after
    return Content.styled(f"    {label}  ", QUIET) + text
