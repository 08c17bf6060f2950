"""The people at an organisation: its chart by who reports to whom, and what is missing in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import var

from screens.card_sides import CardSide
from screens.people_rows import COLUMNS, chart_rows, details, former_rows
from store.errors import StoreError
from store.language import N_, _, ngettext
from widgets.cells import width_of
from widgets.columns import lay_out
from widgets.row_list import RowList
from widgets.steady_text import SteadyText

if TYPE_CHECKING:
    from screens.briefing import Briefing
    from store.desk import Desk
    from store.records.people import ChartRow, Gap, PersonRow

TOP = "-"
"""Stands for nobody above."""

LOW = 16
"""Lines of the screen from which the line on the person under the cursor is shown."""

NOT_YOURS = N_("Neither his card nor this one is yours to change.")
LEFT_ALREADY = N_("{name} has left there already.")
NOBODY = N_("Nobody there is known yet: n enters somebody")


class PeopleSide(CardSide):
    """The organisation chart, with keys to enter people, to place them, and to say who left."""

    DEFAULT_CSS = """
    PeopleSide {
        & > #gaps { height: auto; padding: 0 1; color: $text-warning; }
        & > #details { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap;
            text-overflow: ellipsis; }
        & > RowList { padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", N_("Enter somebody"), id="people.add"),
        Binding("e", "place", N_("Role, attitude"), id="people.place"),
        Binding("r", "head", N_("Reports to"), id="people.head"),
        Binding("x,d", "leave", N_("Has left"), id="people.leave"),
        Binding("space", "fold", N_("Fold"), id="people.fold"),
        Binding("minus", "fold_all", N_("Fold all"), show=False, id="people.fold_all"),
        Binding("plus", "unfold_all", N_("Unfold all"), show=False, id="people.unfold_all"),
        Binding("p", "past", N_("Who left"), id="people.past"),
        Binding("delete", "remove", N_("Take away"), show=False, id="people.remove"),
    ]

    past: var[bool] = var(False, init=False)
    """Whether those who left are listed below the chart."""

    def __init__(self, page: Briefing) -> None:
        super().__init__(page)
        self.chart: list[ChartRow] = []
        self.left: list[PersonRow] = []
        self.gaps: list[Gap] = []
        self.people: dict[str, PersonRow] = {}
        """Everybody who is listed, by the key of his row."""
        self.keys: list[str] = []
        """The keys of the rows, as they are listed."""
        self.folded: set[int] = set()
        self.enters = False
        """Whether the member may enter somebody new."""

    def compose(self) -> ComposeResult:
        """What is missing, the chart, and a line on the person under the cursor."""
        yield SteadyText(id="gaps")
        yield RowList(COLUMNS, empty=NOBODY, marking=False, id="chart")
        yield SteadyText(id="details")

    @property
    def list(self) -> RowList:
        """The chart, as a list."""
        return self.query_one("#chart", RowList)

    @property
    def person(self) -> PersonRow | None:
        """Who is under the cursor."""
        return self.people.get(self.list.key or "")

    def take_cursor(self) -> None:
        """Go to the chart."""
        self.list.focus()

    def row_card(self) -> int | None:
        """The person under the cursor."""
        return None if self.person is None else self.person.card_id

    async def load(self) -> None:
        """Read the people anew."""
        from store.people_chart import chart, gaps

        card = self.page.card
        people, self.enters = await self.desk.read(
            lambda desk: (desk.people.of(card, past=True), desk.people.may_add())
        )
        present = [person for person in people if person.values.until is None]
        self.chart, self.gaps = chart(present), gaps(present)
        self.left = [person for person in people if person.values.until is not None]
        self.people = {str(person.id): person for person in people}
        self.show()

    def show(self) -> None:
        """Show what is known, for the room there is."""
        if not self.is_mounted:
            return
        width = self.page.size.width - 3
        room = lay_out(COLUMNS, width)[0]
        rows = chart_rows(self.chart, self.folded, self.desk.clock, room)
        if self.past:
            rows += former_rows(self.left, self.desk.clock)
        self.keys = [row.key for row in rows]
        self.list.set_columns(COLUMNS)
        self.list.set_rows(rows, keep=True)
        self.show_gaps(width)
        self.show_details()
        self.refresh_bindings()

    def show_gaps(self, width: int) -> None:
        """Say what is missing, the most important first, in a few lines at most."""
        lines = max(1, self.page.size.height // 8)
        text = gaps_text(self.gaps, width, lines) if self.chart else ""
        line = self.query_one("#gaps", SteadyText)
        line.display = bool(text)
        line.update(Content(text))

    def show_details(self) -> None:
        """Say what the columns do not tell of the person under the cursor."""
        line = self.query_one("#details", SteadyText)
        line.display = self.page.size.height >= LOW
        line.update(Content("" if self.person is None else details(self.person)))

    @on(RowList.Highlighted)
    def note_person(self, message: RowList.Highlighted) -> None:
        """Another person is under the cursor."""
        message.stop()
        self.show_details()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Draw the chart for the room there is now."""
        if self.people:
            self.call_after_refresh(self.show)

    @on(RowList.Opened)
    def open_person(self, message: RowList.Opened) -> None:
        """Open the card of the person."""
        message.stop()
        person = self.people.get(message.row.key)
        if person is not None:
            self.page.open_card(person.card_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the person under the cursor."""
        if action == "add":
            return self.enters
        if action == "head":
            return self.person is not None and self.person.values.until is None
        if action == "place":
            return self.person is not None
        if action in ("fold", "fold_all", "unfold_all"):
            return any(row.depth for row in self.chart)
        # The keys of `leave`, `remove` and `past` do something else, and worse, on the page itself.
        return super().check_action(action, parameters)

    def changeable(self, person: PersonRow | None, *, card: bool) -> PersonRow | None:
        """The person, where the member may change his place; else it is said that he may not.

        Args:
            card: what stands on the person's own card is to be changed.
        """
        if person is None:
            return None
        if person.yours or (person.whole and not card and "edit" in self.page.may):
            return person
        self.page.tell(_(NOT_YOURS))
        return None

    def action_fold(self) -> None:
        """Show or hide those below the person under the cursor."""
        person = self.person
        if person is None:
            return
        if any(row.person.id == person.id and row.below for row in self.chart):
            self.folded ^= {person.id}
            self.show()

    def action_fold_all(self) -> None:
        """Show only those at the top."""
        self.folded = {row.person.id for row in self.chart if row.below}
        self.show()

    def action_unfold_all(self) -> None:
        """Show everybody."""
        self.folded.clear()
        self.show()

    def action_past(self) -> None:
        """List those who left, or hide them."""
        if not self.left:
            self.page.tell(_("Nobody is known to have left here"))
            return
        self.past = not self.past
        self.show()

    def action_add(self) -> None:
        """Enter somebody below the person under the cursor."""
        from screens.place_form import PlaceForm

        person = self.person
        above = person if person is not None and person.values.until is None else None
        form = PlaceForm(self.desk, self.page.card, head=None if above is None else above.card_id)
        self.app.push_screen(form, self.put_cursor)

    def put_cursor(self, person: PersonRow | None) -> None:
        """Have the cursor on somebody who was entered, once he is listed."""
        if person is not None:
            self.run_worker(self.find(person), exit_on_error=False, group="people.find")

    async def find(self, person: PersonRow) -> None:
        """Read anew, and go to a person."""
        try:
            await self.load()
        except StoreError as error:
            self.page.report(error)
            return
        if str(person.id) not in self.keys:
            self.action_unfold_all()
        if str(person.id) in self.keys:
            self.list.cursor = self.keys.index(str(person.id))

    def action_place(self) -> None:
        """Change what is known of the place of the person under the cursor."""
        from screens.place_form import PlaceForm

        person = self.changeable(self.person, card=False)
        if person is not None:
            self.app.push_screen(PlaceForm(self.desk, self.page.card, person.id))

    def action_head(self) -> None:
        """Say to whom the person under the cursor reports."""
        from screens.pick import Pick

        person = self.changeable(self.person, card=False)
        if person is None:
            return
        others = {row.person.number: row.person for row in self.chart if row.person.id != person.id}
        choices = [(TOP, _("Nobody: he stands at the top"))]
        choices += [
            (number, f"{other.name} {other.title}".rstrip()) for number, other in others.items()
        ]
        held = next(
            (n for n, other in others.items() if other.card_id == person.values.reports_to), TOP
        )
        title = _("To whom does {name} report?").format(name=person.name)

        def chosen(number: str | None) -> None:
            if number is not None and number != held:
                head = None if number == TOP else others[number].card_id
                self.set_head(person, head)

        self.app.push_screen(Pick(self.desk, title, choices, held), chosen)

    def set_head(self, person: PersonRow, head: int | None) -> None:
        """Write to whom somebody reports."""
        from dataclasses import replace

        values = replace(person.values, reports_to=head)
        self.write(lambda desk: desk.people.update(person.id, person.values, values))

    def action_leave(self) -> None:
        """Say that the person under the cursor left, when, and where he went."""
        from screens.place_leave import PlaceLeave

        person = self.changeable(self.person, card=True)
        if person is None:
            return
        if person.values.until is not None:
            self.page.tell(_(LEFT_ALREADY).format(name=person.name))
            return
        self.app.push_screen(PlaceLeave(self.desk, person), self.say_left)

    def say_left(self, person: PersonRow | None) -> None:
        """Say that it was noted."""
        if person is not None:
            self.page.tell(_("{name} left; u takes back").format(name=person.name))

    def action_remove(self) -> None:
        """Take a place away that was entered by mistake, after a question."""
        from screens.confirm import Confirm

        person = self.changeable(self.person, card=True)
        if person is None:
            return
        question = _(
            "Take {name} out, as if he had never worked here? His card stays. Of somebody who "
            "left, x says so, and his history is kept."
        ).format(name=person.name)

        def answered(sure: bool | None) -> None:
            if sure:
                self.write(lambda desk: desk.people.remove(person.id))

        self.app.push_screen(Confirm(self.desk, question, default=False), answered)

    def write(self, use_case: Callable[[Desk], object]) -> None:
        """Write something, and show what came of it."""

        async def work() -> None:
            try:
                await self.desk.write(use_case)
            except StoreError as error:
                self.page.report(error)
                return
            self.page.tell(_("Saved; u takes back"))
            self.page.reload()

        self.page.run_worker(work(), exit_on_error=False, group="do")


def gaps_text(gaps: list[Gap], width: int, lines: int) -> str:
    """As many sentences as so many lines hold, each on its own, and how many more there are."""
    told = [gap.sentence for gap in gaps]
    found: list[str] = []
    used = 0
    for place, sentence in enumerate(told):
        needed = -(-width_of(sentence) // max(1, width))
        more = len(told) - place - 1
        if found and used + needed > lines:
            more = len(told) - place
            found[-1] += " " + ngettext("({count} more)", "({count} more)", more).format(count=more)
            break
        found.append(sentence)
        used += needed
    return "\n".join(found)
