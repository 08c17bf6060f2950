"""Erasing a card for good, because its customer demands it by law.

The card goes with everything that stands on it, and with the cards that were merged into it; its
number is never given out again. Of the trail text and salt of every change that tells of it are
blanked, while the digests stay, so that the chain holds; the deed that is noted names the blanked
changes, so that `doctor` can tell an erasure from a tampering. It cannot be undone. All this is one
transaction. What follows it, traces in the search index and in the drafts, `doctor --mend` does
again, should the program die in between.

A talk that other cards took part in as well is theirs too. It stays with them: the card is taken
out of it, its name is replaced by its number in the talk's words and in the to-dos that came of it,
and what the trail says of that talk is blanked. Jobs that other people had at an erased
organisation go with it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import rows
from store.cleaning import clean_line
from store.deeds import ERASE, SUMMARIES
from store.draft_file import drafts_beside
from store.errors import BadValue, NotAllowed, NotFound
from store.language import N_
from store.models.base import Table, database
from store.models.cards import Affiliation, Card, CardFact, ContactPoint, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.papers import Paper
from store.models.relations import ClubMember, DistinctPair, Inspection, Referral, Relationship
from store.models.sharing import Loan, Remark
from store.models.todos import Todo
from store.paper_files import digests_of_card, drop_unnamed
from store.records.audit import Erasure
from store.rights import may_manage_team
from store.standing import NO_CARD

from peewee import DatabaseError  # isort: skip

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NO_ERASING = N_("Only an administrator erases a card for good.")
NO_REASON = N_("Say why the card is erased, such as the customer's demand and its date.")

LONGEST_REASON = 300

ON_THE_CARD: tuple[tuple[type[Table], str], ...] = (
    (Remark, "card_id"),
    (Loan, "card_id"),
    (Todo, "card_id"),
    (Occasion, "card_id"),
    (FamilyMember, "card_id"),
    (ContactPoint, "card_id"),
    (Affiliation, "person_id"),
    (Relationship, "card_id"),
    (Relationship, "other_id"),
    (Referral, "card_id"),
    (ClubMember, "card_id"),
    (DistinctPair, "card_id"),
    (DistinctPair, "other_id"),
    (Inspection, "card_id"),
    (Paper, "card_id"),
)
"""Tables whose records belong to one card, with the column that names it; talks apart."""

ELSEWHERE: tuple[tuple[type[Table], str], ...] = (
    (Card, "referrer_card_id"),
    (Card, "merged_into_id"),
    (Referral, "referrer_id"),
    (Affiliation, "reports_to_id"),
)
"""Columns in which records of other cards name a card, and that may be blank."""

MERGED_PAGES = 400
"""Pages of a search index that one step writes anew, a few milliseconds."""

MOST_STEPS = 20_000


def erase(desk: "Desk", card_id: int, reason: str) -> Erasure:
    """As `Audit.erase`."""
    if not may_manage_team(desk):
        raise NotAllowed(NO_ERASING).about([card_id])
    said = clean_line(reason).strip()[:LONGEST_REASON]
    if not said:
        raise BadValue(NO_REASON, field="reason")
    # What is deleted is overwritten with zeros, or it would stay in free pages of the file.
    before = int(database.execute_sql("PRAGMA secure_delete").fetchone()[0])
    database.execute_sql("PRAGMA secure_delete = 1").fetchone()
    try:
        with desk.change(SUMMARIES[ERASE], origin=ERASE, asked=True) as change:
            card = rows.fetch(Card, [card_id]).get(card_id)
            if card is None:
                raise NotFound(NO_CARD, text=str(card_id))
            # What was merged into it tells of the same customer, and lies in the trash.
            merged = list(rows.fetch(Card, _merged_into(card_id)).values())
            files = {digest for each in (*merged, card) for digest in digests_of_card(each["id"])}
            erased = [_Erasing(change, each).run(said) for each in (*merged, card)]
        # From here on the card is gone, whatever becomes of its traces.
        with suppress(DatabaseError, sqlite3.Error):
            _overwrite_search()
        drop_unnamed(desk.store.path, files, desk.store.clock.now())
        drafts = 0
        for each in (*merged, card):
            is_namesake = Card.select().where(Card.name == each["name"]).exists()
            name = "" if is_namesake else each["name"]
            drafts += forget_drafts(desk.store.path, each["number"], name)
    finally:
        database.execute_sql(f"PRAGMA secure_delete = {before}").fetchone()
    with suppress(DatabaseError, sqlite3.Error):
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    records, shared, changes = (sum(counts) for counts in zip(*erased, strict=True))
    return Erasure(card["number"], records, shared, changes, drafts)


def _merged_into(card_id: int) -> list[int]:
    """The cards in the trash that were merged into a card."""
    found = Card.select(Card.id).where(
        (Card.merged_into == card_id) & Card.trashed_at.is_null(False)
    )
    return [row_id for (row_id,) in rows.tuples(found.order_by(Card.id))]


class _Erasing:
    """One erasure, within its transaction."""

    def __init__(self, change: "Recorder", card: rows.Row) -> None:
        self._change = change
        self._card = card
        self._id: int = card["id"]
        self._gone: dict[type[Table], list[int]] = {}
        """The records that go, by their tables."""
        self._altered: dict[type[Table], list[int]] = {}
        """Records of other cards that lose the name: what the trail says of them is blanked."""

    def run(self, reason: str) -> tuple[int, int, int]:
        """Do it; gives how many records are gone, talks kept for others, changes blanked."""
        talks = _ids(Interaction, "card_id", [self._id])
        shared = {
            *_named(InteractionCard, "interaction_id", "interaction_id", talks),
            *_named(InteractionCard, "interaction_id", "card_id", [self._id]),
        }
        alone = [talk for talk in talks if talk not in shared]
        for table, column in ON_THE_CARD:
            ids = _ids(table, column, [self._id])
            self._gone[table] = sorted({*self._gone.get(table, ()), *ids})
        self._gone[Interaction] = alone
        self._gone[Remark] = sorted(
            {*self._gone[Remark], *_ids(Remark, "interaction_id", alone)}
            | {*_ids(Remark, "todo_id", self._gone[Todo])}
        )
        self._gone[Card] = [self._id]
        self._let_go_elsewhere()
        self._keep_for_others(sorted(shared))
        for table, ids in self._gone.items():
            _delete(table, ids)
        CardFact.delete().where(CardFact.card == self._id).execute()
        database.execute_sql("DELETE FROM search_card WHERE rowid = ?", [self._id])
        for talk in alone:
            database.execute_sql("DELETE FROM search_interaction WHERE rowid = ?", [talk])
        counts = {table._meta.table_name: len(ids) for table, ids in self._gone.items() if ids}
        blanked = self._blank()
        said = {
            "number": self._card["number"],
            "kind": self._card["kind"],
            "reason": reason,
            "records": counts,
            "shared": len(shared),
            "changes": len(blanked),
            "blanked": ranges(blanked),
        }
        self._change.note_deed(ERASE, said, self._id)
        return sum(counts.values()), len(shared), len(blanked)

    def _let_go_elsewhere(self) -> None:
        """What other cards say of this one: only its id, which the trail may keep."""
        change = self._change
        jobs = _ids(Affiliation, "organisation_id", [self._id])
        employers = Affiliation.select(Affiliation.organisation).where(
            Affiliation.person == self._id
        )
        change.houses.update(house for (house,) in rows.tuples(employers))
        if self._card["merged_into_id"] is not None:
            # Search finds it by the number of the card that goes, up to now.
            change.cards.add(self._card["merged_into_id"])
        for part in _parts(jobs):
            change.delete_many(Affiliation, list(rows.fetch(Affiliation, part).values()))
        for table, column in ELSEWHERE:
            for row_id in _ids(table, column, [self._id]):
                if row_id not in self._gone.get(table, ()):
                    change.update(table, row_id, {column: None})
        for table in (Todo, Remark):
            for row_id in _ids(table, "interaction_id", self._gone[Interaction]):
                if row_id not in self._gone[table]:
                    change.update(table, row_id, {"interaction_id": None})
        for row_id in _ids(Remark, "answers_id", self._gone[Remark]):
            if row_id not in self._gone[Remark]:
                change.update(Remark, row_id, {"answers_id": None})

    def _keep_for_others(self, shared: list[int]) -> None:
        """Talks that other cards took part in go to those, without the name."""
        change = self._change
        self._altered[Interaction] = shared
        kept = [
            todo for todo in _ids(Todo, "interaction_id", shared) if todo not in self._gone[Todo]
        ]
        self._altered[Todo] = kept
        for table, ids in self._altered.items():
            for part in _parts(ids):
                for row in rows.fetch(table, part).values():
                    self._take_name_out(table, row)
        links = _rows_of(InteractionCard, "interaction_id", shared)
        for talk, row in rows.fetch(Interaction, shared).items():
            others = [link for link in links if link["interaction_id"] == talk]
            mine = [link["id"] for link in others if link["card_id"] == self._id]
            for link in mine:
                change.delete(InteractionCard, link)
            heirs = [link for link in others if link["id"] not in mine]
            if row["card_id"] == self._id and heirs:
                change.delete(InteractionCard, heirs[0]["id"])
                change.update(Interaction, talk, {"card_id": heirs[0]["card_id"]})
        change.interactions.update(shared)

    def _take_name_out(self, table: type[Table], row: rows.Row) -> None:
        """Put the number where the name stands; past the trail, which must not keep the name."""
        known: set[str] = {self._card["name"], self._card["short_name"] or ""}
        names = sorted((name for name in known if len(name) > 1), key=len, reverse=True)
        changed: dict[str, Any] = {}
        for column, text in row.items():
            if not isinstance(text, str):
                continue
            free = text
            for name in names:
                free = free.replace(name, self._card["number"])
            if free != text:
                changed[column] = free
        if changed:
            rows.update(table, row["id"], {**changed, "version": row["version"] + 1})

    def _blank(self) -> list[int]:
        """Blank what the trail says of it; gives the ids of the changes."""
        wanted = set(_changes("card = ?", [self._id]))
        for found in (self._gone, self._altered):
            for table, ids in found.items():
                for part in _parts(ids):
                    marks = ",".join("?" * len(part))
                    condition = f'"table" = ? AND row IN ({marks})'
                    wanted.update(_changes(condition, [table._meta.table_name, *part]))
        for part in _parts(sorted(wanted)):
            marks = ",".join("?" * len(part))
            database.execute_sql(
                f"UPDATE change SET before = '', after = '', salt = '' WHERE id IN ({marks})", part
            )
        return sorted(wanted)


def _changes(condition: str, parameters: list[Any]) -> list[int]:
    """The changes that are not blank yet; an erasure itself stays readable."""
    sql = f"SELECT id FROM change WHERE {condition} AND salt <> '' AND \"table\" <> ?"
    return [row_id for (row_id,) in database.execute_sql(sql, [*parameters, ERASE]).fetchall()]


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), rows.CHUNK):
        yield ids[start : start + rows.CHUNK]


def _named(table: type[Table], wanted: str, column: str, ids: Iterable[int]) -> list[int]:
    """A column of the records that name one of these ids in another."""
    found: list[int] = []
    for part in _parts(list(ids)):
        marks = ",".join("?" * len(part))
        sql = f'SELECT {wanted} FROM "{table._meta.table_name}" WHERE {column} IN ({marks})'
        found.extend(row_id for (row_id,) in database.execute_sql(sql, part).fetchall())
    return found


def _ids(table: type[Table], column: str, ids: Iterable[int]) -> list[int]:
    """The records that name one of these ids in a column."""
    return sorted(_named(table, "id", column, ids))


def _rows_of(table: type[Table], column: str, ids: list[int]) -> list[rows.Row]:
    return [row for some in rows.children(table, column, ids).values() for row in some]


def _delete(table: type[Table], ids: list[int]) -> None:
    for part in _parts(ids):
        rows.delete_many(table, part)


def ranges(ids: Iterable[int]) -> str:
    """Ids in rising order as text: `3-7,9`."""
    found: list[list[int]] = []
    for row_id in ids:
        if found and found[-1][1] == row_id - 1:
            found[-1][1] = row_id
        else:
            found.append([row_id, row_id])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def ids_of(text: str) -> set[int]:
    """The ids that `ranges` wrote."""
    found: set[int] = set()
    for part in text.split(",") if text else ():
        first, _dash, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def _overwrite_search() -> None:
    """Write the search indexes anew, a little at a time: words of what is gone stay in them till
    then. Others may work meanwhile.
    """
    for name in ("search_card", "search_interaction"):
        for step in range(MOST_STEPS):
            # A negative number begins a merge of everything, a positive one goes on with it.
            pages = -MERGED_PAGES if step == 0 else MERGED_PAGES
            before = _total_changes()
            database.execute_sql(f"INSERT INTO {name}({name}, rank) VALUES ('merge', ?)", [pages])
            if _total_changes() - before < 2:
                break


def _total_changes() -> int:
    return int(database.execute_sql("SELECT total_changes()").fetchone()[0])


def forget_drafts(box: Path, number: str, name: str = "") -> int:
    """Take away what members typed about a card and have not saved; gives how much it was.

    A broken file of drafts stops nothing: `doctor` tells of it.

    Args:
        number: of the card; drafts of its editors, and those that mention it.
        name: of the card, where no other card has it: drafts that mention it.
    """
    file = drafts_beside(box)
    if not file.exists():
        return 0
    mentions = [number, *([name] if name else [])]
    conditions = " OR ".join("instr(content, ?) > 0" for _name in mentions)
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=5)) as connection:
        connection.execute("PRAGMA secure_delete = 1")
        with connection:
            gone = connection.execute(
                f"DELETE FROM draft WHERE key LIKE ? OR {conditions}", [f"%:{number}", *mentions]
            ).rowcount
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return gone
    return 0
