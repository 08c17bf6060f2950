"""What is done with a member besides editing him: leaving, coming back, passing, praise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.ask_text import AskText
from screens.choose import Choose
from screens.confirm import Confirm
from screens.pick import Pick
from store.errors import StoreError
from store.language import N_, _

if TYPE_CHECKING:
    from screens.team import TeamScreen
    from store.desk import Desk
    from store.records.team import MemberRow

HOLDING = ("rep", "manager", "director")
"""Roles that look after customers, so that they can take over."""

PASS, PRAISE, REPRIMAND, LEAVE, BACK = "pass", "praise", "reprimand", "leave", "back"

TITLES = {
    PASS: N_("Passes as a trainee"),
    PRAISE: N_("Note praise"),
    REPRIMAND: N_("Note a reprimand"),
    LEAVE: N_("Leaves; somebody takes over"),
    BACK: N_("Comes back"),
}


def offered(screen: TeamScreen, member: MemberRow) -> list[str]:
    """What the one at the desk may do with a member."""
    place = screen.place
    if place is None or member.login == place.login:
        return []
    guides = place.leads and member.cards is not None and _stands_above(screen, member)
    found = []
    if member.active and guides:
        found = [*([PASS] if member.trainee else []), PRAISE, REPRIMAND]
    if place.manages:
        found.append(LEAVE if member.active else BACK)
    return found


def _stands_above(screen: TeamScreen, member: MemberRow) -> bool:
    """Whether he judges the member: an administrator alone knows what each has, and judges none."""
    place = screen.place
    return place is not None and (place.role != "administrator" or member.coach == place.login)


async def act(screen: TeamScreen, member: MemberRow) -> None:
    """Ask what to do with a member, and do it."""
    choices = [(key, _(TITLES[key])) for key in offered(screen, member)]
    if not choices:
        screen.tell(_("There is nothing that you may do with {name}").format(name=member.name))
        return
    chosen = await screen.app.push_screen_wait(Choose(member.name, choices))
    if chosen == LEAVE:
        await let_go(screen, member)
    elif chosen == BACK:
        await _do(screen, lambda desk: desk.team.come_back(member.login), _BACK, member)
    elif chosen == PASS:
        question = _("What was good, in a few words (may stay empty)")
        good = await screen.app.push_screen_wait(AskText(question, optional=True))
        if good is not None:
            note = _passing(member.login, good)
            await _do(screen, note, _PASSED, member)
    elif chosen in (PRAISE, REPRIMAND):
        words = await screen.app.push_screen_wait(AskText(_("What for, in a few words")))
        if words is not None:
            note = _noting(member.login, str(chosen), words)
            await _do(screen, note, _NOTED, member)


_BACK = N_("{name} works here again, and needs a key; u takes back")
_PASSED = N_("{name} is no trainee any more; u takes back")
_NOTED = N_("Noted of {name}; it stays")
_GONE = N_("{name} cannot come in any more; u takes back")


async def let_go(screen: TeamScreen, member: MemberRow) -> None:
    """Ask who takes over from a member, and let him go."""
    to: str | None = None
    if member.cards or member.todos:
        others = [
            (each.login, f"{each.name}  {each.department_name or ''}".rstrip())
            for each in await screen.desk.read(lambda desk: desk.team.members())
            if each.role in HOLDING and each.login != member.login
        ]
        question = _("Who takes over from {name} (cards {cards}, to-dos {todos})?")
        title = question.format(name=member.name, cards=member.cards, todos=member.todos)
        to = await screen.app.push_screen_wait(Pick(screen.desk, title, others))
        if to is None:
            return
    question = _("{name} leaves: the keys are taken away, and nobody comes in as {login} any more.")
    sure = Confirm(
        screen.desk,
        question.format(name=member.name, login=member.login),
        yes=N_("Leaves"),
        no=N_("Stays"),
        default=False,
    )
    if await screen.app.push_screen_wait(sure):
        await _do(screen, lambda desk: desk.team.leave(member.login, to), _GONE, member)


def _noting(login: str, kind: str, words: str) -> Callable[[Desk], object]:
    def note(desk: Desk) -> None:
        desk.team.note_merit(login, kind, words)

    return note


def _passing(login: str, words: str) -> Callable[[Desk], object]:
    return lambda desk: desk.team.pass_trainee(login, words)


async def _do(
    screen: TeamScreen, use_case: Callable[[Desk], object], told: str, member: MemberRow
) -> None:
    try:
        await screen.desk.write(use_case)
    except StoreError as error:
        screen.report(error)
        return
    screen.tell(_(told).format(name=member.name))
    screen.read_place()
    screen.reload()
