"""The people at an organisation as rows of a chart: who stands below whom, and where he stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.forms.declaration import load_form
from store.language import N_, _
from store.records.people import LEFT
from widgets.cells import tidy
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.people import ChartRow, PersonRow

COLUMNS = (
    Column("head", N_("Who"), 24, least=16, share=3, sortable=False),
    Column("role", N_("Role"), 10, least=6, sortable=False),
    Column("attitude", N_("Attitude"), 9, least=4, sortable=False),
    Column("met", N_("Last contact"), 12, least=6, sortable=False),
    Column("influence", N_("Infl."), 6, least=5, align="right", sortable=False),
    Column("faction", N_("Faction"), 9, least=6, share=1, sortable=False),
)

TONES = {
    "supporter": "$text-success",
    "friendly": "$text-success",
    "opposed": "bold $text-error",
    "decision_maker": "bold",
    "principal": "bold",
}
"""How roles and attitudes are painted, besides their words."""

QUIET = "$text-muted"
STEP = 3
"""Cells of a step in the tree."""

HEAD_ROOM = 12
"""Cells that are left for a name, however deep it stands."""


def word(key: str, value: str | None) -> str:
    """A value of a place in a word."""
    return load_form("affiliation").field(key).show(value) if value else ""


def short_word(key: str, value: str | None) -> str:
    """The same, where room is short."""
    choice = load_form("affiliation").field(key).choice(value)
    return choice.short_title if choice else word(key, value)


def chart_rows(
    chart: Sequence[ChartRow], folded: Collection[int], clock: Clock, room: int
) -> list[Row]:
    """The rows of a chart, without those below heads that are folded.

    Args:
        chart: the whole chart.
        folded: the places of heads of which only the number of those below is told.
        room: the cells of the first column.
    """
    rows: list[Row] = []
    trunk: list[bool] = []
    """By depth: whether another one of that depth follows."""
    hidden_below: int | None = None
    follows = _with_followers(chart)
    for place, row in enumerate(chart):
        del trunk[row.depth :]
        trunk.append(follows[place])
        if hidden_below is not None and row.depth > hidden_below:
            continue
        is_folded = row.below > 0 and row.person.id in folded
        hidden_below = row.depth if is_folded else None
        below = row.below if is_folded else 0
        head = Content.styled(_branches(trunk, room), QUIET) + _name(row.person, below)
        rows.append(_row(row.person, head, clock))
    return rows


def former_rows(people: Sequence[PersonRow], clock: Clock) -> list[Row]:
    """Those who left, the latest first."""
    left = [person for person in people if person.values.until is not None]
    left.sort(key=lambda person: (person.values.until, person.id), reverse=True)
    rows = []
    for person in left:
        told = _("left {day}").format(day=person.values.until)
        head = tidy(f"{person.name} {told} {person.title}".rstrip())
        cells = _row(person, Content(head), clock).cells
        rows.append(Row(str(person.id), tuple(str(cell) for cell in cells), "muted"))
    return rows


def _with_followers(chart: Sequence[ChartRow]) -> list[bool]:
    """For each row, whether another one with the same head comes after it."""
    found = [False] * len(chart)
    seen: list[bool] = []
    for place in range(len(chart) - 1, -1, -1):
        depth = chart[place].depth
        seen += [False] * (depth + 1 - len(seen))
        found[place] = seen[depth]
        seen[depth] = True
        del seen[depth + 1 :]
    return found


def _branches(trunk: Sequence[bool], room: int) -> str:
    """What leads from the top to a row: `|  |- `; of what is too deep only the last steps."""
    depth = len(trunk) - 1
    if depth == 0:
        return ""
    steps = ["|  " if goes_on else "   " for goes_on in trunk[1:-1]]
    steps.append("|- " if trunk[-1] else "`- ")
    most = max(1, (room - HEAD_ROOM) // STEP)
    if len(steps) > most:
        return f"{depth}> ".rjust(STEP) + "".join(steps[len(steps) - most + 1 :])
    return "".join(steps)


def _name(person: PersonRow, below: int) -> Content:
    """Name, how many are folded below him, title, and whom he reports to who is not here."""
    name = Content.styled(tidy(person.name), TONES.get(person.values.role or "", ""))
    if below:
        name += Content.styled(f" [+{below}]", "bold $text-accent")
    if person.title:
        name += Content.styled(f" {tidy(person.title)}", QUIET)
    if person.above:
        name += Content.styled(f" [{_above(person)}]", "$text-warning")
    return name


def _above(person: PersonRow) -> str:
    """Why nobody stands above him, who reports to somebody."""
    if person.above == LEFT:
        return _("under {name}, who left").format(name=tidy(person.head))
    return _("under somebody you do not see")


def _row(person: PersonRow, head: Content, clock: Clock) -> Row:
    values = person.values
    return Row(
        str(person.id),
        (
            head,
            _toned("role", values.role),
            _toned("attitude", values.attitude),
            met(person, clock),
            str(values.influence or ""),
            tidy(values.faction or ""),
        ),
    )


def _toned(key: str, value: str | None) -> Content:
    return Content.styled(tidy(short_word(key, value)), TONES.get(value or "", ""))


def met(person: PersonRow, clock: Clock) -> Content:
    """When he was reached last, in a word."""
    if not person.whole:
        return Content()
    if person.met_at is None:
        return Content.styled(_("not met yet"), "$text-warning")
    return Content(labels.ago(clock.local(person.met_at).date(), clock.today()))


def details(person: PersonRow) -> str:
    """What the columns do not tell of somebody, in a line."""
    values = person.values
    told = [
        values.org_department,
        word("department_kind", values.department_kind),
        word("level", values.level),
        person.phone,
        _labelled("matters", values.matters),
        _labelled("quality", values.quality),
        _above(person) if person.above else "",
        _("since {day}").format(day=values.since) if values.since else "",
        " ".join((values.note or "").split()),
    ]
    if person.whole and not person.yours:
        told.append(_("looked after by {name}").format(name=person.owner))
    return tidy(" · ".join(part for part in told if part))


def _labelled(key: str, value: str | None) -> str:
    if not value:
        return ""
    return f"{load_form('affiliation').field(key).title}{_(': ')}{value}"
