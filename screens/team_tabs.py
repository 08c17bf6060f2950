"""The tabs of the team's section: one line each, and who has them.

A tab is a screen of its own, a subclass of `screens.team.TeamScreen`; see there how one is written.
"""

from typing import NamedTuple

from store.language import N_


class TeamTab(NamedTuple):
    """A tab of the team's section."""

    key: str
    title: str
    """A message id."""
    module: str
    screen: str
    roles: frozenset[str] | None = None
    """Whose it is; None: everybody's. What a tab shows is the desk's to decide all the same."""


TABS = (TeamTab("members", N_("Members"), "screens.team_members", "TeamMembers"),)
"""The tabs, in their order; the first is the one that the section opens with."""


def tab(key: str) -> TeamTab:
    """The tab of a key; raises `KeyError` where there is none."""
    return {each.key: each for each in TABS}[key]


def tabs_of(role: str, *, alone: bool) -> tuple[TeamTab, ...]:
    """The tabs that a member has; somebody who works alone has only the first."""
    if alone:
        return TABS[:1]
    return tuple(each for each in TABS if each.roles is None or role in each.roles)
