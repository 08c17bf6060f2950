"""Who changed a field last, from the trail: so that two who edit one record know of each other."""

import json
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from store.errors import NotFound
from store.language import N_, _, listed
from store.models.trail import Change, ChangeSet
from store.recorder import CARD_CONTENT
from store.taking_back import KEY_OF

if TYPE_CHECKING:
    from store.desk import Desk

LOOKED_AT = 300
"""Changes of a record that are looked through, the newest first."""

OF_AFFILIATION = ("organisation", "org_department", "title")
"""Fields of a card that stand on the main affiliation."""

FAMILY = "family"
PEOPLE = "people"
"""Fields of a card whose rows are records of their own."""

WHOLE = ""
"""Stands for all fields of a record."""


def last_hands(desk: "Desk", table: str, row: int, keys: Collection[str]) -> dict[str, str]:
    """The names of those who changed fields of a record last, by the field's key.

    Nothing is told of a record that the member does not see.

    Args:
        table: `card`, with what stands on it, or another table that the trail keeps.
        row: the record's id.
        keys: form keys; `WHOLE` for whoever changed anything of it last.
    """
    if not _sees(desk, table, row):
        return {}
    of_record: Any = (Change.table == table) & (Change.row == row)
    if table == "card":
        of_record = (Change.card == row) & Change.table.in_(sorted(CARD_CONTENT))
        if PEOPLE in keys:
            # Somebody's place stands in the history of his own card.
            places = [person.id for person in desk.people.of(row, past=True) if person.whole]
            of_record |= (Change.table == "affiliation") & Change.row.in_(places)
    changes = (
        Change.select(Change, ChangeSet)
        .join(ChangeSet)
        .where(of_record)
        .order_by(Change.id.desc())
        .limit(LOOKED_AT)
    )
    found: dict[str, int] = {}
    for change in changes:
        of_card = table == "card" and change.card == row
        told = keys_changed(change, of_card) if of_card or table != "card" else [PEOPLE]
        for key in (WHOLE, *told):
            if key in keys:
                found.setdefault(key, change.change_set.member_id)
        if len(found) == len(set(keys)):
            break
    names = _names(found.values())
    return {key: names[member] for key, member in found.items()}


SOMEBODY = N_("Somebody else")


def last_hand(desk: "Desk", table: str, row: int, keys: Collection[str] = (WHOLE,)) -> str:
    """The names of those who changed some fields last, in the language spoken now."""
    names = dict.fromkeys(last_hands(desk, table, row, keys).values())
    return listed(names) or _(SOMEBODY)


def keys_changed(change: Change, of_card: bool = False) -> Iterator[str]:
    """The form keys of what a change changed.

    Args:
        of_card: the keys of the card's form are meant, in which a family member is a row.
    """
    sides: list[dict[str, Any]] = [
        json.loads(text) for text in (change.before, change.after) if text
    ]
    columns = {column for side in sides for column in side}
    if change.table == "contact_point":
        yield from (side["kind"] for side in sides if "kind" in side)
        if not any("kind" in side for side in sides):
            yield from _kind_of(change)
    elif of_card and change.table == "family_member":
        yield FAMILY
    elif change.table == "occasion":
        yield from _occasion_keys(change, sides)
    elif change.table == "affiliation":
        yield from OF_AFFILIATION
        yield from (column.removesuffix("_id") for column in columns)
    elif change.table == "paper" and columns & {"paper_class", "kind"}:
        yield from (*columns, "sort")
    else:
        for column in columns:
            plain = column.removeprefix("profile.")
            yield KEY_OF.get(plain, plain)
            yield plain.removesuffix("_id")


def _kind_of(change: Change) -> Iterator[str]:
    """The kind of a phone or mail of which something else was changed."""
    from store import rows
    from store.models.cards import ContactPoint

    present = rows.fetch(ContactPoint, [change.row]).get(change.row)
    if present is not None:
        yield str(present["kind"])


def _occasion_keys(change: Change, sides: list[dict[str, Any]]) -> Iterator[str]:
    from store import rows
    from store.models.cards import Occasion

    present = rows.fetch(Occasion, [change.row]).get(change.row) or {}
    for side in sides:
        whole = {**present, **side}
        kind = whole.get("kind")
        if whole.get("family_member_id") is not None:
            yield FAMILY
        elif kind == "birth":
            yield f"birth_{whole.get('calendar')}"
            yield "birth"
            yield "birth_kept"
        elif kind:
            yield str(kind)


def _names(members: Collection[int]) -> dict[int, str]:
    from store import rows
    from store.models.team import Member

    asked = Member.select(Member.id, Member.name).where(Member.id.in_(sorted(set(members))))
    return dict(rows.tuples(asked))


def _sees(desk: "Desk", table: str, row: int) -> bool:
    looks: dict[str, Callable[[int], object]] = {
        "card": desk.cards.check_visible,
        "interaction": desk.interactions.get,
        "todo": desk.todos.get,
        "family_member": desk.family.get,
        "affiliation": desk.people.get,
        "paper": desk.papers.get,
        "member": lambda _row: None,  # everybody sees who works here
    }
    try:
        looks[table](row)
    except (KeyError, NotFound):
        return False
    return True
