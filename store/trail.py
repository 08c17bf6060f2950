"""Undo, redo and history, all read from the trail."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from store.arguments import Limit, checks_arguments
from store.changed_names import names_of
from store.deeds import ALONE, DEEDS, ERASE, GRADE
from store.errors import NotFound
from store.exchange.export_trail import exports
from store.exchange.origin import EXPORT
from store.history import history
from store.language import N_
from store.last_hands import last_hands
from store.models.trail import Change, ChangeSet
from store.records.trail import ExportEntry, HistoryEntry, Undone
from store.rights import members_below
from store.taking_back import take_back_all
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

NOTHING_TO_UNDO = N_("There is nothing to undo.")
ERASED_LAST = N_(
    "The last thing you did was to erase a card for good: that cannot be undone, and what was "
    "done before it stays."
)
NOTHING_TO_REDO = N_("There is nothing to redo.")


class _Overtaken(Exception):
    """What was to be taken back is taken back already."""


@explains_trouble
@checks_arguments
class Trail:
    """A member's view of what was changed, and the way back."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def undo(self) -> Undone:
        """Take back the member's last change set that still stands.

        Every field that still has its value goes back; what changed since is named and left.

        Raises:
            NotFound: the member has changed nothing, or all of it is undone, or what he did since
                is an erasure: whoever takes that back means nothing older.
        """
        overtaken: set[int] = set()
        while True:
            done = (entry for entry, reversals in self._standing(overtaken) if reversals % 2 == 0)
            entry = next(done, None)
            if entry is None:
                raise NotFound(NOTHING_TO_UNDO)
            self._need_no_erasure_since(entry)
            with suppress(_Overtaken):
                return self._take_back(entry, once=True)
            overtaken.add(entry.id)

    def _need_no_erasure_since(self, entry: ChangeSet) -> None:
        erasures = ChangeSet.select().where(
            (ChangeSet.member == self.desk.member.id)
            & (ChangeSet.origin == ERASE)
            & (ChangeSet.id > entry.id)
        )
        if erasures.exists():
            raise NotFound(ERASED_LAST)

    def redo(self) -> Undone:
        """Take back the member's last undo, as long as nothing new was changed after it.

        Raises:
            NotFound: there is no such undo.
        """
        overtaken: set[int] = set()
        while True:
            newest = ((entry, n % 2) for entry, n in self._standing(overtaken) if n == 0 or n % 2)
            entry, was_undone = next(newest, (None, 0))
            if entry is None or not was_undone:
                raise NotFound(NOTHING_TO_REDO)
            with suppress(_Overtaken):
                return self._take_back(entry, once=True)
            overtaken.add(entry.id)

    def _standing(self, overtaken: Collection[int]) -> Iterator[tuple[ChangeSet, int]]:
        """The member's change sets that nothing took back, the newest first.

        With each the number of reversals in it: 0 a change, 1 its undo, 2 that undo's redo.

        Args:
            overtaken: what somebody took back who stands above him; it is passed by.
        """
        taken_back: set[int] = set()
        mine = ChangeSet.member == self.desk.member.id
        # An export, a login or a refusal took nothing from the box that could be put back.
        own = ChangeSet.select().where(
            mine & ~ChangeSet.origin.startswith(EXPORT) & ChangeSet.origin.not_in((*ALONE, GRADE))
        )
        for entry in own.order_by(ChangeSet.id.desc()).iterator():
            if entry.id in taken_back:
                continue
            if entry.undoes_id is not None:
                taken_back.add(entry.undoes_id)
            if entry.id not in overtaken and not self._erased(entry):
                yield entry, self._reversals(entry)

    @staticmethod
    def _erased(entry: ChangeSet) -> bool:
        """Whether an erasure blanked all that a change set changed: nothing can be taken back."""
        salts = Change.select(Change.salt).where(Change.change_set == entry.id)
        return salts.exists() and not salts.where(Change.salt != "").exists()

    @staticmethod
    def _reversals(entry: ChangeSet) -> int:
        count = 0
        target = entry.undoes_id
        while target is not None:
            count += 1
            target = ChangeSet.select(ChangeSet.undoes).where(ChangeSet.id == target).scalar()
        return count

    def revert(self, change_set: int) -> Undone:
        """Undo one change set by a new one.

        Raises:
            NotAllowed: nobody could set up the team any more.
            NotFound: there is no such change set of the member's, or of those below him.
        """
        head = ChangeSet.get_or_none(ChangeSet.id == change_set)
        below = members_below(self.desk.member)
        if head is None or (below is not None and head.member_id not in below):
            raise NotFound(NOTHING_TO_UNDO)
        if head.origin.startswith(EXPORT) or head.origin in (*ALONE, GRADE):
            raise NotFound(NOTHING_TO_UNDO)
        return self._take_back(head)

    def _take_back(self, head: ChangeSet, once: bool = False) -> Undone:
        """Undo a change set by a new one, in a transaction of its own.

        Within another one each of thousands of changes would wait for all before it: SQLite looks
        through the pages that the outer one may have to put back.

        Args:
            once: not if somebody else, who is the same member elsewhere, was faster.

        Raises:
            _Overtaken: he was.
        """
        from store.deeds import MERGE
        from store.merge_writing import may_take_back, merge_of

        left: list[str] = []
        reverted = 0
        merge = merge_of(head)
        trusted = merge is not None and may_take_back(self.desk, *merge, head)
        with self.desk.change(
            head.summary, origin="undo", undoes=head.id, asked=trusted
        ) as recorder:
            if once and ChangeSet.select().where(ChangeSet.undoes == head.id).exists():
                raise _Overtaken
            changes = Change.select().where(
                (Change.change_set == head.id) & Change.table.not_in(DEEDS) & (Change.salt != "")
            )
            newest_first = list(changes.order_by(Change.id.desc()))
            about = names_of(self.desk, newest_first[::-1])
            for kept in take_back_all(self.desk, recorder, newest_first, trusted=trusted):
                left.extend(kept)
                reverted += not kept
            if merge is not None:
                recorder.note_deed(MERGE, {"undone": True}, *merge)
            if any(change.table == "member" for change in newest_first):
                from store.team_rules import somebody_in_charge

                somebody_in_charge()
        return Undone(head.summary, reverted, tuple(dict.fromkeys(left)), about)

    def history(self, card_id: int, limit: Limit = 100) -> list[HistoryEntry]:
        """What happened to a card, the newest first; see `store.history`."""
        return history(self.desk, card_id, limit)

    def last_hands(self, table: str, row: int, keys: Sequence[str]) -> dict[str, str]:
        """Who changed fields of a record last, by key; see `store.last_hands`."""
        return last_hands(self.desk, table, row, keys)

    def exports(self, limit: Limit = 100) -> list[ExportEntry]:
        """What went out as files, the newest first; see `store.exchange.export_trail`."""
        return exports(self.desk, limit)
