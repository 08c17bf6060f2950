"""Entries of the trail as rows, and one of them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from store.language import N_, _, current
from store.records.audit import KINDS, AuditEntry, AuditRecord
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock

QUIET = "$text-muted"

ALARMING = frozenset({"refused", "erase"})
"""Kinds of entries that stand out in the list; the column of kinds says so as well."""

ORIGINS = {"screen": N_("on the screen"), "shell": N_("by a command")}


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    chinese = current() == "zh"
    return (
        Column("at", N_("When"), 11, sortable=False),
        Column("member", N_("Who"), 8, least=6, share=1, sortable=False),
        Column("kind", N_("Kind"), 8 if chinese else 9, sortable=False),
        Column("card", N_("Card"), 15, least=10, share=2, sortable=False),
        Column("what", N_("What"), 24, least=14, share=6, sortable=False),
    )


def entry_row(entry: AuditEntry, clock: Clock) -> Row:
    """An entry as a row."""
    at = clock.local(entry.at)
    is_near = at.year == clock.local(clock.now()).year
    cards = entry.about
    named = f"{cards[0]} (+{len(cards) - 1})" if len(cards) > 1 else "".join(cards)
    return Row(
        str(entry.id),
        (
            f"{at:%m-%d %H:%M}" if is_near else f"{at:%Y-%m-%d}",
            entry.member,
            _(KINDS[entry.kind]),
            named,
            entry.detail,
        ),
        "warning" if entry.kind in ALARMING else "",
    )


def head_of(entry: AuditEntry, clock: Clock) -> Content:
    """When, who and from where, in one line."""
    moment = f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}"
    who = f"{entry.member} ({entry.login})"
    return Content.styled(f"{moment}  ", QUIET) + who + Content.styled(f"  {where(entry)}", QUIET)


def where(entry: AuditEntry) -> str:
    """What the member worked with, and the key and address that he came with."""
    origin = _(ORIGINS[entry.origin]) if entry.origin in ORIGINS else entry.origin
    if entry.origin == entry.kind:
        origin = ""
    return "  ".join(part for part in (origin, entry.place) if part)


def whole(entry: AuditEntry, clock: Clock) -> Content:
    """An entry with everything that may be seen of it."""
    lines = [head_of(entry, clock), Content.styled(entry.summary, "bold"), Content()]
    for record in entry.records:
        lines.extend(_record(record))
    if entry.left_out:
        lines.append(Content(_("and {count} more").format(count=entry.left_out)))
    return Content("\n").join(lines)


def _record(record: AuditRecord) -> list[Content]:
    head = Content.styled(record.title, "$text-accent")
    for part in (record.card, record.state):
        if part:
            head += Content.styled(f"  {part}", QUIET)
    return [head, *(_field(each.title, each.before, each.after) for each in record.fields)]


def _field(title: str, before: str, after: str) -> Content:
    changed = f"{before} -> {after or '-'}" if before else after
    return Content.styled(f"    {title}  ", QUIET) + changed
