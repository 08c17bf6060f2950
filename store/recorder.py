"""The one way records change: every write is noted, hashed into the chain, and followed up."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any

from store import rows
from store.exchange.origin import IMPORT
from store.gate import Gate
from store.models.base import Table, compact_json, database
from store.models.tables import TRAILED
from store.models.trail import Change, ChangeSet, Counter

if TYPE_CHECKING:
    from store.desk import Desk

BOOKKEEPING = frozenset({"version", "updated_at", "updated_by_id"})
"""Columns that follow every change and are not worth a note."""

DERIVED_OF_CARD = frozenset(
    {
        "sort_key",
        "organisation_name",
        "title",
        "phone",
        "last_contact_at",
        "next_on",
        "next_step",
        "review_due_on",
        "completeness",
    }
)
"""Columns of a card that are worked out anew from the rest."""

QUIET_OF_CARD = frozenset({"put_off_until", "value_grade"})
"""Columns whose change alone is no work on a card: it stays as old as it was, and falls due for
revision when it did."""

MOVING = frozenset({"owner_id", "trashed_at"})
"""Columns of a person by which he counts among the people of his employer, or not."""

REVENUE = "profile.purchases"
"""The flat key of a card from which its revenue is reckoned (`store.revenue`)."""


_UNNOTED_OF_CARD = BOOKKEEPING | DERIVED_OF_CARD

Note = tuple[str, int, int | None, str, str]
"""Table, row, card, and the record before and after as JSON text, "" where there is none."""


def unnoted(name: str) -> frozenset[str]:
    """The columns of a table whose changes the trail does not keep."""
    return _UNNOTED_OF_CARD if name == "card" else BOOKKEEPING


CARD_COLUMNS = {
    "card": "id",
    "contact_point": "card_id",
    "affiliation": "person_id",
    "family_member": "card_id",
    "occasion": "card_id",
    "interaction": "card_id",
    "interaction_card": "card_id",
    "todo": "card_id",
    "loan": "card_id",
    "remark": "card_id",
    "relationship": "card_id",
    "referral": "card_id",
    "club_member": "card_id",
    "distinct_pair": "card_id",
    "inspection": "card_id",
    "paper": "card_id",
}
"""The column that names the card to whose history a record belongs."""

CARD_CONTENT = frozenset({"card", "contact_point", "affiliation", "family_member", "occasion"})
"""Tables whose change is a change of the card itself and raises its version."""


def reserve(name: str, count: int = 1) -> int:
    """The first of so many numbers that were never given out before."""
    mark = database.param
    moved = database.execute_sql(
        f"UPDATE counter SET value = value + {mark} WHERE name = {mark}", [count, name]
    )
    if not moved.rowcount:
        Counter.insert(name=name, value=count).execute()
        return 1
    # Within a transaction; RETURNING would take four times as long as asking again.
    found = database.execute_sql(f"SELECT value FROM counter WHERE name = {mark}", [name])
    return int(found.fetchone()[0]) - count + 1


def _brings(origin: str, undoes: int | None) -> bool:
    """Whether a change set brings a file in, or takes that back, or does it again."""
    while undoes is not None:
        head = ChangeSet.select(ChangeSet.origin, ChangeSet.undoes).where(ChangeSet.id == undoes)
        origin, undoes = rows.tuples(head)[0]
    return origin.startswith(IMPORT)


class Recorder:
    """Writes records within one transaction and one change set.

    Values are given by column name (`card_id`, not `card`). Columns that are worked out from
    others may not be given for an update.
    """

    def __init__(
        self,
        desk: "Desk",
        summary: str,
        origin: str,
        undoes: int | None = None,
        asked: bool = False,
    ) -> None:
        """Begin a change set.

        Args:
            desk: of the member who changes something.
            summary: what is done, a message id.
            origin: what he works with.
            undoes: the change set that is taken back.
            asked: the use case has asked for the member's rights by a rule of its own.
        """
        self.desk = desk
        self._gate = None if asked else Gate(desk, _brings(origin, undoes))
        self.summary = summary
        self.origin = origin
        self.undoes = undoes
        self.now = desk.store.clock.now()
        self.change_set: int | None = None
        """The change set's number, once `finish` has written one."""
        self.cards: set[int] = set()
        """Cards whose content changed."""
        self.interactions: set[int] = set()
        self.surroundings: set[int] = set()
        """Cards whose talks or to-dos changed, the card itself untouched."""
        self.flagged: set[int] = set()
        """Cards that come onto the risk list."""
        self.houses: set[int] = set()
        """Organisations where somebody came, or left."""
        self.movers: set[int] = set()
        """Cards that have another owner, or went into the trash or out of it."""
        self.bought: set[int] = set()
        """Cards of which other purchases are known than before."""
        self.advance: Callable[[int], None] = lambda _count: None
        """Told how many cards are done with, for a progress bar."""
        self.forms_progress: Callable[[int, int], None] | None = None
        """Told how far it is, where the forms of the cards change and all of them follow."""
        self._new_cards: set[int] = set()
        self._settled: set[int] = set()
        self._notes: list[Note] = []

    def insert(self, table: type[Table], values: Mapping[str, Any]) -> int:
        """Write a new record and give its id."""
        return self.insert_many(table, [values])[0]

    def insert_many(self, table: type[Table], many: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write new records and give their ids, in order."""
        if not many:
            return []
        filled = rows.new_row(table, self._bookkeeping(table))
        name = table._meta.table_name
        first = reserve(name, len(many))
        ids = range(first, first + len(many))
        stored = [rows.stored(table, values) for values in many]
        written = [filled | row for row in stored]
        self._ask(name, written)
        for row_id, whole in zip(ids, written, strict=True):
            whole["id"] = row_id
        rows.insert(table, written)
        if name in TRAILED:
            self._note_new(table, filled, written, stored, many)
        if name == "card":
            self._new_cards.update(ids)
            self.flagged.update(row["id"] for row in written if row.get("risk"))
            if self._gate is not None:
                self._gate.entered(ids)
        return list(ids)

    def _ask(
        self, name: str, many: Sequence[rows.Row], columns: Mapping[str, Any] | None = None
    ) -> None:
        if self._gate is not None:
            self._gate.ask(name, many, columns)

    def _note_new(
        self,
        table: type[Table],
        filled: rows.Row,
        written: Sequence[rows.Row],
        stored: Sequence[rows.Row],
        many: Sequence[Mapping[str, Any]],
    ) -> None:
        """Note new records: what all of them have, and what each was given.

        Args:
            written: the whole rows; `stored` what was given of them, `many` before it was stored.
        """
        name = table._meta.table_name
        column = CARD_COLUMNS.get(name)
        same = noted(table, filled)
        skipped = unnoted(name)
        has_json = bool(rows.json_columns(table))
        for whole, row, values in zip(written, stored, many, strict=True):
            said = {key: value for key, value in row.items() if key not in skipped}
            after = same | (rows.flat(table, said, values) if has_json else said)
            after["id"] = whole["id"]
            if None in after.values():
                after = {key: value for key, value in after.items() if value is not None}
            card = whole[column] if column else None
            self._notes.append((name, whole["id"], card, "", compact_json(after)))
            if REVENUE in after:
                self.bought.add(whole["id"])
        self._touch(name, written)

    def _touch(self, name: str, written: Iterable[rows.Row]) -> None:
        """Know what must follow up changed records."""
        if name == "interaction":
            self.interactions.update(row["id"] for row in written)
        if name == "affiliation":
            self.houses.update(row["organisation_id"] for row in written)
        column = CARD_COLUMNS.get(name)
        if column is None:
            return
        cards = {card for row in written if (card := row.get(column)) is not None}
        if name in CARD_CONTENT:
            self.cards |= cards
            self._settled -= cards
        else:
            self.surroundings |= cards

    def _bookkeeping(self, table: type[Table]) -> dict[str, Any]:
        """Who and when, for the columns a table has for that."""
        by_column = {
            "created_at": self.now,
            "updated_at": self.now,
            "created_by_id": self.desk.member.id,
            "updated_by_id": self.desk.member.id,
        }
        return {key: value for key, value in by_column.items() if key in table._meta.columns}

    def update(self, table: type[Table], row_id: int, values: Mapping[str, Any]) -> bool:
        """Set columns of a record; False when they all had these values.

        Raises:
            LookupError: there is no such record.
        """
        found = rows.fetch(table, [row_id])
        if row_id not in found:
            raise LookupError(f"{table._meta.table_name} {row_id}")
        return self._set(table, found[row_id], rows.stored(table, values))

    def update_many(self, table: type[Table], many: Mapping[int, Mapping[str, Any]]) -> list[int]:
        """Set columns of many records; gives the ids of those that had other values.

        Records that are gone are passed by.
        """
        found = rows.fetch(table, many)
        columns = dict.fromkeys(key for values in many.values() for key in values)
        if found:
            self._ask(str(table._meta.table_name), list(found.values()), columns)
        return [
            row_id
            for row_id, present in found.items()
            if self._set(table, present, rows.stored(table, many[row_id]))
        ]

    def follow(self, table: type[Table], many: Mapping[int, Mapping[str, Any]]) -> list[int]:
        """As `update_many`, with what follows from other records: nobody is asked for a right."""
        gate, self._gate = self._gate, None
        try:
            return self.update_many(table, many)
        finally:
            self._gate = gate

    def restore(self, table: type[Table], present: rows.Row, wide: Mapping[str, Any]) -> bool:
        """Set flat keys (see `rows.flat`) of a present record, as undo does."""
        return self._set(table, present, rows.folded(table, present, wide))

    def put_back(self, table: type[Table], wide: Mapping[str, Any]) -> None:
        """Write a record again that was taken away, with its old id, from its flat keys."""
        self.put_back_many(table, [wide])

    def put_back_many(self, table: type[Table], many: Iterable[Mapping[str, Any]]) -> None:
        """Write records again that were taken away; all of them, or none where one cannot be."""
        filled = rows.new_row(table, self._bookkeeping(table))
        written = [filled | rows.folded(table, filled, wide) for wide in many]
        self._ask(table._meta.table_name, written)
        rows.insert(table, written)
        for whole in written:
            self._note(table._meta.table_name, whole, None, noted(table, whole))

    def delete_many(self, table: type[Table], present: Sequence[rows.Row]) -> None:
        """Take present records away; all of them, or none where one cannot go."""
        self._ask(table._meta.table_name, present)
        rows.delete_many(table, [row["id"] for row in present])
        for row in present:
            self._note(table._meta.table_name, row, noted(table, row), None)

    def delete(self, table: type[Table], row_id: int) -> bool:
        """Take a record away; False when it was gone already."""
        found = rows.fetch(table, [row_id])
        if row_id not in found:
            return False
        row = found[row_id]
        self._ask(table._meta.table_name, [row])
        rows.delete(table, row_id)
        self._note(table._meta.table_name, row, noted(table, row), None)
        return True

    def _set(self, table: type[Table], present: rows.Row, values: rows.Row) -> bool:
        columns = {k: v for k, v in values.items() if present.get(k) != v}
        if not columns:
            return False
        self._ask(table._meta.table_name, [present], columns)
        skipped = unnoted(table._meta.table_name)
        wide_before = rows.flat(table, {k: present[k] for k in columns})
        wide_after = rows.flat(table, columns)
        keys = [
            key
            for key in dict.fromkeys([*wide_before, *wide_after])
            if wide_before.get(key) != wide_after.get(key) and key not in skipped
        ]
        before = {key: wide_before.get(key) for key in keys}
        after = {key: wide_after.get(key) for key in keys}
        if "version" in present and present.keys() & {"updated_at"} and self._own_version(table):
            columns = {
                **columns,
                "version": present["version"] + 1,
                "updated_at": rows.stored(table, {"updated_at": self.now})["updated_at"],
            }
        rows.update(table, present["id"], columns)
        if keys:
            name = table._meta.table_name
            if name == "card" and columns.get("risk") and not present["risk"]:
                self.flagged.add(present["id"])
            left = present.get(CARD_COLUMNS.get(name, ""))
            if left is not None and name not in CARD_CONTENT:
                self.surroundings.add(left)
            if name == "affiliation":
                self.houses.add(present["organisation_id"])
            if name == "card" and columns.keys() & MOVING:
                self.movers.add(present["id"])
            if name == "card" and "merged_into_id" in columns:
                # Search finds the card that stays by the number of the one that goes.
                both = (present["merged_into_id"], columns["merged_into_id"])
                self.cards.update(card for card in both if card is not None)
            is_quiet = name == "card" and not (set(keys) - QUIET_OF_CARD)
            self._note(name, {**present, **columns}, before, after, is_quiet=is_quiet)
        return True

    @staticmethod
    def _own_version(table: type[Table]) -> bool:
        """Whether the record counts its own versions; a card's are counted once a change set."""
        return str(table._meta.table_name) != "card"

    def _note(
        self,
        name: str,
        row: rows.Row,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
        *,
        is_quiet: bool = False,
    ) -> None:
        if name not in TRAILED:
            return
        column = CARD_COLUMNS.get(name)
        card = row.get(column) if column else None
        old = "" if before is None else compact_json(before)
        new = "" if after is None else compact_json(after)
        self._notes.append((name, row["id"], card, old, new))
        if REVENUE in (before or ()) or REVENUE in (after or ()):
            self.bought.add(row["id"])
        if not is_quiet:
            self._touch(name, [row])

    def finish(self) -> None:
        """Close the change set: versions, derived columns, search documents, chain.

        Nothing is written where nothing changed. Only an undo that had to leave everything is
        noted all the same: the next one goes on from there.
        """
        if self.flagged and self.undoes is None and not self.origin.startswith(IMPORT):
            from store.risk_alerts import alert

            alert(self, sorted(self.flagged))
        if not self._notes and self.undoes is None:
            return
        concerned = self.cards or self.surroundings or self.interactions or self.houses
        if concerned:  # a login concerns no card
            from store import derived

            derived.touch_cards(self.cards - self._new_cards, self.now, self.desk.member.id)
            derived.refresh(
                self.cards - self._settled,
                self.surroundings,
                self.interactions,
                self.desk.store.clock,
                self.advance,
                self.houses,
                self.movers,
            )
        self.change_set = write_chain(self)

    def settle(self, cards: Iterable[int]) -> None:
        """What follows from these new cards is written already; until they change again."""
        self._settled.update(cards)

    def note_deed(
        self, deed: str, said: Mapping[str, Any], card_id: int | None = None, row: int = 0
    ) -> None:
        """Note what changed no record, such as an export; undo passes it by.

        Args:
            row: the id of whom or what it was about, where that is no card.
        """
        self._notes.append((deed, row, card_id, "", compact_json(said)))

    @property
    def has_settings(self) -> bool:
        """Whether settings changed, the team's forms perhaps."""
        return any(note[0] == "setting" for note in self._notes)

    @property
    def notes(self) -> list[Note]:
        """What was noted: table, row, card, and the record before and after as JSON."""
        return self._notes


def noted(
    table: type[Table], row: rows.Row, contents: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A whole record as the trail keeps it: flat keys, without blanks and what is worked out.

    Args:
        contents: as for `rows.flat`.
    """
    skipped = unnoted(table._meta.table_name)
    kept = {key: value for key, value in row.items() if value is not None and key not in skipped}
    return rows.flat(table, kept, contents)


CHANGE_COLUMNS = (
    "id",
    "change_set_id",
    "table",
    "row",
    "card",
    "before",
    "after",
    "salt",
    "digest",
)


def write_chain(recorder: Recorder) -> int:
    """Write the change set and its changes, chained by hash to the one before."""
    number = reserve("change_set")
    first = reserve("change", len(recorder.notes))
    salts = os.urandom(16 * len(recorder.notes)).hex()
    digests = hashlib.sha256()
    changes: list[tuple[Any, ...]] = []
    for place, (name, row, card, old, new) in enumerate(recorder.notes):
        salt = salts[place * 32 : place * 32 + 32]
        digest = change_digest(salt, name, row, old, new, card)
        digests.update(digest.encode())
        changes.append((first + place, number, name, row, card, old, new, salt, digest))
    newest = database.execute_sql("SELECT hash FROM change_set ORDER BY id DESC LIMIT 1").fetchone()
    head: rows.Row = {
        "id": number,
        "member_id": recorder.desk.member.id,
        "origin": recorder.origin,
        "at": rows.stored(ChangeSet, {"at": recorder.now})["at"],
        "summary": recorder.summary,
        "undoes_id": recorder.undoes,
        "previous_hash": newest[0] if newest else "",
        "place": recorder.desk.place,
    }
    head["hash"] = set_hash(head, digests.hexdigest())
    rows.insert(ChangeSet, [head])
    rows.insert_tuples(Change, CHANGE_COLUMNS, changes)
    return number


def change_digest(
    salt: str, table: str, row: int, before: str, after: str, card: int | None
) -> str:
    """The digest of one change: it can be kept when text and salt are blanked."""
    # The same text as `compact_json` of the list, in a fifth of the time.
    words = f"{quoted(salt)},{quoted(table)},{row},{quoted(before)},{quoted(after)}"
    about = "null" if card is None else card
    return hashlib.sha256(f"[{words},{about}]".encode()).hexdigest()


def earlier_digest(salt: str, table: str, row: int, before: str, after: str) -> str:
    """The digest of a change before the card was part of it (up to schema 2)."""
    text = compact_json([salt, table, row, before, after])
    return hashlib.sha256(text.encode()).hexdigest()


def set_hash(head: Mapping[str, Any], digests: str) -> str:
    """The hash of a change set, over the hash before it and the digests of its changes."""
    kept = ("previous_hash", "id", "member_id", "origin", "at", "summary", "undoes_id")
    # Where there is no place, none is hashed: so it was before places were noted.
    place = [head["place"]] if head["place"] else []
    text = compact_json([*(head[key] for key in kept), digests, *place])
    return hashlib.sha256(text.encode()).hexdigest()
