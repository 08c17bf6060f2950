"""Words that were typed and not saved yet, kept for when the program or the line dies."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.arguments import NOT_FITTING, checks_arguments
from store.cleaning import without_halves
from store.draft_file import INSERT, DraftFile, drafts_beside
from store.errors import BadValue, StorageTrouble
from store.records.drafts import Draft

if TYPE_CHECKING:
    from store.desk import Desk


SAVED = "drafts.saved"
"""The setting that says which drafts were saved last, and when their words were kept."""

NOTED = 20
"""So many saved drafts are noted; each is dropped within the second in which it is saved."""


@checks_arguments
class Drafts:
    """The member's drafts; they are no part of the box, its trail or its backups.

    May be used from any thread; all methods raise `StorageTrouble` when the disk refuses, which
    an editor shows and goes on.
    """

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._file = DraftFile(drafts_beside(desk.store.path))

    @property
    def _whose(self) -> str:
        """What the member's drafts go by: not his login, which may change and be another's then."""
        return f"#{self.desk.member.id}"

    def keep(self, key: str, content: dict[str, Any]) -> None:
        """Keep what an editor holds now, in place of what it held before.

        Args:
            key: names the editor, see `Draft`.
            content: JSON values.

        Raises:
            BadValue: there is something else in it.
        """
        try:
            words = without_halves(json.dumps(content, ensure_ascii=False))
        except (TypeError, ValueError, RecursionError) as error:
            raise BadValue(NOT_FITTING, field="content") from error
        self._file.write(
            INSERT,
            (
                self._whose,
                key,
                words,
                self.desk.store.clock.now().isoformat(),
            ),
        )

    def get(self, key: str) -> Draft | None:
        """The draft of an editor, None where nothing was left unsaved.

        What was typed on a card that was merged into this one since is taken over.
        """
        found = self._select("AND key = ?", key)
        if not found and self._take_over(key):
            found = self._select("AND key = ?", key)
        return found[0] if found else None

    def _take_over(self, key: str) -> bool:
        """Let a draft of a merged card go by the number of the card that stayed."""
        from store.forms.links import card_number

        editor, _colon, number = key.rpartition(":")
        if card_number(number) != number:
            return False
        others = {
            other.rpartition(":")[2]: other
            for other, _content, _kept_at in self._rows("AND key LIKE ?", f"{editor}:%")
            if other.rpartition(":")[0] == editor
        }
        if not others:
            return False
        from store.merged_numbers import numbers_leading_to

        for merged in numbers_leading_to(number):
            if merged in others:
                sql = "UPDATE OR IGNORE draft SET key = ? WHERE member = ? AND key = ?"
                self._file.write(sql, (key, self._whose, others[merged]))
                return True
        return False

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved, or given up."""
        if self._file.path.exists():
            self._file.write("DELETE FROM draft WHERE member = ? AND key = ?", (self._whose, key))

    @contextmanager
    def saved(self, keys: Sequence[str]) -> Iterator[None]:
        """What is written to the box within saves the words of these drafts, and they go.

        That they are saved is noted in the transaction that saves them: where the program dies
        before they are dropped, they are not offered again, and nothing is saved twice.

        Raises:
            StorageTrouble: nothing was saved, and the drafts stay.
        """
        with self.desk.store.transaction():
            yield
            self._note_saved(keys)
        # What is saved is saved, whatever becomes of the side file.
        with suppress(StorageTrouble):
            for key in keys:
                self.drop(key)

    def _note_saved(self, keys: Sequence[str]) -> None:
        with suppress(StorageTrouble):
            kept = {key: row[2] for key in keys for row in self._rows("AND key = ?", key)}
            if kept:
                newest = list({**self._saved(), **kept}.items())[-NOTED:]
                self.desk.settings.set(SAVED, dict(newest))

    def _saved(self) -> dict[str, str]:
        """When the drafts were kept that were saved last, by key."""
        noted = self.desk.settings.get(SAVED)
        return noted if isinstance(noted, dict) else {}

    def all(self) -> list[Draft]:
        """Every draft of the member, the newest first."""
        return self._select("")

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        self._file.close()

    def _select(self, condition: str, *parameters: str) -> list[Draft]:
        rows = self._rows(condition, *parameters)
        saved = self._saved() if rows else {}
        waiting = (_draft(*row) for row in rows if saved.get(row[0]) != row[2])
        return [draft for draft in waiting if draft is not None]

    def _rows(self, condition: str, *parameters: str) -> list[tuple[str, str, str]]:
        """Key, content and moment of drafts of the member, the newest first."""
        found = self._file.ask(
            f"SELECT key, content, kept_at FROM draft WHERE member = ? {condition} "
            "ORDER BY kept_at DESC, key",
            (self._whose, *parameters),
        )
        return [(key, content, kept_at) for key, content, kept_at in found]


def _draft(key: str, content: str, kept_at: str) -> Draft | None:
    """The draft of a row; None for one whose bytes the disk has garbled."""
    try:
        words = json.loads(content)
        moment = datetime.fromisoformat(kept_at)
    except ValueError:
        return None
    return Draft(key, words, moment) if isinstance(words, dict) else None
