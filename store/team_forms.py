"""The team's own forms: which declaration is in force, and another one put into its place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.arguments import checks_arguments, shortened
from store.cleaning import clean_line
from store.forms.followed import FORMS_KEY
from store.language import N_
from store.models.base import database
from store.records.forms import FormsChange, TeamText
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.database import Store
    from store.desk import Desk

CHANGED = N_("The team's forms changed")

STORED = "SELECT id, value FROM setting WHERE member_id IS NULL AND key = ?"

USED = (
    "SELECT change_set.at, member.name FROM change "
    "JOIN change_set ON change_set.id = change.change_set_id "
    "JOIN member ON member.id = change_set.member_id "
    'WHERE change."table" = ? AND change.row = ? AND change.before = ? '
    "ORDER BY change.id DESC LIMIT 1"
)
"""When a record was written, and who did it."""

Progress = Callable[[int, int], None]
"""Told how many cards are done, and of how many."""


def in_force() -> tuple[int, str]:
    """The id of what the box keeps, 0 for nothing, and what it is, "" for nothing."""
    found = database.execute_sql(STORED, [FORMS_KEY]).fetchone()
    return (int(found[0]), str(found[1])) if found is not None else (0, "")


@explains_trouble
@checks_arguments
class TeamForms:
    """What the team says of the forms of its cards."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def current(self) -> TeamText:
        """The declaration that is in force; an empty one where the forms are the program's."""
        import json

        number, kept = in_force()
        text = str(json.loads(kept)["text"]) if kept else ""
        if not text:
            return TeamText("")
        row = database.execute_sql(USED, ["setting", number, ""]).fetchone()
        if row is None:
            return TeamText(text)
        from datetime import UTC, datetime

        at = datetime.fromisoformat(row[0]).replace(tzinfo=UTC)
        return TeamText(text, at, row[1])

    def check(self, text: str, file: str = "forms.toml") -> FormsChange:
        """What a declaration would change; nothing is written.

        Args:
            text: the whole of a team's file.
            file: what it is called, for sentences.

        Raises:
            BadInput: it is wrong; the sentence names the line and the reason.
        """
        return _change_to(_kept_for(text, shortened(clean_line(file))))

    def use(
        self, text: str, file: str = "forms.toml", progress: Progress | None = None
    ) -> FormsChange:
        """Put a declaration in force for everybody in the box; gives what it changed.

        Cards keep all that they hold. Completeness and search are worked out anew afterwards.

        Args:
            text: the whole of a team's file.
            file: what it is called, for sentences.
            progress: told how far that is.

        Raises:
            BadInput: it is wrong; nothing was changed.
            NotAllowed: the member does not set up the team.
        """
        from store.rights import require_team

        require_team(self.desk)
        return self._put(_kept_for(text, shortened(clean_line(file))), progress)

    def reset(self, progress: Progress | None = None) -> FormsChange:
        """Go back to the forms of the program; gives what that changed.

        Raises:
            NotAllowed: the member does not set up the team.
        """
        from store.forms.team_forms import kept_after
        from store.rights import require_team

        require_team(self.desk)
        return self._put(kept_after(in_force()[1], "", {}), progress)

    def _put(self, kept: str, progress: Progress | None) -> FormsChange:
        import json

        from store.models.team import Setting

        change = _change_to(kept)
        number, before = in_force()
        if kept != before:
            with self.desk.change(CHANGED) as recorder:
                # Never the same record with another text: by its id a session knows it.
                if number:
                    recorder.delete(Setting, number)
                if kept:
                    value = json.loads(kept)
                    recorder.insert(Setting, {"member_id": None, "key": FORMS_KEY, "value": value})
                recorder.forms_progress = progress
        return change


def _kept_for(text: str, file: str) -> str:
    from store.forms.team_forms import kept_after, read_text

    tables, _team = read_text(text, file)
    return kept_after(in_force()[1], text, tables)


def _change_to(kept: str) -> FormsChange:
    from store.forms.declaration import shipped_form
    from store.forms.differences import differences
    from store.forms.reading import CARD_KINDS
    from store.forms.team_forms import with_team

    before = in_force()[1]
    found = [
        differences(with_team(form, before), with_team(form, kept))
        for form in map(shipped_form, CARD_KINDS)
    ]
    return FormsChange(
        *(
            tuple(dict.fromkeys(told for one in found for told in getattr(one, name)))
            for name in ("added", "changed", "gone")
        )
    )


def work_out(store: "Store", progress: Progress | None = None) -> None:
    """Work out completeness, facts and search of every card anew, a few hundred at a time.

    Between them others can write: what they change goes by the new forms already.
    """
    from store import rows
    from store.derived import CHUNK, refresh_cards
    from store.models.cards import Card

    ids = [card for (card,) in rows.tuples(Card.select(Card.id).order_by(Card.id))]
    for start in range(0, len(ids), CHUNK):
        with store.transaction():
            refresh_cards(ids[start : start + CHUNK], store.clock)
        if progress is not None:
            progress(min(start + CHUNK, len(ids)), len(ids))
