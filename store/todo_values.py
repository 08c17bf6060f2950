"""The values of a to-do: checked, as columns, and back."""

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING, Any

from store.arguments import in_reach, shortened
from store.cleaning import clean_line, clean_text
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.language import N_
from store.models.base import database
from store.records.todos import TodoValues

if TYPE_CHECKING:
    from store.desk import Desk

NO_TITLE = N_("A to-do needs a few words that say what to do.")
NO_SIDE = N_("A to-do is ours or theirs, not “{side}”.")
NO_DUE_DAY = N_("A to-do that repeats, or has a time, needs a day on which it is due.")
NO_MEMBER = N_("There is no active member “{login}” here.")


def checked(values: TodoValues) -> TodoValues:
    """The values as they are stored: texts clean, blanks None.

    Raises:
        BadValue: one of them is impossible; its `field` says which.
    """
    title = short_enough(clean_line(values.title), LONGEST_TEXT, "title")
    if not title:
        raise BadValue(NO_TITLE, field="title")
    if values.side not in ("ours", "theirs"):
        raise BadValue(NO_SIDE, field="side", side=shortened(values.side))
    if values.due_on is None and (values.repeat or values.due_time):
        raise BadValue(NO_DUE_DAY, field="due_on")
    if values.due_on is not None:
        in_reach(values.due_on, "due_on")
    repeat = values.repeat or None
    if repeat is not None:
        from store.repeats import checked_rule

        repeat = checked_rule(repeat)
    tags = dict.fromkeys(short_enough(clean_line(tag), LONGEST_LINE, "tags") for tag in values.tags)
    return replace(
        values,
        title=title,
        note=short_enough(clean_text(values.note or ""), LONGEST_TEXT, "note") or None,
        repeat=repeat,
        due_time=values.due_time and values.due_time.replace(second=0, microsecond=0, tzinfo=None),
        tags=tuple(tag for tag in tags if tag),
    )


def columns(desk: "Desk", values: TodoValues) -> dict[str, Any]:
    """The values of a to-do by column name, checked.

    Raises:
        BadValue: a value is impossible.
        NotFound: the member sees no such card, or nobody has that login.
    """
    values = checked(values)
    if values.card is not None:
        desk.cards.check_visible(values.card)
    owner = desk.member.id if values.owner is None else member_of(values.owner)
    return {
        "title": values.title,
        "note": values.note,
        "important": values.important,
        "urgent": values.urgent,
        "due_on": values.due_on,
        "due_time": values.due_time and f"{values.due_time:%H:%M}",
        "repeat": values.repeat,
        "card_id": values.card,
        "side": values.side,
        "owner_id": owner,
        "asked_by_id": None if owner == desk.member.id else desk.member.id,
        "tags": list(values.tags) or None,
    }


def member_of(login: str) -> int:
    """The id of an active member."""
    sql = "SELECT id FROM member WHERE login = ? AND active"
    found = database.execute_sql(sql, [login]).fetchone()
    if found is None:
        raise NotFound(NO_MEMBER, login=shortened(login))
    return int(found[0])


def clock_time(text: str | None) -> time | None:
    """A stored time of day."""
    return time.fromisoformat(text) if text else None
