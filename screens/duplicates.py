"""Cards of the whole box that look like one customer: merged, or told apart for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.base import PageScreen
from screens.merge_actions import merge_pair
from screens.progress_line import ProgressLine
from store.errors import StoreError
from store.language import N_, _, ngettext
from store.merge_words import why
from store.records.merging import Group, LookAlike, Pair
from widgets.columns import Column
from widgets.row_list import RowList
from widgets.row_pages import Row
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background

COLUMNS = (
    Column("first", N_("Card"), 26, least=12, share=2, sortable=False),
    Column("second", N_("Looks like"), 26, least=12, share=2, sortable=False),
    Column("why", N_("What agrees"), 18, least=8, share=1, sortable=False),
)

LOOKING = N_("Looking for cards of one customer")


class Duplicates(PageScreen[None]):
    """Pairs of cards that look like one customer, the surest first."""

    TITLE_TEXT = N_("Cards that look alike")
    HELP = N_(
        "Pairs of cards that look like one customer, the surest on top: the same phone or ID, "
        "then the same mail or WeChat, name and organisation, and names that are only similar. "
        "Enter compares the two and merges them. x notes that they are two customers, and they "
        "are not asked about again; u takes that back."
    )
    DEFAULT_CSS = """
    Duplicates {
        & > #summary { height: 1; padding: 0 1; color: $text-muted; }
        & > #about { height: 3; padding: 0 1; border-top: solid $panel; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("open", "tell_apart", "look")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "tell_apart", N_("Not the same"), id="duplicates.apart"),
        Binding("r", "look", N_("Look through again"), id="duplicates.look"),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.cards: dict[int, LookAlike] = {}
        """The cards of all pairs, by id."""
        self.pairs: dict[str, Pair] = {}
        """The pairs that are listed, by the key of their row."""
        self.is_stale = True
        """Whether the box has to be looked through."""

    def compose_body(self) -> ComposeResult:
        """How many there are, how far the look is, the pairs, and both cards of one."""
        yield SteadyText(id="summary", markup=False)
        yield ProgressLine()
        yield RowList(
            COLUMNS, id="list", marking=False, empty=N_("No two cards look like one customer")
        )
        yield Static(id="about", markup=False)

    @property
    def list(self) -> RowList:
        """The pairs."""
        return self.query_one("#list", RowList)

    @property
    def pair(self) -> Pair | None:
        """The pair under the cursor."""
        return self.pairs.get(self.list.key or "")

    @property
    def card_id(self) -> int | None:
        """The first card of the pair under the cursor."""
        return None if self.pair is None else self.pair.first

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys for a pair where there is one."""
        if action == "tell_apart":
            return self.pair is not None
        return super().check_action(action, parameters)

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.set_title(_(self.TITLE_TEXT))
        self.list.set_columns(COLUMNS)
        self.show()

    def reload(self) -> None:
        """Look through the box where it was not done, or something was taken back."""
        if self.is_stale:
            self.look()

    def cards_changed(self, cards: frozenset[int]) -> None:
        """What others change is found at the next look: one takes seconds in a large box."""

    @work(exclusive=True, exit_on_error=False, group="look")
    async def look(self) -> None:
        """Look through the whole box; keys go on working meanwhile."""
        self.is_stale = False
        line = self.query_one(ProgressLine)
        tell = line.begin(_(LOOKING))
        try:
            groups = await self.desk.read(lambda desk: desk.merging.groups(-1, tell))
        except StoreError as error:
            self.is_stale = True
            self.report(error)
            return
        finally:
            line.end()
        self.take(groups)

    def take(self, groups: list[Group]) -> None:
        """List the pairs of groups."""
        self.cards = {card.id: card for group in groups for card in group.cards}
        pairs = [pair for group in groups for pair in group.pairs]
        self.pairs = {_key(pair): pair for pair in pairs}
        self.show()

    def show(self) -> None:
        """Write the pairs."""
        self.list.set_rows(
            [
                Row(
                    key,
                    (
                        _named(self.cards[pair.first]),
                        _named(self.cards[pair.second]),
                        why(pair, self.cards[pair.first].kind),
                    ),
                )
                for key, pair in self.pairs.items()
            ],
            keep=True,
        )
        count = len(self.pairs)
        told = ngettext("{count} pair", "{count} pairs", count).format(count=count)
        self.query_one("#summary", Static).update(Content(told if count else ""))
        self.follow()

    @on(RowList.Highlighted)
    def follow(self) -> None:
        """Show both cards of the pair under the cursor, one below the other."""
        self.refresh_bindings()
        pair = self.pair
        lines = [] if pair is None else [_line(self.cards[each]) for each in pair[:2]]
        self.query_one("#about", Static).update(Content("\n").join(map(Content, lines)))

    @on(RowList.Opened)
    def compare(self) -> None:
        """Compare the two cards, to merge them."""
        pair = self.pair
        if pair is not None:
            merge_pair(self, pair.first, pair.second, lambda kept: self.merged(pair, kept))

    def merged(self, pair: Pair, kept: int) -> None:
        """Take the pair out; other pairs with the card that went are now with the one that stayed.

        The box is looked through again, so that what the card has learned counts.
        """
        gone = pair.second if kept == pair.first else pair.first
        left: dict[str, Pair] = {}
        for each in self.pairs.values():
            ids = sorted(kept if card == gone else card for card in each[:2])
            if ids[0] != ids[1]:
                moved = each._replace(first=ids[0], second=ids[1])
                left.setdefault(_key(moved), moved)
        self.pairs = left
        self.show()
        self.look()

    @work(exclusive=True, exit_on_error=False, group="do")
    async def action_tell_apart(self) -> None:
        """Note that the two cards are not the same customer, and go on to the next pair."""
        pair = self.pair
        if pair is None:
            return
        first, second = pair.first, pair.second
        try:
            await self.desk.write(lambda desk: desk.merging.set_apart(first, second))
        except StoreError as error:
            self.report(error)
            return
        self.tell(_("Not the same customer; u takes back"))
        self.pairs = {key: each for key, each in self.pairs.items() if each != pair}
        self.show()
        if any({first, second} & set(each[:2]) for each in self.pairs.values()):
            self.look()  # one of them may look like a third card

    def action_look(self) -> None:
        """Look through the box again."""
        self.look()

    def action_undo(self) -> None:
        """Take back the last change; what looks alike then is to be found again."""
        self.is_stale = True
        super().action_undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.is_stale = True
        super().action_redo()


def _key(pair: Pair) -> str:
    return f"{pair.first}-{pair.second}"


def _named(card: LookAlike) -> str:
    return f"{card.number} {card.name}"


def _line(card: LookAlike) -> str:
    """What a list shows of a card, in one line."""
    words = (card.number, card.name, card.organisation, card.title, card.phone, card.owner)
    return "  ".join(word for word in words if word)
