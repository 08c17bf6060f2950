"""A card that comes onto the risk list alerts its owner and his manager.

Each finds it on his Today, as a word of whoever flagged it, until he is done with it or answers.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from store import rows
from store.language import N_, _, ngettext
from store.models.cards import Card
from store.models.sharing import Remark
from store.models.team import Department, Member

if TYPE_CHECKING:
    from store.recorder import Recorder

KIND = "risk"
"""The kind of these remarks."""

SEVERAL = 20
"""Cards from which on there is one word for all of them."""

RISK = N_("Customer of risk")


def alert(change: "Recorder", card_ids: Sequence[int]) -> None:
    """Tell those who are concerned by cards that are newly flagged; whoever flags knows himself."""
    if not card_ids:
        return
    desk = change.desk
    cards = rows.fetch(Card, card_ids)
    managers = _Managers()
    told: dict[int, list[int]] = {}
    for card_id, row in cards.items():
        concerned = {row["owner_id"], *managers.of(row["department_id"])} & managers.active
        for member in concerned - {desk.member.id}:
            told.setdefault(member, []).append(card_id)
    reasons = desk.grades.risks(list(cards))
    remarks = []
    for member, about in sorted(told.items()):
        texts: list[tuple[int | None, str]] = [
            (card_id, reasons.get(card_id) or _(RISK)) for card_id in about
        ]
        if len(about) > SEVERAL:
            count = len(about)
            message = ngettext("{count} card newly at risk", "{count} cards newly at risk", count)
            texts = [(None, message.format(count=count))]
        remarks += [
            {
                "kind": KIND,
                "text": text,
                "author_id": desk.member.id,
                "addressee_id": member,
                "card_id": card_id,
            }
            for card_id, text in texts
        ]
    change.insert_many(Remark, remarks)


class _Managers:
    """Who manages which department: those of it, or of the nearest one above that has some."""

    def __init__(self) -> None:
        self._above: dict[int, int | None] = dict(
            rows.tuples(Department.select(Department.id, Department.parent))
        )
        self._of: dict[int | None, set[int]] = {}
        self.active: set[int] = set()
        """Everybody who works here."""
        found = Member.select(Member.id, Member.role, Member.department).where(Member.active)
        for member, role, department in rows.tuples(found):
            self.active.add(member)
            if role == "manager":
                self._of.setdefault(department, set()).add(member)

    def of(self, department: int | None) -> Iterable[int]:
        """The managers of a department."""
        seen: set[int] = set()
        while department is not None and department not in seen:
            seen.add(department)
            if department in self._of:
                return self._of[department]
            department = self._above.get(department)
        return ()
