"""The customers: search as you type, filters, sorting, a preview of the chosen card."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content

from screens import card_actions
from screens.briefing_text import briefing_text
from screens.card_preview import column_head, preview
from screens.card_rows import (
    NO_CARDS,
    NONE_FOUND,
    NONE_TO_SEE,
    SORT_OF,
    WHOLE,
    card_row,
    columns,
    extra_of,
    no_cards,
)
from screens.list_screen import ListScreen
from screens.sections import SOURCE_CENTRES
from store.errors import StoreError
from store.language import N_
from store.query_words import described
from store.records.card_list import SORTS, CardQuery, CardRow, query_as_kept, query_from
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk

PREVIEW_PAUSE = 0.15
"""Seconds that the cursor stays on a card before its briefing is looked up."""

ROOMY = 32
"""Lines of the screen from which paragraphs of the preview have a blank line between them."""

NOT_IN_PART = ("edit", "log", "todo", "hand", "trash", "remark")
"""What cannot be done with a card of which the member gets a part only."""

WISHES = {
    SOURCE_CENTRES: CardQuery(source_centre=True, sort="next"),
    "risk": CardQuery(risk=True),
}
"""What other screens wish to see here."""

ALONE = {
    CardQuery(source_centre=True): N_(
        "No source centre yet: e on a card, section Referrals, marks who brings customers"
    ),
    CardQuery(risk=True): N_("No customer is on the risk list: a on a card puts him there"),
}
"""What an empty list says where that filter stands alone; message ids."""

SETTING = "cards.query"
"""The member's setting that keeps filters and sorting."""


