"""Writes a merge: one change set that makes one card of two, and what an undo of it may do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store import rows
from store.card_values import BIRTH_KEYS, KEPT_KEY, ORGANISATION_KEY, main_affiliations
from store.card_writing import CardWriter
from store.deeds import MERGE, said_of
from store.exchange.merging import more_extras
from store.forms.declaration import load_form
from store.json_text import read_json
from store.merge_records import Moving, attached, move_all
from store.merge_values import merged_values, place_keys
from store.models.cards import Affiliation, Card
from store.models.trail import Change, ChangeSet
from store.records.merging import DROP, KEEP, Merged
from store.rights import Right, all_allowed

if TYPE_CHECKING:
    from store.desk import Desk
    from store.merge_values import Sides
    from store.recorder import Recorder
    from store.records.merging import Difference


def write_merge(
    desk: "Desk",
    change: "Recorder",
    sides: "Sides",
    differences: Sequence["Difference"],
    chosen: Mapping[str, str],
) -> Merged:
    """Make one card of two, as it was chosen; whoever calls has asked for the rights."""
    keep, drop = sides.keep, sides.drop
    said = {"number": drop.number, "into": keep.number, "moved": attached(drop.id)}
    change.note_deed(MERGE, said, keep.id, drop.id)  # first, so that it heads what the audit tells
    _hand_over(change, keep.id, drop.id)
    stored = rows.fetch(Card, [keep.id, drop.id])
    values, unknown = merged_values(sides, list(differences), chosen)
    work, place = _settle_place(sides, differences, chosen, values)
    _mark_birthday(keep.values, values)
    CardWriter(desk, change).rewrite(replace(keep, unknown=unknown), values)
    moving = Moving(change, stored[keep.id], stored[drop.id], work)
    moved = move_all(moving)
    if place is not None:
        _put_place(change, keep.id, place)
    _write_rest(change, sides, stored, chosen, unknown)
    change.update(Card, drop.id, {"trashed_at": change.now, "merged_into_id": keep.id})
    return Merged(keep.id, keep.number, str(values["name"]), drop.number, moved)


def _hand_over(change: "Recorder", keep: int, drop: int) -> None:
    """Who looks after what stays looks after what goes: its open to-dos are his from now on."""
    from store.handing_over import hand_cards
    from store.members import member_of_id

    found = rows.fetch(Card, [keep, drop])
    owner = found[keep]["owner_id"]
    receiver = member_of_id(owner)
    if found[drop]["owner_id"] != owner and receiver is not None:
        hand_cards(change, [drop], receiver, "")


def _settle_place(
    sides: "Sides",
    differences: Sequence["Difference"],
    chosen: Mapping[str, str],
    values: dict[str, Any],
) -> tuple[str, dict[str, Any] | None]:
    """Whose place of work is the main one from now on, where they differ.

    Where only the card that goes has an employer, his employment comes along; what was chosen for
    its title and department goes out of `values` and has to be put there: the second answer.
    """
    house = next((each for each in differences if each.key == ORGANISATION_KEY), None)
    if house is None:
        return KEEP, None
    side = chosen[house.key]
    if house.place or side == KEEP or house.drop is None:
        return side, None
    keys = place_keys(sides.keep.kind)
    wanted = {key: values.pop(key, None) for key in keys}
    del wanted[ORGANISATION_KEY]
    return side, wanted


def _put_place(change: "Recorder", person: int, wanted: Mapping[str, Any]) -> None:
    """Put what was chosen on the employment that came along."""
    main = main_affiliations([person]).get(person)
    if main is not None:
        change.update(Affiliation, main["id"], wanted)


def _mark_birthday(before: Mapping[str, Any], values: dict[str, Any]) -> None:
    """Of two birthdays that came together, the one that the card had is celebrated."""
    if BIRTH_KEYS.keys() <= values.keys() and KEPT_KEY not in values:
        held = [str(calendar) for key, calendar in BIRTH_KEYS.items() if key in before]
        if len(held) == 1:
            values[KEPT_KEY] = held[0]


def _write_rest(
    change: "Recorder",
    sides: "Sides",
    stored: Mapping[int, rows.Row],
    chosen: Mapping[str, str],
    unknown: Mapping[str, Any],
) -> None:
    """What is no plain field: links, what no form declares, and what goes with a field."""
    keep, drop = sides.keep, sides.drop
    theirs = stored[drop.id]
    present = rows.fetch(Card, [keep.id])[keep.id]
    columns: dict[str, Any] = {}
    if chosen.get("referrer") == DROP:
        for column in ("referrer_card_id", "referrer_name"):
            columns[column] = theirs[column]
        if columns["referrer_card_id"] == keep.id:
            columns["referrer_card_id"] = None
    if chosen.get("value_grade") == DROP:
        columns["value_pinned"] = theirs["value_pinned"]
    if theirs["risk"] and "risk" not in load_form(keep.kind):
        columns["risk"] = True
    if unknown != keep.unknown:
        profile = read_json(present["profile"])
        kept = {key: value for key, value in profile.items() if key not in keep.unknown}
        columns["profile"] = {**kept, **unknown}
    extras = more_extras(keep.extras, drop.extras)
    if extras != [list(pair) for pair in keep.extras]:
        columns["extras"] = extras
    if columns:
        change.update(Card, keep.id, columns)


def merge_of(head: ChangeSet) -> tuple[int, int] | None:
    """The cards that a change set, or the one that it takes back in the end, made one.

    Gives the one that stayed and the one that went; None for other change sets.
    """
    number: int | None = head.id
    first = head.id
    while number is not None:
        first = number
        number = ChangeSet.select(ChangeSet.undoes).where(ChangeSet.id == number).scalar()
    deed = (
        Change.select(Change.card, Change.row)
        .where((Change.change_set == first) & (Change.table == MERGE) & (Change.salt != ""))
        .limit(1)
    )
    found = rows.tuples(deed)
    return (int(found[0][0]), int(found[0][1])) if found else None


def may_take_back(desk: "Desk", keep: int, drop: int, head: ChangeSet) -> bool:
    """Whether the member may take a merge back as a whole, also where it reached into cards that
    are not his: who has links there to what he may merge.
    """
    if not all_allowed(desk, Right.EDIT, [keep, drop]):
        return False
    handed = Change.select().where(
        (Change.change_set == head.id) & (Change.table == "card") & (Change.row == drop)
    )
    is_handed = any(
        "owner_id" in said_of(side) for each in handed for side in (each.before, each.after)
    )
    return not is_handed or all_allowed(desk, Right.HAND, [drop])
