"""The audit: every entry of the trail that a member may see, with what he may see of it."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from store import audit_search, rows
from store.arguments import Limit, Place, checks_arguments, in_reach, shortened
from store.audit_scope import Eyes, Sight, scope
from store.audit_words import Words, title
from store.deeds import ALONE, DEEDS, ERASE, MERGE, REOPEN, TRANSFER
from store.errors import BadValue, NotAllowed, NotFound
from store.exchange.origin import EXPORT
from store.history import is_redo, led_back, name_organisations
from store.language import N_, _
from store.models.base import database
from store.models.trail import Change
from store.records.audit import KINDS, AuditEntry, AuditQuery, AuditRecord, Erasure
from store.records.trail import RecordChange
from store.rights import may_manage_team
from store.standing import NO_CARD
from store.trouble import explains_trouble, storage_errors

if TYPE_CHECKING:
    from store.desk import Desk

FEW = 12
"""Records of an entry that a list has; an import has thousands."""

MANY = 1000
"""Records of an entry that is looked at whole."""

PAGE = 500
"""Entries that are read at a time where all of them are wanted."""

NO_KIND = N_("“{text}” is no kind of entry. What there is: {known}.")
NO_ENTRY = N_("There is no such entry.")
NO_MEMBER = N_("There is no member “{login}” here.")


@explains_trouble
@checks_arguments
class Audit:
    """Who did what, when and from where; see `store.audit_scope` for who sees how much of it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def entries(
        self, query: AuditQuery | None = None, offset: Place = 0, limit: Limit = 50
    ) -> list[AuditEntry]:
        """A page of the entries that answer a query, the newest first.

        Raises:
            BadValue: there is no such kind of entry.
        """
        wanted = _checked(query)
        return self._told(audit_search.heads(self.desk, wanted, offset, limit), FEW)

    def count(self, query: AuditQuery | None = None) -> int:
        """How many entries answer a query; no further than `audit_search.MOST_COUNTED`.

        Raises:
            BadValue: there is no such kind of entry.
        """
        return audit_search.count(self.desk, _checked(query))

    def entry(self, number: int) -> AuditEntry:
        """One entry with all its records, a thousand at most.

        Raises:
            NotFound: the member sees no such entry.
        """
        within = scope(self.desk)
        condition, parameters = ("1", []) if within is None else within
        sql = (
            f"SELECT {audit_search.HEAD} FROM change_set AS head WHERE head.id = ? AND {condition}"
        )
        found = database.execute_sql(sql, [number, *parameters]).fetchall()
        if not found:
            raise NotFound(NO_ENTRY)
        return self._told(found, MANY)[0]

    def every(self, query: AuditQuery | None = None) -> Iterator[AuditEntry]:
        """All entries that answer a query, the newest first, read a few hundred at a time.

        Raises:
            BadValue: there is no such kind of entry.
        """
        wanted = _checked(query)
        return self._every(wanted)

    def _every(self, query: AuditQuery) -> Iterator[AuditEntry]:
        before: int | None = None
        while True:
            with storage_errors():
                page = audit_search.heads(self.desk, query, 0, PAGE, before)
                told = self._told(page, MANY)
            if not told:
                return
            yield from told
            before = told[-1].id

    def card(self, text: str) -> int:
        """The id of the card that a number or a text means, for `AuditQuery.card`.

        Of cards that the member does not see, and of those that are gone, the number alone leads
        to the entries that he sees.

        Raises:
            Ambiguous: several cards fit.
            NotFound: none does.
        """
        text = text.strip()
        number = text.upper()
        sql = "SELECT id FROM card WHERE number = ?"
        found = database.execute_sql(sql, [number]).fetchone()
        card_id = found[0] if found else _erased_numbers().get(number)
        if card_id is not None and audit_search.heads(self.desk, AuditQuery(card=card_id), 0, 1):
            return int(card_id)
        if self.desk.member.role == "administrator":
            raise NotFound(NO_CARD, text=shortened(text))
        return self.desk.cards.resolve(text).id

    def to_erase(self, number: str) -> int:
        """The id of a card by its number, for whoever may erase it without seeing it.

        Raises:
            NotAllowed: the member may not erase cards.
            NotFound: there is no such number.
        """
        from store.erasure import NO_ERASING

        number = number.strip().upper()
        found = database.execute_sql("SELECT id FROM card WHERE number = ?", [number]).fetchone()
        if not may_manage_team(self.desk):
            raise NotAllowed(NO_ERASING).about(found or ())
        if found is None:
            raise NotFound(NO_CARD, text=shortened(number))
        return int(found[0])

    def erase(self, card_id: int, reason: str) -> Erasure:
        """Take a card away for good, with everything on it and what the trail says of it.

        For a customer's demand by law; see `store.erasure` for what becomes of what. It cannot
        be undone. Copies of the box from before still hold the card.

        Args:
            card_id: the card; the member need not see it.
            reason: what the trail says of why.

        Raises:
            BadValue: there is no reason.
            NotAllowed: the member is no administrator, nor the director where there is none.
            NotFound: there is no such card.
        """
        from store.erasure import erase

        return erase(self.desk, card_id, reason)

    def check_member(self, login: str) -> str:
        """A member's login as it is written in the box, for `AuditQuery.member`.

        Raises:
            NotFound: nobody has it.
        """
        sql = "SELECT login FROM member WHERE login = ? OR name = ? ORDER BY login = ? DESC"
        found = database.execute_sql(sql, [login, login, login]).fetchone()
        if found is None:
            raise NotFound(NO_MEMBER, login=shortened(login))
        return str(found[0])

    def _told(self, heads: Sequence[tuple[Any, ...]], most: int) -> list[AuditEntry]:
        """Change sets as the member may see them, each with so many records at most."""
        parts = {head[0]: _changes(head[0], most) for head in heads}
        every = [change for part in parts.values() for change in part]
        words = Words(self.desk.store.clock)
        eyes = Eyes(self.desk, (change.card for change in every if change.card is not None))
        whole = led_back(every)
        name_organisations(self.desk, whole.values())
        told = Telling(eyes, words, whole)
        entries = []
        for number, at, member, origin, summary, place, undoes in heads:
            records = parts[number]
            login, name = words.members.get(member, ("", ""))
            left_out = _count(number) - len(records) if len(records) == most else 0
            kind = _kind(origin, undoes, records)
            undone = ""
            if kind == "undo":
                again = is_redo(origin, undoes)
                undone = " " + (_("(done again)") if again else _("(undone)"))
            entries.append(
                AuditEntry(
                    number,
                    datetime.fromisoformat(at).replace(tzinfo=UTC),
                    name,
                    login,
                    kind,
                    _(summary) + undone,
                    origin,
                    place,
                    tuple(told.record(change, member) for change in records),
                    left_out,
                )
            )
        return entries


