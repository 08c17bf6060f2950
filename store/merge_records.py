"""What is attached to a card goes to another one, within one change set.

Each mover says which columns it takes care of; a test fails when a table names cards and no mover
knows it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from store import rows
from store.forms.declaration import load_form
from store.forms.tidy import folded
from store.models.base import Table, database
from store.models.cards import Affiliation, Card, ContactPoint, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.papers import Paper
from store.models.relations import ClubMember, DistinctPair, Inspection, Referral, Relationship
from store.models.sharing import Loan, Remark
from store.models.todos import Todo
from store.records.merging import BOTH, DROP, KEEP
from store.records.relations import inverse

if TYPE_CHECKING:
    from store.recorder import Recorder

Column = tuple[type[Table], str]
"""A table, and the column in which it names a card."""


@dataclass
class Moving:
    """A card whose records go to another card."""

    change: "Recorder"
    keep: rows.Row
    """The card that stays, as it is stored."""
    drop: rows.Row
    work: str = KEEP
    """Whose employer is the main one from now on, where both have one."""

    @property
    def to(self) -> int:
        """The id of the card that stays."""
        return int(self.keep["id"])

    @property
    def gone(self) -> int:
        """The id of the card that goes."""
        return int(self.drop["id"])

    def of(self, table: type[Table], column: str = "card_id") -> list[rows.Row]:
        """The records that name the card that goes."""
        return rows.children(table, column, [self.gone]).get(self.gone, [])

    def kept(self, table: type[Table], column: str = "card_id") -> list[rows.Row]:
        """The records that name the card that stays."""
        return rows.children(table, column, [self.to]).get(self.to, [])

    def set(self, table: type[Table], row: rows.Row, **columns: Any) -> None:
        """Set columns of a record."""
        self.change.restore(table, row, columns)
        row.update(columns)

    def delete(self, table: type[Table], row: rows.Row) -> None:
        """Take a record away, which says nothing that another one does not say."""
        self.change.delete_many(table, [row])

    def fill(self, table: type[Table], row: rows.Row, other: rows.Row) -> None:
        """Let a record say what it does not say and another one does; notes of both are kept."""
        said: dict[str, Any] = {}
        for column, value in other.items():
            present = row.get(column)
            if column in _OWN or value in (None, "") or present == value:
                continue
            if present in (None, "", "{}", "[]"):
                said[column] = value
            elif column in _NOTES and str(value) not in str(present):
                said[column] = f"{present}\n{value}"
        if said:
            self.set(table, row, **said)


_OWN = frozenset(
    {
        *("id", "version", "position", "main", "card_id", "other_id", "person_id"),
        *("organisation_id", "referrer_id", "club_id", "created_at", "created_by_id"),
        *("updated_at", "family_member_id"),
    }
)
"""Columns that tell which record it is, and not what it says."""

_NOTES = frozenset({"note", "reason", "result"})


def plainly(table: type[Table], column: str) -> Callable[[Moving], int]:
    """Moves records that stand for themselves."""

    def move(moving: Moving) -> int:
        found = moving.of(table, column)
        for row in found:
            moving.set(table, row, **{column: moving.to})
        return len(found)

    return move


def talks(moving: Moving) -> int:
    """Talks, and those in which the card took part; in none it takes part twice."""
    found = moving.of(Interaction)
    there = {row["interaction_id"] for row in moving.kept(InteractionCard)}
    for talk in found:
        for link in rows.children(InteractionCard, "interaction_id", [talk["id"]]).get(
            talk["id"], []
        ):
            if link["card_id"] in (moving.to, moving.gone):
                moving.delete(InteractionCard, link)
        moving.set(Interaction, talk, card_id=moving.to)
    further = moving.of(InteractionCard)
    heads = rows.fetch(Interaction, [link["interaction_id"] for link in further])
    for link in further:
        talk_id = link["interaction_id"]
        if talk_id in there or heads[talk_id]["card_id"] == moving.to:
            moving.delete(InteractionCard, link)
        else:
            there.add(talk_id)
            moving.set(InteractionCard, link, card_id=moving.to)
    moving.change.interactions.update(heads)
    return len(found) + len(further)


def family(moving: Moving) -> int:
    """The family, with its birthdays; who stands on both cards is one."""
    found = moving.of(FamilyMember)
    present = moving.kept(FamilyMember)
    births = rows.children(Occasion, "family_member_id", [row["id"] for row in (*found, *present)])
    last = max((row["position"] for row in present), default=-1)
    for row in found:
        own = births.get(row["id"], [])
        known = next((each for each in present if _same_relative(each, row)), None)
        if known is None:
            last += 1
            moving.set(FamilyMember, row, card_id=moving.to, position=last)
            for birth in own:
                moving.set(Occasion, birth, card_id=moving.to)
            continue
        moving.fill(FamilyMember, known, row)
        theirs = births.setdefault(known["id"], [])
        for birth in own:
            if any(_same_day(each, birth) for each in theirs):
                moving.delete(Occasion, birth)
            else:
                moving.set(Occasion, birth, card_id=moving.to, family_member_id=known["id"])
                theirs.append(birth)
        moving.delete(FamilyMember, row)
    return len(found)


def _same_relative(one: rows.Row, other: rows.Row) -> bool:
    """Whether two rows are one person: the same name, and nothing that speaks against it."""
    if folded(one["name"]) != folded(other["name"]):
        return False
    if not one["name"] and one["relation"] != other["relation"]:
        return False
    columns = ("relation", "employer", "job", "phone", "education", "interests")
    return not any(
        one[column] and other[column] and one[column] != other[column] for column in columns
    )


def _same_day(one: rows.Row, other: rows.Row) -> bool:
    columns = ("kind", "calendar", "year", "month", "day", "leap")
    return all(one[column] == other[column] for column in columns)


def undeclared(table: type[Table]) -> Callable[[Moving], int]:
    """Moves phones and dates of kinds that the form declares no more.

    The others are values of the card: the merged card has those that were chosen, and the card in
    the trash keeps its own.
    """

    def move(moving: Moving) -> int:
        form = load_form(moving.keep["kind"])
        wild = [
            row
            for row in moving.of(table)
            if row.get("family_member_id") is None
            and row["kind"] not in form
            and not (table is Occasion and row["kind"] == "birth")
        ]
        for row in wild:
            moving.set(table, row, card_id=moving.to)
        return 0

    return move


def employments(moving: Moving) -> int:
    """Where a person works and worked: the employer that was not chosen becomes history."""
    found = moving.of(Affiliation, "person_id")
    present = moving.kept(Affiliation, "person_id")
    main, other = _main(present), _main(found)
    today = moving.change.desk.store.clock.today().isoformat()
    for row in found:
        is_current = row["until"] is None
        known = next(
            (
                each
                for each in present
                if each["organisation_id"] == row["organisation_id"]
                and (each["until"] == row["until"])
                and (is_current or _fits(each["since"], row["since"]))
            ),
            None,
        )
        above = row["reports_to_id"]
        above = None if above in (moving.to, moving.gone) else above
        if known is not None:
            moving.fill(Affiliation, known, {**row, "reports_to_id": above})
            moving.delete(Affiliation, row)
            continue
        columns: dict[str, Any] = {"person_id": moving.to, "reports_to_id": above}
        if main is not None and other is not None and row["id"] == other["id"]:
            if moving.work == DROP:
                moving.set(Affiliation, main, until=today, main=False)
            else:
                columns["main"] = False
                if moving.work != BOTH:
                    columns["until"] = today
        elif main is not None or (other is not None and row["id"] != other["id"]):
            columns["main"] = False
        elif other is not None and moving.work == KEEP:  # that he works there was not chosen
            columns.update(main=False, until=today)
        moving.set(Affiliation, row, **columns)
    return 0


def _main(affiliations: Iterable[rows.Row]) -> rows.Row | None:
    """The one of several that a card shows, as `store.card_values.main_affiliations`."""
    now = [row for row in affiliations if row["until"] is None]
    return min(now, key=lambda row: (not row["main"], row["id"]), default=None)


def _fits(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def people(moving: Moving) -> int:
    """The people at an organisation; who is there already is not entered twice."""
    found = moving.of(Affiliation, "organisation_id")
    there = moving.kept(Affiliation, "organisation_id")
    present = {row["person_id"]: row for row in there if row["until"] is None}
    last = max((row["position"] for row in there), default=-1)
    for row in found:
        known = present.get(row["person_id"]) if row["until"] is None else None
        if known is None:
            last += 1
            moving.set(Affiliation, row, organisation_id=moving.to, position=last)
            continue
        moving.fill(Affiliation, known, row)
        if row["main"] and not known["main"]:
            moving.set(Affiliation, known, main=True)
        moving.delete(Affiliation, row)
    return len(found)


def superiors(moving: Moving) -> int:
    """Who reports to the card; to himself nobody."""
    found = moving.of(Affiliation, "reports_to_id")
    for row in found:
        is_own = row["person_id"] == moving.to
        moving.set(Affiliation, row, reports_to_id=None if is_own else moving.to)
    return 0


def referrers(moving: Moving) -> int:
    """Cards of those whom the card introduced; nobody introduces himself."""
    found = moving.of(Card, "referrer_card_id")
    for row in found:
        is_own = row["id"] == moving.to
        moving.set(Card, row, referrer_card_id=None if is_own else moving.to)
    return len(found)


def relationships(moving: Moving) -> int:
    """Relationships at both ends: none of a card with itself, none twice."""
    count = 0
    for column in ("card_id", "other_id"):
        for row in moving.of(Relationship, column):
            count += 1
            ends = {"card_id": row["card_id"], "other_id": row["other_id"], column: moving.to}
            if ends["card_id"] == ends["other_id"]:
                moving.delete(Relationship, row)
                continue
            known = _relationship(row["id"], ends["card_id"], ends["other_id"], row["kind"])
            if known is None or _speaks_apart(row, known, ends["card_id"]):
                moving.set(Relationship, row, **{column: moving.to})
            else:
                if (row["strength"] or 0) > (known["strength"] or 0):
                    moving.set(Relationship, known, strength=row["strength"])
                moving.fill(Relationship, known, row)
                moving.delete(Relationship, row)
    return count


def _speaks_apart(row: rows.Row, known: rows.Row, card: int) -> bool:
    """Whether two records of one thing are written on two cards: a note stays with those who see
    the card that it stands on.
    """
    is_elsewhere = known["card_id"] != card
    return is_elsewhere and bool(row["note"]) and str(row["note"]) not in str(known["note"])


def _relationship(but: int, card: int, other: int, kind: str) -> rows.Row | None:
    """The record that says this already, from either end."""
    for one, another, said in ((card, other, kind), (other, card, inverse(kind))):
        for row in rows.children(Relationship, "card_id", [one]).get(one, []):
            if row["other_id"] == another and row["kind"] == said and row["id"] != but:
                return row
    return None


def referrals(moving: Moving) -> int:
    """Who brought the card, and whom it brought: nobody himself, each customer once."""
    count = 0
    for column in ("card_id", "referrer_id"):
        for row in moving.of(Referral, column):
            count += 1
            ends = {**row, column: moving.to}
            if ends["card_id"] == ends["referrer_id"]:
                moving.delete(Referral, row)
                continue
            several = rows.children(Referral, "card_id", [ends["card_id"]]).get(ends["card_id"], [])
            known = next(
                (
                    each
                    for each in several
                    if each["id"] != row["id"]
                    and each["referrer_id"] == ends["referrer_id"]
                    and each["referrer_name"] == ends["referrer_name"]
                ),
                None,
            )
            if known is None:
                moving.set(Referral, row, **{column: moving.to})
            else:
                moving.fill(Referral, known, row)
                moving.delete(Referral, row)
    return count


def clubs(moving: Moving) -> int:
    """Memberships in clubs: in each once, and who is in it still is in it."""
    found = moving.of(ClubMember)
    present = {row["club_id"]: row for row in moving.kept(ClubMember)}
    for row in found:
        known = present.get(row["club_id"])
        if known is None:
            moving.set(ClubMember, row, card_id=moving.to)
            present[row["club_id"]] = row
            continue
        if row["left_on"] is None and known["left_on"] is not None:
            moving.set(ClubMember, known, left_on=None)
        left = known["left_on"]
        moving.fill(ClubMember, known, {**row, "left_on": left})
        moving.delete(ClubMember, row)
    return len(found)


def apart(moving: Moving) -> int:
    """Cards that are not the same customer as this one are none as the other either."""
    for column, opposite in (("card_id", "other_id"), ("other_id", "card_id")):
        for row in moving.of(DistinctPair, column):
            far = row[opposite]
            first, second = sorted((far, moving.to))
            known = rows.children(DistinctPair, "card_id", [first]).get(first, [])
            if far == moving.to or any(each["other_id"] == second for each in known):
                moving.delete(DistinctPair, row)
            else:
                moving.set(DistinctPair, row, card_id=first, other_id=second)
    return 0


def loans(moving: Moving) -> int:
    """Loans; who was let into this card is not let into the other one by that.

    A request goes along and waits for whoever decides there; an access that runs has ended. Papers
    that are out stay out.
    """
    found = moving.of(Loan)
    waiting = {row["member_id"] for row in moving.kept(Loan) if row["status"] == "asked"}
    now = str(rows.stored(Loan, {"returned_at": moving.change.now})["returned_at"])
    for row in found:
        columns: dict[str, Any] = {"card_id": moving.to}
        if row["kind"] == "access" and row["status"] == "lent" and row["due_at"] > now:
            columns.update(status="recalled", returned_at=now)
        elif row["status"] == "asked" and row["member_id"] in waiting:
            columns.update(status="withdrawn", returned_at=now)
        moving.set(Loan, row, **columns)
    return len(found)


class Mover(NamedTuple):
    """Moves records of some tables."""

    table: type[Table]
    """What is counted."""
    columns: Sequence[Column]
    move: Callable[[Moving], int]
    """Gives how many records there were, where they are told."""
    told: bool = True
    """Whether people want to know how many there are."""


MOVERS: tuple[Mover, ...] = (
    Mover(Interaction, ((Interaction, "card_id"), (InteractionCard, "card_id")), talks),
    Mover(Todo, ((Todo, "card_id"),), plainly(Todo, "card_id")),
    Mover(Remark, ((Remark, "card_id"),), plainly(Remark, "card_id")),
    Mover(FamilyMember, ((FamilyMember, "card_id"), (Occasion, "card_id")), family),
    Mover(ContactPoint, ((ContactPoint, "card_id"),), undeclared(ContactPoint), False),
    Mover(Occasion, ((Occasion, "card_id"),), undeclared(Occasion), False),
    Mover(Affiliation, ((Affiliation, "person_id"),), employments, False),
    Mover(Affiliation, ((Affiliation, "organisation_id"),), people),
    Mover(Affiliation, ((Affiliation, "reports_to_id"),), superiors, False),
    Mover(Relationship, ((Relationship, "card_id"), (Relationship, "other_id")), relationships),
    Mover(Referral, ((Referral, "card_id"), (Referral, "referrer_id")), referrals),
    Mover(Card, ((Card, "referrer_card_id"),), referrers),
    Mover(Card, ((Card, "merged_into_id"),), plainly(Card, "merged_into_id"), False),
    Mover(ClubMember, ((ClubMember, "card_id"),), clubs),
    Mover(DistinctPair, ((DistinctPair, "card_id"), (DistinctPair, "other_id")), apart, False),
    Mover(Inspection, ((Inspection, "card_id"),), plainly(Inspection, "card_id")),
    Mover(Paper, ((Paper, "card_id"),), plainly(Paper, "card_id")),
    Mover(Loan, ((Loan, "card_id"),), loans),
)
"""All of them, in the order in which they run."""


def move_all(moving: Moving) -> dict[str, int]:
    """Move everything; gives how many records there were, by their table."""
    moved: Counter[str] = Counter()
    for mover in MOVERS:
        count = mover.move(moving)
        if count and mover.told:
            moved[mover.table._meta.table_name] += count
    return dict(moved)


def attached(card_id: int) -> dict[str, int]:
    """How many records would come along from a card, by the table that `move_all` names."""
    found: Counter[str] = Counter()
    for mover in MOVERS:
        for table, column in mover.columns if mover.told else ():
            if table is not Occasion:
                name = table._meta.table_name
                sql = f'SELECT count(*) FROM "{name}" WHERE {column} = ?'
                count = int(database.execute_sql(sql, [card_id]).fetchone()[0])
                if count:
                    found[mover.table._meta.table_name] += count
    return dict(found)
