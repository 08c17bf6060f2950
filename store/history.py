"""What happened to a card, read from the trail: each record whole, before and after."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import rows
from store.deeds import DEEDS, MERGE, TRANSFER, said_of
from store.labels import MASK, aside
from store.language import _
from store.models.cards import Card
from store.models.tables import TRAILED
from store.models.team import Member
from store.models.trail import Change, ChangeSet
from store.recorder import noted
from store.records.trail import HistoryEntry, RecordChange
from store.standing import foreign, secret_columns

if TYPE_CHECKING:
    from store.desk import Desk

MOST_CHANGES = 20
"""Changed records that are read for each change set that is wanted."""

MOST_LATER = 500
"""Later changes of one record that are read to know what it was."""

LED_BACK = frozenset(
    {"contact_point", "affiliation", "occasion", "family_member", "interaction", "todo", "remark"}
    | {"relationship", "referral", "club", "club_member", "paper", "volume", "inspection"}
)
"""Tables whose records are told by more than what changed of them."""

Whole = dict[str, Any]
"""A record by flat keys, as `store.recorder.noted` has it."""


def history(desk: "Desk", card_id: int, limit: int = 100) -> list[HistoryEntry]:
    """The change sets of a card, the newest first.

    The trail keeps of a changed record only what changed. From the record as it is now, each
    change leads back to what it was before.

    Raises:
        NotFound: the card does not exist or may not be seen.
    """
    desk.cards.check_visible(card_id)
    is_foreign = bool(foreign(desk, [card_id]))
    changes = list(
        Change.select(Change, ChangeSet, Member.name)
        .join(ChangeSet)
        .join(Member)
        .where((Change.card == card_id) & Change.table.not_in(DEEDS - {MERGE}))
        .where(Change.salt != "")
        .order_by(ChangeSet.id.desc(), Change.id.desc())
        .limit(limit * MOST_CHANGES)
    )
    known = _present(changes)
    told: dict[int, tuple[ChangeSet, list[RecordChange]]] = {}
    for change in changes:
        if change.change_set_id not in told and len(told) == limit:
            break
        _head, records = told.setdefault(change.change_set_id, (change.change_set, []))
        records.append(_record(change, known))
    by_set = {number: records for number, (_head, records) in told.items()}
    _name_members(card_id, by_set, with_loans=not is_foreign)
    name_organisations(desk, [record for _head, records in told.values() for record in records])
    for number, (head, records) in list(told.items()):
        shown = [record for record in records if not _leads_nowhere(record)]
        if shown or not records:
            told[number] = (head, shown)
        else:
            del told[number]
    return [
        HistoryEntry(
            head.id,
            head.at,
            head.member.name,
            head.origin,
            head.summary,
            tuple(map(masked_change, reversed(records)) if is_foreign else reversed(records)),
            is_redo(head.origin, head.undoes_id),
        )
        for head, records in told.values()
    ]


def is_redo(origin: str, undoes: int | None) -> bool:
    """Whether a change set took an undo back, which is an undo of its own in the trail.

    Args:
        origin: of the change set.
        undoes: the one that it took back.
    """
    steps = 0
    while origin == "undo" and undoes is not None:
        steps += 1
        head = ChangeSet.get_or_none(ChangeSet.id == undoes)
        if head is None:
            break
        origin, undoes = head.origin, head.undoes_id
    return steps > 0 and steps % 2 == 0


def _leads_nowhere(record: RecordChange) -> bool:
    """Whether it is a relationship with a card of which the reader sees nothing."""
    return record.table == "relationship" and not (record.after or record.before or {}).get(
        "linked"
    )


def _present(changes: Iterable[Change]) -> dict[tuple[str, int], Whole]:
    """The changed records that still exist, as they are now."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        if change.table in TRAILED:
            wanted.setdefault(change.table, set()).add(change.row)
    return {
        (name, row_id): noted(TRAILED[name], row)
        for name, ids in wanted.items()
        for row_id, row in rows.fetch(TRAILED[name], ids).items()
    }


def _record(change: Change, known: dict[tuple[str, int], Whole]) -> RecordChange:
    """A change with the whole record; `known` is led back to what it was before."""
    place = (change.table, change.row)
    old = json.loads(change.before) if change.before else None
    new = json.loads(change.after) if change.after else None
    after = None if new is None else {**known.get(place, {}), **new}
    if old is None:
        before = None
    else:
        before = {**(after or {}), **old}
        known[place] = before
    return RecordChange(change.table, before, after)


