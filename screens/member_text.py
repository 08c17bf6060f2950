"""A member of the team in words: a row of the list, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.language import N_, _
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.team import MemberRow, Merit

COLUMNS = (
    Column("name", N_("Name"), 12, least=8, share=2, sortable=False),
    Column("login", N_("Login"), 10, least=8, sortable=False),
    Column("role", N_("Role"), 13, sortable=False),
    Column("department", N_("Department"), 14, least=8, share=2, sortable=False),
    Column("cards", N_("Cards"), 5, align="right", sortable=False),
    Column("seen", N_("Last seen"), 11, sortable=False),
    Column("standing", "", 10, least=4, sortable=False),
)


def member_row(member: MemberRow, clock: Clock) -> Row:
    """A member as a row; those who left are muted, trainees stand out by a word."""
    return Row(
        member.login,
        (
            member.name,
            member.login,
            labels.role(member.role),
            member.department_name or "",
            "" if member.cards is None else str(member.cards),
            seen(member, clock),
            labels.standing(member.trainee, None, not member.active),
        ),
        "" if member.active else "muted",
    )


def seen(member: MemberRow, clock: Clock) -> str:
    """When a member was here last, in the team's time."""
    if member.last_seen is None:
        return ""
    at = clock.local(member.last_seen)
    return f"{at:%m-%d %H:%M}" if at.year == clock.today().year else f"{at:%Y-%m-%d}"


def preview(member: MemberRow, merits: Sequence[Merit], clock: Clock) -> Content:
    """What is told of a member: who he is, what he has, what was noted of him."""
    who = [member.name, member.login, labels.role(member.role), member.department_name or ""]
    has: list[str] = []
    if member.cards is not None:
        has = [
            _("Cards: {count}").format(count=member.cards),
            _("Open to-dos: {count}").format(count=member.todos),
            _("Keys: {count}").format(count=member.keys) if member.keys else _("no key yet"),
        ]
    if member.trainee and member.coach:
        has.append(labels.standing(True, member.coach, has_left=False))
    if member.left_at is not None:
        has.append(_("Left on {day}").format(day=f"{clock.local(member.left_at):%Y-%m-%d}"))
    lines = [Content.styled("  ".join(filter(None, who)), "bold"), Content("  ".join(has))]
    lines += [_merit_line(merit, clock) for merit in merits]
    return Content("\n").join(lines)


def _merit_line(merit: Merit, clock: Clock) -> Content:
    at = f"{clock.local(merit.at):%Y-%m-%d}"
    told = labels.aside(merit.words or labels.merit(merit.kind), merit.by)
    kind = labels.merit(merit.kind)
    return Content.styled(f"{at} {kind}  ", "$text-muted") + Content(told)
