"""Releasing a department's cards, step by step: whose, to whom, how much, until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from screens.ask_text import AskText
from screens.choose import Choose
from screens.pick import Pick
from store import labels, release_words
from store.errors import StoreError
from store.language import N_, _
from store.moments import read_day
from store.records.releases import RELEASED_TO

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk
    from store.records.releases import ReleaseRow

EVERYWHERE = 0
"""Stands for all departments in a list of ids."""

NO_END, OTHER_DAY = -1, 0

UNTIL = (
    (30, N_("for 30 days")),
    (90, N_("for 90 days")),
    (365, N_("for a year")),
    (OTHER_DAY, N_("until another day ...")),
    (NO_END, N_("without an end (stands for review)")),
)
"""How long, in days; message ids."""

MEMBER = ""
"""Stands for one member in a list of roles."""


def give_release(screen: BaseScreen[Any]) -> None:
    """Ask for all that a release needs, and give it."""
    screen.run_worker(_give(screen), exit_on_error=False, group="open")


async def _give(screen: BaseScreen[Any]) -> None:
    try:
        places, members = await screen.desk.read(_choices)
    except StoreError as error:
        screen.report(error)
        return
    window = Choose(_("Whose cards are released?"), places)
    department = await screen.app.push_screen_wait(window)
    if department is None:
        return
    to = await _ask_receiver(screen, members)
    if to is None:
        return
    role, login = to
    usual = "whole" if role == "service" else "released"
    levels = [(key, _(title)) for key, title in release_words.LEVELS.items()]
    level = await screen.app.push_screen_wait(Choose(_("How much of them?"), levels, usual))
    if level is None:
        return
    until = await _ask_end(screen)
    if until is None:
        return
    why = await screen.app.push_screen_wait(AskText(_("What for? Colleagues read it")))
    if why is None:
        return

    def use_case(desk: Desk) -> ReleaseRow:
        end = None if until is NO_LAST_DAY else _day(desk, until)
        return desk.releases.give(
            level,
            department=department or None,
            role=role or None,
            login=login or None,
            until=end,
            reason=why,
        )

    try:
        await screen.desk.write(use_case)
    except StoreError as error:
        screen.report(error)
    else:
        screen.tell(_("Released; u takes back"))
    screen.reload()


NO_LAST_DAY = ""
"""Stands for a release without an end."""


def _choices(desk: Desk) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """The departments whose cards the member releases, and the members to whom."""
    places = [(row.id, row.path) for row in desk.releases.departments()]
    if desk.member.role == "director":
        places.insert(0, (EVERYWHERE, _("all departments")))
    members = [
        (row.login, row.name)
        for row in desk.team.members()
        if row.role in RELEASED_TO and row.active
    ]
    return places, members


async def _ask_receiver(
    screen: BaseScreen[Any], members: list[tuple[str, str]]
) -> tuple[str, str] | None:
    """The role, or the login of one member."""
    roles = [(role, labels.role(role)) for role in RELEASED_TO]
    choices = [*roles, (MEMBER, _("one member ..."))]
    role = await screen.app.push_screen_wait(Choose(_("To whom?"), choices))
    if role is None:
        return None
    if role != MEMBER:
        return role, ""
    login = await screen.app.push_screen_wait(Pick(screen.desk, _("To whom?"), members))
    return None if login is None else ("", login)


async def _ask_end(screen: BaseScreen[Any]) -> str | None:
    """The last day as text; `NO_LAST_DAY` for none."""
    choices = [(days, _(title)) for days, title in UNTIL]
    days = await screen.app.push_screen_wait(Choose(_("For how long?"), choices))
    if days is None:
        return None
    if days == NO_END:
        return NO_LAST_DAY
    if days == OTHER_DAY:
        return await screen.app.push_screen_wait(
            AskText(
                _("Until which day? next wed, 3-15, the end of the month"),
                check=lambda text: read_day(text, screen.desk.clock.today()),
            )
        )
    clock = screen.desk.clock
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def _day(desk: Desk, text: str) -> date:
    return read_day(text, desk.store.clock.today())
