"""What every screen can do with cards: enter, edit, log, note, mark, trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from screens.choose import Choose
from store.errors import StoreError
from store.language import _

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk


def enter_card(screen: BaseScreen[Any], text: str = "") -> None:
    """Ask which kind, and enter a card.

    Args:
        text: what was searched without success: the name to begin with.
    """

    def open_editor(kind: str | None) -> None:
        if kind is None:
            return
        from screens.card_editor import CardEditor

        name = text.strip() if not text.isascii() else ""
        screen.app.push_screen(CardEditor(screen.desk, kind, name=name), _open_saved(screen))

    kinds = [("person", _("Person")), ("organisation", _("Organisation"))]
    screen.app.push_screen(Choose(_("New card"), kinds), open_editor)


def edit_card(screen: BaseScreen[Any], card_id: int) -> None:
    """Edit a card."""

    async def open_editor() -> None:
        from screens.card_editor import CardEditor

        try:
            card = await screen.desk.read(lambda desk: desk.cards.row(card_id))
        except StoreError as error:
            screen.report(error)
            return
        await screen.app.push_screen(CardEditor(screen.desk, card.kind, card_id))

    screen.run_worker(open_editor(), exit_on_error=False, group="edit", exclusive=True)


def _open_saved(screen: BaseScreen[Any]) -> Callable[[int | None], None]:
    def open_saved(card_id: int | None) -> None:
        if card_id is not None:
            screen.open_card(card_id)

    return open_saved


def log_talk(screen: BaseScreen[Any], card_id: int | None) -> None:
    """Log a talk with a card, or with one that is named in the line."""
    from screens.log_entry import LogEntry

    screen.app.push_screen(LogEntry(screen.desk, card_id))


def add_todo(screen: BaseScreen[Any], card_id: int | None) -> None:
    """Note a to-do, for a card or without one."""
    from screens.todo_entry import TodoEntry

    screen.app.push_screen(TodoEntry(screen.desk, card_id))


def tell_colleague(
    screen: BaseScreen[Any],
    card_id: int | None,
    *,
    talk: int | None = None,
    todo: int | None = None,
) -> None:
    """Write a remark to a colleague about a card, a talk or a to-do, or about none of these."""
    from screens.remark_entry import RemarkEntry

    screen.app.push_screen(RemarkEntry(screen.desk, card_id, talk=talk, todo=todo))


def do(
    screen: BaseScreen[Any],
    use_case: Callable[[Desk], int],
    told: Callable[[int], str],
    *,
    is_last: bool = False,
) -> None:
    """Do something in the writing thread, say how many it concerned, and show the result.

    Args:
        is_last: rows go away with it, so that their marks mean nothing any more.
    """

    async def work() -> None:
        try:
            count = await screen.desk.write(use_case)
        except StoreError as error:
            screen.report(error)
            return
        screen.tell(told(count))
        if is_last:
            screen.forget_marks()
        screen.reload()

    screen.run_worker(work(), exit_on_error=False, group="do")


def trash_cards(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Put cards into the trash, after a question where there are several; u takes them out."""

    def trash(sure: bool | None = True) -> None:
        if sure:
            do(
                screen,
                lambda desk: desk.cards.trash(card_ids),
                lambda count: _("{count} in the trash; u takes back").format(count=count),
                is_last=True,
            )

    if len(card_ids) == 1:
        trash()
        return
    from screens.confirm import Confirm

    question = _("Put {count} cards into the trash?").format(count=len(card_ids))
    screen.app.push_screen(Confirm(screen.desk, question), trash)


def restore_cards(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Take cards out of the trash."""
    do(
        screen,
        lambda desk: desk.cards.restore(card_ids),
        lambda count: _("{count} out of the trash").format(count=count),
        is_last=True,
    )


def hand_over_cards(screen: BaseScreen[Any], card_ids: Sequence[int]) -> None:
    """Hand cards to another member, once it is said to whom and why."""
    from screens.hand_over import hand_over

    hand_over(screen, card_ids)
