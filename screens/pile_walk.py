"""The walk through the pile: forgotten cards one by one, each decided with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.base import PageScreen
from screens.briefing_text import INDENT, LABEL, broken, facts_text
from screens.card_preview import head_lines
from store import labels, pile_words
from store.briefing_lines import parts
from store.errors import NotFound, StoreError
from store.language import N_, _, ngettext
from store.later_days import next_day
from store.records.pile import PileCard
from widgets.text_pane import TextPane
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.background import Background
    from store.desk import Desk
    from store.records.briefing import Briefing

TOLD = ("warnings", "now", "promises", "talks", "blanks")
"""The parts of the briefing that help to decide."""

SHORT = 18
"""Lines of the screen below which the page is set closer."""

GRADES = (("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("E", "E"), ("1", "F1"), ("2", "F2"))
"""The key of each likelihood."""


class PileWalk(PageScreen[None]):
    """One forgotten card after the other, with what is needed to decide about it."""

    TITLE_TEXT = N_("The pile")
    HELP = N_(
        "Here come the cards that nobody classified, whose review is overdue, whose customer "
        "nobody met for long, and those whose day has come to which you put them off; your own "
        "first. "
        "Capital A to E, 1 (F1) and 2 (F2) say how likely he is to buy; + and - move his level; k "
        "keeps the card as it is; z puts it off for a week, Z for a month. What is decided comes "
        "again when its review falls due. Esc stops, and the next walk goes on from there."
    )
    DEFAULT_CSS = """
    PileWalk {
        & > #text { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & > #text > Static { width: 1fr; }
        & > #legend { height: auto; padding: 0 1; color: $text-muted; border-top: solid $panel; }
        &.-short > #legend { border-top: none; }
    }
    """
    AUTO_FOCUS: ClassVar[str] = "#text"
    FIRST_KEYS = ("grade('A')", "move(1)", "put_off(1, 0)", "keep", "step(1)", "log", "todo")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("A", "grade('A')", N_("Likelihood"), key_display="A-E 1 2", id="pile.a"),
        *(
            Binding(key, f"grade('{grade}')", N_("Likelihood"), show=False, id=f"pile.{key}")
            for key, grade in GRADES[1:]
        ),
        Binding("plus", "move(1)", N_("Level"), key_display="+ -", id="pile.up"),
        Binding("equals_sign", "move(1)", N_("Level up"), show=False),
        Binding("minus", "move(-1)", N_("Level down"), show=False, id="pile.down"),
        Binding("z", "put_off(1, 0)", N_("A week later"), id="pile.week"),
        Binding("Z", "put_off(0, 1)", N_("A month later"), show=False, id="pile.month"),
        Binding("k", "keep", N_("Keep as it is"), id="pile.keep"),
        Binding("right,tab,space", "step(1)", N_("Next card"), id="pile.next"),
        Binding("left,shift+tab", "step(-1)", N_("Card before"), show=False, id="pile.before"),
        Binding("enter", "briefing", N_("Whole card"), show=False, id="pile.open"),
        Binding("delete,d", "trash", N_("Trash"), show=False, id="pile.trash"),
        Binding("down,j", "scroll(1)", N_("Down"), show=False),
        Binding("up", "scroll(-1)", N_("Up"), show=False),
    ]

    def __init__(self, desk: Background) -> None:
        super().__init__(desk)
        self.ids: list[int] | None = None
        """The pile as it was found; None until it is read."""
        self.place = 0
        """The place in it of the card that is shown."""
        self.decided: list[int] = []
        """The cards that were decided about here, the last one last."""
        self.card: PileCard | None = None
        self.deciding = False
        """Whether a decision is on its way: the next key is not for the same card."""

    def compose_body(self) -> ComposeResult:
        """The card, and what the keys mean."""
        with TextPane(id="text"):
            yield Static()
        yield Static(id="legend")

    def relabel(self) -> None:
        """Write everything in the language spoken now."""
        self.show_title()
        self.show_legend()
        if self.ids is not None:
            self.reload()

    def on_resize(self) -> None:
        """Set the page for the room there is."""
        self.set_class(self.size.height < SHORT, "-short")
        self.show_legend()
        if self.card is not None:
            self.call_after_refresh(self.reload)

    @property
    def card_id(self) -> int | None:
        """The card that is shown."""
        return None if self.card is None else self.card.row.id

    @property
    def is_arriving(self) -> bool:
        """Whether a key waits for the card that it is meant for."""
        return super().is_arriving or self.ids is None or self.deciding

    @property
    def attended(self) -> tuple[int, bool] | None:
        """The card is read here."""
        return None if self.card is None else (self.card.row.id, False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing for a card where there is none."""
        needs = ("grade", "move", "put_off", "keep", "step", "trash", "log", "todo", "edit")
        if action in (*needs, "briefing", "remark") and self.ids is not None and self.card is None:
            return False
        return super().check_action(action, parameters)

    # What is shown

    def reload(self) -> None:
        """Read the card anew; the first time, the pile."""
        self.load()

    @work(exclusive=True, exit_on_error=False, group="pile")
    async def load(self) -> None:
        """Show the card at this place; cards that do not lie there any more are passed by."""
        try:
            if self.ids is None:
                self.ids, self.place = await self.desk.read(lambda desk: desk.pile.ahead())
            ids, place = self.ids, self.place
            self.place, self.card, briefing = await self.desk.read(
                lambda desk: _card_at(desk, ids, place)
            )
        except StoreError as error:
            self.report(error)
            return
        finally:
            self.deciding = False
        self.show_title()
        self.refresh_bindings()
        self.query_one("#legend").display = self.card is not None
        shown = self.done_text() if briefing is None else self.card_text(briefing)
        self.query_one("#text > Static", Static).update(shown)
        if hasattr(self.app, "attend"):
            self.shell.attend()

    def show_title(self) -> None:
        """Say at which card of how many one is."""
        if self.ids is None or self.card is None:
            self.set_title(_(self.TITLE_TEXT))
            return
        told = _("The pile: {place} of {count}").format(place=self.place + 1, count=len(self.ids))
        done = len(self.decided)
        if done:
            told = labels.aside(told, _("{count} decided").format(count=done))
        self.set_title(told)

    def show_legend(self) -> None:
        """Write what the likelihoods mean, as far as there is room."""
        from store.forms.declaration import load_form

        legend = self.query_one("#legend", Static)
        if self.size.height < SHORT:
            legend.update(Content(_("Capital A-E, 1=F1, 2=F2 · + - level · k z Z")))
            return
        choices = load_form("person").field("likelihood").choices
        keys = {grade: key for key, grade in GRADES}
        told = [
            f"{keys[choice.value]} {choice.title.removeprefix(choice.value).strip()}"
            for choice in choices
            if choice.value in keys
        ]
        legend.update(Content("\n".join(wrapped("  ".join(told), max(20, self.size.width - 2)))))

    def card_text(self, briefing: Briefing) -> Content:
        """The card on one page: who, why here, where he stands, what was said last, what blanks."""
        card, clock = self.card, self.desk.clock
        if card is None:
            return Content()
        room = max(20, self.query_one("#text").size.width - 3 - len(INDENT))
        why = _("Here because: {reasons}").format(reasons=pile_words.reasons(card, clock))
        head = [
            *head_lines(card.row),
            *(Content.styled(line, "$text-warning") for line in wrapped(why, room)),
        ]
        if not card.mine:
            head.append(Content(_("{owner} looks after him").format(owner=card.row.owner)))
        seen = card.row.last_contact
        last = f"{clock.local(seen):%Y-%m-%d}" if seen else "-"
        stage = {
            **briefing.stage,
            _("Last contact"): last,
            **({_("Phone"): card.row.phone} if card.row.phone else {}),
        }
        head.append(facts_text(stage.items(), room))
        written = [Content("\n").join(head)]
        for part in parts(briefing, clock):
            if part.key in TOLD:
                told = part.lines[:2] if part.key == "talks" else part.lines
                lines = [Content(INDENT) + line for each in told for line in broken(each, room)]
                written.append(Content("\n").join([Content.styled(part.title, LABEL), *lines]))
        gap = "\n" if self.size.height < SHORT else "\n\n"
        return Content(gap).join(written)

    def done_text(self) -> Content:
        """What stands where no card is left."""
        told = [_("Nothing lies in the pile: every card is classified and looked after.")]
        if self.decided:
            told = [_("That was all of the pile."), self.summary()]
        return Content("\n\n").join(map(Content, [*told, _("Esc leads back.")]))

    def summary(self) -> str:
        """How many cards were decided about."""
        count = len(self.decided)
        return ngettext("{count} card decided", "{count} cards decided", count).format(count=count)

    # What is decided

    def action_grade(self, likelihood: str) -> None:
        """Say how likely he is to buy."""
        self.decide(
            lambda desk, card: desk.pile.grade(card, likelihood),
            lambda name: _("{name}: {grade}").format(name=name, grade=likelihood),
        )

    def action_keep(self) -> None:
        """Leave the card as it is."""
        self.decide(
            lambda desk, card: desk.pile.keep(card),
            lambda name: _("{name} stays as he is").format(name=name),
        )

    def action_put_off(self, weeks: int, months: int) -> None:
        """Put the card off to a day."""
        today = self.desk.clock.today()
        until = next_day(today, weeks=weeks, months=months)
        day = labels.short_day(until, today)
        self.decide(
            lambda desk, card: desk.pile.put_off(card, until),
            lambda name: _("{name} comes again {day}").format(name=name, day=day),
        )

    def action_trash(self) -> None:
        """Put the card into the trash, once that is confirmed: d is near to D."""
        from screens.confirm import Confirm

        if self.card is None:
            return

        def trash(sure: bool | None) -> None:
            if sure:
                self.decide(
                    lambda desk, card: desk.cards.trash([card]),
                    lambda name: _("{name} is in the trash").format(name=name),
                )

        question = _("Put {name} into the trash?").format(name=labels.short(self.card.row.name))
        self.app.push_screen(Confirm(self.desk, question), trash)

    def decide(self, use_case: Callable[[Desk, int], object], told: Callable[[str], str]) -> None:
        """Do what was decided, and go on to the next card.

        Args:
            told: what is said of a customer by name; u takes it back.
        """
        if self.card is None or self.deciding:
            return
        self.deciding = True
        self.run_worker(self._decide(self.card, use_case, told), exit_on_error=False, group="do")

    async def _decide(
        self, card: PileCard, use_case: Callable[[Desk, int], object], told: Callable[[str], str]
    ) -> None:
        number = card.row.id
        try:
            await self.desk.write(lambda desk: use_case(desk, number))
        except StoreError as error:
            self.deciding = False
            self.report(error)
            return
        self.decided.append(number)
        self.place += 1
        self.tell(_("{what}; u takes back").format(what=told(labels.short(card.row.name))))
        self.load()

    @work(exit_on_error=False, group="do")
    async def action_move(self, steps: int) -> None:
        """Move the level up or down; the card stays, as its likelihood may be next."""
        card = self.card
        if card is None:
            return
        try:
            level = await self.desk.write(lambda desk: desk.pile.move(card.row.id, steps))
        except StoreError as error:
            self.report(error)
            return
        if level == card.row.lifecycle:
            self.tell(
                _("{name} stays {level}").format(name=card.row.name, level=labels.lifecycle(level))
            )
        self.reload()

    def action_step(self, cards: int) -> None:
        """Leave this card undecided and look at the next one, or at the one before."""
        if not self.ids:
            return
        if cards < 0:
            self.find_before()
        elif self.place + cards < len(self.ids):
            self.place += cards
            self.load()
        else:
            self.tell(_("This is the last card of the pile"))

    @work(exclusive=True, exit_on_error=False, group="pile.before")
    async def find_before(self) -> None:
        """Go back to the nearest card before this one that still lies there."""
        ids = (self.ids or [])[: self.place][::-1]
        try:
            there = await self.desk.read(lambda desk: desk.pile.cards(ids))
        except StoreError as error:
            self.report(error)
            return
        if there and self.ids:
            self.place = self.ids.index(there[0].row.id)
            self.load()

    def action_undo(self) -> None:
        """Take back the last change; a decision that is taken back brings its card back."""
        self.undo_here()

    @work(exclusive=True, group="undo", exit_on_error=False)
    async def undo_here(self) -> None:
        """Undo, and show the card again whose decision that was."""
        try:
            undone = await self.desk.write(lambda desk: desk.trail.undo())
            last = self.decided[-1:]
            there = await self.desk.read(lambda desk: desk.pile.cards(last))
        except StoreError as error:
            self.report(error)
            return
        what = labels.undone(_(undone.summary), undone.about)
        self.tell(_("Undone: {what}").format(what=what))
        if there and self.ids is not None:
            self.place = self.ids.index(self.decided.pop())
        self.load()

    # What can be done besides

    def action_log(self) -> None:
        """Log a talk."""
        from screens.card_actions import log_talk

        log_talk(self, self.card_id)

    def action_todo(self) -> None:
        """Note a to-do."""
        from screens.card_actions import add_todo

        add_todo(self, self.card_id)

    def action_edit(self) -> None:
        """Edit the card."""
        from screens.card_actions import edit_card

        if self.card_id is not None:
            edit_card(self, self.card_id)

    def action_remark(self) -> None:
        """Tell a colleague something about the card."""
        from screens.card_actions import tell_colleague

        tell_colleague(self, self.card_id)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one("#text", TextPane).scroll_relative(y=lines, animate=False)

    def action_back(self) -> None:
        """Stop, remember where, and say what was done."""
        if self.ids is not None:
            left = self.ids[self.place :] if self.card is not None else []
            self.stop(left)
        self.dismiss()

    def stop(self, left: list[int]) -> None:
        """Remember where the walk stopped; whatever screen comes next tells of it."""
        told = [self.summary()] if self.decided else []
        if left:
            count = len(left)
            told.append(ngettext("{count} ahead", "{count} ahead", count).format(count=count))
        if told:
            self.app.notify(" · ".join(told), markup=False)
        self.app.run_worker(self._remember(left), exit_on_error=False, group="pile.stop")

    async def _remember(self, left: list[int]) -> None:
        try:
            await self.desk.write(lambda desk: desk.pile.stop(left))
        except StoreError as error:
            self.app.notify(str(error), severity="warning", markup=False)


def _card_at(
    desk: Desk, ids: list[int], place: int
) -> tuple[int, PileCard | None, Briefing | None]:
    """The first card from a place on that still lies there, its place, and its briefing; in the
    reading thread.
    """
    for start in range(place, len(ids), 50):
        part = ids[start : start + 50]
        for card in desk.pile.cards(part):
            try:
                return start + part.index(card.row.id), card, desk.briefing.of(card.row.id)
            except NotFound:
                continue
    return len(ids), None, None