def led_back(changes: Sequence[Change]) -> dict[int, RecordChange]:
    """Some changes with their whole records, by the change's id.

    What was blanked by an erasure is left out, and so are deeds. A record that a form or a short
    text tells needs more than what changed of it: later changes lead back to what it was then.
    """
    told = [change for change in changes if change.salt and change.table not in DEEDS]
    needing = [each for each in told if each.before and each.after and each.table in LED_BACK]
    present = _present(needing)
    found: dict[int, RecordChange] = {}
    for change in told:
        known: dict[tuple[str, int], Whole] = {}
        if change.before and change.after and change.table in LED_BACK:
            place = (change.table, change.row)
            known[place] = {**present.get(place, {}), **_later(change)}
        found[change.id] = _record(change, known)
    return found


def _later(change: Change) -> Whole:
    """What the changes of a record after this one say that it was."""
    later = (
        Change.select(Change.before)
        .where((Change.table == change.table) & (Change.row == change.row))
        .where((Change.id > change.id) & (Change.before != ""))
        .order_by(Change.id)
        .limit(MOST_LATER)
    )
    whole: Whole = {}
    for (before,) in reversed(rows.tuples(later)):
        whole.update(json.loads(before))
    return whole


def masked_change(change: RecordChange) -> RecordChange:
    """A change of a card that is not one's own: what is sensitive shows as `MASK` on both sides."""
    return RecordChange(change.table, *map(masked_side, (change.before, change.after)))


def masked_side(side: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A record by flat keys, its sensitive values masked."""
    if side is None or not side.keys() & secret_columns():
        return side
    return {key: MASK if key in secret_columns() else value for key, value in side.items()}


def name_organisations(desk: "Desk", several: Iterable[RecordChange]) -> None:
    """Put the names of organisations, of whom people report to there, of linked cards and of clubs
    beside their ids, where the member sees them."""
    changes = list(several)
    name_linked(desk, changes)
    sides: list[Whole] = [
        side
        for change in changes
        if change.table == "affiliation"
        for side in (change.before, change.after)
        if isinstance(side, dict)
    ]
    links = ("organisation_id", "reports_to_id")
    ids = {side[key] for side in sides for key in links if side.get(key)}
    if not ids:
        return
    visible = desk.visible()
    seen = Card.select(Card.id, Card.name).where(Card.id.in_(ids))
    names: Mapping[int, str] = dict(rows.tuples(seen if visible is None else seen.where(visible)))
    for side in sides:
        side["organisation"] = names.get(side.get("organisation_id", 0), "")
        if side.get("reports_to_id"):
            side["reports_to"] = names.get(side["reports_to_id"]) or _("somebody you do not see")


LINKS = {"relationship": "other_id", "referral": "referrer_id"}
"""Tables whose records name a second card, with the column that does."""


def name_linked(desk: "Desk", changes: Iterable[RecordChange]) -> None:
    """Put the names of cards and clubs that records are about beside their ids, as far as the
    member may know of them.
    """
    sides = [
        (change.table, side)
        for change in changes
        if change.table in (*LINKS, "club_member")
        for side in (change.before, change.after)
        if isinstance(side, dict)
    ]
    if not sides:
        return
    from store.linked_cards import linked_cards
    from store.models.relations import Club

    linked = {
        side[LINKS[table]] for table, side in sides if table in LINKS and side.get(LINKS[table])
    }
    cards = linked_cards(desk, linked)
    clubs = rows.fetch(Club, {side["club_id"] for _table, side in sides if side.get("club_id")})
    for table, side in sides:
        if table in LINKS:
            card = cards.get(side.get(LINKS[table], 0))
            side["linked"] = card.name if card is not None else ""
        else:
            side["club"] = clubs.get(side.get("club_id", 0), {}).get("name", "")


def _name_members(
    card_id: int, told: Mapping[int, Sequence[RecordChange]], *, with_loans: bool
) -> None:
    """Put the names of the old and the new owner beside their ids, with why the card was handed,
    and those of borrowers beside theirs.

    Args:
        told: the records of each change set, by its number.
        with_loans: whether it is the reader's business who borrowed the card.
    """
    handed = {
        number: record
        for number, records in told.items()
        for record in records
        if record.table == "card" and record.before and "owner_id" in record.keys
    }
    lent = [each for records in told.values() for each in records if each.table == "loan"]
    lent = lent if with_loans else []
    if not handed and not lent:
        return
    names = dict(rows.tuples(Member.select(Member.id, Member.name)))
    deeds = Change.select(Change.change_set, Change.after).where(
        (Change.card == card_id) & (Change.table == TRANSFER) & (Change.salt != "")
    )
    reasons = {number: str(said_of(text).get("reason", "")) for number, text in rows.tuples(deeds)}
    for number, record in handed.items():
        for side, why in ((record.before, ""), (record.after, reasons.get(number, ""))):
            if isinstance(side, dict):
                side["owner"] = aside(names.get(side.get("owner_id"), ""), why)
    for record in lent:
        for side in (record.before, record.after):
            if isinstance(side, dict):
                side["borrower"] = names.get(side.get("member_id"), "")
