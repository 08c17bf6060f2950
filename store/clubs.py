"""Clubs: named circles of customers, looked through by what each member brings."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from store import club_rows
from store.arguments import checks_arguments, in_reach, shortened
from store.changed_values import changed_since
from store.cleaning import clean_line, clean_text
from store.errors import Ambiguous, BadValue, NotFound
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.language import N_
from store.last_hands import last_hand
from store.models.relations import Club, ClubMember
from store.records.clubs import VERDICTS, ClubMemberRow, ClubRow, ClubValues
from store.rights import Right, require_entering
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

NO_NAME = N_("A club needs a name.")
NAME_TAKEN = N_("There is a club of this name already.")
NO_CLUB = N_("There is no club “{text}”.")
SEVERAL_CLUBS = N_("Several clubs fit “{text}”: be more exact, or use the number.")
NOT_IN_IT = N_("There is no such member in a club.")
LEFT_BEFORE = N_("He cannot leave before he joined.")
CHANGED_MEANWHILE = N_("{name} changed this club meanwhile.")

CLUB_MADE = N_("Club made")
CLUB_CHANGED = N_("Club changed")
CLUBS_TRASHED = N_("Clubs put in the trash")
CLUBS_RESTORED = N_("Clubs taken out of the trash")
MEMBERS_JOINED = N_("Customers put into a club")
MEMBERS_LEFT = N_("Customers left a club")
MEMBER_REVIEWED = N_("Club member looked through")


@explains_trouble
@checks_arguments
class Clubs:
    """The clubs that a member knows of: his own, and those with a customer whom he sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def all(self, trashed: bool = False) -> list[ClubRow]:
        """Every club that the member knows of, those that are due to be looked through first."""
        return club_rows.clubs(self.desk, trashed=trashed)

    def get(self, club_id: int) -> ClubRow:
        """One club.

        Raises:
            NotFound: the member knows of none.
        """
        for trashed in (False, True):
            found = club_rows.clubs(self.desk, trashed=trashed, club_id=club_id)
            if found:
                return found[0]
        raise NotFound(NO_CLUB, text=str(club_id))

    def resolve(self, text: str) -> ClubRow:
        """The club that a number or a part of a name means.

        Raises:
            Ambiguous: several fit; its candidates are lines to choose from.
            NotFound: none fits.
        """
        wanted = clean_line(text).strip()
        clubs = self.all()
        if wanted.isascii() and wanted.isdigit():
            found = [club for club in clubs if str(club.id) == wanted.lstrip("0")]
        else:
            found = [club for club in clubs if wanted and wanted in club.values.name]
        exact = [club for club in found if club.values.name == wanted]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if not found:
            raise NotFound(NO_CLUB, text=shortened(text))
        lines = [f"{club.id}  {club.values.name}" for club in found[:10]]
        raise Ambiguous(SEVERAL_CLUBS, lines, text=shortened(text))

    def make(self, values: ClubValues) -> ClubRow:
        """Make a club, which the member looks after.

        Raises:
            BadValue: it has no name, or one that another club has.
            NotAllowed: his role keeps no customers.
        """
        clean = checked(values)
        with self.desk.change(CLUB_MADE) as change:
            require_entering(self.desk.member)
            self._need_free_name(clean.name)
            club_id = change.insert(
                Club,
                {
                    "name": clean.name,
                    "purpose": clean.purpose,
                    "review_on": clean.review_on,
                    "owner_id": self.desk.member.id,
                },
            )
        return self.get(club_id)

    def _need_free_name(self, name: str, but: int = 0) -> None:
        """Make sure that no club that the member knows of has this name."""
        if any(club.values.name == name and club.id != but for club in self.all()):
            raise BadValue(NAME_TAKEN, field="name")

    def change(self, club_id: int, base: ClubValues, values: ClubValues) -> ClubRow:
        """Save what was changed on a club since it was opened.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotAllowed: it is not his to change.
            NotFound: the member knows of none.
        """
        clean = checked(values)
        with self.desk.change(CLUB_CHANGED) as change:
            present = self.get(club_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "club", club_id),
            )
            if "name" in changed:
                self._need_free_name(changed["name"], club_id)
            if changed:
                change.update(Club, club_id, changed)
        return self.get(club_id)

    def trash(self, ids: Sequence[int]) -> int:
        """Put clubs into the trash; gives how many went.

        Raises:
            NotAllowed: one of them is not his to change.
            NotFound: the member knows of no such club.
        """
        return self._set_trashed(ids, CLUBS_TRASHED, True)

    def restore(self, ids: Sequence[int]) -> int:
        """Take clubs out of the trash; gives how many came."""
        return self._set_trashed(ids, CLUBS_RESTORED, False)

    def _set_trashed(self, ids: Sequence[int], summary: str, trashed: bool) -> int:
        moved = 0
        with self.desk.change(summary) as change:
            for club_id in dict.fromkeys(ids):
                if self.get(club_id).trashed != trashed:
                    moment = change.now if trashed else None
                    moved += change.update(Club, club_id, {"trashed_at": moment})
        return moved

    def members(self, club_id: int, left: bool = False) -> list[ClubMemberRow]:
        """The customers in a club of whom the member sees something, who brings most first.

        Args:
            left: also those who left.

        Raises:
            NotFound: he knows of no such club.
        """
        self.get(club_id)
        return club_rows.members(self.desk, "link.club_id = ?", [club_id], left=left)

    def member(self, member_id: int) -> ClubMemberRow:
        """One customer in a club.

        Raises:
            NotFound: there is none of whom the member sees something.
        """
        found = club_rows.members(self.desk, "link.id = ?", [member_id], left=True)
        if not found:
            raise NotFound(NOT_IN_IT)
        return found[0]

    def of_card(self, card_id: int) -> list[ClubRow]:
        """The clubs that a customer is in.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        inside = {
            row.club_id for row in club_rows.members(self.desk, "link.card_id = ?", [card_id])
        }
        return [club for club in self.all() if club.id in inside]

    def join(self, club_id: int, card_ids: Sequence[int], on: date | None = None) -> int:
        """Put customers into a club; gives how many were not in it.

        Args:
            on: since when; today where it is not said.

        Raises:
            NotAllowed: neither the club is his, nor the customer.
            NotFound: he knows of no such club, or does not see one of the cards.
        """
        day = on or self.desk.store.clock.today()
        in_reach(day, "on")
        with self.desk.change(MEMBERS_JOINED) as change:
            self.get(club_id)
            for card_id in card_ids:
                self.desk.cards.check_visible(card_id)
            inside = {
                row.card.id for row in club_rows.members(self.desk, "link.club_id = ?", [club_id])
            }
            new = [card for card in dict.fromkeys(card_ids) if card not in inside]
            change.insert_many(
                ClubMember,
                [{"club_id": club_id, "card_id": card, "joined_on": day} for card in new],
            )
        return len(new)

    def leave(self, member_ids: Sequence[int], on: date | None = None) -> int:
        """Note that customers left a club; gives how many were still in it.

        Raises:
            BadValue: one of them joined later.
            NotAllowed: neither the club is his, nor the customer.
            NotFound: there is none of whom he sees something.
        """
        day = on or self.desk.store.clock.today()
        in_reach(day, "on")
        gone = 0
        with self.desk.change(MEMBERS_LEFT) as change:
            for member_id in dict.fromkeys(member_ids):
                row = self.member(member_id)
                if row.joined_on is not None and day < row.joined_on:
                    raise BadValue(LEFT_BEFORE, field="on")
                if row.left_on is None:
                    gone += change.update(ClubMember, member_id, {"left_on": day})
        return gone

    def review(
        self, member_id: int, verdict: Annotated[str, VERDICTS], reason: str = ""
    ) -> ClubMemberRow:
        """Say whether a customer is worth his place in a club, and why; `drop` ends nothing yet.

        Raises:
            NotAllowed: neither the club is his, nor the customer; or he has only the name, so that
                he would write over a verdict that he does not see.
            NotFound: there is none of whom he sees something.
        """
        said = short_enough(clean_text(reason), LONGEST_TEXT, "reason")
        with self.desk.change(MEMBER_REVIEWED) as change:
            row = self.member(member_id)
            if not row.card.whole:
                self.desk.require(Right.EDIT, [row.card.id])
            today = self.desk.store.clock.today()
            columns = {"verdict": verdict, "reason": said, "reviewed_on": today}
            change.update(ClubMember, member_id, columns)
        return self.member(member_id)


def checked(values: ClubValues) -> ClubValues:
    """The values as they are stored.

    Raises:
        BadValue: there is no name, a text is too long, or a day is far from here.
    """
    name = short_enough(clean_line(values.name or "").strip(), LONGEST_LINE, "name")
    if not name:
        raise BadValue(NO_NAME, field="name")
    if values.review_on is not None:
        in_reach(values.review_on, "review_on")
    purpose: Any = short_enough(clean_text(values.purpose or ""), LONGEST_TEXT, "purpose")
    return ClubValues(name, purpose, values.review_on)
