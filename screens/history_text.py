"""What happened to a card, as text: who, when, what from, what to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.errors import NotFound
from store.forms.declaration import load_form
from store.language import _

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.trail import FieldChange, HistoryEntry

QUIET = "$text-muted"

TELLING = {
    "contact_point": {"value", "label"},
    "affiliation": {"title", "org_department", "since", "until"},
    "occasion": {"calendar", "year", "month", "day", "leap", "note"},
    "family_member": {"name", "relation"},
    "interaction": {"topic", "minutes", "words", "interest", "trashed_at", "next_on"},
    "todo": {"title", "due_on", "done_at", "important", "urgent", "trashed_at"},
}
"""The columns worth telling; the rest is for the audit."""


def history_text(entries: Sequence[HistoryEntry], kind: str, clock: Clock) -> Content:
    """The change sets of a card, the newest first."""
    parts = []
    for entry in entries:
        when = f"{clock.local(entry.at):%Y-%m-%d %H:%M}"
        undone = " " + _("(undone)") if entry.origin == "undo" else ""
        head = Content.styled(f"{when}  {entry.member}  ", QUIET) + _(entry.summary) + undone
        lines = [line for field in entry.fields for line in _line(field, kind)]
        parts.append(Content("\n").join([head, *lines]))
    return Content("\n").join(parts)


def _line(change: FieldChange, kind: str) -> list[Content]:
    label = _label(change, kind)
    if not label:
        return []
    before, after = (_value(change, value, kind) for value in (change.before, change.after))
    if not before and not after:
        return []
    told = f"{before} -> {after}" if before and after else after or f"{before} -> -"
    return [Content.styled(f"    {label}  ", QUIET) + told]


def _label(change: FieldChange, kind: str) -> str:
    if change.table == "card":
        key = change.key.removeprefix("profile.")
        if key == "trashed_at":
            return _("trash")
        try:
            return load_form(kind).field("nickname" if key == "short_name" else key).title
        except NotFound:
            return ""
    if change.key not in TELLING.get(change.table, set()):
        return ""
    return labels.table(change.table)


def _value(change: FieldChange, value: object, kind: str) -> str:
    if value is None or value == "":
        return ""
    if change.table == "card":
        try:
            return load_form(kind).field(change.key.removeprefix("profile.")).show(value)
        except NotFound:
            return str(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value)
