"""The sides of a card that are lists: what each reads, and what its keys do with an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from screens import card_actions, card_lists, todo_actions
from store.language import N_
from store.records.interactions import InteractionQuery
from store.records.todos import TodoQuery
from widgets.row_pages import PAGE

if TYPE_CHECKING:
    from screens.card_page import CardPage
    from widgets.columns import Column
    from widgets.row_list import RowList
    from widgets.row_pages import Row

MOST_TODOS = 200
"""To-dos that are listed of one card."""


class CardEntries:
    """One such side. Entries are named by their ids."""

    COLUMNS: ClassVar[Sequence[Column]]
    EMPTY: ClassVar[str]
    """What stands there while there is none; a message id."""

    def __init__(self, page: CardPage) -> None:
        self.page = page

    async def fill(self, entries: RowList) -> None:
        """Read the entries anew."""
        raise NotImplementedError

    async def rows(self, place: int) -> list[Row]:
        """A further page of rows, where not all are read at once."""
        return []

    def open(self, entry: int) -> None:
        """Open an entry."""
        raise NotImplementedError

    def add(self) -> None:
        """Enter another one."""
        raise NotImplementedError

    def finish(self, entries: Sequence[int]) -> None:
        """Be done with entries, where that can be said of them."""

    def remove(self, entries: Sequence[int]) -> None:
        """Take entries away, where that can be done."""

    def remark(self, entry: int | None) -> None:
        """Tell a colleague something about an entry, or about the card."""
        card_actions.tell_colleague(self.page, self.page.card)


class Talks(CardEntries):
    """The talks, the newest first, a page at a time."""

    COLUMNS = card_lists.TALKS
    EMPTY = N_("Nothing logged yet: l logs a talk")

    async def fill(self, entries: RowList) -> None:
        """Read how many there are, and the first page."""
        wanted = InteractionQuery(card=self.page.card)
        count = await self.page.desk.read(lambda desk: desk.interactions.count(wanted))
        entries.set_source(count, keep=True, pages={0: await self.rows(0)})

    async def rows(self, place: int) -> list[Row]:
        """A page of talks as rows."""
        wanted = InteractionQuery(card=self.page.card)
        found = await self.page.desk.read(
            lambda desk: desk.interactions.page(wanted, place * PAGE, PAGE)
        )
        return [card_lists.talk_row(talk, self.page.desk.clock) for talk in found]

    def open(self, entry: int) -> None:
        """Open a talk in its form."""
        card_lists.open_talk(self.page, entry)

    def add(self) -> None:
        """Log a talk."""
        self.page.action_log()

    def remove(self, entries: Sequence[int]) -> None:
        """Put talks into the trash."""
        card_lists.remove_entries(self.page, "talks", entries)

    def remark(self, entry: int | None) -> None:
        """Tell a colleague something about a talk."""
        card_actions.tell_colleague(self.page, self.page.card, talk=entry)


class Todos(CardEntries):
    """What is open on both sides."""

    COLUMNS = card_lists.TODOS
    EMPTY = N_("Nothing open: t notes a to-do")

    async def fill(self, entries: RowList) -> None:
        """Read the to-dos of all members, ours and his."""
        asked = TodoQuery(card=self.page.card, everyone=True, side=None)
        todos = await self.page.desk.read(lambda desk: desk.todos.page(asked, 0, MOST_TODOS))
        clock = self.page.desk.clock
        entries.set_rows([card_lists.todo_row(todo, clock) for todo in todos], keep=True)

    def open(self, entry: int) -> None:
        """Open a to-do in its form."""
        card_lists.open_todo(self.page, entry)

    def add(self) -> None:
        """Note a to-do."""
        self.page.action_todo()

    def finish(self, entries: Sequence[int]) -> None:
        """Be done with to-dos."""
        todo_actions.finish_todos(self.page, entries)

    def remove(self, entries: Sequence[int]) -> None:
        """Put to-dos into the trash."""
        card_lists.remove_entries(self.page, "todos", entries)

    def remark(self, entry: int | None) -> None:
        """Tell a colleague something about a to-do."""
        card_actions.tell_colleague(self.page, self.page.card, todo=entry)


class Family(CardEntries):
    """Who belongs to him."""

    COLUMNS = card_lists.FAMILY
    EMPTY = N_("Nobody known yet: n enters somebody")

    async def fill(self, entries: RowList) -> None:
        """Read the family."""
        card = self.page.card
        family = await self.page.desk.read(lambda desk: desk.family.of(card))
        entries.set_rows([card_lists.family_row(member) for member in family], keep=True)

    def open(self, entry: int) -> None:
        """Open somebody in a form."""
        card_lists.open_family(self.page, self.page.card, entry)

    def add(self) -> None:
        """Enter somebody."""
        card_lists.open_family(self.page, self.page.card, None)

    def remove(self, entries: Sequence[int]) -> None:
        """Take somebody away."""
        card_lists.remove_entries(self.page, "family", entries)


class Remarks(CardEntries):
    """What colleagues told each other about the card; nobody takes that away."""

    COLUMNS = card_lists.REMARKS
    EMPTY = N_("Nothing told yet: @ tells a colleague")

    async def fill(self, entries: RowList) -> None:
        """Read the remarks."""
        card, clock = self.page.card, self.page.desk.clock
        remarks = await self.page.desk.read(lambda desk: desk.remarks.of_card(card))
        entries.set_rows([card_lists.remark_row(each, clock) for each in remarks], keep=True)

    def open(self, entry: int) -> None:
        """Show the whole of a remark, to be answered where it is the member's to answer."""
        card_lists.answer_remark(self.page, entry)

    def add(self) -> None:
        """Tell a colleague something."""
        self.remark(None)

    def finish(self, entries: Sequence[int]) -> None:
        """Be done with remarks."""
        todo_actions.finish_remarks(self.page, entries)


LISTS: dict[str, type[CardEntries]] = {
    "talks": Talks,
    "todos": Todos,
    "family": Family,
    "remarks": Remarks,
}
"""By the key of their tab."""
