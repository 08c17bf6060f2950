"""The tabs of the team's section: one line each, and who has them.

A tab is a screen of its own, a subclass of `screens.team.TeamScreen`; see there how one is written.
"""

from typing import TYPE_CHECKING, NamedTuple

from store.language import N_, _

if TYPE_CHECKING:
    from store.records.team import OwnPlace

RELEASING = frozenset({"manager", "director", "custodian"})
"""Who has the list of releases: those that give them, and the keeper of the files."""

REVIEWING = frozenset({"rep", "manager", "director", "custodian"})
"""Who has cards that are reviewed, or reviews them."""


FILING = frozenset({"rep", "manager", "director", "custodian", "service"})
"""Who has the list of all papers: everybody with customers."""


class TeamTab(NamedTuple):
    """A tab of the team's section."""

    key: str
    title: str
    """A message id."""
    module: str
    screen: str
    roles: frozenset[str] | None = None
    """Whose it is; None: everybody's. What a tab shows is the desk's to decide all the same."""
    leading: bool = False
    """Only for those who stand above somebody, or coach him."""
    alone: bool = False
    """Also for somebody who works alone."""


TABS = (
    TeamTab("members", N_("Members"), "screens.team_members", "TeamMembers", alone=True),
    TeamTab("departments", N_("Departments"), "screens.team_departments", "TeamDepartments"),
    TeamTab("work", N_("Work view"), "screens.team_work", "TeamWork", leading=True),
    TeamTab("reviews", N_("Reviews"), "screens.team_reviews", "TeamReviews", REVIEWING),
    TeamTab("loans", N_("Loans"), "screens.team_loans", "TeamLoans"),
    TeamTab("releases", N_("Releases"), "screens.team_releases", "TeamReleases", RELEASING),
    TeamTab("papers", N_("Papers"), "screens.team_papers", "TeamPapers", FILING, alone=True),
    TeamTab("audit", N_("Audit"), "screens.audit", "AuditList"),
)
"""The tabs, in their order; the first is the one that the section opens with."""

COMMANDS = {"papers": N_("Papers: register, volumes, what is missing")}
"""What a tab is called in the command palette, where its title is not enough; message ids."""


def command_of(each: TeamTab) -> str:
    """What the command palette calls a tab, in the language spoken now."""
    if each.key in COMMANDS:
        return _(COMMANDS[each.key])
    return _("Team: {tab}").format(tab=_(each.title))


def tab(key: str) -> TeamTab:
    """The tab of a key; raises `KeyError` where there is none."""
    return {each.key: each for each in TABS}[key]


def tabs_of(place: "OwnPlace") -> tuple[TeamTab, ...]:
    """The tabs that a member has; somebody who works alone has no others to look at."""
    if place.alone:
        return tuple(each for each in TABS if each.alone)
    return tuple(
        each
        for each in TABS
        if (each.roles is None or place.role in each.roles) and (place.leads or not each.leading)
    )
