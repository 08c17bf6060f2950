"""Words that were typed and not saved yet, kept for when the program or the line dies."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.arguments import NOT_FITTING, checks_arguments
from store.cleaning import without_halves
from store.draft_file import INSERT, DraftFile, drafts_beside
from store.errors import BadValue
from store.records.drafts import Draft

if TYPE_CHECKING:
    from store.desk import Desk


@checks_arguments
class Drafts:
    """The member's drafts; they are no part of the box, its trail or its backups.

    May be used from any thread; all methods raise `StorageTrouble` when the disk refuses, which
    an editor shows and goes on.
    """

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self._file = DraftFile(drafts_beside(desk.store.path))

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
                self.desk.member.login,
                key,
                words,
                self.desk.store.clock.now().isoformat(),
            ),
        )

    def get(self, key: str) -> Draft | None:
        """The draft of an editor, None where nothing was left unsaved."""
        found = self._select("AND key = ?", key)
        return found[0] if found else None

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved, or given up."""
        if self._file.path.exists():
            self._file.write(
                "DELETE FROM draft WHERE member = ? AND key = ?", (self.desk.member.login, key)
            )

    def all(self) -> list[Draft]:
        """Every draft of the member, the newest first."""
        return self._select("")

    def close(self) -> None:
        """Close the file; a later call opens it again."""
        self._file.close()

    def _select(self, condition: str, *parameters: str) -> list[Draft]:
        rows = self._file.ask(
            f"SELECT key, content, kept_at FROM draft WHERE member = ? {condition} "
            "ORDER BY kept_at DESC, key",
            (self.desk.member.login, *parameters),
        )
        return [draft for draft in (_draft(*row) for row in rows) if draft is not None]


def _draft(key: str, content: str, kept_at: str) -> Draft | None:
    """The draft of a row; None for one whose bytes the disk has garbled."""
    try:
        words = json.loads(content)
        moment = datetime.fromisoformat(kept_at)
    except ValueError:
        return None
    return Draft(key, words, moment) if isinstance(words, dict) else None
