"""Taking up words that were typed and not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.errors import StoreError

if TYPE_CHECKING:
    from screens.base import BaseScreen


def take_up(screen: BaseScreen[Any], key: str) -> None:
    """Open the editor that a draft belongs to, which brings its words back.

    Args:
        key: as `store.records.drafts.Draft.key`.
    """

    async def open_editor() -> None:
        kind, _colon, rest = key.partition(":")
        number = rest.rpartition(":")[2]
        card_id, card_kind = None, number
        if number[:1] in ("P", "O") and number[1:].isdigit():
            try:
                card = await screen.desk.read(lambda desk: desk.cards.resolve(number))
            except StoreError as error:
                screen.report(error)
                return
            card_id, card_kind = card.id, card.kind
        await screen.app.push_screen(_editor(screen, kind, card_id, card_kind))

    screen.run_worker(open_editor(), exit_on_error=False, group="open", exclusive=True)


def _editor(screen: BaseScreen[Any], kind: str, card_id: int | None, card_kind: str) -> Any:
    if kind == "card":
        from screens.card_editor import CardEditor

        return CardEditor(screen.desk, card_kind, card_id)
    if kind == "interaction":
        from screens.log_entry import LogEntry

        return LogEntry(screen.desk, card_id)
    from screens.todo_entry import TodoEntry

    return TodoEntry(screen.desk, card_id)
