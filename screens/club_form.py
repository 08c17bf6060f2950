"""A club, and the verdict on one of its members."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from screens.form_screen import FormScreen
from store.forms.declaration import Form, Values, load_form
from store.language import N_, _
from store.records.clubs import ClubMemberRow, ClubRow, ClubValues

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk


class ClubForm(FormScreen[ClubRow]):
    """A new club, or one that is known."""

    HELP = N_(
        "A club needs a name and a reason to be. On the day set here it stands first in the list, "
        "and its members are looked through: keep or drop."
    )

    def __init__(self, desk: Background, club_id: int | None = None) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            club_id: which one to change; None for a new one.
        """
        super().__init__(desk, is_new=club_id is None)
        self.club = club_id

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"club:{'new' if self.club is None else self.club}"

    async def begin(self) -> Values:
        """Read the club."""
        return {} if self.club is None else await self.desk.read(self.present)

    def declared(self) -> Form:
        """Everything about a club."""
        return load_form("club")

    def heading(self) -> str:
        """Which one it is."""
        return _("New club") if self.club is None else str(self.base.get("name", "")) or _("Club")

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return None if self.club is None else ("club", self.club)

    def present(self, desk: Desk) -> Values:
        """The club as stored now."""
        assert self.club is not None
        values = desk.clubs.get(self.club).values
        said = {
            "name": values.name,
            "purpose": values.purpose,
            "review_on": values.review_on.isoformat() if values.review_on else None,
        }
        return {key: value for key, value in said.items() if value}

    def write(self, desk: Desk, base: Values, values: Values) -> ClubRow:
        """Make the club, or save what was changed of it."""
        if self.club is None:
            return desk.clubs.make(_said(values))
        return desk.clubs.change(self.club, _said(base), _said(values))


def _said(values: Values) -> ClubValues:
    day = values.get("review_on")
    return ClubValues(
        values.get("name") or "",
        values.get("purpose") or "",
        date.fromisoformat(day) if day else None,
    )


class VerdictForm(FormScreen[ClubMemberRow]):
    """Whether a member of a club is worth his place, and why."""

    HELP = N_(
        "Keep or drop, by what he brings and how that develops. To drop somebody is a verdict; "
        "that he left, x notes on the list."
    )

    def __init__(self, desk: Background, member_id: int) -> None:
        super().__init__(desk, is_new=False)
        self.member = member_id
        self.row: ClubMemberRow | None = None

    @property
    def draft_key(self) -> str:
        """Under which unsaved words are kept."""
        return f"club_member:{self.member}"

    async def begin(self) -> Values:
        """Read what was said of him before."""
        return await self.desk.read(self.present)

    def declared(self) -> Form:
        """The verdict and why."""
        return load_form("club_member")

    def heading(self) -> str:
        """Whom it is about."""
        return _("Keep or drop {name}").format(name=self.row.card.name if self.row else "")

    def record_edited(self) -> tuple[str, int] | None:
        """What is changed here."""
        return ("club_member", self.member)

    def present(self, desk: Desk) -> Values:
        """What is stored now."""
        self.row = desk.clubs.member(self.member)
        said = {"verdict": self.row.verdict, "reason": self.row.reason}
        return {key: value for key, value in said.items() if value}

    def write(self, desk: Desk, base: Values, values: Values) -> ClubMemberRow:
        """Save the verdict."""
        return desk.clubs.review(self.member, values.get("verdict") or "", values.get("reason", ""))
