"""Undo, redo and history, all read from the trail."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from store import labels, rows
from store.errors import NotFound
from store.forms.declaration import load_form
from store.history import history
from store.language import N_
from store.models.tables import TRAILED
from store.models.trail import Change, ChangeSet
from store.recorder import Recorder, noted

from peewee import IntegrityError  # isort: skip
from store.records.trail import HistoryEntry, Undone

if TYPE_CHECKING:
    from store.desk import Desk

NOTHING_TO_UNDO = N_("There is nothing to undo.")
NOTHING_TO_REDO = N_("There is nothing to redo.")


class Trail:
    """A member's view of what was changed, and the way back."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def undo(self) -> Undone:
        """Take back the member's last change set that still stands.

        Every field that still has its value goes back; what changed since is named and left.

        Raises:
            NotFound: the member has changed nothing, or all of it is undone.
        """
        for entry, reversals in self._standing():
            if reversals % 2 == 0:
                return self.revert(entry.id)
        raise NotFound(NOTHING_TO_UNDO)

    def redo(self) -> Undone:
        """Take back the member's last undo, as long as nothing new was changed after it.

        Raises:
            NotFound: there is no such undo.
        """
        for entry, reversals in self._standing():
            if reversals == 0:
                break
            if reversals % 2:
                return self.revert(entry.id)
        raise NotFound(NOTHING_TO_REDO)

    def _standing(self) -> Iterator[tuple[ChangeSet, int]]:
        """The member's change sets that nothing took back, the newest first.

        With each the number of reversals in it: 0 a change, 1 its undo, 2 that undo's redo.
        """
        taken_back: set[int] = set()
        own = ChangeSet.select().where(ChangeSet.member == self.desk.member.id)
        for entry in own.order_by(ChangeSet.id.desc()).iterator():
            if entry.id in taken_back:
                continue
            if entry.undoes_id is not None:
                taken_back.add(entry.undoes_id)
            yield entry, self._reversals(entry)

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
            NotFound: there is no such change set.
        """
        head = ChangeSet.get_or_none(ChangeSet.id == change_set)
        if head is None:
            raise NotFound(NOTHING_TO_UNDO)
        changes = list(
            Change.select().where(Change.change_set == change_set).order_by(Change.id.desc())
        )
        left: list[str] = []
        reverted = 0
        with self.desk.change(head.summary, origin="undo", undoes=change_set) as recorder:
            for change in changes:
                kept = self._revert_one(recorder, change)
                left.extend(kept)
                reverted += not kept
        return Undone(head.summary, reverted, tuple(left))

    def _revert_one(self, recorder: Recorder, change: Change) -> list[str]:
        table = TRAILED[change.table]
        before: dict[str, Any] | None = json.loads(change.before) if change.before else None
        after: dict[str, Any] | None = json.loads(change.after) if change.after else None
        present = rows.fetch(table, [change.row]).get(change.row)
        if before is None and after is not None:
            return self._take_away(recorder, change, present, after)
        if after is None and before is not None:
            if present is None:
                recorder.put_back(table, before)
                return []
            return [_told(change, present)]
        if present is None or before is None or after is None:
            return [_told(change, present)]
        wide = rows.flat(table, present)
        back = {key: before.get(key) for key in after if wide.get(key) == after[key]}
        recorder.restore(table, present, back)
        return [_told(change, present, key) for key in after if key not in back]

    def _take_away(
        self, recorder: Recorder, change: Change, present: rows.Row | None, after: dict[str, Any]
    ) -> list[str]:
        """Undo a new record: away with it, or into the trash where others hold on to it."""
        table = TRAILED[change.table]
        if present is None:
            return []
        same = noted(table, present) == after
        if same and not self._held(change):
            try:
                with recorder.desk.store.savepoint():
                    recorder.delete(table, change.row)
            except IntegrityError:
                same = False
            else:
                return []
        if "trashed_at" in present and present["trashed_at"] is None:
            recorder.update(table, change.row, {"trashed_at": recorder.now})
            return []
        return [_told(change, present)]

    @staticmethod
    def _held(change: Change) -> bool:
        """Whether records made later stand on this card."""
        if change.table != "card":
            return False
        from store.models.cards import Affiliation, ContactPoint, FamilyMember, Occasion

        children = (
            ContactPoint.select().where(ContactPoint.card == change.row),
            Occasion.select().where(Occasion.card == change.row),
            FamilyMember.select().where(FamilyMember.card == change.row),
            Affiliation.select().where(
                (Affiliation.person == change.row) | (Affiliation.organisation == change.row)
            ),
        )
        return any(child.exists() for child in children)

    def history(self, card_id: int, limit: int = 100) -> list[HistoryEntry]:
        """What happened to a card, the newest first; see `store.history`."""
        return history(self.desk, card_id, limit)


def _told(change: Change, present: rows.Row | None, key: str = "") -> str:
    """What an undo left as it is, in words: the card's field, or the kind of record."""
    title = labels.table(change.table)
    if change.table != "card" or present is None:
        return title
    name = str(present["name"])
    form = load_form(present["kind"])
    plain = key.removeprefix("profile.")
    return f"{name}: {form.field(plain).title if plain in form else title}"
