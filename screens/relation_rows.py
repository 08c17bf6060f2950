"""Everybody around a card as rows of a list: by groups, with whom each of them knows below him."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store import relation_words
from store.language import N_, _, ngettext
from store.records.relations import GROUPS, Around, Linked, Tie
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.records.referrals import GivenName

COLUMNS = (
    Column("name", N_("Who"), 26, least=14, share=3, sortable=False),
    Column("how", N_("How linked"), 20, least=10, share=2, sortable=False),
    Column("strength", N_("Strength"), 8, sortable=False),
    Column("house", N_("Organisation"), 16, least=8, share=2, sortable=False),
    Column("note", N_("Note"), 14, least=8, share=2, sortable=False),
)

DEEPEST = 4
"""So many steps from the middle are drawn; further ones after a look from there."""

MOST_BELOW = 12
"""Cards that are drawn below one that was unfolded."""

WEAKEST = "alike"
"""The group that is not drawn below a card that was unfolded."""

NAMES = "names"
"""Begins the keys of names that were given."""


class Shown(NamedTuple):
    """A row and what it is about."""

    row: Row
    tie: Tie | None = None
    """None for the heading of a group."""
    name: GivenName | None = None
    path: tuple[int, ...] = ()
    """The cards from the middle to this one."""


def relation_rows(
    middle: Around,
    unfolded: Mapping[tuple[int, ...], Around],
    names: Sequence[GivenName] = (),
) -> list[Shown]:
    """The rows around a card.

    Args:
        unfolded: what stands around those that were unfolded, by their path from the middle.
        names: the names that the card in the middle gave.
    """
    found: list[Shown] = []
    more = dict(middle.more)
    waiting = dict(unfolded)
    for group in GROUPS:
        ties = middle.of(group)
        if not ties:
            continue
        found.append(_heading(group, relation_words.group(group), len(ties) + more.get(group, 0)))
        for place, tie in enumerate(ties):
            found += _branch(middle.card, tie, place == len(ties) - 1, (), "", waiting)
        if group in more:
            told = ngettext("… and {count} more", "… and {count} more", more[group])
            row = Row(f"more:{group}", (f"   {told.format(count=more[group])}",), "muted")
            found.append(Shown(row))
    if names:
        found.append(_heading(NAMES, _("Names he gave"), len(names)))
        found += [_name(each) for each in names]
    return found


def _heading(key: str, title: str, count: int) -> Shown:
    return Shown(Row(f"group:{key}", (f"{title} ({count})",), "strong"))


def _name(given: GivenName) -> Shown:
    state = _("has a card") if given.card is not None else _("a makes a card")
    told = "  ".join(text for _title, text in given.details)
    cells = (f"   {given.name}", state, "", told)
    return Shown(Row(f"{NAMES}:{given.id}", cells, "muted" if given.card else ""), name=given)


def _branch(
    above: Linked,
    tie: Tie,
    is_last: bool,
    path: tuple[int, ...],
    stem: str,
    unfolded: dict[tuple[int, ...], Around],
) -> Iterator[Shown]:
    """A tie, and what stands around the card where that was unfolded, below its first row."""
    here = (*path, tie.card.id)
    sign = "`- " if is_last else "|- "
    opened = unfolded.pop(here, None)
    mark = "- " if opened is not None else ""
    yield Shown(_row(tie, f"{stem}{sign}{mark}", here), tie, path=here)
    if opened is None:
        return
    known = {above.id, *here}
    near = [each for each in opened.ties if each.group != WEAKEST]
    ties = [each for each in near if each.card.id not in known][:MOST_BELOW]
    below = stem + ("   " if is_last else "|  ")
    for place, each in enumerate(ties):
        yield from _branch(tie.card, each, place == len(ties) - 1, here, below, unfolded)
    if not ties:
        key = ":".join(map(str, here))
        yield Shown(Row(f"none:{key}", (f"{below}{_('nobody else')}",), "muted"), path=here)


def _row(tie: Tie, stem: str, path: tuple[int, ...]) -> Row:
    card = tie.card
    where = _(", ").join(part for part in (card.organisation, card.title) if part)
    key = f"{':'.join(map(str, path))}:{tie.how}:{tie.table}:{tie.row}"
    is_told = tie.detail == card.organisation
    return Row(
        key,
        (
            f"{stem}{card.name}",
            relation_words.how(tie.how) if is_told else relation_words.tie(tie),
            relation_words.strength(tie.strength),
            where,
            " ".join(tie.note.split()),
        ),
        "muted" if tie.group == "alike" or tie.how.startswith("former") else "",
    )
