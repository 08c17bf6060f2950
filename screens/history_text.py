"""What happened to a card, as text: who, when, what from, what to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store.change_words import Told, told_of
from store.grade_words import moved
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.grades import Transition
    from store.records.trail import HistoryEntry

QUIET = "$text-muted"
LABEL = "bold $text-accent"
INDENT = "  "

GRADE = "grade"
"""The origin of grades that were worked out (`store.deeds`)."""


def history_text(
    entries: Sequence[HistoryEntry],
    kind: str,
    clock: Clock,
    transitions: Sequence[Transition] = (),
) -> Content:
    """The change sets of a card of this kind, the newest first; before them how its grades and its
    owner changed, what was taken back left out.
    """
    parts = list(_grades(transitions, clock))
    for entry in entries:
        when = f"{clock.local(entry.at):%Y-%m-%d %H:%M}"
        undone = ""
        if entry.origin == "undo":
            undone = " " + (_("(done again)") if entry.again else _("(undone)"))
        head = Content.styled(f"{when}  {entry.member}  ", QUIET) + _(entry.summary) + undone
        told = [each for record in entry.records for each in told_of(record, kind)]
        parts.append(Content("\n").join([head, *map(_line, told)]))
    return Content("\n").join(parts)


def _grades(transitions: Sequence[Transition], clock: Clock) -> Iterator[Content]:
    standing = [each for each in transitions if each.stands]
    if not standing:
        return
    yield Content.styled(_("Grades and owner"), LABEL)
    for each in standing:
        day = f"{clock.local(each.at):%Y-%m-%d}"
        who = _("worked out") if each.origin == GRADE else each.member
        yield Content(INDENT) + Content.styled(f"{day}  ", QUIET) + moved(each) + f"  {who}"
    yield Content()
    yield Content.styled(_("Everything"), LABEL)


def _line(told: Told) -> Content:
    label, before, after = told
    text = f"{before} -> {after or '-'}" if before else after
    return Content.styled(f"    {label}  ", QUIET) + text
