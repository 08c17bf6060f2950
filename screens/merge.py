"""Two cards side by side: whose value holds is chosen field by field, then they become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.base import PageScreen
from screens.merge_rows import about, chosen_values, columns, difference_row, in_order, summary
from store.errors import Conflict, StoreError
from store.language import N_, _
from store.merge_words import told_attached
from store.records.merging import BOTH, DROP, KEEP, Comparison, Difference
from widgets.row_list import RowList
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from store.background import Background

LOW = 18
"""Lines of the screen below which there is little room to show a value whole."""


class MergeCards(PageScreen[int]):
    """Chooses between the values of two cards; gives the id of the card that stayed."""

    TITLE_TEXT = N_("Merge two cards")
    HELP = N_(
        "The left card stays, the right one goes into it with all that is attached to it: talks, "
        "to-dos, family, papers. Only fields that differ are listed; > stands before the value "
        "that holds. Left and right choose, space takes both where there is room for both. s "
        "swaps the cards. Ctrl+S merges, u takes it back."
    )
    DEFAULT_CSS = """
    MergeCards {
        & > #summary { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
        & > #about { height: 6; padding: 0 1; border-top: solid $panel; }
        & > #about.-low { height: 3; border-top: none; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#list"
    FIRST_KEYS = ("save", "both", "take_all('keep')", "take_all('drop')", "swap", "preview")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Merge"), id="merge.save"),
        Binding("left", "take('keep')", N_("Left value"), show=False, id="merge.left"),
        Binding("right", "take('drop')", N_("Right value"), show=False, id="merge.right"),
        Binding("space,enter", "both", N_("Both, or the other"), id="merge.both"),
        Binding("left_square_bracket", "take_all('keep')", N_("All left"), id="merge.all_left"),
        Binding("right_square_bracket", "take_all('drop')", N_("All right"), id="merge.all_right"),
        Binding("s", "swap", N_("Swap"), id="merge.swap"),
        Binding("p", "preview", N_("Preview"), id="merge.preview"),
        Binding("v", "unmask", N_("Show masked"), show=False, id="merge.unmask"),
    ]

    def __init__(self, desk: Background, keep: int, drop: int) -> None:
        """Make the page.

        Args:
            desk: as of every screen.
            keep: the id of the card that stays.
            drop: the id of the card that goes into it.
        """
        super().__init__(desk)
        self.keep = keep
        self.drop = drop
        self.compared: Comparison | None = None
        self.chosen: dict[str, str] = {}
        """Whose value holds, by the key of the difference."""
        self.is_merging = False

    def compose_body(self) -> ComposeResult:
        """What comes along, the fields, and the one under the cursor whole."""
        yield SteadyText(id="summary", markup=False)
        yield RowList(
            columns("", ""),
            id="list",
            marking=False,
            opening=False,
            empty=N_("The two cards say the same: Ctrl+S merges them"),
        )
        yield Static(id="about", markup=False)

    @property
    def list(self) -> RowList:
        """The fields that differ."""
        return self.query_one("#list", RowList)

    @property
    def card_id(self) -> int | None:
        """The card that stays."""
        return self.keep

    @property
    def unsaved(self) -> bool:
        """Whether choices would be lost."""
        return self.compared is not None and self.chosen != _suggested(self.compared)

    @property
    def difference(self) -> Difference | None:
        """The one under the cursor."""
        key = self.list.key
        found = self.compared.differences if self.compared is not None else ()
        return next((each for each in found if each.key == key), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have the keys that are of use for the field under the cursor."""
        if action == "unmask":
            return self.difference is not None and bool(self.difference.masked)
        if action in ("undo", "redo", "briefing"):
            return False
        return super().check_action(action, parameters)

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.show()

    def on_resize(self) -> None:
        """Show the field for the room there is."""
        self.query_one("#about").set_class(self.size.height < LOW, "-low")
        self.call_after_refresh(self.follow)

    def reload(self) -> None:
        """Compare anew; what was chosen stays chosen as far as it is the same."""
        self.compare()

    @work(exclusive=True, exit_on_error=False, group="edit")
    async def compare(self) -> None:
        """Read both cards and show them."""
        keep, drop = self.keep, self.drop
        try:
            compared = await self.desk.read(lambda desk: desk.merging.compare(keep, drop))
        except StoreError as error:
            if self.is_current:
                self.report(error)
                self.dismiss()
            return
        known = {} if self.compared is None else {d.key: d for d in self.compared.differences}
        kept = {
            each.key: self.chosen[each.key]
            for each in compared.differences
            if known.get(each.key) == each and each.key in self.chosen
        }
        self.compared = compared
        self.chosen = _suggested(compared) | kept
        self.show()

    def show(self) -> None:
        """Show what is known and chosen."""
        compared = self.compared
        if compared is None:
            return
        keep, drop = compared.keep, compared.drop
        self.set_title(
            _("{drop} goes into {keep}").format(
                drop=f"{drop.number} {drop.name}", keep=f"{keep.number} {keep.name}"
            )
        )
        self.query_one("#summary", Static).update(Content(summary(compared)))
        self.list.set_columns(columns(keep.number, drop.number))
        rows = [
            difference_row(compared, each, self.chosen[each.key]) for each in in_order(compared)
        ]
        self.list.set_rows(rows, keep=True)
        self.follow()

    @on(RowList.Highlighted)
    def follow(self) -> None:
        """Show the field under the cursor whole."""
        if not self.query("#about"):  # the page is going away
            return
        self.refresh_bindings()
        shown = self.query_one("#about", Static)
        difference, compared = self.difference, self.compared
        if difference is None or compared is None:
            shown.update(Content())
            return
        room = shown.content_size
        side = self.chosen[difference.key]
        shown.update(about(compared, difference, side, room.width, room.height))

    def action_take(self, side: str) -> None:
        """Let the value of one side hold."""
        difference = self.difference
        if difference is not None and side in difference.choices:
            self.choose(difference, side)

    def action_both(self) -> None:
        """Take both values; where there is room for one only, or both hold, the next."""
        difference = self.difference
        if difference is None:
            return
        now = self.chosen[difference.key]
        if BOTH in difference.choices and now != BOTH:
            self.choose(difference, BOTH)
        else:
            choices = [each for each in difference.choices if each != BOTH] or [now]
            place = choices.index(now) + 1 if now in choices else 0
            self.choose(difference, choices[place % len(choices)])

    def choose(self, difference: Difference, side: str) -> None:
        """Let a value hold, and show it."""
        assert self.compared is not None
        self.chosen[difference.key] = side
        self.list.update_row(difference_row(self.compared, difference, side))
        self.follow()

    def action_take_all(self, side: str) -> None:
        """Let all values of one side hold, blanks too where they can."""
        if self.compared is not None:
            for each in self.compared.differences:
                if side in each.choices:
                    self.chosen[each.key] = side
            self.show()

    def action_swap(self) -> None:
        """Let the other card stay; the values that were chosen go on holding."""
        other = {KEEP: DROP, DROP: KEEP, BOTH: BOTH}
        self.keep, self.drop = self.drop, self.keep
        self.swap({key: other[side] for key, side in self.chosen.items()})

    @work(exclusive=True, exit_on_error=False, group="edit")
    async def swap(self, wanted: dict[str, str]) -> None:
        """Compare the other way round."""
        keep, drop = self.keep, self.drop
        try:
            compared = await self.desk.read(lambda desk: desk.merging.compare(keep, drop))
        except StoreError as error:
            self.keep, self.drop = drop, keep
            self.report(error)
            return
        self.compared = compared
        self.chosen = _suggested(compared) | {
            each.key: wanted[each.key]
            for each in compared.differences
            if wanted.get(each.key) in each.choices
        }
        self.show()

    def action_preview(self) -> None:
        """Show the card as it would be."""
        if self.compared is not None:
            from screens.merge_preview import MergePreview

            values, unknown = chosen_values(self.compared, self.chosen)
            self.app.push_screen(MergePreview(self.desk, self.compared, values, unknown))

    def action_unmask(self) -> None:
        """Show the masked values of this field; the trail notes it."""
        difference = self.difference
        if difference is not None and difference.masked:
            self.unmask(difference)

    @work(exclusive=True, exit_on_error=False, group="edit")
    async def unmask(self, difference: Difference) -> None:
        """Unmask the field on the cards where it is masked, and compare anew."""
        ids = {KEEP: self.keep, DROP: self.drop}
        cards = [ids[side] for side in (KEEP, DROP) if side in difference.masked]
        try:
            await self.desk.write(
                lambda desk: [desk.cards.unmask(card, difference.key) for card in cards]
            )
        except StoreError as error:
            self.report(error)
            return
        self.compare()

    def action_save(self) -> None:
        """Merge the cards."""
        if self.compared is not None and not self.is_merging:
            self.is_merging = True
            self.merge(self.compared, dict(self.chosen))

    @work(exclusive=True, exit_on_error=False, group="form.save")
    async def merge(self, compared: Comparison, chosen: dict[str, str]) -> None:
        """Do it; where somebody changed a card meanwhile, show both again."""
        keep, drop, versions = self.keep, self.drop, compared.versions
        try:
            done = await self.desk.write(
                lambda desk: desk.merging.merge(keep, drop, chosen, versions)
            )
        except Conflict as error:
            self.is_merging = False
            self.report(error)
            self.compare()
            return
        except StoreError as error:
            self.is_merging = False
            self.report(error)
            return
        told = _("{dropped} is merged into {number} {name}; u takes back").format(
            dropped=done.dropped, number=done.number, name=done.name
        )
        along = told_attached(done.moved)
        if along:
            told = f"{told}\n" + _("Came along: {what}").format(what=along)
        self.tell(told)
        self.dismiss(done.card_id)


def _suggested(compared: Comparison) -> dict[str, str]:
    return {each.key: each.suggested for each in compared.differences}