class Telling:
    """Tells changes of some entries to whoever asks."""

    def __init__(self, eyes: Eyes, words: Words, whole: dict[int, RecordChange]) -> None:
        self._eyes = eyes
        self._words = words
        self._whole = whole
        self._erased = {card_id: number for number, card_id in _erased_numbers().items()}

    def record(self, change: Change, author: int) -> AuditRecord:
        """A change by a member, as far as it may be told."""
        card = self._eyes.cards.get(change.card or 0)
        kind = card.kind if card else "person"
        number = card.number if card else self._erased.get(change.card or 0, "")
        name = card.name if card else ""
        shown = title(change.table)
        if not change.salt:
            return AuditRecord(change.table, shown, number, name, change.card, erased=True)
        if change.table in DEEDS:
            said = json.loads(change.after)
            is_shown = card is not None and card.sight > Sight.NOTHING
            is_shown = is_shown or change.table in (ERASE, REOPEN)
            fields = self._words.said(said, kind, whole=is_shown)
            number = number or str(said.get("number", ""))
            return AuditRecord(change.table, shown, number, name, change.card, fields)
        sight = self._eyes.sight(change.table, change.card, author)
        whole = self._whole[change.id]
        if card is None and change.table == "card":
            some = whole.after or whole.before or {}
            kind = str(some.get("kind", kind))
            number = str(some.get("number", ""))
            name = str(some.get("name", "")) if sight else ""
        if sight is Sight.NOTHING:
            return AuditRecord(change.table, shown, number, "", change.card, hidden=True)
        fields = self._words.told(whole, kind, sight)
        return AuditRecord(change.table, shown, number, name, change.card, fields)


def _checked(query: AuditQuery | None) -> AuditQuery:
    wanted = query or AuditQuery()
    if wanted.kind and wanted.kind not in KINDS:
        raise BadValue(NO_KIND, field="kind", text=shortened(wanted.kind), known=", ".join(KINDS))
    for day, field in ((wanted.since, "since"), (wanted.until, "until")):
        if day is not None:
            in_reach(day, field)
    return wanted


def _changes(change_set: int, most: int) -> list[Change]:
    """The first changes of a change set."""
    query = Change.select().where(Change.change_set == change_set).order_by(Change.id)
    return list(query.limit(most))


def _count(change_set: int) -> int:
    sql = "SELECT count(*) FROM change WHERE change_set_id = ?"
    return int(database.execute_sql(sql, [change_set]).fetchone()[0])


def _kind(origin: str, undoes: int | None, changes: Sequence[Change]) -> str:
    """What an entry is."""
    if origin in ALONE:
        return origin
    if undoes is not None:
        return "undo"
    for beginning in (EXPORT, "import:"):
        if origin.startswith(beginning):
            return beginning.rstrip(":")
    deeds = {change.table for change in changes} & {MERGE, TRANSFER}
    return "merge" if MERGE in deeds else "transfer" if deeds else "change"


def _erased_numbers() -> dict[str, int]:
    """The ids of cards that were erased, by number."""
    erased = Change.select(Change.card, Change.after).where(Change.table == ERASE)
    return {
        str(json.loads(after)["number"]): card
        for card, after in rows.tuples(erased)
        if after and card is not None
    }
