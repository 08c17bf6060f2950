"""Who is linked to whom around a card: seen by groups, unfolded step by step, entered, changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from screens.card_sides import CardSide
from screens.relation_rows import COLUMNS, DEEPEST, Shown, relation_rows
from store.errors import NotFound, StoreError
from store.language import N_, _
from store.records.relations import Around, Linked, Tie
from widgets.row_list import RowList
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from screens.briefing import Briefing
    from store.desk import Desk
    from store.records.referrals import GivenName

NOBODY = N_("Nobody known yet: n notes who is linked to him")
ONLY_A_NAME = N_("Of {name} you see the name only")
NOT_ENTERED = N_("This follows from the cards themselves; n notes a relationship besides")
STAFF = ("works_here", "worked_here", "report")
"""Ties that are a place of the card they lead to, and not of the one they are seen from."""

DISLIKES = N_("Dislikes being asked for introductions")


class RelationsSide(CardSide):
    """The people around a card, with keys to go outward, to enter and to change."""

    DEFAULT_CSS = """
    RelationsSide {
        & > #trail { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap;
            text-overflow: ellipsis; }
        & > #warning { height: 1; padding: 0 1; color: $text-warning; text-wrap: nowrap;
            text-overflow: ellipsis; }
        & > RowList { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", N_("Relationship"), id="relations.add"),
        Binding("right", "unfold", N_("Whom he knows"), id="relations.unfold"),
        Binding("left", "fold", N_("Fold or back"), show=False, id="relations.fold"),
        Binding("w", "reach", N_("How do I reach him"), id="relations.reach"),
        Binding("W", "reach_row", N_("How do I reach the one here"), show=False, id="relations.to"),
        Binding("c", "centre", N_("From there"), id="relations.centre"),
        Binding("backspace", "before", N_("Back there"), show=False, id="relations.before"),
        Binding("f", "referral", N_("Referral"), id="relations.referral"),
        Binding("e", "change", N_("Change"), show=False, id="relations.change"),
        Binding("d,delete", "remove", N_("Take away"), show=False, id="relations.remove"),
        Binding("a", "enter_name", N_("Make a card of the name"), id="relations.name"),
        Binding("i", "chain", N_("Chain of referrals"), show=False, id="relations.chain"),
    ]

    def __init__(self, page: Briefing) -> None:
        super().__init__(page)
        self.middle: Around | None = None
        self.unfolded: dict[tuple[int, ...], Around] = {}
        self.names: list[GivenName] = []
        self.trail: list[Linked] = []
        """The cards that stood in the middle before, the page's own first."""
        self.shown: dict[str, Shown] = {}
        self.centre = page.card
        """The card in the middle."""

    def compose(self) -> ComposeResult:
        """Where one has come from, what to beware of, and the list."""
        yield SteadyText(id="trail")
        yield SteadyText(id="warning")
        yield RowList(COLUMNS, empty=NOBODY, marking=False, id="around")

    @property
    def list(self) -> RowList:
        """The people around, as a list."""
        return self.query_one("#around", RowList)

    @property
    def here(self) -> Shown | None:
        """What is under the cursor."""
        return self.shown.get(self.list.key or "")

    def take_cursor(self) -> None:
        """Go to the list."""
        self.list.focus()

    def row_card(self) -> int | None:
        """The card under the cursor."""
        here = self.here
        return None if here is None or here.tie is None else here.tie.card.id

    async def load(self) -> None:
        """Read anew what is shown; a card in the middle that is closed by now leads back."""
        paths = list(self.unfolded)

        def read(desk: Desk) -> tuple[Around, dict[tuple[int, ...], Around], list[GivenName]]:
            middle = desk.relations.around(self.centre)
            opened = {}
            for path in paths:
                try:
                    opened[path] = desk.relations.around(path[-1])
                except NotFound:
                    continue
            names = desk.referrals.names_given(self.centre)
            return middle, opened, names if middle.card.kind == "person" else []

        try:
            self.middle, self.unfolded, self.names = await self.desk.read(read)
        except NotFound:
            if self.centre == self.page.card:
                raise
            self.action_before()
            return
        self.show()

    def show(self) -> None:
        """Show what is known."""
        if not self.is_mounted or self.middle is None:
            return
        rows = relation_rows(self.middle, self.unfolded, self.names)
        self.shown = {each.row.key: each for each in rows}
        self.list.set_rows([each.row for each in rows], keep=True)
        trail = self.query_one("#trail", SteadyText)
        trail.display = bool(self.trail)
        names = [card.name for card in (*self.trail, self.middle.card)]
        trail.update(Content(" > ".join(names)))
        warning = self.query_one("#warning", SteadyText)
        warning.display = self.middle.dislikes_introductions
        warning.update(Content(_(DISLIKES)))
        self.refresh_bindings()

    @on(RowList.Highlighted)
    def note_row(self, message: RowList.Highlighted) -> None:
        """Another row is under the cursor."""
        message.stop()
        self.refresh_bindings()

    @on(RowList.Opened)
    def open_row(self, message: RowList.Opened) -> None:
        """Open the card of the row; a name that was given becomes one."""
        message.stop()
        here = self.shown.get(message.row.key)
        if here is None:
            return
        if here.tie is not None:
            self.page.open_card(here.tie.card.id)
        elif here.name is not None:
            if here.name.card is not None:
                self.page.open_card(here.name.card.id)
            else:
                self.action_enter_name()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the row under the cursor."""
        here = self.here
        if action in ("unfold", "centre", "reach_row"):
            # `left` and `right` turn the page where there is nothing to fold.
            return action == "unfold" or (here is not None and here.tie is not None)
        if action == "before":
            return bool(self.trail)
        if action == "enter_name":
            return here is not None and here.name is not None and here.name.card is None
        return super().check_action(action, parameters)

    # Going outward

    def action_unfold(self) -> None:
        """Show below the card under the cursor whom it knows; else go to the next side."""
        here = self.here
        if here is None or here.tie is None or here.path in self.unfolded:
            self.page.action_turn(1)
        elif len(here.path) >= DEEPEST:
            self.action_centre()
        else:
            self.look_from(here.tie.card, lambda around: self.put_below(here.path, around))

    def put_below(self, path: tuple[int, ...], around: Around) -> None:
        """Show whom a card knows below it."""
        self.unfolded[path] = around
        self.show()

    def action_fold(self) -> None:
        """Fold what was unfolded here, or above; then go back; at last to the side before."""
        here = self.here
        path = () if here is None else here.path
        while path and path not in self.unfolded:
            path = path[:-1]
        if path:
            self.unfolded = {
                key: each for key, each in self.unfolded.items() if key[: len(path)] != path
            }
            self.show()
            self.go_to(path)
        elif self.trail:
            self.action_before()
        else:
            self.page.action_turn(-1)

    def go_to(self, path: tuple[int, ...]) -> None:
        """Put the cursor on the first row of a path."""
        for place, each in enumerate(self.shown.values()):
            if each.path == path and each.tie is not None:
                self.list.cursor = place
                return

    def action_centre(self) -> None:
        """Put the card under the cursor into the middle."""
        here = self.here
        if here is not None and here.tie is not None and self.middle is not None:
            before = self.middle.card

            def moved(around: Around) -> None:
                self.trail.append(before)
                self.stand_at(around.card.id)

            self.look_from(here.tie.card, moved)

    def stand_at(self, card_id: int) -> None:
        """Have another card in the middle."""
        self.centre = card_id
        self.unfolded = {}
        self.list.cursor = 0
        self.page.reload()

    def action_before(self) -> None:
        """Put the card into the middle that stood there before."""
        if self.trail:
            self.stand_at(self.trail.pop().id)

    def look_from(self, card: Linked, then: Callable[[Around], object]) -> None:
        """Read what stands around a card; of one seen by name only it is said that it is closed."""
        if not card.whole:
            self.page.tell(_(ONLY_A_NAME).format(name=card.name))
            return

        async def look() -> None:
            try:
                around = await self.desk.read(lambda desk: desk.relations.around(card.id))
            except StoreError as error:
                self.page.report(error)
                return
            then(around)

        self.page.run_worker(look(), exit_on_error=False, group="relations.look", exclusive=True)

    def action_reach(self) -> None:
        """Show who leads to the card in the middle."""
        from screens.path_window import show_path

        show_path(self.page, self.centre)

    def action_reach_row(self) -> None:
        """Show who leads to the card under the cursor."""
        from screens.path_window import show_path

        card = self.row_card()
        if card is not None:
            show_path(self.page, card)

    def action_chain(self) -> None:
        """Show who came through the card in the middle, and what they brought."""
        from screens.chain_page import ChainPage

        self.app.push_screen(ChainPage(self.desk, self.centre))

    # Entering and changing

    def action_add(self) -> None:
        """Note a relationship of the card in the middle."""
        from screens.relation_form import RelationForm

        self.app.push_screen(RelationForm(self.desk, self.centre))

    def action_change(self) -> None:
        """Change the relationship or the referral under the cursor."""
        from screens.referral_form import ReferralForm
        from screens.relation_form import RelationForm

        tie = None if self.here is None else self.here.tie
        if tie is None:
            return
        # What hangs below another card is seen from there.
        path = self.here.path if self.here is not None else ()
        seen_from = path[-2] if len(path) > 1 else self.centre
        if tie.table == "relationship":
            self.app.push_screen(RelationForm(self.desk, seen_from, tie.row))
        elif tie.table == "referral":
            self.app.push_screen(ReferralForm(self.desk, seen_from, tie.row))
        elif tie.table == "affiliation":
            self.change_place(tie)
        else:
            self.page.tell(_(NOT_ENTERED))

    def change_place(self, tie: Tie) -> None:
        """Change the place behind a tie: what part somebody plays where he works."""
        from screens.workplace import open_place

        if tie.how in STAFF and not tie.card.whole:
            self.page.tell(_(ONLY_A_NAME).format(name=tie.card.name))
        else:
            open_place(self.page, tie.row, tie.card.name)

    def action_referral(self) -> None:
        """Note who brought him, or what was told to whom brought somebody."""
        from screens.referral_form import ReferralForm

        tie = None if self.here is None else self.here.tie
        if tie is not None and tie.table == "referral":
            self.action_change()
        else:
            self.app.push_screen(ReferralForm(self.desk, self.centre))

    def action_remove(self) -> None:
        """Take the relationship or the referral under the cursor away; u brings it back."""
        tie = None if self.here is None else self.here.tie
        if tie is None:
            return
        row = tie.row
        if tie.table == "relationship":
            self.write(lambda desk: desk.relations.remove(row))
        elif tie.table == "referral":
            self.write(lambda desk: desk.referrals.remove(row))
        else:
            self.page.tell(_(NOT_ENTERED))

    def write(self, use_case: Callable[[Desk], object]) -> None:
        """Take something away, and show what is left."""

        async def work() -> None:
            try:
                await self.desk.write(use_case)
            except StoreError as error:
                self.page.report(error)
                return
            self.page.tell(_("Taken away; u brings back"))
            self.page.reload()

        self.page.run_worker(work(), exit_on_error=False, group="do")

    def action_enter_name(self) -> None:
        """Make a card of the name under the cursor, with who gave it as referrer."""
        given = None if self.here is None else self.here.name
        if given is None:
            return
        centre, row = self.centre, given.id

        async def work() -> None:
            try:
                record = await self.desk.write(lambda desk: desk.referrals.enter_name(centre, row))
            except StoreError as error:
                self.page.report(error)
                return
            name = str(record.values["name"])
            self.page.tell(_("{name} has a card now; u takes back").format(name=name))
            self.page.reload()

        self.page.run_worker(work(), exit_on_error=False, group="do")
