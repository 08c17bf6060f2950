"""Lists within a field that two people changed at once: what both did is kept.

A row is known again by its id, a phone, a dated note or a tag by what it says; one whose text was
changed, by its place among those that were changed. Only where both changed the same entry to
something else, or one changed what the other took away, somebody has to choose.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

Entry = Any
"""A word, or a mapping such as `{"value": "139…", "label": "私人"}`."""


class Contradiction(Exception):
    """Both changed the same entry, and not alike."""


Preferred = Literal["", "mine", "theirs"]
"""Whose entry holds where both changed it; "" for nobody's."""


def merged(base: object, mine: object, theirs: object, preferred: Preferred = "") -> object:
    """What a field holds once both changes are made.

    Raises:
        Contradiction: they cannot both be made, and nobody is preferred.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    sides = [_entries(each) for each in (base, mine, theirs)]
    if any(each is None for each in sides):
        return _chosen(mine, theirs, preferred)
    first, second, third = (each or [] for each in sides)
    joined = merge_lists(first, second, third, preferred)
    return tuple(joined) if isinstance(mine, tuple) else joined


def _chosen(mine: Any, theirs: Any, preferred: Preferred) -> Any:
    if not preferred:
        raise Contradiction
    return mine if preferred == "mine" else theirs


def _entries(value: object) -> list[Entry] | None:
    """The entries of a list; of a blank none. None for what is no list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else None


def merge_lists(
    base: Sequence[Entry],
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
    preferred: Preferred = "",
) -> list[Entry]:
    """Both sides' changes of a list; the order is that of whoever changed it.

    Raises:
        Contradiction: both changed the same entry, not alike, and nobody is preferred.
    """
    of_mine, new_mine = _changed(base, mine)
    of_theirs, new_theirs = _changed(base, theirs)
    kept: dict[int, Entry] = {}
    for place, entry in enumerate(base):
        left = _one(entry, of_mine.get(place), of_theirs.get(place), preferred)
        if left is not None:
            kept[place] = left
    order = _order(base, mine, theirs, of_mine, of_theirs)
    joined: list[Entry] = []
    for entry in (*(kept[place] for place in order if place in kept), *new_theirs, *new_mine):
        same = next((at for at, one in enumerate(joined) if _is_same(one, entry)), -1)
        if same < 0:
            joined.append(entry)
        else:
            joined[same] = _richer(joined[same], entry, preferred)
    return joined


def _changed(base: Sequence[Entry], side: Sequence[Entry]) -> tuple[dict[int, Entry], list[Entry]]:
    """What became of each entry, by its place before; one that is missing was taken away.

    Returns:
        That, and the entries that are new.
    """
    found: dict[int, Entry] = {}
    places: dict[int, int] = {}
    free = list(range(len(side)))
    for place, entry in enumerate(base):
        at = next((at for at in free if _is_same(side[at], entry)), None)
        if at is not None:
            found[place] = side[at]
            places[place] = at
            free.remove(at)
    for place in range(len(base)):
        # A changed text stands where the old one stood: behind what stood before it.
        if place in found or not isinstance(base[place], Mapping) or "id" in base[place]:
            continue
        before = max((at for other, at in places.items() if other < place), default=-1)
        after = min((at for other, at in places.items() if other > place), default=len(side))
        at = next((at for at in free if before < at < after), None)
        if at is not None:
            found[place] = side[at]
            places[place] = at
            free.remove(at)
    return found, [side[at] for at in free]


def _one(
    base: Entry, mine: Entry | None, theirs: Entry | None, preferred: Preferred
) -> Entry | None:
    """One entry after both changes; None where it was taken away."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if not (isinstance(mine, Mapping) and isinstance(theirs, Mapping)):
        return _chosen(mine, theirs, preferred)
    joined: dict[str, Any] = {}
    for key in dict.fromkeys([*base, *mine, *theirs]):
        before, here, there = base.get(key), mine.get(key), theirs.get(key)
        if here != there and before not in (here, there):
            here = there = _chosen(here, there, preferred)
        joined[key] = there if here == before else here
    return joined


def _order(
    base: Sequence[Entry],
    mine: Sequence[Entry],
    theirs: Sequence[Entry],
    of_mine: Mapping[int, Entry],
    of_theirs: Mapping[int, Entry],
) -> list[int]:
    """The places of the old entries in the order of whoever moved them, first of all in mine."""

    def order(side: Sequence[Entry], known: Mapping[int, Entry]) -> list[int]:
        left = list(known)
        found = []
        for entry in side:
            place = next((p for p in left if known[p] == entry), None)
            if place is not None:
                found.append(place)
                left.remove(place)
        return found

    here, there = order(mine, of_mine), order(theirs, of_theirs)
    chosen = here if here != sorted(here) else there
    return [*chosen, *(place for place in range(len(base)) if place not in chosen)]


def _identity(entry: Entry) -> object:
    """What an entry is known by: a row's id, its number or its date, or the word that it is.

    None for a row that was typed and not stored yet.
    """
    if isinstance(entry, Mapping):
        return entry.get("id", entry.get("value", entry.get("date")))
    return entry


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries are one; a row known by nothing is the same word for word."""
    known = _identity(one)
    return bool(one == other) if known is None else known == _identity(other)


def _richer(theirs: Entry, mine: Entry, preferred: Preferred) -> Entry:
    """Two entries that say the same: with the label or note that one of them has."""
    if not (isinstance(theirs, Mapping) and isinstance(mine, Mapping)):
        return theirs
    joined = dict(theirs)
    for key, value in mine.items():
        if value and theirs.get(key) and value != theirs[key]:
            joined[key] = _chosen(value, theirs[key], preferred)
        elif value:
            joined[key] = value
    return joined
