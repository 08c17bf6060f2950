"""Taking up words that were typed and not saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import StoreError
from store.language import _
from store.records.interactions import InteractionValues
from store.records.todos import TodoValues

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.background import Background
    from store.desk import Desk
    from store.records.cards import CardRow


class Waiting(NamedTuple):
    """What the key of a draft says about its editor."""

    which: str
    """`new` for a line, `form` for a new record in its form, else the record's id; of a card that
    is changed, its number; of a member, his login."""
    kind: str
    """The kind of card."""
    card: int | None
    record: int | None
    """The id of the record that is changed; None for a new one."""
    values: Any
    """The record as it is stored."""


def take_up(screen: BaseScreen[Any], key: str) -> None:
    """Open the editor that a draft belongs to, which brings its words back.

    Args:
        key: as `store.records.drafts.Draft.key`.
    """

    async def open_editor() -> None:
        try:
            waiting = await screen.desk.read(lambda desk: _waiting(desk, key))
        except StoreError as error:
            screen.report(error)
            return
        editor = EDITORS.get(key.partition(":")[0])
        if editor is None:
            screen.tell(_("These words were typed in another version of the program"))
            return
        await screen.app.push_screen(editor(screen.desk, waiting))

    screen.run_worker(open_editor(), exit_on_error=False, group="open", exclusive=True)


def _waiting(desk: Desk, key: str) -> Waiting:
    about, _colon, rest = key.partition(":")
    which, _colon, number = rest.partition(":")
    row: CardRow | None = None
    numbered = number or which
    if numbered[:1] in ("P", "O") and numbered[1:].isdigit():
        row = desk.cards.resolve(numbered)
    record = int(which) if which.isdigit() else None
    values: Any = None
    if record is not None and about == "interaction":
        values = desk.interactions.get(record).values
    elif record is not None and about == "todo":
        values = desk.todos.get(record).values
    elif record is not None and about == "remark":
        values = desk.remarks.get(record)
    elif record is not None and about == "inspection":
        values = desk.inspections.get(record)
    elif about == "guidance":
        values = desk.team.member(which).name
    kind = row.kind if row is not None else number
    return Waiting(which, kind, row.id if row is not None else None, record, values)


def _card(desk: Background, waiting: Waiting) -> Any:
    from screens.card_editor import CardEditor

    return CardEditor(desk, waiting.kind, waiting.card)


def _interaction(desk: Background, waiting: Waiting) -> Any:
    if waiting.which == "new" or waiting.card is None:
        from screens.log_entry import LogEntry

        return LogEntry(desk, waiting.card)
    from screens.log_form import LogForm

    return LogForm(desk, waiting.card, waiting.values or InteractionValues(), waiting.record)


def _todo(desk: Background, waiting: Waiting) -> Any:
    if waiting.which == "new":
        from screens.todo_entry import TodoEntry

        return TodoEntry(desk, waiting.card)
    from screens.todo_form import TodoForm

    return TodoForm(desk, waiting.record, waiting.values or TodoValues(card=waiting.card))


def _family(desk: Background, waiting: Waiting) -> Any:
    from screens.family_form import FamilyForm

    return FamilyForm(desk, waiting.card or 0, waiting.record)


def _place(desk: Background, waiting: Waiting) -> Any:
    from screens.place_form import PlaceForm

    return PlaceForm(desk, waiting.card or 0, waiting.record)


def _occasion(desk: Background, waiting: Waiting) -> Any:
    from screens.date_form import DateForm

    return DateForm(desk, waiting.card or 0)


def _paper(desk: Background, waiting: Waiting) -> Any:
    from screens.paper_form import PaperForm

    return PaperForm(desk, waiting.card or 0, waiting.record)


def _relation(desk: Background, waiting: Waiting) -> Any:
    from screens.relation_form import RelationForm

    return RelationForm(desk, waiting.card or 0, waiting.record)


def _referral(desk: Background, waiting: Waiting) -> Any:
    from screens.referral_form import ReferralForm

    return ReferralForm(desk, waiting.card or 0, waiting.record)


def _club(desk: Background, waiting: Waiting) -> Any:
    from screens.club_form import ClubForm

    return ClubForm(desk, waiting.record)


def _club_member(desk: Background, waiting: Waiting) -> Any:
    from screens.club_form import VerdictForm

    return VerdictForm(desk, waiting.record or 0)


def _remark(desk: Background, waiting: Waiting) -> Any:
    from screens.remark_entry import RemarkAnswer, RemarkEntry

    if waiting.record is not None:
        return RemarkAnswer(desk, waiting.values)
    about = int(waiting.kind) if waiting.which in ("talk", "todo") else None
    return RemarkEntry(
        desk,
        waiting.card,
        talk=about if waiting.which == "talk" else None,
        todo=about if waiting.which == "todo" else None,
    )


def _inspection(desk: Background, waiting: Waiting) -> Any:
    if waiting.record is not None:
        from screens.inspection_answer import InspectionAnswer

        return InspectionAnswer(desk, waiting.values)
    from screens.inspection_form import InspectionForm

    return InspectionForm(desk, waiting.card or 0)


def _member(desk: Background, waiting: Waiting) -> Any:
    from screens.member_form import MemberForm

    return MemberForm(desk, waiting.which or None)


def _guidance(desk: Background, waiting: Waiting) -> Any:
    from screens.guidance_entry import GuidanceEntry

    return GuidanceEntry(desk, waiting.which, waiting.values)


EDITORS: dict[str, Callable[[Background, Waiting], Any]] = {
    "card": _card,
    "inspection": _inspection,
    "interaction": _interaction,
    "todo": _todo,
    "family": _family,
    "place": _place,
    "occasion": _occasion,
    "paper": _paper,
    "relation": _relation,
    "referral": _referral,
    "club": _club,
    "club_member": _club_member,
    "remark": _remark,
    "member": _member,
    "guidance": _guidance,
}
"""What opens the words, by what the key of their draft begins with."""
