"""Who brought whom: noted, told what became of it, thanked, and what came of it in the end."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from store import names_given, referral_keeping, referral_rows
from store.arguments import Limit, checks_arguments, in_reach
from store.changed_values import changed_since
from store.cleaning import clean_line, clean_text
from store.errors import BadValue, NotFound
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.introductions import dislikes_introductions
from store.language import N_
from store.last_hands import last_hand
from store.linked_cards import linked_card
from store.models.cards import Card
from store.models.relations import Referral
from store.records.cards import CardRecord
from store.records.referrals import (
    MEANS,
    Chain,
    GivenName,
    Giver,
    ReferralRow,
    ReferralValues,
)
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

NOBODY = N_("Say who brought him: a card, or a name.")
HIMSELF = N_("Nobody introduces himself: name somebody else.")
THERE_ALREADY = N_("This referrer is noted for this customer already: each counts once.")
NO_REFERRAL = N_("There is no referral {number}.")
NO_SUCH_MEANS = N_("“{means}” is no means of introducing somebody.")
CHANGED_MEANWHILE = N_("{name} changed this referral meanwhile.")

REFERRAL_NOTED = N_("Referral noted")
REFERRAL_CHANGED = N_("Referral changed")
REFERRAL_REMOVED = N_("Referral taken away")
REFERRERS_TOLD = N_("Referrers told what became of it")
REFERRERS_THANKED = N_("Referrers thanked")
NAME_ENTERED = N_("Card made of a name that was given")


@explains_trouble
@checks_arguments
class Referrals:
    """The referrals of the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def note(
        self,
        card_id: int,
        referrer_id: int | None = None,
        referrer_name: str = "",
        values: ReferralValues | None = None,
    ) -> ReferralRow:
        """Note who brought a customer; the card names him, where it names nobody yet.

        Args:
            referrer_id: the referrer's card, of which the member sees at least the name.
            referrer_name: his name, where he has no card.

        Raises:
            BadValue: nobody is named, or he is noted for this customer already.
            NotAllowed: the card is not the member's to change.
            NotFound: he does not see one of the cards.
        """
        clean = checked(values or ReferralValues())
        name = short_enough(clean_line(referrer_name), LONGEST_LINE, "referrer") or None
        with self.desk.change(REFERRAL_NOTED) as change:
            self.desk.cards.check_visible(card_id)
            if referrer_id is not None:
                linked_card(self.desk, referrer_id)
                name = None
            named = (referrer_id, name)
            if named == referral_keeping.NOBODY:
                raise BadValue(NOBODY, field="referrer")
            if referrer_id == card_id:
                raise BadValue(HIMSELF, field="referrer")
            if referral_rows.has(card_id, named):
                raise BadValue(THERE_ALREADY, field="referrer")
            row_id = change.insert(
                Referral,
                {
                    **_columns(clean),
                    "card_id": card_id,
                    "referrer_id": referrer_id,
                    "referrer_name": name,
                },
            )
            if referral_rows.named_on(card_id) == referral_keeping.NOBODY:
                _name(change, card_id, named)
        return self.get(row_id)

    def update(self, referral_id: int, base: ReferralValues, values: ReferralValues) -> ReferralRow:
        """Save what was changed on a referral since it was opened.

        Args:
            base: the values the editor opened with.
            values: the values now.

        Raises:
            BadValue: a value is wrong.
            Conflict: somebody else changed the same fields; nothing was saved.
            NotAllowed: the customer is not the member's to change; that the referrer was told and
                thanked, whoever may change the referrer's card notes as well.
            NotFound: there is none that he sees.
        """
        clean = checked(values)
        with self.desk.change(REFERRAL_CHANGED) as change:
            present = self.get(referral_id)
            changed = changed_since(
                base,
                clean,
                present.values,
                CHANGED_MEANWHILE,
                lambda: last_hand(self.desk, "referral", referral_id),
            )
            if changed:
                change.update(Referral, referral_id, changed)
        return self.get(referral_id)

    def remove(self, referral_id: int) -> None:
        """Take a referral away; the card names another referrer of its, or nobody.

        Raises:
            NotAllowed: the customer is not the member's to change.
            NotFound: there is none that he sees.
        """
        with self.desk.change(REFERRAL_REMOVED) as change:
            self.get(referral_id)
            row: Any = Referral.get_by_id(referral_id)
            change.delete(Referral, referral_id)
            if referral_rows.named_on(row.card_id) == (row.referrer_id, row.referrer_name):
                left = Referral.select().where(Referral.card == row.card_id)
                other = left.order_by(Referral.id).first()
                named = referral_keeping.NOBODY
                if other is not None:
                    named = (other.referrer_id, other.referrer_name)
                _name(change, row.card_id, named)

    def get(self, referral_id: int) -> ReferralRow:
        """One referral.

        Raises:
            NotFound: there is none of which the member sees the customer, or the referrer, whole.
        """
        rows = referral_rows.rows_where(self.desk, "referral.id = ?", [referral_id])
        if not rows:
            raise NotFound(NO_REFERRAL, number=referral_id)
        return rows[0]

    def several(self, ids: Sequence[int]) -> list[ReferralRow]:
        """Those of some referrals that the member sees, in their order."""
        chosen = list(ids)[: referral_rows.MOST]
        marks = ",".join("?" * len(chosen))
        return referral_rows.rows_where(self.desk, f"referral.id IN ({marks})", chosen)

    def of(self, card_id: int) -> list[ReferralRow]:
        """Who brought a card, and whom it brought.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return referral_rows.rows_where(
            self.desk, "(referral.card_id = ? OR referral.referrer_id = ?)", [card_id, card_id]
        )

    def to_thank(self, limit: Limit = 100) -> list[ReferralRow]:
        """Referrals of which the referrer was not told, or for which he was not thanked yet.

        Of the member's own cards and those below him; what has led to a sale comes first.
        """
        return referral_rows.waiting(self.desk, limit)

    def report(self, ids: Sequence[int], result: str = "", on: date | None = None) -> int:
        """Note that referrers were told what became of it; gives how many had not been.

        Args:
            result: what they were told; blank leaves what is noted.
            on: when; today where it is not said.

        Raises:
            NotAllowed: one of them is not the member's to note.
            NotFound: there is one that he does not see.
        """
        said = short_enough(clean_text(result), LONGEST_TEXT, "result")
        told = {"result": said} if said else {}
        return self._set(ids, REFERRERS_TOLD, "reported_on", on, told)

    def thank(self, ids: Sequence[int], on: date | None = None) -> int:
        """Note that referrers were thanked; gives how many had not been.

        Raises:
            NotAllowed: one of them is not the member's to note.
            NotFound: there is one that he does not see.
        """
        return self._set(ids, REFERRERS_THANKED, "thanked_on", on, {})

    def _set(
        self, ids: Sequence[int], summary: str, column: str, on: date | None, told: dict[str, str]
    ) -> int:
        day = on or self.desk.store.clock.today()
        in_reach(day, "on")
        moved = 0
        with self.desk.change(summary) as change:
            for referral_id in dict.fromkeys(ids):
                present = self.get(referral_id)
                moved += getattr(present.values, column) is None
                change.update(Referral, referral_id, {**told, column: day})
        return moved

    def givers(self, limit: Limit = 100) -> list[Giver]:
        """Who brought customers, the most first, and what came of it."""
        return referral_rows.givers(self.desk, limit)

    def chain(self, card_id: int) -> Chain:
        """Who came through a card, and through those; who brought it, and who brought those.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return referral_rows.chain(self.desk, card_id)

    def dislikes(self, card_id: int) -> bool:
        """Whether a customer dislikes being asked for introductions.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return card_id in dislikes_introductions(self.desk, [card_id])

    def names_given(self, card_id: int) -> list[GivenName]:
        """The names that a customer gave, in order of worth, with the cards made of them.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return names_given.names_given(self.desk, card_id)

    def enter_name(self, card_id: int, row_id: str) -> CardRecord:
        """Make a card of a name that a customer gave: he is its referrer.

        Raises:
            BadValue: there is a card of this name already, or the row has no name.
            NotAllowed: the member enters no cards, or this card is not his to change.
            NotFound: he does not see the card, or it has no such row.
        """
        self.desk.cards.check_visible(card_id)
        with self.desk.change(NAME_ENTERED) as change:
            entered = names_given.enter(self.desk, change, card_id, row_id)
        return self.desk.cards.get(entered)


def _name(change: "Recorder", card_id: int, named: referral_keeping.Named) -> None:
    """Have the card name this referrer."""
    change.update(Card, card_id, {"referrer_card_id": named[0], "referrer_name": named[1]})


def _columns(values: ReferralValues) -> dict[str, Any]:
    return {
        "on": values.on,
        "means": values.means,
        "result": values.result,
        "reported_on": values.reported_on,
        "thanked_on": values.thanked_on,
        "note": values.note,
    }


def checked(values: ReferralValues) -> ReferralValues:
    """The values as they are stored.

    Raises:
        BadValue: there is no such means, a text is too long, or a day is far from here.
    """
    if values.means is not None and values.means not in MEANS:
        raise BadValue(NO_SUCH_MEANS, field="means", means=values.means[:40])
    for key in ("on", "reported_on", "thanked_on"):
        day = getattr(values, key)
        if day is not None:
            in_reach(day, key)
    texts = {
        key: short_enough(clean_text(getattr(values, key) or ""), LONGEST_TEXT, key)
        for key in ("result", "note")
    }
    return ReferralValues(
        values.on,
        values.means,
        texts["result"],
        values.reported_on,
        values.thanked_on,
        texts["note"],
    )
