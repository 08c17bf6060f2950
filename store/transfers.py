"""Handing cards from member to member (domain.md section 6, Transfer)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store import rows
from store.arguments import Limit, checks_arguments, shortened
from store.errors import BadValue, NotAllowed, NotFound
from store.language import N_
from store.records.transfers import Suggestion, Transfer, TransferEntry
from store.rights import NO_HANDING, Refused, Right, condition, members_below
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.team import MemberRecord

CARDS_HANDED = N_("Cards handed over")
BOX_HANDED = N_("All cards of a member handed over")

NO_CARDS = N_("Say which cards are handed over.")
NO_HOLDER = N_("{name} has a role that looks after no customers: choose somebody else.")
OTHER_DEPARTMENT = N_("{name} is in none of your departments: ask whoever stands above both.")
SAME_MEMBER = N_("These cards would stay with whom they are with.")
NO_LOGIN = N_("There is no member “{login}” here.")
NOT_YOUR_TRANSFERS = N_("You may look at your own transfers, and at those of your departments.")


@explains_trouble
@checks_arguments
class Transfers:
    """Cards that get another owner, and who could be that."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def hand(
        self,
        card_ids: Sequence[int],
        to_login: str,
        reason: str = "",
        *,
        with_people: bool = False,
    ) -> Transfer:
        """Give cards and everything that belongs to them to another member.

        The open to-dos of the old owner on these cards go along, and so does the next contact.
        Talks stay credited to who logged them. The old owner keeps no way into the cards.

        Args:
            with_people: of organisations, also the people who have the same owner.

        Raises:
            BadValue: no card is named, or the receiver looks after no customers.
            NotAllowed: the member may not give one of them away, or not to him.
            NotFound: a card or the receiver does not exist.
        """
        wanted = list(dict.fromkeys(card_ids))
        why = _reason(reason)
        if not wanted:
            raise BadValue(NO_CARDS, field="card_ids")
        from store.handing_over import hand_cards

        with self.desk.change(CARDS_HANDED) as change:
            self._check_seen(wanted)
            self.desk.require(Right.HAND, wanted)
            receiver = self._receiver(to_login)
            people = self._people(wanted) if with_people else []
            return hand_cards(change, [*wanted, *people], receiver, why, len(people))

    def hand_all(self, from_login: str, to_login: str, reason: str = "") -> Transfer:
        """Give everything that a member looks after to another: his cards, those in the trash
        among them, and all his open to-dos.

        Raises:
            BadValue: the receiver looks after no customers, or is the same member.
            NotAllowed: the member may not give these cards away, or not to him.
            NotFound: there is no such member.
        """
        why = _reason(reason)
        from store.handing_over import hand_box

        with self.desk.change(BOX_HANDED) as change:
            self._require_handing()
            giver = self._giver(from_login)
            receiver = self._receiver(to_login)
            if giver.id == receiver.id:
                raise BadValue(SAME_MEMBER, field="to_login")
            return hand_box(change, giver, receiver, why)

    def people(self, card_ids: Sequence[int]) -> list[int]:
        """The people whom `with_people` would hand over as well, by id; none where the cards are
        not the member's to give.
        """
        from store.rights import all_allowed

        wanted = list(dict.fromkeys(card_ids))
        if not wanted or not all_allowed(self.desk, Right.HAND, wanted):
            return []
        return self._people(wanted)

    def may_hand(self, card_ids: Sequence[int] = ()) -> bool:
        """Whether the member may give all of these cards away, and there is somebody to get them.

        Without cards: whether his role hands cards over at all.
        """
        from store.rights import all_allowed
        from store.suggesting import receivers

        if isinstance(condition(self.desk, Right.HAND), Refused):
            return False
        others = any(member.id != self.desk.member.id for member in receivers(self.desk))
        return others and all_allowed(self.desk, Right.HAND, list(dict.fromkeys(card_ids)))

    def suggest(self, card_ids: Sequence[int], limit: Limit = 20) -> list[Suggestion]:
        """Members who may get these cards, the fittest first: with customers in the same city or
        region, in the same industry, of the same department, with few key customers.

        Raises:
            NotAllowed: the cards are not the member's to give.
            NotFound: one of them does not exist.
        """
        from store.suggesting import receivers, suggestions

        wanted = list(dict.fromkeys(card_ids))
        self._check_seen(wanted)
        self._require_handing()
        self.desk.require(Right.HAND, wanted)
        return suggestions(receivers(self.desk), wanted, limit)

    def history(
        self, card_id: int | None = None, login: str | None = None, limit: Limit = 100
    ) -> list[TransferEntry]:
        """Past transfers, the newest first: of a card, of a member, or all that concern the
        member himself and those below him.

        Raises:
            NotAllowed: the other member is none of those below him.
            NotFound: there is no such card or member.
        """
        from store.transfer_history import of_card, of_members

        if card_id is not None:
            self.desk.cards.check_visible(card_id)
            return of_card(self.desk, card_id, limit)
        logins = self._logins_in_reach()
        if login is not None:
            member = self._member(login)
            if logins is not None and member.login not in logins:
                raise NotAllowed(NOT_YOUR_TRANSFERS)
            logins = [member.login]
        return of_members(self.desk, logins, limit)

    def _logins_in_reach(self) -> list[str] | None:
        """Those whose transfers the member may look at; None for everybody."""
        from store.models.team import Member
        from store.visibility import SEE_ALL

        if self.desk.member.role in SEE_ALL:
            return None
        below = members_below(self.desk.member) or {self.desk.member.id}
        return [row["login"] for row in rows.fetch(Member, below).values()]

    def _people(self, card_ids: Sequence[int]) -> list[int]:
        """People of organisations among these cards who are the member's to give as well."""
        from store.handing_over import people_with
        from store.rights import all_allowed

        found = people_with(card_ids)
        if all_allowed(self.desk, Right.HAND, found):
            return found
        return [person for person in found if all_allowed(self.desk, Right.HAND, [person])]

    def _check_seen(self, card_ids: Sequence[int]) -> None:
        """Make sure that the member sees these cards; those seen in part are not his to give."""
        for card_id in card_ids:
            try:
                self.desk.cards.check_visible(card_id)
            except NotFound:
                self.desk.cards.row(card_id)
                raise NotAllowed(NO_HANDING) from None

    def _require_handing(self) -> None:
        if isinstance(condition(self.desk, Right.HAND), Refused):
            raise NotAllowed(NO_HANDING)

    def _receiver(self, login: str) -> "MemberRecord":
        """The member who may get cards of this one."""
        from store.handing_over import HOLDING
        from store.members import member_named

        member = member_named(login)
        if member is None:
            raise NotFound(NO_LOGIN, login=shortened(login))
        if member.role not in HOLDING:
            raise BadValue(NO_HOLDER, field="to_login", name=member.name)
        if condition(self.desk, Right.HAND) is not None:
            below = members_below(self.desk.member)
            if below is not None and member.id not in below:
                raise NotAllowed(OTHER_DEPARTMENT, name=member.name)
        return member

    def _giver(self, login: str) -> "MemberRecord":
        """The member whose cards this one may give away, whether he still works here or not."""
        member = self._member(login)
        if condition(self.desk, Right.HAND) is not None:
            below = members_below(self.desk.member)
            if below is not None and member.id not in below:
                raise NotAllowed(OTHER_DEPARTMENT, name=member.name)
        return member

    @staticmethod
    def _member(login: str) -> "MemberRecord":
        from store.members import member_of_id
        from store.models.team import Member

        number = Member.select(Member.id).where(Member.login == login).scalar()
        member = member_of_id(number) if number is not None else None
        if member is None:
            raise NotFound(NO_LOGIN, login=shortened(login))
        return member


def _reason(text: str) -> str:
    from store.forms.tidy import one_line

    try:
        return one_line(text)
    except BadValue as error:
        error.field = "reason"
        raise