class Cards(ListScreen[CardQuery, CardRow]):
    """Every card the member sees, found by two letters."""

    SECTION = "cards"
    HELP = N_(
        "Type / and two letters: of the name, of its pinyin initials, or the last four digits of "
        "a phone. Enter opens the briefing. Space marks rows, and what you do next is done to all "
        "of them."
    )
    EMPTY = NO_CARDS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "filter", N_("Filter"), id="cards.filter"),
        Binding("s", "sort", N_("Sort"), id="cards.sort"),
        Binding("a", "act", N_("More"), id="cards.act"),
        Binding("S", "segments", N_("Segments"), id="cards.segments"),
        Binding("w", "walk", N_("Walk the pile"), id="cards.walk"),
        Binding("m", "toggle_mine", N_("Mine or all"), id="cards.mine", show=False),
        Binding("h", "hand", N_("Hand over"), id="cards.hand", show=False),
        Binding("delete,d", "trash", N_("Trash"), id="cards.trash", show=False),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk, CardQuery())
        self.restored = False
        """Whether the filters of the last time were taken up."""
        self.level: int = WHOLE
        """How much the member gets of the card under the cursor."""
        self.briefed: int | None = None
        """The card whose briefing stands beside the list."""
        self.extra = ""
        """The further column that is shown, as its filter or order asks."""
        self.risks: dict[int, str] = {}
        """Why cards are at risk, by id, of the pages that came."""
        self.hands = False
        """Whether the member hands cards to others."""
        self.wished: CardQuery | None = None
        """What another screen wished to see, until the filters of the last time are known."""
        self.role = ""
        """The member's role, once it is known."""

    # What the list is made of

    def columns(self) -> tuple[Column, ...]:
        """The columns of the list."""
        return columns(self.extra)

    def id_of(self, item: CardRow) -> int:
        """The id of a card."""
        return item.id

    def row_of(self, item: CardRow) -> Row:
        """A card as a row."""
        return card_row(item, self.desk.clock, self.extra, self.risks)

    def preview_of(self, item: CardRow) -> Content:
        """A card in short."""
        return preview(item, self.desk.clock, wide=self.has_class("-wide"))

    def show_preview(self) -> None:
        """Show the card under the cursor in short; its briefing where there is room beside."""
        card = self.item
        level = WHOLE if card is None else card.level
        if level != self.level:
            self.level = level
            self.refresh_bindings()
        wide = self.has_class("-wide") and card is not None
        if not wide or card is None or card.id != self.briefed:
            self.briefed = None
            super().show_preview()
        if wide and card is not None and card.level == WHOLE:
            self.show_briefing(card)

    @work(exclusive=True, exit_on_error=False, group="cards.preview")
    async def show_briefing(self, card: CardRow) -> None:
        """Show the briefing of the card that the cursor stays on."""
        await asyncio.sleep(PREVIEW_PAUSE)
        try:
            briefing = await self.desk.read(lambda desk: desk.briefing.of(card.id))
        except StoreError as error:
            self.report(error)
            return
        if self.card_id == card.id and self.has_class("-wide"):
            self.briefed = card.id
            text = briefing_text(
                briefing,
                self.desk.clock,
                self.preview_width,
                roomy=self.size.height >= ROOMY,
                identity=False,
            )
            blank = [Content()] if self.size.height >= ROOMY else []
            self.write_preview(Content("\n").join([*column_head(card), *blank, text]))

    def with_text(self, text: str) -> CardQuery:
        """The same filters for another text."""
        return replace(self.wanted, text=text)

    def text_of(self, wanted: CardQuery) -> str:
        """What is searched."""
        return wanted.text

    def answer(self, desk: Desk, wanted: CardQuery) -> tuple[int, int]:
        """How many cards a query finds, and how many there are."""
        shown = desk.cards.count(wanted)
        whole = CardQuery(trashed=wanted.in_trash)
        if wanted.filters == whole:
            return shown, shown
        return shown, desk.cards.count(whole)

    def page_of(self, desk: Desk, wanted: CardQuery, offset: int, limit: int) -> list[CardRow]:
        """A page of cards, with why they are at risk where that is shown."""
        found = desk.cards.page(wanted, offset, limit)
        if wanted.risk:
            self.risks = {**self.risks, **desk.grades.risks([row.id for row in found])}
        return found

    def place_of(self, desk: Desk, wanted: CardQuery, item: int) -> int | None:
        """At which place of the answer a card stands."""
        return desk.cards.place(wanted, item)

    def in_sight(self, desk: Desk, wanted: CardQuery, marked: Sequence[int]) -> set[int]:
        """Those of the marked cards that were not taken out of sight, nor put into the trash."""
        if wanted.in_trash:
            return set(marked)
        return set(desk.cards.rows(marked))

    def described(self, wanted: CardQuery) -> Sequence[str]:
        """The filters in words."""
        return described(wanted)

    def sorting(self, wanted: CardQuery) -> tuple[str | None, bool]:
        """The column the list is sorted by."""
        return wanted.sort, wanted.reverse

    def empty_text(self, wanted: CardQuery) -> str:
        """What stands in an empty list: what to do about it."""
        if wanted.in_trash:
            return N_("The trash is empty")
        if wanted.text:
            enters = self.role not in NONE_TO_SEE
            return N_("Nothing found: n enters a new card") if enters else NONE_FOUND
        if wanted.filters in ALONE:
            return ALONE[wanted.filters]
        if wanted.filters != CardQuery():
            return N_("No card passes the filter: f changes it")
        return no_cards(self.role)

    def open_item(self, key: int) -> None:
        """Open a card at its briefing."""
        self.open_card(key)

    @property
    def card_id(self) -> int | None:
        """The card under the cursor."""
        return int(self.list.key) if self.list.key else None

    @property
    def card_ids(self) -> list[int]:
        """The marked cards, or else the one under the cursor."""
        return [int(key) for key in self.list.chosen]

    # The query

    def reload(self) -> None:
        """Show what holds now; the first time with the filters of the last session."""
        if self.restored:
            self.ask()
        else:
            self.restore_query()

    @work(exclusive=True, exit_on_error=False, group="cards.restore")
    async def restore_query(self) -> None:
        """Take up the filters that the member chose the last time."""
        try:
            kept, self.hands, self.role = await self.desk.read(
                lambda desk: (
                    desk.settings.get(SETTING),
                    desk.transfers.may_hand(),
                    desk.member.role,
                )
            )
        except StoreError as error:
            self.fresh = False
            self.report(error)
            return
        self.restored = True
        self.refresh_bindings()
        if kept is not None:
            self.wanted = kept_query(kept, self.wanted.text)
            self.show_extra(self.wanted)
        if self.wished is None:
            self.ask()
        else:
            self.take_up_wish()

    def arrive(self, wish: str) -> None:
        """Come here to search, or to see those who bring customers, or the risk list."""
        wished = WISHES.get(wish)
        if wished is not None:
            self.wished = wished
            if self.restored:
                self.take_up_wish()
        else:
            super().arrive(wish)

    def take_up_wish(self) -> None:
        """Show what another screen wished to see."""
        if self.wished is not None:
            wanted, self.wished = self.wished, None
            self.change_query(wanted)

    def show_query(self, wanted: CardQuery, pause: float = 0.0) -> None:
        """Show the answer to another query, with the column that tells what it is about."""
        self.show_extra(wanted)
        super().show_query(wanted, pause)

    def show_extra(self, wanted: CardQuery) -> None:
        """Have the further column that a query asks for."""
        extra = extra_of(wanted)
        if extra != self.extra:
            self.extra = extra
            self.list.set_rows([])
            self.list.set_columns(self.columns())

    def change_query(self, wanted: CardQuery) -> None:
        """Show another choice of cards, and keep its filters for the next time."""
        self.show_query(wanted)
        self.keep_query(wanted)

    @work(exclusive=True, exit_on_error=False, group="cards.keep")
    async def keep_query(self, wanted: CardQuery) -> None:
        """Keep filters and sorting; not the text, nor a look into the trash."""
        kept = query_as_kept(replace(wanted, text="", trashed=False, merged=False))
        try:
            await self.desk.write(lambda desk: desk.settings.set(SETTING, kept))
        except StoreError as error:
            self.report(error)

    @on(RowList.SortWanted)
    def sort_by_column(self, message: RowList.SortWanted) -> None:
        """A click on a heading sorts by it, a second one the other way round."""
        column = SORT_OF.get(message.column, message.column)
        if column in SORTS:
            reverse = self.wanted.sort == column and not self.wanted.reverse
            self.change_query(replace(self.wanted, sort=column, reverse=reverse))

    def action_back(self) -> None:
        """Leave the search line, clear it, take marks away, and at last leave the trash."""
        if self.wanted.in_trash and not (self.search.has_focus or self.search.value):
            self.change_query(replace(self.wanted, trashed=False, merged=False))
        else:
            super().action_back()

    def action_toggle_mine(self) -> None:
        """Show one's own cards, or all."""
        self.change_query(replace(self.wanted, mine=not self.wanted.mine))

    def action_sort(self) -> None:
        """Choose the order of the list."""
        from screens.card_filters import SortChoice

        def sort(chosen: tuple[str, bool] | None) -> None:
            if chosen is not None:
                self.change_query(replace(self.wanted, sort=chosen[0], reverse=chosen[1]))

        self.app.push_screen(SortChoice(self.wanted.sort, self.wanted.reverse), sort)

    def action_filter(self) -> None:
        """Choose which cards are shown."""
        from screens.card_filters import FilterChoice

        def choose(wanted: CardQuery | None) -> None:
            if wanted is not None:
                self.change_query(wanted)

        self.app.push_screen(FilterChoice(self.desk, self.wanted), choose)

    def action_segments(self) -> None:
        """Choose a saved filter, keep the present one, or change the saved ones."""
        from screens.segments import Segments

        def choose(wanted: CardQuery | None) -> None:
            if wanted is not None:
                self.search.value = wanted.text
                self.change_query(wanted)

        self.app.push_screen(Segments(self.desk, self.wanted), choose)

    def action_walk(self) -> None:
        """Take up forgotten cards one by one."""
        from screens.pile_walk import PileWalk

        self.app.push_screen(PileWalk(self.desk))

    # What can be done here

    def action_new(self) -> None:
        """Enter a card: a person's, or an organisation's."""
        card_actions.enter_card(self, self.wanted.text)

    def action_edit(self) -> None:
        """Edit the card under the cursor."""
        if (card := self.card_or_say()) is not None:
            card_actions.edit_card(self, card)

    def action_log(self) -> None:
        """Log a talk with the card under the cursor."""
        card_actions.log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do for the card under the cursor."""
        card_actions.add_todo(self, self.card_id)

    def action_remark(self) -> None:
        """Tell a colleague something about the card under the cursor."""
        card_actions.tell_colleague(self, self.card_id)

    def action_act(self) -> None:
        """Choose something to do with the marked cards, or the one under the cursor."""
        from screens.bulk_actions import Chosen, act_on_cards

        if self.card_ids or self.card_or_say() is not None:
            chosen = Chosen(
                tuple(self.card_ids),
                hands=self.hands,
                shown=None if self.list.marks else self.wanted,
                count=self.list.count,
            )
            act_on_cards(self, chosen, trashed=self.wanted.in_trash)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that hand cards over and enter new ones where the member may."""
        if action == "hand" and not self.hands:
            return False
        if action == "new" and self.role in NONE_TO_SEE:
            return False
        if action in NOT_IN_PART and self.level < WHOLE:
            return False
        return super().check_action(action, parameters)

    def action_hand(self) -> None:
        """Hand the marked cards, or the one under the cursor, to another member."""
        if self.card_ids:
            card_actions.hand_over_cards(self, self.card_ids)

    def action_trash(self) -> None:
        """Put cards into the trash, or take them out of it."""
        if self.card_ids:
            move = card_actions.restore_cards if self.wanted.in_trash else card_actions.trash_cards
            move(self, self.card_ids)


def kept_query(kept: Any, text: str) -> CardQuery:
    """The query that was kept, for another text; filters that are none are all left out."""
    query = query_from(kept)
    return CardQuery(text=text) if query is None else replace(query, text=text)
