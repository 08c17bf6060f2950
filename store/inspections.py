"""Inspections 审核: a manager looks a card through, approves it or sends it back with remarks.

A card that was sent back waits on its owner's Today until he has answered (domain.md 1.5). Whoever
stands above the owner inspects, and whoever coaches him while he learns (domain.md 6,
Qualification); nobody inspects his own cards. A new verdict replaces one that still waits.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from store.arguments import Limit, checks_arguments, shortened
from store.errors import BadValue, NotAllowed, NotFound
from store.forms.declaration import load_form
from store.forms.tidy import many_lines
from store.inspection_rows import chosen, uninspected
from store.language import N_
from store.later_days import later
from store.models.cards import Card
from store.models.relations import Inspection
from store.models.sharing import Remark
from store.records.inspections import (
    NO_INSPECTING,
    SENT_BACK,
    VERDICTS,
    WHOLE_CARD,
    InspectionRow,
    Uninspected,
)
from store.review import is_key, periods
from store.rights import Right, members_below
from store.team_rows import trainees_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

LONGEST = 2_000
"""Characters of one remark, or of an answer."""

OWN_CARD = N_("Nobody inspects his own card.")
NO_REASON = N_("Say what is to be done before you send a card back.")
NO_SECTION = N_("The card has no section “{section}”.")
NO_INSPECTION = N_("There is no inspection {number}.")
NO_ANSWER = N_("Say in a few words what you did.")
NOT_WAITING = N_("This inspection waits for no answer any more.")

CARD_APPROVED = N_("Card approved")
CARD_SENT_BACK = N_("Card sent back")
LOOKED_THROUGH = N_("Cards looked through")
ANSWERED = N_("Inspection answered")


@explains_trouble
@checks_arguments
class Inspections:
    """What managers say of the cards that a member sees."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def inspect(
        self, card_id: int, verdict: Annotated[str, VERDICTS], remarks: Mapping[str, str]
    ) -> InspectionRow:
        """Give a verdict on a card.

        Args:
            remarks: what is to be said, by the key of the form's section; `""` for the whole card.

        Raises:
            BadValue: a section is not the form's, or a card is sent back without a word.
            NotAllowed: the member does not stand above the owner, or it is his own card.
            NotFound: he does not see the whole card.
        """
        with self.desk.change(
            CARD_SENT_BACK if verdict == SENT_BACK else CARD_APPROVED, asked=True
        ) as change:
            self.desk.cards.check_visible(card_id)
            card = Card.get_by_id(card_id)
            self._need_above(card.owner_id, card_id)
            said = _said(card.kind, remarks)
            if verdict == SENT_BACK and not said:
                raise BadValue(NO_REASON, field="remarks")
            for waiting in _waiting(card_id):
                self._close(change, waiting.id, "")
            inspection_id = change.insert(
                Inspection,
                {
                    "card_id": card_id,
                    "inspector_id": self.desk.member.id,
                    "at": change.now,
                    "verdict": verdict,
                    "remarks": said,
                },
            )
        return self.get(inspection_id)

    def may_inspect(self, card_id: int) -> bool:
        """Whether the member gives verdicts on a card.

        Raises:
            NotFound: he does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return self._stands_above(Card.get_by_id(card_id).owner_id)

    def _stands_above(self, owner: int) -> bool:
        me = self.desk.member
        if owner == me.id or me.role == "administrator":
            return False
        below = members_below(me)
        return below is None or owner in below | trainees_of(me)

    def _need_above(self, owner: int, card_id: int) -> None:
        if owner == self.desk.member.id:
            raise NotAllowed(OWN_CARD).about([card_id])
        if not self._stands_above(owner):
            raise NotAllowed(NO_INSPECTING).about([card_id])

    def answer(self, inspection_id: int, text: str) -> InspectionRow:
        """Answer what a card was sent back for; the inspector is told, and it waits no more.

        Raises:
            BadValue: it says nothing, or too much.
            NotAllowed: the card is not the member's to change.
            NotFound: he sees no such inspection, or it waits for no answer.
        """
        said = many_lines(text, LONGEST)
        if not said:
            raise BadValue(NO_ANSWER, field="text")
        with self.desk.change(ANSWERED, asked=True) as change:
            present = self.get(inspection_id)
            self.desk.require(Right.EDIT, [present.card_id])
            if not present.is_open:
                raise NotFound(NOT_WAITING)
            self._close(change, inspection_id, said)
            inspector = Inspection.get_by_id(inspection_id).inspector_id
            if inspector != self.desk.member.id:
                change.insert(
                    Remark,
                    {
                        "text": said,
                        "author_id": self.desk.member.id,
                        "addressee_id": inspector,
                        "card_id": present.card_id,
                    },
                )
        return self.get(inspection_id)

    def _close(self, change: "Recorder", inspection_id: int, answer: str) -> None:
        values: dict[str, Any] = {"answered_at": change.now, "answered_by_id": self.desk.member.id}
        change.update(Inspection, inspection_id, {**values, "answer": answer})

    def look_through(self, card_ids: Sequence[int]) -> int:
        """Note that cards were looked through; gives how many now fall due on another day.

        Raises:
            NotAllowed: one of them is not the member's to change.
            NotFound: he does not see one of them.
        """
        today, months = self.desk.store.clock.today(), periods()
        moved = 0
        with self.desk.change(LOOKED_THROUGH) as change:
            for card_id in dict.fromkeys(card_ids):
                self.desk.cards.check_visible(card_id)
                card = Card.get_by_id(card_id)
                kept = months.key if is_key(card.importance, card.risk) else months.usual
                moved += change.update(Card, card_id, {"review_on": later(today, kept)})
        return moved

    def get(self, inspection_id: int) -> InspectionRow:
        """One inspection of a card that the member sees whole.

        Raises:
            NotFound: there is none.
        """
        found = chosen(self.desk, "inspection.id = ?", [inspection_id], 1)
        if not found:
            raise NotFound(NO_INSPECTION, number=inspection_id)
        return found[0]

    def of_card(self, card_id: int, limit: Limit = 20) -> list[InspectionRow]:
        """The verdicts on a card, the newest first.

        Raises:
            NotFound: the member does not see the whole card.
        """
        self.desk.cards.check_visible(card_id)
        return chosen(self.desk, "inspection.card_id = ?", [card_id], limit)

    def waiting(self, limit: Limit = 50) -> list[InspectionRow]:
        """What was sent back to the member and waits for his answer, the longest waiting first."""
        return chosen(
            self.desk,
            "inspection.verdict = 'sent_back' AND inspection.answered_at IS NULL "
            "AND card.owner_id = ?",
            [self.desk.member.id],
            limit,
            oldest=True,
        )

    def sent_back(self, limit: Limit = 100) -> list[InspectionRow]:
        """All that waits for an answer, of the member's own cards and of those he inspects."""
        condition = "inspection.verdict = 'sent_back' AND inspection.answered_at IS NULL"
        return chosen(self.desk, condition, [], limit, oldest=True)

    def newest(self, limit: Limit = 100) -> list[InspectionRow]:
        """The last verdicts that are settled, the newest first."""
        condition = "(inspection.verdict = 'approved' OR inspection.answered_at IS NOT NULL)"
        return chosen(self.desk, condition, [], limit)

    def to_inspect(self, limit: Limit = 100) -> list[Uninspected]:
        """Cards of those below that were entered or changed since they were inspected last.

        Those of the last month, trainees' first, then the least complete.
        """
        me = self.desk.member
        if me.role == "administrator":
            return []
        below = members_below(me)
        owners = None if below is None else (below | trainees_of(me)) - {me.id}
        return uninspected(self.desk, owners, limit)


def _said(kind: str, remarks: Mapping[str, str]) -> dict[str, str]:
    """The remarks as they are kept, without blanks."""
    known = {WHOLE_CARD, *(section.key for section in load_form(kind).sections)}
    kept: dict[str, str] = {}
    for section, text in remarks.items():
        if section not in known:
            raise BadValue(NO_SECTION, field="remarks", section=shortened(section))
        said = many_lines(text, LONGEST)
        if said:
            kept[section] = said
    return kept


def _waiting(card_id: int) -> list[Inspection]:
    query = Inspection.select(Inspection.id).where(
        (Inspection.card == card_id)
        & (Inspection.verdict == SENT_BACK)
        & Inspection.answered_at.is_null()
    )
    return list(query)
