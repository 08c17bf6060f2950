"""What several screens do with to-dos and dates: done, put off, greeted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from screens.card_actions import do
from screens.choose import Choose
from store.language import N_, _

if TYPE_CHECKING:
    from datetime import date

    from screens.base import BaseScreen
    from store.desk import Desk
    from store.records.occasions import OccasionRow

ANOTHER_DAY = 0
"""Stands for a day that is asked for."""

POSTPONE = (
    (1, N_("tomorrow")),
    (2, N_("in 2 days")),
    (3, N_("in 3 days")),
    (7, N_("in a week")),
    (14, N_("in two weeks")),
    (30, N_("in a month")),
    (ANOTHER_DAY, N_("another day ...")),
)
"""How far a to-do may be put off, in days; message ids."""


def finish_todos(screen: BaseScreen[Any], todo_ids: Sequence[int]) -> None:
    """Mark to-dos as done; one that repeats comes again."""
    if todo_ids:
        do(
            screen,
            lambda desk: desk.todos.done(todo_ids),
            lambda count: _("{count} done; u takes back").format(count=count),
        )


def finish_remarks(screen: BaseScreen[Any], remarks: Sequence[int]) -> None:
    """Be done with what colleagues told."""
    if remarks:
        do(
            screen,
            lambda desk: desk.remarks.done(remarks),
            lambda count: _("{count} done; u takes back").format(count=count),
        )


def postpone_todos(screen: BaseScreen[Any], todo_ids: Sequence[int]) -> None:
    """Ask until when to-dos are put off, and put them off."""
    if not todo_ids:
        return

    def put_off(use_case: Callable[[Desk], int]) -> None:
        do(screen, use_case, lambda count: _("{count} put off; u takes back").format(count=count))

    def chosen(days: int | None) -> None:
        if days == ANOTHER_DAY:
            ask_day()
        elif days is not None:
            put_off(lambda desk: desk.todos.postpone(todo_ids, days=days))

    def ask_day() -> None:
        from screens.ask_text import AskText
        from store.moments import read_day

        def named(text: str | None) -> None:
            if text is not None:
                put_off(lambda desk: desk.todos.postpone(todo_ids, until=_read_day(desk, text)))

        screen.app.push_screen(
            AskText(
                _("Until which day? next wed, 3-15, the end of the month"),
                check=lambda text: read_day(text, screen.desk.clock.today()),
            ),
            named,
        )

    choices = [(days, _(title)) for days, title in POSTPONE]
    screen.app.push_screen(Choose(_("Put off until"), choices), chosen)


def _read_day(desk: Desk, text: str) -> date:
    from store.moments import read_day

    return read_day(text, desk.store.clock.today())


def note_greetings(screen: BaseScreen[Any], dates: Sequence[OccasionRow]) -> None:
    """Note in the contact log that customers were greeted."""
    if dates:
        do(
            screen,
            lambda desk: len(desk.occasions.note_greetings(dates)),
            lambda count: _("{count} greetings noted; u takes back").format(count=count),
        )
